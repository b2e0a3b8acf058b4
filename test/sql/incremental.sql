-- incremental: a run keeps what differs from the run before
SET search_path = inefficient_land, public;
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';
\set SHOW_CONTEXT never
\set VERBOSITY terse
CALL create_survey('step', srid => 4548, base_year => 2022);
SET search_path = step, inefficient_land, public;
INSERT INTO admin_unit (code, level, geom) VALUES ('S1', 'subdistrict', ST_Multi(ST_MakeEnvelope(518000, 4332000, 519000, 4333000, 4548)));
INSERT INTO parcel (code, subdistrict, registered_area, present_use, present_use_system, stratum, geom)
SELECT 'P' || lpad(i::text, 2, '0'), 'S1', 10000, '0601', 'GB/T 21010-2017', 'surface', ST_Multi(ST_MakeEnvelope(518000 + (i % 5) * 110, 4332000 + (i / 5) * 110, 518100 + (i % 5) * 110, 4332100 + (i / 5) * 110, 4548)) FROM generate_series(1, 20) i;
INSERT INTO building (code, parcel_code, floor_area_above, footprint_area, danger_grade, built_year) SELECT 'B' || i, 'P' || lpad(i::text, 2, '0'), 4000 + 500 * i, 3000, 'A', 1990 FROM generate_series(1, 20) i;
INSERT INTO enterprise (code, name, industry_code, industry_code_system) SELECT 'E' || i, '', 'C26', 'GB/T 4754-2017' FROM generate_series(1, 10) i;
INSERT INTO occupancy (enterprise_code, parcel_code, floor_area, basis) SELECT 'E' || i, 'P' || lpad(i::text, 2, '0'), 2000, 'operating' FROM generate_series(1, 10) i;
INSERT INTO enterprise_year (enterprise_code, year, output, tax_total, jobs, investment) SELECT 'E' || i, 2023, 1000 * i, 40 * i, 20, 3000 FROM generate_series(1, 10) i;
CALL resolve_keys('step');
CALL copy_standard('jinhua-2024', 'own', 'step');
-- rows of one run, for comparison
CREATE FUNCTION pg_temp.content(run integer) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT md5(concat(
        (SELECT string_agg((to_jsonb(m) - '{run_id,until_run}'::text[])::text, ' ' ORDER BY m.parcel_id) FROM step.parcel_measure m WHERE _in_run(m.run_id, m.until_run, run)),
        (SELECT string_agg((to_jsonb(i) - '{run_id,until_run}'::text[])::text, ' ' ORDER BY i.parcel_id, i.family) FROM step.parcel_indicator i WHERE _in_run(i.run_id, i.until_run, run)),
        (SELECT string_agg((to_jsonb(v) - '{id,run_id,until_run}'::text[])::text, ' ' ORDER BY v.parcel_id, v.family) FROM step.verdict v WHERE _in_run(v.run_id, v.until_run, run)),
        (SELECT string_agg(t.content, ' ' ORDER BY t.content COLLATE "C") FROM (SELECT (to_jsonb(f) - '{id,run_id,until_run}'::text[])::text AS content FROM step.finding f WHERE _in_run(f.run_id, f.until_run, run)) t),
        (SELECT string_agg((to_jsonb(s) - '{run_id,until_run}'::text[])::text, ' ' ORDER BY s.subdistrict, s.family, s.indicator) FROM step.subdistrict_indicator s WHERE _in_run(s.run_id, s.until_run, run)))) $$;
CREATE VIEW pg_temp.row_count AS SELECT (SELECT count(*) FROM step.parcel_measure) AS measures, (SELECT count(*) FROM step.parcel_indicator) AS indicators, (SELECT count(*) FROM step.verdict) AS verdicts,
    (SELECT count(*) FROM step.finding) AS findings, (SELECT count(*) FROM step.subdistrict_indicator) AS subdistricts;

CALL assess('step', 'own', '2024-06-30', 2023);
CREATE TEMP TABLE content AS SELECT 1 AS run, pg_temp.content(1);
TABLE pg_temp.row_count;
-- the planner knows that most rows are current, else views over them are planned for a handful
SELECT c.name, s.null_frac > 0.9 AS known FROM unnest('{parcel_measure,parcel_indicator,verdict,subdistrict_indicator}'::text[]) AS c (name)
  LEFT JOIN pg_stats s ON s.schemaname = 'step' AND s.tablename = c.name AND s.attname = 'until_run' ORDER BY 1;
