-- publication: ratios of sums per subdistrict and family, and which of them everybody may see
-- A cell of fewer than three firms is withheld, and with it as many others as
-- keep it from being computed from totals, by strangers or by a firm that knows
-- its own figures.

CREATE FUNCTION _withheld_cell(row_index integer[], column_index integer[], contributors integer[], sole_contributor integer[]) RETURNS boolean[]
    AS 'MODULE_PATHNAME', 'il__withheld_cell' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION _withheld_cell(integer[], integer[], integer[], integer[]) IS 'which cells of a table with margins must not be published, in the order of the cells. row_index, column_index: 0 is the margin (the total of the others); contributors: firms in the cell; sole_contributor: a key of the firm where there is one only, else 0. Withheld are cells of one or two contributors and the cells, fewest contributors first, without which nobody can compute one of them from the published cells of its rows and columns, a sole contributor with its own cells included. Errors: 22023 arrays of different length, NULL elements, negative numbers, a cell given twice';

CREATE FUNCTION _cell_fact(survey name, run_id integer)
    RETURNS TABLE (subdistrict text, family text, is_first boolean, is_undivided boolean,
                   land_area double precision, floor_area double precision, parcel_land double precision, parcel_floor double precision, footprint_area double precision,
                   rentable_area double precision, vacant_area double precision, enterprise_id integer[],
                   output double precision, tax double precision, investment double precision, jobs double precision, value_added double precision, energy double precision)
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10000 ROWS 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
BEGIN
    PERFORM _enter_survey(survey, with_postgis => false);
    RETURN QUERY
        SELECT s.subdistrict, f.family, row_number() OVER (PARTITION BY i.parcel_id, s.subdistrict, f.family ORDER BY i.family COLLATE "C") = 1,
               count(*) OVER (PARTITION BY i.parcel_id, s.subdistrict, f.family) = 1 AND i.family_share = 1,
               i.family_area, i.family_floor_area, i.land_area, i.floor_area,
               (SELECT m.footprint_area FROM parcel_measure m WHERE m.run_id = i.run_id AND m.parcel_id = i.parcel_id), i.rentable_area, i.vacant_area, i.enterprise_id,
               i.output, i.tax, i.investment, i.jobs, i.value_added, i.energy
          FROM parcel_indicator i
         CROSS JOIN LATERAL (VALUES (coalesce(nullif(i.subdistrict, ''), 'unknown')), ('')) AS s (subdistrict)
         CROSS JOIN LATERAL (VALUES (i.family), ('')) AS f (family)
         WHERE i.run_id = _cell_fact.run_id AND i.stratum = 'surface'
           AND _count_progress(_cell_fact.survey, 'subdistricts', (SELECT 4 * count(*) FROM parcel_indicator n WHERE n.run_id = _cell_fact.run_id));
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
        WITH supported AS (
            SELECT DISTINCT f.subdistrict, f.family, v.indicator, v.main, u.firm
              FROM _cell_fact(survey, run_id) f
             CROSS JOIN LATERAL unnest(f.enterprise_id) AS u (firm)
             CROSS JOIN LATERAL (VALUES ('output_per_hectare', NULL, f.output, f.land_area), ('output_per_floor_area', 'output_per_hectare', f.output, f.floor_area),
                                        ('tax_per_mu', NULL, f.tax, f.land_area), ('tax_per_floor_area', 'tax_per_mu', f.tax, f.floor_area),
                                        ('investment_intensity', NULL, f.investment, f.land_area), ('jobs_per_hectare', NULL, f.jobs, f.land_area),
                                        ('value_added_per_energy', NULL, f.value_added, f.energy)) AS v (indicator, main, numerator, denominator)
             WHERE v.numerator IS NOT NULL AND v.denominator > 0 AND f.subdistrict <> '' AND f.family <> ''
        ), spread AS (
            SELECT DISTINCT s.subdistrict, s.family, p.indicator, p.main, p.firm
              FROM supported p CROSS JOIN LATERAL (VALUES (p.subdistrict, p.family), (p.subdistrict, ''), ('', p.family), ('', '')) AS s (subdistrict, family)
        ), counted AS (
            SELECT s.subdistrict, s.family, s.indicator, min(s.main) AS main, count(*)::integer AS firms, min(s.firm) AS first_firm
              FROM spread s GROUP BY s.subdistrict, s.family, s.indicator
        )
        -- the same sum over two supports that differ by one or two firms would give these away
        SELECT c.subdistrict, c.family, c.indicator, c.firms,
               CASE WHEN m.firms - c.firms BETWEEN 1 AND 2 THEN least(m.firms - c.firms, c.firms) ELSE c.firms END,
               CASE WHEN c.firms = 1 THEN c.first_firm ELSE 0 END
          FROM counted c
          LEFT JOIN counted m ON m.subdistrict = c.subdistrict AND m.family = c.family AND m.indicator = c.main;
END
$function$;
COMMENT ON FUNCTION _cell_firm(name, integer) IS 'how many firms stand behind each economic figure of _cell_ratio, and which one where there is one only; where a sum over land and the same sum over floor area differ by one or two firms, the latter counts as a cell of these';

CREATE FUNCTION _store_subdistrict_indicator(survey name, run_id integer) RETURNS bigint
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 1000000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET jit = off
AS $function$
#variable_conflict use_column
DECLARE
    stored bigint;
BEGIN
    PERFORM _enter_survey(survey, with_postgis => false);
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
    INSERT INTO subdistrict_indicator (run_id, subdistrict, family, indicator, value, numerator, denominator, n, n_missing, coverage, enterprise_count, published_value, band)
    SELECT _store_subdistrict_indicator.run_id, r.subdistrict, r.family, r.indicator, (r.detail).value, (r.detail).numerator, (r.detail).denominator,
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
