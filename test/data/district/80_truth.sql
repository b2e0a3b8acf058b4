-- truth: what a run must find, summed by plain SQL from how the district was made

-- Areas as delivered: registered where known, else as drawn; a mixed parcel in its parts.
CREATE TABLE truth_part AS
SELECT d.code, d.subdistrict, d.stratum, t.id, t.family, t.verdict, t.reasons, t.missing, t.flags, t.route,
       coalesce(u.land_area::numeric, round(a.area, 2)) AS land_area, a.area AS parcel_area, d.geom, p.floor_area, g.plot_ratio AS plan_plot_ratio,
       t.verdict = 'inefficient' AND t.flags = '{}' AND d.subdistrict IN ('120101002', '120101006')
           AND NOT EXISTS (SELECT FROM planted_error e WHERE e.blocking AND e.table_name = 'parcel' AND e.row_code = d.code) AS to_determine
  FROM truth t
  LEFT JOIN parcel p ON p.id = t.id
  LEFT JOIN below b ON b.id = t.id
  JOIN delivery_parcel d ON d.code = coalesce(p.code, b.code)
 CROSS JOIN LATERAL (SELECT coalesce(d.registered_area::numeric, round(ST_Area(d.geom)::numeric, 2)) AS area) a
  LEFT JOIN delivery_parcel_use u ON u.parcel_code = d.code AND u.family = t.family
  LEFT JOIN (SELECT q.block, q.parcel, q.plot_ratio FROM planning_plot q JOIN detailed_plan f ON f.code = q.plan AND f.status = 'approved') g
         ON (g.parcel = p.id OR g.parcel IS NULL AND g.block = p.block)
        AND NOT EXISTS (SELECT FROM planted_error e WHERE e.rule = 'wrong_zone' AND e.row_code = d.code);
COMMENT ON TABLE truth_part IS 'every part of a parcel with the verdict it must get; a parcel without row must not be judged';

-- Decisions of demo/determine.sql: what is ready in two subdistricts, one candidate with a
-- note, and the first of them taken back.
CREATE TABLE truth_determined AS
SELECT t.code, t.family FROM truth_part t WHERE t.to_determine
   AND (t.code, t.family) <> (SELECT f.code, f.family FROM truth_part f WHERE f.to_determine ORDER BY f.code, f.family LIMIT 1)
UNION ALL
(SELECT t.code, t.family FROM truth_part t WHERE t.flags = '{exemption_candidate}' AND t.subdistrict = '120101001' ORDER BY t.code, t.family LIMIT 1);

CREATE TABLE truth_class AS
SELECT t.*, CASE WHEN d.code IS NOT NULL THEN 'determined' WHEN t.verdict = 'inefficient' THEN 'suspected' ELSE t.verdict END AS class
  FROM truth_part t LEFT JOIN truth_determined d USING (code, family);

CREATE TABLE truth_scale AS
SELECT family, class, count(*) AS parcels, sum(land_area) AS area FROM truth_class WHERE stratum = 'surface' GROUP BY family, class
UNION ALL
SELECT NULL, 'not_judged', count(*), sum(registered_area::numeric) FROM delivery_parcel d WHERE stratum = 'surface' AND NOT EXISTS (SELECT FROM truth_part t WHERE t.code = d.code);

CREATE TABLE truth_distribution AS
SELECT subdistrict, family, count(*) AS parcels, sum(land_area) AS area,
       count(*) FILTER (WHERE class = 'determined') AS determined, count(*) FILTER (WHERE class = 'suspected') AS suspected
  FROM truth_class WHERE stratum = 'surface' GROUP BY subdistrict, family;

-- What is no parcel: the control area without the parcels as they were delivered, their
-- overlap counted once.  (Planted errors apart these are roads, river and parks.)
CREATE TABLE truth_outside AS
SELECT s.code AS subdistrict, s.control_area - sum(round(ST_Area(d.geom)::numeric, 2))
       + coalesce((SELECT round(ST_Area(ST_Intersection(a.geom, b.geom))::numeric, 2) FROM delivery_parcel a, delivery_parcel b
                    WHERE (a.code, b.code) = (SELECT min(e.row_code), max(e.row_code) FROM planted_error e WHERE e.rule = 'overlap') AND a.subdistrict = s.code), 0) AS area
  FROM subdistrict s JOIN delivery_parcel d ON d.subdistrict = s.code AND d.stratum = 'surface'
 GROUP BY s.code, s.control_area;

CREATE TABLE truth_potential AS
SELECT family, class, sum(land_area) FILTER (WHERE plan_plot_ratio IS NULL) AS unknown_area,
       sum(land_area / parcel_area * greatest(0, plan_plot_ratio::numeric * parcel_area - floor_area::numeric)) AS potential
  FROM truth_class WHERE stratum = 'surface' GROUP BY family, class;

CREATE TABLE truth_missing AS
SELECT m.fact, family, count(*) AS parcels, sum(land_area) AS area FROM truth_class CROSS JOIN unnest(missing) AS m (fact) WHERE stratum = 'surface' GROUP BY m.fact, family;

DO $check$
BEGIN
    -- every verdict word in every family, every class, and something of each reason
    ASSERT (SELECT count(*) FROM (SELECT DISTINCT family, verdict FROM truth) q) = 20, 'a family lacks a verdict word';
    -- roads, river and parks, but for 28 m² that somebody registered, and centimetres of rounding
    ASSERT abs((SELECT sum(area) FROM truth_outside) + (SELECT sum(registered_area) FROM delivery_parcel WHERE code LIKE '%999GB%')
               - (SELECT sum(ST_Area(geom)) FROM (SELECT geom FROM road UNION ALL SELECT geom FROM river UNION ALL SELECT geom FROM park) g)) < 0.2, 'land outside parcels';
END
$check$;
