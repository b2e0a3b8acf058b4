-- registry: two databases and one list, and the decisions that fill the first
\getenv test_dir PG_ABS_SRCDIR
\set small :test_dir '/data/small_survey.sql'
\set ECHO none
\i :small
\set ECHO all
SET search_path = small, inefficient_land, public;
SET DateStyle = 'ISO';
\set SHOW_CONTEXT never

-- what the rules suspect, and what keeps it from being determined in bulk
SELECT id IS NOT NULL AS has_key, parcel_code, subdistrict_name, family, land_area, hectares, round(mu::numeric, 4) AS mu, ready FROM suspected_land ORDER BY parcel_code, family;
SELECT parcel_code, obstacle, obstacle_en, obstacle_zh FROM suspected_land WHERE NOT ready ORDER BY parcel_code;
-- nothing is determined yet: 疑似 is not 认定
SELECT count(*) AS determined FROM small.inefficient_land;
SELECT class, count(*) FROM parcel_outcome GROUP BY class ORDER BY class;

-- in bulk: what is ready, the rest is counted and listed
CALL determine('small', decided_by => 'District government', document_number => 'No. 8 [2024]', decided_on => '2024-03-15');
SELECT parcel_code, family, land_area, reasons, reason_en, reason_zh, decided_by, document_number, decided_on, standard, standard_version, run_id, ST_Area(geom) AS geometry_area
  FROM small.inefficient_land ORDER BY parcel_code, family;
SELECT parcel_code, obstacle FROM suspected_land ORDER BY parcel_code;
-- only a family, only some subdistricts
BEGIN;
CALL revoke_determination('small', 1, 'District government', 'for the test');
CALL revoke_determination('small', 2, 'District government', 'for the test');
CALL determine('small', 'District government', family => 'commerce_office');
CALL determine('small', 'District government', subdistrict => '{S2}');
CALL determine('small', 'District government', subdistrict => '{S1,S2}');
ROLLBACK;
CALL determine('small', 'District government', subdistrict => '{S1,S9}');
CALL determine('small', 'District government', subdistrict => '{S1}', parcel_code => '{P02}');
-- a second call finds nothing new
CALL determine('small', decided_by => 'District government');

-- case by case: open points only with a note, and they stay on record
CALL determine('small', 'District government', parcel_code => '{P02}');
CALL determine('small', 'District government', parcel_code => '{P02}', note => ' ');
CALL determine('small', 'District government', parcel_code => '{P02}', note => 'no exemption will be granted');
SELECT parcel_code, overridden, note FROM small.inefficient_land WHERE note IS NOT NULL;
-- all or none
CALL determine('small', 'District government', parcel_code => '{P03,P08}', note => 'all the same');
CALL determine('small', 'District government', parcel_id => '{3,15}', family => 'residence', note => 'all the same');
SELECT count(*) FROM determination;

-- the same land twice; land that no rule suspects; land that is not there
CALL determine('small', 'District government', parcel_code => '{P01}');
CALL determine('small', 'District government', parcel_code => '{P05}');
CALL determine('small', 'District government', parcel_code => '{P04}', family => 'residence');
CALL determine('small', 'District government', parcel_code => '{P09}');
CALL determine('small', 'District government', parcel_code => '{P10}');
CALL determine('small', 'District government', parcel_code => '{P99}');
CALL determine('small', 'District government', parcel_id => '{99}');
CALL determine('small', 'District government', parcel_id => ARRAY[NULL]::integer[]);
CALL determine('small', 'District government', parcel_code => ARRAY[NULL]);
CALL determine('small', 'District government', family => 'industry');
CALL determine('small', NULL);
CALL determine('small', '  ');
CALL determine('nowhere', 'District government');
CALL determine(NULL, 'District government');
-- an empty list names nothing
CALL determine('small', 'District government', parcel_code => '{}');
-- a code that two parcels bear
BEGIN;
INSERT INTO parcel (id, code) VALUES (16, 'P03');
CALL determine('small', 'District government', parcel_code => '{P03}', note => 'which one?');
ROLLBACK;
-- a survey that was never assessed
SET client_min_messages = warning;
CALL create_survey('fresh', srid => 4548);
RESET client_min_messages;
CALL determine('fresh', 'District government');
SET client_min_messages = warning;
CALL drop_survey('fresh');
RESET client_min_messages;

