-- fact row: what is known of the part of a parcel, in the columns that criteria name
-- One row per parcel and family, written by one statement, so that every fact
-- of a run is of the same moment however many people edit meanwhile.

CREATE TABLE indicator_band (
    indicator  text NOT NULL,
    band       text NOT NULL,
    from_value double precision,
    to_value   double precision,
    sequence   integer NOT NULL,
    PRIMARY KEY (indicator, band),
    CHECK (from_value < to_value)
);
COMMENT ON TABLE indicator_band IS 'classes in which confidential indicators are shown to everybody: half-open [from_value, to_value), without gaps';
COMMENT ON COLUMN indicator_band.indicator IS 'name of the indicator, a column of parcel_indicator';
COMMENT ON COLUMN indicator_band.band IS 'the class as it is shown, in the unit of the indicator; vacancy in per cent';
COMMENT ON COLUMN indicator_band.from_value IS 'smallest value of the class; NULL = from minus infinity';
COMMENT ON COLUMN indicator_band.to_value IS 'first value above the class; NULL = to infinity';
COMMENT ON COLUMN indicator_band.sequence IS 'order from low to high';

GRANT SELECT ON indicator_band TO PUBLIC;

INSERT INTO indicator_band (indicator, sequence, from_value, to_value, band) VALUES
    ('tax_per_mu', 1, NULL, 0, '< 0'), ('tax_per_mu', 2, 0, 5, '0–5'), ('tax_per_mu', 3, 5, 10, '5–10'), ('tax_per_mu', 4, 10, 20, '10–20'),
    ('tax_per_mu', 5, 20, 50, '20–50'), ('tax_per_mu', 6, 50, NULL, '≥ 50'),
    ('output_per_hectare', 1, NULL, 0, '< 0'), ('output_per_hectare', 2, 0, 500, '0–500'), ('output_per_hectare', 3, 500, 2000, '500–2000'),
    ('output_per_hectare', 4, 2000, 5000, '2000–5000'), ('output_per_hectare', 5, 5000, 10000, '5000–10000'), ('output_per_hectare', 6, 10000, NULL, '≥ 10000'),
    ('tax_per_floor_area', 1, NULL, 0, '< 0'), ('tax_per_floor_area', 2, 0, 100, '0–100'), ('tax_per_floor_area', 3, 100, 500, '100–500'),
    ('tax_per_floor_area', 4, 500, 1000, '500–1000'), ('tax_per_floor_area', 5, 1000, 2000, '1000–2000'), ('tax_per_floor_area', 6, 2000, NULL, '≥ 2000'),
    ('output_per_floor_area', 1, NULL, 0, '< 0'), ('output_per_floor_area', 2, 0, 1000, '0–1000'), ('output_per_floor_area', 3, 1000, 5000, '1000–5000'),
    ('output_per_floor_area', 4, 5000, 10000, '5000–10000'), ('output_per_floor_area', 5, 10000, NULL, '≥ 10000'),
    ('investment_intensity', 1, NULL, 0, '< 0'), ('investment_intensity', 2, 0, 1000, '0–1000'), ('investment_intensity', 3, 1000, 3000, '1000–3000'),
    ('investment_intensity', 4, 3000, 6000, '3000–6000'), ('investment_intensity', 5, 6000, NULL, '≥ 6000'),
    ('jobs_per_hectare', 1, NULL, 50, '0–50'), ('jobs_per_hectare', 2, 50, 200, '50–200'), ('jobs_per_hectare', 3, 200, 500, '200–500'), ('jobs_per_hectare', 4, 500, NULL, '≥ 500'),
    ('value_added_per_energy', 1, NULL, 0, '< 0'), ('value_added_per_energy', 2, 0, 1, '0–1'), ('value_added_per_energy', 3, 1, 3, '1–3'), ('value_added_per_energy', 4, 3, 10, '3–10'), ('value_added_per_energy', 5, 10, NULL, '≥ 10'),
    ('vacancy_rate', 1, NULL, 0.1, '0–10 %'), ('vacancy_rate', 2, 0.1, 0.3, '10–30 %'), ('vacancy_rate', 3, 0.3, 0.5, '30–50 %'), ('vacancy_rate', 4, 0.5, NULL, '50–100 %');

CREATE FUNCTION _band(indicator text, value double precision) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20
BEGIN ATOMIC
    SELECT b.band FROM indicator_band b
     WHERE b.indicator = _band.indicator AND (b.from_value IS NULL OR _band.value >= b.from_value) AND (b.to_value IS NULL OR _band.value < b.to_value);
END;
COMMENT ON FUNCTION _band(text, double precision) IS 'the class of a value; NULL for NULL and for an indicator without classes';

