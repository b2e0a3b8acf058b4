-- The demo's own standard: invented figures without any authority, one land type per
-- family, made to show every kind of rule.  It is written into the survey's own tables, as
-- a district would write its differentiated standard.
--
--   psql -v survey=heping -f demo/standard.sql
\set ON_ERROR_STOP on
\if :{?survey}
\else
\set survey heping
\endif
BEGIN;

INSERT INTO :"survey".standard (code, version, title_en, title_zh, authority, source, confirmation, deciding_use, area_basis) VALUES
    ('demo-2024', '2024.1', 'Demonstration standard (synthetic)', '演示认定标准(虚构)', NULL, 'invented for the demo of this software', 'synthetic', 'present', '{registered,planar,ellipsoidal}');

INSERT INTO :"survey".standard_land_type (standard, land_type, family, label_en, label_zh, minimum_share, sequence) VALUES
    ('demo-2024', 'industry',  'industry_warehouse', 'industry and warehouse', '工业仓储', 0,   1),
    ('demo-2024', 'commerce',  'commerce_office',    'commerce and office',    '商业商办', 0.1, 2),
    ('demo-2024', 'residence', 'residence',          'residence',              '居住',     0.1, 3),
    ('demo-2024', 'facility',  'facilities',         'facilities',             '设施',     0.1, 4);

INSERT INTO :"survey".standard_peer_group (standard, land_type, minimum) VALUES
    ('demo-2024', 'industry', 12), ('demo-2024', 'commerce', 20), ('demo-2024', 'residence', 20), ('demo-2024', 'facility', 5);

-- Facts that more than one land type asks for.
INSERT INTO :"survey".standard_fact (standard, land_type, fact, type, unit, level, openness, required, department, label_en, label_zh, sequence)
SELECT 'demo-2024', t.land_type, f.*
  FROM unnest('{industry,commerce,residence,facility}'::text[]) AS t (land_type)
 CROSS JOIN (VALUES
    ('agreed_start',       'date',    NULL,          'parcel',   'open',          false, '市规划资源局和平分局', 'agreed start of construction', '约定动工日期', 1),
    ('actual_completion',  'date',    NULL,          'parcel',   'open',          false, '区住房建设委',         'completion',                   '竣工日期', 2),
    ('started_area',       'number',  'm²',          'parcel',   'open',          false, '区住房建设委',         'floor area begun',             '已动工面积', 3),
    ('planned_area',       'number',  'm²',          'parcel',   'open',          false, '市规划资源局和平分局', 'floor area to be built',       '应动工面积', 4),
    ('spent_investment',   'number',  '10^4 CNY',    'parcel',   'open',          false, '区发展改革委',         'money spent',                  '已投资额', 5),
    ('planned_investment', 'number',  '10^4 CNY',    'parcel',   'open',          false, '区发展改革委',         'investment agreed',            '总投资额', 6),
    ('suspended_since',    'date',    NULL,          'parcel',   'open',          false, '区住房建设委',         'standing still since',         '停工日期', 7),
    ('heritage_kind',      'text',    NULL,          'building', 'open',          false, '区文化和旅游局',       'heritage',                     '历史文化保护类别', 8)
 ) AS f (fact, type, unit, level, openness, required, department, label_en, label_zh, sequence)
UNION ALL
SELECT 'demo-2024', t.land_type, 'in_renewal_plan', 'boolean', NULL, 'parcel', 'open', false, '区住房建设委', 'in the renewal plan', '列入更新计划', 9
  FROM unnest('{commerce,residence,facility}'::text[]) AS t (land_type);