-- a second run over the same facts adds no row
CALL assess('step', 'own', '2024-06-30', 2023);
TABLE pg_temp.row_count;
SELECT pg_temp.content(2) = pg_temp.content(1) AS same, (SELECT count(*) FROM suspected_land) > 0 AS suspected, (SELECT min(run_id) FROM suspected_land) AS run;
-- one building more: its parcel, and what rests on it
UPDATE building SET floor_area_above = floor_area_above + 20000 WHERE code = 'B1';
CALL assess('step', 'own', '2024-06-30', 2023);
INSERT INTO content SELECT 3, pg_temp.content(3);
SELECT run_id, until_run, count(*) FROM parcel_measure GROUP BY 1, 2 ORDER BY 1, 2;
SELECT run_id, until_run, count(*) FROM parcel_indicator GROUP BY 1, 2 ORDER BY 1, 2;
SELECT code, plot_ratio, verdict FROM layer_parcel JOIN parcel_outcome o ON o.parcel_id = id WHERE code IN ('P01', 'P02') ORDER BY 1;
SELECT r.run, count(*) FILTER (WHERE NOT v.same) AS differ, count(*) AS verdicts FROM generate_series(1, 3) AS r (run), recompute_run('step', r.run) v GROUP BY 1 ORDER BY 1;
-- a parcel that goes, and one that comes, with a finding
DELETE FROM building WHERE parcel_code = 'P20';
DELETE FROM parcel WHERE code = 'P20';
INSERT INTO parcel (code, subdistrict, registered_area, present_use, present_use_system, geom) VALUES ('P21', 'S1', -5, '0601', 'GB/T 21010-2017', ST_Multi(ST_MakeEnvelope(518600, 4332600, 518700, 4332700, 4548)));
CALL assess('step', 'own', '2024-06-30', 2023);
INSERT INTO content SELECT 4, pg_temp.content(4);
SELECT parcel_id, run_id, until_run FROM parcel_measure WHERE parcel_id > 19 ORDER BY 1;
SELECT rule, row_code FROM current_finding WHERE parcel_id = 21 ORDER BY 1;
SELECT run, pg_temp.content(run) = content AS same FROM content ORDER BY run;
-- taking back: a run in the middle, the first, the newest; the others stay what they were
DELETE FROM run WHERE id = 2;
SELECT run, pg_temp.content(run) = content AS same FROM content ORDER BY run;
BEGIN;
DELETE FROM run WHERE id = 1;
SELECT run, pg_temp.content(run) = content AS same FROM content ORDER BY run;
SELECT min(run_id) AS first FROM parcel_measure;
ROLLBACK;
BEGIN;
DELETE FROM run WHERE id IN (1, 3);
SELECT run, pg_temp.content(run) = content AS same FROM content ORDER BY run;
ROLLBACK;
DELETE FROM run WHERE id = 4;
SELECT run, pg_temp.content(run) = content AS same FROM content ORDER BY run;
SELECT count(*) AS current, max(run_id) AS latest FROM parcel_measure WHERE until_run IS NULL;

-- some parcels again: what was edited, and nothing else, as a full run would say it
CALL assess('step', 'own', '2024-06-30', 2023);
SELECT id AS base FROM run ORDER BY id DESC LIMIT 1 \gset
UPDATE building SET floor_area_above = 9999, danger_grade = 'D' WHERE code = 'B15';
UPDATE parcel SET green_area = -7 WHERE code = 'P15';
CALL assess('step', only_parcels => ARRAY[15]);
SELECT id AS part, kind, based_on = :base AS on_base, standard, as_of, economic_year, rule_state IS NOT NULL AS has_state FROM run ORDER BY id DESC LIMIT 1 \gset
SELECT :'kind' AS kind, :'on_base' AS on_base, :'standard' AS standard, :'as_of' AS as_of, :'economic_year' AS economic_year, :'has_state' AS has_state;
SELECT 'measure' AS what, count(*) FROM parcel_measure WHERE run_id = :part UNION ALL SELECT 'indicator', count(*) FROM parcel_indicator WHERE run_id = :part
UNION ALL SELECT 'verdict', count(*) FROM verdict WHERE run_id = :part UNION ALL SELECT 'finding', count(*) FROM finding WHERE run_id = :part ORDER BY 1;
SELECT rule, row_code FROM current_finding WHERE parcel_id = 15;
SELECT code, danger_grade, floor_area, verdict FROM layer_parcel JOIN parcel_outcome o ON o.parcel_id = id WHERE code = 'P15';
SELECT count(*) FILTER (WHERE NOT same) AS differ, count(*) AS verdicts FROM recompute_run('step');
CALL assess('step', 'own', '2024-06-30', 2023);
SELECT pg_temp.content(:part) = pg_temp.content(max(id)) AS as_a_full_run FROM run;
SELECT count(*) AS added FROM verdict, (SELECT max(id) AS id FROM run) r WHERE run_id = r.id;
-- random edits of land, buildings, uses, contracts and plans: the full run after each says the same
DO $$
DECLARE
    part integer;
    whole integer;
    differ integer := 0;
    due integer := 0;
    id_of integer;
