-- grid_survey: fills an empty survey with :parcels invented parcels of one hectare,
-- a building and a firm on each, in five subdistricts and several industries.
-- The survey comes first on the search_path, the schema of PostGIS is on it.  Every value follows from the number
-- of the parcel, so two surveys filled alike are alike.
INSERT INTO admin_unit (code, name, level, parent_code, control_area, geom)
SELECT code, name, level, parent, area, ST_Multi(ST_MakeEnvelope(518000 + x, 4331000, 518000 + x + w, 4331000 + 100 * (:parcels / 10 + 1), 4548))
  FROM (SELECT '120101', '和平区', 'district', NULL, 0, 1000
        UNION ALL
        SELECT '12010100' || n, (ARRAY['劝业场街', '小白楼街', '五大道街', '新兴街', '南营门街'])[n], 'subdistrict', '120101', 200 * (n - 1), 200
          FROM generate_series(1, 5) n) u(code, name, level, parent, x, w),
       LATERAL (SELECT w * 100.0 * (:parcels / 10 + 1)) a(area);

INSERT INTO parcel (code, name, subdistrict, origin, stratum, registered_area, present_use, present_use_system,
                    registered_use, registered_use_system, safety_compliant, conforms_to_plan, in_renewal_plan, geom)
SELECT 'P' || lpad(i::text, 6, '0'), '地块 ' || i, '12010100' || (1 + (i - 1) % 10 / 2), 'cadastre', 'surface', 10000,
       u.code, 'GB/T 21010-2017', u.code, 'GB/T 21010-2017', true, true, false,
       ST_Multi(ST_MakeEnvelope(518000 + 100 * ((i - 1) % 10), 4331000 + 100 * ((i - 1) / 10),
                                              518100 + 100 * ((i - 1) % 10), 4331100 + 100 * ((i - 1) / 10), 4548))
  FROM generate_series(1, :parcels) i, LATERAL (SELECT CASE WHEN i % 4 = 0 THEN '0505' ELSE '0601' END) u(code);

INSERT INTO building (code, parcel_code, footprint_area, floor_area_above, storeys_above, height, built_year, danger_grade, is_villa, is_finished, geom)
SELECT 'B' || lpad(i::text, 6, '0'), 'P' || lpad(i::text, 6, '0'), 2500, 2500 * (1 + i % 8), 1 + i % 8, 4 * (1 + i % 8), 1970 + i % 50,
       substr('AABC', 1 + i % 4, 1), false, true,
       ST_Multi(ST_MakeEnvelope(518020 + 100 * ((i - 1) % 10), 4331020 + 100 * ((i - 1) / 10),
                                              518070 + 100 * ((i - 1) % 10), 4331070 + 100 * ((i - 1) / 10), 4548))
  FROM generate_series(1, :parcels) i;

INSERT INTO building_year (building_code, year, rentable_area, vacant_area, rent)
SELECT 'B' || lpad(i::text, 6, '0'), year, 2000, 100 * (i % 20), 2.5
  FROM generate_series(1, :parcels) i, generate_series(2021, 2023) year;

INSERT INTO enterprise (code, name, industry_code, industry_code_system, industry_policy_class, is_above_scale, is_strategic_emerging, production_started_on)
SELECT 'E' || lpad(i::text, 17, '0'), '企业 ' || i, (ARRAY['3011', '3511', '2631'])[1 + i % 3], 'GB/T 4754-2017',
       CASE WHEN i % 50 = 7 THEN 'eliminated' ELSE 'allowed' END, i % 5 = 0, i % 11 = 0, '2010-01-01'
  FROM generate_series(1, :parcels) i;

INSERT INTO enterprise_year (enterprise_code, year, output, sales, value_added, tax_total, tax_paid_in_district, investment, jobs, energy)
SELECT 'E' || lpad(i::text, 17, '0'), year, 300 + 7 * i % 1000, 290 + 7 * i % 1000, 100 + i % 300,
       (i * 7919 % 1000) / 10.0 + year - 2021, CASE WHEN i % 13 <> 0 THEN (i * 7919 % 1000) / 10.0 + year - 2021 END, 2000 + i, 10 + i % 200, 5 + i % 40
  FROM generate_series(1, :parcels) i, generate_series(2021, 2023) year;

INSERT INTO occupancy (enterprise_code, parcel_code, building_code, floor_area, share, basis, from_date)
SELECT 'E' || lpad(i::text, 17, '0'), 'P' || lpad(i::text, 6, '0'), 'B' || lpad(i::text, 6, '0'), 2000, 1, 'both', '2010-01-01'
  FROM generate_series(1, :parcels) i;
