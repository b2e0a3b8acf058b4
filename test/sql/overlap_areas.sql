-- overlap_areas: all overlaps of the polygons of two relations
SET search_path = inefficient_land, public;
\set VERBOSITY default

-- closed forms: hole, border in common, nothing in common, Z; NULL and empty are in no pair
CREATE TABLE lot (id integer PRIMARY KEY, stratum text, geom geometry);
INSERT INTO lot VALUES
    (1, 'surface', 'SRID=4548;POLYGON((0 0,10 0,10 10,0 10,0 0))'),
    (2, NULL, 'SRID=4548;MULTIPOLYGON Z(((10 0 1,20 0 1,20 10 1,10 10 1,10 0 1),(14 4 1,16 4 1,16 6 1,14 6 1,14 4 1)))'),
    (3, 'below', 'SRID=4548;POLYGON((0 0,20 0,20 10,0 10,0 0))'),
    (4, 'surface', NULL),
    (5, 'surface', 'SRID=4548;POLYGON EMPTY'),
    (6, 'surface', 'SRID=4548;POLYGON((100 100,110 100,110 110,100 100))');
CREATE TABLE house (id bigint PRIMARY KEY, shape geometry);
INSERT INTO house VALUES
    (10, 'SRID=4548;POLYGON((8 2,15 2,15 8,8 8,8 2))'),
    (9000000000, 'SRID=4548;POLYGON((20 0,30 0,30 10,20 10,20 0))'),
    (12, 'SRID=4548;POLYGON((0 0,2 0,2 2,0 2,0 0))');
SELECT * FROM overlap_areas('lot', 'house') ORDER BY 1, 2;
SELECT * FROM overlap_areas('house', 'lot') ORDER BY 1, 2;
SELECT * FROM overlap_areas('lot', 'lot') ORDER BY 1, 2;
SELECT * FROM overlap_areas('lot', 'house', stratum => 'surface') ORDER BY 1, 2;
SELECT * FROM overlap_areas('lot', 'house', stratum => 'below', min_area => 4) ORDER BY 1, 2;
SELECT count(*) AS above FROM overlap_areas('lot', 'house', stratum => 'above');
-- beside other columns, and as part of a bigger query
SELECT l.id, round(sum(o.area)::numeric, 6) AS built FROM lot l LEFT JOIN overlap_areas('lot', 'house') o ON o.a_id = l.id GROUP BY l.id ORDER BY l.id;
SELECT overlap_areas('house', 'house') AS as_column ORDER BY 1;

-- keys of other types, other columns
CREATE TABLE coded (code text, other uuid, short smallint, geom geometry, centre geometry);
INSERT INTO coded SELECT 'C' || id, ('00000000-0000-0000-0000-0000' || lpad(id::text, 8, '0'))::uuid, id % 1000, shape, ST_Centroid(shape) FROM house;
SELECT * FROM overlap_areas('coded', 'coded', key_type => NULL::text, a_key => 'code', b_key => 'code') ORDER BY 1, 2;
SELECT * FROM overlap_areas('coded', 'coded', key_type => NULL::uuid, a_key => 'other', b_key => 'other', b_geometry => 'geom') ORDER BY 1, 2;
SELECT a_id, b_id FROM overlap_areas('coded', 'lot', a_key => 'short') ORDER BY 1, 2;

-- every kind of relation
CREATE VIEW house_view AS SELECT id, shape AS outline FROM house WHERE id < 11;
CREATE MATERIALIZED VIEW house_stored AS SELECT id::smallint, shape FROM house WHERE id < 13;
CREATE TABLE lot_part (id integer, part integer, geom geometry, PRIMARY KEY (part, id)) PARTITION BY LIST (part);
CREATE TABLE lot_part_1 PARTITION OF lot_part FOR VALUES IN (1);
CREATE TABLE lot_part_2 PARTITION OF lot_part FOR VALUES IN (2);
INSERT INTO lot_part SELECT id, 1 + id % 2, geom FROM lot;
CREATE TEMP TABLE lot_child () INHERITS (lot);
INSERT INTO lot_child VALUES (7, 'above', 'SRID=4548;POLYGON((0 0,1 0,1 1,0 1,0 0))');
SELECT 'view' AS kind, * FROM overlap_areas('lot', 'house_view')
UNION ALL SELECT 'materialized', * FROM overlap_areas('lot_part_1', 'house_stored')
UNION ALL SELECT 'partitioned', * FROM overlap_areas('lot_part', 'house_stored')
UNION ALL SELECT 'inheriting', * FROM overlap_areas('lot', 'house_stored', stratum => 'above')
 ORDER BY 1, 2, 3;

-- a town: the same pairs and bits as from the scalar form, in any order and in little memory
CREATE TABLE town_parcel AS
    SELECT i AS id, ST_SetSRID(ST_Translate('POLYGON((0 0,40 1,41 41,-1 40,0 0))'::geometry, 500000 + i % 40 * 40, 4300000 + i / 40 * 40), 4548) AS geom
      FROM generate_series(0, 1599) i;
