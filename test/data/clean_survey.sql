-- A small survey without a fault, invented: two subdistricts of 200 ha, seven
-- parcels of 1 ha, ten firms over two years.  Tables are named without schema:
-- the survey leads the search_path.  Keys are not resolved yet.

INSERT INTO admin_unit (code, name, level, parent_code, control_area, geom) VALUES
    ('990101',    '示例区',   'district',    NULL,     4000000, ST_Multi(ST_MakeEnvelope(517500, 4330000, 519500, 4332000, 4548))),
    ('990101001', '甲街道',   'subdistrict', '990101', 2000000, ST_Multi(ST_MakeEnvelope(517500, 4330000, 518500, 4332000, 4548))),
    ('990101002', '乙街道',   'subdistrict', '990101', 2000000, ST_Multi(ST_MakeEnvelope(518500, 4330000, 519500, 4332000, 4548)));
INSERT INTO management_area (code, name, kind, geom) VALUES
    ('M1', '示例片区', 'commercial', ST_Multi(ST_MakeEnvelope(518300, 4331000, 518700, 4331500, 4548)));
INSERT INTO patch (code, base_year, land_class, land_class_system, area, ownership, geom) VALUES
    ('2022000000000001', 2022, '0601', 'third-survey', 2000000, '10', ST_Multi(ST_MakeEnvelope(517500, 4330000, 518500, 4332000, 4548))),
    ('2022000000000002', 2022, '05H1', 'third-survey', 2000000, '10', ST_Multi(ST_MakeEnvelope(518500, 4330000, 519500, 4332000, 4548)));

-- parcel n stands 100 m east of parcel n - 1; the last lies under the second
INSERT INTO parcel (code, name, origin, stratum, ownership, registered_area, registered_use, registered_use_system, approved_use, approved_use_system,
                    present_use, present_use_system, planned_use, planned_use_system, occupied_area, green_area, operating_state, use_state, geom)
SELECT '990101001001GB' || lpad(v.n::text, 5, '0'), '示例宗地' || v.n, 'cadastre', v.stratum, 'state', 10000, v.use, 'GB/T 21010-2017', v.use, 'GB/T 21010-2017',
       v.use, 'GB/T 21010-2017', '0901', 'land-and-sea-2023', 2500, 3000, 'normal', 'in_use',
       ST_Multi(ST_MakeEnvelope(518100 + 100 * v.place, 4331100, 518200 + 100 * v.place, 4331200, 4548))
  FROM (VALUES (1, '0601', 'surface', 0), (2, '0501', 'surface', 1), (3, '0701', 'surface', 2), (4, '0803', 'surface', 3),
               (5, '0505', 'surface', 4), (6, '0601', NULL, 5), (7, '0501', 'below', 1)) AS v (n, use, stratum, place);
INSERT INTO parcel_use (parcel_code, family, land_area, floor_area, basis) VALUES
    ('990101001001GB00005', 'commerce_office', 7000, 5000, 'floor area'),
    ('990101001001GB00005', 'residence', 3000, 3000, 'floor area');

-- one building in the middle of each surface parcel, 50 m x 40 m
INSERT INTO building (code, parcel_code, community_code, use_code, use_code_system, footprint_area, floor_area_above, floor_area_below,
                      storeys_above, storeys_below, height, built_year, danger_grade, is_finished, use_state, geom)
SELECT 'B' || n, '990101001001GB' || lpad(n::text, 5, '0'), CASE WHEN n = 3 THEN 'C1' END, '0501', 'GB/T 21010-2017', 2000, 2000 * n, 1000, n, 1, 4 * n, 1990 + n,
       'A', true, 'in_use', ST_Multi(ST_MakeEnvelope(518025 + 100 * n, 4331130, 518075 + 100 * n, 4331170, 4548))
  FROM generate_series(1, 6) AS n;
INSERT INTO building_year (building_code, year, rentable_area, vacant_area, rent, as_of, source)
SELECT 'B' || n, y, 1500 * n, 300 * n, 1.5, make_date(y, 12, 31), 'operator' FROM generate_series(2, 6) AS n, generate_series(2021, 2023) AS y;
INSERT INTO community (code, name, is_villa, household_count) VALUES ('C1', '示例小区', false, 120);
INSERT INTO community_member (community_code, parcel_code) VALUES ('C1', '990101001001GB00003');

