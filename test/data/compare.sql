-- Where a survey of the synthetic district differs from the district's truth: one line for
-- each difference, none when all is as it must be.  Needs schema district and :survey,
-- assessed and decided on as demo/load does.
\set ON_ERROR_STOP on
SELECT set_config('search_path', format('%I, inefficient_land, district, public', :'survey'), false) \g /dev/null

SELECT 'verdict of ' || coalesce(t.code, v.code) || ' ' || coalesce(t.family, v.family) || ': ' || coalesce((t.verdict, t.reasons, t.missing, t.flags, t.route)::text, 'none') || ' expected, '
       || coalesce((v.verdict, v.reasons, v.missing, v.flags, v.route)::text, 'none') || ' found'
  FROM truth_part t
  FULL JOIN (SELECT p.code, v.* FROM verdict v JOIN parcel p ON p.id = v.parcel_id WHERE v.until_run IS NULL) v ON v.code = t.code AND v.family = t.family
 WHERE (t.verdict, t.reasons, t.missing, t.flags, t.route) IS DISTINCT FROM (v.verdict, v.reasons, v.missing, v.flags, v.route)
 ORDER BY 1;

SELECT format('finding %s on %s %s: %s expected, %s found', rule, table_name, row_code, coalesce(e.n, 0), coalesce(f.n, 0))
  FROM (SELECT rule, table_name, row_code, count(*) AS n FROM planted_error GROUP BY 1, 2, 3) e
  FULL JOIN (SELECT rule, table_name, row_code, count(*) AS n FROM finding WHERE until_run IS NULL GROUP BY 1, 2, 3) f USING (rule, table_name, row_code)
 WHERE e.n IS DISTINCT FROM f.n
 ORDER BY 1;

SELECT format('determination of %s %s: %s', coalesce(t.code, d.parcel_code), coalesce(t.family, d.family), CASE WHEN t.code IS NULL THEN 'not expected' ELSE 'not found' END)
  FROM truth_determined t FULL JOIN inefficient_land d ON d.parcel_code = t.code AND d.family = t.family
 WHERE t.code IS NULL OR d.id IS NULL
 ORDER BY 1;

SELECT format('scale of %s %s: %s parcels, %s m² expected, %s, %s found', coalesce(t.family, r.family, 'no family'), coalesce(t.class, r.class), t.parcels, t.area, r.parcels, r.area)
  FROM truth_scale t FULL JOIN (SELECT * FROM report_scale WHERE line = 'part') r ON r.family IS NOT DISTINCT FROM t.family AND r.class = t.class
 WHERE (t.parcels, t.area) IS DISTINCT FROM (r.parcels, r.area)
 ORDER BY 1;

SELECT format('land outside parcels in %s: %s m² expected, %s found', t.subdistrict, t.area, r.area)
  FROM truth_outside t LEFT JOIN report_distribution r ON r.area_code = t.subdistrict AND r.line = 'outside_parcels'
 WHERE r.area IS DISTINCT FROM t.area
UNION ALL
SELECT format('report %s sums to %s', report, sum) FROM (
    SELECT 'scale' AS report, sum(area) AS sum FROM report_scale WHERE additive UNION ALL SELECT 'structure', sum(area) FROM report_structure WHERE additive
    UNION ALL SELECT 'distribution', sum(area) FROM report_distribution WHERE additive UNION ALL SELECT 'potential', sum(area) FROM report_potential WHERE additive) s
 WHERE sum <> 9980000.00
 ORDER BY 1;

SELECT format('distribution of %s %s: %s expected, %s found', coalesce(t.subdistrict, r.area_code), coalesce(t.family, r.family), (t.parcels, t.area, t.determined, t.suspected), (r.parcels, r.area, r.determined_parcels, r.suspected_parcels))
  FROM truth_distribution t FULL JOIN (SELECT * FROM report_distribution WHERE line = 'part' AND family IS NOT NULL) r ON r.area_code = t.subdistrict AND r.family = t.family
 WHERE (t.parcels, t.area, t.determined, t.suspected) IS DISTINCT FROM (r.parcels, r.area, r.determined_parcels, r.suspected_parcels)
 ORDER BY 1;

-- Plan limits reach a parcel by its overlap with the plots, so the last digit is theirs.
SELECT format('potential of %s %s: %s m², %s m² unknown expected, %s, %s ha found', coalesce(t.family, r.family), coalesce(t.class, r.class), round(t.potential, 2), t.unknown_area, r.potential_floor_area, r.unknown_hectares)
  FROM truth_potential t FULL JOIN (SELECT * FROM report_potential WHERE line = 'part' AND family IS NOT NULL) r ON r.family = t.family AND r.class = t.class
 WHERE (abs(coalesce(t.potential, 0) - coalesce(r.potential_floor_area, 0)) < 0.5 AND coalesce(t.unknown_area, 0) / 10000 = coalesce(r.unknown_hectares, 0)) IS NOT TRUE
 ORDER BY 1;

SELECT format('missing %s of %s: %s parcels expected, %s found', coalesce(t.fact, r.fact), coalesce(t.family, r.family), t.parcels, r.parcels)
  FROM truth_missing t FULL JOIN (SELECT * FROM report_missing WHERE line = 'fact') r ON r.fact = t.fact AND r.family = t.family
 WHERE (t.parcels, t.area / 10000) IS DISTINCT FROM (r.parcels, r.hectares)
 ORDER BY 1;

SELECT format('period of legacy case %s: %s expected, %s found', t.number, t.period, r.period)
  FROM legacy t FULL JOIN legacy_land r ON r.code = 'LS-' || lpad(t.number::text, 2, '0')
 WHERE t.period IS DISTINCT FROM r.period
 ORDER BY 1;

SELECT format('class of %s on the map: %s expected, %s found', coalesce(t.code, r.code), t.class, r.class)
  FROM (SELECT code, (array_agg(class ORDER BY array_position('{determined,suspected,exempt,excluded,insufficient_data,not_inefficient}', class)))[1] AS class FROM truth_class GROUP BY code) t
  FULL JOIN layer_parcel r ON r.code = t.code
 WHERE coalesce(t.class, 'not_judged') IS DISTINCT FROM r.class
 ORDER BY 1;
