-- area: named methods that are never mixed in one sum
SET search_path = inefficient_land, public;
\set VERBOSITY default

-- planar_area: outer rings minus holes, whatever their direction; Z and M play no part
SELECT id, round(planar_area(geom)::numeric, 10) AS planar_area FROM (VALUES
    (1, 'SRID=4548;POLYGON((518500 4331600,518700 4331600,518700 4331750,518500 4331750,518500 4331600))'::geometry),
    (2, 'SRID=4548;POLYGON((0 0,0 10,10 10,10 0,0 0),(1 1,2 1,2 2,1 2,1 1))'),
    (3, 'SRID=4548;POLYGON((0 0,10 0,10 10,0 10,0 0),(1 1,2 1,2 2,1 2,1 1))'),
    (4, 'SRID=4548;MULTIPOLYGON Z(((0 0 9,10 0 8,10 10 7,0 10 6,0 0 9)),EMPTY,((20 0 1,30 0 1,30 10 1,20 0 1)))'),
    (5, 'SRID=4548;POLYGON ZM((0 0 1 2,4 0 3 4,4 3 5 6,0 0 1 2))'),
    (6, 'SRID=4527;POLYGON((39518500 4331600,39518500.01 4331600,39518500.01 4331600.01,39518500 4331600.01,39518500 4331600))')) t(id, geom)
 ORDER BY id;
-- square feet become square metres: 43,560 ft² of 1200/3937 m are an acre of the U.S. survey
SELECT round(planar_area('SRID=2263;POLYGON((0 0,43560 0,43560 1,0 1,0 0))')::numeric, 9) AS acre,
       round(43560 * (1200 / 3937.0) ^ 2, 9) AS closed_form;
-- no area to measure
SELECT planar_area(NULL), planar_area('SRID=4548;POLYGON EMPTY') AS empty, planar_area('SRID=4548;MULTIPOLYGON(EMPTY,EMPTY)') AS empties;
-- refused, with what to do
SELECT planar_area('SRID=4326;POLYGON((117 39,117.1 39,117.1 39.1,117 39))');
SELECT planar_area('SRID=4490;POLYGON EMPTY');
SELECT planar_area('SRID=3857;POLYGON((0 0,1 0,0 1,0 0))');
SELECT planar_area('SRID=3395;POLYGON((0 0,1 0,0 1,0 0))');
SELECT planar_area('SRID=900913;POLYGON((0 0,1 0,0 1,0 0))');
SELECT planar_area('POLYGON((0 0,1 0,0 1,0 0))');
SELECT planar_area('SRID=990001;POLYGON((0 0,1 0,0 1,0 0))');
SELECT planar_area('SRID=4978;POLYGON((0 0,1 0,0 1,0 0))');
SELECT planar_area('SRID=4548;LINESTRING(0 0,1 0)');
SELECT planar_area('SRID=4548;CURVEPOLYGON(CIRCULARSTRING(0 0,4 0,4 4,0 4,0 0))');
SELECT planar_area('SRID=4548;POLYGON((0 0,1 0,NaN 1,0 0))');
SELECT planar_area('SRID=4548;POLYGON((0 0,1e200 0,1e200 1e200,0 0))');
SELECT planar_area('SRID=4548;POLYGON((0 0,1 0,0 1,0 0),(0 0,9 0,0 9,0 0))');

-- survey_area: the published vectors, without and with zone number, and beside them the methods
-- that answer other questions (R, P, Q, T: rectangle, parcel, square of 1 km turned, 85 km off the meridian)
CREATE TABLE patch (name text, geom geometry);
INSERT INTO patch VALUES
    ('R', 'SRID=4548;POLYGON((518500 4331600,518700 4331600,518700 4331750,518500 4331750,518500 4331600))'),
    ('P', 'SRID=4548;POLYGON((517812.3456 4330415.6789,518034.5678 4330388.1234,518101.2345 4330551.9876,517960.7654 4330644.3210,517795.4321 4330570.0123,517812.3456 4330415.6789))'),
    ('Q', 'SRID=4548;POLYGON((518500 4331000,519207.1068 4331707.1068,518500 4332414.2136,517792.8932 4331707.1068,518500 4331000))'),
    ('T', 'SRID=4548;POLYGON((583500 4331600,586500 4331600,586500 4334600,583500 4334600,583500 4331600))');