CREATE FUNCTION _part_member(survey name, deciding_use text, from_id integer, to_id integer, run_id integer DEFAULT NULL)
    RETURNS TABLE (parcel_id integer, family text, shared boolean, building_id integer, floor_area double precision, built_year integer,
                   danger_grade text, is_villa boolean, heritage_kind text, is_finished boolean)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        WITH part AS MATERIALIZED (
            SELECT * FROM _parcel_part(survey, deciding_use, from_id, to_id)
        )
        SELECT t.parcel_id, t.family, t.part_count > 1 AND o.family IS NULL, h.building_id, h.floor_area, h.built_year,
               h.danger_grade, h.is_villa, h.heritage_kind, h.is_finished
          FROM part t
          JOIN _survey_building(survey, from_id, to_id, run_id) h ON h.parcel_id = t.parcel_id
          LEFT JOIN part o ON o.parcel_id = h.parcel_id AND o.family = h.own_family
         WHERE o.family IS NULL OR o.family = t.family;
END
$function$;
COMMENT ON FUNCTION _part_member(name, text, integer, integer, integer) IS 'the buildings of each part of the parcels from_id to to_id: those of its family, on an undivided parcel all; a building of a mixed parcel that belongs to no part alone (flats above shops) is shared and serves every part';

CREATE FUNCTION _part_building(survey name, deciding_use text, as_of date, run_id integer DEFAULT NULL)
    RETURNS TABLE (parcel_id integer, family text, building_count integer, floor_area double precision, built_year integer, danger_grade text,
                   danger_share double precision, danger_count_share double precision, is_villa boolean, heritage_kind text, is_finished boolean)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
DECLARE
    batch record;
BEGIN
    PERFORM _enter_survey(survey);
    FOR batch IN SELECT * FROM _id_batch(survey, 2000)
    LOOP
        RETURN QUERY
            WITH closed AS (
                SELECT _trimmed_code(l.family) AS family FROM complete_list l WHERE _trimmed_code(l.fact) = 'danger_grade' AND l.as_of <= _part_building.as_of
            ), member AS (
                SELECT m.*, CASE WHEN m.danger_grade IN ('C', 'D') THEN true
                                 WHEN m.danger_grade IN ('A', 'B') THEN false
                                 WHEN m.danger_grade IS NULL AND EXISTS (SELECT FROM closed c WHERE c.family IS NULL OR c.family = m.family) THEN false END AS dangerous
                  FROM _part_member(survey, deciding_use, batch.from_id, batch.to_id, _part_building.run_id) m
            )
            SELECT m.parcel_id, m.family, count(*)::integer,
                   CASE WHEN count(*) = count(m.floor_area) AND NOT bool_or(m.shared) THEN exact_sum_agg(m.floor_area) END,
                   CASE WHEN count(*) = count(m.built_year) THEN min(m.built_year) END,
                   CASE WHEN bool_or(m.danger_grade IN ('C', 'D')) THEN max(m.danger_grade) FILTER (WHERE m.danger_grade IN ('C', 'D'))
                        WHEN bool_and(m.danger_grade IN ('A', 'B')) AND count(*) = count(m.danger_grade) THEN max(m.danger_grade) END,
                   CASE WHEN count(*) = count(m.dangerous) AND count(*) = count(m.floor_area)
                        THEN danger_share(coalesce(exact_sum_agg(m.floor_area) FILTER (WHERE m.dangerous), 0), exact_sum_agg(m.floor_area)) END,
                   CASE WHEN count(*) = count(m.dangerous) THEN danger_share(count(*) FILTER (WHERE m.dangerous), count(*)) END,
                   CASE WHEN bool_or(m.is_villa) THEN true WHEN count(*) = count(m.is_villa) THEN false END,
                   min(m.heritage_kind COLLATE "C"),
                   CASE WHEN NOT bool_and(m.is_finished) THEN false WHEN count(*) = count(m.is_finished) THEN true END
              FROM member m
             GROUP BY m.parcel_id, m.family;
        PERFORM _show_progress(survey, 'buildings', batch.done, batch.total);
    END LOOP;
END
$function$;
COMMENT ON FUNCTION _part_building(name, text, date, integer) IS 'facts of the buildings of each part. built_year: of the oldest, unknown where one is unknown. danger_grade: the worst found; A or B only where every grade is known. danger_share by floor area and danger_count_share by buildings: share of grade C and D, unknown where one is unknown; a building that is not on a list declared complete (complete_list, fact danger_grade) counts as sound. is_villa holds where one building is a villa, is_finished where all are finished';

CREATE FUNCTION _part_vacancy(survey name, deciding_use text, as_of date, last_year integer, run_id integer DEFAULT NULL)
    RETURNS TABLE (parcel_id integer, family text, rentable_area double precision, vacant_area double precision, vacancy_rate double precision, rate_series double precision[], rate_years integer[])
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
DECLARE
    batch record;
    known_year integer[];
