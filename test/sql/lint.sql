-- lint: what the catalog says about the extension's objects; each query lists offenders
\pset tuples_only on
SET search_path = pg_catalog;

-- the members, once
CREATE TEMP TABLE member AS
SELECT d.classid, d.objid
  FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
 WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'inefficient_land';
CREATE TEMP VIEW routine AS
SELECT p.*, p.oid::regprocedure::text AS signature, l.lanname
  FROM member m JOIN pg_proc p ON p.oid = m.objid JOIN pg_language l ON l.oid = p.prolang
 WHERE m.classid = 'pg_proc'::regclass;
CREATE TEMP VIEW relation AS
SELECT c.* FROM member m JOIN pg_class c ON c.oid = m.objid WHERE m.classid = 'pg_class'::regclass;
SELECT 'members seen: ' || (count(*) > 1)::text FROM member;

-- without a comment: objects (array types, row types and the halves of operator classes apart)
SELECT pg_describe_object(m.classid, m.objid, 0)
  FROM member m
  LEFT JOIN pg_type t ON m.classid = 'pg_type'::regclass AND t.oid = m.objid
  LEFT JOIN pg_class c ON c.oid = t.typrelid
 WHERE obj_description(m.objid, m.classid::regclass::name) IS NULL
   AND NOT (t.oid IS NOT NULL AND (t.typcategory = 'A' OR c.relkind IN ('r', 'v', 'p', 'm')))
   AND NOT (m.classid = 'pg_class'::regclass AND (SELECT relkind FROM pg_class WHERE oid = m.objid) IN ('c', 'S', 'i'))
   AND m.classid NOT IN ('pg_opfamily'::regclass, 'pg_cast'::regclass)
 ORDER BY 1;
-- without a comment: columns of tables and views
SELECT c.oid::regclass || '.' || a.attname
  FROM relation c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE c.relkind IN ('r', 'p', 'v', 'm') AND col_description(c.oid, a.attnum) IS NULL
 ORDER BY 1;

-- arguments without a name
SELECT signature FROM routine
 WHERE pronargs > 0
   AND (proargnames IS NULL OR '' = ANY (proargnames[1:greatest(pronargs, cardinality(proallargtypes))]))
 ORDER BY 1;
-- names that are not lower_snake, arguments included
SELECT signature FROM routine
 WHERE proname !~ '^_?[a-z][a-z0-9_]*$'
    OR EXISTS (SELECT FROM unnest(proargnames) a WHERE a !~ '^_?[a-z][a-z0-9_]*$')
 ORDER BY 1;
-- names that a function or aggregate of PostgreSQL hides on every search_path
SELECT r.signature FROM routine r JOIN pg_proc p USING (proname, proargtypes)
 WHERE p.pronamespace = 'pg_catalog'::regnamespace ORDER BY 1;
-- C symbols that do not start with il_
SELECT signature, prosrc FROM routine WHERE lanname = 'c' AND prosrc !~ '^il_' ORDER BY 1;

-- languages other than C, SQL and plpgsql
SELECT signature FROM routine WHERE prokind <> 'a' AND lanname NOT IN ('c', 'sql', 'plpgsql') ORDER BY 1;
-- SQL functions whose body is a string
SELECT signature FROM routine WHERE lanname = 'sql' AND prosqlbody IS NULL ORDER BY 1;
-- plpgsql functions without a search_path of their own
SELECT signature FROM routine
 WHERE lanname = 'plpgsql'
   AND NOT coalesce('search_path=pg_catalog, inefficient_land, pg_temp' = ANY (proconfig), false)
   AND proname <> '_enter_survey'      -- sets the path of its caller
 ORDER BY 1;
-- functions that put PostGIS's schema, where strangers may create, on their path; those that create tables need its types
SELECT signature FROM routine
 WHERE prosrc ~ '_enter_survey\([^;]*(with_postgis *=> *true|, *(true|false) *, *true)'
   AND proname NOT IN ('_create_fact_tables', '_create_result_tables')
 ORDER BY 1;
-- rights that nothing here may have
SELECT signature FROM routine WHERE prosecdef OR proleakproof ORDER BY 1;