SELECT name, survey_area(geom) AS survey, survey_area(ST_SetSRID(ST_Translate(geom, 39e6, 0), 4527)) AS with_zone,
       round(planar_area(geom)::numeric, 6) AS planar, round(geodesic_area(geom)::numeric, 6) AS geodesic,
       round(projected_series_area(geom)::numeric, 5) AS series
  FROM patch ORDER BY name;
-- the parcel tagged with the zone of 114 degrees east has the same area: area does not reveal a wrong zone
SELECT survey_area(ST_SetSRID(geom, 4547)) FROM patch WHERE name = 'P';
-- the ellipsoid by SRID or by argument; in degrees it shows
SELECT survey_area(ST_SetSRID(geom, 2384)) = survey_area(geom, 'xian1980') AS in_plane FROM patch WHERE name = 'R';
SELECT survey_area(g) AS cgcs2000, survey_area(ST_SetSRID(g, 4610)) AS xian1980, survey_area(g, 'xian1980') AS by_argument
  FROM (SELECT ST_MakeEnvelope(117, 39, 118, 40, 4490)) e(g);
-- map sheets 1:10,000 and 1:5,000; longitude and latitude, straight in (B, L)
SELECT round(map_sheet_area(39 + 5 / 60.0, 39 + 7.5 / 60, 3.75 / 60)::numeric, 4) AS sheet_10000,
       round(map_sheet_area(39 + 6.25 / 60, 39 + 7.5 / 60, 1.875 / 60)::numeric, 4) AS sheet_5000,
       survey_area('SRID=4490;POLYGON((117 39.083333333333336,117.0625 39.083333333333336,117.0625 39.125,117 39.125,117 39.083333333333336))') AS in_degrees;
SELECT map_sheet_area(NULL, 1, 1), map_sheet_area(1, 2, 1, NULL), map_sheet_area(39, 39, 1) AS flat;
-- every system of the survey is what the register calls it
SELECT count(*) AS systems,
       count(*) FILTER (WHERE s.central_meridian = substring(srtext FROM 'central_meridian",([0-9.]+)')::numeric
                          AND s.false_easting = substring(srtext FROM 'false_easting",([0-9.]+)')::numeric
                          AND s.ellipsoid = CASE WHEN srtext LIKE '%"CGCS2000"%' THEN 'cgcs2000'
                                                 WHEN srtext LIKE '%"IAG 1975"%' THEN 'xian1980' END
                          AND (s.zone_width = 3) = (srtext LIKE '%3-degree%')
                          AND (s.zone IS NOT NULL) = (srtext LIKE '% zone %')) AS agree
  FROM spatial_ref_sys r, survey_system(r.srid) s WHERE s.zone_width > 0;
SELECT count(*) FROM spatial_ref_sys WHERE srtext ~ '(CGCS2000|Xian 1980).*Gauss-Kruger' AND survey_system(srid) IS NULL;
SELECT survey_system(4498), survey_system(4490), survey_system(4326), survey_system(NULL);
-- a polygon in degrees and its twins in the plane, at 1 degree from the meridian of each zone
SELECT count(*), max(abs(survey_area(ST_Transform(g, srid)) / geodesic_area(g) - 1)) < 4e-6 AS near_geodesic,
       max(abs(survey_area(ST_Transform(g, srid)) / survey_area(g) - 1)) < 4e-6 AS near_degrees
  FROM spatial_ref_sys r, survey_system(r.srid) s,
       LATERAL (SELECT ST_MakeEnvelope(central_meridian + 1, 39, central_meridian + 1.005, 39.005,
                                       CASE ellipsoid WHEN 'cgcs2000' THEN 4490 ELSE 4610 END)) e(g)
 WHERE s.zone_width > 0;
-- nothing to measure
SELECT survey_area(NULL), survey_area('SRID=4548;POLYGON EMPTY'), survey_area(NULL, 'cgcs2000'), geodesic_area(NULL),
       geodesic_area('SRID=4326;POLYGON EMPTY'), projected_series_area(NULL), projected_series_area('SRID=4548;POLYGON EMPTY');
