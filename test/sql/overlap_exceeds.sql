-- overlap_exceeds: the boolean form of overlap_area, and what the planner makes of it
SET search_path = inefficient_land, public;
\set VERBOSITY default

-- more than the limit; equal is not more; nothing in common is not more than nothing
SELECT min_area, overlap_exceeds('SRID=4548;POLYGON((0 0,10 0,10 10,0 10,0 0))', 'SRID=4548;POLYGON((5 5,15 5,15 15,5 15,5 5))', min_area)
  FROM (VALUES (0), (24.999), (25), (1e9)) t(min_area);
SELECT overlap_exceeds('SRID=4548;POLYGON((0 0,10 0,10 10,0 10,0 0))', 'SRID=4548;POLYGON((10 0,20 0,20 10,10 10,10 0))', 0) AS border,
       overlap_exceeds('SRID=2263;POLYGON((0 0,100 0,100 100,0 100,0 0))', 'SRID=2263;POLYGON((0 0,100 0,100 100,0 100,0 0))', 929) AS feet,
       overlap_exceeds('SRID=2263;POLYGON((0 0,100 0,100 100,0 100,0 0))', 'SRID=2263;POLYGON((0 0,100 0,100 100,0 100,0 0))', 930) AS feet_not,
       overlap_exceeds('SRID=4548;POLYGON EMPTY', 'SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', 0) AS empty,
       overlap_exceeds(NULL, 'SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', 0) AS unknown,
       overlap_exceeds('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', 'SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', NULL) AS no_limit;
SELECT overlap_exceeds('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', 'SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', -0.01);
SELECT overlap_exceeds('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', 'SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', 'NaN');
SELECT overlap_exceeds('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', 'SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', 'Infinity');
SELECT overlap_exceeds('SRID=4548;POLYGON((0 0,10 10,10 0,0 10,0 0))', 'SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', 0);
SELECT overlap_exceeds('SRID=4548;POLYGON((0 0,1 0,0 1,0 0))', 'SRID=4527;POLYGON((0 0,1 0,0 1,0 0))', 0);

-- a town: parcels of 40 m, buildings of which some lie across a border or flush with it
CREATE TABLE town_parcel AS
    SELECT i AS id, i % 7 AS district, ST_SetSRID(ST_Translate('POLYGON((0 0,40 1,41 41,-1 40,0 0))'::geometry, 500000 + i % 40 * 40, 4300000 + i / 40 * 40), 4548) AS geom
      FROM generate_series(0, 1599) i;
CREATE TABLE town_building AS
    SELECT i AS id, i % 7 AS district, ST_SetSRID(ST_Translate('POLYGON((2 3,18 3,18 15,9 15,9 9,2 9,2 3))'::geometry, 500000 + i % 70 * 23, 4300000 + i / 70 * 23.25), 4548) AS geom
      FROM generate_series(0, 4829) i;
ANALYZE town_parcel, town_building;

CREATE FUNCTION plan_of(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || statement LOOP
        RETURN NEXT regexp_replace(line, '''[0-9A-F]{40,}''', '''…''', 'g');
    END LOOP;
END $$;
CREATE FUNCTION estimate_of(statement text) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT json) ' || statement INTO plan;
    RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END $$;

-- without an index; the same by the area itself
CREATE TABLE truth AS
    SELECT p.id AS parcel, b.id AS building FROM town_parcel p, town_building b WHERE p.geom && b.geom AND overlap_area(p.geom, b.geom) > 1;
CREATE TABLE unindexed AS
    SELECT p.id AS parcel, b.id AS building FROM town_parcel p JOIN town_building b ON overlap_exceeds(p.geom, b.geom, 1)
     WHERE p.id < 160 AND b.id < 500;
SELECT count(*) AS pairs FROM truth;

