-- intake: codes become ids, in any order of loading; loading again changes what changed
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;
\getenv inputdir PG_ABS_SRCDIR
\set clean :inputdir '/data/clean_survey.sql'

-- somebody who may create a schema and nothing else
CREATE ROLE regress_intake_owner;
CREATE ROLE regress_intake_reader;
SELECT format('GRANT CREATE ON DATABASE %I TO regress_intake_owner', current_database()) AS grant_create \gset
:grant_create;
SET ROLE regress_intake_owner;
SET search_path = inefficient_land, public;
CALL create_survey('intake', 4548, base_year => 2022, synthetic => true);
SET client_min_messages = notice;

-- what refers may come before what it refers to
INSERT INTO intake.building_year (building_code, year, rentable_area, vacant_area) VALUES ('B1', 2023, 1000, 100), ('B2', 2023, 1000, 100);
CALL resolve_keys('intake');
SELECT rule, table_name, row_id, message_en FROM intake.finding;
DELETE FROM intake.building_year;
SET search_path = intake, public;
\set ECHO none
\i :clean
\set ECHO all
SET search_path = inefficient_land, public;
CALL resolve_keys('intake');
-- the finding of before is settled
SELECT count(*) FROM intake.finding;

-- every reference of the clean survey leads to the row with its code
SELECT b.code, p.code AS parcel, c.code AS community, b.subdistrict
  FROM intake.building b JOIN intake.parcel p ON p.id = b.parcel_id LEFT JOIN intake.community c ON c.id = b.community_id ORDER BY b.code;
SELECT (SELECT count(*) FROM intake.building_year y JOIN intake.building b ON b.id = y.building_id AND b.code = y.building_code AND b.subdistrict = y.subdistrict) AS building_year,
       (SELECT count(*) FROM intake.enterprise_year y JOIN intake.enterprise e ON e.id = y.enterprise_id AND e.code = y.enterprise_code AND e.subdistrict = y.subdistrict) AS enterprise_year,
       (SELECT count(*) FROM intake.occupancy o JOIN intake.enterprise e ON e.id = o.enterprise_id AND e.code = o.enterprise_code
                        LEFT JOIN intake.building b ON b.id = o.building_id LEFT JOIN intake.parcel p ON p.id = o.parcel_id
         WHERE o.building_code IS NOT DISTINCT FROM b.code AND o.parcel_code IS NOT DISTINCT FROM p.code AND o.subdistrict = coalesce(b.subdistrict, p.subdistrict)) AS occupancy,
       (SELECT count(*) FROM intake.parcel_use u JOIN intake.parcel p ON p.id = u.parcel_id AND p.code = u.parcel_code AND p.subdistrict = u.subdistrict) AS parcel_use,
       (SELECT count(*) FROM intake.contract u JOIN intake.parcel p ON p.id = u.parcel_id AND p.code = u.parcel_code AND p.subdistrict = u.subdistrict) AS contract,
       (SELECT count(*) FROM intake.planning_plot t JOIN intake.detailed_plan p ON p.id = t.detailed_plan_id WHERE t.subdistrict IS NOT NULL) AS planning_plot,
       (SELECT count(*) FROM intake.admin_unit a JOIN intake.admin_unit d ON d.id = a.parent_id AND d.level = 'district') AS admin_unit,
       (SELECT count(*) FROM intake.community_member m JOIN intake.community c ON c.id = m.community_id AND c.subdistrict = m.subdistrict) AS community_member,
       (SELECT count(*) FROM intake.legacy_case l JOIN intake.problem w USING (parcel_id) JOIN intake.exemption_decision d USING (parcel_id)
         WHERE l.subdistrict = w.subdistrict AND w.subdistrict = d.subdistrict) AS legacy_problem_decision;
-- the inner point of parcel 5 lies at E 518550, that of parcel 4 at E 518450: the border is E 518500
SELECT code, subdistrict FROM intake.parcel WHERE code LIKE '%4' OR code LIKE '%5' UNION ALL SELECT code, subdistrict FROM intake.patch ORDER BY code;
-- where a firm works counts, not where it is registered: firm 4 in building 5
SELECT code, registered_subdistrict, subdistrict FROM intake.enterprise WHERE code LIKE '%04';

