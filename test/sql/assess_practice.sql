-- assess practice: acceptance cases of surveys, at the limit and one step to each side
SET search_path = inefficient_land, public;
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';
\set SHOW_CONTEXT never
CALL create_survey('practice_test', srid => 4548, base_year => 2022);
SET search_path = practice_test, inefficient_land, public;

-- a standard of the survey's own: idle land and stalled works as gate, investment and tax against the contract, old housing
BEGIN;      -- a land type is checked when it is complete
INSERT INTO practice_test.standard (code, version, title_en, title_zh, source, confirmation) VALUES ('own', '1', 'own', '自定', 'test', 'synthetic');
INSERT INTO practice_test.standard_land_type (standard, land_type, family, label_en, label_zh, sequence) VALUES
    ('own', 'industrial', 'industry_warehouse', 'industry', '工业', 1), ('own', 'housing', 'residence', 'housing', '住宅', 2), ('own', 'shop', 'commerce_office', 'shops', '商业', 3);
INSERT INTO practice_test.standard_fact (standard, land_type, fact, type, label_en, label_zh)
SELECT 'own', l.land_type, f.fact, f.type, f.fact, f.fact
  FROM (VALUES ('industrial'), ('housing'), ('shop')) AS l (land_type),
       (VALUES ('plot_ratio', 'number'), ('land_area', 'number'), ('agreed_start', 'date'), ('actual_start', 'date'), ('actual_completion', 'date'), ('suspended_since', 'date'), ('contract_kind', 'text'),
               ('planned_area', 'number'), ('started_area', 'number'), ('planned_investment', 'number'), ('spent_investment', 'number'), ('investment', 'number'), ('investment_land_price', 'number'),
               ('contract.investment_intensity', 'number'), ('contract.tax_per_mu', 'number'), ('tax_per_mu', 'series'), ('built_year', 'number'), ('is_villa', 'boolean'), ('danger_count_share', 'number'), ('vacancy_rate', 'number')) AS f (fact, type);
INSERT INTO practice_test.standard_rule (standard, land_type, rule, role, applicability, criterion, route, label_en, label_zh, sequence) VALUES
    ('own', 'industrial', 'G-1', 'gate', 'contract_kind in (''grant'', ''allocation'') and agreed_start is known and actual_completion is unknown',
     'actual_start is unknown and years_since(agreed_start) >= 1', 'idle_land_disposal', 'not started one year after the agreed date', '超过约定动工日期满一年未动工', 1),
    ('own', 'industrial', 'G-2', 'gate', 'actual_start is known and actual_completion is unknown and suspended_since is known',
     'years_since(suspended_since) >= 1 and (started_area * 3 < planned_area or spent_investment < 25% * planned_investment)', 'idle_land_disposal', 'works suspended for one year', '中止开发建设满一年', 2),
    ('own', 'industrial', 'C-2a', 'criterion', 'contract.investment_intensity is known', '(investment + investment_land_price) / land_area * 10000 < 50% * contract.investment_intensity', NULL, 'investment below half of the contract', '投资强度低于合同约定的50%', 3),
    ('own', 'industrial', 'X-1', 'criterion', 'contract.tax_per_mu is known', 'for_years(2, tax_per_mu < contract.tax_per_mu)', NULL, 'taxes below the contract in two years', '连续两年税收低于合同约定', 4),
    ('own', 'housing', 'J-9a', 'criterion', NULL, 'built_year <= 2000 and plot_ratio < 1.0 and not is_villa', NULL, 'old housing of low density', '2000年底前建成且容积率低于1.0', 1),
    ('own', 'housing', 'J-9b', 'criterion', NULL, 'built_year <= 2000 and danger_count_share >= 50%', NULL, 'old housing, half of it dilapidated', '2000年底前建成且危旧楼栋占比达50%', 2),
    ('own', 'shop', 'V-1', 'criterion', NULL, 'vacancy_rate >= 30%', NULL, 'vacant', '空置率达30%', 1);
COMMIT;

CREATE TABLE expected (code text, family text, as_of date, verdict text, reasons text[]);

-- E.3 idle land: works agreed for 2023-03-01 and not begun; suspended works
INSERT INTO parcel (id, code, registered_area, present_use, present_use_system) SELECT i, 'I' || i, 10000, '0601', 'GB/T 21010-2017' FROM generate_series(1, 8) i;
INSERT INTO contract (parcel_id, kind, signed_on, agreed_start, actual_start, actual_completion, suspended_since, planned_area, started_area, planned_investment, spent_investment) VALUES
    (1, 'grant', '2022-01-01', '2023-03-01', NULL, NULL, NULL, 9000, 0, 1000, 0),
    (2, 'grant', '2021-01-01', '2021-03-01', '2021-03-01', NULL, '2023-01-01', 9000, 3000, 1000, 500),
    (3, 'grant', '2021-01-01', '2021-03-01', '2021-03-01', NULL, '2023-01-01', 9000, 2999.99, 1000, 500),
    (4, 'grant', '2021-01-01', '2021-03-01', '2021-03-01', NULL, '2023-01-01', 9000, 4500, 1000, 250),
    (5, 'grant', '2021-01-01', '2021-03-01', '2021-03-01', NULL, '2023-01-01', 9000, 4500, 1000, 249.9),
    (6, 'grant', '2021-01-01', '2021-03-01', '2021-03-01', NULL, '2023-03-01', 9000, 100, 1000, 100),
    (7, 'grant', '2021-01-01', '2021-03-01', '2021-03-01', NULL, '2023-01-01', 9000, 4500, 1000, NULL);
