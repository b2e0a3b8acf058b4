-- a small survey with results put in by hand, for the tests of registry, report,
-- layer and access; every sum that these tests expect can be done on paper
SET client_min_messages = warning;
CALL inefficient_land.create_survey('small', srid => 4548, title_en => 'Small survey', title_zh => '小样调查', synthetic => true);
SET search_path = small, inefficient_land, public;
CREATE FUNCTION pg_temp.box(x double precision, y double precision, width double precision, height double precision) RETURNS geometry
LANGUAGE sql IMMUTABLE AS
$$ SELECT ST_Multi(ST_MakeEnvelope(518000 + x, 4331000 + y, 518000 + x + width, 4331000 + y + height, 4548)) $$;

-- a standard of the survey's own
INSERT INTO small.standard (code, version, title_en, title_zh, source, confirmation)
VALUES ('small-2024', '1', 'Small standard', '小样标准', 'made for the test', 'synthetic');
INSERT INTO small.standard_land_type (standard, land_type, family, label_en, label_zh)
SELECT 'small-2024', v.land_type, v.family, v.land_type, v.land_type
  FROM (VALUES ('industry', 'industry_warehouse'), ('commerce', 'commerce_office'), ('residence', 'residence'), ('facility', 'facilities')) AS v (land_type, family);
INSERT INTO small.standard_fact (standard, land_type, fact, type, department, label_en, label_zh)
SELECT 'small-2024', t.land_type, f.fact, f.type, f.department, f.label_en, f.label_zh
  FROM small.standard_land_type t
 CROSS JOIN (VALUES ('plot_ratio', 'number', 'natural resources', 'plot ratio', '容积率'),
                    ('danger_grade', 'text', 'housing', 'danger grade', '危险等级'),
                    ('built_year', 'number', 'housing', 'year of construction', '建成年份'),
                    ('use_state', 'text', 'subdistrict', 'use state', '使用状态')) AS f (fact, type, department, label_en, label_zh);
INSERT INTO small.standard_rule (standard, land_type, rule, role, reason_family, criterion, route, label_en, label_zh)
VALUES ('small-2024', 'industry',  'I-G', 'gate',      NULL,              'use_state = ''idle''',        'idle_land_disposal', 'idle land', '闲置土地'),
       ('small-2024', 'industry',  'I-1', 'criterion', 'under_developed', 'plot_ratio < 1.0',            NULL, 'plot ratio below 1.0', '容积率低于1.0'),
       ('small-2024', 'commerce',  'C-1', 'criterion', 'vacant',          'use_state = ''partly_idle''', NULL, 'stands partly idle', '部分闲置'),
       ('small-2024', 'residence', 'R-1', 'criterion', 'dilapidated',     'danger_grade in (''C'', ''D'')', NULL, 'building of danger grade C or D', '房屋危险等级为C级或D级'),
       ('small-2024', 'facility',  'F-1', 'criterion', 'vacant',          'use_state = ''idle''',        NULL, 'stands idle', '闲置'),
       ('small-2024', 'facility',  'F-X', 'exemption', NULL,              'built_year >= 2020',          NULL, 'built since 2020', '2020年以后建成');
INSERT INTO small.standard_legacy_period (standard, period, from_date, to_date, label_en, label_zh, treatment_en, treatment_zh)
VALUES ('small-2024', 'before_1987',  NULL,         '1987-01-01', 'before 1987', '1987年以前', 'confirm rights on historical facts', '按历史事实确权'),
       ('small-2024', '1987_to_1998', '1987-01-01', '1999-01-01', '1987 to 1998', '1987年至1998年', 'report directly', '直接申报'),
       ('small-2024', '1999_to_2009', '1999-01-01', '2010-01-01', '1999 to 2009', '1999年至2009年', 'complete the procedures', '补办手续'),
       ('small-2024', 'since_2010',   '2010-01-01', NULL,         'since 2010', '2010年以后', 'current violation', '现行违法');
INSERT INTO small.standard_reporting (standard, scheme, family, category, label_en, label_zh, sequence)
VALUES ('small-2024', 'city', 'industry_warehouse', 'production', 'production', '生产', 1),
       ('small-2024', 'city', 'commerce_office',    'production', 'production', '生产', 1),
       ('small-2024', 'city', 'residence',          'living',     'living',     '生活', 2),
       ('small-2024', 'city', 'facilities',         'living',     'living',     '生活', 2);