-- a second call writes nothing: every row version is the one of before
CREATE FUNCTION pg_temp.versions() RETURNS text LANGUAGE plpgsql AS $$
DECLARE t record; v text; total text := '';
BEGIN
    FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 'intake'::regnamespace AND relkind = 'r' ORDER BY relname LOOP
        EXECUTE format('SELECT md5(string_agg(xmin || ''/'' || ctid, '','' ORDER BY ctid)) FROM intake.%I', t.relname) INTO v;
        total := total || coalesce(v, '');
    END LOOP;
    RETURN md5(total);
END $$;
SELECT pg_temp.versions() AS before \gset
CALL resolve_keys('intake');
SELECT pg_temp.versions() = :'before' AS nothing_written;

-- blanks do not count and are told; unknown and ambiguous codes become NULL; a row without code keeps its id
UPDATE intake.contract SET parcel_code = E'\t990101001001GB00002\u3000' WHERE parcel_code LIKE '%1';
UPDATE intake.contract SET parcel_code = 'NOWHERE' WHERE parcel_code LIKE '%6';
INSERT INTO intake.community (code, name) VALUES (' C1', 'the same code with a blank');
UPDATE intake.problem SET parcel_code = '', parcel_id = (SELECT id FROM intake.parcel WHERE code LIKE '%2');
CALL resolve_keys('intake');
SELECT c.code, c.parcel_code, p.code AS parcel FROM intake.contract c LEFT JOIN intake.parcel p ON p.id = c.parcel_id ORDER BY p.code;
SELECT count(*), count(community_id) FROM intake.building WHERE community_code = 'C1';
SELECT p.code FROM intake.problem w JOIN intake.parcel p ON p.id = w.parcel_id;
SELECT run_id, rule, table_name, row_code, blocking, message_en FROM intake.finding ORDER BY rule, table_name;
-- findings that stand keep their row; what is mended goes
SELECT max(id) AS newest FROM intake.finding \gset
DELETE FROM intake.community WHERE code = ' C1';
CALL resolve_keys('intake');
SELECT rule, table_name, row_code, id <= :newest AS same_row FROM intake.finding ORDER BY rule, table_name;
SELECT count(community_id) FROM intake.building WHERE community_code = 'C1';
UPDATE intake.contract SET parcel_code = '990101001001GB0000' || CASE WHEN parcel_code = 'NOWHERE' THEN '6' ELSE '1' END;

-- buildings without parcel code go by their footprint
INSERT INTO intake.parcel (code, stratum, geom) VALUES ('MALL', 'below', ST_Multi(ST_MakeEnvelope(518100, 4331000, 518300, 4331050, 4548))),
    ('LEFT', NULL, ST_Multi(ST_MakeEnvelope(518100, 4331000, 518200, 4331050, 4548))), ('RIGHT', 'surface', ST_Multi(ST_MakeEnvelope(518200, 4331000, 518300, 4331050, 4548)));
INSERT INTO intake.building (code, parcel_code, geom) VALUES
    ('IN-LEFT', NULL, ST_Multi(ST_MakeEnvelope(518110, 4331010, 518120, 4331020, 4548))),
    ('MOSTLY-RIGHT', '', ST_Multi(ST_MakeEnvelope(518196, 4331010, 518206, 4331020, 4548))),
    ('HALF-HALF', ' ', ST_Multi(ST_MakeEnvelope(518195, 4331010, 518205, 4331020, 4548))),
    ('ON-THE-LINE', NULL, ST_Multi(ST_MakeEnvelope(518300, 4331000, 518310, 4331010, 4548))),
    ('BROKEN', NULL, ST_Multi(ST_GeomFromText('POLYGON((518110 4331010, 518120 4331020, 518120 4331010, 518110 4331020, 518110 4331010))', 4548))),
    ('NO-SHAPE', NULL, NULL);
CALL resolve_keys('intake');
SELECT b.code, p.code AS parcel, b.subdistrict FROM intake.building b LEFT JOIN intake.parcel p ON p.id = b.parcel_id WHERE b.code !~ '^B\d' ORDER BY b.code;
SELECT rule, row_code, message_en FROM intake.finding ORDER BY row_code;
-- it moves: it stands on another parcel now
UPDATE intake.building SET geom = ST_Translate(geom, 100, 0) WHERE code = 'IN-LEFT';
CALL resolve_keys('intake');
SELECT p.code FROM intake.building b JOIN intake.parcel p ON p.id = b.parcel_id WHERE b.code = 'IN-LEFT';
DELETE FROM intake.building WHERE code !~ '^B\d';
DELETE FROM intake.parcel WHERE code IN ('MALL', 'LEFT', 'RIGHT');

