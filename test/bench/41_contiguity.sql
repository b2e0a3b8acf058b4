-- neighbours: who touches, how long the border is, who lies across the street
-- The plain query for gaps looks for a third lot, but for no length that faces the other.
SELECT to_regclass('bench.lot') IS NULL AS absent \gset
\if :absent
\ir city.sql
\endif
SET client_min_messages = info;
CALL bench.measure('contiguity, who touches', row_count => :rows, pairs => 5, goal => 0.0417, tolerance => 0,
    scan => 'SELECT count(*) FROM bench.lot', columns => 'SELECT sum(ST_NPoints(geom)) FROM bench.lot',
    baseline => 'SELECT count(*) FROM bench.lot a JOIN bench.lot b ON a.id <> b.id AND ST_Touches(a.geom, b.geom)',
    ours => $$SELECT count(*) FROM contiguity('bench.lot', touch_tolerance => 0) WHERE to_id IS NOT NULL$$);
CALL bench.measure('contiguity, length of borders', row_count => :rows, pairs => 5, goal => 0.0222, tolerance => 1e-9,
    scan => 'SELECT count(*) FROM bench.lot', columns => 'SELECT sum(ST_NPoints(geom)) FROM bench.lot',
    baseline => 'SELECT count(*), sum(ST_Length(ST_Intersection(a.geom, b.geom))) FROM bench.lot a JOIN bench.lot b ON a.id <> b.id AND ST_Intersects(a.geom, b.geom)',
    ours => $$SELECT count(*), sum(length) FROM contiguity('bench.lot', touch_tolerance => 0) WHERE to_id IS NOT NULL$$);
CALL bench.measure('contiguity, gaps of 20 m', row_count => :rows, pairs => 5, goal => 0.05, tolerance => 1e-9,
    scan => 'SELECT count(*) FROM bench.lot', columns => 'SELECT sum(ST_NPoints(geom)) FROM bench.lot',
    baseline => 'SELECT count(*), sum(gap)
                   FROM (SELECT a.id AS a, b.id AS b, ST_Distance(a.geom, b.geom) AS gap, ST_ShortestLine(a.geom, b.geom) AS bridge
                           FROM bench.lot a JOIN bench.lot b ON a.id <> b.id AND ST_DWithin(a.geom, b.geom, 20)) p
                  WHERE gap = 0 OR NOT EXISTS (SELECT FROM bench.lot c WHERE c.id NOT IN (p.a, p.b) AND ST_Intersects(c.geom, ST_LineSubstring(p.bridge, 0.1, 0.9)))',
    ours => $$SELECT count(*), sum(gap) FROM contiguity('bench.lot', 20) WHERE to_id IS NOT NULL$$);
SET client_min_messages = warning;
