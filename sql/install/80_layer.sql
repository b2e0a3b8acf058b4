-- layer: views to draw – an integer key first, one geometry typed by the table's
-- column, and nothing that keeps the index from serving a map window
--
-- What a part of the window costs: the joins hang on keys, the outcome of a
-- parcel is one aggregated row, so a count or an extent does not compute it.

CREATE PROCEDURE _create_layer_views(survey name)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
BEGIN
    PERFORM _enter_survey(survey, creating => true);
    EXECUTE $ddl$
CREATE VIEW layer_parcel WITH (security_invoker = true) AS
SELECT p.id, p.code, p.name, p.address, p.subdistrict, coalesce(_trimmed_code(p.stratum), 'surface') AS stratum,
       coalesce(o.class, 'not_judged') AS class, c.label_en AS class_en, c.label_zh AS class_zh, c.colour,
       coalesce(o.reason_en, n.label_en) AS reason_en, coalesce(o.reason_zh, n.label_zh) AS reason_zh,
       o.family, f.label_en AS family_en, f.label_zh AS family_zh, o.families,
       i.land_area, i.floor_area, i.plot_ratio, i.building_coverage, i.building_coefficient, i.green_ratio,
       i.plan_plot_ratio, i.building_count, i.built_year, i.danger_grade, i.operating_state, i.use_state, i.vacancy_rate,
       i.vacancy_rate_band, i.output_per_hectare_band, i.tax_per_mu_band, i.tax_per_floor_area_band,
       o.missing, o.flags,
       (SELECT count(*) FROM finding q WHERE q.parcel_id = p.id AND q.until_run IS NULL) AS findings,
       p.holder_kind, p.ownership, p.right_nature, p.geom
  FROM parcel p
  LEFT JOIN LATERAL (
    SELECT (array_agg(t.class ORDER BY k.sequence, t.land_area DESC NULLS LAST, t.family COLLATE "C"))[1] AS class,
           (array_agg(t.family ORDER BY k.sequence, t.land_area DESC NULLS LAST, t.family COLLATE "C"))[1] AS family,
           (array_agg(t.reason_en ORDER BY k.sequence, t.land_area DESC NULLS LAST, t.family COLLATE "C"))[1] AS reason_en,
           (array_agg(t.reason_zh ORDER BY k.sequence, t.land_area DESC NULLS LAST, t.family COLLATE "C"))[1] AS reason_zh,
           (array_agg(array_to_string(t.missing, ', ') ORDER BY k.sequence, t.land_area DESC NULLS LAST, t.family COLLATE "C"))[1] AS missing,
           (array_agg(array_to_string(t.flags, ', ') ORDER BY k.sequence, t.land_area DESC NULLS LAST, t.family COLLATE "C"))[1] AS flags,
           count(*)::integer AS families
      FROM _part t
      JOIN label k ON k.topic = 'class' AND k.code = t.class
     WHERE t.parcel_id = p.id) o ON true
  -- DISTINCT tells the planner what the unique index says, so that who only counts parcels does not wait for this
  LEFT JOIN LATERAL (
    SELECT DISTINCT ON (n.parcel_id, n.family) n.parcel_id, n.family, n.land_area, n.floor_area, n.plot_ratio, n.building_coverage, n.building_coefficient, n.green_ratio,
           n.plan_plot_ratio, n.building_count, n.built_year, n.danger_grade, n.operating_state, n.use_state, n.vacancy_rate,
           n.vacancy_rate_band, n.output_per_hectare_band, n.tax_per_mu_band, n.tax_per_floor_area_band
      FROM parcel_indicator n
     WHERE n.until_run IS NULL AND n.parcel_id = p.id AND n.family = o.family) i ON i.parcel_id = p.id AND i.family = o.family
  LEFT JOIN label c ON c.topic = 'class' AND c.code = coalesce(o.class, 'not_judged')
  LEFT JOIN label f ON f.topic = 'family' AND f.code = o.family
  LEFT JOIN label n ON n.topic = 'not_judged'
       AND n.code = CASE WHEN o.family IS NOT NULL THEN 'no_land_type' WHEN EXISTS (SELECT FROM run) THEN 'no_family' ELSE 'no_run' END;