INSERT INTO expected
SELECT 'I' || i, 'industry_warehouse', d.as_of, CASE WHEN i IN (3, 5) OR i IN (1, 6) AND d.as_of = '2024-03-01' THEN 'excluded' WHEN i = 7 THEN 'insufficient_data' ELSE 'not_inefficient' END,
       CASE WHEN i IN (3, 5) OR i = 6 AND d.as_of = '2024-03-01' THEN '{G-2}' WHEN i = 1 AND d.as_of = '2024-03-01' THEN '{G-1}' ELSE '{}' END::text[]
  FROM generate_series(1, 8) i, (VALUES ('2024-02-29'::date), ('2024-03-01')) AS d (as_of);        -- I8: built up for forty years, no contract: not held back by the gate

-- E.5: 1 ha, contract 6000 a hectare, 2700 of plant and equipment; with 400 for the land 51.67 %, with 300 exactly half, with 299.99 below
INSERT INTO parcel (id, code, registered_area, present_use, present_use_system) SELECT i, 'K' || i, 10000, '0601', 'GB/T 21010-2017' FROM generate_series(11, 14) i;
INSERT INTO contract (parcel_id, kind, signed_on, investment_intensity) SELECT i, 'grant', '2010-01-01', 6000 FROM generate_series(11, 14) i;
INSERT INTO enterprise (id, code) SELECT i, 'E' || i FROM generate_series(11, 40) i;
INSERT INTO enterprise_year (enterprise_id, year, investment, investment_land_price) VALUES (11, 2023, 2700, 400), (12, 2023, 2700, 300), (13, 2023, 2700, 299.99), (14, 2023, 2700, NULL);
INSERT INTO occupancy (enterprise_id, parcel_id, basis) SELECT i, i, 'operating' FROM generate_series(11, 14) i;
INSERT INTO expected SELECT v.code, 'industry_warehouse', d.as_of, v.verdict, v.reasons FROM (VALUES ('K11', 'not_inefficient', '{}'::text[]), ('K12', 'not_inefficient', '{}'), ('K13', 'inefficient', '{C-2a}'), ('K14', 'insufficient_data', '{}')) AS v (code, verdict, reasons), (VALUES ('2024-02-29'::date), ('2024-03-01')) AS d (as_of);

-- E.6: contract 5 per mu over 15 mu = 75: below, unknown, below; below, above, below; above, below, below; and equal
INSERT INTO parcel (id, code, registered_area, present_use, present_use_system) SELECT i, 'T' || i, 10000, '0601', 'GB/T 21010-2017' FROM generate_series(21, 24) i;
INSERT INTO contract (parcel_id, kind, signed_on, tax_per_mu) SELECT i, 'grant', '2010-01-01', 5 FROM generate_series(21, 24) i;
INSERT INTO enterprise_year (enterprise_id, year, tax_total) VALUES (21, 2021, 74), (21, 2022, NULL), (21, 2023, 74), (22, 2021, 74), (22, 2022, 76), (22, 2023, 74), (23, 2021, 76), (23, 2022, 74), (23, 2023, 74), (24, 2021, 75), (24, 2022, 75), (24, 2023, 75);
INSERT INTO occupancy (enterprise_id, parcel_id, basis) SELECT i, i, 'operating' FROM generate_series(21, 24) i;
INSERT INTO expected SELECT v.code, 'industry_warehouse', d.as_of, v.verdict, v.reasons FROM (VALUES ('T21', 'insufficient_data', '{}'::text[]), ('T22', 'not_inefficient', '{}'), ('T23', 'inefficient', '{X-1}'), ('T24', 'not_inefficient', '{}')) AS v (code, verdict, reasons), (VALUES ('2024-02-29'::date), ('2024-03-01')) AS d (as_of);

-- E.7: plot ratio 0.99, built 2000 and 2001, a villa; six blocks, three dilapidated with 40 % of the floor area; the year unknown
INSERT INTO parcel (id, code, registered_area, present_use, present_use_system) SELECT i, 'R' || i, 10000, '0701', 'GB/T 21010-2017' FROM generate_series(31, 35) i;
INSERT INTO building (code, parcel_id, floor_area_above, built_year, danger_grade, is_villa) VALUES
    ('B31', 31, 9900, 2000, 'A', false), ('B32', 32, 9900, 2001, 'A', false), ('B33', 33, 9900, 2000, 'A', true);
