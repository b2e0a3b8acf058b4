-- layer: map layers open in a GIS, say why in words, and are served by the index
\getenv test_dir PG_ABS_SRCDIR
\set small :test_dir '/data/small_survey.sql'
\set ECHO none
\i :small
\set ECHO all
SET search_path = small, inefficient_land, public;

SET client_min_messages = warning;
CALL determine('small', 'District government', parcel_code => '{P01}');

-- one row per parcel, a mixed one by its most serious class
SELECT id, code, class, class_en, class_zh, colour, reason_en, reason_zh, family_en, families FROM layer_parcel ORDER BY id;
SELECT id, plot_ratio, plan_plot_ratio, danger_grade, use_state, tax_per_mu_band, output_per_hectare_band, missing, flags, findings, ownership FROM layer_parcel ORDER BY id;
-- the words of a determination are the decision's own
SELECT id AS row FROM small.inefficient_land WHERE parcel_code = 'P01' \gset
CALL amend_determination('small', :row, 'District government', 'other words', reason_en => 'land left fallow', reason_zh => '土地荒置');
SELECT class, reason_en, reason_zh FROM layer_parcel WHERE id = 1;

-- buildings: the class of the part they serve
INSERT INTO building (id, code, parcel_id, family, storeys_above, geom)
VALUES (1, 'B1', 4, 'commerce_office', 2, pg_temp.box(310, 10, 20, 20)), (2, 'B2', 4, 'residence', 6, pg_temp.box(340, 10, 20, 20)), (3, 'B3', 4, NULL, NULL, pg_temp.box(370, 10, 20, 20)),
       (4, 'B4', NULL, NULL, NULL, NULL), (5, 'B5', 9, NULL, NULL, NULL);
INSERT INTO building_year (building_id, year, rentable_area, vacant_area) VALUES (1, 2022, 1000, 900), (1, 2023, 1000, 250), (2, 2023, 0, 0), (3, NULL, 100, 100);
SELECT id, code, class, class_zh, reason_en, family, vacancy_year, rentable_area, vacant_area, vacancy_rate FROM layer_building ORDER BY id;

-- subdistricts: the classes add up to the parcels' counted land; regional figures as far as they are published
INSERT INTO subdistrict_indicator (run_id, until_run, subdistrict, family, indicator, value, n, n_missing, enterprise_count, published_value, band)
VALUES (2, NULL, 'S1', '', 'tax_per_mu', 6.5, 9, 0, 9, 6.5, '5 to 10'), (2, NULL, 'S2', '', 'tax_per_mu', 12.25, 2, 0, 2, NULL, '10 to 20'),
       (2, NULL, 'S1', 'residence', 'tax_per_mu', 99, 9, 0, 9, 99, '50 and more'), (1, 2, 'S1', '', 'tax_per_mu', 1, 9, 0, 9, 1, '0 to 5'),
       (2, NULL, 'S1', '', 'plot_ratio', 1.5, 9, 0, NULL, 1.5, NULL);
SELECT id, code, name, hectares, parcels, determined_hectares AS determined, suspected_hectares AS suspected, exempt_hectares AS exempt, excluded_hectares AS excluded,
       insufficient_data_hectares AS insufficient, not_inefficient_hectares AS not_inefficient, not_judged_hectares AS not_judged, inefficient_percent AS pct FROM layer_subdistrict ORDER BY id;
SELECT code, reason_en, reason_zh FROM layer_subdistrict ORDER BY id;
SELECT code, plot_ratio, tax_per_mu, tax_per_mu_band FROM layer_subdistrict ORDER BY id;
-- and how much of the land stands behind each
UPDATE subdistrict_indicator SET coverage = CASE indicator WHEN 'tax_per_mu' THEN 0.042 ELSE 0.9 END WHERE run_id = 2 AND subdistrict = 'S1' AND family = '';
SELECT code, plot_ratio_coverage, vacancy_rate_coverage, output_per_hectare_coverage, tax_per_mu_coverage FROM layer_subdistrict ORDER BY id;

-- an integer key first, one geometry typed by the table's column, comments in both languages
SELECT f_table_name, f_geometry_column, coord_dimension, srid, type FROM geometry_columns WHERE f_table_schema = 'small' AND f_table_name LIKE 'layer%' ORDER BY 1;
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = 1
 WHERE c.relnamespace = 'small'::regnamespace AND c.relname LIKE 'layer%' ORDER BY 1;
SELECT c.relname, count(*) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.atttypid = 'geometry'::regtype
 WHERE c.relnamespace = 'small'::regnamespace AND c.relname LIKE 'layer%' GROUP BY 1 ORDER BY 1;
SELECT obj_description('layer_parcel'::regclass, 'pg_class');
SELECT attname, col_description(attrelid, attnum) FROM pg_attribute WHERE attrelid = 'layer_parcel'::regclass AND attname IN ('class', 'class_zh', 'family_en', 'findings') ORDER BY attnum;
-- no single firm's figure in any layer
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
 WHERE c.relnamespace = 'small'::regnamespace AND c.relname IN ('layer_parcel', 'layer_building') AND a.attname ~ '^(output|tax|investment|jobs|energy|value_added)' AND a.attname !~ '_band$';

