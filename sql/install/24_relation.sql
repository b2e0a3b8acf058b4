-- relation: what is asked of a relation that a caller names
-- Relations come as regclass and column names, never as SQL text.

CREATE FUNCTION _postgis_schema() RETURNS name
    LANGUAGE sql STABLE PARALLEL SAFE COST 10
BEGIN ATOMIC
    SELECT n.nspname FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) e.extnamespace
     WHERE e.extname OPERATOR(pg_catalog.=) 'postgis';
END;
COMMENT ON FUNCTION _postgis_schema() IS 'the schema that PostGIS is installed in';

CREATE FUNCTION _has_column(relation regclass, column_name name) RETURNS boolean
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = _has_column.relation AND a.attname = _has_column.column_name AND a.attnum > 0 AND NOT a.attisdropped);
END;
COMMENT ON FUNCTION _has_column(regclass, name) IS 'whether a relation has a column';

CREATE FUNCTION _require_column(relation regclass, column_name name) RETURNS name
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    IF relation IS NULL THEN
        RAISE EXCEPTION 'a relation is null' USING ERRCODE = 'null_value_not_allowed', HINT = 'Name a table or view.';
    ELSIF _has_column(relation, column_name) IS NOT TRUE THEN
        RAISE EXCEPTION 'relation % has no column "%"', relation, column_name USING ERRCODE = 'undefined_column',
            HINT = 'The arguments for key, geometry and value name columns of it.';
    END IF;
    RETURN column_name;
END
$function$;
COMMENT ON FUNCTION _require_column(regclass, name) IS 'the column, or error 22004 for a relation that is NULL, 42703 for a column that does not exist';

CREATE FUNCTION _usual_key(relation regclass, key name) RETURNS name
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
BEGIN ATOMIC
    SELECT _require_column(_usual_key.relation, coalesce(_usual_key.key,
               (SELECT a.attname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                 WHERE i.indrelid = _usual_key.relation AND i.indisprimary AND i.indnkeyatts = 1), 'id'::name));
END;
COMMENT ON FUNCTION _usual_key(regclass, name) IS 'the column named, else the primary key of one column, else id, as overlap_areas takes it; errors as _require_column';

CREATE FUNCTION _usual_geometry(relation regclass, geometry_column name) RETURNS name
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
BEGIN ATOMIC
    SELECT _require_column(_usual_geometry.relation, coalesce(_usual_geometry.geometry_column,
                    (SELECT min(a.attname::text) FROM pg_attribute a
                      WHERE a.attrelid = _usual_geometry.relation AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'geometry'::regtype
                     HAVING count(*) = 1),
                    'geom')::name);
END;
COMMENT ON FUNCTION _usual_geometry(regclass, name) IS 'the column named, else the only one of type geometry, else geom, as overlap_areas takes it; errors as _require_column';

CREATE FUNCTION _key_order(key_type regtype) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10
BEGIN ATOMIC
    SELECT CASE WHEN t.typcollation <> 0::oid THEN ' COLLATE pg_catalog."C"' ELSE '' END FROM pg_type t WHERE t.oid = _key_order.key_type;
END;
COMMENT ON FUNCTION _key_order(regtype) IS 'what follows a key in ORDER BY, so that ties depend on no locale';

CREATE FUNCTION _require_keys(relation regclass, key name) RETURNS void
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    bad record;
BEGIN
    EXECUTE format('SELECT t.%1$I::text AS key, count(*) AS n FROM %2$s t GROUP BY t.%1$I HAVING count(*) > 1 OR t.%1$I IS NULL
                     ORDER BY t.%1$I::text COLLATE "C" NULLS FIRST LIMIT 1', key, relation) INTO bad;
    IF bad.n IS NOT NULL AND bad.key IS NULL THEN
        RAISE EXCEPTION 'a key of % is null', relation USING ERRCODE = 'not_null_violation';
    ELSIF bad.n IS NOT NULL THEN
        RAISE EXCEPTION 'key % comes more than once in %', bad.key, relation USING ERRCODE = 'unique_violation';
    END IF;
END
$function$;
COMMENT ON FUNCTION _require_keys(regclass, name) IS 'error 23502 where a key is NULL, 23505 where one comes twice';