BEGIN
    PERFORM _enter_survey(survey);
    known_year := ARRAY(SELECT DISTINCT y.year FROM building_year y WHERE y.year BETWEEN _part_vacancy.last_year - 9 AND _part_vacancy.last_year ORDER BY 1);
    FOR batch IN SELECT * FROM _id_batch(survey, 2000)
    LOOP
        RETURN QUERY
            WITH closed AS (
                SELECT _trimmed_code(l.family) AS family FROM complete_list l WHERE _trimmed_code(l.fact) = 'building_year' AND l.as_of <= _part_vacancy.as_of
            ), member AS MATERIALIZED (
                SELECT m.* FROM _part_member(survey, deciding_use, batch.from_id, batch.to_id, _part_vacancy.run_id) m
            ), doubt AS MATERIALIZED (
                SELECT * FROM _doubt(survey, _part_vacancy.run_id, 'building_year')
            ), stated AS (
                SELECT y.building_id, y.year,
                       CASE WHEN min(v.rentable) = max(v.rentable) THEN min(v.rentable) END AS rentable,
                       CASE WHEN min(v.vacant) = max(v.vacant) THEN min(v.vacant) END AS vacant
                  FROM building_year y
                  LEFT JOIN doubt d ON d.row_id = y.id
                 CROSS JOIN LATERAL (SELECT _believed(_usable_amount(y.rentable_area), 'rentable_area', d.columns) AS rentable,
                                            _believed(_usable_amount(y.vacant_area), 'vacant_area', d.columns) AS vacant) v
                 WHERE y.building_id IN (SELECT m.building_id FROM member m) AND y.year BETWEEN _part_vacancy.last_year - 9 AND _part_vacancy.last_year
                 GROUP BY y.building_id, y.year
            ), known AS (
                SELECT m.parcel_id, m.family, y.year,
                       CASE WHEN s.year IS NULL AND EXISTS (SELECT FROM closed c WHERE c.family IS NULL OR c.family = m.family) THEN 0 ELSE s.rentable END AS rentable,
                       CASE WHEN s.year IS NULL AND EXISTS (SELECT FROM closed c WHERE c.family IS NULL OR c.family = m.family) THEN 0 ELSE s.vacant END AS vacant
                  FROM member m
                 CROSS JOIN unnest(known_year) AS y (year)
                  LEFT JOIN stated s ON s.building_id = m.building_id AND s.year = y.year
            ), annual AS (
                SELECT k.parcel_id, k.family, k.year,
                       CASE WHEN count(*) = count(k.rentable) THEN exact_sum_agg(k.rentable) END AS rentable,
                       CASE WHEN count(*) = count(k.vacant) THEN exact_sum_agg(k.vacant) END AS vacant
                  FROM known k GROUP BY k.parcel_id, k.family, k.year
            ), rated AS (
                SELECT a.*, CASE WHEN a.vacant <= a.rentable THEN vacancy_rate(a.vacant, a.rentable) END AS rate FROM annual a
            )
            SELECT r.parcel_id, r.family,
                   min(r.rentable) FILTER (WHERE r.year = _part_vacancy.last_year), min(r.vacant) FILTER (WHERE r.year = _part_vacancy.last_year),
                   min(r.rate) FILTER (WHERE r.year = _part_vacancy.last_year),
                   array_agg(r.rate ORDER BY r.year), array_agg(r.year ORDER BY r.year)
              FROM rated r
             GROUP BY r.parcel_id, r.family;
        PERFORM _show_progress(survey, 'vacancy', batch.done, batch.total);
    END LOOP;
END
$function$;
COMMENT ON FUNCTION _part_vacancy(name, text, date, integer, integer) IS 'rentable and vacant floor area (m²) of the buildings of each part in last_year, their ratio, and the ratio of up to ten years. Unknown in one building is unknown for the part; a building without a row has nothing to let where the table is declared complete (complete_list, fact building_year)';

