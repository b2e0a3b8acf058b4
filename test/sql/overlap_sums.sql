-- overlap_sums: what polygons share, summed for each of the first relation
SET search_path = inefficient_land, public;
\set VERBOSITY default

CREATE TABLE lot (id integer PRIMARY KEY, code text UNIQUE, geom geometry);
INSERT INTO lot VALUES
    (1, 'A', 'SRID=4548;POLYGON((0 0,10 0,10 10,0 10,0 0))'),
    (2, 'B', 'SRID=4548;POLYGON((10 0,20 0,20 10,10 10,10 0))'),
    (3, 'C', 'SRID=4548;POLYGON((50 0,60 0,60 10,50 10,50 0))'),
    (4, 'D', NULL);
CREATE TABLE house (id integer PRIMARY KEY, code text UNIQUE, floor_area numeric, geom geometry);
INSERT INTO house VALUES
    (1, 'a', 40, 'SRID=4548;POLYGON((8 2,12 2,12 4,8 4,8 2))'),
    (2, 'b', 9, 'SRID=4548;POLYGON((1 1,4 1,4 4,1 4,1 1))'),
    (3, 'c', NULL, 'SRID=4548;POLYGON((15 1,16 1,16 3,15 3,15 1))'),
    (4, 'd', 7, NULL);
SELECT * FROM overlap_sums('lot', 'house', 'floor_area') ORDER BY 1;
SELECT * FROM overlap_sums('lot', 'house') ORDER BY 1;
SELECT * FROM overlap_sums('lot', 'house', 'floor_area', min_area => 5) ORDER BY 1;
SELECT * FROM overlap_sums('lot', 'house', key_type => NULL::text, b_value => 'floor_area', a_key => 'code', b_key => 'code') ORDER BY 1;
-- where no value is known there is no sum
DELETE FROM house WHERE id < 3;
SELECT * FROM overlap_sums('lot', 'house', 'floor_area') ORDER BY 1;

-- a town: the bits of summing the rows of overlap_areas, in any order and in little memory
CREATE TABLE town AS
    SELECT i AS id, ST_SetSRID(ST_Translate('POLYGON((0 0,40 1,41 41,-1 40,0 0))'::geometry, 500000 + i % 40 * 40, 4300000 + i / 40 * 40), 4548) AS geom
      FROM generate_series(0, 1599) i;
CREATE TABLE block AS
    SELECT i AS id, nullif(i % 100, 3) * 1.1::double precision AS value,
           ST_SetSRID(ST_Translate('POLYGON((2 3,18 3,18 15,9 15,9 9,2 9,2 3))'::geometry, 500000 + i % 70 * 23, 4300000 + i / 70 * 23.25), 4548) AS geom
      FROM generate_series(0, 4829) i;
INSERT INTO block VALUES (10001, 1e9, ST_MakeEnvelope(499000, 4299000, 502000, 4302000, 4548)), (10002, 1e-9, ST_MakeEnvelope(499000, 4300500, 502000, 4300500.001, 4548));
CREATE VIEW block_shuffled AS SELECT * FROM block ORDER BY hashint4(id);
CREATE TABLE truth AS
    SELECT p.id::bigint AS a_id, count(o.b_id) AS pair_count, coalesce(exact_sum_agg(o.area), 0) AS area,
           coalesce(exact_sum_agg(b.value * (o.area / planar_area(b.geom))), 0) AS value, count(*) FILTER (WHERE b.id IS NOT NULL AND b.value IS NULL) AS missing_count
      FROM town p LEFT JOIN overlap_areas('town', 'block') o ON o.a_id = p.id LEFT JOIN block b ON b.id = o.b_id GROUP BY p.id;
SELECT sum(pair_count) AS pairs, sum(missing_count) AS missing FROM truth;
CREATE FUNCTION differs(relation regclass, OUT missing bigint, OUT surplus bigint) LANGUAGE sql AS $$
    WITH answer AS MATERIALIZED (SELECT * FROM overlap_sums('town', relation, 'value', b_key => 'id'))
    SELECT (SELECT count(*) FROM (SELECT * FROM truth EXCEPT ALL SELECT * FROM answer) d), (SELECT count(*) FROM (SELECT * FROM answer EXCEPT ALL SELECT * FROM truth) d) $$;
SELECT * FROM differs('block');
SET work_mem = '64kB';
SELECT * FROM differs('block_shuffled');
RESET work_mem;

-- values and arguments
UPDATE house SET floor_area = -1 WHERE id = 3;
SELECT * FROM overlap_sums('lot', 'house', 'floor_area');
UPDATE house SET floor_area = 'NaN' WHERE id = 3;
SELECT * FROM overlap_sums('lot', 'house', 'floor_area');
SELECT * FROM overlap_sums('lot', 'house', 'code');
SELECT * FROM overlap_sums('lot', 'house', 'nothing');
SELECT * FROM overlap_sums('lot', NULL);
SELECT * FROM overlap_sums('lot', 'house', min_area => -1);
SELECT * FROM overlap_sums('lot', 'house', min_area => NULL);
SELECT * FROM overlap_sums('lot', 'house', on_invalid => 'ignore');

DROP VIEW block_shuffled;
DROP TABLE lot, house, town, block, truth;
DROP FUNCTION differs;