INSERT INTO :"survey".standard_fact (standard, land_type, fact, type, unit, level, openness, required, department, label_en, label_zh, sequence) VALUES
    ('demo-2024', 'industry',  'plot_ratio',            'number',  NULL,          'parcel',   'open', true,  '市规划资源局和平分局', 'plot ratio', '容积率', 20),
    ('demo-2024', 'industry',  'tax_per_mu',            'number',  '10^4 CNY/mu', 'part',     'open', true,  '区税务局', 'tax per mu, paid in the district', '亩均税收(区内入库)', 21),
    ('demo-2024', 'industry',  'output_per_hectare',    'number',  '10^4 CNY/ha', 'part',     'open', true,  '区科技局', 'output per hectare', '地均产出', 22),
    ('demo-2024', 'industry',  'investment_intensity',  'number',  '10^4 CNY/ha', 'part',     'open', true,  '区科技局', 'investment per hectare, land price included', '投资强度(含地价)', 23),
    ('demo-2024', 'industry',  'contract.investment_intensity', 'number', '10^4 CNY/ha', 'parcel', 'open', false, '市规划资源局和平分局', 'investment per hectare agreed', '约定投资强度', 24),
    ('demo-2024', 'industry',  'industry_policy_class', 'text',    NULL,          'part',     'open', true,  '区发展改革委', 'class of the industry in policy', '产业政策类别', 25),
    ('demo-2024', 'industry',  'is_above_scale',        'boolean', NULL,          'part',     'open', true,  '区统计局', 'above-scale firm', '规上企业', 26),
    ('demo-2024', 'industry',  'is_strategic_emerging', 'boolean', NULL,          'part',     'open', true,  '区科技局', 'strategic emerging industry', '战略性新兴产业', 27),
    ('demo-2024', 'industry',  'production_started_on', 'date',    NULL,          'part',     'open', true,  '区科技局', 'start of production', '投产日期', 28),
    ('demo-2024', 'industry',  'industry_division',     'text',    NULL,          'part',     'open', true,  '区统计局', 'industry division', '行业大类', 29),
    ('demo-2024', 'industry',  'industry_code_system',  'text',    NULL,          'part',     'open', true,  '区统计局', 'industry code system', '行业分类标准', 30),
    ('demo-2024', 'commerce',  'vacancy_rate',          'series',  NULL,          'part',     'open', true,  '区商务局', 'vacancy rate by floor area', '空置率(按面积)', 20),
    ('demo-2024', 'commerce',  'tax_per_floor_area',    'number',  'CNY/m²', 'part',     'open', true,  '区税务局', 'tax per floor area, paid in the district', '单位建筑面积税收(区内入库)', 21),
    ('demo-2024', 'commerce',  'plot_ratio',            'number',  NULL,          'parcel',   'open', true,  '市规划资源局和平分局', 'plot ratio', '容积率', 22),
    ('demo-2024', 'commerce',  'plan.plot_ratio',       'number',  NULL,          'parcel',   'open', false, '市规划资源局和平分局', 'plot ratio of the plan', '规划容积率', 23),
    ('demo-2024', 'commerce',  'stratum',               'text',    NULL,          'parcel',   'open', false, '市规划资源局和平分局', 'stratum', '空间层次', 24),
    ('demo-2024', 'residence', 'built_year',            'number',  NULL,          'building', 'open', true,  '区住房建设委', 'year the oldest house was built', '最早建成年份', 20),
    ('demo-2024', 'residence', 'plot_ratio',            'number',  NULL,          'parcel',   'open', true,  '市规划资源局和平分局', 'plot ratio', '容积率', 21),
    ('demo-2024', 'residence', 'is_villa',              'boolean', NULL,          'building', 'open', true,  '区住房建设委', 'villas', '别墅', 22),
    ('demo-2024', 'residence', 'danger_share',          'number',  NULL,          'building', 'open', true,  '区住房建设委', 'share of floor area in houses of grade C or D', 'C、D级危房建筑面积占比', 23),
    ('demo-2024', 'residence', 'has_hazard',            'boolean', NULL,          'parcel',   'open', true,  '区应急管理局', 'hazard not treated', '未治理的安全隐患', 24),
    ('demo-2024', 'facility',  'use_state',             'text',    NULL,          'parcel',   'open', true,  '区机关事务管理局', 'state of use', '使用状态', 20),
    ('demo-2024', 'facility',  'idle_since',            'date',    NULL,          'parcel',   'open', false, '区机关事务管理局', 'idle since', '闲置起始日期', 21),
    ('demo-2024', 'facility',  'conforms_to_plan',      'boolean', NULL,          'parcel',   'open', true,  '市规划资源局和平分局', 'in line with the plan', '符合规划', 22),
    ('demo-2024', 'facility',  'danger_grade',          'text',    NULL,          'building', 'open', true,  '区住房建设委', 'grade of the worst building', '最差房屋危险等级', 23),
    ('demo-2024', 'facility',  'stratum',               'text',    NULL,          'parcel',   'open', false, '市规划资源局和平分局', 'stratum', '空间层次', 24);

