-- fact row: facts of buildings, contracts, plans, zones and decisions on the parts of parcels
SET search_path = inefficient_land, public;
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';
CALL create_survey('fact_test', srid => 4548, base_year => 2022);
SET search_path = fact_test, inefficient_land, public;
CREATE FUNCTION box(x float8, y float8, w float8, h float8) RETURNS geometry LANGUAGE sql IMMUTABLE
RETURN ST_Multi(ST_MakeEnvelope(518000 + x, 4331000 + y, 518000 + x + w, 4331000 + y + h, 4548));

-- bands: half-open, without gaps
SELECT indicator, v, _band(indicator, v)
  FROM (VALUES ('tax_per_mu', -0.01::float8), ('tax_per_mu', 0), ('tax_per_mu', 4.99), ('tax_per_mu', 5), ('tax_per_mu', 1e9), ('vacancy_rate', 0.3), ('vacancy_rate', 1), ('tax_per_mu', NULL), ('nothing', 1)) t (indicator, v);
SELECT a.indicator, a.band FROM indicator_band a
  LEFT JOIN indicator_band b ON b.indicator = a.indicator AND b.sequence = a.sequence + 1
 WHERE a.to_value IS DISTINCT FROM b.from_value OR a.sequence = 1 AND a.from_value IS NOT NULL AND a.indicator NOT IN ('vacancy_rate', 'jobs_per_hectare');

-- parcels 100 m × 100 m in a row; P1 to P6 houses, P7 mixed, P8 bare
INSERT INTO parcel (id, code, subdistrict, registered_area, present_use, present_use_system, occupied_area, green_area, geom)
SELECT i, 'P' || i, 'S1', 10000, '0701', 'GB/T 21010-2017', 4500, 2500, box(i * 100, 0, 100, 100) FROM generate_series(1, 8) i;
UPDATE parcel SET present_use = '0601' WHERE id IN (1, 8);
UPDATE parcel SET occupied_area = -1, green_area = 'NaN', operating_state = ' ', use_state = 'idle', idle_since = '2022-01-01' WHERE id = 2;
INSERT INTO parcel_use (parcel_id, family, land_area, floor_area) VALUES (7, 'commerce_office', 2500, NULL), (7, 'residence', 7500, 9000);
INSERT INTO community (id, code, is_villa, heritage_kind) VALUES (1, 'C1', true, 'historic_building');
INSERT INTO building (id, code, parcel_id, community_id, family, floor_area_above, built_year, danger_grade, is_villa, heritage_kind, is_finished) VALUES
    -- P1: six blocks, three of them dilapidated with 40 % of the floor area
    (11, 'B11', 1, NULL, NULL, 1000, 1985, 'C', false, NULL, true), (12, 'B12', 1, NULL, NULL, 1000, 1990, 'd', false, NULL, true), (13, 'B13', 1, NULL, NULL, 2000, 2000, 'C', false, NULL, true),
    (14, 'B14', 1, NULL, NULL, 2000, 1999, 'A', false, NULL, true), (15, 'B15', 1, NULL, NULL, 2000, 2001, 'B', false, NULL, true), (16, 'B16', 1, NULL, NULL, 2000, 2002, 'A', false, NULL, true),
    -- P2: one year and one grade unknown; P3: a known C beside an unknown grade; P4: A and B only; P5: a grade that does not exist, an unfinished one
    (21, 'B21', 2, NULL, NULL, 500, 1980, 'A', NULL, NULL, NULL), (22, 'B22', 2, NULL, NULL, 500, NULL, NULL, false, NULL, true),
    (31, 'B31', 3, NULL, NULL, 500, 1980, 'C', NULL, NULL, NULL), (32, 'B32', 3, NULL, NULL, NULL, 1981, NULL, NULL, NULL, NULL),
    (41, 'B41', 4, 1, NULL, 500, 1930, 'A', NULL, NULL, NULL), (42, 'B42', 4, NULL, NULL, 500, 1931, 'B', false, 'conservation_area', NULL),
    (51, 'B51', 5, NULL, NULL, 500, 2020, 'X', NULL, NULL, false), (52, 'B52', 5, NULL, NULL, 500, 2021, 'A', NULL, NULL, NULL),
    -- P7: a block of flats, a shop, and one building for both
    (71, 'B71', 7, NULL, 'residence', 4000, 1979, 'A', NULL, NULL, NULL), (72, 'B72', 7, NULL, 'commerce_office', 800, 1999, 'A', NULL, NULL, NULL), (73, 'B73', 7, NULL, NULL, 500, 1960, 'D', NULL, NULL, NULL);

