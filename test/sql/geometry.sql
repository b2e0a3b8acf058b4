-- geometry: one reading of every stored form, problems in words, meaning of an SRID
SET search_path = inefficient_land, public;
\set VERBOSITY default

-- A type that shows and takes the stored bytes of a geometry.
CREATE TYPE raw;
CREATE FUNCTION raw_in(cstring) RETURNS raw AS 'byteain' LANGUAGE internal IMMUTABLE STRICT;
CREATE FUNCTION raw_out(raw) RETURNS cstring AS 'byteaout' LANGUAGE internal IMMUTABLE STRICT;
CREATE TYPE raw (INPUT = raw_in, OUTPUT = raw_out, ALIGNMENT = double, STORAGE = main);
CREATE CAST (geometry AS raw) WITHOUT FUNCTION;
CREATE CAST (geography AS raw) WITHOUT FUNCTION;
CREATE CAST (raw AS geometry) WITHOUT FUNCTION;
CREATE FUNCTION stored(g geometry) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT AS 'SELECT g::raw::text::bytea';
CREATE FUNCTION unstored(b bytea) RETURNS geometry LANGUAGE sql IMMUTABLE STRICT AS 'SELECT b::text::raw::geometry';
-- the first version differs by the bit 0x40 of the flags
CREATE FUNCTION version_1(g geometry) RETURNS geometry LANGUAGE sql IMMUTABLE STRICT
    AS 'SELECT unstored(set_byte(stored(g), 3, get_byte(stored(g), 3) & ~64))';
-- second version with eight bytes of further flags
CREATE FUNCTION extended(g geometry) RETURNS geometry LANGUAGE sql IMMUTABLE STRICT
    AS $$SELECT unstored(substr(f, 1, 4) || '\x0000000000000000'::bytea || substr(f, 5))
           FROM set_byte(stored(g), 3, get_byte(stored(g), 3) | 16) f$$;
-- no box
CREATE FUNCTION without_box(g geometry) RETURNS geometry LANGUAGE sql IMMUTABLE STRICT
    AS $$SELECT CASE WHEN get_byte(stored(g), 3) & 4 = 0 THEN g ELSE
                unstored(set_byte(substr(stored(g), 1, 4), 3, get_byte(stored(g), 3) & ~4)
                         || substr(stored(g), 5 + 8 * ST_NDims(g))) END$$;
-- the box of a geography
CREATE FUNCTION geodetic(g geometry) RETURNS geometry LANGUAGE sql IMMUTABLE STRICT AS 'SELECT g::geography::raw::geometry';
SELECT encode(stored('SRID=4548;POINT(1 2)'), 'hex') AS second_version,
       encode(stored(version_1('SRID=4548;POINT(1 2)')), 'hex') AS first_version;

