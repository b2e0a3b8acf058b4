-- contiguity: neighbours in closed form, beside PostGIS, and what is refused
SET search_path = inefficient_land, public;

-- Four squares of 10 m around a street of 15 m; a fifth far away.
CREATE TABLE square AS SELECT v.id, v.geom FROM (VALUES
    (1, 'SRID=4548;POLYGON((0 0,10 0,10 10,0 10,0 0))'::geometry),
    (2, 'SRID=4548;POLYGON((10 0,20 0,20 10,10 10,10 0))'),
    (3, 'SRID=4548;POLYGON((10 10,20 10,20 20,10 20,10 10))'),
    (4, 'SRID=4548;POLYGON((35 0,45 0,45 10,35 10,35 0))'),
    (5, 'SRID=4548;POLYGON((100 100,101 100,101 101,100 101,100 100))')) v (id, geom);
SELECT from_id, to_id, kind, length, gap, round(facing_length::numeric, 6) AS facing_length, barrier_class
  FROM contiguity('square', max_gap => 20) ORDER BY from_id, to_id;
SELECT from_id, to_id, kind FROM contiguity('square', touch_tolerance => 0) ORDER BY from_id, to_id;

-- barriers: lines, borders of polygons, several classes
CREATE TABLE barrier (class text, geom geometry);
INSERT INTO barrier VALUES
    ('2 railway', 'SRID=4548;LINESTRING(25 -10,25 3,26 8)'),
    ('1 river', 'SRID=4548;MULTIPOLYGON(((29 -10,31 -10,31 30,29 30,29 -10)))'),
    ('9 road', 'SRID=4548;MULTILINESTRING((0 50,60 50),(21 13,34 13))'),
    ('9 post', 'SRID=4548;POINT(27 5)'),
    ('9 nothing', NULL);
SELECT from_id, to_id, barrier_class FROM contiguity('square', max_gap => 20, barriers => 'barrier') WHERE kind = 'gap' ORDER BY 1, 2;

-- a third between two: the gap is filled; beside them it is not
CREATE TABLE row_of_three AS SELECT * FROM square WHERE id IN (2, 4)
 UNION ALL SELECT 6, 'SRID=4548;POLYGON((22 -5,30 -5,30 15,22 15,22 -5))';
SELECT from_id, to_id, kind, gap FROM contiguity('row_of_three', max_gap => 20) WHERE from_id < to_id ORDER BY 1, 2;
UPDATE row_of_three SET geom = 'SRID=4548;POLYGON((20 10,35 10,35 20,20 20,20 10))' WHERE id = 6;
SELECT from_id, to_id, kind, gap FROM contiguity('row_of_three', max_gap => 20) WHERE from_id < to_id ORDER BY 1, 2;

-- T-junctions and what surveyors differ by: the border is found, within the tolerance
CREATE TABLE lot AS SELECT v.id, v.geom FROM (VALUES
    ('west', 'SRID=4548;POLYGON((0 0,10.003 0,9.998 12,10.004 30,0 30,0 0))'::geometry),
    ('south', 'SRID=4548;POLYGON((10.001 0,20 0,20 17.5,10.012 17.5,10.001 0))'),
    ('north', 'SRID=4548;POLYGON((10 17.503,20 17.503,20 30,10 30,10 17.503))')) v (id, geom);
SELECT from_id, to_id, kind, round(length::numeric, 1) AS length, round(gap::numeric, 3) AS gap
  FROM contiguity('lot', key_type => NULL::text) ORDER BY from_id COLLATE "C", to_id COLLATE "C";
SELECT from_id, to_id, kind FROM contiguity('lot', key_type => NULL::text, touch_tolerance => 0.0001) ORDER BY from_id COLLATE "C", to_id COLLATE "C";

-- holes, islands in them, overlaps, twins
CREATE TABLE nested AS SELECT v.id, v.geom FROM (VALUES
    (1, 'SRID=4548;POLYGON((0 0,100 0,100 100,0 100,0 0),(40 40,60 40,60 60,40 60,40 40))'::geometry),
    (2, 'SRID=4548;POLYGON((40 40,60 40,60 60,40 60,40 40))'),
    (3, 'SRID=4548;POLYGON((10 10,20 10,20 20,10 20,10 10))'),
    (4, 'SRID=4548;POLYGON((90 90,120 90,120 120,90 120,90 90))'),
    (5, 'SRID=4548;POLYGON((90 90,120 90,120 120,90 120,90 90))'),
    (6, 'SRID=4548;MULTIPOLYGON(((200 200,201 200,201 201,200 201,200 200)),((120 95,130 95,130 96,120 96,120 95)))')) v (id, geom);
