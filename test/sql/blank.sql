-- blank: blanks around codes are found, and change nothing else
\set VERBOSITY terse
SET client_min_messages = warning;
SET search_path = inefficient_land, public;
\getenv inputdir PG_ABS_SRCDIR
\set clean :inputdir '/data/clean_survey.sql'

CALL create_survey('neat', 4548, base_year => 2022);
CALL create_survey('loose', 4548, base_year => 2022);
\set ECHO none
SET search_path = neat, public;
\i :clean
SET search_path = loose, public;
\i :clean
\set ECHO all
SET search_path = inefficient_land, public;
-- facts that codes decide on: a zone that excludes, a plan in force, an idle cause, lists that are complete; strata
CREATE FUNCTION sharpen(survey name) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('search_path', format('%I, public', survey), true);
    UPDATE constraint_zone SET effect = 'exclude', geom = (SELECT p.geom FROM parcel p WHERE p.code = '990101001001GB00001');
    UPDATE contract SET idle_cause = 'government';
    INSERT INTO detailed_plan (code, level, status, approved_on) VALUES ('K2', 'implementation', 'approved', '2021-01-01');
    INSERT INTO planning_plot (code, detailed_plan_code, planned_use, planned_use_system, plot_ratio, geom) SELECT 'I1', 'K2', '0701', 'land-and-sea-2023', 1.5, p.geom FROM parcel p WHERE p.code = '990101001001GB00002';
    INSERT INTO complete_list (fact, family, as_of) SELECT f, g, '2024-01-01' FROM unnest('{building,building_year,enterprise,danger_grade}'::text[]) f, unnest('{commerce_office,industry_warehouse,facilities}'::text[]) g;
    UPDATE building SET danger_grade = NULL, family = 'industry_warehouse' WHERE code = 'B1';
    UPDATE parcel SET stratum = 'above' WHERE code = '990101001001GB00006';
END $$;
SELECT sharpen('neat'), sharpen('loose');

-- every text of every fact table gets a blank, except what is read by people alone
CREATE FUNCTION loosen(survey name) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    c record;
    n integer := 0;
BEGIN
    FOR c IN SELECT f.table_name, a.attname FROM inefficient_land._fact_table(survey) f
               JOIN pg_attribute a ON a.attrelid = format('%I.%I', survey, f.table_name)::regclass AND a.atttypid = 'text'::regtype AND NOT a.attisdropped
              WHERE f.table_name NOT IN ('submission', 'attachment', 'correction', 'problem', 'legacy_case')
                AND a.attname !~ '^(name|title.*|source|note|evidence|description|decided_by|document_number|department|.*_kind_name|address|holder)$'
    LOOP
        EXECUTE format('UPDATE %I.%I SET %3$I = %3$I || $1 WHERE %3$I <> ''''', survey, c.table_name, c.attname) USING U&' \3000';
        n := n + 1;
    END LOOP;
    RETURN n;
END $$;
CALL resolve_keys('neat');
CALL resolve_keys('loose');
SELECT loosen('loose') > 30 AS columns_loosened;
CALL resolve_keys('loose');
SELECT count(*) AS findings FROM neat.finding WHERE rule = 'trailing_blank';
SELECT table_name, count(DISTINCT message_en) > 0 AS found FROM loose.finding WHERE rule = 'trailing_blank' GROUP BY 1 ORDER BY table_name COLLATE "C";
SELECT DISTINCT regexp_replace(regexp_replace(message_en, '^[^:]*: ', ''), ' ".*', '') AS what FROM loose.finding WHERE rule = 'trailing_blank' ORDER BY 1;
CALL assess('neat', standard => 'jinhua-2024', as_of => '2024-02-29', run_id => NULL);
CALL assess('loose', standard => 'jinhua-2024', as_of => '2024-02-29', run_id => NULL);

-- the facts are the same, and so is what follows from them
CREATE FUNCTION differing(relation text, leaving text[]) RETURNS TABLE (key text, name text, neat text, loose text) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        WITH a AS (SELECT row_number() OVER (ORDER BY to_jsonb(t) - $1) AS n, to_jsonb(t) - $1 AS j FROM neat.%1$I t),
             b AS (SELECT row_number() OVER (ORDER BY to_jsonb(t) - $1) AS n, to_jsonb(t) - $1 AS j FROM loose.%1$I t)
        SELECT n::text, coalesce(x.key, y.key), x.value::text, y.value::text
          FROM (SELECT a.n, e.* FROM a, jsonb_each(a.j) e) x FULL JOIN (SELECT b.n, e.* FROM b, jsonb_each(b.j) e) y USING (n, key)
         WHERE x.value IS DISTINCT FROM y.value$q$, relation) USING leaving;
END $$;
SELECT count(*) AS rows, count(constraint_effect) AS zoned, count(plan_plot_ratio) AS planned, count(idle_cause) AS idle, count(danger_share) AS graded, count(DISTINCT subdistrict) AS subdistricts FROM neat.parcel_indicator;
SELECT d.* FROM differing('parcel_indicator', '{parcel_code}') d;
SELECT d.* FROM differing('parcel_measure', '{}') d;
SELECT d.* FROM differing('verdict', '{id}') d;
SELECT d.* FROM differing('subdistrict_indicator', '{}') d;
SELECT d.* FROM differing('parcel_outcome', '{parcel_code}') d;
SELECT v.view, d.* FROM unnest('{report_scale,report_structure,report_distribution,report_potential,layer_subdistrict,suspected_land}'::text[]) v (view), differing(v.view, '{id,code,parcel_code,geom}') d;
SELECT v.view, d.* FROM unnest('{layer_parcel,layer_building}'::text[]) v (view), differing(v.view, '{findings,code,parcel_code,geom,structure,heritage_kind,operating_state,use_state,danger_grade,subdistrict,origin,ownership,right_nature,present_use,registered_use,planned_use,approved_use}') d;

-- an empty stratum is the surface; one that is not in the dictionary has a row of its own
UPDATE neat.parcel SET stratum = '' WHERE code = '990101001001GB00001';
CALL assess('neat', standard => 'jinhua-2024', as_of => '2024-02-29', run_id => NULL);
SELECT line, parcels, area FROM neat.report_scale WHERE line LIKE 'stratum%' OR line IN ('outside_parcels', 'parcels') ORDER BY sequence;
UPDATE neat.parcel SET stratum = 'Surface' WHERE code = '990101001001GB00001';
UPDATE neat.parcel SET stratum = 'Surface', present_use = NULL WHERE code = '990101001001GB00003';
CALL assess('neat', standard => 'jinhua-2024', as_of => '2024-02-29', run_id => NULL);
SELECT line, label_en, label_zh, parcels, area FROM neat.report_scale WHERE line LIKE 'stratum%' OR line IN ('outside_parcels', 'parcels') ORDER BY sequence;
CALL drop_survey('neat');
CALL drop_survey('loose');
DROP FUNCTION differing(text, text[]), loosen(name), sharpen(name);