CREATE FUNCTION _parcel_contract(survey name, as_of date)
    RETURNS TABLE (parcel_id integer, tied integer, kind text, plot_ratio double precision, coverage double precision, investment_intensity double precision, output_per_hectare double precision, tax_per_mu double precision,
                   agreed_start date, agreed_completion date, actual_start date, actual_completion date, suspended_since date,
                   planned_area double precision, started_area double precision, planned_investment double precision, spent_investment double precision, idle_cause text)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        WITH eligible AS (
            SELECT c.*, lower(_trimmed_code(c.kind)) AS right_kind, rank() OVER (PARTITION BY c.parcel_id ORDER BY c.signed_on DESC NULLS LAST) AS age
              FROM contract c
             WHERE c.parcel_id IS NOT NULL AND (c.signed_on <= _parcel_contract.as_of) IS NOT FALSE
               AND (lower(_trimmed_code(c.kind)) IN ('grant', 'allocation', 'lease')) IS NOT FALSE
        )
        SELECT c.parcel_id, count(*)::integer,
               CASE WHEN min(c.right_kind) = max(c.right_kind) THEN min(c.right_kind) END,
               CASE WHEN min(_usable_amount(c.plot_ratio)) = max(_usable_amount(c.plot_ratio)) THEN min(_usable_amount(c.plot_ratio)) END,
               CASE WHEN min(_usable_amount(c.coverage)) = max(_usable_amount(c.coverage)) THEN min(_usable_amount(c.coverage)) END,
               CASE WHEN min(_usable(c.investment_intensity)) = max(_usable(c.investment_intensity)) THEN min(_usable(c.investment_intensity)) END,
               CASE WHEN min(_usable(c.output_per_hectare)) = max(_usable(c.output_per_hectare)) THEN min(_usable(c.output_per_hectare)) END,
               CASE WHEN min(_usable(c.tax_per_mu)) = max(_usable(c.tax_per_mu)) THEN min(_usable(c.tax_per_mu)) END,
               _usable_date(CASE WHEN min(c.agreed_start) = max(c.agreed_start) THEN min(c.agreed_start) END),
               _usable_date(CASE WHEN min(c.agreed_completion) = max(c.agreed_completion) THEN min(c.agreed_completion) END),
               _usable_date(CASE WHEN min(c.actual_start) = max(c.actual_start) THEN min(c.actual_start) END),
               _usable_date(CASE WHEN min(c.actual_completion) = max(c.actual_completion) THEN min(c.actual_completion) END),
               _usable_date(CASE WHEN min(c.suspended_since) = max(c.suspended_since) THEN min(c.suspended_since) END),
               CASE WHEN min(_usable_amount(c.planned_area)) = max(_usable_amount(c.planned_area)) THEN min(_usable_amount(c.planned_area)) END,
               CASE WHEN min(_usable_amount(c.started_area)) = max(_usable_amount(c.started_area)) THEN min(_usable_amount(c.started_area)) END,
               CASE WHEN min(_usable(c.planned_investment)) = max(_usable(c.planned_investment)) THEN min(_usable(c.planned_investment)) END,
               CASE WHEN min(_usable(c.spent_investment)) = max(_usable(c.spent_investment)) THEN min(_usable(c.spent_investment)) END,
               CASE WHEN min(_trimmed_code(c.idle_cause)) = max(_trimmed_code(c.idle_cause)) THEN min(_trimmed_code(c.idle_cause)) END
          FROM eligible c
         WHERE c.age = 1
         GROUP BY c.parcel_id;
END
$function$;
COMMENT ON FUNCTION _parcel_contract(name, date) IS 'what was agreed for each parcel: the grant, allocation or lease signed last, not after as_of; an undated one only where no dated one exists. tied: how many were signed on that day; of these only what they agree on is known';

CREATE FUNCTION _parcel_plan(survey name, as_of date)
    RETURNS TABLE (parcel_id integer, planned_use text, plot_ratio double precision, coverage double precision, height double precision)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
DECLARE
    batch record;
BEGIN
    PERFORM _enter_survey(survey);
    FOR batch IN SELECT * FROM _id_batch(survey, 2000)
    LOOP
        RETURN QUERY
            WITH target AS MATERIALIZED (
                SELECT p.id, p.geom FROM parcel p
                 WHERE p.id BETWEEN batch.from_id AND batch.to_id AND _planar_area(p.geom) > 0
            ), piece AS (
                SELECT t.id, _trimmed_code(l.code) AS code, _trimmed_code(l.planned_use) AS planned_use, _usable_amount(l.plot_ratio) AS plot_ratio, _usable_amount(l.coverage) AS coverage, _usable_amount(l.height) AS height,
                       CASE WHEN _trimmed_code(d.level) = 'implementation' THEN 1 ELSE 2 END AS level,
                       _covered_share(t.geom, l.geom) AS share
                  FROM target t
                  JOIN planning_plot l ON _boxes_meet(l.geom, t.geom)
                  LEFT JOIN detailed_plan d ON d.id = l.detailed_plan_id
                 WHERE (_trimmed_code(l.detailed_plan_code) IS NULL AND d.id IS NULL
                        OR _trimmed_code(d.status) = 'approved'
                       AND (coalesce(d.valid_from, d.approved_on) <= _parcel_plan.as_of) IS NOT FALSE
                       AND (d.valid_to > _parcel_plan.as_of) IS NOT FALSE)
            ), covered AS (
                SELECT c.*, dense_rank() OVER (PARTITION BY c.id ORDER BY c.level) AS precedence
                  FROM (SELECT w.*, exact_sum_agg(w.share) OVER (PARTITION BY w.id, w.level) AS level_share FROM piece w WHERE w.share >= 0.01) c
                 WHERE c.level_share >= 0.5
            )
            SELECT c.id, (array_agg(c.planned_use ORDER BY c.share DESC, c.code COLLATE "C"))[1],
                   CASE WHEN min(c.plot_ratio) = max(c.plot_ratio) AND exact_sum_agg(c.share) FILTER (WHERE c.plot_ratio IS NOT NULL) >= 0.5 THEN min(c.plot_ratio)
                        WHEN exact_sum_agg(c.share) FILTER (WHERE c.plot_ratio IS NOT NULL) >= 0.5
                        THEN exact_sum_agg(c.plot_ratio * c.share) / exact_sum_agg(c.share) FILTER (WHERE c.plot_ratio IS NOT NULL) END,
                   CASE WHEN min(c.coverage) = max(c.coverage) AND exact_sum_agg(c.share) FILTER (WHERE c.coverage IS NOT NULL) >= 0.5 THEN min(c.coverage)
                        WHEN exact_sum_agg(c.share) FILTER (WHERE c.coverage IS NOT NULL) >= 0.5
                        THEN exact_sum_agg(c.coverage * c.share) / exact_sum_agg(c.share) FILTER (WHERE c.coverage IS NOT NULL) END,
                   (array_agg(c.height ORDER BY c.share DESC, c.code COLLATE "C"))[1]
              FROM covered c
             WHERE c.precedence = 1
             GROUP BY c.id;
        PERFORM _show_progress(survey, 'plan', batch.done, batch.total);
    END LOOP;