SELECT from_id, to_id, kind, round(length::numeric, 9) AS length, gap FROM contiguity('nested', touch_tolerance => 0) WHERE from_id < to_id ORDER BY 1, 2;

-- beside PostGIS on crooked random polygons: pairs, lengths, gaps
CREATE TABLE city AS
SELECT (30 * r + c)::bigint AS id, ST_SetSRID(ST_MakePolygon(ST_MakeLine(ARRAY[p.sw, p.se, p.ne, p.nw, p.sw])), 4548) AS geom
  FROM generate_series(0, 29) r, generate_series(0, 29) c,
       LATERAL (SELECT array_agg(ST_MakePoint(round((40 * x + 20 * (c / 5) + hashint4extended(x * 101 + y, 1) % 9)::numeric, 2),
                                              round((40 * y + 15 * (r / 7) + hashint4extended(x * 101 + y, 2) % 9)::numeric, 2)) ORDER BY k) AS at
                  FROM (VALUES (1, c, r), (2, c + 1, r), (3, c + 1, r + 1), (4, c, r + 1)) v (k, x, y)) q,
       LATERAL (SELECT q.at[1], q.at[2], q.at[3], q.at[4]) p (sw, se, ne, nw)
 WHERE hashint4extended(30 * r + c, 3) % 5 <> 0;
CREATE TABLE found AS SELECT * FROM contiguity('city', max_gap => 25, touch_tolerance => 0);
SELECT count(*) > 2500 AS many,
       count(*) FILTER (WHERE f.kind IS DISTINCT FROM t.kind) AS kinds_differ,
       count(*) FILTER (WHERE abs(f.length - t.length) > 1e-9) AS lengths_differ
  FROM (SELECT * FROM found WHERE kind IN ('corner', 'touch')) f
  FULL JOIN (SELECT a.id AS from_id, b.id AS to_id, ST_Length(ST_Intersection(a.geom, b.geom)) AS length,
                    CASE WHEN ST_Relate(a.geom, b.geom, 'F***1****') THEN 'touch' ELSE 'corner' END AS kind
               FROM city a JOIN city b ON a.id <> b.id AND ST_Touches(a.geom, b.geom)) t USING (from_id, to_id);
-- every gap is one of PostGIS's distances, and what is missing is filled by a third
SELECT count(*) FILTER (WHERE f.kind = 'gap') > 500 AS gaps, count(*) FILTER (WHERE d.gap IS NULL) AS strangers,
       count(*) FILTER (WHERE abs(f.gap - d.gap) > 1e-9) AS gaps_differ,
       count(*) FILTER (WHERE f.gap IS NULL AND NOT EXISTS (
           SELECT FROM city c WHERE c.id NOT IN (d.from_id, d.to_id) AND ST_DWithin(c.geom, d.shortest, 8))) AS unexplained
  FROM (SELECT * FROM found WHERE kind = 'gap') f
  FULL JOIN (SELECT a.id AS from_id, b.id AS to_id, ST_Distance(a.geom, b.geom) AS gap, ST_ShortestLine(a.geom, b.geom) AS shortest
               FROM city a JOIN city b ON a.id <> b.id AND ST_DWithin(a.geom, b.geom, 25) AND NOT ST_Intersects(a.geom, b.geom)) d USING (from_id, to_id);
-- both directions say the same
SELECT count(*) FROM found f WHERE to_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM found g WHERE (g.from_id, g.to_id, g.kind, g.length, g.gap, g.facing_length) = (f.to_id, f.from_id, f.kind, f.length, f.gap, f.facing_length));
-- another order of rows and other keys: the same bits
CREATE TABLE city_again AS SELECT -id AS id, geom FROM city ORDER BY hashint8(id);
SELECT count(*) FROM (SELECT -from_id AS a, -to_id AS b, kind, length, gap, facing_length FROM found
                      EXCEPT SELECT from_id, to_id, kind, length, gap, facing_length FROM contiguity('city_again', 25, 0)) d;
