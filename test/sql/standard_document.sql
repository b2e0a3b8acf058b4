-- standard_document: out and back, byte for byte
SET search_path = inefficient_land, public;
\set VERBOSITY terse
SET client_min_messages = warning;
CALL create_survey('survey_document', 4548);
RESET client_min_messages;

-- every shipped standard comes back as it went out
DO $$
DECLARE s text;
BEGIN
    FOR s IN SELECT code FROM standard LOOP
        CALL import_standard(export_standard(s), 'survey_document');
    END LOOP;
END $$;
SELECT count(*) AS standards, count(*) FILTER (WHERE export_standard(s.code)::text = export_standard(s.code, 'survey_document')::text) AS same FROM standard s;
SELECT count(*) FROM survey_document.standard_rule r FULL JOIN standard_rule o USING (standard, land_type, rule) WHERE (r.criterion = o.criterion AND r.applicability IS NOT DISTINCT FROM o.applicability) IS NOT TRUE;
SELECT k, CASE jsonb_typeof(v) WHEN 'array' THEN jsonb_array_length(v) || ' rows' WHEN 'object' THEN v ->> 'code' ELSE v #>> '{}' END FROM jsonb_each(export_standard('shanghai-2024')) e (k, v);
SELECT export_standard('shanghai-2024') -> 'rule';
-- numbers to the last digit, whatever the settings
INSERT INTO survey_document.standard_control (standard, indicator, value, source) VALUES ('shanghai-2024', 'x', 0.1::float8 + 0.2::float8, 'test'), ('shanghai-2024', 'y', 1e-300, 'test');
CREATE TEMP TABLE kept AS SELECT export_standard('shanghai-2024', 'survey_document') AS document;
SELECT c ->> 'indicator' AS indicator, c ->> 'value' = '0.30000000000000004' AS digits, (c ->> 'value')::float8 = 1e-300 AS small FROM kept, jsonb_array_elements(document -> 'control') c;
SET extra_float_digits = -10; SET DateStyle = 'SQL, DMY'; SET inefficient_land.language = 'zh';
SELECT document::text = export_standard('shanghai-2024', 'survey_document')::text AS same FROM kept;
SELECT export_standard('idle-land-2012') #>> '{standard,valid_from}' AS valid_from;
RESET extra_float_digits; RESET DateStyle; RESET inefficient_land.language;
-- under another code
CREATE FUNCTION pg_temp.read(document jsonb, target text DEFAULT NULL, survey name DEFAULT 'survey_document') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    CALL import_standard(document, survey, target);
    SET CONSTRAINTS ALL IMMEDIATE;
    RETURN coalesce(target, 'its own code');
END $$;
SELECT pg_temp.read(document, 'copy') FROM kept;
SELECT export_standard('copy', 'survey_document') - 'standard' = document - 'standard' AS same FROM kept;
SELECT value = 0.1::float8 + 0.2::float8 AS exact FROM survey_document.standard_control WHERE standard = 'copy' AND indicator = 'x';
-- an edited document is another document
UPDATE survey_document.standard_rule SET criterion = 'performance_grade in (''C'', ''D'')' WHERE standard = 'copy';
SELECT export_standard('copy', 'survey_document') - 'standard' = document - 'standard' AS same FROM kept;

-- a document of version 1, in which peers stood in columns of the land type, and rules and values had one scope
CREATE TEMP TABLE old AS
SELECT (d - 'peer_group') || jsonb_build_object('format_version', 1,
           'land_type', (SELECT jsonb_agg(t || jsonb_build_object('peer_facts', coalesce(g -> 'facts', '[]'), 'peer_minimum', coalesce(g -> 'minimum', '3'))) FROM jsonb_array_elements(d -> 'land_type') t LEFT JOIN jsonb_array_elements(d -> 'peer_group') g ON g ->> 'land_type' = t ->> 'land_type'),
           'rule', (SELECT jsonb_agg(r - '{variant,management_area,zone,industry_code,industry_code_system,size_class}'::text[]) FROM jsonb_array_elements(d -> 'rule') r),
           'control', (SELECT jsonb_agg(c - '{zone,size_class,year}'::text[]) FROM jsonb_array_elements(d -> 'control') c)) AS document
  FROM export_standard('jinhua-2024') d;
SELECT document -> 'land_type' -> 0 -> 'peer_facts' AS peer_facts, document ? 'peer_group' AS has_groups FROM old;
SELECT pg_temp.read(document, 'old') FROM old;
SELECT o -> 'rule' = n -> 'rule' AS same_rules, o -> 'control' = n -> 'control' AS same_values, o -> 'land_type' = n -> 'land_type' AS same_land_types FROM export_standard('jinhua-2024') n, export_standard('old', 'survey_document') o;
SELECT land_type, sequence, facts, minimum, below FROM survey_document.standard_peer_group WHERE standard = 'old' ORDER BY land_type COLLATE "C";

-- what is refused, without a trace
SELECT pg_temp.read(document) FROM kept;
CALL import_standard('{"format": "something else"}', 'survey_document');
CALL import_standard('{}', 'survey_document');
CALL import_standard(NULL, 'survey_document');
SELECT pg_temp.read(document || '{"format_version": 3}', 'later') FROM kept;
SELECT pg_temp.read(document || '{"fee": []}', 'later') FROM kept;
SELECT pg_temp.read(jsonb_set(document, '{rule,0,weight}', '3'), 'later') FROM kept;
SELECT pg_temp.read(jsonb_set(document, '{rule,0,criterion}', '"performance_grate = ''D''"'), 'broken') FROM kept;
SELECT pg_temp.read(jsonb_set(document, '{rule,0,criterion}', '"performance_grade ="'), 'broken') FROM kept;
SELECT pg_temp.read(document, NULL, 'nowhere') FROM kept;
SELECT pg_temp.read(document, 'a/b') FROM kept;
SELECT export_standard('nothing');
SELECT count(*) AS left_behind FROM survey_document.standard WHERE code IN ('later', 'broken');
SET client_min_messages = warning;
CALL drop_survey('survey_document');