-- refused, with what to do
SELECT survey_area('POLYGON((518500 4331600,518700 4331600,518700 4331750,518500 4331600))');
SELECT survey_area('SRID=990001;POLYGON((518500 4331600,518700 4331600,518700 4331750,518500 4331600))');
SELECT survey_area('SRID=3857;POLYGON((518500 4331600,518700 4331600,518700 4331750,518500 4331600))');
SELECT survey_area('SRID=4326;POLYGON((117 39,117.1 39,117.1 39.1,117 39))');
SELECT survey_area('SRID=32650;POLYGON EMPTY');
SELECT survey_area('SRID=4527;POLYGON((518500 4331600,518700 4331600,518700 4331750,518500 4331600))');
SELECT survey_area('SRID=4548;POLYGON((39518500 4331600,39518700 4331600,39518700 4331750,39518500 4331600))');
SELECT survey_area('SRID=4526;POLYGON((39518500 4331600,39518700 4331600,39518700 4331750,39518500 4331600))');
SELECT survey_area('SRID=4548;POLYGON((4331600 518500,4331600 518700,4331750 518700,4331600 518500))');
SELECT survey_area('SRID=4548;POLYGON((117 39,117.1 39,117.1 39.1,117 39))');
SELECT survey_area('SRID=4490;POLYGON((39 117,39 117.1,39.1 117.1,39 117))');
SELECT survey_area('SRID=4548;POLYGON((518500 4331600,518700 NaN,518700 4331750,518500 4331600))');
SELECT survey_area('SRID=4548;POLYGON((518500 4331600,518700 4331600,518700 4331750,518500 4331600),(518500 4331600,518900 4331600,518900 4332750,518500 4331600))');
SELECT survey_area('SRID=4548;CURVEPOLYGON(CIRCULARSTRING(0 0,4 0,4 4,0 4,0 0))');
SELECT survey_area('SRID=4548;POINT(0 0)');
SELECT survey_area('SRID=4548;POLYGON EMPTY', 'krassovsky');
SELECT geodesic_area('POLYGON((117 39,117.1 39,117.1 39.1,117 39))');
SELECT geodesic_area('SRID=4326;POLYGON((39 117,39 117.1,39.1 117.1,39 117))');
SELECT geodesic_area('SRID=5773;POLYGON((117 39,117.1 39,117.1 39.1,117 39))');
SELECT geodesic_area('SRID=4326;POLYGON((117 39,117.1 NaN,117.1 39.1,117 39))');
SELECT projected_series_area('SRID=4326;POLYGON((117 39,117.1 39,117.1 39.1,117 39))');
SELECT projected_series_area('SRID=3395;POLYGON((0 0,1 0,0 1,0 0))');
SELECT projected_series_area('SRID=4527;POLYGON((518500 4331600,518700 4331600,518700 4331750,518500 4331600))');
SELECT map_sheet_area(40, 39, 1);
SELECT map_sheet_area(39, 91, 1);
SELECT map_sheet_area(39, 40, -1);
SELECT map_sheet_area(39, 'NaN', 1);
SELECT map_sheet_area(39, 40, 1, 'wgs84');

-- geodesic_area on any system: degrees, grads, Web Mercator, feet; half the ellipsoid of WGS 84
SELECT round(geodesic_area('SRID=4326;POLYGON((0 0,90 0,180 0,270 0,0 0))')::numeric / 1e6, 2) AS half_in_km2;
SELECT n, abs(geodesic_area(ST_Transform(g, n)) / geodesic_area(g) - 1) < tolerance AS agrees
  FROM (SELECT ST_Segmentize(ST_MakeEnvelope(-74.01, 40.70, -74.00, 40.71, 4326), 0.0001)) e(g),
       (VALUES (3857, 1e-8), (32618, 1e-8), (2263, 1e-6)) t(n, tolerance);
SELECT abs(geodesic_area('SRID=4807;POLYGON((1 50,2 50,2 51,1 51,1 50))') /
           geodesic_area('SRID=4275;POLYGON((0.9 45,1.8 45,1.8 45.9,0.9 45.9,0.9 45))') - 1) < 1e-12 AS grads;
-- UTM: the series takes its scale out
SELECT abs(projected_series_area(ST_Transform(g, 32650)) / geodesic_area(g) - 1) < 1e-8 AS utm,
       round((planar_area(ST_Transform(g, 32650)) / geodesic_area(g) - 1)::numeric, 6) AS planar_off
  FROM (SELECT ST_Segmentize(ST_MakeEnvelope(118, 39, 118.01, 39.01, 4326), 0.0001)) e(g);
DROP TABLE patch;
