-- quality_economy: what is wrong with vacancy, enterprises, money and evidence
-- Findings are read by people who may not see figures of a single firm: the
-- messages of these checks name firm, year and column, never the amount.

CREATE FUNCTION _check_vacancy(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    tolerance double precision := (SELECT 1 + r.upper_limit FROM finding_rule r WHERE r.rule = 'rentable_exceeds_floor_area');
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        SELECT 'vacant_exceeds_rentable', 'building_year', y.id, y.building_code, y.subdistrict, b.parcel_id, _no_place(),
               ARRAY[coalesce(y.year::text, '?'), _number_text(y.vacant_area), _number_text(y.rentable_area)]
          FROM building_year y LEFT JOIN building b ON b.id = y.building_id
         WHERE y.vacant_area > y.rentable_area AND y.vacant_area < 1e18 AND y.rentable_area >= 0;
    RETURN QUERY
        SELECT 'rentable_exceeds_floor_area', 'building_year', y.id, y.building_code, y.subdistrict, b.parcel_id, _no_place(),
               ARRAY[coalesce(y.year::text, '?'), _number_text(y.rentable_area), _number_text(b.floor_area_above + s.below)]
          FROM building_year y JOIN building b ON b.id = y.building_id
         -- a basement of unknown size may hold what is let
         CROSS JOIN LATERAL (SELECT CASE WHEN b.floor_area_below IS NULL AND b.storeys_below = 0 THEN 0 ELSE b.floor_area_below END AS below) s
         WHERE b.floor_area_above >= 0 AND s.below >= 0 AND y.rentable_area < 1e18 AND y.rentable_area > tolerance * (b.floor_area_above + s.below);
END
$function$;
COMMENT ON FUNCTION _check_vacancy(name, integer) IS 'more floor area vacant than rentable, or more rentable than built';

CREATE FUNCTION _deciding_use(survey name, run_id integer) RETURNS text
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    result text;
BEGIN
    EXECUTE format('SELECT s.deciding_use FROM (SELECT 1 AS place, o.* FROM %1$I.standard o UNION ALL SELECT 2, o.* FROM inefficient_land.standard o) s JOIN %1$I.run r ON r.standard = s.code WHERE r.id = $1 ORDER BY s.place LIMIT 1', survey)
       INTO result USING run_id;
    RETURN coalesce(result, 'present');
END
$function$;
COMMENT ON FUNCTION _deciding_use(name, integer) IS 'the use that decides the family by the standard of a run; present where the standard is gone';

-- What cannot be divided is asked of the division itself, so that a finding never contradicts an indicator.
CREATE FUNCTION _check_enterprise(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    last_year integer;
    most double precision := (SELECT r.upper_limit FROM finding_rule r WHERE r.rule = 'shares_exceed_whole');
BEGIN
    PERFORM _enter_survey(survey);
    last_year := (SELECT coalesce(r.economic_year, extract(year FROM r.as_of)::integer) FROM run r WHERE r.id = run_id);
    RETURN QUERY
        WITH address AS (
            SELECT o.enterprise_id, count(*) FILTER (WHERE (extract(year FROM _usable_date(o.from_date)) <= last_year) IS NOT FALSE
                                                AND (extract(year FROM _usable_date(o.to_date)) >= last_year) IS NOT FALSE) AS rows
              FROM occupancy o WHERE o.enterprise_id IS NOT NULL GROUP BY o.enterprise_id
        ), ambiguous AS (
            -- rows that name the code, but of which it is not known which enterprise they mean
            SELECT DISTINCT _trimmed_code(o.enterprise_code) AS code FROM occupancy o WHERE o.enterprise_id IS NULL
        ), works AS (
            SELECT DISTINCT o.enterprise_id FROM _placed_occupancy(survey, _deciding_use(survey, run_id)) o
             WHERE (last_year BETWEEN coalesce(o.from_year, last_year) AND coalesce(o.to_year, last_year)) IS NOT FALSE
        ), divided AS (
            SELECT e.enterprise_id, min(e.place_count) AS places, min(e.given) AS shares, count(*) FILTER (WHERE e.weight IS NULL) AS undivided,
                   count(*) FILTER (WHERE e.weight IS NULL AND coalesce(e.floor_area, 0) = 0) AS open
              FROM _placed_economy(survey, _deciding_use(survey, run_id), last_year) e
             WHERE e.year = last_year
             GROUP BY e.enterprise_id
        )
        SELECT d.rule, 'enterprise', e.id, e.code, e.subdistrict, h.parcel_id, _no_place(), d.args
          FROM enterprise e
          LEFT JOIN address a ON a.enterprise_id = e.id
          LEFT JOIN ambiguous m ON m.code = _trimmed_code(e.code)
          LEFT JOIN works w ON w.enterprise_id = e.id
          LEFT JOIN divided p ON p.enterprise_id = e.id
          LEFT JOIN _enterprise_parcel(survey) h ON h.enterprise_id = e.id
         CROSS JOIN LATERAL (
                SELECT 'enterprise_without_place', NULL::text[] WHERE coalesce(a.rows, 0) = 0 AND w.enterprise_id IS NULL AND m.code IS NULL
                UNION ALL
                SELECT 'registered_only', NULL WHERE a.rows > 0 AND w.enterprise_id IS NULL
                UNION ALL
                SELECT 'missing_share', ARRAY[p.places::text, p.open::text] WHERE p.undivided > 0 AND p.shares <= most
                UNION ALL
                SELECT 'shares_exceed_whole', ARRAY[_number_text(p.shares, 4)] WHERE p.shares > most) AS d (rule, args);
    RETURN QUERY
        SELECT 'part_exceeds_whole', 'enterprise_year', y.id, y.enterprise_code, y.subdistrict, h.parcel_id, _no_place(),
               ARRAY['@column/tax_paid_in_district', '@column/tax_total', format(' (%s)', y.year)]
          FROM enterprise_year y
          LEFT JOIN _enterprise_parcel(survey) h ON h.enterprise_id = y.enterprise_id
          JOIN finding_rule r ON r.rule = 'part_exceeds_whole'
         WHERE y.tax_total >= 0 AND y.tax_paid_in_district > (1 + r.upper_limit) * y.tax_total AND y.tax_paid_in_district < 1e18;
END
$function$;
COMMENT ON FUNCTION _check_enterprise(name, integer) IS 'enterprises that work nowhere, are only registered, cannot be divided among their places, or whose shares or taxes exceed the whole';

-- A slip of the unit multiplies by 10,000; honest firms differ by less, or in all
-- respects alike.  A value is compared, as power of ten, with
--   own    the same firm's other years
--   job    the median per job          floor  the median per m² used
--   ratio  the firm's other figures, each relative to its median
-- and counts as a slip where it stands out by the range of the rule
--   per job and per m², whatever the other years say, or
--   against the firm's other years, or, where there are none,
--   against its other figures, or per job or per m² where only one is known;
-- and where its size as a whole does not speak against it.
CREATE FUNCTION _check_money(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    low double precision;
    high double precision;
    per_job double precision := (SELECT r.upper_limit FROM finding_rule r WHERE r.rule = 'money_unit_slip_all');
BEGIN
    PERFORM _enter_survey(survey);
    SELECT r.lower_limit, r.upper_limit INTO low, high FROM finding_rule r WHERE r.rule = 'money_unit_slip';
    RETURN QUERY
        WITH used AS (
            SELECT o.enterprise_id, sum(o.floor_area) AS floor_area FROM occupancy o
             WHERE _trimmed_code(o.basis) IS DISTINCT FROM 'registered' AND o.floor_area > 1e-6 AND o.floor_area < 1e18 GROUP BY o.enterprise_id
        ), figure AS MATERIALIZED (
            SELECT y.id, y.enterprise_id, y.year, v.name, v.kind, log(v.value) AS size,
                   CASE WHEN y.jobs > 1e-6 AND y.jobs < 1e18 THEN log(v.value) - log(y.jobs) END AS job,
                   log(v.value) - log(u.floor_area) AS floor
              FROM enterprise_year y
              LEFT JOIN used u ON u.enterprise_id = y.enterprise_id
             CROSS JOIN LATERAL (VALUES ('output', 'output', y.output), ('sales', 'sales', y.sales), ('value_added', 'value_added', y.value_added),
                                        ('tax_total', 'tax', y.tax_total), ('tax_paid_in_district', 'tax', y.tax_paid_in_district),
                                        ('investment', 'investment', y.investment), ('research', 'research', y.research)) AS v (name, kind, value)
             WHERE v.value > 1e-6 AND v.value < 1e18
        ), middle AS (
            SELECT f.name, percentile_cont(0.5) WITHIN GROUP (ORDER BY f.size) AS size,
                   CASE WHEN count(f.job) >= 5 THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY f.job) END AS job,
                   CASE WHEN count(f.floor) >= 5 THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY f.floor) END AS floor
              FROM figure f GROUP BY f.name HAVING count(*) >= 5
        ), high_figure AS MATERIALIZED (
            -- only what is large in itself is looked at closely
            SELECT f.id, f.enterprise_id, f.year, f.name, f.kind, f.size - m.size AS size, f.job - m.job AS job, f.floor - m.floor AS floor, f.size AS own_size
              FROM figure f JOIN middle m ON m.name = f.name
             WHERE greatest(f.size - m.size, f.job - m.job, f.floor - m.floor) >= low - 1
        ), own AS (
            SELECT h.id, h.name, percentile_cont(0.5) WITHIN GROUP (ORDER BY f.size) AS size
              FROM high_figure h JOIN figure f ON f.enterprise_id = h.enterprise_id AND f.name = h.name AND f.year <> h.year
             GROUP BY h.id, h.name
        ), other AS (
            SELECT h.id, h.name, percentile_cont(0.5) WITHIN GROUP (ORDER BY f.size - m.size) AS size
              FROM high_figure h JOIN figure f ON f.id = h.id AND f.kind <> h.kind JOIN middle m ON m.name = f.name
             GROUP BY h.id, h.name
        ), compared AS (
            SELECT h.*, h.own_size - own.size AS own, h.size - other.size AS ratio, coalesce((h.job + h.floor) / 2, h.job, h.floor, h.size) AS whole
              FROM high_figure h
              LEFT JOIN own ON own.id = h.id AND own.name = h.name
              LEFT JOIN other ON other.id = h.id AND other.name = h.name
        ), slip AS (
            SELECT c.* FROM compared c
             WHERE (c.job BETWEEN low AND high AND c.floor BETWEEN low AND high)
                OR (c.whole BETWEEN low - 0.8 AND high + 0.8
                    AND (c.own BETWEEN low AND high
                         OR (c.own IS NULL AND (c.ratio BETWEEN low AND high
                                                OR (num_nulls(c.job, c.floor) = 1 AND coalesce(c.job, c.floor) BETWEEN low AND high)))))
        )
        SELECT 'money_unit_slip', 'enterprise_year', s.id, y.enterprise_code, y.subdistrict, h.parcel_id, _no_place(),
               ARRAY['@column/' || s.name, coalesce(s.year::text, '?')]
          FROM slip s
          JOIN enterprise_year y ON y.id = s.id
          LEFT JOIN _enterprise_parcel(survey) h ON h.enterprise_id = s.enterprise_id;
    RETURN QUERY
        SELECT 'money_unit_slip_all', 'enterprise_year', NULL::integer, NULL::text, NULL::text, NULL::integer, _no_place(),
               ARRAY['@column/' || v.name, _number_text(per_job)]
          FROM enterprise_year y
         CROSS JOIN LATERAL (VALUES ('output', y.output), ('sales', y.sales), ('value_added', y.value_added), ('tax_total', y.tax_total),
                                    ('tax_paid_in_district', y.tax_paid_in_district)) AS v (name, value)
         WHERE v.value > 1e-6 AND v.value < 1e18 AND y.jobs > 1e-6 AND y.jobs < 1e18
         GROUP BY v.name
        HAVING count(*) >= 5 AND percentile_cont(0.5) WITHIN GROUP (ORDER BY v.value / y.jobs) > per_job;
END
$function$;
COMMENT ON FUNCTION _check_money(name, integer) IS 'money in yuan instead of 10^4 yuan: single figures against the firm''s other years, its other figures and the medians per job and per m² used; whole columns by the median per job. A firm that is merely rich is rich in all respects and every year, and is not found';

-- Peers say nothing in a small survey, so what no firm of any size comes near is found by itself:
-- a figure that exceeds most of the ceilings per job, per m² used and per mu of which the size is known.
CREATE FUNCTION _check_amount(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    bad_parcels integer[] := _unmeasurable(survey, run_id, 'parcel');
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        WITH used AS (
            SELECT o.enterprise_id, sum(o.floor_area) AS floor_area FROM occupancy o
             WHERE _trimmed_code(o.basis) IS DISTINCT FROM 'registered' AND o.floor_area > 1e-6 AND o.floor_area < 1e18 GROUP BY o.enterprise_id
        ), land AS (
            SELECT h.enterprise_id, CASE WHEN count(*) = count(a.area) THEN sum(a.area) * 3 / 2000 END AS mu
              FROM _enterprise_parcel(survey) h
              JOIN parcel p ON p.id = h.parcel_id
             CROSS JOIN LATERAL (SELECT nullif(greatest(CASE WHEN p.registered_area > 1e-6 AND p.registered_area < 1e18 THEN p.registered_area END,
                                                        CASE WHEN p.id <> ALL (bad_parcels) THEN _surface(p.geom) END), 0) AS area) a
             GROUP BY h.enterprise_id
        )
        SELECT c.rule, 'enterprise_year', y.id, y.enterprise_code, y.subdistrict, h.parcel_id, _no_place(),
               ARRAY['@column/' || v.name, coalesce(y.year::text, '?'), _number_text(c.ceiling / v.weight)]
          FROM enterprise_year y
          LEFT JOIN used u ON u.enterprise_id = y.enterprise_id
          LEFT JOIN land l ON l.enterprise_id = y.enterprise_id
         CROSS JOIN LATERAL (VALUES ('output', y.output, 1), ('sales', y.sales, 1), ('value_added', y.value_added, 1), ('investment', y.investment, 1),
                                    ('tax_total', y.tax_total, 20), ('tax_paid_in_district', y.tax_paid_in_district, 20), ('research', y.research, 20)) AS v (name, value, weight)
         CROSS JOIN LATERAL (
                SELECT (array_agg(r.rule ORDER BY r.sequence) FILTER (WHERE v.value * v.weight > r.upper_limit * m.size))[1] AS rule,
                       (array_agg(r.upper_limit ORDER BY r.sequence) FILTER (WHERE v.value * v.weight > r.upper_limit * m.size))[1] AS ceiling
                  FROM (VALUES ('amount_per_job', CASE WHEN y.jobs > 1e-6 AND y.jobs < 1e18 THEN y.jobs END), ('amount_per_floor_area', u.floor_area), ('amount_per_land', l.mu)) AS m (rule, size)
                  JOIN finding_rule r ON r.rule = m.rule
                 WHERE m.size IS NOT NULL
                HAVING 2 * count(*) FILTER (WHERE v.value * v.weight > r.upper_limit * m.size) > count(*)) c
          LEFT JOIN _enterprise_parcel(survey) h ON h.enterprise_id = y.enterprise_id
         WHERE v.value > 1e-6 AND v.value < 1e18
           -- not what its peers gave away already
           AND NOT EXISTS (SELECT FROM finding f WHERE f.run_id = _check_amount.run_id AND f.table_name = 'enterprise_year' AND f.row_id = y.id AND v.name = ANY (f.doubtful));
END
$function$;
COMMENT ON FUNCTION _check_amount(name, integer) IS 'single amounts that exceed the ceilings of their rules per job, per m² used and per mu, most of those whose size is known; investment as output, taxes and research twenty-fold';

CREATE FUNCTION _check_evidence(survey name, run_id integer) RETURNS SETOF _finding_draft
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        WITH attached AS (
            SELECT _trimmed_code(a.subject_table) AS subject_table, _trimmed_code(a.subject_code) AS code FROM attachment a
        ), stated AS (
            SELECT 'parcel' AS table_name, p.id, p.code, p.subdistrict, p.id AS parcel_id, '@column/geom' AS what
              FROM parcel p WHERE _trimmed_code(p.origin) = 'field_drawn'
            UNION ALL
            SELECT 'legacy_case', l.id, l.code, l.subdistrict, l.parcel_id, '@column/use_began_on'
              FROM legacy_case l WHERE l.use_began_on IS NOT NULL AND _trimmed_code(l.evidence) IS NULL
            UNION ALL
            SELECT 'exemption_decision', d.id, d.parcel_code, d.subdistrict, d.parcel_id, '@column/parcel_indicator.exemption_decision'
              FROM exemption_decision d WHERE _trimmed_code(d.document_number) IS NULL
            UNION ALL
            SELECT 'correction', c.id, c.row_code, NULL, NULL, '@column/new_value'
              FROM correction c WHERE _trimmed_code(c.evidence) IS NULL
        )
        SELECT 'missing_evidence', s.table_name, s.id, s.code, s.subdistrict, s.parcel_id, _no_place(), ARRAY[s.what]
          FROM stated s
         WHERE NOT EXISTS (SELECT FROM attached a WHERE a.subject_table = s.table_name AND a.code = _trimmed_code(s.code));
    RETURN QUERY
        SELECT 'community_without_member', 'community', c.id, c.code, c.subdistrict, NULL::integer, _no_place(), NULL::text[]
          FROM community c
         WHERE NOT EXISTS (SELECT FROM community_member m WHERE m.community_id = c.id);
END
$function$;
COMMENT ON FUNCTION _check_evidence(name, integer) IS 'facts entered by hand without evidence (parcels drawn in the field, dates of legacy cases, exemption decisions without number, corrections) and communities without parcels';

-- Topics with geometry follow.
SELECT pg_catalog.set_config('search_path',
           pg_catalog.format('inefficient_land, %I, pg_temp', n.nspname), true)
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) e.extnamespace
 WHERE e.extname OPERATOR(pg_catalog.=) 'postgis';
