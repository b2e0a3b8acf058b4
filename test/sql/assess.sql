-- assess: the worked verdicts of the published rules, from rows of a survey to reasons in words
SET search_path = inefficient_land, public;
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';
\set SHOW_CONTEXT never

-- what a wrong call says
CALL assess('nowhere', standard => 'jinhua-2024');
CALL assess(NULL, standard => 'jinhua-2024');
CALL create_survey('assess_test', srid => 4548, base_year => 2022);
CALL assess('assess_test', standard => 'jinhua-1924');
CALL assess('assess_test', standard => NULL);
CALL assess('assess_test', standard => 'jinhua-2024', as_of => 'infinity');
CALL assess('assess_test', standard => 'jinhua-2024', as_of => '-infinity');
SELECT count(*) AS runs FROM assess_test.run;

-- Parcels of 1 ha (15 mu) or as named, industry 40 (electronics: control plot ratio 1.0).  The standard-land
-- value 1.5 makes the line of J-1b 0.9; every firm paid 20 per mu in 2022, so the line of J-2 is 8.0.
CALL copy_standard('jinhua-2024', 'own', 'assess_test');
DELETE FROM assess_test.standard_land_type WHERE land_type <> 'industrial';
INSERT INTO assess_test.standard_control (standard, indicator, industry_code, industry_code_system, value, source)
VALUES ('own', 'standard_land_plot_ratio', '40', 'GB/T 4754-2002', 1.5, 'test');