END
$function$;
COMMENT ON FUNCTION _parcel_plan(name, date) IS 'what the plans in force say of each parcel: plots of an approved detailed plan that is valid on as_of, and plots that name no plan; plots of an implementation plan come before those of a block plan where they cover half of the parcel. Plots that cover less than 1 % are ignored, less than half of the parcel is unknown. plot_ratio and coverage: upper limits, weighted by area where plots differ; use and height of the plot that covers most';

CREATE FUNCTION _parcel_zone(survey name) RETURNS TABLE (parcel_id integer, management_area text[], constraint_effect text[])
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
DECLARE
    batch record;
BEGIN
    PERFORM _enter_survey(survey);
    FOR batch IN SELECT * FROM _id_batch(survey, 2000)
    LOOP
        RETURN QUERY
            WITH target AS MATERIALIZED (
                SELECT p.id, p.geom FROM parcel p
                 WHERE p.id BETWEEN batch.from_id AND batch.to_id AND _planar_area(p.geom) > 0
            ), managed AS (
                SELECT t.id, array_agg(DISTINCT coalesce(_trimmed_code(m.code), _trimmed_code(m.name)) COLLATE "C" ORDER BY coalesce(_trimmed_code(m.code), _trimmed_code(m.name)) COLLATE "C") AS codes
                  FROM target t JOIN management_area m ON _boxes_meet(m.geom, t.geom)
                 WHERE coalesce(_trimmed_code(m.code), _trimmed_code(m.name)) IS NOT NULL
                   AND _covered_share(t.geom, m.geom) >= 0.5
                 GROUP BY t.id
            ), constrained AS (
                SELECT t.id, array_agg(DISTINCT _trimmed_code(z.effect) COLLATE "C" ORDER BY _trimmed_code(z.effect) COLLATE "C") AS effects
                  FROM target t JOIN constraint_zone z ON _boxes_meet(z.geom, t.geom)
                 WHERE _trimmed_code(z.effect) IS NOT NULL
                   AND _covered_share(t.geom, z.geom) >= 0.5
                 GROUP BY t.id
            )
            SELECT t.id,
                   CASE WHEN EXISTS (SELECT FROM management_area) THEN coalesce(m.codes, '{}') END,
                   CASE WHEN EXISTS (SELECT FROM constraint_zone) THEN coalesce(c.effects, '{}') END
              FROM target t LEFT JOIN managed m ON m.id = t.id LEFT JOIN constrained c ON c.id = t.id;
        PERFORM _show_progress(survey, 'zones', batch.done, batch.total);
    END LOOP;
END
$function$;
COMMENT ON FUNCTION _parcel_zone(name) IS 'management areas (code, else name) and effects of constraint zones that cover at least half of a parcel; {} = in none, NULL = the survey has no such zones or the geometry of the parcel has a problem';

CREATE FUNCTION _land_type(survey name, standard text) RETURNS SETOF standard_land_type
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000 ROWS 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN QUERY EXECUTE format('SELECT t.* FROM %I.standard_land_type t WHERE t.standard = $1 AND t.subject = ''parcel'' ORDER BY t.sequence, t.land_type COLLATE "C"', _standard_home(survey, standard))
        USING standard;
END
$function$;
COMMENT ON FUNCTION _land_type(name, text) IS 'the land types of a standard that judge parcels, in the order in which they are tried';

CREATE FUNCTION _store_fact(survey name, run_id integer, standard text, deciding_use text, area_basis text[], as_of date, economic_year integer) RETURNS bigint
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
DECLARE
    stored bigint;