-- amending is a new row; what is not given stays
SELECT id AS row FROM small.inefficient_land WHERE parcel_code = 'P04' \gset
CALL amend_determination('small', :row, 'District government', 'part of the yard left out', 'No. 9 [2024]', '2024-04-01', land_area => 5500);
SELECT action, action_en, action_zh, parcel_code, land_area, reason_en, document_number, note FROM small.inefficient_land WHERE parcel_code = 'P04';
SELECT d.action, d.land_area, d.document_number, p.action AS follows FROM determination d LEFT JOIN determination p ON p.id = d.previous_id WHERE d.parcel_code = 'P04' ORDER BY d.id;
SELECT min(id) AS row FROM determination WHERE parcel_code = 'P04' \gset
CALL amend_determination('small', :row, 'District government', 'again');
SELECT max(id) AS row FROM determination WHERE parcel_code = 'P04' \gset
CALL amend_determination('small', :row, 'District government', NULL);
SELECT max(id) AS row FROM determination WHERE parcel_code = 'P04' \gset
CALL amend_determination('small', :row, NULL, 'why');
SELECT max(id) AS row FROM determination WHERE parcel_code = 'P04' \gset
CALL amend_determination('small', :row, 'District government', 'why', land_area => -1);
SELECT max(id) AS row FROM determination WHERE parcel_code = 'P04' \gset
CALL amend_determination('small', :row, 'District government', 'why', land_area => 'NaN');
SELECT max(id) AS row FROM determination WHERE parcel_code = 'P04' \gset
CALL amend_determination('small', :row, 'District government', 'why', land_area => '-Infinity');
CALL amend_determination('small', NULL, 'District government', 'why');
CALL amend_determination('small', 99, 'District government', 'why');
-- with renew: the current run's area, geometry, reasons
SELECT max(id) AS row FROM determination WHERE parcel_code = 'P04' \gset
CALL amend_determination('small', :row, 'District government', 'as assessed', renew => true);
SELECT parcel_code, land_area, document_number, decided_on, note FROM small.inefficient_land WHERE parcel_code = 'P04';
-- a day that has not come, and one before the facts
CALL amend_determination('small', :row, 'District government', 'why', decided_on => '2999-01-01');
CALL amend_determination('small', :row, 'District government', 'why', decided_on => '-infinity');
BEGIN;
SELECT id AS row FROM small.inefficient_land WHERE parcel_code = 'P04' \gset
CALL amend_determination('small', :row, 'District government', 'why', decided_on => '1999-01-01');
ROLLBACK;
-- what was decided is not rewritten, not even by the owner
UPDATE small.determination SET decided_by = 'me';
DELETE FROM small.determination;
TRUNCATE small.determination;

-- revoking is a new row; the land is suspected again, and can be determined again
SELECT id AS row FROM small.inefficient_land WHERE parcel_code = 'P12' \gset
CALL revoke_determination('small', :row, 'District government', 'objection upheld', 'No. 10 [2024]', '2024-05-01');
SELECT count(*) AS stands FROM small.inefficient_land WHERE parcel_code = 'P12';
SELECT parcel_code, family, ready FROM suspected_land WHERE parcel_code = 'P12';
SELECT max(id) AS row FROM determination WHERE parcel_code = 'P12' \gset
CALL revoke_determination('small', :row, 'District government', 'again');
SELECT min(id) AS row FROM determination WHERE parcel_code = 'P12' \gset
CALL revoke_determination('small', :row, 'District government', 'again');
SELECT max(id) AS row FROM determination WHERE parcel_code = 'P12' \gset
CALL revoke_determination('small', :row, 'District government', '');
CALL determine('small', 'District government', parcel_code => '{P12}');
SELECT d.action, p.action AS follows FROM determination d LEFT JOIN determination p ON p.id = d.previous_id WHERE d.parcel_code = 'P12' ORDER BY d.id;