BEGIN
    PERFORM setseed(0.5);
    FOR i IN 1 .. 16
    LOOP
        id_of := 1 + floor(random() * 19);
        CASE i % 8
            WHEN 0 THEN UPDATE building SET floor_area_above = floor(random() * 20000) WHERE parcel_id = id_of;
            WHEN 1 THEN UPDATE building SET danger_grade = (ARRAY['A', 'B', 'C', 'D', 'x'])[1 + floor(random() * 5)], built_year = 1950 + floor(random() * 70) WHERE parcel_id = id_of;
            WHEN 2 THEN UPDATE parcel SET registered_area = 8000 + floor(random() * 4000), green_area = floor(random() * 5000) WHERE id = id_of;
            WHEN 3 THEN UPDATE parcel SET present_use = (ARRAY['0601', '0701', '05H1', '0810', NULL])[1 + floor(random() * 5)] WHERE id = id_of;
            WHEN 4 THEN INSERT INTO contract (parcel_code, parcel_id, kind, signed_on, plot_ratio, agreed_start) VALUES ('P' || lpad(id_of::text, 2, '0'), id_of, 'grant', '2020-01-01'::date + i, random() * 3, '2021-01-01');
            WHEN 5 THEN INSERT INTO building (code, parcel_code, parcel_id, floor_area_above, footprint_area) VALUES ('N' || i, 'P' || lpad(id_of::text, 2, '0'), id_of, 1000 * i, 100 * i);
            WHEN 6 THEN INSERT INTO exemption_decision (parcel_code, parcel_id, rule, decided_on) VALUES ('P' || lpad(id_of::text, 2, '0'), id_of, 'J-Xd', '2024-01-01');
            ELSE DELETE FROM building WHERE parcel_id = id_of AND code LIKE 'N%';
        END CASE;
        BEGIN
            part := NULL;
            CALL assess('step', run_id => part, only_parcels => ARRAY[id_of]);
        EXCEPTION WHEN object_not_in_prerequisite_state THEN
            due := due + 1;
        END;
        CALL assess('step', 'own', '2024-06-30', 2023, whole);
        IF part IS NOT NULL AND pg_temp.content(part) <> pg_temp.content(whole) THEN
            differ := differ + 1;
            RAISE WARNING 'edit % of parcel % differs', i, id_of;
        END IF;
    END LOOP;
    RAISE WARNING '% differ, some needed a full run: %, some did not: %', differ, due > 0, due < 16;
END
$$;
-- what reaches further is refused, and leaves nothing
SELECT count(*) AS runs FROM run \gset
UPDATE enterprise_year SET tax_total = tax_total + 1 WHERE enterprise_code = 'E3';
CALL assess('step', only_parcels => ARRAY[3]);
UPDATE enterprise_year SET tax_total = tax_total - 1 WHERE enterprise_code = 'E3';
UPDATE parcel SET geom = ST_Translate(geom, 50, 0) WHERE id = 7;
CALL assess('step', only_parcels => ARRAY[7]);
UPDATE parcel SET geom = ST_Translate(geom, -50, 0) WHERE id = 7;
UPDATE standard_rule SET label_en = label_en || '!' WHERE standard = 'own' AND rule = 'J-1a';
CALL assess('step', only_parcels => ARRAY[7]);
UPDATE standard_rule SET label_en = left(label_en, -1) WHERE standard = 'own' AND rule = 'J-1a';
INSERT INTO complete_list (fact, as_of) VALUES ('danger_grade', '2024-01-01');
CALL assess('step', only_parcels => ARRAY[7]);
DELETE FROM complete_list;
CALL assess('step', only_parcels => ARRAY[7, 4711]);
CALL assess('step', 'jinhua-2024', only_parcels => ARRAY[7]);
SELECT count(*) - :runs AS runs_more FROM run;
SELECT count(*) AS temporary FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relname IN ('parcel', 'verdict', 'survey');
CALL assess('step', only_parcels => ARRAY[7]);
DELETE FROM run;
TABLE pg_temp.row_count;
RESET search_path;
CALL inefficient_land.drop_survey('step');