-- a plain second append doubles, and says so
INSERT INTO intake.run (standard, standard_version, confirmation, as_of, evaluator, started_at, finished_at) VALUES ('test', '1', 'synthetic', '2024-02-29', 'test', '2024-03-01', '2024-03-01') RETURNING id AS run \gset
BEGIN;
INSERT INTO intake.building (code, parcel_code, footprint_area, floor_area_above, geom) SELECT code, parcel_code, footprint_area, floor_area_above, geom FROM intake.building WHERE code IN ('B1', 'B2');
INSERT INTO intake.occupancy (enterprise_code, building_code, floor_from, floor_to, floor_area, basis, from_date) SELECT enterprise_code, building_code, floor_from, floor_to, floor_area, basis, from_date FROM intake.occupancy;
UPDATE intake.building b SET storeys_above = NULL, storeys_below = NULL, height = NULL, built_year = NULL, danger_grade = NULL, is_finished = NULL, use_state = NULL,
       use_code = NULL, use_code_system = NULL, floor_area_below = NULL WHERE code = 'B1';
CALL resolve_keys('intake');
CALL _check_survey('intake', :run);
SELECT rule, table_name, count(*), min(message_en) FROM intake.finding WHERE run_id = :run AND rule LIKE 'duplicate%' GROUP BY rule, table_name ORDER BY rule, table_name;
ROLLBACK;

-- the documented reload: a staging table, and MERGE on the code
CREATE SCHEMA regress_staging;
CREATE TABLE regress_staging.parcel AS
SELECT code AS code, name::varchar(40) AS name, registered_area::numeric(24, 15) AS registered_area, to_char(date '2030-01-01', 'YYYY/MM/DD') AS right_ends_on,
       ''::text AS subdistrict, (ST_Dump(ST_Force3D(geom))).geom AS geom, 'x' AS "备注", id AS ogc_fid FROM intake.parcel;
CALL merge_staging('intake', 'parcel', 'regress_staging.parcel');
SELECT pg_temp.versions() AS before \gset
CALL merge_staging('intake', 'parcel', 'regress_staging.parcel');
SELECT pg_temp.versions() = :'before' AS nothing_written;
SELECT count(*), min(right_ends_on), count(subdistrict), min(GeometryType(geom)), max(ST_NDims(geom)) FROM intake.parcel;
UPDATE regress_staging.parcel SET registered_area = 10001, code = code || ' ' WHERE code LIKE '%3';
INSERT INTO regress_staging.parcel (code, registered_area) VALUES ('NEW', 500);
DELETE FROM regress_staging.parcel WHERE code LIKE '%4';
CALL merge_staging('intake', 'parcel', 'regress_staging.parcel');
SELECT code, registered_area, subdistrict FROM intake.parcel WHERE code LIKE '%3_' OR code IN ('NEW') OR code LIKE '%4' ORDER BY code;
DELETE FROM intake.parcel WHERE code = 'NEW';

-- the same for every table: its own rows change nothing, one changed figure is one row
CREATE FUNCTION pg_temp.reload(table_name name, changed text, OUT t name, OUT first text, OUT second text) LANGUAGE plpgsql AS $$
DECLARE i bigint; u bigint; n bigint;
BEGIN
    t := table_name;
    EXECUTE format('CREATE TABLE regress_staging.%I AS SELECT * FROM intake.%I', table_name, table_name);
    CALL inefficient_land.merge_staging('intake', table_name, format('regress_staging.%I', table_name)::regclass, NULL, i, u, n);
    first := format('%s inserted, %s updated, %s unchanged', i, u, n);
    EXECUTE format('UPDATE regress_staging.%I SET %s WHERE id = (SELECT min(id) FROM regress_staging.%I)', table_name, changed, table_name);
    CALL inefficient_land.merge_staging('intake', table_name, format('regress_staging.%I', table_name)::regclass, NULL, i, u, n);
    second := format('%s inserted, %s updated, %s unchanged', i, u, n);
END $$;
DROP TABLE regress_staging.parcel;
SET client_min_messages = warning;
SELECT r.* FROM (VALUES (1, 'admin_unit', 'name = ''x'''), (2, 'management_area', 'name = ''x'''), (3, 'community', 'household_count = 1'),
                        (5, 'patch', 'area = 1'), (6, 'parcel', 'green_area = 1'), (7, 'parcel_use', 'land_area = 6999'), (8, 'building', 'built_year = 1991 + 1'),
                        (9, 'building_year', 'vacant_area = NULL'), (10, 'enterprise', 'name = ''x'''), (11, 'enterprise_year', 'output = 1'), (12, 'occupancy', 'share = 0.5'),
                        (13, 'detailed_plan', 'name = ''x'''), (14, 'planning_plot', 'height = 61'), (15, 'constraint_zone', 'name = ''x'''),
                        (16, 'contract', 'plot_ratio = 1.3'), (17, 'legacy_case', 'area = 2501'), (18, 'problem', 'status = ''closed'''),
                        (19, 'exemption_decision', 'note = ''x'''), (20, 'complete_list', 'source = ''x''')) v (n, t, changed), pg_temp.reload(v.t, v.changed) r ORDER BY v.n;
