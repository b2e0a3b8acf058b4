-- points_in_parcels: in which parcel a point lies
SET search_path = inefficient_land, public;
\set VERBOSITY default

-- two lots side by side, the second with a court, the third across both
CREATE TABLE lot (id integer PRIMARY KEY, code text UNIQUE, geom geometry);
INSERT INTO lot VALUES
    (1, 'A', 'SRID=4548;POLYGON((0 0,10 0,10 10,0 10,0 0))'),
    (2, 'B', 'SRID=4548;POLYGON((10 0,20 0,20 10,10 10,10 0),(14 4,16 4,16 6,14 6,14 4))'),
    (3, 'C', 'SRID=4548;POLYGON((5 8,15 8,15 12,5 12,5 8))'),
    (4, 'D', NULL);
CREATE TABLE spot (id integer PRIMARY KEY, code text UNIQUE, geom geometry);
INSERT INTO spot VALUES
    (1, 'inside', 'SRID=4548;POINT(5 5)'), (2, 'in two', 'SRID=4548;POINT(7 9)'), (3, 'on the border of two', 'SRID=4548;POINT(10 5)'),
    (4, 'in one, on the border of another', 'SRID=4548;POINT(7 8)'), (5, 'in the court', 'SRID=4548;POINT(15 5)'), (6, 'on a corner', 'SRID=4548;POINT(0 0)'),
    (7, 'far', 'SRID=4548;POINT(100 100)'), (8, 'nowhere', NULL), (9, 'empty', 'SRID=4548;POINT EMPTY'), (10, 'with height', 'SRID=4548;POINT Z(12 2 7)'),
    (11, 'in one, on the border of one and of the same', 'SRID=4548;POINT(10 9)');
SELECT s.code, p.* FROM points_in_parcels('spot', 'lot') p JOIN spot s ON s.id = p.point_id ORDER BY p.point_id, p.parcel_id;
SELECT * FROM points_in_parcels('spot', 'lot', key_type => NULL::text, points_key => 'code', parcels_key => 'code') WHERE status = 'several' ORDER BY 1, 2;

-- a town of 1600 lots and 20,000 points, some on corners: what PostGIS says, in any order, with little memory
CREATE TABLE town AS
    SELECT i AS id, ST_SetSRID(ST_Translate('POLYGON((0 0,40 1,41 41,-1 40,0 0))'::geometry, 500000 + i % 40 * 40, 4300000 + i / 40 * 40), 4548) AS geom
      FROM generate_series(0, 1599) i;
CREATE INDEX ON town USING gist (geom);
CREATE TABLE firm AS
    SELECT i AS id, ST_SetSRID(ST_MakePoint(500000 + (i::bigint * 7919 % 1700000) / 1000.0, 4300000 + (i::bigint * 104729 % 1700000) / 1000.0), 4548) AS geom FROM generate_series(1, 20000) i
     UNION ALL SELECT 100000 + id, ST_PointN(ST_ExteriorRing(geom), 1 + id % 4) FROM town;
ANALYZE town, firm;
CREATE VIEW firm_shuffled AS SELECT * FROM firm ORDER BY hashint4(id);
CREATE TABLE truth AS
    WITH hit AS (SELECT f.id AS point_id, p.id AS parcel_id, ST_Contains(p.geom, f.geom) AS inside FROM firm f JOIN town p ON ST_Intersects(p.geom, f.geom))
    SELECT h.point_id::bigint, h.parcel_id::bigint, CASE WHEN NOT h.inside THEN 'on_border' WHEN count(*) FILTER (WHERE h.inside) OVER (PARTITION BY h.point_id) > 1 THEN 'several' ELSE 'inside' END AS status FROM hit h
     UNION ALL SELECT f.id, NULL, 'outside' FROM firm f WHERE NOT EXISTS (SELECT FROM hit h WHERE h.point_id = f.id);
SELECT status, count(*) FROM truth GROUP BY status ORDER BY status;
CREATE FUNCTION differs(relation regclass, OUT missing bigint, OUT surplus bigint) LANGUAGE sql AS $$
    WITH answer AS MATERIALIZED (SELECT * FROM points_in_parcels(relation, 'town'))
    SELECT (SELECT count(*) FROM (SELECT * FROM truth EXCEPT ALL SELECT * FROM answer) d), (SELECT count(*) FROM (SELECT * FROM answer EXCEPT ALL SELECT * FROM truth) d) $$;
SELECT * FROM differs('firm');
SET work_mem = '64kB';
SELECT * FROM differs('firm');
SELECT * FROM differs('firm_shuffled');
RESET work_mem;
SET inefficient_land.geometry_fast_path = off;
SELECT * FROM differs('firm');
RESET inefficient_land.geometry_fast_path;

-- what is no point, what is no sound polygon
INSERT INTO spot VALUES (20, 'line', 'SRID=4548;LINESTRING(0 0,5 5)');
SELECT * FROM points_in_parcels('spot', 'lot');
SELECT * FROM points_in_parcels('spot', 'lot', on_invalid => 'skip') WHERE point_id = 20;
UPDATE spot SET geom = 'SRID=4548;POINT(NaN 1)' WHERE id = 20;
SELECT * FROM points_in_parcels('spot', 'lot', on_invalid => 'repair');
SELECT * FROM points_in_parcels('spot', 'lot', on_invalid => 'skip') WHERE point_id = 20;
DELETE FROM spot WHERE id = 20;
UPDATE lot SET geom = 'SRID=4548;POLYGON((0 0,10 10,10 0,0 10,0 0))' WHERE id = 4;
SELECT * FROM points_in_parcels('spot', 'lot');
SELECT count(*) AS in_bow_tie FROM points_in_parcels('spot', 'lot', on_invalid => 'repair') WHERE parcel_id = 4;
DELETE FROM lot WHERE id = 4;
-- keys and other arguments
CREATE VIEW spot_twice AS SELECT * FROM spot UNION ALL SELECT * FROM spot WHERE id = 5;
SELECT * FROM points_in_parcels('spot_twice', 'lot');
SELECT * FROM points_in_parcels('spot', 'lot', points_key => 'nothing');
SELECT * FROM points_in_parcels('spot', 'lot', points_key => 'code');
SELECT * FROM points_in_parcels('spot', 'lot', parcels_geometry => 'code');
SELECT * FROM points_in_parcels(NULL, 'lot');
SELECT * FROM points_in_parcels('spot', NULL);
SELECT * FROM points_in_parcels('spot', 'lot', on_invalid => NULL);
UPDATE spot SET geom = ST_SetSRID(geom, 4527);
SELECT * FROM points_in_parcels('spot', 'lot');
UPDATE spot SET geom = ST_SetSRID(geom, 4490);
SELECT * FROM points_in_parcels('spot', 'lot');
TRUNCATE lot;
UPDATE spot SET geom = ST_SetSRID(geom, 4548);
SELECT status, count(*) FROM points_in_parcels('spot', 'lot') GROUP BY status ORDER BY status;

DROP VIEW firm_shuffled, spot_twice;
DROP TABLE lot, spot, town, firm, truth;
DROP FUNCTION differs;
