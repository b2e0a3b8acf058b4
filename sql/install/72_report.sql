-- report: scale, structure, distribution and potential as views that close to the
-- control area of the survey, missing facts, and what a new run says about old decisions
--
-- Areas are counted in 0.01 m² as decimals, so the printed rows of a report add up
-- to its printed total.  Only surface parcels count; land is counted once, by the
-- family's part.  Views hold no window functions: they run on any engine.

INSERT INTO label (topic, code, label_en, label_zh, colour, sequence) VALUES
    ('report_line', 'unknown_family', 'use unknown', '用途不明', '#636363', 90),
    ('report_line', 'unknown_subdistrict', 'subdistrict unknown', '所属街道不明', NULL, 91),
    ('report_line', 'unknown_right', 'right unknown', '权利性质不明', NULL, 99),
    ('report_line', 'unmapped', 'not in the scheme', '未列入口径', NULL, 92),
    ('report_line', 'inefficient', 'inefficient land (determined and suspected)', '低效用地(认定与疑似)', NULL, 98),
    ('report_line', 'parcels', 'all surface parcels', '地表宗地合计', NULL, 100),
    ('report_line', 'unassigned_parts', 'parts of parcels assigned to no use', '宗地内未分配到用途的部分', NULL, 111),
    ('report_line', 'registered_minus_surveyed', 'adjustment from surveyed to registered area', '登记面积与实测面积之差的调整', NULL, 112),
    ('report_line', 'without_counted_area', 'parcels whose area counts for no indicator, as surveyed', '无计算面积的宗地(按实测)', NULL, 113),
    ('report_line', 'counted_twice', 'adjustment for overlaps counted twice', '重叠重复计算的调整', NULL, 114),
    ('report_line', 'outside_parcels', 'land outside parcels', '宗地以外土地', NULL, 115),
    ('report_line', 'between_subdistricts', 'district minus subdistricts', '全区与各街道之差', NULL, 116),
    ('report_line', 'total', 'total (control area)', '合计(控制面积)', NULL, 120),
    ('report_line', 'total_without_control', 'total (no control area)', '合计（无控制面积）', NULL, 121),
    ('report_line', 'stratum_above', 'apart: above ground', '另计:地上', NULL, 131),
    ('report_line', 'stratum_below', 'apart: below ground', '另计:地下', NULL, 132),
    ('report_line', 'stratum_unknown', 'apart: stratum unknown', '另计：所在空间不明', NULL, 133),
    ('report_line', 'missing', 'all parcels with missing facts', '缺失资料的宗地合计', NULL, 140),
    ('benchmark', 'peer_mean', 'mean of the peers', '同类均值', NULL, 1),
    ('benchmark', 'peer_ratio', 'ratio of the peers'' sums', '同类总量之比', NULL, 2),
    ('benchmark', 'peer_median', 'median of the peers', '同类中位数', NULL, 3),
    ('benchmark', 'peer_percentile', 'percentile of the peers', '同类分位值', NULL, 4),
    ('benchmark', 'control_indicator', 'control value', '控制指标', NULL, 5),
    ('difference', 'parcel_gone', 'the parcel is no longer in the survey', '宗地已不在调查范围', NULL, 1),
    ('difference', 'other_code', 'the parcel with its id has another code', '该标识对应的宗地编码已不同', NULL, 2),
    ('difference', 'other_place', 'the parcel lies elsewhere now', '宗地位置已不同', NULL, 3),
    ('difference', 'not_judged', 'no longer judged', '不再评价', NULL, 4),
    ('difference', 'other_verdict', 'the rules find otherwise', '规则结论不同', NULL, 5),
    ('difference', 'other_reasons', 'inefficient for other reasons', '低效原因不同', NULL, 6),
    ('difference', 'other_area', 'the land area differs', '面积不同', NULL, 7);