SET client_min_messages = notice;

-- what it refuses
INSERT INTO regress_staging.building (code, name) VALUES ('B1', NULL), ('B2 ', NULL), ('B2', NULL), (NULL, 'tower without code');
\set VERBOSITY default
CALL merge_staging('intake', 'building', 'regress_staging.building');
DELETE FROM regress_staging.building WHERE code IS NULL;
CALL merge_staging('intake', 'building', 'regress_staging.building');
\set VERBOSITY terse
CALL merge_staging('intake', 'verdict', 'regress_staging.building');
CALL merge_staging('intake', 'building_year', 'regress_staging.building');
CALL merge_staging('intake', 'building', 'regress_staging.building', key => '{}');
CALL merge_staging('intake', NULL, 'regress_staging.building');
CALL merge_staging('nosuch', 'building', 'regress_staging.building');
CALL merge_staging(NULL, 'building', 'regress_staging.building');
CALL resolve_keys('nosuch');
CALL resolve_keys(NULL);
CALL resolve_keys('regress_staging');
-- a key of one's own: year by year
CREATE TABLE regress_staging.patch_area AS SELECT code, base_year, 1.5 AS area FROM intake.patch;
CALL merge_staging('intake', 'patch', 'regress_staging.patch_area', key => '{code,base_year}');
-- rows of which another part of the key is empty are different rows
CREATE TABLE regress_staging.part AS SELECT * FROM (VALUES ('K1', NULL, 1.5), (NULL, 'K1', 2.5)) v (code, parcel_code, plot_ratio);
CALL merge_staging('intake', 'contract', 'regress_staging.part');
CALL merge_staging('intake', 'contract', 'regress_staging.part');
SELECT code, parcel_code, plot_ratio FROM intake.contract WHERE 'K1' IN (code, parcel_code) ORDER BY plot_ratio;
-- numbers for texts, and empty text, which is NULL
CREATE TABLE regress_staging.numbers AS SELECT 'N1' AS code, 990101001 AS subdistrict, 12 AS name, '' AS address, ' ' AS holder, 'x ' AS holder_kind;
CALL merge_staging('intake', 'parcel', 'regress_staging.numbers');
CALL merge_staging('intake', 'parcel', 'regress_staging.numbers');
SELECT code, subdistrict, name, address, holder, '"' || holder_kind || '"' AS kind FROM intake.parcel WHERE code = 'N1';
-- plain SQL does the same
WITH changed AS (SELECT 'B3' AS code, 1995 AS built_year)
MERGE INTO intake.building t USING changed s ON t.code = s.code
 WHEN MATCHED AND t.built_year IS DISTINCT FROM s.built_year THEN UPDATE SET built_year = s.built_year
 WHEN NOT MATCHED THEN INSERT (code, built_year) VALUES (s.code, s.built_year);

-- others can neither read nor write the survey, nor resolve it
RESET ROLE;
SET ROLE regress_intake_reader;
SELECT count(*) FROM intake.parcel;
CALL resolve_keys('intake');
CALL merge_staging('intake', 'building', 'pg_class');
RESET ROLE;
-- who sees only some rows must not take the others for missing
SET client_min_messages = warning;
SET ROLE regress_intake_owner;
GRANT USAGE ON SCHEMA intake TO regress_intake_reader;
GRANT SELECT, UPDATE ON ALL TABLES IN SCHEMA intake TO regress_intake_reader;
ALTER TABLE intake.parcel ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON intake.parcel TO regress_intake_reader USING (subdistrict = '990101001');
RESET ROLE;
SET ROLE regress_intake_reader;
CALL resolve_keys('intake');
RESET ROLE;
DROP SCHEMA regress_staging CASCADE;
SET ROLE regress_intake_owner;
CALL drop_survey('intake');
RESET ROLE;
DROP OWNED BY regress_intake_owner;
DROP ROLE regress_intake_owner, regress_intake_reader;