CALL determine('small', 'District government', parcel_code => '{P15}', note => 'the house is known to stand there');
-- a determination is of a parcel, not of an id: another parcel under the id (as loading anew may bring it) is not determined,
-- and what the run found of the former one is not determined in bulk
BEGIN;
UPDATE parcel SET code = 'P77', geom = pg_temp.box(900, 300, 100, 100) WHERE id = 1;
SELECT parcel_id, class, determination_id FROM parcel_outcome WHERE parcel_id = 1;
SELECT parcel_id, parcel_code, ready, obstacle, obstacle_en, obstacle_zh FROM suspected_land WHERE parcel_id = 1;
SELECT parcel_code, difference, new_run_id FROM report_redetermination WHERE parcel_id = 1;
SELECT parcel_code, land_area FROM small.inefficient_land WHERE parcel_id = 1;
SELECT id AS row FROM small.inefficient_land WHERE parcel_code = 'P01' \gset
SAVEPOINT renewing;
CALL amend_determination('small', :row, 'District government', 'follow the land', renew => true);
ROLLBACK TO renewing;
CALL determine('small', 'District government', parcel_code => '{P77}', note => 'seen on the ground');
SELECT parcel_code, overridden, previous_id FROM small.inefficient_land WHERE parcel_id = 1 ORDER BY id;
ROLLBACK;
-- the same code elsewhere
BEGIN;
UPDATE parcel SET geom = pg_temp.box(900, 300, 100, 100) WHERE id = 1;
SELECT class FROM parcel_outcome WHERE parcel_id = 1;
SELECT parcel_code, difference, difference_zh FROM report_redetermination WHERE parcel_id = 1;
ROLLBACK;
-- the area of the run and the geometry of another day do not go together
BEGIN;
UPDATE parcel SET geom = pg_temp.box(0, 200, 100, 80) WHERE code = 'P12';
SELECT id AS row FROM small.inefficient_land WHERE parcel_code = 'P12' \gset
SAVEPOINT renewing;
CALL amend_determination('small', :row, 'District government', 'as assessed', renew => true);
ROLLBACK TO renewing;
CALL revoke_determination('small', :row, 'District government', 'drawn anew');
SELECT parcel_code, ready, obstacle FROM suspected_land WHERE parcel_code = 'P12';
CALL determine('small', 'District government');
ROLLBACK;
-- a code written with a blank is the same code
BEGIN;
UPDATE parcel SET code = 'P01 ' WHERE id = 1;
SELECT class FROM parcel_outcome WHERE parcel_id = 1;
ROLLBACK;

-- a determination keeps its own copy: neither an edited parcel nor a new run changes it
CREATE TEMP TABLE before AS SELECT * FROM small.inefficient_land;
UPDATE parcel SET geom = ST_Translate(geom, 5, 5), code = code || 'x', subdistrict = 'S2' WHERE id IN (1, 4);
INSERT INTO run SELECT 3, standard, '2', confirmation, as_of, economic_year, base_year, evaluator, run_by, started_at, finished_at FROM run WHERE id = 2;
UPDATE parcel_measure SET until_run = 3;
UPDATE parcel_indicator SET until_run = 3;
UPDATE verdict SET until_run = 3 WHERE until_run IS NULL;
UPDATE finding SET until_run = 3 WHERE until_run IS NULL;
INSERT INTO parcel_indicator (run_id, parcel_id, family, stratum, family_area) VALUES (3, 1, 'industry_warehouse', 'surface', 10000), (3, 2, 'industry_warehouse', 'surface', 10000), (3, 4, 'commerce_office', 'surface', 6100);
INSERT INTO verdict (run_id, parcel_id, family, verdict, reasons, missing, flags, reason_en, reason_zh, land_area, standard, standard_version)
VALUES (3, 1, 'industry_warehouse', 'not_inefficient', '{}', '{}', '{}', 'no criterion holds', '不符合任何低效条件', 10000, 'small-2024', '2'),
       (3, 2, 'industry_warehouse', 'inefficient', '{I-2}', '{}', '{}', 'another reason', '其他原因', 10000, 'small-2024', '2'),
       (3, 4, 'commerce_office', 'inefficient', '{C-1}', '{}', '{}', 'stands partly idle', '部分闲置', 6100, 'small-2024', '2');
DELETE FROM parcel WHERE id = 15;
SELECT count(*) AS changed FROM (TABLE before EXCEPT TABLE small.inefficient_land) x;
SELECT parcel_code, difference, difference_en, new_run_id FROM report_redetermination WHERE parcel_id IN (1, 4) ORDER BY parcel_code;
UPDATE parcel SET code = left(code, 3) WHERE id IN (1, 4);
SELECT parcel_code, family, difference, difference_en, difference_zh, run_id, new_run_id, new_verdict_en, land_area, new_land_area FROM report_redetermination ORDER BY parcel_code, family;
SELECT id AS row FROM small.inefficient_land WHERE parcel_code = 'P01' \gset
CALL amend_determination('small', :row, 'District government', 'follow the run', renew => true);