SELECT parcel_id, family, building_count AS n, floor_area, built_year, danger_grade AS grade, round(danger_share::numeric, 6) AS by_area, round(danger_count_share::numeric, 6) AS by_count, is_villa, heritage_kind, is_finished
  FROM _part_building('fact_test', 'present', '2024-02-29') ORDER BY parcel_id, family;
-- a complete list of dangerous houses: who is not on it is sound
INSERT INTO complete_list (fact, family, as_of) VALUES ('danger_grade', 'residence', '2024-02-29');
SELECT parcel_id, family, danger_grade AS grade, round(danger_share::numeric, 6) AS by_area, round(danger_count_share::numeric, 6) AS by_count
  FROM _part_building('fact_test', 'present', '2024-02-29') WHERE parcel_id IN (2, 3, 5) ORDER BY parcel_id;
SELECT count(*) FROM _part_building('fact_test', 'present', '2024-02-28') WHERE parcel_id = 2 AND danger_share IS NOT NULL;
DELETE FROM complete_list;

-- vacancy: three years of P1 (all six blocks in 2022 and 2023, one missing in 2021), P2 with an impossible year and a conflict
INSERT INTO building_year (building_id, year, rentable_area, vacant_area)
SELECT b, y, 1000, 100 * (y - 2020) FROM generate_series(11, 16) b, generate_series(2021, 2023) y WHERE NOT (b = 16 AND y = 2021);
INSERT INTO building_year (building_id, year, rentable_area, vacant_area) VALUES
    (21, 2022, 100, 200), (22, 2022, 100, 50), (21, 2023, 100, 20), (22, 2023, 100, 50), (22, 2023, 100, 51), (71, 2023, 0, 0), (72, 2023, 600, 150), (73, 2023, 200, 50), (31, 2024, 1, 1);
SELECT parcel_id, family, rentable_area AS rentable, vacant_area AS vacant, round(vacancy_rate::numeric, 6) AS rate, rate_series::numeric(9,6)[], rate_years FROM _part_vacancy('fact_test', 'present', '2024-02-29', 2023) ORDER BY parcel_id, family;
-- the gate house without a row has nothing to let where the table is complete
INSERT INTO complete_list (fact, as_of) VALUES ('building_year', '2024-02-29');
SELECT parcel_id, family, rentable_area AS rentable, vacant_area AS vacant, rate_series::numeric(9,6)[] FROM _part_vacancy('fact_test', 'present', '2024-02-29', 2023) WHERE parcel_id IN (1, 3, 7) ORDER BY parcel_id, family;
DELETE FROM complete_list;

-- contracts: the last one not after as_of; ties agree or are unknown; other papers are no contracts
INSERT INTO contract (parcel_id, kind, signed_on, agreed_start, plot_ratio, tax_per_mu, coverage) VALUES
    (1, 'grant', '2010-05-01', '2011-05-01', 1.0, 5, 0.3), (1, 'lease', '2018-05-01', '2019-05-01', 1.5, 8, 0.4), (1, 'grant', '2024-05-01', '2025-01-01', 3.0, 9, 0.5), (1, 'supervision', '2020-01-01', NULL, 9, 9, 9),
    (2, 'grant', NULL, '2001-01-01', 0.8, NULL, NULL), (2, NULL, '2005-05-05', '2006-06-06', -1, NULL, NULL),
    (3, 'grant', '2012-02-02', '2013-01-01', 1.2, 5, 0.4), (3, 'grant', '2012-02-02', '2013-01-01', 1.3, NULL, 0.4),
    (4, ' allocation ', NULL, '1999-09-09', 0.9, NULL, NULL);
SELECT parcel_id, tied, kind, plot_ratio, coverage, tax_per_mu, agreed_start FROM _parcel_contract('fact_test', '2024-02-29') ORDER BY parcel_id;
SELECT parcel_id, plot_ratio FROM _parcel_contract('fact_test', NULL) WHERE parcel_id = 1;
SELECT parcel_id, plot_ratio FROM _parcel_contract('fact_test', '2010-04-30') ORDER BY parcel_id;

-- plans: approved, in force, the implementation plan before the block plan
INSERT INTO detailed_plan (id, code, level, status, approved_on, valid_from, valid_to) VALUES
    (1, 'BLOCK', 'block', 'approved', '2015-01-01', NULL, NULL), (2, 'IMPL', 'implementation', 'approved', '2023-01-01', NULL, NULL),
    (3, 'DRAFT', 'implementation', 'draft', NULL, NULL, NULL), (4, 'OLD', 'block', 'approved', '2000-01-01', NULL, '2020-01-01'), (5, 'NEXT', 'implementation', 'approved', '2024-01-01', '2024-03-01', NULL);