-- Every type, then every dimension, SRID and form of it.
CREATE TABLE sample (id integer PRIMARY KEY, wkt text);
INSERT INTO sample VALUES
    (1, 'POLYGON((0 0,10 0,10 10,0 10,0 0))'),
    (2, 'POLYGON((0 0,10 0,10 10,0 10,0 0),(1 1,2 1,2 2,1 1),(4 4,4 8,8 8,8 4,4 4))'),
    (3, 'POLYGON((0 0,10 0,10 10,0 10,0 0),(1 1,2 1,2 2,1 1))'),
    (4, 'POLYGON EMPTY'),
    (5, 'MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0),(1 1,2 1,2 2,1 1)),((20 20,30 20,30 33,20 20)))'),
    (6, 'MULTIPOLYGON(EMPTY,((0 0,10 0,10 10,0 10,0 0)),EMPTY,((20 20,30 20,30 33,20 20),(28 22,29 22,29 23,28 22)))'),
    (7, 'MULTIPOLYGON EMPTY'),
    (8, 'MULTIPOLYGON(EMPTY,EMPTY)'),
    (9, 'MULTIPOLYGON(((0 0,1 0,0 1,0 0)),((2 0,3 0,2 1,2 0)),((4 0,5 0,4 1,4 0)),((6 0,7 0,6 1,6 0)),((8 0,9 0,8 1,8 0)),((10 0,11 0,10 1,10 0)))'),
    (10, 'POINT(1 2)'), (11, 'POINT EMPTY'), (12, 'LINESTRING(0 0,1 1)'), (13, 'LINESTRING EMPTY'),
    (14, 'MULTIPOINT((0 0),(1 1))'), (15, 'MULTILINESTRING((0 0,1 1),(2 2,3 3))'),
    (16, 'GEOMETRYCOLLECTION(POLYGON((0 0,1 0,0 1,0 0)),POINT(5 5))'), (17, 'GEOMETRYCOLLECTION EMPTY'),
    (18, 'CIRCULARSTRING(0 0,1 1,2 0)'), (19, 'COMPOUNDCURVE(CIRCULARSTRING(0 0,1 1,2 0),(2 0,3 0))'),
    (20, 'CURVEPOLYGON(CIRCULARSTRING(0 0,4 0,4 4,0 4,0 0))'), (21, 'MULTICURVE((0 0,1 1),CIRCULARSTRING(0 0,1 1,2 0))'),
    (22, 'MULTISURFACE(CURVEPOLYGON(CIRCULARSTRING(0 0,4 0,4 4,0 4,0 0)),((10 10,11 10,10 11,10 10)))'),
    (23, 'POLYHEDRALSURFACE(((0 0,1 0,1 1,0 0)))'), (24, 'TRIANGLE((0 0,1 0,1 1,0 0))'), (25, 'TIN(((0 0,1 0,1 1,0 0)))');
CREATE TABLE form AS
    SELECT s.id, d.dimension, r.srid, f.form, f.geom
      FROM sample s,
           (VALUES ('XY'), ('XYZ'), ('XYM'), ('XYZM')) d(dimension),
           (VALUES (0), (4548)) r(srid),
           LATERAL (SELECT ST_SetSRID(ST_GeomFromText(s.wkt), r.srid)) p(plane),
           LATERAL (SELECT CASE d.dimension WHEN 'XY' THEN plane WHEN 'XYZ' THEN ST_Force3DZ(plane, 7)
                                WHEN 'XYM' THEN ST_Force3DM(plane, 8) ELSE ST_Force4D(plane, 7, 8) END) g(g),
           LATERAL (VALUES ('plain', g), ('version 1', version_1(g)), ('extended', extended(g)),
                           ('without box', without_box(g)), ('version 1 without box', version_1(without_box(g)))) f(form, geom);
INSERT INTO form
    SELECT id, 'XY', 4326, 'geodetic', geodetic(ST_SetSRID(ST_GeomFromText(wkt), 4326)) FROM sample WHERE id < 18;
SELECT form, count(*) FROM form GROUP BY form ORDER BY form;
-- the samples are what they are called
SELECT count(*) AS version_1 FROM form WHERE get_byte(stored(geom), 3) & 64 = 0;
SELECT count(*) AS extended FROM form WHERE get_byte(stored(geom), 3) & 80 = 80;
SELECT count(*) AS with_box FROM form WHERE get_byte(stored(geom), 3) & 4 = 4 AND form = 'plain' AND id IN (1, 5);

-- One outcome per value: its rings, or its error.
CREATE FUNCTION outcome(g geometry) RETURNS text LANGUAGE plpgsql AS $$
DECLARE state text; message text;
BEGIN
    RETURN (SELECT coalesce(string_agg(r::text, ' ' ORDER BY part, ring), 'no rings') FROM geometry_ring(g) r);
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
    RETURN state || ' ' || message;
END $$;
SET inefficient_land.geometry_fast_path = on;
CREATE TABLE fast AS SELECT f.*, outcome(geom), geometry_problem(geom), _geometry_access(geom) AS way FROM form f;
SET inefficient_land.geometry_fast_path = off;
CREATE TABLE slow AS SELECT f.*, outcome(geom), geometry_problem(geom), _geometry_access(geom) AS way FROM form f;
RESET inefficient_land.geometry_fast_path;
SELECT way, count(*) FROM fast GROUP BY way;
SELECT way, count(*) FROM slow GROUP BY way;
-- both ways, every dimension, SRID and form: the same outcome
SELECT id, count(DISTINCT (outcome, geometry_problem)) AS outcomes, min(outcome) AS outcome, min(geometry_problem) AS problem
  FROM (TABLE fast UNION ALL TABLE slow) a GROUP BY id ORDER BY id;
