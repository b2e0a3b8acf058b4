-- install: the extension creates itself, its schema and nothing outside it
\set VERBOSITY terse
SET client_min_messages = warning;
CREATE EXTENSION inefficient_land CASCADE;
RESET client_min_messages;
SELECT extname FROM pg_extension WHERE extname IN ('postgis', 'btree_gist', 'inefficient_land') ORDER BY extname COLLATE "C";
SELECT inefficient_land.library_version() = extversion AS library_is_script FROM pg_extension WHERE extname = 'inefficient_land';
-- members outside the schema, the schema itself apart
SELECT pg_describe_object(classid, objid, objsubid)
  FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'inefficient_land'
 WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
   AND pg_describe_object(classid, objid, objsubid) NOT LIKE '%inefficient\_land%';
