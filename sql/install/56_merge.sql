-- merge: loading again without doubling
-- The documented reload: a delivery goes to a staging table, and MERGE on the
-- national code brings it into the survey.  What did not change is not written.

CREATE FUNCTION _merge_key(staging regclass, survey name, table_name name, key text[]) RETURNS text[]
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
DECLARE
    columns text[] := coalesce(key, _natural_key(table_name));
    absent text;
BEGIN
    SELECT string_agg(k.name, ', ') INTO absent
      FROM unnest(columns) AS k (name)
     WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = staging AND a.attname = k.name AND NOT a.attisdropped)
        OR NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = format('%I.%I', survey, table_name)::regclass AND a.attname = k.name AND NOT a.attisdropped);
    IF absent IS NOT NULL OR cardinality(columns) = 0 THEN
        RAISE EXCEPTION 'key column % is not in both % and %', coalesce(absent, '(none)'), staging, table_name USING ERRCODE = 'undefined_column',
            DETAIL = format('Rows are told apart by: %s.', array_to_string(columns, ', ')),
            HINT = 'Name the staging columns as the survey names them, or name other columns in key => ARRAY[…].';
    END IF;
    RETURN columns;
END
$function$;
COMMENT ON FUNCTION _merge_key(regclass, name, name, text[]) IS 'the columns that tell rows apart when a staging table is merged; error 42703 where one is missing';

