-- quality: clean data have no finding; every rule is provoked by a planted row
\set VERBOSITY terse
SET client_min_messages = warning;
SET search_path = inefficient_land, public;
\getenv inputdir PG_ABS_SRCDIR
\set clean :inputdir '/data/clean_survey.sql'
\set lead 'SET search_path = quality, public'

CALL create_survey('quality', 4548, base_year => 2022, synthetic => true);
:lead;
\set ECHO none
\i :clean
\set ECHO all
SET search_path = inefficient_land, public;
CALL resolve_keys('quality');
INSERT INTO quality.run (standard, standard_version, confirmation, as_of, economic_year, evaluator, started_at, finished_at)
VALUES ('test', '1', 'synthetic', '2024-02-29', 2023, 'test', '2024-03-01', '2024-03-01');
CALL _check_survey('quality', 1);
-- nothing is found in clean data
SELECT run_id, rule, table_name, row_code, message_en FROM quality.finding;

-- a square of 100 m, in a grid north of the clean parcels
CREATE FUNCTION pg_temp.square(x integer, y integer, wide double precision DEFAULT 100, high double precision DEFAULT 100) RETURNS geometry
    LANGUAGE sql RETURN ST_Multi(ST_MakeEnvelope(517600 + 100 * x, 4331400 + 100 * y, 517600 + 100 * x + wide, 4331400 + 100 * y + high, 4548));
:lead;

-- codes and references
INSERT INTO community (name) VALUES ('no code');
UPDATE building_year SET building_code = building_code || U&' \3000' WHERE building_code = 'B2' AND year = 2021;
INSERT INTO parcel (code, registered_area, geom) VALUES ('REPEATED', 10000, pg_temp.square(0, 0)), ('SHARED', 10000, pg_temp.square(1, 0)), ('SHARED', 10000, pg_temp.square(2, 0));
INSERT INTO parcel (code, registered_area, geom) VALUES ('REPEATED ', 10000, pg_temp.square(0, 0));
INSERT INTO building (code, parcel_code, footprint_area) VALUES ('B-SHARED', 'SHARED', 500);
INSERT INTO contract (code, kind, parcel_code) VALUES ('HT-NOWHERE', 'grant', '990101001001GB00099'), ('HT-NOWHERE-2', 'grant', '990101001001GB00099');
INSERT INTO building_year (building_code, year, rentable_area, vacant_area, rent) VALUES ('B3', 2023, 4500, 1200, 1.5);
INSERT INTO enterprise_year (enterprise_code, year, output, jobs) VALUES ('99990101MA00000001', 2023, 1234, 10);
INSERT INTO occupancy (enterprise_code, parcel_code, building_code, floor_area, basis) VALUES ('99990101MA00000002', '990101001001GB00001', 'B2', 10, 'both');
INSERT INTO building (code, footprint_area, geom) VALUES ('B-HOMELESS', 100, pg_temp.square(17, -8, 10, 10));
DELETE FROM detailed_plan;

-- rows that nothing can be done with
INSERT INTO enterprise_year (enterprise_code, year, output) VALUES (NULL, 2023, 5), ('99990101MA00000001', NULL, 5);
INSERT INTO occupancy (enterprise_code, parcel_code, basis) VALUES (' ', '990101001001GB00001', 'both');
INSERT INTO parcel_use (parcel_code, family, land_area) VALUES ('990101001001GB00001', NULL, NULL);
INSERT INTO building_year (building_code, year) VALUES (NULL, NULL);
INSERT INTO exemption_decision (parcel_code, rule, decided_on, document_number) VALUES (NULL, ' ', NULL, 'X');
INSERT INTO complete_list (fact, as_of) VALUES ('building', NULL);
INSERT INTO contract (code, kind, signed_on) VALUES ('HT-OF-NOTHING', 'grant', '2020-01-01');

