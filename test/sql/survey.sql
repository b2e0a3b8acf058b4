-- survey: a schema of the user's own, made and dropped by name
\set SHOW_CONTEXT never
SET client_min_messages = warning;
\getenv inputdir PG_ABS_SRCDIR
\set clean :inputdir '/data/clean_survey.sql'
CREATE ROLE regress_survey_owner;
CREATE ROLE regress_survey_other;
SELECT format('GRANT CREATE ON DATABASE %I TO regress_survey_owner', current_database()) AS grant_create \gset
:grant_create;
SET search_path = inefficient_land, public;

-- what it refuses, with text, hint and SQLSTATE
CALL create_survey(NULL, 4548);
\echo :LAST_ERROR_SQLSTATE
CALL create_survey('survey_a', NULL);
-- without arguments, with a name too long or none
CALL create_survey();
CALL create_survey('survey_a');
CALL create_survey('', 4548);
\echo :LAST_ERROR_SQLSTATE
CALL create_survey(repeat('和平区', 8), 4548);
\echo :LAST_ERROR_SQLSTATE
CALL create_survey(repeat('x', 63), 4548);
CALL drop_survey(repeat('x', 63)::name);
CALL drop_survey();
CALL resolve_keys();
CALL assess();
CALL merge_staging();
CALL determine();
CALL amend_determination();
CALL create_survey('survey_a', 4490);
\echo :LAST_ERROR_SQLSTATE
CALL create_survey('survey_a', 3857);
CALL create_survey('survey_a', 0);
CALL create_survey('survey_a', 999999);
CALL create_survey('survey_a', 4548, template => 'other');
\echo :LAST_ERROR_SQLSTATE
CALL create_survey('survey_a', 4548, template => NULL);
CREATE SCHEMA survey_a;
CALL create_survey('survey_a', 4548);
\echo :LAST_ERROR_SQLSTATE
CALL drop_survey('survey_a');
CALL drop_survey(NULL);
CALL drop_survey('nosuch');
\echo :LAST_ERROR_SQLSTATE
CALL drop_survey('public');
DROP SCHEMA survey_a;
-- nothing is left behind by what was refused
SELECT count(*) FROM pg_namespace WHERE nspname = 'survey_a';

-- a role with CREATE on the database and nothing else
SET ROLE regress_survey_owner;
CALL create_survey('survey_a', srid => 4548, title_en => 'District A', title_zh => '甲区', base_year => 2022, synthetic => true);
CALL create_survey('survey_a', 4548);
-- a name that needs quoting, zone number in the easting
CALL create_survey('和平区 "2024"', 4527);
SELECT survey, title, srid, synthetic FROM survey_list() ORDER BY survey COLLATE "C";
SET inefficient_land.language = 'zh';
SELECT survey, title FROM survey_list() ORDER BY survey COLLATE "C";
RESET inefficient_land.language;
SELECT name, title_en, title_zh, srid, base_year, synthetic, money_unit, version FROM survey_a.survey WHERE created_at > now() - interval '1 hour' \gx

-- everything in it belongs to the caller, nothing is granted to PUBLIC
SELECT count(*) > 60 AS objects, bool_and(c.relowner = 'regress_survey_owner'::regrole) AS all_mine
  FROM pg_class c WHERE c.relnamespace = 'survey_a'::regnamespace;
SELECT c.relname, a.privilege_type FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault(CASE WHEN c.relkind = 'S' THEN 's' ELSE 'r' END::"char", c.relowner))) a
 WHERE c.relnamespace = 'survey_a'::regnamespace AND a.grantee = 0;
SELECT a.privilege_type FROM pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a WHERE n.nspname = 'survey_a' AND a.grantee = 0;
-- no member of the extension: it stays when the extension is dropped, and is dumped as any schema
SELECT count(*) FROM pg_depend d JOIN pg_class c ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
 WHERE c.relnamespace = 'survey_a'::regnamespace AND d.deptype = 'e';
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'survey_a'::regnamespace AND c.relkind = 'r'
   AND EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND c.relname IN (SELECT code FROM label WHERE topic = 'table'));
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'survey_a'::regnamespace AND c.relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false);

-- the fact tables: text codes that are not unique, geometry typed, nothing required
SELECT l.code, c.oid IS NOT NULL AS exists FROM label l LEFT JOIN pg_class c ON c.relname = l.code AND c.relnamespace = 'survey_a'::regnamespace
 WHERE l.topic = 'table' AND c.oid IS NULL;
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 JOIN label l ON l.topic = 'table' AND l.code = c.relname
 WHERE c.relnamespace = 'survey_a'::regnamespace AND a.attnotnull AND a.attname <> 'id' ORDER BY 1, 2;
SELECT f_table_name, type, srid FROM geometry_columns WHERE f_table_schema = 'survey_a' AND (srid <> 4548 OR type NOT IN ('MULTIPOLYGON', 'POINT')) ORDER BY f_table_name COLLATE "C";
INSERT INTO survey_a.parcel (code) VALUES ('A'), ('A'), (NULL);
INSERT INTO survey_a.parcel (geom) VALUES (ST_GeomFromText('MULTIPOLYGON(((0 0,1 0,1 1,0 0)))', 4547));
INSERT INTO survey_a.parcel (geom) VALUES (ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 0))', 4548));
INSERT INTO survey_a.parcel (geom) VALUES (ST_GeomFromText('MULTIPOLYGON Z (((0 0 5,1 0 5,1 1 5,0 0 5)))', 4548));