INSERT INTO admin_unit (code, name, level, control_area, geom)
VALUES ('D', 'District', 'district', 500000, pg_temp.box(0, 0, 1000, 500)),
       ('S1', 'West', 'subdistrict', 250000, pg_temp.box(0, 0, 500, 500)),
       ('S2', 'East', 'subdistrict', 249999.98, pg_temp.box(500, 0, 500, 500));
INSERT INTO management_area (code, name, kind, geom) VALUES ('M', 'Main street', 'street', pg_temp.box(300, 0, 400, 200));

INSERT INTO parcel (id, code, name, subdistrict, stratum, ownership, right_nature, registered_area, geom)
VALUES (1,  'P01', 'mill',       'S1', NULL,      'state',      'granted',   10000,    pg_temp.box(0, 0, 100, 100)),
       (2,  'P02', 'foundry',    'S1', 'surface', 'state',      'granted',   10000,    pg_temp.box(99.8, 0, 100, 100)),
       (3,  'P03', 'old market', 'S1', 'surface', 'state',      'allocated', 10000,    pg_temp.box(200, 0, 100, 100)),
       (4,  'P04', 'flats above shops', 'S1', 'surface', 'state', 'granted',  10000,    pg_temp.box(300, 0, 100, 100)),
       (5,  'P05', 'walk-up',    'S2', 'surface', 'state',      'allocated', 10000.55, pg_temp.box(500, 0, 100, 100)),
       (6,  'P06', 'school',     'S2', 'surface', 'state',      'allocated', 10000,    pg_temp.box(600, 0, 100, 100)),
       (7,  'P07', 'idle plot',  'S2', 'surface', 'state',      'granted',   10000,    pg_temp.box(700, 0, 100, 100)),
       (8,  'P08', 'works',      'S2', 'surface', 'collective', NULL,        9999.5,   pg_temp.box(800, 0, 100, 100)),
       (9,  'P09', 'street',     'S2', 'surface', 'state',      NULL,        5000,     pg_temp.box(500, 200, 50, 100)),
       (10, 'P10', NULL,         'S2', 'surface', NULL,         NULL,        2500,     pg_temp.box(600, 200, 50, 50)),
       (11, 'P11', 'metro',      'S1', 'below',   'state',      'allocated', 10000,    pg_temp.box(0, 0, 100, 100)),
       (12, 'P12', 'mixed',      'S1', 'surface', 'state',      'granted',   10000,    pg_temp.box(0, 200, 100, 100)),
       (13, 'P13', 'terrace',    NULL, 'surface', 'state',      'allocated', 10000,    pg_temp.box(1200, 0, 100, 100)),
       (14, 'P14', 'yard',       'S1', 'surface', 'collective', NULL,        NULL,     pg_temp.box(200, 200, 50, 50)),
       (15, 'P15', 'lost house', 'S2', 'surface', 'state',      NULL,        1234.56,  NULL);
ALTER TABLE parcel ALTER COLUMN id RESTART WITH 51;

-- an older run, which nothing may look at, and the current one
INSERT INTO run (id, standard, standard_version, confirmation, as_of, economic_year, evaluator, started_at, finished_at)
VALUES (1, 'small-2024', '1', 'synthetic', '2023-02-28', 2022, 'hand', '2023-03-01', '2023-03-01'),
       (2, 'small-2024', '1', 'synthetic', '2024-02-29', 2023, 'hand', '2024-03-01', '2024-03-01');
ALTER TABLE run ALTER COLUMN id RESTART WITH 3;
INSERT INTO parcel_measure (run_id, parcel_id, subdistrict, registered_area, planar_area, land_area, area_basis, building_count, shape)
SELECT 2, p.id, p.subdistrict, p.registered_area, CASE WHEN p.id = 2 THEN 10000 ELSE round(ST_Area(p.geom)::numeric, 2) END, p.registered_area, 'registered', 0, _shape_digest(p.geom)
  FROM parcel p;