-- geometry and position
INSERT INTO parcel (code, registered_area, geom) VALUES
    ('NO-GEOMETRY', 10000, NULL),
    ('EMPTY', 10000, ST_GeomFromText('MULTIPOLYGON EMPTY', 4548)),
    ('BOW-TIE', 10000, ST_Multi(ST_GeomFromText('POLYGON((517900 4331400, 518000 4331500, 518000 4331400, 517900 4331500, 517900 4331400))', 4548))),
    ('OVERLAP-A', 10000, pg_temp.square(5, 0)),
    ('OVERLAP-B', 11000, pg_temp.square(6, 0, 110, 100)),
    ('OVERLAP-C', 10000, pg_temp.square(7, 0)),
    ('UNDERGROUND', 10000, pg_temp.square(6, 0)),
    ('SLIVER', 20, pg_temp.square(8, 0, 0.2, 100)),
    ('DEGREES', 10000, ST_Multi(ST_MakeEnvelope(117.2100, 39.1100, 117.2110, 39.1109, 4548))),
    ('LATITUDE-FIRST', 10000, ST_Multi(ST_MakeEnvelope(39.1100, 117.2100, 39.1109, 117.2110, 4548))),
    ('SWAPPED', 10000, ST_FlipCoordinates(pg_temp.square(9, 0))),
    ('ZONE-NUMBER', 10000, ST_Translate(pg_temp.square(9, 0), 39000000, 0)),
    ('ZONE-40', 10000, ST_Transform(ST_SetSRID(ST_Transform(pg_temp.square(9, 0), 4549), 4548), 4548)),
    -- practice polygon P, declared as the zone of 114°E and transformed: same area, 259 km off
    ('P-TAGGED-4547', 55422.91, ST_Transform(ST_GeomFromText('MULTIPOLYGON(((517812.3456 4330415.6789, 518034.5678 4330388.1234, 518101.2345 4330551.9876,
        517960.7654 4330644.3210, 517795.4321 4330570.0123, 517812.3456 4330415.6789)))', 4547), 4548)),
    ('FAR-AWAY', 10000, ST_Translate(pg_temp.square(9, 0), 0, 30000)),
    ('UNKNOWN-SUBDISTRICT', 10000, pg_temp.square(10, 0)),
    ('OTHER-SUBDISTRICT', 10000, pg_temp.square(11, 0));
UPDATE parcel SET stratum = 'below' WHERE code = 'UNDERGROUND';
UPDATE parcel SET subdistrict = '990101009' WHERE code = 'UNKNOWN-SUBDISTRICT';
UPDATE parcel SET subdistrict = '990101001' WHERE code = 'OTHER-SUBDISTRICT';
INSERT INTO building (code, parcel_code, footprint_area, geom) VALUES
    ('TWIN-A', 'OTHER-SUBDISTRICT', 400, pg_temp.square(11, 0, 20, 20)),
    ('TWIN-B', 'OTHER-SUBDISTRICT', 400, pg_temp.square(11, 0, 20, 20)),
    ('TOWER', 'OTHER-SUBDISTRICT', 900, ST_Translate(pg_temp.square(11, 0, 30, 30), -20, 50));

-- areas
INSERT INTO parcel (code, registered_area, green_area, geom) VALUES
    ('NO-AREA', NULL, NULL, pg_temp.square(0, 1)), ('AREA-1', 10100, NULL, pg_temp.square(1, 1)), ('AREA-1.01', 10101, NULL, pg_temp.square(2, 1)),
    ('AREA-6', 10600, NULL, pg_temp.square(3, 1)), ('AREA-30', 7000, NULL, pg_temp.square(4, 1)), ('AREA-HA', 1.002, NULL, pg_temp.square(5, 1)),
    ('AREA-MU', 15, NULL, pg_temp.square(6, 1)), ('AREA-ZERO', 0, NULL, pg_temp.square(12, 1)), ('GREEN', 10000, 10200, pg_temp.square(7, 1)), ('CROWDED', 10000, NULL, pg_temp.square(8, 1)),
    ('PARTS', 10000, NULL, pg_temp.square(9, 1)), ('PART-OPEN', 10000, NULL, pg_temp.square(10, 1));
