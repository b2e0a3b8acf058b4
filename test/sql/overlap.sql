-- overlap: area of intersections; exactness is tested elsewhere against rational arithmetic
SET search_path = inefficient_land, public;
\set VERBOSITY default

-- closed forms; either way round, either direction of the rings
SELECT id, overlap_area(a, b) AS area, overlap_area(b, a) AS exchanged, overlap_area(ST_Reverse(a), b) AS turned, expected
  FROM (VALUES
    (1, 'SRID=4548;POLYGON((0 0,10 0,10 10,0 10,0 0))'::geometry, 'SRID=4548;POLYGON((5 5,15 5,15 15,5 15,5 5))'::geometry, 25),
    (2, 'SRID=4548;POLYGON((0 0,10 0,10 10,0 10,0 0))', 'SRID=4548;POLYGON((10 0,20 0,20 10,10 10,10 0))', 0),
    (3, 'SRID=4548;POLYGON((0 0,10 0,10 10,0 10,0 0),(4 4,6 4,6 6,4 6,4 4))', 'SRID=4548;POLYGON((5 0,20 0,20 10,5 10,5 0))', 48),
    (4, 'SRID=4548;MULTIPOLYGON(((0 0,2 0,2 2,0 2,0 0)),EMPTY,((8 8,10 8,10 10,8 10,8 8)))', 'SRID=4548;POLYGON((1 1,9 1,9 9,1 9,1 1))', 2),
    (5, 'SRID=4548;POLYGON Z((0 0 5,10 0 6,10 10 7,0 10 8,0 0 5))', 'SRID=4548;POLYGON M((0 5 1,5 0 2,10 5 3,5 10 4,0 5 1))', 50),
    -- one vertical edge through the window, nothing else
    (6, 'SRID=4548;POLYGON((0 -100,20 -100,20 -90,10 -90,10 100,0 100,0 -100))', 'SRID=4548;POLYGON((5 0,15 0,15 10,5 10,5 0))', 50),
    -- valid although they touch themselves: hole in a corner, parts at a point
    (7, 'SRID=4548;POLYGON((0 0,10 0,10 10,0 10,0 0),(0 0,2 1,1 2,0 0))', 'SRID=4548;POLYGON((0 0,5 0,5 5,0 5,0 0))', 23.5),
    (8, 'SRID=4548;MULTIPOLYGON(((0 0,5 0,5 5,0 5,0 0)),((5 5,10 5,10 10,5 10,5 5)))', 'SRID=4548;POLYGON((4 4,6 4,6 6,4 6,4 4))', 2)) t(id, a, b, expected)
 ORDER BY id;
-- square feet become square metres
SELECT round(overlap_area('SRID=2263;POLYGON((0 0,43560 0,43560 2,0 2,0 0))', 'SRID=2263;POLYGON((0 0,43560 0,43560 1,0 1,0 0))')::numeric, 9) AS acre;
-- nothing to measure
SELECT overlap_area(NULL, 'SRID=4548;POLYGON((0 0,1 0,0 1,0 0))'), overlap_area('SRID=4548;POLYGON EMPTY', 'SRID=4548;POLYGON((0 0,1 0,0 1,0 0))') AS empty;

-- parcels and buildings of a small town: what repeats is recognised, whichever side it is on,
-- in the table, in line, compressed or outside
CREATE TABLE parcel AS
    SELECT i, ST_SetSRID(ST_Translate('POLYGON((0 0,40 1,41 39,-1 40,0 0))'::geometry, 500000 + i % 10 * 40, 4300000 + i / 10 * 40), 4548) AS geom
      FROM generate_series(0, 99) i;
CREATE TABLE building AS
    SELECT i, ST_SetSRID(ST_Translate('POLYGON((2 3,18 3,18 15,9 15,9 9,2 9,2 3))'::geometry, 500000 + i % 21 * 19.5, 4300000 + i / 21 * 18.25), 4548) AS geom
      FROM generate_series(0, 440) i;
