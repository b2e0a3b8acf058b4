-- survey: a schema of the user's own with the facts, results and views of one district
-- The tables stand in 51_fact.sql and 52_result.sql, the views in the topics they belong to.

-- PostGIS is needed again, see 00_schema.sql.
SELECT pg_catalog.set_config('search_path',
           pg_catalog.format('inefficient_land, %I, pg_temp', n.nspname), true)
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) e.extnamespace
 WHERE e.extname OPERATOR(pg_catalog.=) 'postgis';

CREATE FUNCTION _survey_version() RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN 1;
COMMENT ON FUNCTION _survey_version() IS 'version of the survey tables that this release creates and reads';

CREATE FUNCTION _survey_exists(survey name) RETURNS boolean
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10
BEGIN ATOMIC
    SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = _survey_exists.survey AND c.relname = 'survey'
                      AND pg_catalog.obj_description(c.oid, 'pg_class') LIKE 'inefficient_land survey%');
END;
COMMENT ON FUNCTION _survey_exists(name) IS 'whether the schema was made by create_survey';

CREATE FUNCTION _require_survey(survey name) RETURNS void
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    IF survey IS NULL THEN
        RAISE EXCEPTION 'survey must not be null' USING ERRCODE = 'null_value_not_allowed',
            HINT = 'Name the schema of a survey, for example CALL inefficient_land.assess(''heping'', …).';
    END IF;
    IF NOT _survey_exists(survey) THEN
        RAISE EXCEPTION 'survey "%" does not exist', survey USING ERRCODE = 'invalid_schema_name',
            HINT = 'SELECT * FROM inefficient_land.survey_list() names the surveys of this database; CALL inefficient_land.create_survey(name, srid => 4548) creates one.';
    END IF;
    -- without it PostgreSQL would skip the schema and look for its tables elsewhere
    IF NOT has_schema_privilege(survey, 'USAGE') THEN
        RAISE EXCEPTION 'permission denied for survey "%"', survey USING ERRCODE = 'insufficient_privilege',
            HINT = 'Its owner gives access by CALL inefficient_land.grant_access(survey, role, level).';
    END IF;
END
$function$;
COMMENT ON FUNCTION _require_survey(name) IS 'error unless the schema is a survey that the caller may use: 22004 NULL, 3F000 unknown, 42501 not permitted';

-- The one plpgsql function without a search_path of its own: it sets the path of
-- its caller, which has one, so the setting ends with the caller.
CREATE FUNCTION _enter_survey(survey name, creating boolean DEFAULT false, with_postgis boolean DEFAULT false) RETURNS void
    LANGUAGE plpgsql VOLATILE CALLED ON NULL INPUT PARALLEL UNSAFE COST 10
AS $function$
DECLARE
    postgis name := inefficient_land._postgis_schema();
BEGIN
    IF NOT creating OR survey IS NULL THEN
        PERFORM inefficient_land._require_survey(survey);
    END IF;
    -- Our functions come first, so that nothing in the survey can stand in for them; while
    -- creating, the new schema comes first because new objects go to the first schema.
    -- Where PostGIS lives in public, strangers may have put better fitting operators and
    -- functions there: only who creates tables with geometry asks for that schema.
    PERFORM pg_catalog.set_config('search_path',
        CASE WHEN creating THEN pg_catalog.format('%I, inefficient_land', survey)
             ELSE pg_catalog.format('inefficient_land, %I', survey) END
        OPERATOR(pg_catalog.||) CASE WHEN with_postgis THEN pg_catalog.format(', %I, pg_temp', postgis) ELSE ', pg_temp' END, true);
END
$function$;
COMMENT ON FUNCTION _enter_survey(name, boolean, boolean) IS 'sets the search_path of the calling function to our schema, the survey and, only where asked for, PostGIS; error 3F000 for an unknown survey';

CREATE FUNCTION _require_right(survey name, table_name text, action text) RETURNS void
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    IF NOT has_table_privilege(format('%I.%I', survey, table_name), 'INSERT') THEN
        RAISE EXCEPTION 'permission denied to % in survey "%"', action, survey USING ERRCODE = 'insufficient_privilege',
            HINT = format('Its owner, role "%s", may %s; readers and surveyors may not.', (SELECT pg_get_userbyid(n.nspowner) FROM pg_namespace n WHERE n.nspname = survey), action);
    END IF;
END
$function$;
COMMENT ON FUNCTION _require_right(name, text, text) IS 'error 42501 that says who may, unless the caller may insert into the table that an action writes';

CREATE FUNCTION survey_list() RETURNS TABLE (survey name, title text, srid integer, synthetic boolean)
    LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 ROWS 10
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    FOR survey IN SELECT n.nspname FROM pg_namespace n WHERE _survey_exists(n.nspname) AND has_schema_privilege(n.oid, 'USAGE') ORDER BY n.nspname
    LOOP
        IF has_table_privilege(format('%I.survey', survey), 'SELECT') THEN
            RETURN QUERY EXECUTE format('SELECT %L::name, CASE current_setting(''inefficient_land.language'', true) WHEN ''zh'' THEN s.title_zh ELSE s.title_en END, s.srid, s.synthetic FROM %I.survey s', survey, survey);
        END IF;
    END LOOP;
END
$function$;
COMMENT ON FUNCTION survey_list() IS 'the surveys of this database that the caller may read: schema, title in the language of inefficient_land.language, SRID, whether its data are synthetic';