INSERT INTO building (code, parcel_code, footprint_area) VALUES ('HALL-1', 'CROWDED', 6000), ('HALL-2', 'CROWDED', 5000);
INSERT INTO parcel_use (parcel_code, family, land_area) VALUES ('PARTS', 'residence', 4000), ('PARTS', 'facilities', 5000),
    ('PART-OPEN', 'residence', 4000), ('PART-OPEN', 'facilities', NULL);
UPDATE admin_unit SET control_area = 2000002 WHERE code = '990101001';

-- numbers
INSERT INTO building (code, parcel_code, footprint_area, floor_area_above, storeys_above, height, built_year) VALUES
    ('NAN', 'GREEN', 100, 200, 2, 'NaN', 1990), ('NEGATIVE', 'GREEN', 100, -200, 2, 8, 1990), ('LOW', 'GREEN', 100, 300, 40, 8, 1990),
    ('HIGH', 'GREEN', 100, 1510, 10, 30, 1990), ('EXACT', 'GREEN', 100, 1500, 10, 30, 1990), ('YEAR-99', 'GREEN', 100, 200, 2, 8, 99),
    ('YEAR-2204', 'GREEN', 100, 200, 2, 8, 2204);
-- a floor area a thousand times too large, where footprint or storeys are unknown, and where the parcel is, too
INSERT INTO parcel (code, geom) VALUES ('UNMEASURED', NULL);
INSERT INTO building (code, parcel_code, footprint_area, floor_area_above, storeys_above, built_year) VALUES
    ('THOUSANDFOLD', 'CROWDED', NULL, 3000000, NULL, 1990), ('TOO-MANY', 'CROWDED', NULL, 45001, 3, 1990), ('ENOUGH', 'CROWDED', NULL, 45000, 3, 1990),
    ('BEYOND', 'UNMEASURED', NULL, 2000001, NULL, 1990), ('PERHAPS', 'UNMEASURED', NULL, 2000000, NULL, 1990);
INSERT INTO building_year (building_code, year, rentable_area, vacant_area, rent) VALUES ('EXACT', 2022, 1000, 1001, -1), ('EXACT', 2023, 1600, 100, 1);
UPDATE building SET floor_area_below = 0 WHERE code = 'EXACT';
-- with a basement of unknown size nobody knows how much there is to let
INSERT INTO building (code, parcel_code, footprint_area, floor_area_above, storeys_above, storeys_below, built_year) VALUES ('CELLAR', 'GREEN', 100, 200, 2, 1, 1990), ('NO-CELLAR', 'GREEN', 100, 200, 2, 0, 1990);
INSERT INTO building_year (building_code, year, rentable_area, vacant_area) VALUES ('CELLAR', 2023, 300, 0), ('NO-CELLAR', 2023, 300, 0);
UPDATE enterprise_year SET jobs = -1 WHERE enterprise_code = '99990101MA00000004' AND year = 2022;
UPDATE planning_plot SET coverage = 40 WHERE code = '01';

-- codes in lists
UPDATE building SET danger_grade = 'E' WHERE code = 'NAN';
INSERT INTO parcel (code, registered_area, present_use, present_use_system, registered_use, registered_use_system, approved_use, approved_use_system, geom) VALUES
    ('NO-SYSTEM', 10000, '0601', NULL, NULL, NULL, NULL, NULL, pg_temp.square(0, 2)),
    ('NEW-SYSTEM', 10000, '0601', 'GB/T 99', NULL, NULL, NULL, NULL, pg_temp.square(1, 2)),
    ('NEW-CODE', 10000, '0699', 'GB/T 21010-2017', NULL, NULL, NULL, NULL, pg_temp.square(2, 2)),
    ('PARK', 10000, '0810', 'GB/T 21010-2017', NULL, NULL, NULL, NULL, pg_temp.square(3, 2)),
    ('SAME-CODE', 10000, '0701', 'GB/T 21010-2017', '0701', 'land-and-sea-2023', NULL, NULL, pg_temp.square(4, 2)),
    ('COLLISION', 10000, '1001', 'land-and-sea-2023', '1001', 'GB/T 21010-2017', NULL, NULL, pg_temp.square(5, 2)),
    ('CHANGED', 10000, '0701', 'GB/T 21010-2017', '0601', 'GB/T 21010-2017', '0601', 'GB/T 21010-2017', pg_temp.square(6, 2));
