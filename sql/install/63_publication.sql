-- publication: ratios of sums per subdistrict and family, and which of them everybody may see
-- A cell of fewer than three firms is withheld, and with it as many others as
-- keep it from being computed from totals, by strangers or by a firm that knows
-- its own figures.

CREATE FUNCTION _withheld_cell(row_index integer[], column_index integer[], contributors integer[], sole_contributor integer[]) RETURNS boolean[]
    AS 'MODULE_PATHNAME', 'il__withheld_cell' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION _withheld_cell(integer[], integer[], integer[], integer[]) IS 'which cells of a table with margins must not be published, in the order of the cells. row_index, column_index: 0 is the margin (the total of the others); contributors: firms in the cell; sole_contributor: a key of the firm where there is one only, else 0. Withheld are cells of one or two contributors and the cells, fewest contributors first, without which nobody can compute one of them from the published cells of its rows and columns, a sole contributor with its own cells included. Errors: 22023 arrays of different length, NULL elements, negative numbers, a cell given twice';

CREATE FUNCTION _peer_value_is_public(expression text, n integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
BEGIN ATOMIC
    SELECT n IS NULL
        OR NOT EXISTS (SELECT FROM regexp_matches(expression, '[a-z_][a-z0-9_.]*', 'g') AS m (word)
                        WHERE replace(m.word[1], '.', '_') NOT IN
                              ('peer_mean', 'peer_ratio', 'peer_median', 'peer_percentile', 'year',
                               'land_area', 'family_area', 'family_share', 'floor_area', 'family_floor_area', 'plot_ratio', 'building_coverage',
                               'building_coefficient', 'green_ratio', 'building_count', 'built_year', 'danger_share', 'danger_count_share',
                               'rentable_area', 'vacant_area', 'vacancy_rate', 'enterprise_count', 'plan_plot_ratio', 'plan_coverage', 'plan_height',
                               'contract_plot_ratio', 'contract_coverage', 'planned_area', 'started_area'));
END;
COMMENT ON FUNCTION _peer_value_is_public(text, integer) IS 'whether readers may see a peer figure: a published value (n NULL), or one of physical facts alone; a fact that is not known to be physical counts as confidential. However many firms stand behind it: a median is the figure of one of them, and a mean over a subdistrict is a cell that _withheld_cell may have withheld';

CREATE FUNCTION _peer_band(expression text, value double precision) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20
RETURN _band(substring(expression FROM '^peer_(?:mean|median|percentile)[(]([a-z0-9_]+)'), value);
COMMENT ON FUNCTION _peer_band(text, double precision) IS 'the class of a peer figure, which everybody may see; NULL where it is a ratio, or its fact has no classes';

CREATE FUNCTION _cell_fact(survey name, run_id integer)
    RETURNS TABLE (subdistrict text, family text, is_first boolean, is_undivided boolean,
                   land_area double precision, floor_area double precision, parcel_land double precision, parcel_floor double precision, footprint_area double precision,
                   rentable_area double precision, vacant_area double precision, enterprise_id integer[], contributor jsonb,
                   output double precision, tax double precision, investment double precision, jobs double precision, value_added double precision, energy double precision)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey);
    RETURN QUERY
        SELECT s.subdistrict, f.family, row_number() OVER (PARTITION BY i.parcel_id, s.subdistrict, f.family ORDER BY i.family COLLATE "C") = 1,
               count(*) OVER (PARTITION BY i.parcel_id, s.subdistrict, f.family) = 1 AND i.family_share = 1,
               i.family_area, i.family_floor_area, i.land_area, i.floor_area,
               m.footprint_area, i.rentable_area, i.vacant_area, i.enterprise_id, i.contributor,
               i.output, i.tax, i.investment, i.jobs, i.value_added, i.energy
          FROM parcel_indicator i
          LEFT JOIN parcel_measure m ON m.parcel_id = i.parcel_id AND _in_run(m.run_id, m.until_run, _cell_fact.run_id)
         CROSS JOIN LATERAL (VALUES (coalesce(nullif(i.subdistrict, ''), 'unknown')), ('')) AS s (subdistrict)
         CROSS JOIN LATERAL (VALUES (i.family), ('')) AS f (family)
         WHERE _in_run(i.run_id, i.until_run, _cell_fact.run_id) AND i.stratum = 'surface'
           AND _count_progress(_cell_fact.survey, 'subdistricts', (SELECT 4 * count(*) FROM parcel_indicator n WHERE _in_run(n.run_id, n.until_run, _cell_fact.run_id)));
END
$function$;
COMMENT ON FUNCTION _cell_fact(name, integer) IS 'the parts of the surface parcels of a run, each in the four cells of the table subdistrict × family that it counts in (empty string = all). is_first: one part of each parcel in the cell, for sums over whole parcels; is_undivided: the parcel has no other part';