-- aggregates that no engine can split: pseudo-typed state, no combine function, not parallel safe
SELECT r.signature, a.aggtranstype::regtype, a.aggcombinefn, r.proparallel
  FROM routine r JOIN pg_aggregate a ON a.aggfnoid = r.oid
 WHERE r.proparallel <> 's' OR a.aggcombinefn = 0
    OR (SELECT typtype FROM pg_type WHERE oid = a.aggtranstype) = 'p'
 ORDER BY 1;
-- support functions of aggregates with weaker labels than parallel safe and immutable
SELECT r.signature, f.oid::regprocedure
  FROM routine r JOIN pg_aggregate a ON a.aggfnoid = r.oid
  JOIN pg_proc f ON f.oid IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn)
 WHERE f.proparallel <> 's' OR f.provolatile <> 'i'
 ORDER BY 1, 2;
-- immutable functions that are not parallel safe
SELECT signature FROM routine WHERE provolatile = 'i' AND proparallel <> 's' AND prokind <> 'a' ORDER BY 1;
-- functions that may run in a parallel plan but call what must not (a setting changed with set_config, too)
SELECT r.signature, string_agg(DISTINCT u.proname, ', ' ORDER BY u.proname)
  FROM routine r JOIN (SELECT proname FROM routine WHERE proparallel = 'u' AND prokind = 'f' UNION ALL VALUES ('set_config'::name)) u
    ON coalesce(pg_get_function_sqlbody(r.oid), r.prosrc) ~ ('\m' || u.proname || '\M"?\s*\(')
 WHERE r.proparallel <> 'u' AND r.lanname IN ('sql', 'plpgsql')
 GROUP BY r.signature ORDER BY r.signature;
-- functions that may run in a parallel plan but catch errors, which needs a subtransaction
SELECT signature FROM routine
 WHERE lanname = 'plpgsql' AND proparallel <> 'u' AND prosrc ~* '\mexception\s+when\M' ORDER BY 1;
-- functions labelled less volatile than what they call
SELECT r.signature, string_agg(DISTINCT u.proname, ', ' ORDER BY u.proname)
  FROM routine r JOIN routine u
    ON coalesce(pg_get_function_sqlbody(r.oid), r.prosrc) ~ ('\m' || u.proname || '\M"?\s*\(') AND r.oid <> u.oid AND r.proname <> u.proname
 WHERE r.provolatile = 'i' AND u.provolatile <> 'i' AND r.lanname IN ('sql', 'plpgsql')
 GROUP BY r.signature ORDER BY r.signature;
-- overloads that make plot_ratio(numeric) ambiguous: same name, number types of both kinds
SELECT proname FROM routine
 WHERE prokind IN ('f', 'a')
 GROUP BY proname, pronargs
HAVING bool_or('float8'::regtype = ANY (proargtypes::oid[])) AND bool_or('numeric'::regtype = ANY (proargtypes::oid[]))
 ORDER BY 1;

-- types that a value cannot leave or enter in binary form
SELECT t.oid::regtype FROM member m JOIN pg_type t ON t.oid = m.objid
 WHERE m.classid = 'pg_type'::regclass AND t.typtype = 'b' AND t.typcategory <> 'A'
   AND (t.typsend = 0 OR t.typreceive = 0)
 ORDER BY 1;
-- views that read with the rights of their owner
SELECT c.oid::regclass FROM relation c
 WHERE c.relkind = 'v' AND NOT coalesce(reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false)
 ORDER BY 1;
-- tables and sequences that PUBLIC may change
SELECT c.oid::regclass, a.privilege_type FROM relation c, aclexplode(c.relacl) a
 WHERE a.grantee = 0 AND a.privilege_type <> 'SELECT'
 ORDER BY 1, 2;
-- rights of PUBLIC in the schema beyond USAGE
SELECT a.privilege_type FROM pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
 WHERE n.nspname = 'inefficient_land' AND a.grantee = 0 AND a.privilege_type <> 'USAGE';
-- objects in the schema that are no members of the extension
SELECT c.oid::regclass::text FROM pg_class c
 WHERE c.relnamespace = 'inefficient_land'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
   AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid)
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i'))
UNION ALL
SELECT p.oid::regprocedure::text FROM pg_proc p
 WHERE p.pronamespace = 'inefficient_land'::regnamespace
   AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid)
 ORDER BY 1;