CREATE PROCEDURE create_survey(survey text DEFAULT NULL, srid integer DEFAULT NULL, template text DEFAULT 'single_server', title_en text DEFAULT NULL, title_zh text DEFAULT NULL, base_year integer DEFAULT NULL, synthetic boolean DEFAULT false)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
DECLARE
    kind text;
BEGIN
    IF survey IS NULL OR srid IS NULL THEN
        RAISE EXCEPTION '% must not be null', CASE WHEN survey IS NULL THEN 'survey' ELSE 'srid' END USING ERRCODE = 'null_value_not_allowed',
            HINT = 'For example: CALL inefficient_land.create_survey(''heping'', srid => 4548).';
    END IF;
    -- a name would be cut off in silence
    IF survey = '' OR octet_length(survey) > 63 THEN
        RAISE EXCEPTION 'a survey cannot be called "%"', survey USING ERRCODE = CASE WHEN survey = '' THEN 'invalid_parameter_value' ELSE 'name_too_long' END,
            DETAIL = format('The name has %s bytes; the name of a schema has 1 to 63, a Chinese character counts three.', octet_length(survey)),
            HINT = 'Choose a short name and say the rest in title_en and title_zh.';
    END IF;
    IF template IS DISTINCT FROM 'single_server' AND template IS DISTINCT FROM 'distributed' THEN
        RAISE EXCEPTION 'unknown template "%"', coalesce(template, 'null') USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Templates are single_server (keys are id) and distributed (keys are subdistrict, id).';
    END IF;
    IF getdatabaseencoding() <> 'UTF8' THEN
        RAISE EXCEPTION 'a survey needs a database in UTF8, this one is in %', getdatabaseencoding() USING ERRCODE = 'feature_not_supported';
    END IF;
    IF EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = survey) THEN
        RAISE EXCEPTION 'schema "%" already exists', survey USING ERRCODE = 'duplicate_schema',
            HINT = CASE WHEN _survey_exists(survey) THEN format('It is a survey: use it, or remove it with all its data by CALL inefficient_land.drop_survey(%L).', survey)
                        ELSE 'A survey is a schema of its own: choose another name.' END;
    END IF;
    kind := crs_kind(srid);
    IF kind <> 'projected' THEN
        RAISE EXCEPTION 'SRID % cannot hold a survey: its kind is %', srid, kind USING ERRCODE = 'invalid_parameter_value',
            DETAIL = 'Plot ratios and amounts per hectare need a projected coordinate system in metres that the EPSG registry knows.',
            HINT = 'In Tianjin use EPSG:4548 (CGCS2000, central meridian 117°E), or 4527 with the zone in the easting. Transform data of a local system with the parameters of your surveying authority before loading.';
    END IF;
    EXECUTE format('CREATE SCHEMA %I', survey);
    PERFORM _enter_survey(survey, creating => true);
    CALL _create_fact_tables(survey, srid);
    CALL _create_standard_tables(survey);
    CALL _create_result_tables(survey, srid);
    EXECUTE 'INSERT INTO survey (name, title_en, title_zh, srid, base_year, synthetic, version) VALUES ($1, $2, $3, $4, $5, $6, $7)'
      USING survey, coalesce(title_en, survey), coalesce(title_zh, title_en, survey), srid, base_year, synthetic, _survey_version();
    CALL _create_registry_views(survey);
    CALL _create_report_views(survey);
    CALL _create_layer_views(survey);
    IF template = 'distributed' THEN
        CALL _put_subdistrict_into_keys(survey);
    END IF;
    CALL _comment_columns(survey);
END
$procedure$;
COMMENT ON PROCEDURE create_survey(text, integer, text, text, text, integer, boolean) IS 'creates a survey: a schema owned by the caller with empty fact and result tables, standards of its own and the outcome views. srid: a projected system in metres (Tianjin: 4548); template: single_server or distributed; titles in both languages; base_year: year of the land-change survey the patches come from; synthetic: marks every output. Errors: 42P06 schema exists, 42622 a name of more than 63 bytes, 22023 an empty name, unsuitable SRID or unknown template, 22004 NULL';

CREATE PROCEDURE drop_survey(survey name DEFAULT NULL)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
    SET client_min_messages = warning      -- or it lists every table and view
AS $procedure$
BEGIN
    PERFORM _enter_survey(survey);      -- refuses what is not a survey
    EXECUTE format('DROP SCHEMA %I CASCADE', survey);
END
$procedure$;
COMMENT ON PROCEDURE drop_survey(name) IS 'drops a survey with all its facts, results and determinations; refuses a schema that create_survey did not make (3F000)';

CREATE PROCEDURE _put_subdistrict_into_keys(survey name)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $procedure$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT c.relname, k.conname
               FROM pg_class c
               JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = survey
               JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'subdistrict' AND NOT a.attisdropped
               JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p' AND cardinality(k.conkey) = 1
              -- findings speak of tables without subdistrict, too
              WHERE c.relkind = 'r' AND c.relname <> 'finding'
    LOOP
        EXECUTE format('ALTER TABLE %I.%I DROP CONSTRAINT %I, ADD PRIMARY KEY (subdistrict, id), ALTER subdistrict SET DEFAULT ''''', survey, t.relname, t.conname);
    END LOOP;
END
$procedure$;
COMMENT ON PROCEDURE _put_subdistrict_into_keys(name) IS 'template distributed: the subdistrict leads the key of every table that carries it, findings apart, so that it can be the distribution column; what comes without one is empty until resolve_keys fills it';