BEGIN
    PERFORM _enter_survey(survey);
    WITH land_type AS MATERIALIZED (
        SELECT * FROM _land_type(_store_fact.survey, _store_fact.standard)
    ), measured AS MATERIALIZED (
        SELECT * FROM _measure_parcel(_store_fact.survey, _store_fact.area_basis, _store_fact.deciding_use, _store_fact.as_of, _store_fact.run_id)
    ), kept AS (
        INSERT INTO parcel_measure (run_id, until_run, parcel_id, subdistrict, registered_area, planar_area, ellipsoidal_area, land_area, area_basis, footprint_area, floor_area, building_count, shape)
        SELECT _store_fact.run_id, _draft_end(_store_fact.run_id, EXISTS (SELECT FROM run r WHERE r.id < _store_fact.run_id)), m.parcel_id, m.subdistrict, m.registered_area, m.planar_area, m.ellipsoidal_area, m.land_area, m.area_basis_used, m.footprint_area, m.floor_area, m.building_count, _shape_digest(p.geom)
          FROM measured m JOIN parcel p ON p.id = m.parcel_id
    ), part AS MATERIALIZED (
        SELECT t.parcel_id, t.family, t.part_count, t.use_code, t.use_code_system,
               CASE WHEN t.part_count = 1 THEN coalesce(t.land_area, m.land_area) ELSE t.land_area END AS area,
               CASE WHEN t.part_count = 1 THEN coalesce(m.floor_area, t.floor_area) ELSE coalesce(t.floor_area, b.floor_area) END AS floor,
               CASE WHEN t.part_count = 1 AND t.land_area IS NULL THEN 1 WHEN m.land_area > 0 THEN t.land_area / m.land_area END AS share,
               b.building_count, b.built_year, b.danger_grade, b.danger_share, b.danger_count_share, b.is_villa, b.heritage_kind, b.is_finished
          FROM _parcel_part(_store_fact.survey, _store_fact.deciding_use) t
          JOIN measured m ON m.parcel_id = t.parcel_id
          LEFT JOIN _part_building(_store_fact.survey, _store_fact.deciding_use, _store_fact.as_of, _store_fact.run_id) b ON b.parcel_id = t.parcel_id AND b.family = t.family
    ), decision AS (
        SELECT d.parcel_id, _trimmed_code(d.family) AS family, _trimmed_code(d.rule) AS rule
          FROM exemption_decision d
         WHERE d.parcel_id IS NOT NULL AND d.rule IS NOT NULL AND (d.decided_on <= _store_fact.as_of OR _store_fact.as_of IS NULL AND d.decided_on IS NOT NULL)
    ), decided AS (
        SELECT t.parcel_id, t.family, array_agg(DISTINCT d.rule COLLATE "C" ORDER BY d.rule COLLATE "C") AS rules
          FROM part t JOIN decision d ON d.parcel_id = t.parcel_id AND (d.family IS NULL OR d.family = t.family)
         GROUP BY t.parcel_id, t.family
    ), known AS (
        SELECT t.*, p.code, m.subdistrict, coalesce(_trimmed_code(p.stratum), 'surface') AS stratum,
               m.land_area, m.floor_area, m.footprint_area,
               _usable_amount(p.occupied_area) AS occupied, _usable_amount(p.green_area) AS green,
               _trimmed_code(p.registered_use) AS registered_use, _trimmed_code(p.approved_use) AS approved_use,
               _trimmed_code(p.present_use) AS present_use, _trimmed_code(p.planned_use) AS planned_use,
               _trimmed_code(p.registered_use_system) AS registered_use_system, _trimmed_code(p.approved_use_system) AS approved_use_system,
               _trimmed_code(p.present_use_system) AS present_use_system, _trimmed_code(p.planned_use_system) AS planned_use_system,
               _trimmed_code(p.holder_kind) AS holder_kind, _trimmed_code(p.operating_state) AS operating_state, _trimmed_code(p.use_state) AS use_state,
               _usable_date(p.idle_since) AS idle_since, _usable_date(p.stopped_since) AS stopped_since, p.in_renewal_plan, p.conforms_to_plan, p.safety_compliant, p.has_hazard,
               CASE WHEN t.area >= 0.01 THEN t.area END AS base, CASE WHEN t.floor >= 0.01 THEN t.floor END AS floor_base
          FROM part t
          JOIN parcel p ON p.id = t.parcel_id
          JOIN measured m ON m.parcel_id = t.parcel_id
    )
    INSERT INTO parcel_indicator (
        run_id, until_run, parcel_id, family, land_type, parcel_code, subdistrict, stratum,
        land_area, family_area, family_share, floor_area, family_floor_area, plot_ratio, building_coverage, building_coefficient, green_ratio,
        registered_use, approved_use, present_use, planned_use, registered_use_system, approved_use_system, present_use_system, planned_use_system, holder_kind, operating_state, use_state, idle_since, stopped_since,
        in_renewal_plan, conforms_to_plan, safety_compliant, has_hazard, management_area, constraint_effect,
        building_count, built_year, danger_grade, danger_share, danger_count_share, is_villa, heritage_kind, is_finished,
        rentable_area, vacant_area, vacancy_rate, vacancy_rate_series, vacancy_rate_years,
        enterprise_count, enterprise_id, contributor, industry_code, industry_division, industry_code_system, industry_policy_class, is_above_scale, is_strategic_emerging, special_industry_needs, production_started_on,
        output, tax, investment, investment_land_price, jobs, energy, value_added,
        output_per_hectare, output_per_floor_area, tax_per_mu, tax_per_floor_area, investment_intensity, jobs_per_hectare, value_added_per_energy, tax_per_mu_series, tax_per_mu_years,
        plan_use, plan_plot_ratio, plan_coverage, plan_height,
        contract_kind, contract_plot_ratio, contract_coverage, contract_investment_intensity, contract_output_per_hectare, contract_tax_per_mu,
        agreed_start, agreed_completion, actual_start, actual_completion, suspended_since, planned_area, started_area, planned_investment, spent_investment, idle_cause,
        exemption_decision, output_per_hectare_band, tax_per_mu_band, tax_per_floor_area_band, vacancy_rate_band)
    SELECT _store_fact.run_id, _draft_end(_store_fact.run_id, EXISTS (SELECT FROM run r WHERE r.id < _store_fact.run_id)), k.parcel_id, k.family, l.land_type, k.code, k.subdistrict, k.stratum,
        k.land_area, k.area, k.share, k.floor_area, k.floor,
        plot_ratio(k.floor_area, k.land_area), building_coverage(k.footprint_area, k.land_area), building_coefficient(k.occupied, k.land_area), green_ratio(k.green, k.land_area),
        k.registered_use, k.approved_use, k.present_use, k.planned_use, k.registered_use_system, k.approved_use_system, k.present_use_system, k.planned_use_system, k.holder_kind, k.operating_state, k.use_state, k.idle_since, k.stopped_since,
        k.in_renewal_plan, k.conforms_to_plan, k.safety_compliant, k.has_hazard, z.management_area, z.constraint_effect,
        coalesce(k.building_count, CASE WHEN k.floor_area = 0 THEN 0 END), k.built_year, k.danger_grade, k.danger_share, k.danger_count_share, k.is_villa, k.heritage_kind, k.is_finished,
        v.rentable_area, v.vacant_area, v.vacancy_rate, v.rate_series, v.rate_years,
        e.enterprise_count, e.enterprise_id, e.contributor, e.industry_code, substring(e.industry_code FROM '^[A-Z]?([0-9]{2})'), e.industry_code_system, e.industry_policy_class, e.is_above_scale, e.is_strategic_emerging, e.special_industry_needs, e.production_started_on,
        e.output, e.tax, e.investment, e.investment_land_price, e.jobs, e.energy, e.value_added,
        output_per_hectare(e.output, k.base), output_per_floor_area(e.output, k.floor_base), tax_per_mu(e.tax, k.base), tax_per_floor_area(e.tax, k.floor_base),
        investment_intensity(e.investment, k.base), jobs_per_hectare(e.jobs, k.base), value_added_per_energy(e.value_added, e.energy),
        CASE WHEN k.base IS NOT NULL THEN ARRAY(SELECT tax_per_mu(u.tax, k.base) FROM unnest(e.tax_series) WITH ORDINALITY AS u (tax, i) ORDER BY u.i) END, e.tax_years,
        n.planned_use, n.plot_ratio, n.coverage, n.height,
        c.kind, c.plot_ratio, c.coverage, c.investment_intensity, c.output_per_hectare, c.tax_per_mu,
        c.agreed_start, c.agreed_completion, c.actual_start, c.actual_completion, c.suspended_since, c.planned_area, c.started_area, c.planned_investment, c.spent_investment, c.idle_cause,
        coalesce(d.rules, '{}'), _band('output_per_hectare', output_per_hectare(e.output, k.base)), _band('tax_per_mu', tax_per_mu(e.tax, k.base)),
        _band('tax_per_floor_area', tax_per_floor_area(e.tax, k.floor_base)), _band('vacancy_rate', v.vacancy_rate)
      FROM known k
      LEFT JOIN LATERAL (SELECT t.land_type FROM land_type t
                          WHERE t.family = k.family AND (t.use_codes IS NULL OR k.use_code = ANY (t.use_codes) AND k.use_code_system IS NOT DISTINCT FROM t.use_code_system)
                            AND (k.share >= t.minimum_share) IS NOT FALSE
                          ORDER BY t.sequence, t.land_type COLLATE "C" LIMIT 1) l ON true
      LEFT JOIN _part_vacancy(_store_fact.survey, _store_fact.deciding_use, _store_fact.as_of, _store_fact.economic_year, _store_fact.run_id) v ON v.parcel_id = k.parcel_id AND v.family = k.family
      LEFT JOIN _part_economy(_store_fact.survey, _store_fact.deciding_use, _store_fact.as_of, _store_fact.economic_year, _store_fact.run_id) e ON e.parcel_id = k.parcel_id AND e.family = k.family
      LEFT JOIN _parcel_plan(_store_fact.survey, _store_fact.as_of) n ON n.parcel_id = k.parcel_id
      LEFT JOIN _parcel_zone(_store_fact.survey) z ON z.parcel_id = k.parcel_id
      LEFT JOIN _parcel_contract(_store_fact.survey, _store_fact.as_of) c ON c.parcel_id = k.parcel_id
      LEFT JOIN decided d ON d.parcel_id = k.parcel_id AND d.family = k.family
     WHERE _count_progress(_store_fact.survey, 'facts', (SELECT count(*) FROM part));
    GET DIAGNOSTICS stored = ROW_COUNT;
    RETURN stored;