CREATE TABLE town_building AS
    SELECT i AS id, ST_SetSRID(ST_Translate('POLYGON((2 3,18 3,18 15,9 15,9 9,2 9,2 3))'::geometry, 500000 + i % 70 * 23, 4300000 + i / 70 * 23.25), 4548) AS geom
      FROM generate_series(0, 4829) i;
-- one covers all, one is long, one has many points
INSERT INTO town_building VALUES
    (10001, 'SRID=4548;POLYGON((499000 4299000,502000 4299000,502000 4302000,499000 4302000,499000 4299000))'),
    (10002, 'SRID=4548;POLYGON((499000 4300500,503000 4300510,503000 4300511,499000 4300501,499000 4300500))'),
    (10003, ST_Buffer('SRID=4548;POINT(500800 4300800)'::geometry, 700, 1000));
CREATE TABLE truth AS
    SELECT a_id, b_id, area FROM (SELECT p.id AS a_id, b.id AS b_id, overlap_area(p.geom, b.geom) AS area
                                    FROM town_parcel p, town_building b WHERE p.geom && b.geom) s WHERE area > 0;
CREATE FUNCTION differs(statement text, OUT missing bigint, OUT surplus bigint) LANGUAGE plpgsql AS $$
BEGIN
    DROP TABLE IF EXISTS answer;
    EXECUTE 'CREATE TEMP TABLE answer AS ' || statement;
    SELECT (SELECT count(*) FROM (SELECT * FROM truth EXCEPT ALL SELECT * FROM answer) d),
           (SELECT count(*) FROM (SELECT * FROM answer EXCEPT ALL SELECT * FROM truth) d) INTO missing, surplus;
END $$;
SET client_min_messages = warning;
SELECT count(*) AS pairs FROM truth;
SELECT * FROM differs($$SELECT * FROM overlap_areas('town_parcel', 'town_building')$$);
CREATE VIEW town_shuffled AS SELECT * FROM town_building ORDER BY hashint4(id);
SELECT * FROM differs($$SELECT * FROM overlap_areas('town_parcel', 'town_shuffled')$$);
SET work_mem = '64kB';
SELECT * FROM differs($$SELECT * FROM overlap_areas('town_parcel', 'town_building')$$);
SELECT * FROM differs($$SELECT * FROM overlap_areas('town_parcel', 'town_shuffled')$$);
RESET work_mem;
SET inefficient_land.geometry_fast_path = off;
SELECT * FROM differs($$SELECT * FROM overlap_areas('town_parcel', 'town_building')$$);
RESET inefficient_land.geometry_fast_path;
-- exchanged: the same pairs, areas within the promised error
SELECT count(*) AS pairs, count(*) FILTER (WHERE abs(o.area - t.area) > 1e-9) AS other
  FROM overlap_areas('town_building', 'town_parcel') o JOIN truth t ON t.a_id = o.b_id AND t.b_id = o.a_id;
-- cut in two: the halves add up; moved: nothing changes beyond the error
CREATE TABLE half AS SELECT id * 2 + side AS id, ST_Intersection(geom, ST_SetSRID(ST_Translate(ST_MakeEnvelope(0, 0, 10, 16), ST_XMin(geom) + side * 10, ST_YMin(geom)), 4548)) AS geom
  FROM town_building, generate_series(0, 1) side WHERE id < 10000;
SELECT count(*) AS pairs, count(*) FILTER (WHERE abs(h.area - t.area) > 1e-6 OR h.area IS NULL) AS other
  FROM truth t LEFT JOIN (SELECT a_id, b_id / 2 AS b_id, sum(area) AS area FROM overlap_areas('town_parcel', 'half') GROUP BY 1, 2) h USING (a_id, b_id) WHERE b_id < 10000;
CREATE VIEW parcel_moved AS SELECT id, ST_Translate(geom, 1024, -2048) AS geom FROM town_parcel;
CREATE VIEW building_moved AS SELECT id, ST_Translate(geom, 1024, -2048) AS geom FROM town_building;
SELECT count(*) AS pairs, count(*) FILTER (WHERE abs(m.area - t.area) > 1e-8) AS other
  FROM overlap_areas('parcel_moved', 'building_moved') m JOIN truth t USING (a_id, b_id);
RESET client_min_messages;