-- Gates decide first.  Idle land is a matter of grant documents: where construction was
-- agreed and is not completed.  Unfinished housing that was begun is not idle land.
INSERT INTO :"survey".standard_rule (standard, land_type, rule, role, reason_family, applicability, criterion, route, label_en, label_zh, sequence)
SELECT 'demo-2024', t.land_type, 'G-1', 'gate', NULL, 'agreed_start is known and actual_completion is unknown'::inefficient_land.criterion,
       CASE t.land_type WHEN 'residence' THEN 'started_area = 0 and years_since(agreed_start) >= 1'
            ELSE 'started_area = 0 and years_since(agreed_start) >= 1 or suspended_since is known and years_since(suspended_since) >= 1 and (3 * started_area < planned_area or spent_investment < 25% * planned_investment)' END::inefficient_land.criterion,
       'idle_land_disposal', 'idle land: a year past the agreed start, or a year at a standstill with less than a third begun or a quarter spent',
       '闲置土地:超过约定动工日期满一年未动工,或停工满一年且动工不足三分之一或投资不足25%', 1
  FROM unnest('{industry,commerce,residence,facility}'::text[]) AS t (land_type)
UNION ALL
SELECT 'demo-2024', t.land_type, 'G-2', 'gate', NULL, NULL, 'heritage_kind in (''protected_building'', ''historic_building'')'::inefficient_land.criterion, 'conservation', 'protected or historic building', '文物保护单位或历史风貌建筑', 2
  FROM unnest('{industry,commerce,residence,facility}'::text[]) AS t (land_type);

INSERT INTO :"survey".standard_rule (standard, land_type, rule, role, reason_family, applicability, criterion, discretionary, label_en, label_zh, sequence) VALUES
    ('demo-2024', 'industry', 'M-1', 'criterion', 'under_developed', NULL, 'plot_ratio < 0.8', false, 'plot ratio below 0.8', '容积率低于0.8', 10),
    ('demo-2024', 'industry', 'M-2', 'criterion', 'under_taxed', NULL, 'tax_per_mu < 50% * control_indicator(tax_per_mu)', false, 'tax per mu below half of the value published for the industry', '亩均税收低于行业控制值的50%', 11),
    ('demo-2024', 'industry', 'M-3', 'criterion', 'under_produced', 'not is_above_scale', 'output_per_hectare < 40% * peer_mean(output_per_hectare)', false, 'output per hectare of a small firm below 40 % of the mean of its peers', '规下企业地均产出低于同类平均值的40%', 12),
    ('demo-2024', 'industry', 'M-4', 'criterion', 'under_invested', 'contract.investment_intensity is known', 'investment_intensity < 60% * contract.investment_intensity', false, 'investment per hectare below 60 % of the contract', '投资强度低于约定值的60%', 13),
    ('demo-2024', 'industry', 'M-5', 'criterion', 'policy_banned', NULL, 'industry_policy_class in (''prohibited'', ''eliminated'')', false, 'prohibited or eliminated industry', '禁止类或淘汰类产业', 14),
    ('demo-2024', 'industry', 'E-1', 'exemption', NULL, NULL, 'is_strategic_emerging', true, 'strategic emerging industry, exempted by decision', '经决定豁免的战略性新兴产业', 20),
    ('demo-2024', 'industry', 'E-2', 'exemption', NULL, NULL, 'years_since(production_started_on) < 3', false, 'in production for less than three years', '投产未满三年', 21),
    ('demo-2024', 'commerce', 'C-1', 'criterion', 'vacant', 'stratum = ''surface''', 'for_years(2, vacancy_rate >= 40%, year => -1)', false, '40 % or more of the floor area vacant for two years', '连续两年空置率不低于40%', 10),
    ('demo-2024', 'commerce', 'C-2', 'criterion', 'under_taxed', 'agreed_start is unknown or actual_completion is known', 'tax_per_floor_area < 40% * peer_mean(tax_per_floor_area)', false, 'tax per floor area below 40 % of the mean of the district', '单位建筑面积税收低于全区平均值的40%', 11),
    ('demo-2024', 'commerce', 'C-3', 'criterion', 'under_developed', 'stratum = ''surface'' and plan.plot_ratio is known', 'plot_ratio < 50% * plan.plot_ratio', false, 'plot ratio below half of the plan', '容积率低于规划容积率的50%', 12),
    ('demo-2024', 'commerce', 'C-4', 'criterion', 'contract_breach', 'agreed_start is known and actual_completion is unknown', 'suspended_since is known and years_since(suspended_since) >= 2', false, 'construction at a standstill for two years', '停工满两年', 13),
    ('demo-2024', 'commerce', 'E-1', 'exemption', NULL, NULL, 'in_renewal_plan', true, 'in the renewal plan, exempted by decision', '列入更新计划并经决定豁免', 20),
    ('demo-2024', 'commerce', 'E-2', 'exemption', NULL, 'actual_completion is known', 'years_since(actual_completion) < 2', false, 'completed less than two years ago', '竣工未满两年', 21),
    ('demo-2024', 'residence', 'R-1', 'criterion', 'under_developed', 'not is_villa', 'built_year <= 2000 and plot_ratio < 1.0', false, 'built by 2000 with a plot ratio below 1.0 (not villas)', '2000年底前建成且容积率低于1.0(别墅除外)', 10),
    ('demo-2024', 'residence', 'R-2', 'criterion', 'dilapidated', NULL, 'built_year <= 2000 and danger_share >= 50%', false, 'built by 2000 and half of the floor area or more in dangerous houses', '2000年底前建成且危房建筑面积占比不低于50%', 11),
    ('demo-2024', 'residence', 'R-3', 'criterion', 'contract_breach', 'agreed_start is known and actual_completion is unknown', 'suspended_since is known and years_since(suspended_since) >= 2', false, 'unfinished housing at a standstill for two years', '烂尾楼盘:停工满两年', 12),
    ('demo-2024', 'residence', 'R-4', 'criterion', 'unsafe', NULL, 'has_hazard', false, 'hazard not treated', '存在未治理的安全隐患', 13),
    ('demo-2024', 'residence', 'E-1', 'exemption', NULL, NULL, 'in_renewal_plan', true, 'in the renewal plan, exempted by decision', '列入更新计划并经决定豁免', 20),
    ('demo-2024', 'facility', 'F-1', 'criterion', 'vacant', NULL, 'use_state = ''idle'' and years_since(idle_since) >= 1', false, 'idle for a year', '闲置满一年', 10),
    ('demo-2024', 'facility', 'F-2', 'criterion', 'plan_mismatch', NULL, 'not conforms_to_plan', false, 'against the plan', '不符合规划', 11),
    ('demo-2024', 'facility', 'F-3', 'criterion', 'dilapidated', 'stratum = ''surface''', 'danger_grade in (''C'', ''D'')', false, 'a building of grade C or D', '房屋危险等级为C级或D级', 12),
    ('demo-2024', 'facility', 'E-1', 'exemption', NULL, NULL, 'in_renewal_plan', true, 'in the renewal plan, exempted by decision', '列入更新计划并经决定豁免', 20);