CREATE TABLE district AS SELECT 1 AS i, ST_Buffer(ST_SetSRID(ST_MakePoint(500200, 4300200), 4548), 190, 200) AS geom;
CREATE TABLE district_outside (LIKE district);
ALTER TABLE district_outside ALTER COLUMN geom SET STORAGE EXTERNAL;
INSERT INTO district_outside SELECT i, ST_Translate(geom, 0, 0) FROM district;
SELECT count(*) AS pairs,
       count(*) FILTER (WHERE abs(overlap_area(p.geom, b.geom) - ST_Area(ST_Intersection(p.geom, b.geom))) > 1e-6) AS other_than_geos,
       count(*) FILTER (WHERE overlap_area(p.geom, b.geom) <> overlap_area(b.geom, p.geom)
                          AND abs(overlap_area(p.geom, b.geom) / overlap_area(b.geom, p.geom) - 1) > 1e-12) AS other_when_exchanged
  FROM parcel p JOIN building b ON p.geom && b.geom;
SELECT round(sum(overlap_area(d.geom, b.geom))::numeric, 6) = round(ST_Area(ST_Intersection(min(d.geom::text)::geometry, ST_Collect(b.geom)))::numeric, 6) AS district,
       sum(overlap_area(d.geom, b.geom)) = sum(overlap_area(o.geom, b.geom)) AS outside
  FROM district d, district_outside o, building b;
SET inefficient_land.geometry_fast_path = off;
SELECT sum(overlap_area(p.geom, b.geom)) AS slow INTO TEMP slow FROM parcel p JOIN building b ON p.geom && b.geom;
RESET inefficient_land.geometry_fast_path;
SELECT sum(overlap_area(p.geom, b.geom)) = (SELECT slow FROM slow) AS both_ways_of_reading FROM parcel p JOIN building b ON p.geom && b.geom;
-- moved by whole numbers
SELECT count(*) FROM parcel p JOIN building b ON p.geom && b.geom
 WHERE abs(overlap_area(ST_Translate(p.geom, 1024, -2048), ST_Translate(b.geom, 1024, -2048)) - overlap_area(p.geom, b.geom)) > 1e-9;
-- ordinary pairs are summed once, thin slanted strips a second time
SELECT (d).pairs > 0 AS pairs, (d).recomputed FROM (SELECT _overlap_detail(p.geom, b.geom) AS d FROM parcel p, building b WHERE p.i = 0 AND b.i = 0) s;
SELECT round((d).area::numeric, 9) AS area, (d).recomputed
  FROM (SELECT _overlap_detail(g, g) AS d FROM (SELECT ST_SetSRID(ST_Rotate(ST_MakeEnvelope(0, 0, 1024, 0.0009765625), 0.7), 4548)) t(g)) s;

-- never a number for what is not sound
SELECT overlap_area('SRID=4548;POLYGON((0 0,10 10,10 0,0 10,0 0))', 'SRID=4548;POLYGON((0 0,1 0,0 1,0 0))');
SELECT overlap_area('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', 'SRID=4548;MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0)),((2 2,3 2,3 3,2 2)))');
SELECT overlap_area('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', 'SRID=4548;POLYGON((100 100,110 110,110 100,100 110,100 100))');
SELECT overlap_area('SRID=4548;POLYGON((0 0,1 0,NaN 1,0 0))', 'SRID=4548;POLYGON((0 0,1 0,0 1,0 0))');
SELECT overlap_area('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', 'SRID=4548;LINESTRING(0 0,1 1)');
SELECT overlap_area('SRID=4548;CURVEPOLYGON(CIRCULARSTRING(0 0,4 0,4 4,0 4,0 0))', 'SRID=4548;POLYGON((0 0,1 0,0 1,0 0))');
SELECT overlap_area('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', 'SRID=4527;POLYGON((0 0,1 0,0 1,0 0))');
SELECT overlap_area('POLYGON((0 0,1 0,0 1,0 0))', 'POLYGON((0 0,1 0,0 1,0 0))');
SELECT overlap_area('SRID=4326;POLYGON((0 0,1 0,0 1,0 0))', 'SRID=4326;POLYGON((0 0,1 0,0 1,0 0))');
SELECT overlap_area('SRID=3857;POLYGON((0 0,1 0,0 1,0 0))', 'SRID=3857;POLYGON((0 0,1 0,0 1,0 0))');
DROP TABLE parcel, building, district, district_outside, slow;