-- every column has its English and Chinese name, and what was said of it after a colon
SELECT c.relname, a.attname, col_description(c.oid, a.attnum)
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE c.relnamespace = 'survey_a'::regnamespace AND c.relkind IN ('r', 'p', 'v')
   AND coalesce(col_description(c.oid, a.attnum), '') !~ '^[^()]+.*\(.*[一-龥].*\)';
SELECT a.attname, col_description(a.attrelid, a.attnum) FROM pg_attribute a
 WHERE a.attrelid = 'survey_a.planning_plot'::regclass AND a.attname IN ('plot_ratio', 'code', 'geom')
    OR a.attrelid = 'survey_a.parcel'::regclass AND a.attname IN ('registered_area', 'holder') ORDER BY a.attnum;
-- a second time it adds nothing
SELECT md5(string_agg(d.description, '' ORDER BY d.objoid, d.objsubid)) AS before FROM pg_description d JOIN pg_class c ON c.oid = d.objoid WHERE c.relnamespace = 'survey_a'::regnamespace \gset
CALL _comment_columns('survey_a');
SELECT md5(string_agg(d.description, '' ORDER BY d.objoid, d.objsubid)) = :'before' AS same FROM pg_description d JOIN pg_class c ON c.oid = d.objoid WHERE c.relnamespace = 'survey_a'::regnamespace;
-- labels of columns that no survey has
SELECT l.code FROM label l WHERE l.topic = 'column' AND l.sequence < 1000 AND NOT EXISTS (
    SELECT FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
     WHERE c.relnamespace = 'survey_a'::regnamespace AND l.code IN (a.attname::text, c.relname || '.' || a.attname));

-- the distributed template puts the subdistrict in front of the key of every table that has it
CALL create_survey('survey_d', 4548, template => 'distributed');
SELECT t.key, count(*), string_agg(t.relname, ' ' ORDER BY t.relname COLLATE "C") AS tables
  FROM (SELECT c.relname, CASE WHEN EXISTS (SELECT FROM pg_attribute s WHERE s.attrelid = c.oid AND s.attname = 'subdistrict') THEN 'has subdistrict: ' ELSE '' END
               || pg_get_constraintdef(k.oid) AS key
          FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p' JOIN label l ON l.topic = 'table' AND l.code = c.relname
         WHERE c.relnamespace = 'survey_d'::regnamespace) t
 GROUP BY t.key ORDER BY t.key COLLATE "C";
-- it is loaded, loaded again, resolved and checked as any other
SET search_path = survey_d, public;
\set ECHO none
\i :clean
\set ECHO all
SET search_path = inefficient_land, public;
INSERT INTO survey_d.parcel (code) VALUES ('NOWHERE');
INSERT INTO survey_d.contract (code, parcel_code) VALUES ('NOBODY', '?');
CREATE TEMP TABLE staging AS SELECT 'NEW' AS code, ''::text AS subdistrict UNION ALL SELECT 'NOWHERE', NULL;
CALL resolve_keys('survey_d');
CALL merge_staging('survey_d', 'parcel', 'staging');
INSERT INTO survey_d.run (standard, standard_version, confirmation, as_of, evaluator, started_at, finished_at) VALUES ('test', '1', 'synthetic', '2024-02-29', 'test', '2024-03-01', '2024-03-01');
CALL _check_survey('survey_d', 1);
SELECT run_id, rule, row_code, subdistrict = '' AS nowhere FROM survey_d.finding ORDER BY run_id, rule, row_code;
SELECT subdistrict, count(*) FROM survey_d.parcel GROUP BY 1 ORDER BY 1;

-- side by side: what is done to one does not touch the other
INSERT INTO "和平区 ""2024""".parcel (code) VALUES ('ONE');
SELECT (SELECT count(*) FROM survey_a.parcel) AS a, (SELECT count(*) FROM "和平区 ""2024""".parcel) AS b;
CALL resolve_keys('和平区 "2024"');
-- under another name it is the same survey: nothing in it names its schema
ALTER SCHEMA survey_a RENAME TO survey_b;
CALL resolve_keys('survey_b');
SELECT rule, count(*) FROM survey_b.finding GROUP BY rule;
SELECT count(*) FROM survey_b.suspected_land;
SELECT survey FROM survey_list() WHERE survey = 'survey_b';
CALL resolve_keys('survey_a');

-- others see nothing of it, and cannot drop it
RESET ROLE;
SET ROLE regress_survey_other;
SELECT survey FROM survey_list();
SELECT count(*) FROM survey_b.survey;
CALL drop_survey('survey_b');
\set VERBOSITY sqlstate
CALL create_survey('survey_c', 4548);
\set VERBOSITY default
RESET ROLE;
SET ROLE regress_survey_owner;
CALL drop_survey('survey_b');
CALL drop_survey('survey_d');
CALL drop_survey('和平区 "2024"');
SELECT count(*) FROM survey_list();
RESET ROLE;
DROP OWNED BY regress_survey_owner;
DROP ROLE regress_survey_owner, regress_survey_other;
