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
SET client_min_messages = warning;