-- ten firms, from small to large; figures grow by half from one firm to the next
INSERT INTO enterprise (code, name, industry_code, industry_code_system, industry_policy_class, is_above_scale, production_started_on, registered_subdistrict)
SELECT '99990101MA000000' || lpad(n::text, 2, '0'), '示例企业' || n, '3311', 'GB/T 4754-2017', 'allowed', n > 5, '2010-05-01', '990101001' FROM generate_series(1, 10) AS n;
INSERT INTO enterprise_year (enterprise_code, year, output, sales, value_added, tax_total, tax_paid_in_district, tax_definition, investment, jobs, energy, research)
SELECT '99990101MA000000' || lpad(n::text, 2, '0'), y, 1000 * s.size, 900 * s.size, 250 * s.size, 60 * s.size, 50 * s.size, 'paid in', 800 * s.size, 10 * n, 20 * s.size, 10 * s.size
  FROM generate_series(1, 10) AS n, generate_series(2022, 2023) AS y, LATERAL (SELECT power(1.5, n) * (1 + 0.1 * (y - 2022)) AS size) s;
INSERT INTO occupancy (enterprise_code, building_code, floor_from, floor_to, floor_area, basis, from_date)
SELECT '99990101MA000000' || lpad(n::text, 2, '0'), 'B' || (1 + n % 6), 1, 1, 100 * n, 'both', '2015-01-01' FROM generate_series(1, 10) AS n;
INSERT INTO occupancy (enterprise_code, parcel_code, floor_area, basis, from_date) VALUES
    ('99990101MA00000010', '990101001001GB00006', 500, 'operating', '2018-01-01');

INSERT INTO detailed_plan (code, name, level, status, approved_on, valid_from, geom) VALUES
    ('K1', '示例单元控规', 'block', 'approved', '2020-06-01', '2020-07-01', ST_Multi(ST_MakeEnvelope(518000, 4331000, 519000, 4331500, 4548)));
INSERT INTO planning_plot (code, detailed_plan_code, planned_use, planned_use_system, plot_ratio, coverage, height, green_ratio, geom)
SELECT lpad(n::text, 2, '0'), 'K1', '0901', 'land-and-sea-2023', 2.5, 0.4, 60, 0.3, ST_Multi(ST_MakeEnvelope(518000 + 100 * n, 4331100, 518100 + 100 * n, 4331200, 4548))
  FROM generate_series(1, 6) AS n;
INSERT INTO constraint_zone (code, name, kind, effect, geom) VALUES
    ('Z1', '示例保护区', 'heritage', 'inform', ST_Multi(ST_MakeEnvelope(518000, 4331300, 518100, 4331400, 4548)));
INSERT INTO contract (code, kind, parcel_code, signed_on, agreed_start, agreed_completion, actual_start, actual_completion, planned_area, started_area,
                      planned_investment, spent_investment, plot_ratio, coverage, investment_intensity, output_per_hectare, tax_per_mu) VALUES
    ('HT-2009-001', 'grant', '990101001001GB00001', '2009-01-15', '2009-06-01', '2011-06-01', '2009-07-01', '2011-05-01', 9000, 9000, 6000, 6000, 1.2, 0.4, 4500, 7500, 20),
    ('HT-2009-001', 'grant', '990101001001GB00006', '2009-01-15', '2009-06-01', '2011-06-01', '2009-07-01', '2011-05-01', 9000, 9000, 6000, 6000, 1.2, 0.4, 4500, 7500, 20);
INSERT INTO legacy_case (code, parcel_code, use_began_on, date_precision, evidence, second_survey_class, third_survey_class, area, status, geom) VALUES
    ('L1', '990101001001GB00004', '1998-03-01', 'month', 'aerial photograph 1998-031', '203', '0803', 2500, 'open', ST_Multi(ST_MakeEnvelope(518400, 4331100, 518450, 4331150, 4548)));
INSERT INTO problem (code, parcel_code, class, description, department, found_on, status) VALUES
    ('W1', '990101001001GB00004', 'missing_approval', '示例问题', '示例部门', '2023-05-01', 'open');
INSERT INTO exemption_decision (parcel_code, family, rule, decided_by, document_number, decided_on) VALUES
    ('990101001001GB00004', 'facilities', 'X-1', '示例机关', '示例〔2023〕1号', '2023-08-01');
INSERT INTO complete_list (fact, family, department, as_of, source) VALUES ('danger_grade', NULL, '示例部门', '2024-01-01', '示例名单');
INSERT INTO submission (department, table_name, period, officer, file_name, received_on) VALUES ('示例部门', 'parcel', '2023', '示例', 'parcel.shp', '2024-01-10');
INSERT INTO attachment (subject_table, subject_code, kind, uri) VALUES ('legacy_case', 'L1', 'photo', 'file:L1.jpg');
INSERT INTO correction (table_name, row_code, column_name, old_value, new_value, reason, evidence, corrected_by, corrected_on) VALUES
    ('parcel', '990101001001GB00001', 'registered_area', '9999', '10000', '示例', '示例证书', '示例', '2024-01-20');