CREATE FUNCTION _cell_ratio(survey name, run_id integer)
    RETURNS TABLE (subdistrict text, family text, indicator text, detail ratio_detail)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 200
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT c.subdistrict, c.family, v.indicator, v.detail
          FROM (SELECT f.subdistrict, f.family,
                       CASE WHEN f.family = '' THEN plot_ratio_detail_agg(f.parcel_floor, f.parcel_land) FILTER (WHERE f.is_first)
                            ELSE plot_ratio_detail_agg(f.floor_area, f.land_area) END AS plot_ratio,
                       CASE WHEN f.family = '' THEN building_coverage_detail_agg(f.footprint_area, f.parcel_land) FILTER (WHERE f.is_first)
                            ELSE building_coverage_detail_agg(CASE WHEN f.is_undivided THEN f.footprint_area END, f.land_area) END AS building_coverage,
                       vacancy_rate_detail_agg(CASE WHEN f.vacant_area <= f.rentable_area THEN f.vacant_area END, f.rentable_area) AS vacancy_rate,
                       output_per_hectare_detail_agg(f.output, f.land_area) AS output_per_hectare,
                       output_per_floor_area_detail_agg(f.output, f.floor_area) AS output_per_floor_area,
                       tax_per_mu_detail_agg(f.tax, f.land_area) AS tax_per_mu,
                       tax_per_floor_area_detail_agg(f.tax, f.floor_area) AS tax_per_floor_area,
                       investment_intensity_detail_agg(f.investment, f.land_area) AS investment_intensity,
                       jobs_per_hectare_detail_agg(f.jobs, f.land_area) AS jobs_per_hectare,
                       value_added_per_energy_detail_agg(f.value_added, f.energy) AS value_added_per_energy
                  FROM _cell_fact(survey, run_id) f
                 GROUP BY f.subdistrict, f.family) c
         CROSS JOIN LATERAL (VALUES ('plot_ratio', c.plot_ratio), ('building_coverage', c.building_coverage), ('vacancy_rate', c.vacancy_rate),
                                    ('output_per_hectare', c.output_per_hectare), ('output_per_floor_area', c.output_per_floor_area),
                                    ('tax_per_mu', c.tax_per_mu), ('tax_per_floor_area', c.tax_per_floor_area), ('investment_intensity', c.investment_intensity),
                                    ('jobs_per_hectare', c.jobs_per_hectare), ('value_added_per_energy', c.value_added_per_energy)) AS v (indicator, detail);
END
$function$;
COMMENT ON FUNCTION _cell_ratio(name, integer) IS 'ratios of sums of a run per cell and indicator. Of a family: its parts (ground covered only where a parcel is undivided); of all families: whole parcels, so that nothing is lost where the parts of a mixed parcel are not known';

CREATE FUNCTION _cell_firm(survey name, run_id integer)
    RETURNS TABLE (subdistrict text, family text, indicator text, firms integer, contributors integer, sole_contributor integer)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 100000 ROWS 200
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        WITH figure AS (
            -- differs: it counts over land but not over floor area, or the other way round
            SELECT f.subdistrict, f.family, v.indicator, v.supported, v.differs,
                   v.numerator <> 0 OR f.enterprise_id IS DISTINCT FROM '{}' AS has_source,
                   ARRAY(SELECT c.firm::integer FROM jsonb_array_elements(f.contributor -> v.fact) AS c (firm)
                          WHERE v.second IS NULL OR f.contributor -> v.second @> c.firm) AS firm
              FROM _cell_fact(survey, run_id) f
             CROSS JOIN LATERAL (SELECT f.land_area > 0 IS TRUE AS land, f.floor_area > 0 IS TRUE AS floor) k
             CROSS JOIN LATERAL (VALUES ('output_per_hectare', 'output', NULL, f.output, k.land, false), ('output_per_floor_area', 'output', NULL, f.output, k.floor, k.land <> k.floor),
                                        ('tax_per_mu', 'tax', NULL, f.tax, k.land, false), ('tax_per_floor_area', 'tax', NULL, f.tax, k.floor, k.land <> k.floor),
                                        ('investment_intensity', 'investment', NULL, f.investment, k.land, false), ('jobs_per_hectare', 'jobs', NULL, f.jobs, k.land, false),
                                        ('value_added_per_energy', 'value_added', 'energy', f.value_added, f.energy > 0 IS TRUE, false)) AS v (indicator, fact, second, numerator, supported, differs)
             WHERE v.numerator IS NOT NULL AND (v.supported OR v.differs) AND f.subdistrict <> '' AND f.family <> ''
        ), counted AS (
            SELECT s.subdistrict, s.family, g.indicator, bool_or(g.has_source AND g.supported) AS has_source,
                   count(DISTINCT u.firm) FILTER (WHERE g.supported)::integer AS firms, min(u.firm) FILTER (WHERE g.supported) AS first_firm,
                   count(DISTINCT u.firm) FILTER (WHERE g.differs)::integer AS gap
              FROM figure g
             CROSS JOIN LATERAL (VALUES (g.subdistrict, g.family), (g.subdistrict, ''), ('', g.family), ('', '')) AS s (subdistrict, family)
              LEFT JOIN LATERAL unnest(g.firm) AS u (firm) ON true
             GROUP BY s.subdistrict, s.family, g.indicator
            HAVING bool_or(g.supported)
        )
        SELECT c.subdistrict, c.family, c.indicator, c.firms,
               -- a figure that no counted firm makes up may be all of one firm that pays nothing;
               -- the same sum over two supports that differ by one or two firms would give these away
               CASE WHEN c.firms = 0 AND c.has_source THEN 2 WHEN c.gap BETWEEN 1 AND 2 THEN least(c.gap, c.firms) ELSE c.firms END,
               CASE WHEN c.firms = 1 THEN c.first_firm ELSE 0 END
          FROM counted c;
