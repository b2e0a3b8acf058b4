-- standard document: a standard as one JSON document, to be sent, compared and read back

CREATE FUNCTION export_standard(standard text, survey name DEFAULT NULL) RETURNS jsonb
    LANGUAGE plpgsql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10000
    SET search_path = pg_catalog, inefficient_land, pg_temp SET extra_float_digits = 1
AS $function$
DECLARE
    home name := _standard_home(survey, standard);
    rows jsonb := _standard_rows(home, standard);
BEGIN
    RETURN jsonb_build_object('format', 'inefficient_land standard', 'format_version', 2)
        || (SELECT jsonb_object_agg(t.key, CASE WHEN jsonb_typeof(t.value) = 'array' THEN (SELECT coalesce(jsonb_agg(r.value - 'standard' ORDER BY r.i), '[]') FROM jsonb_array_elements(t.value) WITH ORDINALITY AS r (value, i)) ELSE t.value END)
              FROM jsonb_each(rows) t);
END
$function$;
COMMENT ON FUNCTION export_standard(text, name) IS 'a standard, shipped or the survey''s own, as one document: its rows by table, in a fixed order, numbers to the last digit; the same standard always gives the same bytes, whatever the settings. jsonb_pretty() makes it legible. Errors: 42704 unknown standard, 3F000 unknown survey';

CREATE FUNCTION _document_of_version_1(document jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    SET search_path = pg_catalog, inefficient_land, pg_temp
AS $function$
BEGIN
    RETURN document || jsonb_build_object(
        'land_type', (SELECT coalesce(jsonb_agg(t.value - '{peer_facts,peer_minimum}'::text[] ORDER BY t.i), '[]') FROM jsonb_array_elements(document -> 'land_type') WITH ORDINALITY AS t (value, i)),
        'peer_group', (SELECT coalesce(jsonb_agg(jsonb_build_object('land_type', t.value -> 'land_type', 'sequence', 1, 'facts', t.value -> 'peer_facts', 'population', NULL, 'minimum', t.value -> 'peer_minimum', 'below', 'unknown') ORDER BY t.i), '[]')
                         FROM jsonb_array_elements(document -> 'land_type') WITH ORDINALITY AS t (value, i) WHERE t.value ? 'peer_minimum'));
END
$function$;
COMMENT ON FUNCTION _document_of_version_1(jsonb) IS 'a document of version 1, in which a land type had one peer group in columns of its own, as version 2';

CREATE PROCEDURE import_standard(document jsonb, survey name, target text DEFAULT NULL)
    LANGUAGE plpgsql
    SET search_path = pg_catalog, inefficient_land, pg_temp SET extra_float_digits = 1
AS $procedure$
DECLARE
    parts text[] := (SELECT array_agg(regexp_replace(t.name, '^standard_', '') ORDER BY t.place) FROM unnest(_standard_tables()) WITH ORDINALITY AS t (name, place));
    part text;
    row_value jsonb;
    code text := coalesce(target, document #>> '{standard,code}');
    strange text;
BEGIN
    PERFORM _enter_survey(survey);
    IF document ->> 'format' IS DISTINCT FROM 'inefficient_land standard' OR coalesce(document ->> 'format_version', '') NOT IN ('1', '2') OR jsonb_typeof(document -> 'standard') IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'document is not a standard that this version reads' USING ERRCODE = 'invalid_parameter_value',
            DETAIL = format('Its format is %s, version %s.', coalesce(document ->> 'format', 'missing'), coalesce(document ->> 'format_version', 'missing')),
            HINT = 'export_standard() writes such documents: format "inefficient_land standard", format_version 2; version 1 is read, too.';
    END IF;
    IF code IS NULL OR code = '' OR position('/' IN code) > 0 THEN
        RAISE EXCEPTION 'target must be a name without "/", not %', coalesce(quote_literal(code), 'null') USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF document ->> 'format_version' = '1' THEN
        document := _document_of_version_1(document);
    END IF;
    SELECT string_agg(k, ', ' ORDER BY k COLLATE "C") INTO strange FROM jsonb_object_keys(document) k
     WHERE k <> ALL ('{format,format_version}'::text[] || parts);
    IF strange IS NOT NULL THEN
        RAISE EXCEPTION 'document has an unknown part %', strange USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOREACH part IN ARRAY parts
    LOOP
        FOR row_value IN SELECT e FROM jsonb_array_elements(CASE part WHEN 'standard' THEN jsonb_build_array(document -> 'standard') ELSE coalesce(document -> part, '[]') END) e
        LOOP
            row_value := CASE part WHEN 'rule' THEN '{"variant": ""}' WHEN 'control' THEN '{"zone": "", "size_class": "", "year": 0}' ELSE '{}' END::jsonb || row_value || jsonb_build_object(CASE part WHEN 'standard' THEN 'code' ELSE 'standard' END, code);
            SELECT string_agg(k, ', ' ORDER BY k COLLATE "C") INTO strange FROM jsonb_object_keys(row_value) k
             WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = format('inefficient_land.%I', CASE part WHEN 'standard' THEN part ELSE 'standard_' || part END)::regclass AND a.attname = k AND a.attnum > 0 AND NOT a.attisdropped);
            IF strange IS NOT NULL THEN
                RAISE EXCEPTION 'document has an unknown field % in part %', strange, part USING ERRCODE = 'invalid_parameter_value',
                    HINT = 'A later version may have written it. Nothing was imported.';
            END IF;
            EXECUTE format('INSERT INTO %1$I.%2$I SELECT r.* FROM jsonb_populate_record(NULL::%1$I.%2$I, $1) r', survey, CASE part WHEN 'standard' THEN part ELSE 'standard_' || part END) USING row_value;
        END LOOP;
    END LOOP;
END
$procedure$;
COMMENT ON PROCEDURE import_standard(jsonb, name, text) IS 'reads a document of export_standard() into the survey, under its own code or as target; its rules are checked as when they are saved. Nothing is overwritten. Errors: 22023 another format, a field or part that is not known, 23505 the survey has a standard of that code, 3F000 unknown survey, those of a broken rule';