INSERT INTO parcel_indicator (run_id, parcel_id, family, land_type, parcel_code, subdistrict, stratum, land_area, family_area, family_share, floor_area, plot_ratio,
                              plan_plot_ratio, danger_grade, use_state, management_area, tax, tax_per_mu, output_per_hectare, tax_per_mu_band, output_per_hectare_band)
SELECT 2, p.id, v.family, v.land_type, p.code, p.subdistrict, coalesce(p.stratum, 'surface'), p.registered_area, v.part,
       v.part / p.registered_area, v.floor_area, v.floor_area / p.registered_area, v.plan, v.danger, v.use_state, v.management, v.tax, v.tax * 3 / 2000, v.tax * 3.5 / 100,
       CASE WHEN v.tax IS NOT NULL THEN '5 to 10' END, CASE WHEN v.tax IS NOT NULL THEN '1000 to 5000' END
  FROM (VALUES
    (1,  'industry_warehouse', 'industry',  10000::double precision, 4500::double precision, 2.0::double precision, NULL::text, NULL::text, NULL::text[], 74321.25::double precision),
    (2,  'industry_warehouse', 'industry',  10000,    9000,  0.8,  NULL, NULL,          NULL,  NULL),
    (3,  'commerce_office',    'commerce',  10000,    NULL,  NULL, NULL, 'partly_idle', NULL,  NULL),
    (4,  'commerce_office',    'commerce',  6000,     12000, 3.0,  NULL, 'partly_idle', '{M}', NULL),
    (4,  'residence',          'residence', 4000,     12000, 3.0,  'A',  NULL,          '{M}', NULL),
    (5,  'residence',          'residence', 10000.55, NULL,  1.5,  NULL, NULL,          '{M}', NULL),
    (6,  'facilities',         'facility',  10000,    8000,  NULL, NULL, 'idle',        '{M}', NULL),
    (7,  'industry_warehouse', 'industry',  10000,    NULL,  NULL, NULL, 'idle',        NULL,  NULL),
    (8,  'industry_warehouse', 'industry',  9999.5,   15000, NULL, NULL, NULL,          NULL,  NULL),
    (9,  'roads_and_water',    NULL,        5000,     NULL,  NULL, NULL, NULL,          NULL,  NULL),
    (11, 'facilities',         'facility',  10000,    NULL,  NULL, NULL, 'in_use',      NULL,  NULL),
    (12, 'commerce_office',    'commerce',  5000,     NULL,  NULL, NULL, 'partly_idle', NULL,  NULL),
    (12, 'facilities',         'facility',  4000,     NULL,  NULL, NULL, 'in_use',      NULL,  NULL),
    (13, 'residence',          'residence', 10000,    9000,  NULL, 'B',  NULL,          NULL,  NULL),
    (14, 'industry_warehouse', 'industry',  NULL,     NULL,  NULL, NULL, NULL,          NULL,  NULL),
    (15, 'residence',          'residence', 1234.56,  NULL,  NULL, 'D',  NULL,          NULL,  NULL)
    ) AS v (parcel_id, family, land_type, part, floor_area, plan, danger, use_state, management, tax)
  JOIN parcel p ON p.id = v.parcel_id;