-- a map window and a click go through the index, counts and extents compute nothing else
CREATE TABLE big AS SELECT i FROM generate_series(100, 3099) AS i;
INSERT INTO parcel (id, code, subdistrict, registered_area, geom)
SELECT i, 'X' || i, 'S1', 400, ST_Multi(ST_MakeEnvelope(518000 + i % 60 * 25, 4332000 + i / 60 * 25, 518020 + i % 60 * 25, 4332020 + i / 60 * 25, 4548)) FROM big;
INSERT INTO building (id, code, parcel_id, geom) SELECT i, 'X' || i, i, (SELECT p.geom FROM parcel p WHERE p.id = i) FROM big;
INSERT INTO parcel_indicator (run_id, parcel_id, family, subdistrict, stratum, family_area) SELECT 2, i, 'residence', 'S1', 'surface', 400 FROM big;
INSERT INTO verdict (run_id, parcel_id, family, subdistrict, verdict, reasons, missing, flags, reason_en, reason_zh, land_area, standard, standard_version)
SELECT 2, i, 'residence', 'S1', CASE i % 3 WHEN 0 THEN 'inefficient' ELSE 'not_inefficient' END, '{}', '{}', '{}', 'a', '甲', 400, 'small-2024', '1' FROM big;
ANALYZE parcel, building, parcel_indicator, verdict, determination;
CREATE FUNCTION pg_temp.plan(query text) RETURNS TABLE (node text, relation text, index text) LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
    RETURN QUERY SELECT x->>'Node Type', x->>'Relation Name', x->>'Index Name' FROM jsonb_path_query(plan::jsonb, 'strict $.**') AS x WHERE jsonb_typeof(x) = 'object' AND x ? 'Node Type';
END
$$;
SELECT bool_or(index LIKE '%geom%') AS by_index, bool_or(node = 'WindowAgg') AS window_function, bool_or(node = 'Seq Scan' AND relation IN ('parcel', 'building', 'verdict', 'parcel_indicator')) AS whole_table
  FROM pg_temp.plan('SELECT * FROM layer_parcel WHERE geom && ST_MakeEnvelope(518000, 4332000, 518100, 4332100, 4548)');
SELECT bool_or(index LIKE '%geom%') AS by_index, bool_or(node = 'WindowAgg') AS window_function, bool_or(node = 'Seq Scan' AND relation IN ('parcel', 'building', 'verdict', 'parcel_indicator')) AS whole_table
  FROM pg_temp.plan('SELECT * FROM layer_building WHERE geom && ST_MakeEnvelope(518000, 4332000, 518100, 4332100, 4548)');
SELECT bool_or(index LIKE '%geom%') AS by_index, bool_or(node = 'WindowAgg') AS window_function, bool_or(node = 'Seq Scan' AND relation IN ('parcel', 'building', 'verdict', 'parcel_indicator')) AS whole_table
  FROM pg_temp.plan('SELECT * FROM suspected_land WHERE geom && ST_MakeEnvelope(518000, 4332000, 518100, 4332100, 4548)');
SELECT DISTINCT * FROM pg_temp.plan('SELECT * FROM layer_parcel WHERE id = 500') WHERE relation = 'parcel';
SELECT DISTINCT * FROM pg_temp.plan('SELECT * FROM suspected_land WHERE id = 20') WHERE relation = 'verdict';
SELECT DISTINCT relation FROM pg_temp.plan('SELECT count(*), count(DISTINCT id), ST_Extent(geom) FROM layer_parcel') WHERE relation IS NOT NULL;
SELECT DISTINCT relation FROM pg_temp.plan('SELECT count(*), count(DISTINCT id), ST_Extent(geom) FROM layer_building') WHERE relation IS NOT NULL;
-- and the window shows what the whole shows
SELECT count(*) AS shown, count(*) FILTER (WHERE class = 'suspected') AS suspected FROM layer_parcel WHERE geom && ST_MakeEnvelope(518000, 4332000, 518099, 4332099, 4548);
SELECT count(*) AS differ FROM (SELECT id, class FROM layer_parcel WHERE class = 'suspected') a FULL JOIN (SELECT DISTINCT parcel_id AS id FROM parcel_outcome WHERE class = 'suspected' AND parcel_id <> 1) b USING (id) WHERE a.id IS NULL OR b.id IS NULL;
DROP TABLE big;
-- before anything was assessed
CALL create_survey('fresh', srid => 4548);
INSERT INTO fresh.parcel (code) VALUES ('A');
SELECT code, class, class_zh, reason_en, reason_zh, families, findings FROM fresh.layer_parcel;
CALL drop_survey('fresh');
CALL drop_survey('small');