INSERT INTO planning_plot (code, detailed_plan_code, detailed_plan_id, planned_use, plot_ratio, coverage, height, geom) VALUES
    ('L1', 'BLOCK', 1, 'R', 2.0, 0.30, 60, box(100, 0, 100, 100)),          -- P1 wholly
    ('L2', 'BLOCK', 1, 'B', 3.0, 0.40, 80, box(200, 0, 60, 100)),           -- P2: 60 % and 40 %
    ('L3', 'BLOCK', 1, 'G', 1.0, 0.40, 20, box(260, 0, 40, 100)),
    ('L4', 'BLOCK', 1, 'R', 2.5, 0.30, 50, box(300.5, 0, 99.5, 100)),       -- P3, and half a metre of L5, a sliver
    ('L5', 'BLOCK', 1, 'M', 9.0, 0.90, 90, box(299.5, 0, 1, 100)),
    ('L6', 'BLOCK', 1, 'R', 2.0, 0.30, 50, box(400, 0, 100, 100)),          -- P4: the implementation plan covers 55 %
    ('L7', 'IMPL', 2, 'A', 4.0, 0.50, 90, box(400, 0, 55, 100)),
    ('L8', 'BLOCK', 1, 'R', 2.0, 0.30, 50, box(500, 0, 100, 100)),          -- P5: the implementation plan covers 45 %
    ('L9', 'IMPL', 2, 'A', 4.0, 0.50, 90, box(500, 0, 45, 100)),
    ('L10', 'DRAFT', 3, 'R', 5.0, 0.50, 90, box(600, 0, 100, 100)),         -- P6: nothing in force
    ('L11', 'OLD', 4, 'R', 5.0, 0.50, 90, box(600, 0, 100, 100)), ('L12', 'NEXT', 5, 'R', 6.0, 0.50, 90, box(600, 0, 100, 100)), ('L13', 'LOST', NULL, 'R', 5.0, 0.50, 90, box(600, 0, 100, 100)),
    ('L14', NULL, NULL, 'R', NULL, 0.35, 40, box(700, 0, 40, 100)), ('L15', NULL, NULL, 'B', 1.8, NULL, NULL, box(740, 0, 60, 100)),     -- P7: no plan named
    ('L16', 'BLOCK', 1, 'R', 2.0, 0.30, 50, box(800, 0, 49, 100));          -- P8: less than half
INSERT INTO planning_plot (code, plot_ratio, geom) VALUES ('L17', 9.0, ST_Multi(ST_GeomFromText('POLYGON((518100 4331000,518200 4331100,518200 4331000,518100 4331100,518100 4331000))', 4548)));
SELECT parcel_id, planned_use, round(plot_ratio::numeric, 6) AS plot_ratio, round(coverage::numeric, 6) AS coverage, height FROM _parcel_plan('fact_test', '2024-02-29') ORDER BY parcel_id;
SELECT parcel_id, plot_ratio FROM _parcel_plan('fact_test', '2024-03-01') WHERE parcel_id = 6;
SELECT parcel_id, plot_ratio FROM _parcel_plan('fact_test', '2019-12-31') WHERE parcel_id IN (4, 6) ORDER BY parcel_id;

-- zones
SELECT parcel_id, management_area, constraint_effect FROM _parcel_zone('fact_test') WHERE parcel_id = 1;
INSERT INTO management_area (code, name, geom) VALUES ('JJ', 'a', box(0, -50, 250, 200)), (NULL, 'WDD', box(150, 0, 200, 100)), ('BAD', 'b', NULL);
INSERT INTO constraint_zone (code, effect, geom) VALUES ('Z1', 'route_to_conservation', box(350, 0, 100, 100)), ('Z2', 'inform', box(349, 0, 52, 100)), ('Z3', 'inform', box(300, 0, 200, 100)), ('Z4', 'exclude', box(300, 0, 49, 100));
SELECT parcel_id, management_area, constraint_effect FROM _parcel_zone('fact_test') ORDER BY parcel_id;