CREATE FUNCTION _merge_column(staging regclass, survey name, table_name name)
    RETURNS TABLE (name text, type text, value text)
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000 ROWS 20
BEGIN ATOMIC
    SELECT t.attname::text, pg_catalog.format_type(t.atttypid, t.atttypmod),
           CASE WHEN pg_catalog.format_type(t.atttypid, t.atttypmod) LIKE '%(MultiPolygon,%' THEN format('_multipolygon(s.%I)', t.attname)
                WHEN t.attname = 'subdistrict' THEN 'coalesce(_trimmed_code(s.subdistrict::text), t.subdistrict)'
                WHEN t.atttypid = 'text'::regtype THEN format('CASE WHEN _trimmed_code(s.%1$I::text) IS NOT NULL THEN s.%1$I::text END', t.attname)
                WHEN t.atttypid = s.atttypid THEN format('s.%I', t.attname)
                WHEN s.atttypid IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype)
                    THEN format('nullif(btrim(s.%I), '''')::%s', t.attname, pg_catalog.format_type(t.atttypid, t.atttypmod))
                ELSE format('s.%I::%s', t.attname, pg_catalog.format_type(t.atttypid, t.atttypmod)) END
      FROM pg_catalog.pg_attribute t
      JOIN pg_catalog.pg_attribute s ON s.attrelid = _merge_column.staging AND s.attname = t.attname AND s.attnum > 0 AND NOT s.attisdropped
     WHERE t.attrelid = format('%I.%I', _merge_column.survey, _merge_column.table_name)::regclass AND t.attnum > 0 AND NOT t.attisdropped
       AND t.attname <> 'id'
       AND NOT EXISTS (SELECT FROM _reference(_merge_column.survey) r WHERE r.table_name = _merge_column.table_name AND r.id_column = t.attname)
     ORDER BY t.attnum;
END;
COMMENT ON FUNCTION _merge_column(regclass, name, name) IS 'the columns a staging table shares with a fact table (ids apart) and the expression of their new value: text is read as the type of the column, empty text as NULL, polygons become multipolygons without Z and M, an empty subdistrict keeps the one that is there, an empty text is no difference to NULL';

CREATE PROCEDURE _refuse_staging(survey name, staging regclass, key_text text, key_columns text[])
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
DECLARE
    codes text;
    total bigint;
    shown text;
    examples text;
BEGIN
    PERFORM _enter_survey(survey);
    EXECUTE format('SELECT count(*) FROM %s s WHERE %s IS NULL', staging, key_text) INTO total;
    IF total > 0 THEN
        -- the rows are shown without their geometries
        SELECT string_agg(format('s.%I', a.attname), ', ' ORDER BY a.attnum) INTO shown
          FROM pg_attribute a
         WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped AND format_type(a.atttypid, NULL) !~ '(^|\.)(geometry|geography|bytea)$';
        EXECUTE format('SELECT string_agg(left(jsonb_strip_nulls(to_jsonb(r))::text, 200), chr(10)) FROM (SELECT %s FROM %s s WHERE %s IS NULL LIMIT 5) r', shown, staging, key_text) INTO examples;
        RAISE EXCEPTION 'rows without % in %: %', array_to_string(key_columns, ', '), staging, total USING ERRCODE = 'null_value_not_allowed',
            DETAIL = concat(CASE WHEN total > 5 THEN 'Five of them:' WHEN total > 1 THEN 'They are:' ELSE 'It is:' END, chr(10), examples),
            HINT = 'Without it a row cannot be found again: complete it, or take these rows out of the staging table.';
    END IF;
    EXECUTE format($sql$
        SELECT string_agg(replace(btrim(d.key, chr(31)), chr(31), '/') || ' (' || d.n || ' times)', ', ' ORDER BY d.key COLLATE "C") FILTER (WHERE d.position <= 5), count(*)
          FROM (SELECT %s AS key, count(*) AS n, row_number() OVER (ORDER BY %1$s COLLATE "C") AS position
                  FROM %s s GROUP BY 1 HAVING count(*) > 1) d$sql$, key_text, staging) INTO codes, total;
    IF total > 0 THEN
        RAISE EXCEPTION '% stands more than once in %: %', array_to_string(key_columns, ', '), staging,
            codes || CASE WHEN total > 5 THEN format(' and %s more', total - 5) ELSE '' END USING ERRCODE = 'unique_violation',
            HINT = 'Keep one row for each in the staging table: which of them holds cannot be guessed.';
    END IF;
END
$procedure$;
COMMENT ON PROCEDURE _refuse_staging(name, regclass, text, text[]) IS 'refuses a staging table with rows without key (22004) or with a key twice (23505), naming them';

CREATE PROCEDURE merge_staging(survey name DEFAULT NULL, table_name name DEFAULT NULL, staging regclass DEFAULT NULL, key text[] DEFAULT NULL,
                               INOUT inserted bigint DEFAULT NULL, INOUT updated bigint DEFAULT NULL, INOUT unchanged bigint DEFAULT NULL)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
    SET jit = off        -- many short statements: compiling them took longer than all of them
AS $procedure$
DECLARE
    key_columns text[];
    key_types text[];
    c record;
    ignored text;
    kept bigint;
BEGIN
    IF table_name IS NULL OR staging IS NULL THEN
        RAISE EXCEPTION '% must not be null', CASE WHEN table_name IS NULL THEN 'table_name' ELSE 'staging' END USING ERRCODE = 'null_value_not_allowed',
            HINT = 'For example: CALL inefficient_land.merge_staging(''heping'', ''parcel'', ''staging.parcel'').';
    END IF;
    PERFORM _enter_survey(survey);
    PERFORM FROM _fact_table(survey) f WHERE f.table_name = merge_staging.table_name;
    IF NOT FOUND THEN
        RAISE EXCEPTION '"%" is not a fact table of survey "%"', table_name, survey USING ERRCODE = 'invalid_parameter_value',
            HINT = (SELECT 'Fact tables are: ' || string_agg(f.table_name, ', ' ORDER BY f.sequence) || '.' FROM _fact_table(survey) f);
    END IF;
    key_columns := _merge_key(staging, survey, table_name, key);
    SELECT array_agg(format_type(a.atttypid, NULL) ORDER BY array_position(key_columns, a.attname::text)) INTO key_types
      FROM pg_attribute a
     WHERE a.attrelid = format('%I.%I', survey, table_name)::regclass AND a.attname = ANY (key_columns) AND NOT a.attisdropped;
    CALL _refuse_staging(survey, staging, _key_expression('s', key_columns, key_types), key_columns);

    SELECT string_agg(format('%I', m.name), ', ') AS names,
           string_agg(format('%I = %s', m.name, m.value), ', ') AS assignments,
           -- geometries are compared byte by byte: the operators of PostGIS are not on the path
           string_agg(format(CASE WHEN m.type ~ '(^|\.)geometry' THEN '(t.%1$I)::bytea IS DISTINCT FROM (%2$s)::bytea'
                                  -- empty text says no more than NULL
                                  WHEN m.type = 'text' THEN 'CASE WHEN _trimmed_code(t.%1$I) IS NOT NULL THEN t.%1$I END IS DISTINCT FROM CASE WHEN _trimmed_code(%2$s) IS NOT NULL THEN %2$s END'
                                  ELSE 't.%1$I IS DISTINCT FROM %2$s' END,
                             m.name, m.value), ' OR ') AS difference,
           string_agg(replace(m.value, ', t.subdistrict)', CASE WHEN _no_subdistrict(survey, table_name) = '' THEN ', '''')' ELSE ')' END), ', ') AS "values"
      INTO c
      FROM _merge_column(staging, survey, table_name) m;
    SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) INTO ignored
      FROM pg_attribute a
     WHERE a.attrelid = staging AND a.attnum > 0 AND NOT a.attisdropped
       AND a.attname NOT IN (SELECT m.name FROM _merge_column(staging, survey, table_name) m);

    -- no code is unique here, so two merges at once would both insert
    EXECUTE format('LOCK TABLE %I IN SHARE ROW EXCLUSIVE MODE', table_name);
    EXECUTE format($sql$
        SELECT count(*) FILTER (WHERE t.n IS NULL), count(*) FILTER (WHERE t.n IS NOT NULL AND s.n IS NOT NULL), count(*) FILTER (WHERE s.n IS NULL)
          FROM (SELECT %s AS key, count(*) AS n FROM %s s GROUP BY 1) s
          FULL JOIN (SELECT %s AS key, count(*) AS n FROM %I t GROUP BY 1) t ON t.key = s.key$sql$,
        _key_expression('s', key_columns, key_types), staging, _key_expression('t', key_columns, key_types), table_name)
       INTO inserted, unchanged, kept;
    EXECUTE format($sql$
        MERGE INTO %I t USING %s s ON %s = %s
         WHEN MATCHED AND (%s) THEN UPDATE SET %s
         WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)$sql$,
        table_name, staging, _key_expression('t', key_columns, key_types), _key_expression('s', key_columns, key_types),
        c.difference, c.assignments, c.names, c."values");
    GET DIAGNOSTICS updated = ROW_COUNT;
    updated := updated - inserted;
    unchanged := greatest(unchanged - updated, 0);
    RAISE NOTICE 'merge_staging %.%: % inserted, % updated, % unchanged, % not in the staging table and kept%',
        survey, table_name, inserted, updated, unchanged, kept, coalesce('; columns ignored: ' || ignored, '');
END
$procedure$;
COMMENT ON PROCEDURE merge_staging(name, name, regclass, text[], bigint, bigint, bigint) IS 'brings a delivery into a fact table again: MERGE on the natural key (the code; key => other columns), over the columns both have, ids apart. Writes only rows that differ, deletes nothing, and says which columns it ignored. Blanks around codes do not count in the key. Works with the privileges of the caller. Errors: 23505 a key stands twice in the staging table, 22004 a row without key or a NULL argument, 42703 key column missing, 22023 not a fact table, 3F000 unknown survey';
