-- economy: figures of enterprises on the parts of parcels
SET search_path = inefficient_land, public;
SET client_min_messages = warning;
CALL create_survey('economy_test', srid => 4548, base_year => 2022);
SET search_path = economy_test, inefficient_land, public;

INSERT INTO parcel (id, code, subdistrict, registered_area, present_use, present_use_system)
SELECT i, 'P' || i, 'S1', 10000, '0601', 'GB/T 21010-2017' FROM generate_series(1, 12) i;
UPDATE parcel SET present_use = '0505' WHERE id IN (9, 10);
-- P9: shops below flats; P10: shops and a school; P11: two families, neither hosts firms
INSERT INTO parcel_use (parcel_id, family, land_area) VALUES
    (9, 'commerce_office', 4000), (9, 'residence', 6000), (10, 'commerce_office', 4000), (10, 'facilities', 6000), (11, 'residence', 4000), (11, 'other', 6000);
INSERT INTO building (id, code, parcel_id, family, use_code, use_code_system) VALUES
    (1, 'B1', 10, 'facilities', NULL, NULL), (2, 'B2', 10, NULL, '0505', 'GB/T 21010-2017'), (3, 'B3', 12, NULL, NULL, NULL);

INSERT INTO enterprise (id, code, industry_code, industry_code_system, industry_policy_class, is_above_scale, is_strategic_emerging, production_started_on)
SELECT i, 'E' || lpad(i::text, 2, '0'), 'C36' || lpad(i::text, 2, '0'), 'GB/T 4754-2017', 'allowed', false, false, '2010-01-01' FROM generate_series(1, 20) i;
UPDATE enterprise SET is_above_scale = true, industry_policy_class = 'eliminated', production_started_on = '2020-06-01' WHERE id = 3;
UPDATE enterprise SET is_above_scale = NULL, production_started_on = NULL WHERE id = 4;

INSERT INTO enterprise_year (enterprise_id, year, output, value_added, tax_total, tax_paid_in_district, investment, investment_land_price, jobs, energy)
SELECT i, y, 1000, 300, 240, NULL, 500, 100, 40, 20 FROM generate_series(1, 20) i, generate_series(2021, 2023) y;
UPDATE enterprise_year SET tax_total = 70 WHERE enterprise_id = 2;
UPDATE enterprise_year SET tax_total = 100 WHERE enterprise_id = 3;
UPDATE enterprise_year SET tax_paid_in_district = 12 WHERE enterprise_id = 5;           -- headquarters pay elsewhere
UPDATE enterprise_year SET tax_total = NULL WHERE enterprise_id = 6;                    -- unknown
UPDATE enterprise_year SET tax_total = -30 WHERE enterprise_id = 7;                     -- refund
UPDATE enterprise_year SET output = 'NaN', jobs = -1, energy = 'Infinity' WHERE enterprise_id = 8;
INSERT INTO enterprise_year (enterprise_id, year, output, tax_total) VALUES (1, 2023, 1000, 240), (9, 2023, 1000, 250);     -- the same again; another figure

INSERT INTO occupancy (enterprise_id, parcel_id, building_id, floor_area, share, basis, from_date, to_date) VALUES
    -- one firm on two parcels, 60 and 180 of its 240 reported per plant
    (1, 1, NULL, NULL, 0.25, 'operating', NULL, NULL), (1, 2, NULL, NULL, 0.75, 'both', NULL, NULL),
    -- two firms on one parcel: 70 and 100; the larger one is E03
    (2, 3, NULL, 200, NULL, 'operating', NULL, NULL), (3, 3, NULL, 300, NULL, NULL, NULL, NULL),
    -- a firm by floor area: 1/4, 3/4; registered at P3, which counts for nothing
    (4, 4, NULL, 100, NULL, 'operating', NULL, NULL), (4, 5, NULL, 100, NULL, 'operating', NULL, NULL), (4, 5, NULL, 200, NULL, 'operating', NULL, NULL), (4, 3, NULL, 9999, NULL, 'registered', NULL, NULL),
    -- alone on its parcel, floor area unknown: takes all
    (5, 6, NULL, NULL, NULL, 'operating', NULL, NULL),
    -- unknown tax beside a known one
    (6, 7, NULL, 10, NULL, 'operating', NULL, NULL), (7, 7, NULL, 20, NULL, 'operating', NULL, NULL),
    -- E08 moved from P8 to P1 in 2022: both in that year, half each
    (8, 8, NULL, 50, NULL, 'operating', '2015-01-01', '2022-06-30'), (8, 1, NULL, 50, NULL, 'operating', '2022-07-01', NULL),
    -- E09 on two parcels, floor area of one unknown: cannot be divided
    (9, 2, NULL, 10, NULL, 'operating', NULL, NULL), (9, 8, NULL, NULL, NULL, 'operating', '2023-01-01', NULL),
    -- a third reported, the rest by floor area over two places, one of them outside the survey
    (10, 4, NULL, NULL, 0.4, 'operating', NULL, NULL), (10, 6, NULL, 100, NULL, 'operating', NULL, NULL), (10, NULL, NULL, 300, NULL, 'operating', NULL, NULL),
    -- shares of 1.2: impossible
    (11, 4, NULL, NULL, 0.6, 'operating', NULL, NULL), (11, 5, NULL, NULL, 0.6, 'operating', NULL, NULL),
    -- mixed parcels: shops, school, by building, and nobody knows
    (12, 9, NULL, 10, NULL, 'operating', NULL, NULL),
    (13, NULL, 1, 10, NULL, 'operating', NULL, NULL), (14, NULL, 2, 10, NULL, 'operating', NULL, NULL),
    (15, 11, NULL, 10, NULL, 'operating', NULL, NULL),
    -- an address without enterprise
    (NULL, 6, NULL, 10, NULL, 'registered', NULL, NULL);