INSERT INTO patch (code, base_year, land_class, land_class_system, area, geom) VALUES ('OLD-PATCH', 2019, '0601', 'third-survey', 10000, pg_temp.square(0, 3));

-- dates, completeness, evidence
INSERT INTO contract (code, kind, parcel_code, agreed_start, agreed_completion, actual_start) VALUES ('HT-BACKWARDS', 'grant', 'PARK', '2020-05-01', '2020-04-30', '2024-03-01');
UPDATE parcel SET use_state = 'in_use', idle_since = '2023-01-01', operating_state = 'stopped', stopped_since = '2023-01-01' WHERE code = 'CHANGED';
INSERT INTO community (code, name) VALUES ('C-EMPTY', 'no parcels');
INSERT INTO enterprise (code, name) VALUES ('ONE-SHARE', ''), ('BLANK-BASIS', ''), ('AMBIGUOUS', 'a'), ('AMBIGUOUS', 'b'), ('MANY-PLACES', ''), ('SHARES', ''), ('ADDRESS-ONLY', ''), ('NOWHERE', '');
INSERT INTO occupancy (enterprise_code, parcel_code, floor_area, share, basis) VALUES
    ('MANY-PLACES', 'PARK', 100, NULL, 'operating'), ('MANY-PLACES', 'CHANGED', NULL, NULL, 'operating'),
    -- one place has a share, the other takes the rest; a blank is no other basis; a code of two enterprises
    ('ONE-SHARE', 'PARK', NULL, 0.4, 'operating'), ('ONE-SHARE', 'CHANGED', NULL, NULL, 'operating'), ('BLANK-BASIS', 'PARK', NULL, NULL, 'registered '), ('BLANK-BASIS', 'CHANGED', NULL, NULL, 'operating'),
    ('AMBIGUOUS', 'PARK', NULL, NULL, 'operating'),
    ('SHARES', 'PARK', NULL, 0.6, 'operating'), ('SHARES', 'CHANGED', NULL, 0.5, 'operating'), ('ADDRESS-ONLY', 'PARK', NULL, NULL, 'registered');
INSERT INTO parcel (code, origin, geom) VALUES ('DRAWN', 'field_drawn', pg_temp.square(7, 2));
INSERT INTO legacy_case (code, parcel_code, use_began_on, date_precision) VALUES ('L-BARE', 'DRAWN', '1990-01-01', 'year');

-- money: taxes of one firm in one year, a firm with one year wholly in yuan, and an office
-- with two years of taxes in yuan per job and per m²
UPDATE enterprise_year SET tax_total = 1e4 * tax_total, tax_paid_in_district = 1e4 * tax_paid_in_district WHERE enterprise_code = '99990101MA00000003' AND year = 2023;
INSERT INTO enterprise (code, name) VALUES ('ALL-YUAN', ''), ('BOTH-YEARS', ''), ('RICH', ''), ('HEADQUARTERS', ''), ('TAX-HEAVY', '');
INSERT INTO enterprise_year (enterprise_code, year, output, sales, tax_total, tax_paid_in_district, jobs) VALUES
    ('ALL-YUAN', 2023, 4e7, 3.6e7, 2.4e6, 2e6, 50),
    ('BOTH-YEARS', 2022, 4000, 3600, 2.4e6, 2e6, 50), ('BOTH-YEARS', 2023, 4000, 3600, 2.4e6, 2e6, 50),
    -- honest: 1,000 times the median in everything; 9,000 times per m² for years; taxes of a group, paid every year
    ('RICH', 2023, 7e6, 6.3e6, 4.2e5, 3.5e5, 50),
    ('HEADQUARTERS', 2022, 4e6, 3.6e6, 2.4e5, 2e5, 2000), ('HEADQUARTERS', 2023, 4.2e6, 3.7e6, 2.5e5, 2.1e5, 2000),
    ('TAX-HEAVY', 2022, 20, 20, 900, 800, 50), ('TAX-HEAVY', 2023, 20, 20, 900, 800, 50);