INSERT INTO building (code, parcel_id, floor_area_above, built_year, danger_grade, is_villa)
SELECT format('B%s-%s', p, i), p, CASE WHEN i <= 2 THEN 1200 ELSE 2400 END, CASE p WHEN 34 THEN 2000 END, CASE WHEN i <= 3 THEN 'D' ELSE 'B' END, false FROM generate_series(34, 35) p, generate_series(1, 6) i;
INSERT INTO expected SELECT v.code, 'residence', d.as_of, v.verdict, v.reasons FROM (VALUES ('R31', 'inefficient', '{J-9a}'::text[]), ('R32', 'not_inefficient', '{}'), ('R33', 'not_inefficient', '{}'), ('R34', 'inefficient', '{J-9b}'), ('R35', 'insufficient_data', '{}')) AS v (code, verdict, reasons), (VALUES ('2024-02-29'::date), ('2024-03-01')) AS d (as_of);

-- flats with shops below: each part by its own facts
INSERT INTO parcel (id, code, registered_area, present_use, present_use_system) VALUES (41, 'M41', 10000, '0701', 'GB/T 21010-2017');
INSERT INTO parcel_use (parcel_id, family, land_area) VALUES (41, 'residence', 7500), (41, 'commerce_office', 2500);
INSERT INTO building (id, code, parcel_id, family, floor_area_above, built_year, danger_grade, is_villa) VALUES (4101, 'B41-1', 41, 'residence', 15000, 2010, 'A', false), (4102, 'B41-2', 41, 'commerce_office', 5000, 2010, 'A', false);
INSERT INTO building_year (building_id, year, rentable_area, vacant_area) VALUES (4102, 2023, 4000, 1200);
INSERT INTO expected SELECT 'M41', v.family, d.as_of, v.verdict, v.reasons FROM (VALUES ('residence', 'not_inefficient', '{}'::text[]), ('commerce_office', 'inefficient', '{V-1}')) AS v (family, verdict, reasons), (VALUES ('2024-02-29'::date), ('2024-03-01')) AS d (as_of);

CALL assess('practice_test', 'own', '2024-02-29', 2023);
CALL assess('practice_test', 'own', '2024-03-01', 2023);
SELECT i.parcel_code AS code, v.family, r.as_of, v.verdict, v.reasons, v.missing, v.route, v.land_area FROM run r JOIN verdict v ON _in_run(v.run_id, v.until_run, r.id) JOIN parcel_indicator i ON _in_run(i.run_id, i.until_run, r.id) AND i.parcel_id = v.parcel_id AND i.family = v.family
 WHERE r.id = 2 OR i.parcel_code IN ('I1', 'I6') ORDER BY 1, 2, 3;
SELECT code, family, as_of, e.verdict AS expected, v.verdict, e.reasons AS expected_reasons, v.reasons
  FROM expected e FULL JOIN (SELECT i.parcel_code AS code, v.family, r.as_of, v.verdict, v.reasons FROM run r JOIN verdict v ON _in_run(v.run_id, v.until_run, r.id) JOIN parcel_indicator i ON _in_run(i.run_id, i.until_run, r.id) AND i.parcel_id = v.parcel_id AND i.family = v.family) v USING (code, family, as_of)
 WHERE (e.verdict, e.reasons) IS DISTINCT FROM (v.verdict, v.reasons);
SELECT parcel_id, reason_en, reason_zh FROM verdict WHERE run_id = 1 AND parcel_id IN (3, 7) ORDER BY 1;

-- E.8: (100 on 10 mu), (90 on 90 mu), (unknown on 50 mu): 1.9 with two thirds covered
TRUNCATE parcel, parcel_use, building, contract, occupancy, enterprise_year, enterprise;
INSERT INTO parcel (id, code, subdistrict, registered_area, present_use, present_use_system) SELECT i, 'Q' || i, 'S1', from_mu((ARRAY[10, 90, 50])[i]), '0601', 'GB/T 21010-2017' FROM generate_series(1, 3) i;
INSERT INTO enterprise (id, code) VALUES (1, 'E1'), (2, 'E2'), (3, 'E3');
INSERT INTO enterprise_year (enterprise_id, year, tax_total) VALUES (1, 2023, 100), (2, 2023, 90), (3, 2023, NULL);
INSERT INTO occupancy (enterprise_id, parcel_id, basis) VALUES (1, 1, 'operating'), (2, 2, 'operating'), (3, 3, 'operating');
CALL assess('practice_test', 'own', '2024-02-29', 2023);
SELECT subdistrict, family, round(value::numeric, 9) AS value, n, n_missing, round(coverage::numeric, 6) AS coverage, published_value FROM subdistrict_indicator WHERE run_id = 3 AND indicator = 'tax_per_mu' ORDER BY 1, 2;

RESET search_path;
CALL inefficient_land.drop_survey('practice_test');
