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
SELECT planar_area('SRID=900913;POLYGON((0 0,1 0,0 1,0 0))');
SELECT planar_area('POLYGON((0 0,1 0,0 1,0 0))');
SELECT planar_area('SRID=990001;POLYGON((0 0,1 0,0 1,0 0))');
SELECT planar_area('SRID=4978;POLYGON((0 0,1 0,0 1,0 0))');
SELECT planar_area('SRID=4548;LINESTRING(0 0,1 0)');
SELECT planar_area('SRID=4548;CURVEPOLYGON(CIRCULARSTRING(0 0,4 0,4 4,0 4,0 0))');
SELECT planar_area('SRID=4548;POLYGON((0 0,1 0,NaN 1,0 0))');
SELECT planar_area('SRID=4548;POLYGON((0 0,1e200 0,1e200 1e200,0 0))');
SELECT planar_area('SRID=4548;POLYGON((0 0,1 0,0 1,0 0),(0 0,9 0,0 9,0 0))');