-- the rings are those that PostGIS dumps
SELECT count(*) AS rings, count(*) FILTER (WHERE r.area IS DISTINCT FROM abs(ST_Area(d.geom))
                                              OR r.points <> ST_NPoints(d.geom)) AS different
  FROM fast f, LATERAL ST_Dump(f.geom) p, LATERAL ST_DumpRings(ST_Force2D(p.geom)) d
  LEFT JOIN LATERAL (SELECT * FROM geometry_ring(f.geom) r
                      WHERE r.part = coalesce(p.path[1], 1) AND r.ring = d.path[1] + 1
                        AND r.is_hole = (d.path[1] > 0)) r ON true
 WHERE f.id < 10 AND f.form <> 'geodetic';

-- An unknown form is left to PostGIS, which may know it or complain.
SELECT _geometry_access('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))');
SELECT _geometry_access(unstored(set_byte(stored('POLYGON((0 0,1 0,0 1,0 0))'), 3, get_byte(stored('POLYGON((0 0,1 0,0 1,0 0))'), 3) | 128)));
SELECT geometry_problem(NULL), _geometry_access(NULL), crs_kind(NULL), crs_unit(NULL);
SELECT * FROM geometry_ring(NULL);

-- Values as tables keep them: short header, compressed, out of line.
CREATE TABLE kept (kind text PRIMARY KEY, geom geometry);
ALTER TABLE kept ALTER COLUMN geom SET STORAGE EXTENDED;
CREATE TABLE kept_outside (LIKE kept);
ALTER TABLE kept_outside ALTER COLUMN geom SET STORAGE EXTERNAL;
INSERT INTO kept VALUES ('short', 'SRID=4548;POLYGON((0 0,1 0,0 1,0 0))'),
    ('compressed', ST_SetSRID(ST_MakePolygon(ST_AddPoint(ST_AddPoint(ST_MakeLine(ARRAY(
        SELECT ST_MakePoint(i / 100, 0) FROM generate_series(0, 5000) i)), ST_MakePoint(0, 10)), ST_MakePoint(0, 0))), 4548));
INSERT INTO kept_outside SELECT kind, ST_Translate(geom, 0, 0) FROM kept;
SELECT kind, pg_column_compression(geom) AS compression, pg_column_size(geom) < 127 AS short FROM kept ORDER BY kind;
SELECT pg_relation_size(reltoastrelid) > 0 AS outside FROM pg_class WHERE oid = 'kept_outside'::regclass;
SELECT kind, _geometry_access(geom), planar_area(geom), geometry_problem(geom), (geometry_ring(geom)).* FROM kept
UNION ALL
SELECT kind, _geometry_access(geom), planar_area(geom), geometry_problem(geom), (geometry_ring(geom)).* FROM kept_outside ORDER BY kind;

-- Errors name type or place and say what to do.
SELECT * FROM geometry_ring('LINESTRING(0 0,1 1)');
SELECT * FROM geometry_ring('GEOMETRYCOLLECTION(POLYGON((0 0,1 0,0 1,0 0)))');
SELECT * FROM geometry_ring('CURVEPOLYGON(CIRCULARSTRING(0 0,4 0,4 4,0 4,0 0))');
SELECT * FROM geometry_ring('TIN(((0 0 0,1 0 0,1 1 0,0 0 0)))');
SELECT * FROM geometry_ring(ST_Collect('POLYGON((0 0,1 0,0 1,0 0))', ST_MakePolygon('LINESTRING(0 0,9 0,9 9,0 0)', ARRAY[ST_SetPoint('LINESTRING(1 1,2 1,2 2,1 1)', 2, ST_MakePoint(2, 'Infinity'))])));