COMMENT ON VIEW layer_parcel IS 'map layer of parcels (宗地图层): class, reason in words, physical indicators, economy as bands. A mixed parcel appears once, by its most serious class';

CREATE VIEW layer_building WITH (security_invoker = true) AS
SELECT b.id, b.code, b.name, b.parcel_id, b.parcel_code, b.subdistrict,
       coalesce(o.class, 'not_judged') AS class, c.label_en AS class_en, c.label_zh AS class_zh, c.colour,
       coalesce(o.reason_en, n.label_en) AS reason_en, coalesce(o.reason_zh, n.label_zh) AS reason_zh,
       o.family, f.label_en AS family_en, f.label_zh AS family_zh,
       b.storeys_above, b.storeys_below, b.height, b.floor_area_above, b.floor_area_below, b.built_year, b.structure, b.danger_grade,
       b.is_villa, b.heritage_kind, b.is_finished, b.use_state, y.year AS vacancy_year, y.rentable_area, y.vacant_area,
       y.vacant_area / nullif(y.rentable_area, 0) AS vacancy_rate, b.geom
  FROM building b
  LEFT JOIN LATERAL (
    SELECT (array_agg(t.class ORDER BY k.sequence, t.land_area DESC NULLS LAST, t.family COLLATE "C"))[1] AS class,
           (array_agg(t.family ORDER BY k.sequence, t.land_area DESC NULLS LAST, t.family COLLATE "C"))[1] AS family,
           (array_agg(t.reason_en ORDER BY k.sequence, t.land_area DESC NULLS LAST, t.family COLLATE "C"))[1] AS reason_en,
           (array_agg(t.reason_zh ORDER BY k.sequence, t.land_area DESC NULLS LAST, t.family COLLATE "C"))[1] AS reason_zh
      FROM _part t
      JOIN label k ON k.topic = 'class' AND k.code = t.class
     WHERE t.parcel_id = b.parcel_id AND t.family = coalesce(_trimmed_code(b.family), t.family)) o ON true
  LEFT JOIN LATERAL (
    SELECT max(q.year) AS year, (array_agg(q.rentable_area ORDER BY q.year DESC, q.id))[1] AS rentable_area,
           (array_agg(q.vacant_area ORDER BY q.year DESC, q.id))[1] AS vacant_area
      FROM building_year q
     WHERE q.building_id = b.id AND q.year IS NOT NULL) y ON true
  LEFT JOIN label c ON c.topic = 'class' AND c.code = coalesce(o.class, 'not_judged')
  LEFT JOIN label f ON f.topic = 'family' AND f.code = o.family
  LEFT JOIN label n ON n.topic = 'not_judged'
       AND n.code = CASE WHEN o.family IS NOT NULL THEN 'no_land_type' WHEN EXISTS (SELECT FROM run) THEN 'no_family' ELSE 'no_run' END;
COMMENT ON VIEW layer_building IS 'map layer of buildings (建筑图层) with the class of the part of the parcel they serve and their newest vacancy';