-- polygons that are not sound: never a number for them
INSERT INTO house VALUES (20, 'SRID=4548;POLYGON((0 0,10 10,10 0,0 10,0 0))'), (21, 'SRID=4548;LINESTRING(0 0,5 5)');
SELECT * FROM overlap_areas('lot', 'house');
SELECT * FROM overlap_areas('lot', 'house', on_invalid => 'skip', min_area => 20) ORDER BY 1, 2;
DELETE FROM house WHERE id = 21;
-- a bow tie is two triangles of 25; of two parts that overlap by 6, what both cover is out
INSERT INTO house VALUES (22, 'SRID=4548;MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((2 1,6 1,6 5,2 5,2 1)))'), (23, 'SRID=4548;POLYGON((0 0,5 5,0 0,5 5,0 0))');
SELECT * FROM overlap_areas('house', 'lot', on_invalid => 'repair', min_area => 10, stratum => 'surface') ORDER BY 1, 2;
DELETE FROM house WHERE id > 20 AND id < 9000000000;
UPDATE house SET shape = 'SRID=4548;POLYGON((0 0,10 0,NaN 10,0 0))' WHERE id = 20;
SELECT * FROM overlap_areas('lot', 'house', on_invalid => 'repair');
SELECT count(*) FROM overlap_areas('lot', 'house', on_invalid => 'skip');
UPDATE house SET shape = 'SRID=4548;CURVEPOLYGON(CIRCULARSTRING(0 0,4 0,4 4,0 4,0 0))' WHERE id = 20;
SELECT * FROM overlap_areas('lot', 'house', on_invalid => 'repair');
UPDATE house SET shape = 'SRID=4527;POLYGON((0 0,1 0,0 1,0 0))' WHERE id = 20;
SELECT * FROM overlap_areas('lot', 'house');
DELETE FROM house WHERE id = 20;

-- keys
CREATE TABLE loose (id bigint, name text COLLATE "C", geom geometry);
INSERT INTO loose SELECT id, 'N' || id, geom FROM lot_part;
INSERT INTO loose SELECT id, 'N' || id, geom FROM lot_part WHERE id = 4;
SELECT * FROM overlap_areas('lot', 'loose');
SELECT * FROM overlap_areas('loose', 'loose', key_type => NULL::text, a_key => 'name', b_key => 'name');
UPDATE loose SET id = NULL WHERE id = 4;
SELECT * FROM overlap_areas('loose', 'lot');
SELECT * FROM overlap_areas('coded', 'lot');
SELECT * FROM overlap_areas('coded', 'lot', a_key => 'nothing');
SELECT * FROM overlap_areas('coded', 'lot', a_key => 'code');
SELECT * FROM overlap_areas('lot', 'lot', key_type => NULL::uuid);
ALTER TABLE coded ADD spot point;
SELECT * FROM overlap_areas('coded', 'coded', key_type => NULL::point, a_key => 'spot', b_key => 'spot');
-- geometry, relation, other arguments
SELECT * FROM overlap_areas('coded', 'lot', a_key => 'short', a_geometry => 'code');
ALTER TABLE coded RENAME geom TO outline;
SELECT * FROM overlap_areas('coded', 'lot', a_key => 'short');
CREATE TABLE nothing (id integer PRIMARY KEY);
SELECT * FROM overlap_areas('nothing', 'lot');
SELECT * FROM overlap_areas('lot_pkey', 'lot');
SELECT * FROM overlap_areas(NULL, 'lot');
SELECT * FROM overlap_areas('lot', 0::regclass);
SELECT * FROM overlap_areas('lot', 'house', min_area => -1);
SELECT * FROM overlap_areas('lot', 'house', min_area => 'NaN');
SELECT * FROM overlap_areas('lot', 'house', min_area => NULL);
SELECT * FROM overlap_areas('lot', 'house', stratum => 'roof');
SELECT * FROM overlap_areas('house', 'house', stratum => 'above');
SELECT * FROM overlap_areas('lot', 'house', on_invalid => 'ignore');
SELECT * FROM overlap_areas('lot', 'house', on_invalid => NULL);
-- other systems
UPDATE house SET shape = ST_SetSRID(shape, 4527);
SELECT * FROM overlap_areas('lot', 'house');
UPDATE house SET shape = ST_SetSRID(shape, 0);
SELECT * FROM overlap_areas('house', 'house');
UPDATE house SET shape = ST_SetSRID(shape, 4326);
SELECT * FROM overlap_areas('house', 'lot');
-- nothing at all
TRUNCATE house;
SELECT * FROM overlap_areas('house', 'lot');
-- columns and relations with any name
CREATE TABLE "Odd ""table" ("the ""key" integer PRIMARY KEY, "from" geometry);
INSERT INTO "Odd ""table" SELECT id, geom FROM lot WHERE id < 3;
SELECT * FROM overlap_areas('"Odd ""table"', '"Odd ""table"', a_key => 'the "key', a_geometry => 'from') ORDER BY 1;

DROP VIEW house_view, town_shuffled, parcel_moved, building_moved;
DROP MATERIALIZED VIEW house_stored;
DROP TABLE lot_child, lot, house, coded, lot_part, town_parcel, town_building, truth, half, loose, nothing, "Odd ""table";
DROP FUNCTION differs;