INSERT INTO :"survey".standard_control (standard, indicator, industry_code, industry_code_system, value, unit, source) VALUES
    ('demo-2024', 'tax_per_mu', '23', 'GB/T 4754-2017', 16, '10^4 CNY/mu', 'invented'),
    ('demo-2024', 'tax_per_mu', '35', 'GB/T 4754-2017', 20, '10^4 CNY/mu', 'invented'),
    ('demo-2024', 'tax_per_mu', '59', 'GB/T 4754-2017',  6, '10^4 CNY/mu', 'invented');

INSERT INTO :"survey".standard_legacy_period (standard, period, from_date, to_date, label_en, label_zh, treatment_en, treatment_zh) VALUES
    ('demo-2024', 'before_1987',  NULL,         '1987-01-01', 'before 1987',  '1987年以前',  'confirm rights on historical facts', '按历史事实确权'),
    ('demo-2024', '1987_to_1998', '1987-01-01', '1999-01-01', '1987 to 1998', '1987—1998年', 'complete procedures under the law of the time', '按当时法律补办手续'),
    ('demo-2024', '1999_to_2009', '1999-01-01', '2009-12-31', '1999 to 2009', '1999—2009年', 'complete procedures, penalty first', '处罚后补办手续'),
    ('demo-2024', '2010_to_2019', '2009-12-31', '2020-01-01', '2010 to 2019', '2010—2019年', 'treat as a violation', '按违法用地处理'),
    ('demo-2024', 'since_2020',   '2020-01-01', NULL,         'since 2020',   '2020年以来',  'treat as a violation under the law in force', '按现行法律处理');

INSERT INTO :"survey".standard_reporting (standard, scheme, family, category, label_en, label_zh, sequence) VALUES
    ('demo-2024', 'city', 'industry_warehouse', 'industrial', 'industrial land', '工业用地', 1),
    ('demo-2024', 'city', 'commerce_office',    'urban',      'urban land',      '城镇用地', 2),
    ('demo-2024', 'city', 'residence',          'urban',      'urban land',      '城镇用地', 2),
    ('demo-2024', 'city', 'facilities',         'urban',      'urban land',      '城镇用地', 2);

COMMIT;