CREATE VIEW layer_subdistrict WITH (security_invoker = true) AS
SELECT u.id, u.code, u.name, _report_hectares(_counted_area(coalesce(u.control_area, _drawn_area(u.geom))))::double precision AS hectares, a.parcels,
       _report_hectares(a.determined)::double precision AS determined_hectares, _report_hectares(a.suspected)::double precision AS suspected_hectares, _report_hectares(a.exempt)::double precision AS exempt_hectares,
       _report_hectares(a.excluded)::double precision AS excluded_hectares, _report_hectares(a.insufficient_data)::double precision AS insufficient_data_hectares,
       _report_hectares(a.not_inefficient)::double precision AS not_inefficient_hectares, _report_hectares(a.not_judged)::double precision AS not_judged_hectares,
       _percent(a.determined + a.suspected, _counted_area(coalesce(u.control_area, _drawn_area(u.geom))))::double precision AS inefficient_percent,
       y.reason_en, y.reason_zh,
       x.plot_ratio, x.vacancy_rate, x.output_per_hectare, x.output_per_hectare_band, x.tax_per_mu, x.tax_per_mu_band,
       x.plot_ratio_coverage, x.vacancy_rate_coverage, x.output_per_hectare_coverage, x.tax_per_mu_coverage, u.geom
  FROM admin_unit u
  LEFT JOIN (
    SELECT p.subdistrict, count(DISTINCT p.parcel_id) AS parcels,
           coalesce(sum(p.area) FILTER (WHERE p.class = 'determined'), 0) AS determined,
           coalesce(sum(p.area) FILTER (WHERE p.class = 'suspected'), 0) AS suspected,
           coalesce(sum(p.area) FILTER (WHERE p.class = 'exempt'), 0) AS exempt,
           coalesce(sum(p.area) FILTER (WHERE p.class = 'excluded'), 0) AS excluded,
           coalesce(sum(p.area) FILTER (WHERE p.class = 'insufficient_data'), 0) AS insufficient_data,
           coalesce(sum(p.area) FILTER (WHERE p.class = 'not_inefficient'), 0) AS not_inefficient,
           coalesce(sum(p.area) FILTER (WHERE p.class = 'not_judged'), 0) AS not_judged
      FROM _surface_part p
     GROUP BY p.subdistrict) a ON a.subdistrict = _trimmed_code(u.code)
  LEFT JOIN (
    SELECT q.subdistrict,
           string_agg(format('%s (%s ha)', q.label_en, round(_report_hectares(q.area), 2)), '; ' ORDER BY q.area DESC, q.reason COLLATE "C") AS reason_en,
           string_agg(format('%s(%s公顷)', q.label_zh, round(_report_hectares(q.area), 2)), ';' ORDER BY q.area DESC, q.reason COLLATE "C") AS reason_zh
      FROM (SELECT g.subdistrict, g.reason, sum(g.area) AS area, min(coalesce(w.label_en, g.reason)) AS label_en, min(coalesce(w.label_zh, g.reason)) AS label_zh
              FROM (SELECT p.subdistrict, p.standard, p.land_type, p.first_reason AS reason, coalesce(sum(p.area), 0) AS area
                      FROM _surface_part p
                     WHERE p.class IN ('determined', 'suspected')
                     GROUP BY p.subdistrict, p.standard, p.land_type, p.first_reason) g
              LEFT JOIN _standard_rule w ON w.standard = g.standard AND w.land_type = g.land_type AND w.rule = g.reason
             GROUP BY g.subdistrict, g.reason) q
     GROUP BY q.subdistrict) y ON y.subdistrict = _trimmed_code(u.code)
  LEFT JOIN (
    SELECT s.subdistrict,
           max(s.published_value) FILTER (WHERE s.indicator = 'plot_ratio') AS plot_ratio,
           max(s.published_value) FILTER (WHERE s.indicator = 'vacancy_rate') AS vacancy_rate,
           max(s.published_value) FILTER (WHERE s.indicator = 'output_per_hectare') AS output_per_hectare,
           max(s.band) FILTER (WHERE s.indicator = 'output_per_hectare') AS output_per_hectare_band,
           max(s.published_value) FILTER (WHERE s.indicator = 'tax_per_mu') AS tax_per_mu,
           max(s.band) FILTER (WHERE s.indicator = 'tax_per_mu') AS tax_per_mu_band,
           max(s.coverage) FILTER (WHERE s.indicator = 'plot_ratio') AS plot_ratio_coverage,
           max(s.coverage) FILTER (WHERE s.indicator = 'vacancy_rate') AS vacancy_rate_coverage,
           max(s.coverage) FILTER (WHERE s.indicator = 'output_per_hectare') AS output_per_hectare_coverage,
           max(s.coverage) FILTER (WHERE s.indicator = 'tax_per_mu') AS tax_per_mu_coverage
      FROM subdistrict_indicator s
     WHERE s.until_run IS NULL AND s.family = ''
     GROUP BY s.subdistrict) x ON x.subdistrict = _trimmed_code(u.code)
 WHERE _trimmed_code(u.level) = 'subdistrict';
COMMENT ON VIEW layer_subdistrict IS 'map layer of subdistricts (街道图层): hectares by class, the first reasons of inefficient land with their hectares, published regional indicators (ratios of sums), each with its coverage, the share of the land it rests on';
$ddl$;
END
$procedure$;
COMMENT ON PROCEDURE _create_layer_views(name) IS 'creates the map layers of a new survey as views';