-- moved, turned round and with vertices between: the same within rounding
CREATE TABLE city_moved AS SELECT id, ST_Translate(ST_Segmentize(ST_Reverse(geom), 7), 500000, 4300000) AS geom FROM city;
SELECT count(*) FROM found f FULL JOIN contiguity('city_moved', 25, 1e-6) g USING (from_id, to_id)
 WHERE f.kind IS DISTINCT FROM g.kind OR abs(f.length - g.length) > 1e-4 OR abs(f.gap - g.gap) > 1e-6 OR abs(f.facing_length - g.facing_length) > 1e-4;

-- without metres: who touches, no lengths, no gaps
CREATE TABLE county AS SELECT id, ST_SetSRID(geom, 4490) AS geom FROM square;
SELECT * FROM contiguity('county') WHERE from_id < 3 ORDER BY from_id, to_id;
CREATE TABLE nowhere AS SELECT id, ST_SetSRID(geom, 0) AS geom FROM square;
SELECT count(*), count(length), count(gap) FROM contiguity('nowhere');
-- feet: distances are in metres all the same
CREATE TABLE feet AS SELECT id, ST_SetSRID(ST_Scale(geom, 1 / 0.3048, 1 / 0.3048), 2222) AS geom FROM square;
SELECT from_id, to_id, kind, round(length::numeric, 6) AS length, round(gap::numeric, 6) AS gap, round(facing_length::numeric, 6) AS facing_length
  FROM contiguity('feet', 20) WHERE from_id = 2 ORDER BY to_id;

-- nothing, empty ones, strata, invalid ones
CREATE TABLE nobody (id integer, geom geometry);
SELECT count(*) FROM contiguity('nobody', 20);
INSERT INTO nobody VALUES (1, NULL), (2, 'SRID=4548;POLYGON EMPTY');
SELECT count(*) FROM contiguity('nobody', 20);
CREATE TABLE bad AS SELECT * FROM square WHERE id < 3 UNION ALL SELECT 9, 'SRID=4548;POLYGON((20 0,30 10,30 0,20 10,20 0))';
SELECT from_id, to_id, kind, length FROM contiguity('bad', on_invalid => 'repair') WHERE from_id < to_id ORDER BY 1, 2;
SELECT from_id, to_id FROM contiguity('bad', on_invalid => 'skip') WHERE from_id < to_id ORDER BY 1, 2;
ALTER TABLE square ADD stratum text;
UPDATE square SET stratum = 'below' WHERE id = 2;
SELECT from_id, to_id, kind FROM contiguity('square', stratum => 'surface') WHERE from_id < 4 ORDER BY 1, 2;

-- refused
SELECT * FROM contiguity('bad');
SELECT * FROM contiguity(NULL);
SELECT * FROM contiguity('square', -1);
SELECT * FROM contiguity('square', 'NaN'::float8);
SELECT * FROM contiguity('square', 'Infinity'::float8);
SELECT * FROM contiguity('square', NULL::float8);
SELECT * FROM contiguity('square', touch_tolerance => -0.1);
SELECT * FROM contiguity('county', 10);
SELECT * FROM contiguity('nowhere', 10);
SELECT * FROM contiguity('lot');
SELECT * FROM contiguity('square', barriers => 'square');
SELECT * FROM contiguity('square', barriers => 'county', barriers_class => 'id');
SELECT * FROM contiguity('square', stratum => 'beside');
SELECT * FROM contiguity('square', on_invalid => 'guess');
INSERT INTO barrier VALUES (NULL, 'SRID=4548;LINESTRING(0 0,1 1)');
SELECT * FROM contiguity('square', barriers => 'barrier');
INSERT INTO square VALUES (3, 'SRID=4548;POLYGON((0 0,1 0,1 1,0 0))');
SELECT * FROM contiguity('square');
UPDATE square SET id = NULL WHERE id = 5;
SELECT * FROM contiguity('square');

DROP TABLE square, barrier, row_of_three, lot, nested, city, found, city_again, city_moved, county, nowhere, feet, nobody, bad;