-- Problems: never an error.
SELECT id, geometry_problem(geom) FROM (VALUES
    (1, 'POLYGON((0 0,10 10,10 0,0 10,0 0))'::geometry),
    (2, 'POLYGON((0 0,10 0,10 10,0 10,0 0),(20 20,21 20,21 21,20 20))'),
    (3, 'POLYGON((0 0,10 0,10 10,0 10,0 0),(2 2,8 2,8 8,2 8,2 2),(3 3,4 3,4 4,3 3))'),
    (4, 'MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0)),((2 2,3 2,3 3,2 2)))'),
    (5, 'MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0)),((5 5,15 5,15 15,5 15,5 5)))'),
    (6, 'POLYGON((0 0,10 0,10 10,0 10,0 0),(0 5,5 0,10 5,5 10,0 5))'),
    (7, 'POLYGON((0 0,5 0,5 0,0 0))'),
    (8, 'POLYGON((518500.12345 4331600,518600 4331700.5,518600 4331600,518500.12345 4331700.5,518500.12345 4331600))'),
    (9, 'POLYGON((0 0,1 0,NaN NaN,0 1,0 0))'),
    (10, ST_Collect('POLYGON((0 0,1 0,0 1,0 0))', ST_MakePolygon('LINESTRING(0 0,9 0,9 9,0 0)', ARRAY[ST_SetPoint('LINESTRING(1 1,2 1,2 2,1 1)', 2, ST_MakePoint(2, '-Infinity'))]))),
    (11, 'POLYGON((0 0,10 0,10 10,0 10,0 0),(1 1,2 1,2 2,1 2,1 1))'),
    (12, 'POLYGON((0 0,10 0,10 10,0 10,0 0),(0 0,2 1,2 2,1 2,0 0))')) t(id, geom) ORDER BY id;
-- rings that no input function lets through, made of bytes: open, and cut down to three points
SELECT geometry_problem(unstored(overlay(stored(without_box('POLYGON((0 0,1 0,0 1,0 0))')) PLACING '\x000000000000f03f' FROM 4 + 12 + 4 + 48 + 1 FOR 8)));
SELECT geometry_problem(unstored(set_byte(substr(stored(without_box('POLYGON((0 0,1 0,0 1,0 0))')), 1, 4 + 16 + 48), 4 + 8, 3)));

-- What an SRID stands for; the registered names as an independent witness.
SELECT s AS srid, crs_kind(s), crs_unit(s)
  FROM unnest(ARRAY[-1, 0, 4548, 4527, 4490, 4610, 4326, 4979, 4978, 3857, 3395, 3785, 900913, 102100, 2263, 2277, 7415, 5773, 4807, 990001]) s;
SELECT count(*) AS systems,
       count(*) FILTER (WHERE crs_kind(srid) = 'unknown') AS unknown,
       count(*) FILTER (WHERE srtext LIKE 'PROJCS%' AND crs_kind(srid) NOT IN ('projected', 'mercator', 'unknown')) AS projected_otherwise,
       count(*) FILTER (WHERE srtext LIKE 'GEOGCS%' AND crs_kind(srid) NOT IN ('geographic', 'unknown')) AS geographic_otherwise
  FROM spatial_ref_sys WHERE auth_name = 'EPSG' AND srid BETWEEN 2000 AND 5000;

-- PostGIS may go and come back within a session.
BEGIN;
SET LOCAL client_min_messages = warning;
DROP EXTENSION postgis CASCADE;
CREATE EXTENSION inefficient_land CASCADE;
SELECT _geometry_access('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))'), planar_area('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))');
SET LOCAL inefficient_land.geometry_fast_path = off;
SELECT _geometry_access('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))'), planar_area('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))');
ROLLBACK;
SELECT _geometry_access('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))'), planar_area('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))');
SET inefficient_land.geometry_fast_path = off;
SELECT _geometry_access('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))'), planar_area('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))');
RESET inefficient_land.geometry_fast_path;

DROP TABLE kept, kept_outside, fast, slow, form, sample;
DROP FUNCTION outcome(geometry);
\set VERBOSITY terse
DROP TYPE raw CASCADE;
DROP FUNCTION stored(geometry), unstored(bytea), version_1(geometry), extended(geometry), without_box(geometry), geodetic(geometry);