END
$function$;
COMMENT ON FUNCTION _store_fact(name, integer, text, text, text[], date, integer) IS 'measures every parcel and writes parcel_measure and parcel_indicator of a run, in one statement and so from one snapshot; returns the rows of parcel_indicator. The land type is the first of the standard that covers family, use code and share; a share that is unknown is not too small. Figures that findings of the run leave in doubt count as unknown';

-- What only becomes visible when facts meet: findings of the same kind as those of the check.
INSERT INTO finding_rule (rule, severity, blocking, sequence) VALUES
    ('contract_tie', 'warning', true, 1001), ('part_area_unknown', 'warning', true, 1002), ('firm_between_parts', 'warning', false, 1003);

INSERT INTO label (topic, code, label_en, label_zh, sequence) VALUES
    ('finding', 'contract_tie', 'several contracts of one day', '同日多份合同', 1001),
    ('finding_message', 'contract_tie', '%1$s contracts were signed last, on %2$s', '最近签订的合同有 %1$s 份(%2$s)', 1001),
    ('finding_advice', 'contract_tie', 'Say which one holds (kind, date of signing); until then only what they agree on is used.', '请明确以哪一份为准(类型、签订日期);明确前仅采用各合同一致的内容。', 1001),
    ('finding', 'part_area_unknown', 'area of a part unknown', '用途构成面积未知', 1002),
    ('finding_message', 'part_area_unknown', 'the land area of its part %1$s is unknown', '其中%1$s部分的用地面积未知', 1002),
    ('finding_advice', 'part_area_unknown', 'Enter the area in parcel_use; until then hectares and figures per area of the part are unknown.', '请在 parcel_use 中补录面积;补录前该部分的面积及地均指标均为未知。', 1002),
    ('finding', 'firm_between_parts', 'enterprise between two parts', '企业所属用途部分不明', 1003),
    ('finding_message', 'firm_between_parts', 'it works on parcel %1$s, of which several parts could host it', '在宗地 %1$s 经营,但无法确定所属的用途部分', 1003),
    ('finding_advice', 'firm_between_parts', 'Enter the building it uses, and the family of the building; until then the economy of every part of the parcel is unknown.', '请补录所用建筑及其用途大类;补录前该宗地各部分的经济指标均为未知。', 1003);