-- the whole row, by a standard of three land types: villas apart from other housing, industry from a fifth of the parcel on
INSERT INTO standard (code, version, title_en, title_zh, source, confirmation) VALUES ('test', '1', 'test', '测试', 'test', 'synthetic');
INSERT INTO standard_land_type (standard, land_type, family, label_en, label_zh, use_codes, use_code_system, minimum_share, sequence) VALUES
    ('test', 'villa', 'residence', 'villas', '别墅', '{0799}', 'GB/T 21010-2017', 0, 1),
    ('test', 'housing', 'residence', 'housing', '住宅', '{0701}', 'GB/T 21010-2017', 0.8, 2),
    ('test', 'shop', 'commerce_office', 'shops', '商业', NULL, NULL, 0.3, 3),
    ('test', 'industrial', 'industry_warehouse', 'industry', '工业', NULL, NULL, 0.2, 4);
INSERT INTO standard_land_type (standard, land_type, family, label_en, label_zh, subject, sequence) VALUES ('test', 'house', 'residence', 'houses', '房屋', 'building', 0);
INSERT INTO exemption_decision (parcel_id, family, rule, decided_on) VALUES (1, NULL, 'X1', '2024-02-29'), (1, 'industry_warehouse', ' X2', '2023-01-01'), (1, 'residence', 'X3', '2023-01-01'), (1, NULL, 'X4', '2024-03-01'), (1, NULL, 'X5', NULL), (1, NULL, 'X1', '2020-01-01');
INSERT INTO enterprise (id, code, industry_code) VALUES (1, 'E1', 'C3610');
INSERT INTO enterprise_year (enterprise_id, year, tax_total, output, investment, investment_land_price, jobs, value_added, energy) VALUES (1, 2022, 90, 500, 2700, 400, 100, 30, 0), (1, 2023, 100, 500, 2700, 400, 100, 30, 10);
INSERT INTO occupancy (enterprise_id, parcel_id, basis) VALUES (1, 1, 'operating');
INSERT INTO run (id, standard, standard_version, confirmation, evaluator, started_at, finished_at) VALUES (1, 'test', '1', 'synthetic', '0', now(), now());
SELECT _store_fact('fact_test', 1, 'test', 'present', '{registered}', '2024-02-29', 2023);
SELECT parcel_id, family, land_type, family_area, round(family_share::numeric, 6) AS share, floor_area, family_floor_area AS part_floor, round(plot_ratio::numeric, 6) AS plot_ratio, building_coefficient AS coefficient, green_ratio AS green, building_count AS n
  FROM parcel_indicator ORDER BY parcel_id, family;
-- P1, everything that is known: 1 ha = 15 mu, 100 of tax, 10000 m² of floor; investment without land price 2700 a hectare (with it 3100)
SELECT e.key, e.value FROM parcel_indicator i, jsonb_each(to_jsonb(i)) e WHERE i.parcel_id = 1 AND e.value <> 'null' ORDER BY e.key COLLATE "C";
\x on
SELECT tax_per_mu = 100 / 15.0::float8 AS tax_is_exact, tax_per_floor_area, value_added_per_energy, investment_intensity, jobs_per_hectare, tax_per_mu_years, tax_per_mu_series[2] = tax_per_mu AS series_ends_here, tax_per_mu_band, exemption_decision FROM parcel_indicator WHERE parcel_id = 1;
-- P2: impossible areas are unknown, blanks are nothing
SELECT operating_state, use_state, idle_since, building_coefficient, green_ratio, tax, enterprise_count FROM parcel_indicator WHERE parcel_id = 2;
\x off

-- a share that is unknown is not too small; a part of unknown area has no figures per area
UPDATE parcel_use SET land_area = NULL WHERE family = 'commerce_office';
INSERT INTO run (id, standard, standard_version, confirmation, evaluator, started_at, finished_at) VALUES (2, 'test', '1', 'synthetic', '0', now(), now());
SELECT _store_fact('fact_test', 2, 'test', 'present', '{registered}', NULL, NULL);
SELECT family, land_type, family_area, family_share, tax, exemption_decision FROM parcel_indicator WHERE run_id = 2 AND parcel_id IN (1, 7) ORDER BY parcel_id, family;

-- what becomes visible when facts meet
INSERT INTO occupancy (enterprise_id, parcel_id, basis) VALUES (1, 7, 'operating');
UPDATE parcel_use SET family = 'facilities' WHERE family = 'residence';
SELECT _store_fact_finding('fact_test', 2, 'present', '2024-02-29', 2023);
SELECT rule, severity, blocking, table_name, row_code, parcel_id, message_en, message_zh FROM finding WHERE run_id = 2 ORDER BY id;

RESET search_path;
CALL inefficient_land.drop_survey('fact_test');
