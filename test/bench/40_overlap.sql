-- overlaps: whole relations, pairs in a join, and the boolean form
-- GEOS leaves areas near zero where only borders meet, so both sides count from 0.001 m2.
\ir city.sql
SET client_min_messages = info;
CALL bench.measure('overlap_areas, lots x buildings', row_count => :rows * 4, pairs => 5, goal => 0.05, tolerance => 1e-9,
    scan => 'SELECT (SELECT count(*) FROM bench.lot) + (SELECT count(*) FROM bench.building)',
    columns => 'SELECT (SELECT sum(ST_NPoints(geom)) FROM bench.lot) + (SELECT sum(ST_NPoints(geom)) FROM bench.building)',
    baseline => 'SELECT count(*), sum(area)
                   FROM (SELECT CASE WHEN ST_Covers(p.geom, b.geom) THEN ST_Area(b.geom) ELSE ST_Area(ST_Intersection(p.geom, b.geom)) END AS area
                           FROM bench.lot p JOIN bench.building b ON p.geom && b.geom) q WHERE area > 0.001',
    ours => $$SELECT count(*), sum(area) FROM overlap_areas('bench.lot', 'bench.building', min_area => 0.001)$$);
CALL bench.measure('overlap_areas, patches x lots', row_count => :rows + :rows / 3, pairs => 5, goal => 0.0333, tolerance => 1e-9,
    scan => 'SELECT (SELECT count(*) FROM bench.patch) + (SELECT count(*) FROM bench.lot)',
    columns => 'SELECT (SELECT sum(ST_NPoints(geom)) FROM bench.patch) + (SELECT sum(ST_NPoints(geom)) FROM bench.lot)',
    baseline => 'SELECT count(*), sum(area)
                   FROM (SELECT CASE WHEN ST_Covers(p.geom, b.geom) THEN ST_Area(b.geom) ELSE ST_Area(ST_Intersection(p.geom, b.geom)) END AS area
                           FROM bench.patch p JOIN bench.lot b ON p.geom && b.geom) q WHERE area > 0.001',
    ours => $$SELECT count(*), sum(area) FROM overlap_areas('bench.patch', 'bench.lot', min_area => 0.001)$$);
CALL bench.measure('overlap_area in a join, lots x buildings', row_count => :rows * 4, pairs => 5, goal => 0.286, tolerance => 1e-9,
    scan => 'SELECT (SELECT count(*) FROM bench.lot) + (SELECT count(*) FROM bench.building)',
    columns => 'SELECT count(*) FROM bench.lot p JOIN bench.building b ON p.geom && b.geom',
    baseline => 'SELECT count(*), sum(area)
                   FROM (SELECT CASE WHEN ST_Covers(p.geom, b.geom) THEN ST_Area(b.geom) ELSE ST_Area(ST_Intersection(p.geom, b.geom)) END AS area
                           FROM bench.lot p JOIN bench.building b ON p.geom && b.geom) q WHERE area > 0.001',
    ours => 'SELECT count(*), sum(area)
               FROM (SELECT overlap_area(p.geom, b.geom) AS area FROM bench.lot p JOIN bench.building b ON p.geom && b.geom) q WHERE area > 0.001');
CALL bench.measure('overlap_exceeds 1 m2, lots x buildings', row_count => :rows * 4, pairs => 5, tolerance => 0,
    scan => 'SELECT (SELECT count(*) FROM bench.lot) + (SELECT count(*) FROM bench.building)',
    columns => 'SELECT count(*) FROM bench.lot p JOIN bench.building b ON p.geom && b.geom',
    baseline => 'SELECT count(*) FROM bench.lot p JOIN bench.building b ON ST_Intersects(p.geom, b.geom) AND ST_Area(ST_Intersection(p.geom, b.geom)) > 1',
    ours => 'SELECT count(*) FROM bench.lot p JOIN bench.building b ON overlap_exceeds(p.geom, b.geom, 1)');

-- what the join itself takes: against overlap_areas, with one polygon that covers all the
-- others, and with the default work_mem, where tiles go to temporary files
CREATE TABLE bench.covered AS SELECT * FROM bench.building UNION ALL SELECT -1, ST_Expand(ST_SetSRID(ST_Extent(geom), 4548), 100) FROM bench.building;
ALTER TABLE bench.covered ADD PRIMARY KEY (id);
VACUUM (ANALYZE, FREEZE) bench.covered;
CREATE FUNCTION bench.in_little_memory(OUT count bigint, OUT sum double precision) LANGUAGE sql SET work_mem = '4MB' AS $$
    SELECT count(*), sum(area) FROM inefficient_land.overlap_areas('bench.lot', 'bench.building', min_area => 0.001) $$;
CALL bench.measure('overlap_areas, one building covers all', row_count => :rows * 4, pairs => 5, goal => 2, tolerance => 1e-9,
    scan => 'SELECT (SELECT count(*) FROM bench.lot) + (SELECT count(*) FROM bench.building)',
    baseline => $$SELECT count(*), sum(area) FROM overlap_areas('bench.lot', 'bench.building', min_area => 0.001)$$,
    ours => $$SELECT count(*), sum(area) FROM overlap_areas('bench.lot', 'bench.covered', min_area => 0.001) WHERE b_id >= 0$$);
CALL bench.measure('overlap_areas, work_mem 4MB against 256MB', row_count => :rows * 4, pairs => 5, tolerance => 1e-9,
    scan => 'SELECT (SELECT count(*) FROM bench.lot) + (SELECT count(*) FROM bench.building)',
    baseline => $$SELECT count(*), sum(area) FROM overlap_areas('bench.lot', 'bench.building', min_area => 0.001)$$,
    ours => 'SELECT * FROM bench.in_little_memory()');
SET client_min_messages = warning;