INSERT INTO occupancy (enterprise_code, building_code, floor_area, basis) VALUES
    ('ALL-YUAN', 'B4', 500, 'both'), ('BOTH-YEARS', 'B4', 500, 'both'), ('RICH', 'B5', 500, 'both'), ('HEADQUARTERS', 'B5', 60, 'both'), ('TAX-HEAVY', 'B5', 500, 'both');
UPDATE enterprise_year SET tax_paid_in_district = 2 * tax_total WHERE enterprise_code = '99990101MA00000005' AND year = 2022;

SET search_path = inefficient_land, public;
CALL resolve_keys('quality');
-- changed after the keys were resolved
UPDATE quality.contract SET parcel_code = 'PARK' WHERE code = 'HT-NOWHERE-2';
INSERT INTO quality.run (standard, standard_version, confirmation, as_of, economic_year, evaluator, started_at, finished_at)
VALUES ('test', '1', 'synthetic', '2024-02-29', 2023, 'test', '2024-03-01', '2024-03-01');
CALL _check_survey('quality', 2);
\a
\t on
SELECT f.rule, f.severity || CASE WHEN f.blocking THEN ', blocking' ELSE '' END, f.message_en, p.code
  FROM quality.finding f
  LEFT JOIN quality.parcel p ON p.id = f.parcel_id
  JOIN finding_rule r USING (rule)
 ORDER BY r.sequence, f.run_id, f.message_en COLLATE "C", p.code COLLATE "C", f.id;
-- every finding is reported in both languages, placeholders filled, with advice
SELECT rule, message_zh, advice_zh FROM (SELECT DISTINCT ON (f.rule) f.*, r.sequence FROM quality.finding f JOIN finding_rule r USING (rule)
                                          ORDER BY f.rule, f.message_en COLLATE "C", f.id) f ORDER BY sequence;
SELECT count(*) FROM quality.finding WHERE message_en ~ '%[0-9s]|\$|@' OR message_zh ~ '%[0-9s]|\$|@' OR message_en ~ ': *$' OR advice_en = '' OR advice_zh = '';
\t off
\a

-- a second district without boundaries, whose whole delivery is in yuan
CALL create_survey('yuan', 4548);
INSERT INTO yuan.enterprise (code, name) SELECT 'E' || n, '' FROM generate_series(1, 6) n;
INSERT INTO yuan.enterprise_year (enterprise_code, year, output, jobs) SELECT 'E' || n, 2023, 4e6 * n, 10 * n FROM generate_series(1, 6) n;
-- three firms: peers say nothing, ceilings do, per job, per m² or per mu as far as these are known; most must be exceeded
CALL create_survey('few', 4548);
INSERT INTO few.parcel (code, registered_area) VALUES ('P1', 10000), ('P2', 10000), ('P3', 10000), ('P4', 10000);
INSERT INTO few.enterprise (code, name) SELECT 'F' || n, '' FROM generate_series(1, 4) n;
INSERT INTO few.occupancy (enterprise_code, parcel_code, floor_area, basis) VALUES ('F1', 'P1', 2000, 'both'), ('F2', 'P2', 1500, 'both'), ('F3', 'P3', NULL, 'both'), ('F4', 'P4', 1800, 'both');
INSERT INTO few.enterprise_year (enterprise_code, year, tax_total, output, jobs) VALUES
    ('F1', 2023, 1800000, 9000, 100), ('F2', 2023, 1500001, 3000, NULL), ('F3', 2023, 1500001, 3000, NULL), ('F4', 2023, 1800000, 9000, 180);
