-- points, sums and shares of parcels; tables of 40_overlap's city, made if that did not run
SET client_min_messages = warning;
SELECT to_regclass('bench.lot') IS NULL AS no_city \gset
\if :no_city
\ir city.sql
\endif
CREATE TABLE bench.firm WITH (autovacuum_enabled = off) AS
SELECT i AS id, ST_SetSRID(ST_MakePoint(500000 + round((width * bench.uniform(i, 31))::numeric, 2)::double precision, 4300000 + round((width * bench.uniform(i, 32))::numeric, 2)::double precision), 4548) AS geom
  FROM generate_series(1, 3 * :rows) i, (SELECT ceil(sqrt(:rows)) * 47.5) w(width);
ALTER TABLE bench.firm ADD PRIMARY KEY (id);
CREATE INDEX ON bench.firm USING gist (geom);
VACUUM (ANALYZE, FREEZE) bench.firm;
SET client_min_messages = info;
CALL bench.measure('points_in_parcels, points x lots', row_count => :rows * 4, pairs => 5, goal => 0.0667, tolerance => 0,
    scan => 'SELECT (SELECT count(*) FROM bench.lot) + (SELECT count(*) FROM bench.firm)',
    columns => 'SELECT (SELECT sum(ST_NPoints(geom)) FROM bench.lot) + (SELECT sum(ST_NPoints(geom)) FROM bench.firm)',
    baseline => 'SELECT count(*), sum(p.id) FROM bench.lot p JOIN bench.firm f ON ST_Contains(p.geom, f.geom)',
    ours => $$SELECT count(*), sum(parcel_id) FROM points_in_parcels('bench.firm', 'bench.lot') WHERE status IN ('inside', 'several')$$);
CALL bench.measure('overlap_sums, lots x buildings', row_count => :rows * 4, pairs => 5, tolerance => 1e-12,
    scan => 'SELECT (SELECT count(*) FROM bench.lot) + (SELECT count(*) FROM bench.building)',
    columns => 'SELECT (SELECT sum(ST_NPoints(geom)) FROM bench.lot) + (SELECT sum(ST_NPoints(geom)) FROM bench.building)',
    baseline => $$SELECT sum(n), sum(area) FROM (SELECT a_id, count(*) AS n, exact_sum_agg(area) AS area FROM overlap_areas('bench.lot', 'bench.building', min_area => 0.001) GROUP BY a_id) q$$,
    ours => $$SELECT sum(pair_count), sum(area) FROM overlap_sums('bench.lot', 'bench.building', min_area => 0.001)$$);
CALL bench.measure('apportion, buildings to lots', row_count => :rows * 4, pairs => 5, tolerance => 1e-4,
    scan => 'SELECT (SELECT count(*) FROM bench.lot) + (SELECT count(*) FROM bench.building)',
    columns => 'SELECT (SELECT sum(ST_NPoints(geom)) FROM bench.lot) + (SELECT sum(ST_NPoints(geom)) FROM bench.building)',
    baseline => 'SELECT sum(value) AS inside
                   FROM (SELECT b.id * CASE WHEN ST_Covers(p.geom, b.geom) THEN 1 ELSE ST_Area(ST_Intersection(p.geom, b.geom)) / ST_Area(b.geom) END AS value
                           FROM bench.lot p JOIN bench.building b ON p.geom && b.geom) q',
    ours => $$SELECT sum(value)::double precision AS inside FROM apportion('bench.building', 'id', 'bench.lot', 1) WHERE status IN ('assigned', 'shared')$$);
SET client_min_messages = warning;