UPDATE occupancy SET enterprise_code = 'E99' WHERE enterprise_id IS NULL;

SELECT enterprise_key, parcel_id, family, floor_area, share, from_year, to_year FROM _placed_occupancy('economy_test', 'present') ORDER BY enterprise_id, parcel_id, family, floor_area;
SELECT enterprise_id, year, tax, output, jobs, energy FROM _enterprise_figure('economy_test', 2023) WHERE enterprise_id IN (1, 5, 6, 7, 8, 9) AND year = 2023 ORDER BY 1;

-- weights by hand: E01 .25 .75, E04 1/4 3/4, E08 alone, E09 unknown, E10 .4 .15 (.45 outside), E11 unknown
SELECT enterprise_id, parcel_id, family, place_count, round(weight::numeric, 12) AS weight, round(tax::numeric, 6) AS tax FROM _placed_economy('economy_test', 'present', 2023) WHERE year = 2023 ORDER BY enterprise_id, parcel_id;
SELECT enterprise_id, parcel_id, round(weight::numeric, 12) AS weight FROM _placed_economy('economy_test', 'present', 2023) WHERE year = 2022 AND enterprise_id IN (8, 9) ORDER BY enterprise_id, parcel_id;

-- nothing is lost and nothing counted twice: what is divided adds up to what is reported
SELECT e.enterprise_id, e.year, sum(e.weight) AS weights
  FROM _placed_economy('economy_test', 'present', 2023) e
 GROUP BY e.enterprise_id, e.year HAVING count(e.weight) = count(*) AND abs(sum(e.weight) - 1) > 1e-12;

-- parts: P1 60 and E08's 240; P2 180 with an unknown; P3 170 with the trades of E03; P7 unknown for one; P12 nobody
SELECT parcel_id, family, enterprise_count AS firms, industry_code, industry_policy_class AS policy, is_above_scale AS above, production_started_on AS started, round(tax::numeric, 6) AS tax, round(output::numeric, 6) AS output, investment, investment_land_price AS land_price, jobs, tax_series, tax_years
  FROM _part_economy('economy_test', 'present', '2024-02-29', 2023) ORDER BY parcel_id, family;

-- a firm on a mixed parcel that could belong to either part leaves both open
INSERT INTO occupancy (enterprise_id, parcel_id, floor_area, basis) VALUES (16, 10, 10, 'operating');
SELECT family, enterprise_count, tax, industry_code FROM _part_economy('economy_test', 'present', '2024-02-29', 2023) WHERE parcel_id IN (10, 11) ORDER BY 1;
DELETE FROM occupancy WHERE enterprise_id = 16;

-- nobody on P12: unknown, and 0 where the list of firms is complete, in the year of the list only
INSERT INTO complete_list (fact, family, as_of) VALUES ('enterprise', 'industry_warehouse', '2024-01-31');
SELECT family, enterprise_count AS firms, is_above_scale AS above, industry_code, tax, output, jobs, tax_series, tax_years FROM _part_economy('economy_test', 'present', '2024-02-29', 2023) WHERE parcel_id = 12;
SELECT count(*) FROM _part_economy('economy_test', 'present', '2024-01-30', 2023) WHERE parcel_id = 12;
SELECT count(*) FROM _part_economy('economy_test', 'present', NULL, 2023) WHERE parcel_id = 12;
DELETE FROM complete_list;

-- an unresolved firm is a firm of unknown economy
INSERT INTO occupancy (enterprise_code, parcel_id, floor_area, basis) VALUES ('E77', 6, 10, 'operating');
SELECT enterprise_count, tax, industry_code FROM _part_economy('economy_test', 'present', '2024-02-29', 2023) WHERE parcel_id = 6;
DELETE FROM occupancy WHERE enterprise_code = 'E77';

-- no year, no economy
SELECT count(*) FROM _part_economy('economy_test', 'present', '2024-02-29', NULL);

-- ties of floor area go to the lower code; an unknown area hides who is largest
UPDATE occupancy SET floor_area = 200 WHERE enterprise_id = 3;
SELECT industry_code FROM _part_economy('economy_test', 'present', '2024-02-29', 2023) WHERE parcel_id = 3;
UPDATE occupancy SET floor_area = NULL WHERE enterprise_id = 3;
SELECT industry_code, is_above_scale, round(tax::numeric, 6) AS tax FROM _part_economy('economy_test', 'present', '2024-02-29', 2023) WHERE parcel_id = 3;

-- any order of rows, the same bits
CREATE TABLE before AS SELECT * FROM _part_economy('economy_test', 'present', '2024-02-29', 2023);
CREATE TABLE shuffled AS SELECT * FROM occupancy;
TRUNCATE occupancy;
INSERT INTO occupancy SELECT (o).* FROM (SELECT jsonb_populate_record(NULL::occupancy, to_jsonb(s) || jsonb_build_object('id', 1000 - s.id)) AS o FROM shuffled s ORDER BY md5(s.id::text)) x;
SELECT count(*) AS differences FROM before b FULL JOIN _part_economy('economy_test', 'present', '2024-02-29', 2023) a USING (parcel_id, family) WHERE (a.*) IS DISTINCT FROM (b.*);

RESET search_path;
CALL inefficient_land.drop_survey('economy_test');