CREATE FUNCTION _report_hectares(area numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1
RETURN sign(area) * round(hectares(abs(area)::double precision)::numeric, 6);
COMMENT ON FUNCTION _report_hectares(numeric) IS 'hectares of a counted area (0.01 m²), exact; a balance may be negative';

CREATE FUNCTION _report_mu(area numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1
RETURN sign(area) * round(mu(abs(area)::double precision)::numeric, 6);
COMMENT ON FUNCTION _report_mu(numeric) IS 'mu of a counted area (0.01 m²), exact; a balance may be negative';

CREATE FUNCTION _percent(part numeric, whole numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1
RETURN round(100::numeric * part / nullif(whole, 0::numeric), 2);
COMMENT ON FUNCTION _percent(numeric, numeric) IS 'part in percent of the whole, two decimals; NULL for an unknown or zero whole';

-- What the reports count, and how parcels and what lies between them close to the control area.
CREATE PROCEDURE _create_balance_views(survey name)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
BEGIN
    PERFORM _enter_survey(survey, creating => true);
    EXECUTE $ddl$
CREATE VIEW _counted_part WITH (security_invoker = true) AS
SELECT o.parcel_id, o.family, o.class, o.stratum, o.land_type, o.standard, o.reasons[1] AS first_reason,
       s.code AS subdistrict, _counted_area(o.land_area) AS area
  FROM parcel_outcome o
  LEFT JOIN (SELECT DISTINCT u.code FROM _subdistrict u) s ON s.code = o.subdistrict;
COMMENT ON VIEW _counted_part IS 'parts of parcels with the area that reports count';

CREATE VIEW _surface_part WITH (security_invoker = true) AS
SELECT c.parcel_id, c.family, c.class, c.land_type, c.standard, c.first_reason, c.subdistrict, c.area
  FROM _counted_part c
 WHERE c.stratum = 'surface';
COMMENT ON VIEW _surface_part IS 'parts of surface parcels with the area that reports count';

CREATE VIEW _control_area WITH (security_invoker = true) AS
SELECT u.code AS subdistrict, max(_counted_area(coalesce(u.control_area, _drawn_area(u.geom)))) AS area
  FROM _subdistrict u
 GROUP BY u.code
UNION ALL
SELECT NULL, CASE WHEN count(*) > 0 AND count(*) = count(_counted_area(coalesce(u.control_area, _drawn_area(u.geom))))
                  THEN sum(_counted_area(coalesce(u.control_area, _drawn_area(u.geom)))) END
  FROM admin_unit u
 WHERE _trimmed_code(u.level) = CASE WHEN EXISTS (SELECT FROM admin_unit d WHERE _trimmed_code(d.level) = 'district') THEN 'district' ELSE 'subdistrict' END;
COMMENT ON VIEW _control_area IS 'control areas of the subdistricts and (subdistrict NULL) of the survey; where none is given, the area of the border';

-- parts: what the rows of a report count; counted: the area that indicators divide by;
-- surveyed: by coordinates; overlap: half of what it shares with another parcel, whose
-- finding holds the other half
CREATE VIEW _parcel_account WITH (security_invoker = true) AS
SELECT a.parcel_id, a.subdistrict, coalesce(a.parts, 0) AS parts,
       coalesce(_counted_area(m.land_area), a.parts) AS counted,
       coalesce(_counted_area(m.planar_area), _counted_area(m.land_area), a.parts, 0) AS surveyed,
       coalesce(f.overlap, 0) AS overlap
  FROM (SELECT c.parcel_id, min(c.subdistrict) AS subdistrict, sum(c.area) AS parts
          FROM _surface_part c
         GROUP BY c.parcel_id) a
  LEFT JOIN parcel_measure m ON m.until_run IS NULL AND m.parcel_id = a.parcel_id
  LEFT JOIN (SELECT q.parcel_id, sum(_counted_area(_drawn_area(q.geom) / 2)) AS overlap
               FROM finding q
              WHERE q.rule = 'overlap' AND q.table_name = 'parcel' AND q.until_run IS NULL
              GROUP BY q.parcel_id) f ON f.parcel_id = a.parcel_id;
COMMENT ON VIEW _parcel_account IS 'areas of each surface parcel that the balance compares';

-- subdistrict NULL: the whole survey; '': parcels of no known subdistrict, which have no control area
CREATE VIEW _area_balance WITH (security_invoker = true) AS
WITH account AS (
    SELECT coalesce(a.subdistrict, '') AS subdistrict, sum(a.parts) AS parts, sum(a.counted - a.parts) AS unassigned, sum(a.surveyed - a.counted) AS difference,
           sum(a.surveyed) FILTER (WHERE a.counted IS NULL) AS uncounted, sum(a.overlap) AS overlap, sum(a.surveyed) AS surveyed
      FROM _parcel_account a
     GROUP BY coalesce(a.subdistrict, '')),
balance AS (
    SELECT k.subdistrict, k.area AS control, coalesce(sum(a.parts), 0) AS parts, coalesce(sum(a.unassigned), 0) AS unassigned,
           coalesce(sum(a.difference), 0) AS difference, coalesce(sum(a.uncounted), 0) AS uncounted,
           coalesce(sum(a.overlap), 0) AS overlap, coalesce(sum(a.surveyed), 0) AS surveyed
      FROM (SELECT c.subdistrict, c.area FROM _control_area c
            UNION ALL
            SELECT a.subdistrict, NULL FROM account a WHERE a.subdistrict = '') k
      LEFT JOIN account a ON k.subdistrict IS NULL OR a.subdistrict = k.subdistrict
     GROUP BY k.subdistrict, k.area)
SELECT b.subdistrict, n.code, n.sequence, l.label_en, l.label_zh, v.area
  FROM balance b
 CROSS JOIN LATERAL (VALUES ('parcels', b.parts), ('unassigned_parts', b.unassigned), ('registered_minus_surveyed', b.difference),
                            ('without_counted_area', b.uncounted), ('counted_twice', -b.overlap),
                            ('outside_parcels', CASE WHEN b.subdistrict = '' THEN 0 ELSE b.control - b.surveyed + b.overlap END),
                            ('total', CASE WHEN b.subdistrict = '' THEN b.surveyed - b.overlap ELSE b.control END)) AS v (code, area)
  JOIN label n ON n.topic = 'report_line' AND n.code = v.code
  JOIN label l ON l.topic = 'report_line' AND l.code = CASE WHEN b.subdistrict = '' AND v.code = 'total' THEN 'total_without_control' ELSE v.code END;
COMMENT ON VIEW _area_balance IS 'how parcels and what lies between them close to the control area, per subdistrict and (subdistrict NULL) for the survey';

CREATE VIEW _closing_line WITH (security_invoker = true) AS
SELECT b.code AS line, b.code <> 'total' AS additive, b.sequence * 10 AS sequence, b.label_en, b.label_zh, b.area
  FROM _area_balance b
 WHERE b.subdistrict IS NULL AND b.code <> 'parcels';
COMMENT ON VIEW _closing_line IS 'closing lines that every report of the whole survey ends with';

CREATE VIEW _standard_rule WITH (security_invoker = true) AS
SELECT r.standard, r.land_type, r.rule, (array_agg(r.reason_family ORDER BY r.scopes, r.variant COLLATE "C"))[1] AS reason_family,
       _variant_label(array_agg(r.label_en ORDER BY r.scopes DESC, r.variant COLLATE "C")) AS label_en, _variant_label(array_agg(r.label_zh ORDER BY r.scopes DESC, r.variant COLLATE "C")) AS label_zh
  FROM (SELECT o.*, num_nonnulls(o.management_area, o.zone, o.industry_code, o.size_class) AS scopes FROM standard_rule o
        UNION ALL
        SELECT o.*, num_nonnulls(o.management_area, o.zone, o.industry_code, o.size_class) FROM inefficient_land.standard_rule o
         WHERE NOT EXISTS (SELECT FROM standard s WHERE s.code = o.standard)) r
 GROUP BY r.standard, r.land_type, r.rule;
COMMENT ON VIEW _standard_rule IS 'rules of the standards, the survey''s own first; a rule with variants once, with the words of all and the reason family of the most general';

CREATE VIEW _standard_fact WITH (security_invoker = true) AS
SELECT f.standard, f.land_type, f.fact, f.department, f.label_en, f.label_zh FROM standard_fact f
UNION ALL
SELECT f.standard, f.land_type, f.fact, f.department, f.label_en, f.label_zh FROM inefficient_land.standard_fact f
 WHERE NOT EXISTS (SELECT FROM standard s WHERE s.code = f.standard);
COMMENT ON VIEW _standard_fact IS 'facts of the standards, the survey''s own first';

CREATE VIEW _reporting WITH (security_invoker = true) AS
WITH current AS (SELECT split_part(r.standard, '/', 1) AS standard FROM run r WHERE r.id = (SELECT max(m.id) FROM run m))
SELECT q.scheme, q.family, q.category, q.label_en, q.label_zh, q.sequence FROM standard_reporting q JOIN current c ON c.standard = q.standard
UNION ALL
SELECT q.scheme, q.family, q.category, q.label_en, q.label_zh, q.sequence FROM inefficient_land.standard_reporting q JOIN current c ON c.standard = q.standard
 WHERE NOT EXISTS (SELECT FROM standard s WHERE s.code = c.standard);
COMMENT ON VIEW _reporting IS 'reporting schemes of the standard of the current run';
$ddl$;
END
$procedure$;
COMMENT ON PROCEDURE _create_balance_views(name) IS 'creates the views that the reports of a new survey are made of';

CREATE PROCEDURE _create_report_views(survey name)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
BEGIN
    CALL _create_balance_views(survey);
    PERFORM _enter_survey(survey, creating => true);
    EXECUTE $ddl$
CREATE VIEW report_scale WITH (security_invoker = true) AS
WITH part AS MATERIALIZED (SELECT * FROM _surface_part),
line AS (
    SELECT 'part' AS line, true AS additive, 0 AS sequence, p.family, p.class, NULL::text AS label_en, NULL::text AS label_zh,
           count(*) AS parcels, count(*) - count(p.area) AS parcels_without_area, sum(p.area) AS area
      FROM part p GROUP BY p.family, p.class
    UNION ALL
    SELECT 'family', false, 9, p.family, NULL, NULL, NULL, count(*), count(*) - count(p.area), sum(p.area)
      FROM part p GROUP BY p.family
    UNION ALL
    SELECT 'class', false, 970, NULL, p.class, l.label_en, l.label_zh, count(DISTINCT p.parcel_id), count(DISTINCT p.parcel_id) FILTER (WHERE p.area IS NULL), sum(p.area)
      FROM part p JOIN label l ON l.topic = 'report_line' AND l.code = 'parcels' GROUP BY p.class, l.label_en, l.label_zh
    UNION ALL
    SELECT l.code, false, l.sequence * 10, NULL, NULL, l.label_en, l.label_zh, count(DISTINCT p.parcel_id), count(DISTINCT p.parcel_id) FILTER (WHERE p.area IS NULL), coalesce(sum(p.area), 0)
      FROM label l LEFT JOIN part p ON l.code = 'parcels' OR p.class IN ('determined', 'suspected')
     WHERE l.topic = 'report_line' AND l.code IN ('inefficient', 'parcels') GROUP BY l.code, l.sequence, l.label_en, l.label_zh
    UNION ALL
    SELECT c.line, c.additive, c.sequence, NULL, NULL, c.label_en, c.label_zh, NULL, NULL, c.area FROM _closing_line c
    UNION ALL
    SELECT l.code, false, l.sequence * 10, NULL, NULL, l.label_en, l.label_zh, count(DISTINCT p.parcel_id), count(DISTINCT p.parcel_id) FILTER (WHERE p.area IS NULL), sum(p.area)
      FROM _counted_part p JOIN label l ON l.topic = 'report_line' AND l.code = 'stratum_' || CASE WHEN p.stratum IN ('above', 'below') THEN p.stratum ELSE 'unknown' END
     WHERE p.stratum <> 'surface' GROUP BY l.code, l.sequence, l.label_en, l.label_zh)
SELECT l.sequence + CASE WHEN l.line IN ('part', 'family') THEN 10 * coalesce(f.sequence, CASE WHEN l.family IS NULL THEN u.sequence ELSE 80 END) ELSE 0 END
                  + coalesce(c.sequence, 0) AS sequence,
       l.line, l.additive, l.family,
       coalesce(l.label_en, f.label_en, l.family, u.label_en) AS label_en, coalesce(l.label_zh, f.label_zh, l.family, u.label_zh) AS label_zh,
       l.class, c.label_en AS class_en, c.label_zh AS class_zh, l.parcels, l.parcels_without_area,
       l.area, _report_hectares(l.area) AS hectares, _report_mu(l.area) AS mu,
       _percent(l.area, (SELECT k.area FROM _control_area k WHERE k.subdistrict IS NULL)) AS share_percent,
       _percent(l.area, t.area) AS family_percent
  FROM line l
  LEFT JOIN line t ON t.line = 'family' AND l.line IN ('part', 'family') AND t.family IS NOT DISTINCT FROM l.family
  LEFT JOIN label f ON f.topic = 'family' AND f.code = l.family
  LEFT JOIN label c ON c.topic = 'class' AND c.code = l.class
  LEFT JOIN label u ON u.topic = 'report_line' AND u.code = 'unknown_family'
 ORDER BY 1, l.family COLLATE "C", l.class COLLATE "C";
COMMENT ON VIEW report_scale IS 'scale (规模): parcels and area by family and class; rows with additive = true add up to the total, the control area. A mixed parcel counts in each of its families, its land once; parcels above and below ground stand apart';

CREATE VIEW report_scale_scheme WITH (security_invoker = true) AS
WITH scheme AS (SELECT DISTINCT r.scheme FROM _reporting r),
part AS MATERIALIZED (SELECT * FROM _surface_part),
line AS (
    SELECT s.scheme, 'part' AS line, true AS additive, 100 * coalesce(r.sequence, 90) AS sequence, r.category, p.class, r.label_en, r.label_zh,
           count(DISTINCT p.parcel_id) AS parcels, count(DISTINCT p.parcel_id) FILTER (WHERE p.area IS NULL) AS parcels_without_area, sum(p.area) AS area,
           NULL::numeric AS determined, NULL::numeric AS suspected
      FROM scheme s CROSS JOIN part p LEFT JOIN _reporting r ON r.scheme = s.scheme AND r.family = p.family
     GROUP BY s.scheme, r.sequence, r.category, r.label_en, r.label_zh, p.class
    UNION ALL
    SELECT s.scheme, 'category', false, 100 * coalesce(r.sequence, 90) + 99, r.category, NULL, r.label_en, r.label_zh,
           count(DISTINCT p.parcel_id), count(DISTINCT p.parcel_id) FILTER (WHERE p.area IS NULL), sum(p.area),
           CASE count(*) FILTER (WHERE p.class = 'determined') WHEN 0 THEN 0 ELSE sum(p.area) FILTER (WHERE p.class = 'determined') END,
           CASE count(*) FILTER (WHERE p.class = 'suspected') WHEN 0 THEN 0 ELSE sum(p.area) FILTER (WHERE p.class = 'suspected') END
      FROM scheme s CROSS JOIN part p LEFT JOIN _reporting r ON r.scheme = s.scheme AND r.family = p.family
     GROUP BY s.scheme, r.sequence, r.category, r.label_en, r.label_zh
    UNION ALL
    SELECT s.scheme, c.line, c.additive, 100000 + c.sequence, NULL, NULL, c.label_en, c.label_zh, NULL, NULL, c.area, NULL, NULL
      FROM scheme s CROSS JOIN _closing_line c)
SELECT l.scheme, l.sequence + coalesce(c.sequence, 0) AS sequence, l.line, l.additive, l.category,
       coalesce(l.label_en, l.category, u.label_en) AS label_en, coalesce(l.label_zh, l.category, u.label_zh) AS label_zh,
       l.class, c.label_en AS class_en, c.label_zh AS class_zh, l.parcels, l.parcels_without_area,
       l.area, _report_hectares(l.area) AS hectares, _report_mu(l.area) AS mu,
       _percent(l.area, (SELECT k.area FROM _control_area k WHERE k.subdistrict IS NULL)) AS share_percent,
       _report_hectares(l.determined) AS determined_hectares, _report_hectares(l.suspected) AS suspected_hectares
  FROM line l
  LEFT JOIN label c ON c.topic = 'class' AND c.code = l.class
  LEFT JOIN label u ON u.topic = 'report_line' AND u.code = 'unmapped'
 ORDER BY l.scheme COLLATE "C", 2, l.category COLLATE "C", l.class COLLATE "C";
COMMENT ON VIEW report_scale_scheme IS 'scale by the categories of a reporting scheme (规模,按上报口径); rows with additive = true add up to the total in each scheme. area and hectares of a category are all its surveyed land; what is inefficient of it stands in determined_hectares and suspected_hectares';

CREATE VIEW report_structure WITH (security_invoker = true) AS
WITH part AS MATERIALIZED (SELECT * FROM _surface_part),
composed AS (
    SELECT p.family, p.class, _trimmed_code(q.ownership) AS ownership, _trimmed_code(q.right_nature) AS right_nature, p.standard, p.land_type, p.first_reason,
           count(*) AS parcels, count(*) - count(p.area) AS parcels_without_area, sum(p.area) AS area
      FROM part p LEFT JOIN parcel q ON q.id = p.parcel_id
     GROUP BY p.family, p.class, _trimmed_code(q.ownership), _trimmed_code(q.right_nature), p.standard, p.land_type, p.first_reason),
line AS (
    SELECT 'part' AS line, true AS additive, 0 AS sequence, g.family, g.class, g.ownership, g.right_nature, g.reason_family,
           NULL::text AS label_en, NULL::text AS label_zh,
           sum(g.parcels)::bigint AS parcels, sum(g.parcels_without_area)::bigint AS parcels_without_area, sum(g.area) AS area
      FROM (SELECT c.*, (SELECT r.reason_family FROM _standard_rule r WHERE r.standard = c.standard AND r.rule = c.first_reason
                          ORDER BY r.land_type IS DISTINCT FROM c.land_type, r.land_type COLLATE "C" LIMIT 1) AS reason_family FROM composed c) g
     GROUP BY g.family, g.class, g.ownership, g.right_nature, g.reason_family
    UNION ALL
    SELECT 'right', false, 990, NULL, NULL, NULL, _trimmed_code(q.right_nature), NULL, coalesce(n.label_en, _trimmed_code(q.right_nature), u.label_en), coalesce(n.label_zh, _trimmed_code(q.right_nature), u.label_zh),
           count(DISTINCT p.parcel_id), count(DISTINCT p.parcel_id) FILTER (WHERE p.area IS NULL), sum(p.area)
      FROM part p LEFT JOIN parcel q ON q.id = p.parcel_id
      LEFT JOIN label n ON n.topic = 'right_nature' AND n.code = _trimmed_code(q.right_nature)
      JOIN label u ON u.topic = 'report_line' AND u.code = 'unknown_right'
     GROUP BY _trimmed_code(q.right_nature), n.code, n.label_en, n.label_zh, u.label_en, u.label_zh
    UNION ALL
    SELECT 'parcels', false, l.sequence * 10, NULL, NULL, NULL, NULL, NULL, l.label_en, l.label_zh,
           (SELECT count(DISTINCT p.parcel_id) FROM part p), (SELECT count(DISTINCT p.parcel_id) FILTER (WHERE p.area IS NULL) FROM part p),
           (SELECT coalesce(sum(p.area), 0) FROM part p)
      FROM label l WHERE l.topic = 'report_line' AND l.code = 'parcels'
    UNION ALL
    SELECT c.line, c.additive, c.sequence, NULL, NULL, NULL, NULL, NULL, c.label_en, c.label_zh, NULL, NULL, c.area FROM _closing_line c)
SELECT l.sequence + CASE WHEN l.line = 'part' THEN 10 * coalesce(f.sequence, CASE WHEN l.family IS NULL THEN u.sequence ELSE 80 END) + c.sequence ELSE 0 END AS sequence,
       l.line, l.additive, l.family,
       coalesce(l.label_en, f.label_en, l.family, u.label_en) AS label_en, coalesce(l.label_zh, f.label_zh, l.family, u.label_zh) AS label_zh,
       l.class, c.label_en AS class_en, c.label_zh AS class_zh, l.ownership, l.right_nature,
       l.reason_family, coalesce(g.label_en, l.reason_family) AS reason_family_en, coalesce(g.label_zh, l.reason_family) AS reason_family_zh,
       l.parcels, l.parcels_without_area, l.area, _report_hectares(l.area) AS hectares, _report_mu(l.area) AS mu,
       _percent(l.area, (SELECT k.area FROM _control_area k WHERE k.subdistrict IS NULL)) AS share_percent
  FROM line l
  LEFT JOIN label f ON f.topic = 'family' AND f.code = l.family
  LEFT JOIN label c ON c.topic = 'class' AND c.code = l.class
  LEFT JOIN label g ON g.topic = 'reason_family' AND g.code = l.reason_family
  LEFT JOIN label u ON u.topic = 'report_line' AND u.code = 'unknown_family'
 ORDER BY 1, l.family COLLATE "C", l.ownership COLLATE "C", l.right_nature COLLATE "C", l.reason_family COLLATE "C";
COMMENT ON VIEW report_structure IS 'structure (结构): parcels and area by family, class, ownership, right and the group of the first reason; rows with additive = true add up to the total. A mixed parcel counts in each of its families; in the rows "right", by nature of the right alone, it counts once';

CREATE VIEW report_distribution WITH (security_invoker = true) AS
WITH place AS (
    SELECT u.code, min(u.name) AS name FROM _subdistrict u GROUP BY u.code),
part AS MATERIALIZED (SELECT * FROM _surface_part),
balance AS MATERIALIZED (SELECT * FROM _area_balance),
line AS (
    SELECT 'part' AS line, true AS additive, 1 AS sequence, coalesce(p.subdistrict, '') AS area_code, NULL::text AS area_name, p.family, NULL::text AS label_en, NULL::text AS label_zh,
           count(*) AS parcels, sum(p.area) AS area,
           count(*) FILTER (WHERE p.class = 'determined') AS determined_parcels, sum(p.area) FILTER (WHERE p.class = 'determined') AS determined_area,
           count(*) FILTER (WHERE p.class = 'suspected') AS suspected_parcels, sum(p.area) FILTER (WHERE p.class = 'suspected') AS suspected_area
      FROM part p GROUP BY p.subdistrict, p.family
    UNION ALL
    SELECT b.code, b.code <> 'total', b.sequence, b.subdistrict, NULL, NULL, b.label_en, b.label_zh, NULL, b.area, NULL, NULL, NULL, NULL
      FROM balance b WHERE b.subdistrict IS NOT NULL AND b.code NOT IN ('parcels', 'total')
    UNION ALL
    SELECT 'subdistrict', false, 200, b.subdistrict, NULL, NULL, b.label_en, b.label_zh,
           count(DISTINCT p.parcel_id), b.area,
           count(DISTINCT p.parcel_id) FILTER (WHERE p.class = 'determined'), sum(p.area) FILTER (WHERE p.class = 'determined'),
           count(DISTINCT p.parcel_id) FILTER (WHERE p.class = 'suspected'), sum(p.area) FILTER (WHERE p.class = 'suspected')
      FROM balance b LEFT JOIN part p ON coalesce(p.subdistrict, '') = b.subdistrict
     WHERE b.subdistrict IS NOT NULL AND b.code = 'total' GROUP BY b.subdistrict, b.label_en, b.label_zh, b.area
    UNION ALL
    SELECT 'between_subdistricts', true, 300, NULL, NULL, NULL, l.label_en, l.label_zh, NULL,
           (SELECT t.area FROM balance t WHERE t.subdistrict IS NULL AND t.code = 'total')
         - (SELECT CASE WHEN count(*) = count(t.area) THEN coalesce(sum(t.area), 0) END FROM balance t WHERE t.subdistrict IS NOT NULL AND t.code = 'total'),
           NULL, NULL, NULL, NULL
      FROM label l WHERE l.topic = 'report_line' AND l.code = 'between_subdistricts'
    UNION ALL
    SELECT 'total', false, 400, NULL, NULL, NULL, b.label_en, b.label_zh, (SELECT count(DISTINCT p.parcel_id) FROM part p), b.area,
           (SELECT count(DISTINCT p.parcel_id) FROM part p WHERE p.class = 'determined'), (SELECT sum(p.area) FROM part p WHERE p.class = 'determined'),
           (SELECT count(DISTINCT p.parcel_id) FROM part p WHERE p.class = 'suspected'), (SELECT sum(p.area) FROM part p WHERE p.class = 'suspected')
      FROM balance b WHERE b.subdistrict IS NULL AND b.code = 'total'
    UNION ALL
    SELECT 'management_area', false, 500, a.code, a.name, p.family, NULL, NULL, count(*), sum(p.area),
           count(*) FILTER (WHERE p.class = 'determined'), sum(p.area) FILTER (WHERE p.class = 'determined'),
           count(*) FILTER (WHERE p.class = 'suspected'), sum(p.area) FILTER (WHERE p.class = 'suspected')
      FROM (SELECT coalesce(_trimmed_code(m.code), _trimmed_code(m.name)) AS code, min(m.name) AS name FROM management_area m GROUP BY 1) a
      JOIN parcel_indicator i ON a.code = ANY (i.management_area) AND i.until_run IS NULL
      JOIN part p ON p.parcel_id = i.parcel_id AND p.family = i.family
     GROUP BY a.code, a.name, p.family)
SELECT l.line, l.additive, nullif(l.area_code, '') AS area_code,
       coalesce(l.area_name, s.name, CASE WHEN l.area_code = '' THEN w.label_en END) AS area_name_en,
       coalesce(l.area_name, s.name, CASE WHEN l.area_code = '' THEN w.label_zh END) AS area_name_zh,
       l.family, coalesce(l.label_en, f.label_en, l.family, u.label_en) AS label_en, coalesce(l.label_zh, f.label_zh, l.family, u.label_zh) AS label_zh,
       l.parcels, l.area, _report_hectares(l.area) AS hectares, _report_mu(l.area) AS mu,
       l.determined_parcels, _report_hectares(CASE l.determined_parcels WHEN 0 THEN 0 ELSE l.determined_area END) AS determined_hectares,
       l.suspected_parcels, _report_hectares(CASE l.suspected_parcels WHEN 0 THEN 0 ELSE l.suspected_area END) AS suspected_hectares,
       _percent(coalesce(l.determined_area, 0) + coalesce(l.suspected_area, 0), CASE WHEN l.parcels IS NOT NULL THEN l.area END) AS inefficient_percent
  FROM line l
  LEFT JOIN place s ON s.code = l.area_code AND l.line <> 'management_area'
  LEFT JOIN label f ON f.topic = 'family' AND f.code = l.family
  LEFT JOIN label u ON u.topic = 'report_line' AND u.code = 'unknown_family'
  LEFT JOIN label w ON w.topic = 'report_line' AND w.code = 'unknown_subdistrict'
 ORDER BY CASE WHEN l.sequence < 300 THEN 1 ELSE l.sequence END, l.area_code = '', l.area_code COLLATE "C", l.sequence, coalesce(f.sequence, 90), l.family COLLATE "C";
COMMENT ON VIEW report_distribution IS 'distribution (分布): subdistricts by family; rows with additive = true add up to the total. Management areas may cross subdistricts: their rows are not additive';

-- the family's share of what the plan would still allow on its parcel
CREATE VIEW _potential WITH (security_invoker = true) AS
SELECT p.parcel_id, p.family, p.class, p.area,
       CASE WHEN i.land_area IS NULL OR i.family_share IS NULL OR p.area IS NULL THEN 'no_area'
            WHEN i.plan_plot_ratio IS NULL THEN 'no_plan_limit'
            WHEN i.floor_area IS NULL THEN 'no_floor_area'
            ELSE 'known' END AS knowledge,
       _counted_area(i.family_share * i.plan_plot_ratio * i.land_area) AS planned,
       -- a family's own floor area only where all of the parcel's are known: else some would count twice
       _counted_area(CASE WHEN NOT EXISTS (SELECT FROM parcel_indicator n WHERE n.until_run IS NULL AND n.parcel_id = i.parcel_id AND n.family_floor_area IS NULL) THEN i.family_floor_area
                          ELSE i.family_share * i.floor_area END) AS existing,
       _counted_area(i.family_share * greatest(0, i.floor_area - i.plan_plot_ratio * i.land_area)) AS exceeding,
       _counted_area(i.family_share * greatest(0, i.plan_plot_ratio * i.land_area - i.floor_area)) AS potential
  FROM _surface_part p
  LEFT JOIN parcel_indicator i ON i.until_run IS NULL AND i.parcel_id = p.parcel_id AND i.family = p.family;
COMMENT ON VIEW _potential IS 'floor area that the plan still allows, per part';

CREATE VIEW report_potential WITH (security_invoker = true) AS
WITH part AS MATERIALIZED (SELECT * FROM _potential),
line AS (
    SELECT 'part' AS line, true AS additive, 0 AS sequence, p.family, p.class, NULL::text AS label_en, NULL::text AS label_zh, count(*) AS parcels, sum(p.area) AS area,
           count(*) FILTER (WHERE p.knowledge = 'known') AS known_parcels, sum(p.area) FILTER (WHERE p.knowledge = 'known') AS known_area,
           sum(p.planned) FILTER (WHERE p.knowledge = 'known') AS planned, sum(p.existing) FILTER (WHERE p.knowledge = 'known') AS existing,
           sum(p.potential) FILTER (WHERE p.knowledge = 'known') AS potential, sum(p.exceeding) FILTER (WHERE p.knowledge = 'known') AS exceeding,
           count(*) FILTER (WHERE p.knowledge <> 'known') AS unknown_parcels, sum(p.area) FILTER (WHERE p.knowledge <> 'known') AS unknown_area,
           sum(p.area) FILTER (WHERE p.knowledge = 'no_plan_limit') AS no_plan_limit_area, sum(p.area) FILTER (WHERE p.knowledge = 'no_floor_area') AS no_floor_area_area
      FROM part p GROUP BY p.family, p.class
    UNION ALL
    SELECT l.code, false, l.sequence * 10, NULL, NULL, l.label_en, l.label_zh, count(DISTINCT p.parcel_id), coalesce(sum(p.area), 0),
           count(DISTINCT p.parcel_id) FILTER (WHERE p.knowledge = 'known'), sum(p.area) FILTER (WHERE p.knowledge = 'known'),
           sum(p.planned) FILTER (WHERE p.knowledge = 'known'), sum(p.existing) FILTER (WHERE p.knowledge = 'known'),
           sum(p.potential) FILTER (WHERE p.knowledge = 'known'), sum(p.exceeding) FILTER (WHERE p.knowledge = 'known'),
           count(DISTINCT p.parcel_id) FILTER (WHERE p.knowledge <> 'known'), sum(p.area) FILTER (WHERE p.knowledge <> 'known'),
           sum(p.area) FILTER (WHERE p.knowledge = 'no_plan_limit'), sum(p.area) FILTER (WHERE p.knowledge = 'no_floor_area')
      FROM label l LEFT JOIN part p ON l.code = 'parcels' OR p.class IN ('determined', 'suspected')
     WHERE l.topic = 'report_line' AND l.code IN ('inefficient', 'parcels') GROUP BY l.code, l.sequence, l.label_en, l.label_zh
    UNION ALL
    SELECT c.line, c.additive, c.sequence, NULL, NULL, c.label_en, c.label_zh, NULL, c.area, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM _closing_line c)
SELECT l.sequence + CASE WHEN l.line = 'part' THEN 10 * coalesce(f.sequence, CASE WHEN l.family IS NULL THEN u.sequence ELSE 80 END) + c.sequence ELSE 0 END AS sequence,
       l.line, l.additive, l.family,
       coalesce(l.label_en, f.label_en, l.family, u.label_en) AS label_en, coalesce(l.label_zh, f.label_zh, l.family, u.label_zh) AS label_zh,
       l.class, c.label_en AS class_en, c.label_zh AS class_zh,
       l.parcels, l.area, _report_hectares(l.area) AS hectares, _report_mu(l.area) AS mu,
       l.known_parcels, _report_hectares(CASE l.known_parcels WHEN 0 THEN 0 ELSE l.known_area END) AS known_hectares,
       l.planned AS planned_floor_area, l.existing AS existing_floor_area, l.potential AS potential_floor_area,
       l.unknown_parcels, _report_hectares(CASE l.unknown_parcels WHEN 0 THEN 0 ELSE l.unknown_area END) AS unknown_hectares,
       _report_hectares(l.no_plan_limit_area) AS no_plan_limit_hectares, _report_hectares(l.no_floor_area_area) AS no_floor_area_hectares,
       l.exceeding AS exceeding_floor_area
  FROM line l
  LEFT JOIN label f ON f.topic = 'family' AND f.code = l.family
  LEFT JOIN label c ON c.topic = 'class' AND c.code = l.class
  LEFT JOIN label u ON u.topic = 'report_line' AND u.code = 'unknown_family'
 ORDER BY 1, l.family COLLATE "C", l.class COLLATE "C";
COMMENT ON VIEW report_potential IS 'potential (潜力): floor area that the plan still allows, max(0, plan plot ratio × land area − floor area), only where limit and floor area are known; the hectares where they are not stand beside it. What a parcel has beyond its plan lowers no other parcel''s potential, it stands in exceeding_floor_area: over whole parcels planned − existing = potential − exceeding. Limit, potential and excess of a mixed parcel are shared out by land; so is its existing floor area where not every family''s is known. Existing floor area is as surveyed, above ground; the limit counts floor area by the plan''s rules (计容), so the figure is an estimate (测算)';

CREATE VIEW report_missing WITH (security_invoker = true) AS
WITH part AS (
    SELECT o.parcel_id, o.family, o.land_type, o.standard, o.missing, o.verdict = 'insufficient_data' AS undecided, _counted_area(o.land_area) AS area
      FROM parcel_outcome o WHERE o.verdict IS NOT NULL AND o.stratum = 'surface' AND o.missing <> '{}'),
line AS (
    SELECT 'fact' AS line, m.fact, p.family, f.department,
           coalesce(f.label_en, b.label_en || ': ' || coalesce(a.label_en, c.label_en, x.argument)) AS label_en,
           coalesce(f.label_zh, b.label_zh || ':' || coalesce(a.label_zh, regexp_replace(c.label_zh, ' [A-Z]+$', ''), x.argument)) AS label_zh,
           count(*) AS parcels, sum(p.area) AS area, count(*) FILTER (WHERE p.undecided) AS undecided_parcels, sum(p.area) FILTER (WHERE p.undecided) AS undecided_area,
           count(*) FILTER (WHERE p.undecided AND p.missing <@ ARRAY[m.fact]) AS only_this_parcels, sum(p.area) FILTER (WHERE p.undecided AND p.missing <@ ARRAY[m.fact]) AS only_this_area
      FROM part p CROSS JOIN unnest(p.missing) AS m (fact)
     CROSS JOIN LATERAL (SELECT substring(m.fact from '^[a-z_]+(?=\()') AS function, substring(m.fact from '\(([a-z_][a-z0-9_.]*)') AS argument) x
      LEFT JOIN _standard_fact f ON f.standard = p.standard AND f.land_type = p.land_type AND f.fact = m.fact
      LEFT JOIN label b ON b.topic = 'benchmark' AND b.code = x.function
      LEFT JOIN _standard_fact a ON a.standard = p.standard AND a.land_type = p.land_type AND a.fact = x.argument
      LEFT JOIN label c ON c.topic = 'column' AND c.code = x.argument
     GROUP BY m.fact, p.family, f.department, f.label_en, f.label_zh, b.label_en, b.label_zh, a.label_en, a.label_zh, c.label_en, c.label_zh, x.argument
    UNION ALL
    SELECT 'total', NULL, NULL, NULL, l.label_en, l.label_zh,
           count(DISTINCT p.parcel_id), coalesce(sum(p.area), 0), count(DISTINCT p.parcel_id) FILTER (WHERE p.undecided), coalesce(sum(p.area) FILTER (WHERE p.undecided), 0), NULL, NULL
      FROM label l LEFT JOIN part p ON true WHERE l.topic = 'report_line' AND l.code = 'missing' GROUP BY l.label_en, l.label_zh)
SELECT l.line, l.fact, coalesce(l.label_en, l.fact) AS label_en, coalesce(l.label_zh, l.fact) AS label_zh, l.department,
       l.family, f.label_en AS family_en, f.label_zh AS family_zh,
       l.parcels, _report_hectares(l.area) AS hectares,
       l.undecided_parcels, _report_hectares(CASE l.undecided_parcels WHEN 0 THEN 0 ELSE l.undecided_area END) AS undecided_hectares,
       l.only_this_parcels, _report_hectares(CASE l.only_this_parcels WHEN 0 THEN 0 ELSE l.only_this_area END) AS only_this_hectares
  FROM line l
  LEFT JOIN label f ON f.topic = 'family' AND f.code = l.family
 ORDER BY l.line = 'total', l.undecided_area DESC NULLS LAST, l.area DESC NULLS LAST, l.fact COLLATE "C", l.family COLLATE "C";
COMMENT ON VIEW report_missing IS 'missing facts (缺失资料): which fact keeps how many parcels and hectares undecided, and who supplies it. A part may miss several facts, so rows do not add up to the total';

CREATE VIEW report_redetermination WITH (security_invoker = true) AS
SELECT d.id, d.parcel_id, d.parcel_code, d.subdistrict, d.family, f.label_en AS family_en, f.label_zh AS family_zh,
       d.decided_by, d.document_number, d.decided_on, d.run_id, d.reason_en, d.reason_zh, d.land_area,
       x.difference, l.label_en AS difference_en, l.label_zh AS difference_zh,
       CASE WHEN v.parcel_id IS NOT NULL THEN (SELECT max(r.id) FROM run r) END AS new_run_id, v.verdict AS new_verdict, w.label_en AS new_verdict_en, w.label_zh AS new_verdict_zh,
       v.reason_en AS new_reason_en, v.reason_zh AS new_reason_zh, v.land_area AS new_land_area, d.geom
  FROM _standing_determination d
  LEFT JOIN _matching_determination m ON m.id = d.id
  LEFT JOIN parcel p ON p.id = d.parcel_id
  LEFT JOIN verdict v ON v.until_run IS NULL AND v.parcel_id = m.parcel_id AND v.family = m.family
 CROSS JOIN LATERAL (SELECT CASE WHEN p.id IS NULL THEN 'parcel_gone'
                                 WHEN m.id IS NULL THEN 'other_code'
                                 WHEN _covered_share(d.geom, p.geom) < 0.5 THEN 'other_place'
                                 WHEN v.verdict IS NULL THEN 'not_judged'
                                 WHEN v.verdict <> 'inefficient' THEN 'other_verdict'
                                 WHEN NOT (v.reasons <@ d.reasons AND d.reasons <@ v.reasons) THEN 'other_reasons'
                                 WHEN _counted_area(v.land_area) IS DISTINCT FROM _counted_area(d.land_area) THEN 'other_area' END AS difference) x
  JOIN label l ON l.topic = 'difference' AND l.code = x.difference
  LEFT JOIN label f ON f.topic = 'family' AND f.code = d.family
  LEFT JOIN label w ON w.topic = 'verdict' AND w.code = v.verdict
 WHERE EXISTS (SELECT FROM run);
COMMENT ON VIEW report_redetermination IS 'standing determinations that the current run contradicts (需复核的认定); nothing changes until an authority amends or revokes';
$ddl$;
END
$procedure$;
COMMENT ON PROCEDURE _create_report_views(name) IS 'creates the reports of a new survey as views';
