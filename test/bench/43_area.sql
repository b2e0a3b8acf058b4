-- areas on the ellipsoid: the survey's procedure and the series beside geodesics; tables of
-- 40_overlap's city, made if that did not run.  The definitions differ by less than 1e-5.
SET client_min_messages = warning;
SELECT to_regclass('bench.lot') IS NULL AS no_city \gset
\if :no_city
\ir city.sql
\endif
CREATE TABLE bench.lot_degrees WITH (autovacuum_enabled = off) AS SELECT id, ST_Transform(geom, 4490)::geography AS geog FROM bench.lot;
VACUUM (ANALYZE, FREEZE) bench.lot_degrees;
SET client_min_messages = info;
CALL bench.measure('survey_area', row_count => :rows, pairs => 5, goal => 0.25, tolerance => 1e-5,
    scan => 'SELECT count(*) FROM bench.lot', columns => 'SELECT sum(ST_NPoints(geom)) FROM bench.lot',
    baseline => 'SELECT sum(ST_Area(geog)) FROM bench.lot_degrees',
    ours => 'SELECT sum(survey_area(geom)) FROM bench.lot');
CALL bench.measure('projected_series_area', row_count => :rows, pairs => 5, goal => 0.0286, tolerance => 1e-5,
    scan => 'SELECT count(*) FROM bench.lot', columns => 'SELECT sum(ST_NPoints(geom)) FROM bench.lot',
    baseline => 'SELECT sum(ST_Area(geog)) FROM bench.lot_degrees',
    ours => 'SELECT sum(projected_series_area(geom)) FROM bench.lot');
SET client_min_messages = warning;