CREATE FUNCTION load_cases(survey name, rename integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('search_path', format('%I, inefficient_land, public', survey), true);
    CREATE TEMPORARY TABLE facts AS
    SELECT * FROM (VALUES
        -- case, mu, plot ratio, tax 2023, danger, policy, safe, above scale, production since, decision
        ('a',  15, 0.95, 180.0,  'A', 'allowed', true, false, '2010-01-01'::date, NULL),
        ('b',  15, 1.10, 120.0,  'A', 'allowed', true, false, '2010-01-01', NULL),
        ('c',  15, 1.10, 118.5,  'A', 'allowed', true, false, '2022-02-28', 'J-Xd'),
        ('c2', 15, 1.10, 118.5,  'A', 'allowed', true, false, '2022-02-28', NULL),
        ('d',  15, 1.10, NULL,   NULL, 'allowed', true, false, '2010-01-01', NULL),
        ('e',  15, 0.80, NULL,   NULL, NULL, NULL, NULL, NULL, NULL),
        ('f',  15, 1.10, 180.0,  'C', 'allowed', true, true, '2010-01-01', 'J-Xa'),
        ('f2', 15, 1.10, 180.0,  'C', 'allowed', true, true, '2010-01-01', NULL),
        ('g',  15, 1.10, 120.0,  'A', 'allowed', NULL, false, '2010-01-01', NULL),
        ('h',  15, 1.10, 180.0,  'A', 'allowed', true, true, '2010-01-01', 'J-Xa'),
        ('i',  20, 1.10, 70.0,   'A', 'allowed', true, false, '2010-01-01', NULL),
        ('j1', 10, 1.10, 240.0,  'A', 'allowed', true, false, '2010-01-01', NULL),
        ('k',  15, 1.00, 180.0,  'A', 'eliminated', true, false, '2010-01-01', NULL),
        ('l',  15, 0.90, 180.0,  'A', 'allowed', true, false, '2010-01-01', NULL),
        ('m',  15, 0.89, 180.0,  'A', 'allowed', false, false, '2010-01-01', NULL)) AS v (code, mu, plot_ratio, tax, danger, policy, safe, above, since, decision);
    INSERT INTO facts SELECT 'j2', 30, 1.10, NULL, 'A', 'allowed', true, false, '2010-01-01', NULL;
    -- the order and the ids of the rows play no part
    INSERT INTO parcel (id, code, subdistrict, registered_area, present_use, present_use_system, safety_compliant)
    SELECT abs(rename - row_number() OVER (ORDER BY md5(code || rename))), code, 'S1', mu * 2000 / 3.0, '0601', 'GB/T 21010-2017', safe FROM facts ORDER BY md5(code || rename);
    INSERT INTO building (code, parcel_id, floor_area_above, danger_grade)
    SELECT 'B' || f.code, p.id, f.plot_ratio * p.registered_area, f.danger FROM facts f JOIN parcel p USING (code) ORDER BY md5(f.code || rename);
    INSERT INTO enterprise (id, code, industry_code, industry_code_system, industry_policy_class, is_above_scale, is_strategic_emerging, production_started_on)
    SELECT abs(rename - row_number() OVER (ORDER BY code)), 'E' || code, 'C4011', 'GB/T 4754-2002', policy, above, CASE WHEN code <> 'e' THEN false END, since FROM facts WHERE code <> 'j2';
    INSERT INTO enterprise (id, code, industry_code, industry_code_system, industry_policy_class, is_above_scale, is_strategic_emerging, production_started_on)
    VALUES (5000, 'Ei-2', 'C4011', 'GB/T 4754-2002', 'allowed', false, false, '2010-01-01');
    INSERT INTO enterprise_year (enterprise_id, year, tax_total) SELECT e.id, 2023, f.tax FROM facts f JOIN enterprise e ON e.code = 'E' || f.code;
    INSERT INTO enterprise_year (enterprise_id, year, tax_total) SELECT e.id, 2022, f.mu * 20 FROM facts f JOIN enterprise e ON e.code = 'E' || f.code WHERE f.code NOT IN ('i', 'j1', 'd', 'e');
    INSERT INTO enterprise_year (enterprise_id, year, tax_total) SELECT e.id, t.year, t.tax FROM (VALUES ('Ei-2', 2023, 100), ('Ei', 2022, 100), ('Ei-2', 2022, 300), ('Ej1', 2022, 800)) AS t (code, year, tax) JOIN enterprise e USING (code);
    INSERT INTO occupancy (enterprise_id, parcel_id, floor_area, share, basis)
    SELECT e.id, p.id, 100, CASE p.code WHEN 'j1' THEN 0.25 WHEN 'j2' THEN 0.75 END, 'operating'
      FROM parcel p JOIN enterprise e ON e.code = 'E' || CASE WHEN p.code = 'j2' THEN 'j1' ELSE p.code END ORDER BY md5(p.code || rename);
    INSERT INTO occupancy (enterprise_id, parcel_id, floor_area, basis) SELECT 5000, p.id, 200, 'operating' FROM parcel p WHERE p.code = 'i';
    INSERT INTO exemption_decision (parcel_id, rule, decided_on) SELECT p.id, f.decision, '2024-01-15' FROM facts f JOIN parcel p USING (code) WHERE f.decision IS NOT NULL;
    DROP TABLE facts;
END $$;
SELECT load_cases('assess_test', 0);
-- not judged: housing, for which the standard has no rules, and a use that no list knows
INSERT INTO assess_test.parcel (id, code, registered_area, present_use, present_use_system) VALUES (9001, 'z1', 100, '0701', 'GB/T 21010-2017'), (9002, 'z2', 100, '0000', 'GB/T 21010-2017');

CALL assess('assess_test', standard => 'own', as_of => '2024-02-29', run_id => NULL);
SELECT standard, standard_version, confirmation, as_of, economic_year, base_year, evaluator = library_version() AS by_us, finished_at >= started_at AS in_order FROM assess_test.run;
SELECT land_type, expression, key_value, n, round(value::numeric, 9) AS value FROM assess_test.benchmark WHERE key_value = '{}' OR key_value[1] = '40' ORDER BY expression;

-- by hand
CREATE TABLE expected (code text, verdict text, reasons text[], flags text[], missing text[]);
INSERT INTO expected VALUES
    ('a',  'inefficient',       '{J-1a}', '{}', '{}'),                          -- 0.95 < 1.0 although 0.95 ≥ 0.9
    ('b',  'not_inefficient',   '{}', '{}', '{}'),                              -- 8.0 is not below 8.0
    ('c',  'exempt',            '{J-2,J-Xd}', '{}', '{}'),                      -- 7.9, in production for two years, decided
    ('c2', 'inefficient',       '{J-2}', '{exemption_candidate}', '{}'),        -- … and not decided
    ('d',  'insufficient_data', '{}', '{}', '{tax_per_mu,danger_grade}'),
    ('e',  'inefficient',       '{J-1a,J-1b}', '{exemption_open}', '{is_above_scale,is_strategic_emerging,production_started_on}'),
    ('f',  'exempt',            '{J-3,J-Xa}', '{}', '{}'),
    ('f2', 'inefficient',       '{J-3}', '{exemption_candidate}', '{}'),
    ('g',  'insufficient_data', '{}', '{}', '{safety_compliant}'),
    ('h',  'not_inefficient',   '{}', '{}', '{}'),                              -- above scale, but nothing to be exempt from
    ('i',  'not_inefficient',   '{}', '{}', '{}'),                              -- 70 + 100 on 20 mu = 8.5
    ('j1', 'inefficient',       '{J-2}', '{}', '{}'),                           -- 60 on 10 mu
    ('j2', 'inefficient',       '{J-2}', '{}', '{}'),                           -- 180 on 30 mu
    ('k',  'inefficient',       '{J-4}', '{}', '{}'),                           -- 1.00 is not below 1.0
    ('l',  'inefficient',       '{J-1a}', '{}', '{}'),                          -- 0.90 is not below 0.9
    ('m',  'inefficient',       '{J-1a,J-1b,J-5}', '{}', '{}');
SELECT p.code, v.verdict, v.reasons, v.flags, v.missing, round(v.margin::numeric, 6) AS margin FROM assess_test.verdict v JOIN assess_test.parcel p ON p.id = v.parcel_id ORDER BY p.code COLLATE "C";
SELECT e.code, e.verdict AS expected, v.verdict, e.reasons AS expected_reasons, v.reasons, e.flags AS expected_flags, v.flags, e.missing AS expected_missing, v.missing
  FROM expected e FULL JOIN (SELECT p.code, v.* FROM assess_test.verdict v JOIN assess_test.parcel p ON p.id = v.parcel_id) v USING (code)
 WHERE (e.verdict, e.reasons, e.flags) IS DISTINCT FROM (v.verdict, v.reasons, v.flags)
    OR v.verdict = 'insufficient_data' AND (e.missing <@ v.missing) IS NOT TRUE;
SELECT p.code, v.reason_en, v.reason_zh FROM assess_test.verdict v JOIN assess_test.parcel p ON p.id = v.parcel_id WHERE p.code IN ('b', 'c', 'd', 'm') ORDER BY p.code;
SELECT m.parcel_id IS NOT NULL AS measured, i.family, v.verdict, p.code
  FROM assess_test.parcel p LEFT JOIN assess_test.parcel_measure m ON m.parcel_id = p.id LEFT JOIN assess_test.parcel_indicator i ON i.parcel_id = p.id LEFT JOIN assess_test.verdict v ON v.parcel_id = p.id
 WHERE p.code LIKE 'z%' ORDER BY p.code;
SELECT subject, summary FROM _run_summary('assess_test', 1) WHERE subject <> 'findings';
SELECT summary ~ '^[0-9]+ error, [0-9]+ warning' AS counts_findings FROM _run_summary('assess_test', 1) WHERE subject = 'findings';

-- rows in another order under other ids: the same verdicts to the last digit
CALL create_survey('assess_twin', srid => 4548, base_year => 2022);
CALL copy_standard('jinhua-2024', 'own', 'assess_twin');
DELETE FROM assess_twin.standard_land_type WHERE land_type <> 'industrial';
INSERT INTO assess_twin.standard_control SELECT * FROM assess_test.standard_control WHERE indicator = 'standard_land_plot_ratio';
SELECT load_cases('assess_twin', 1000);
CALL assess('assess_twin', 'own', '2024-02-29', 2023);
SELECT count(*) AS differences FROM
    (SELECT i.parcel_code, v.verdict, v.reasons, v.missing, v.flags, v.margin, v.reason_zh, i.tax_per_mu, i.plot_ratio, i.tax_per_mu_series FROM assess_test.verdict v JOIN assess_test.parcel_indicator i USING (run_id, parcel_id, family)) a
    FULL JOIN
    (SELECT i.parcel_code, v.verdict, v.reasons, v.missing, v.flags, v.margin, v.reason_zh, i.tax_per_mu, i.plot_ratio, i.tax_per_mu_series FROM assess_twin.verdict v JOIN assess_twin.parcel_indicator i USING (run_id, parcel_id, family)) b USING (parcel_code)
 WHERE (a.*) IS DISTINCT FROM (b.*);
CALL drop_survey('assess_twin');

-- economic year: the latest that was over on the reference date; NULL date: the latest at all
SELECT _economic_year('assess_test', '2024-02-29') AS y2024, _economic_year('assess_test', '2023-12-31') AS y2023, _economic_year('assess_test', '2022-06-30') AS y2022, _economic_year('assess_test', NULL) AS latest;

-- one slip of the pen does not empty the economy
BEGIN;
INSERT INTO assess_test.enterprise_year (enterprise_id, year, tax_total) VALUES (5000, 20233, 1), (5000, 203, 1);
INSERT INTO assess_test.building_year (building_code, year) VALUES ('Ba', 20223);
SELECT _economic_year('assess_test', NULL) AS latest, _economic_year('assess_test', '2022-06-30') AS none_plausible;
DELETE FROM assess_test.enterprise_year;
INSERT INTO assess_test.building_year (building_code, year) VALUES ('Ba', 2021);
SELECT _economic_year('assess_test', NULL) AS of_buildings;
ROLLBACK;

-- without a reference date nothing is said about dates: c2's exemption stays open
CALL assess('assess_test', standard => 'own', run_id => 77);
SELECT v.run_id, p.code, v.verdict, v.flags, v.missing FROM assess_test.verdict v JOIN assess_test.parcel p ON p.id = v.parcel_id WHERE v.run_id = 2 AND p.code = 'c2';

-- an error leaves nothing of the run that broke off: a rule whose peers cannot be reached
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER fail BEFORE INSERT ON assess_test.verdict FOR EACH ROW EXECUTE FUNCTION fail();
SET application_name = 'before';
CALL assess('assess_test', standard => 'own', as_of => '2024-02-29');
SHOW application_name;
DROP TRIGGER fail ON assess_test.verdict;
DROP FUNCTION fail();
-- nor does a run end well that lost verdicts on the way
CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN CASE WHEN new.parcel_id % 5 <> 0 THEN new END; END $$;
CREATE TRIGGER lose BEFORE INSERT ON assess_test.verdict FOR EACH ROW EXECUTE FUNCTION lose();
CALL assess('assess_test', standard => 'own', as_of => '2024-02-29');
DROP TRIGGER lose ON assess_test.verdict;
DROP FUNCTION lose();
SELECT max(id) AS runs, (SELECT count(DISTINCT run_id) FROM assess_test.parcel_indicator) AS with_facts, (SELECT count(DISTINCT run_id) FROM assess_test.benchmark) AS with_benchmarks FROM assess_test.run;
-- the name of the application comes back, at once inside a longer transaction, too
BEGIN;
CALL assess('assess_test', standard => 'own', as_of => '2024-02-29');
SHOW application_name;
ROLLBACK;
SHOW application_name;
RESET application_name;

-- what everybody sees meanwhile: numbers are never cut off, other scripts are
BEGIN;
SELECT _show_progress('heping', 'measure', 2000, 1200000);
SHOW application_name;
SELECT _show_progress('和平区二〇二四年低效用地调查', 'classify', 1000000, 1000000);
SHOW application_name;
SELECT _show_progress(repeat('x', 60), 'benchmarks', 7, 8);
SHOW application_name;
ROLLBACK;

-- a standard out of force is used, and it is said
UPDATE assess_test.standard SET valid_from = '2024-03-01', valid_to = NULL WHERE code = 'own';
CALL assess('assess_test', standard => 'own', as_of => '2024-02-29');
CALL drop_survey('assess_test');

-- a survey without any row
CALL create_survey('assess_empty', srid => 4548);
CALL assess('assess_empty', standard => 'jinhua-2024');
SELECT standard, economic_year, base_year, as_of FROM assess_empty.run;
SELECT * FROM _run_summary('assess_empty', 1) WHERE subject <> 'findings';
CALL drop_survey('assess_empty');

-- keys led by the subdistrict; a projection the national procedure does not know
CALL create_survey('assess_other', srid => 32650, template => 'distributed');
INSERT INTO assess_other.parcel (code, subdistrict, present_use, present_use_system, geom)
SELECT 'P' || i, 'S' || i % 2, '0601', 'GB/T 21010-2017', ST_Multi(ST_MakeEnvelope(518000 + i * 100, 4331000, 518100 + i * 100, 4331100, 32650)) FROM generate_series(1, 3) i;
INSERT INTO assess_other.building (code, parcel_code, subdistrict, floor_area_above) SELECT 'B' || i, 'P' || i, 'S' || i % 2, 9000 FROM generate_series(1, 3) i;
CALL resolve_keys('assess_other');
CALL assess('assess_other', 'jinhua-2024', '2024-02-29');
SELECT i.parcel_code, i.subdistrict, m.planar_area, m.ellipsoidal_area, m.area_basis, i.plot_ratio FROM assess_other.parcel_indicator i JOIN assess_other.parcel_measure m USING (run_id, parcel_id) ORDER BY 1;
CALL drop_survey('assess_other');
DROP TABLE expected;
DROP FUNCTION load_cases(name, integer);