INSERT INTO verdict (run_id, until_run, parcel_id, family, land_type, subdistrict, verdict, reasons, missing, flags, route, margin, reason_en, reason_zh, land_area, standard, standard_version)
SELECT v.run_id, CASE v.run_id WHEN 1 THEN 2 END, v.parcel_id, v.family, t.land_type, p.subdistrict, v.verdict, v.reasons, v.missing, v.flags, v.route, v.margin, v.reason_en, v.reason_zh,
       i.family_area, 'small-2024', '1'
  FROM (VALUES
    (1, 8,  'industry_warehouse', 'inefficient',       '{I-1}'::text[],  '{}'::text[], '{}'::text[], NULL::text, NULL::double precision, 'plot ratio below 1.0', '容积率低于1.0'),
    (2, 1,  'industry_warehouse', 'inefficient',       '{I-1}',          '{}', '{}', NULL, -0.54321, 'plot ratio below 1.0', '容积率低于1.0'),
    (2, 2,  'industry_warehouse', 'inefficient',       '{I-1}',          '{}', '{exemption_candidate}', NULL, NULL, 'plot ratio below 1.0', '容积率低于1.0'),
    (2, 3,  'commerce_office',    'inefficient',       '{C-1}',          '{}', '{}', NULL, NULL, 'stands partly idle', '部分闲置'),
    (2, 4,  'commerce_office',    'inefficient',       '{C-1}',          '{}', '{}', NULL, NULL, 'stands partly idle', '部分闲置'),
    (2, 4,  'residence',          'not_inefficient',   '{}',             '{}', '{}', NULL, NULL, 'no criterion holds', '不符合任何低效条件'),
    (2, 5,  'residence',          'insufficient_data', '{}',             '{danger_grade,built_year}', '{}', NULL, NULL, 'missing: danger grade, year of construction', '缺少:危险等级、建成年份'),
    (2, 6,  'facilities',         'exempt',            '{F-1,F-X}',      '{}', '{}', NULL, NULL, 'stands idle; exempt: built since 2020', '闲置;豁免:2020年以后建成'),
    (2, 7,  'industry_warehouse', 'excluded',          '{I-G}',          '{}', '{}', 'idle_land_disposal', NULL, 'idle land', '闲置土地'),
    (2, 8,  'industry_warehouse', 'not_inefficient',   '{}',             '{}', '{}', NULL, 0.5, 'no criterion holds', '不符合任何低效条件'),
    (2, 11, 'facilities',         'not_inefficient',   '{}',             '{}', '{}', NULL, NULL, 'no criterion holds', '不符合任何低效条件'),
    (2, 12, 'commerce_office',    'inefficient',       '{C-1}',          '{}', '{}', NULL, NULL, 'stands partly idle', '部分闲置'),
    (2, 12, 'facilities',         'not_inefficient',   '{}',             '{}', '{}', NULL, NULL, 'no criterion holds', '不符合任何低效条件'),
    (2, 13, 'residence',          'not_inefficient',   '{}',             '{}', '{}', NULL, NULL, 'no criterion holds', '不符合任何低效条件'),
    (2, 14, 'industry_warehouse', 'insufficient_data', '{}',             '{plot_ratio}', '{}', NULL, NULL, 'missing: plot ratio', '缺少:容积率'),
    (2, 15, 'residence',          'inefficient',       '{R-1}',          '{built_year}', '{}', NULL, NULL, 'building of danger grade C or D', '房屋危险等级为C级或D级')
    ) AS v (run_id, parcel_id, family, verdict, reasons, missing, flags, route, margin, reason_en, reason_zh)
  JOIN parcel p ON p.id = v.parcel_id
  JOIN standard_land_type t ON t.standard = 'small-2024' AND t.family = v.family
  LEFT JOIN parcel_indicator i ON i.run_id = v.run_id AND i.parcel_id = v.parcel_id AND i.family = v.family
 ORDER BY v.run_id, v.parcel_id, v.family;
INSERT INTO finding (run_id, rule, severity, table_name, row_id, row_code, subdistrict, parcel_id, blocking, message_en, message_zh, advice_en, advice_zh, geom)
VALUES (2, 'planted_rule', 'error', 'parcel', 3, 'P03', 'S1', 3, true, 'two parcels claim P03', '两宗地代码均为P03', 'Remove one.', '删除其一。', NULL),
       (2, 'overlap', 'error', 'parcel', 1, 'P01', 'S1', 1, false, 'P01 overlaps P02 by 20.00 m²', 'P01与P02重叠20.00平方米', 'Settle the border.', '核定界线。',
        pg_temp.box(99.8, 0, 0.2, 100)),
       (2, 'overlap', 'error', 'parcel', 2, 'P02', 'S1', 2, false, 'P02 overlaps P01 by 20.00 m²', 'P02与P01重叠20.00平方米', 'Settle the border.', '核定界线。',
        pg_temp.box(99.8, 0, 0.2, 100)),
       (1, 'sliver', 'warning', 'parcel', 2, 'P02', 'S1', 2, true, 'of an older run', '旧批次', 'None.', '无。', NULL);
UPDATE finding SET until_run = 2 WHERE run_id = 1;
SET client_min_messages = notice;
