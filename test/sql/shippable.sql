-- shippable: what may not run on another server
-- Everything else is immutable and parallel safe: postgres_fdw and Citus may send
-- it to where the rows are.  The functions below read tables, settings, the
-- clock or files of the machine, or they write; their comments say which.
\pset format unaligned
\pset footer off
SELECT p.prokind AS kind, p.proname AS name,
       string_agg(DISTINCT CASE p.provolatile WHEN 's' THEN 'stable' WHEN 'v' THEN 'volatile' ELSE 'immutable' END
                  || CASE p.proparallel WHEN 's' THEN '' WHEN 'r' THEN ', parallel restricted' ELSE ', parallel unsafe' END,
                  '; ') AS label
  FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'inefficient_land'
  JOIN pg_proc p ON p.oid = d.objid
 WHERE d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
   AND (p.provolatile <> 'i' OR p.proparallel <> 's')
 GROUP BY p.prokind, p.proname
 ORDER BY p.prokind, p.proname COLLATE "C";