-- legacy land: half-open periods; a date that may lie on both sides of a boundary is undetermined
INSERT INTO legacy_case (code, use_began_on, date_precision, area, geom)
SELECT 'L' || v.i, v.began::date, v.precision_word, v.area, CASE WHEN v.area IS NULL THEN pg_temp.box(0, 0, 10, 20) END
  FROM (VALUES (1, '1986-12-31', 'day', 100::double precision), (2, '1987-01-01', 'day', 100), (3, '1998-12-31', 'day', 100), (4, '1999-01-01', 'day', 100),
               (5, '2009-12-31', NULL, 100), (6, '2010-01-01', 'day', 100), (7, '1998-06-15', 'year', 100), (8, '1998-12-01', 'month', NULL),
               (9, '1998-01-01', 'decade', 100), (10, '1985-01-01', 'decade', 100), (11, '2003-05-05', 'decade', 100), (12, '1998-01-01', 'unknown', 100),
               (13, NULL, 'day', 100), (14, NULL, NULL, -5), (15, 'infinity', 'day', 'NaN'), (16, '-infinity', NULL, 100), (17, '1975-01-01', 'century', 100)) AS v (i, began, precision_word, area);
SELECT code, use_began_on, date_precision, period, period_en, period_zh, treatment_en, land_area, hectares FROM legacy_land ORDER BY id;
-- where periods overlap, a date that both may hold is undetermined
INSERT INTO standard_legacy_period VALUES ('small-2024', 'half_1998', '1998-07-01', '1998-12-31', 'second half of 1998', '1998年下半年', NULL, NULL);
SELECT code, period FROM legacy_land WHERE code IN ('L3', 'L7', 'L8') ORDER BY code;

-- problem list
INSERT INTO problem (code, parcel_code, parcel_id, subdistrict, class, description, demand, policy_asked, department, level, found_on, due_on, status)
VALUES ('Q1', 'P02', 2, 'S1', 'ownership_dispute', 'two heirs', 'settle first', 'mediation', 'housing', 'district', '2024-01-10', '2024-12-31', 'open'),
       ('Q2', NULL, NULL, 'S2', 'bats', 'bats in the roof', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
SELECT code, parcel_name, subdistrict_name, problem_class_en, problem_class_zh, demand, policy_asked, department, due_on, status, geom IS NOT NULL AS has_geometry FROM problem_list ORDER BY id;

-- every geometry is typed, every key an integer in front, every column commented in both languages, every view explained and read with the caller's rights
SELECT f_table_name, f_geometry_column, srid, type FROM geometry_columns
 WHERE f_table_schema = 'small' AND f_table_name IN ('suspected_land', 'inefficient_land', 'legacy_land', 'problem_list', 'report_redetermination') ORDER BY 1;
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = 1
 WHERE c.relnamespace = 'small'::regnamespace AND c.relkind = 'v' AND EXISTS (SELECT FROM pg_attribute g WHERE g.attrelid = c.oid AND g.attname = 'geom')
   AND NOT (a.attname = 'id' AND a.atttypid = 'integer'::regtype);
SELECT c.relname, a.attname, col_description(c.oid, a.attnum) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
 WHERE c.relnamespace = 'small'::regnamespace AND c.relkind = 'v' AND coalesce(col_description(c.oid, a.attnum) !~ '.+ \(.*[一-龥].*\)', true) ORDER BY 1, a.attnum;
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'small'::regnamespace AND c.relkind = 'v' AND (obj_description(c.oid, 'pg_class') IS NULL OR NOT c.reloptions @> '{security_invoker=true}');
-- after many rows at once the planner knows of them
INSERT INTO parcel (id, code, registered_area, geom) SELECT i, 'B' || i, 100, pg_temp.box(10 * i, 400, 10, 10) FROM generate_series(1001, 1060) i;
INSERT INTO verdict (run_id, parcel_id, family, verdict, reasons, missing, flags, reason_en, reason_zh, land_area, standard, standard_version)
SELECT 3, i, 'industry_warehouse', 'inefficient', '{I-1}', '{}', '{}', 'plot ratio below 1.0', '容积率低于1.0', 100, 'small-2024', '2' FROM generate_series(1001, 1060) i;
SELECT reltuples > 0 AS counted FROM pg_class WHERE oid = 'small.determination'::regclass;
CALL determine('small', 'District government', 'No. 11 [2024]', '2024-06-01');
SELECT c.reltuples = (SELECT count(*) FROM determination) AS counted, count(s.attname) > 0 AS has_statistics
  FROM pg_class c LEFT JOIN pg_stats s ON s.schemaname = 'small' AND s.tablename = c.relname WHERE c.oid = 'small.determination'::regclass GROUP BY c.reltuples;

SET client_min_messages = warning;
CALL drop_survey('small');