CREATE FUNCTION _draft_fact_finding(survey name, deciding_use text, as_of date, economic_year integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        SELECT 'contract_tie', 'parcel', p.id, p.code, p.subdistrict, p.id, p.geom,
               ARRAY[c.tied::text, coalesce((SELECT max(k.signed_on)::text FROM contract k WHERE k.parcel_id = p.id AND (k.signed_on <= _draft_fact_finding.as_of) IS NOT FALSE), '-')]
          FROM _parcel_contract(survey, _draft_fact_finding.as_of) c JOIN parcel p ON p.id = c.parcel_id
         WHERE c.tied > 1
        UNION ALL
        SELECT 'part_area_unknown', 'parcel', p.id, p.code, p.subdistrict, p.id, p.geom, ARRAY['@family/' || t.family]
          FROM _parcel_part(survey, deciding_use) t JOIN parcel p ON p.id = t.parcel_id
         WHERE t.part_count > 1 AND t.land_area IS NULL
        UNION ALL
        SELECT 'firm_between_parts', 'enterprise', e.id, e.code, e.subdistrict, p.id, NULL, ARRAY[coalesce(p.code, 'id ' || p.id)]
          FROM (SELECT DISTINCT o.enterprise_id, o.parcel_id
                  FROM _placed_occupancy(survey, deciding_use) o
                 WHERE o.family IS NULL AND economic_year BETWEEN coalesce(o.from_year, economic_year) AND coalesce(o.to_year, economic_year)) o
          JOIN enterprise e ON e.id = o.enterprise_id
          JOIN parcel p ON p.id = o.parcel_id
         WHERE EXISTS (SELECT FROM parcel_use u WHERE u.parcel_id = p.id);
END
$function$;
COMMENT ON FUNCTION _draft_fact_finding(name, text, date, integer) IS 'what is found when facts are brought together: several contracts signed last on one day, parts of unknown area, firms on a mixed parcel that fit no part alone';

CREATE FUNCTION _store_fact_finding(survey name, run_id integer, deciding_use text, as_of date, economic_year integer) RETURNS bigint
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
DECLARE
    stored bigint;
BEGIN
    PERFORM _enter_survey(survey);
    INSERT INTO finding (run_id, rule, severity, table_name, row_id, row_code, subdistrict, parcel_id, blocking, message_en, message_zh, advice_en, advice_zh, geom)
    SELECT _store_fact_finding.run_id, d.rule, w.severity, d.table_name, d.row_id, d.row_code, d.subdistrict, d.parcel_id, w.blocking,
           w.message_en, w.message_zh, w.advice_en, w.advice_zh, d.geom
      FROM _draft_fact_finding(survey, deciding_use, as_of, economic_year) d
     CROSS JOIN LATERAL _finding_words(d.rule, d.table_name, d.row_code, d.row_id, d.args) w
     ORDER BY d.rule COLLATE "C", d.row_code COLLATE "C", d.row_id, d.args;
    GET DIAGNOSTICS stored = ROW_COUNT;
    RETURN stored;
END
$function$;
COMMENT ON FUNCTION _store_fact_finding(name, integer, text, date, integer) IS 'writes the findings of _draft_fact_finding of a run; returns their number';