-- an index on either argument
CREATE INDEX town_building_geom ON town_building USING gist (geom);
SELECT plan_of('SELECT * FROM town_parcel p JOIN town_building b ON overlap_exceeds(p.geom, b.geom, 1)');
SELECT plan_of('SELECT * FROM town_parcel p JOIN town_building b ON overlap_exceeds(b.geom, p.geom, 1)');
CREATE TABLE indexed AS
    SELECT p.id AS parcel, b.id AS building FROM town_parcel p JOIN town_building b ON overlap_exceeds(p.geom, b.geom, 1);
CREATE TABLE exchanged AS
    SELECT p.id AS parcel, b.id AS building FROM town_parcel p JOIN town_building b ON overlap_exceeds(b.geom, p.geom, 1);
SELECT (SELECT count(*) FROM (TABLE truth EXCEPT TABLE indexed) d) AS missing, (SELECT count(*) FROM (TABLE indexed EXCEPT TABLE truth) d) AS surplus,
       (SELECT count(*) FROM (TABLE truth EXCEPT TABLE exchanged) d) AS missing_exchanged, (SELECT count(*) FROM (TABLE exchanged EXCEPT TABLE truth) d) AS surplus_exchanged,
       (SELECT count(*) FROM ((SELECT * FROM truth WHERE parcel < 160 AND building < 500) EXCEPT TABLE unindexed) d) AS missing_without_index,
       (SELECT count(*) FROM (TABLE unindexed EXCEPT TABLE truth) d) AS surplus_without_index;
-- a window
SELECT plan_of($$SELECT * FROM town_building WHERE overlap_exceeds(geom, ST_MakeEnvelope(500100, 4300100, 500200, 4300200, 4548), 0)$$);

-- estimates: within a factor of ten of what comes
SELECT name, rows > 0 AND estimate_of(statement) / rows BETWEEN 0.1 AND 10 AS within_ten
  FROM (VALUES
    ('join', 'SELECT * FROM town_parcel p JOIN town_building b ON overlap_exceeds(p.geom, b.geom, 1)', (SELECT count(*) FROM truth)),
    ('join, exchanged', 'SELECT * FROM town_parcel p JOIN town_building b ON overlap_exceeds(b.geom, p.geom, 0)', (SELECT count(*) FROM truth)),
    ('window', 'SELECT * FROM town_building WHERE overlap_exceeds(geom, ST_MakeEnvelope(500100, 4300100, 500400, 4300300, 4548), 0)',
     (SELECT count(*) FROM town_building WHERE overlap_exceeds(geom, ST_MakeEnvelope(500100, 4300100, 500400, 4300300, 4548), 0)))) t(name, statement, rows);

-- composite: beside the district
DROP INDEX town_building_geom;
CREATE INDEX town_building_place ON town_building USING gist (district, geom);
SELECT plan_of('SELECT * FROM town_parcel p JOIN town_building b ON b.district = p.district AND overlap_exceeds(p.geom, b.geom, 1)');
SELECT count(*) AS composite, (SELECT count(*) FROM truth t JOIN town_parcel p ON p.id = parcel JOIN town_building b ON b.id = building AND b.district = p.district) AS truth
  FROM town_parcel p JOIN town_building b ON b.district = p.district AND overlap_exceeds(p.geom, b.geom, 1);

-- an index of another kind does not serve, nor one on something else
DROP INDEX town_building_place;
CREATE INDEX town_building_nd ON town_building USING gist (geom gist_geometry_ops_nd);
CREATE INDEX town_building_btree ON town_building (geom);
SELECT plan_of('SELECT * FROM town_parcel p JOIN town_building b ON overlap_exceeds(p.geom, b.geom, 1)');
-- nor does one whose other side is not known before the row is read
CREATE INDEX town_building_geom ON town_building USING gist (geom);
SELECT plan_of('SELECT * FROM town_building b WHERE overlap_exceeds(geom, ST_Translate(geom, 1, 0), 0)') LIMIT 1;
DROP TABLE town_parcel, town_building, truth, unindexed, indexed, exchanged;
DROP FUNCTION plan_of, estimate_of;
