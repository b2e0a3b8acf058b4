-- doubt: a figure that a finding leaves in doubt moves no other parcel
SET search_path = inefficient_land, public;
SET client_min_messages = warning;
CALL create_survey('doubt_test', srid => 4548, base_year => 2022);
CALL copy_standard('jinhua-2024', 'own', 'doubt_test');
DELETE FROM doubt_test.standard_land_type WHERE land_type <> 'industrial';
INSERT INTO doubt_test.standard_control (standard, indicator, industry_code, industry_code_system, value, source) VALUES ('own', 'standard_land_plot_ratio', '40', 'GB/T 4754-2002', 1.5, 'test');
SET search_path = doubt_test, inefficient_land, public;

-- 40 factories of 1 ha in two subdistricts; firm i pays 100 + i, firm 40 nothing to speak of
INSERT INTO parcel (id, code, subdistrict, registered_area, present_use, present_use_system, safety_compliant, geom)
SELECT i, 'P' || i, 'S' || i % 2, 10000, '0601', 'GB/T 21010-2017', true, ST_Multi(ST_MakeEnvelope(518000 + 200 * i, 4331000, 518100 + 200 * i, 4331100, 4548)) FROM generate_series(1, 40) i;
INSERT INTO building (id, code, parcel_id, footprint_area, floor_area_above, storeys_above, danger_grade) SELECT i, 'B' || i, i, 5000, 11000, 3, 'A' FROM generate_series(1, 40) i;
INSERT INTO building_year (id, building_id, building_code, year, rentable_area, vacant_area) SELECT i, i, 'B' || i, 2023, 1000, 100 FROM generate_series(1, 40) i;
INSERT INTO enterprise (id, code, industry_code, industry_code_system, industry_policy_class, is_above_scale, is_strategic_emerging, production_started_on)
SELECT i, 'E' || i, 'C4011', 'GB/T 4754-2002', 'allowed', false, false, '2010-01-01' FROM generate_series(1, 40) i;
INSERT INTO enterprise_year (id, enterprise_id, enterprise_code, year, output, tax_total, tax_paid_in_district, jobs)
SELECT 10 * i + y - 2020, i, 'E' || i, y, 1000 + i, CASE WHEN i = 40 THEN 10 ELSE 100 + i END, CASE WHEN i = 40 THEN 10 ELSE 100 + i END, 50 FROM generate_series(1, 40) i, generate_series(2022, 2023) y;
INSERT INTO occupancy (enterprise_id, enterprise_code, parcel_id, floor_area, basis) SELECT i, 'E' || i, i, 3000, 'operating' FROM generate_series(1, 40) i;
CALL assess('doubt_test', standard => 'own', as_of => '2024-02-29', run_id => NULL);
SELECT verdict, count(*) FROM verdict WHERE run_id = 1 GROUP BY 1 ORDER BY 1;

-- one year of one firm in yuan, a floor area and an area with three digits too many, one area in hectares, more vacant than there is
UPDATE enterprise_year SET tax_total = 1e4 * tax_total, tax_paid_in_district = 1e4 * tax_paid_in_district WHERE enterprise_id = 1 AND year = 2022;
UPDATE enterprise_year SET output = 1e4 * output WHERE enterprise_id = 2 AND year = 2023;
UPDATE building SET footprint_area = NULL, storeys_above = NULL, floor_area_above = 11000000 WHERE id = 3;
UPDATE building SET floor_area_above = 11000000 WHERE id = 4;
UPDATE parcel SET registered_area = 10000000 WHERE id = 5;
UPDATE parcel SET registered_area = 1 WHERE id = 6;
UPDATE building_year SET vacant_area = 100000 WHERE id = 7;
CALL assess('doubt_test', standard => 'own', as_of => '2024-02-29', run_id => NULL);
SELECT rule, table_name, row_id, doubtful, advice_en FROM finding WHERE _in_run(run_id, until_run, 2) AND doubtful IS NOT NULL ORDER BY row_id, rule, doubtful;

-- without doubt the one firm makes the others inefficient
BEGIN;
UPDATE finding_rule SET doubts = '{}';
CALL assess('doubt_test', standard => 'own', as_of => '2024-02-29', run_id => NULL);
SELECT verdict, count(*) FROM verdict WHERE until_run IS NULL GROUP BY 1 ORDER BY 1;
ROLLBACK;
-- the figure is unknown where it stands …
SELECT parcel_id, land_area, plot_ratio, vacancy_rate, output, tax, tax_per_mu_series::numeric(9,4)[] AS taxes FROM parcel_indicator WHERE _in_run(run_id, until_run, 2) AND parcel_id BETWEEN 1 AND 8 ORDER BY 1;
-- … nobody else's verdict moves …
SELECT a.parcel_id, a.verdict AS before, b.verdict AS after, b.missing FROM verdict a JOIN verdict b USING (parcel_id, family)
 WHERE _in_run(a.run_id, a.until_run, 1) AND _in_run(b.run_id, b.until_run, 2) AND (a.verdict, a.reasons) IS DISTINCT FROM (b.verdict, b.reasons) ORDER BY 1;
-- … and peers and sums stay between what honest firms have
SELECT expression, key_value, n, round(value::numeric, 4) AS value FROM benchmark WHERE run_id = 2 AND expression LIKE 'peer%' ORDER BY id;
SELECT indicator, n, n_missing, round(value::numeric, 4) AS value FROM subdistrict_indicator WHERE _in_run(run_id, until_run, 2) AND subdistrict = '' AND family = '' AND indicator IN ('plot_ratio', 'vacancy_rate', 'output_per_hectare', 'tax_per_mu') ORDER BY 1;

-- a total does not stand in for a figure in doubt
UPDATE enterprise_year SET tax_total = 101 WHERE enterprise_id = 1 AND year = 2022;
UPDATE enterprise_year SET tax_paid_in_district = 1e4 * tax_paid_in_district WHERE enterprise_id = 8 AND year = 2023;
CALL assess('doubt_test', standard => 'own', as_of => '2024-02-29', run_id => NULL);
SELECT parcel_id, tax, tax_per_mu_series::numeric(9,4)[] AS taxes FROM parcel_indicator WHERE until_run IS NULL AND parcel_id IN (1, 8, 9) ORDER BY 1;

RESET search_path;
CALL inefficient_land.drop_survey('doubt_test');
