-- survey_lint: what the catalog says about a freshly created survey; each query lists offenders
\pset tuples_only on
SET search_path = pg_catalog;
SET client_min_messages = warning;
CALL inefficient_land.create_survey('survey_lint', srid => 4548);

CREATE TEMP VIEW relation AS
SELECT c.* FROM pg_class c WHERE c.relnamespace = 'survey_lint'::regnamespace;
SELECT 'tables and views seen: ' || (count(*) > 40)::text FROM relation WHERE relkind IN ('r', 'v');

-- kinds of objects other than tables, views, indexes and sequences
SELECT relname, relkind FROM relation WHERE relkind NOT IN ('r', 'v', 'i', 'S') ORDER BY 1;
SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'survey_lint'::regnamespace ORDER BY 1;
-- without a comment: tables and views
SELECT c.relname FROM relation c
 WHERE c.relkind IN ('r', 'v') AND obj_description(c.oid, 'pg_class') IS NULL ORDER BY 1;
-- without a comment: columns (those of helper views apart)
SELECT c.relname || '.' || a.attname
  FROM relation c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE c.relkind IN ('r', 'v') AND c.relname !~ '^_' AND col_description(c.oid, a.attnum) IS NULL
 ORDER BY c.relname COLLATE "C", a.attnum;
-- without Chinese in the comment: columns of layers, reports and registers
SELECT c.relname || '.' || a.attname
  FROM relation c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE c.relkind = 'v' AND c.relname !~ '^_' AND col_description(c.oid, a.attnum) !~ '[一-龥]'
 ORDER BY c.relname COLLATE "C", a.attnum;
-- names that are not lower_snake
SELECT c.relname FROM relation c WHERE c.relkind IN ('r', 'v') AND c.relname !~ '^_?[a-z][a-z0-9_]*$'
UNION ALL
SELECT c.relname || '.' || a.attname FROM relation c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
 WHERE c.relkind IN ('r', 'v') AND a.attname !~ '^[a-z][a-z0-9_]*$' AND NOT a.attisdropped
 ORDER BY 1;
-- views that read with the rights of their owner
SELECT c.relname FROM relation c
 WHERE c.relkind = 'v' AND NOT coalesce(reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false)
 ORDER BY 1;
-- views with window functions or grouping sets, which engines that split queries refuse
SELECT c.relname FROM relation c
 WHERE c.relkind = 'v' AND pg_get_viewdef(c.oid) ~* '\mover\s*\(|\mrollup\s*\(|\mgrouping sets\M|\mcube\s*\('
 ORDER BY 1;
-- layers and registers whose first column is no integer key, or that have not one typed geometry
SELECT c.relname, f.atttypid::regtype,
       (SELECT count(*) FROM pg_attribute g WHERE g.attrelid = c.oid AND g.attnum > 0 AND g.atttypid = 'public.geometry'::regtype) AS geometries
  FROM relation c JOIN pg_attribute f ON f.attrelid = c.oid AND f.attnum = 1
 WHERE c.relkind = 'v' AND (c.relname ~ '^layer_' OR c.relname IN ('suspected_land', 'inefficient_land', 'legacy_land'))
   AND (f.atttypid <> 'integer'::regtype
        OR (SELECT count(*) FROM pg_attribute g WHERE g.attrelid = c.oid AND g.attnum > 0 AND g.atttypid = 'public.geometry'::regtype
               AND public.postgis_typmod_srid(g.atttypmod) = 4548 AND public.postgis_typmod_type(g.atttypmod) <> 'Geometry') <> 1)
 ORDER BY 1;
-- tables without a primary key; keys of fact tables other than id
SELECT c.relname FROM relation c
 WHERE c.relkind = 'r' AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p')
 ORDER BY 1;
-- triggers on facts and results: a loader would pay for them, and engines that distribute
-- refuse them (standards check what is written, determinations are only added to)
-- (determinations are decisions, runs are a few rows: neither is ever loaded)
SELECT c.relname, t.tgname FROM relation c JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
 WHERE c.relname !~ '^(standard|determination$|run$)' ORDER BY 1, 2;
-- unique codes in facts: a duplicate is a finding, not a failed load
SELECT c.relname, k.conname FROM relation c JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype IN ('u', 'x') ORDER BY 1, 2;
-- code columns of land use and industry without their code system beside them, in facts
SELECT c.relname || '.' || a.attname
  FROM relation c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
 WHERE c.relkind = 'r' AND c.relname <> 'parcel_indicator' AND a.attname ~ '^((registered|approved|present|planned)_use|use_code|industry_code|land_class)$'
   AND NOT EXISTS (SELECT FROM pg_attribute s WHERE s.attrelid = c.oid AND s.attname IN (a.attname || '_system', a.attname || '_code_system'))
 ORDER BY 1;
-- rights of anybody but the owner
SELECT c.relname, a.grantee::regrole, a.privilege_type FROM relation c, aclexplode(c.relacl) a WHERE a.grantee <> c.relowner
UNION ALL
SELECT c.relname || '.' || t.attname, a.grantee::regrole, a.privilege_type
  FROM relation c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a WHERE a.grantee <> c.relowner
UNION ALL
SELECT n.nspname, a.grantee::regrole, a.privilege_type FROM pg_namespace n, aclexplode(n.nspacl) a
 WHERE n.nspname = 'survey_lint' AND a.grantee <> n.nspowner;
-- members of the extension: a survey belongs to its owner
SELECT c.relname FROM relation c JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e' ORDER BY 1;

CALL inefficient_land.drop_survey('survey_lint');