-- a patch leaves 50 m of a subdistrict bare
INSERT INTO few.admin_unit (code, level, control_area, geom) VALUES ('D1', 'subdistrict', 20000, ST_Multi(ST_MakeEnvelope(518000, 4331000, 518200, 4331100, 4548)));
INSERT INTO few.patch (code, base_year, subdistrict, area, geom) VALUES ('T1', 2022, 'D1', 15000, ST_Multi(ST_MakeEnvelope(518000, 4331000, 518150, 4331100, 4548)));
CALL resolve_keys('few');
INSERT INTO few.run (standard, standard_version, confirmation, evaluator, started_at, finished_at) VALUES ('test', '1', 'synthetic', 'test', '2024-03-01', '2024-03-01');
CALL _check_survey('few', 1);
SELECT rule, blocking, doubtful, message_en, message_zh FROM few.finding WHERE table_name = 'enterprise_year' ORDER BY row_code COLLATE "C";
SELECT message_en, message_zh, ST_AsText(geom) AS uncovered FROM few.finding WHERE rule = 'control_area_differs';
CALL resolve_keys('yuan');
INSERT INTO yuan.run (standard, standard_version, confirmation, evaluator, started_at, finished_at) VALUES ('test', '1', 'synthetic', 'test', '2024-03-01', '2024-03-01');
CALL _check_survey('yuan', 1);
SELECT rule, table_name, count(*), min(message_en) AS message FROM yuan.finding GROUP BY rule, table_name ORDER BY rule COLLATE "C";

-- rules of the check (those from 1000 on are found by assess) that no row of this file provoked
SELECT rule FROM finding_rule WHERE sequence < 1000 EXCEPT SELECT rule FROM quality.finding EXCEPT SELECT rule FROM yuan.finding EXCEPT SELECT rule FROM few.finding;
-- rules and labels belong together
SELECT coalesce(r.rule, l.code) AS rule, t.topic
  FROM (VALUES ('finding'), ('finding_message'), ('finding_advice')) t (topic)
 CROSS JOIN finding_rule r
  FULL JOIN (SELECT * FROM label WHERE topic LIKE 'finding%') l ON l.topic = t.topic AND l.code = r.rule
 WHERE r.rule IS NULL OR l.code IS NULL;
-- columns that hold codes have words for every code that is checked
SELECT topic, count(*) > 1 AS has_words FROM label WHERE topic IN ('admin_level', 'origin', 'stratum', 'operating_state', 'use_state', 'danger_grade', 'family', 'industry_policy_class',
    'occupancy_basis', 'detailed_plan_level', 'detailed_plan_status', 'constraint_effect', 'contract_kind', 'date_precision') GROUP BY topic ORDER BY topic COLLATE "C";

-- figures of a single firm stand in no message: no number of enterprise_year with three digits or more
SELECT f.message_en
  FROM quality.finding f
 CROSS JOIN (SELECT unnest(ARRAY[output, sales, value_added, tax_total, tax_paid_in_district, investment, research]) AS value FROM quality.enterprise_year) y
 WHERE f.table_name IN ('enterprise', 'enterprise_year') AND y.value >= 100 AND f.message_en LIKE '%' || round(y.value::numeric) || '%'
   AND round(y.value::numeric)::text NOT IN ('2022', '2023');

-- a rule that nobody defined cannot slip in without words
INSERT INTO quality.finding (rule, severity, table_name, message_en, message_zh, advice_en, advice_zh) SELECT 'nonsense', w.* FROM _finding_words('nonsense', 'parcel', 'x', 1, NULL) w;
SELECT count(*) FROM quality.finding WHERE rule = 'nonsense';
CALL drop_survey('quality');
CALL drop_survey('yuan');
CALL drop_survey('few');
