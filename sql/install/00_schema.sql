-- inefficient_land: schema and search path of the script

-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION inefficient_land CASCADE" to load this file. \quit

-- Plain CREATE: a schema that a stranger prepared under this name is refused.
CREATE SCHEMA inefficient_land;
COMMENT ON SCHEMA inefficient_land IS 'finds, explains and helps to redevelop inefficiently used urban land (低效用地)';
GRANT USAGE ON SCHEMA inefficient_land TO PUBLIC;

-- Names in this script bind to our schema, then to the one PostGIS lives in, and to
-- nothing else.  Where PostGIS lives in public a stranger may have put an operator
-- there that fits better than PostgreSQL's own, such as double precision >= integer:
-- topics without geometry leave that schema out (35 to 48), the others compare and
-- compute with matching types.
SELECT pg_catalog.set_config('search_path',
           pg_catalog.format('inefficient_land, %I, pg_temp', n.nspname), true)
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) e.extnamespace
 WHERE e.extname OPERATOR(pg_catalog.=) 'postgis';

CREATE FUNCTION library_version() RETURNS text
    AS 'MODULE_PATHNAME', 'il_library_version' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION library_version() IS 'version of the loaded library; differs from the installed script only between a package update and ALTER EXTENSION UPDATE';