END
$function$;
COMMENT ON FUNCTION _cell_firm(name, integer) IS 'how many firms stand behind each economic figure of _cell_ratio, and which one where there is one only. A firm counts where what it contributes itself is not 0. A figure without counted firms counts as a cell of two, unless it is 0 because the list of firms is complete and empty; where a sum over land and the same sum over floor area differ by one or two firms, the latter counts as a cell of these';

CREATE FUNCTION _store_subdistrict_indicator(survey name, run_id integer) RETURNS bigint
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
DECLARE
    stored bigint;
BEGIN
    PERFORM _enter_survey(survey);
    WITH firm AS MATERIALIZED (
        SELECT f.*, CASE WHEN f.subdistrict = '' THEN 0 ELSE dense_rank() OVER (ORDER BY f.subdistrict COLLATE "C") END::integer AS row_index,
               CASE WHEN f.family = '' THEN 0 ELSE dense_rank() OVER (ORDER BY f.family COLLATE "C") END::integer AS column_index
          FROM _cell_firm(survey, _store_subdistrict_indicator.run_id) f
    ), grid AS (
        SELECT f.indicator, array_agg(f.subdistrict ORDER BY f.row_index, f.column_index) AS subdistricts, array_agg(f.family ORDER BY f.row_index, f.column_index) AS families,
               _withheld_cell(array_agg(f.row_index ORDER BY f.row_index, f.column_index), array_agg(f.column_index ORDER BY f.row_index, f.column_index),
                              array_agg(f.contributors ORDER BY f.row_index, f.column_index), array_agg(f.sole_contributor ORDER BY f.row_index, f.column_index)) AS withheld
          FROM firm f GROUP BY f.indicator
    ), cell AS (
        SELECT g.indicator, u.subdistrict, u.family
          FROM grid g CROSS JOIN LATERAL unnest(g.subdistricts, g.families, g.withheld) AS u (subdistrict, family, withheld)
         WHERE u.withheld
    ), withheld AS (
        -- what is withheld per hectare or mu is withheld per floor area, too
        SELECT c.indicator, c.subdistrict, c.family FROM cell c
        UNION
        SELECT p.twin, c.subdistrict, c.family
          FROM cell c JOIN (VALUES ('output_per_hectare', 'output_per_floor_area'), ('tax_per_mu', 'tax_per_floor_area')) AS p (indicator, twin) ON p.indicator = c.indicator
    )
    INSERT INTO subdistrict_indicator (run_id, until_run, subdistrict, family, indicator, value, numerator, denominator, n, n_missing, coverage, enterprise_count, published_value, band)
    SELECT _store_subdistrict_indicator.run_id, _draft_end(_store_subdistrict_indicator.run_id, EXISTS (SELECT FROM run k WHERE k.id < _store_subdistrict_indicator.run_id)), r.subdistrict, r.family, r.indicator, (r.detail).value, (r.detail).numerator, (r.detail).denominator,
           (r.detail).n, (r.detail).n_missing, (r.detail).coverage, f.firms,
           CASE WHEN w.indicator IS NULL THEN (r.detail).value END, _band(r.indicator, (r.detail).value)
      FROM _cell_ratio(survey, _store_subdistrict_indicator.run_id) r
      LEFT JOIN firm f ON f.subdistrict = r.subdistrict AND f.family = r.family AND f.indicator = r.indicator
      LEFT JOIN withheld w ON w.indicator = r.indicator AND w.subdistrict = r.subdistrict AND w.family = r.family;
    GET DIAGNOSTICS stored = ROW_COUNT;
    RETURN stored;
END
$function$;
COMMENT ON FUNCTION _store_subdistrict_indicator(name, integer) IS 'writes subdistrict_indicator of a run: ratios of sums per subdistrict and family with all totals, the published value and the class everybody may see; returns the rows. Parcels of unknown subdistrict stand under unknown';
