-- library: the standards that ship with the extension
-- Figures carry their source and a mark of how far they are confirmed; a value
-- that was not published is absent, so a rule that needs it stays unknown:
-- Jinhua's J-1b asks for the provincial standard-land values, which a district
-- enters in its copy (standard_control) or hands over as benchmarks.

INSERT INTO standard (code, version, title_en, title_zh, authority, source, confirmation) VALUES
    ('jinhua-2024', 'consultation draft',
     'Jinhua: identification of inefficient urban land (consultation draft)',
     '金华市城镇低效用地认定办法(征求意见稿)',
     'Jinhua (金华市)',
     'consultation draft as reported at jh.news.fang.com 53102096; industrial part', 'draft');

INSERT INTO standard_land_type (standard, land_type, family, label_en, label_zh, use_codes, use_code_system) VALUES
    ('jinhua-2024', 'industrial', 'industry_warehouse', 'industrial land', '工业用地', NULL, NULL);

INSERT INTO standard_fact (standard, land_type, fact, type, unit, level, openness, required, department, label_en, label_zh, sequence) VALUES
    ('jinhua-2024', 'industrial', 'plot_ratio',            'number',  NULL,          'parcel',   'open', true,  'natural resources', 'plot ratio', '容积率', 1),
    ('jinhua-2024', 'industrial', 'tax_per_mu',            'number',  '10^4 CNY/mu', 'part',     'open', true,  'taxation', 'tax per mu', '亩均税收', 2),
    ('jinhua-2024', 'industrial', 'danger_grade',          'text',    NULL,          'building', 'open', true,  'housing', 'danger grade of the worst building', '最差房屋危险等级', 3),
    ('jinhua-2024', 'industrial', 'industry_policy_class', 'text',    NULL,          'part',     'open', true,  'industry', 'class of the industry in policy', '产业政策类别', 4),
    ('jinhua-2024', 'industrial', 'safety_compliant',      'boolean', NULL,          'parcel',   'open', true,  'emergency and environment', 'meets safety and environmental rules', '安全环保达标', 5),
    ('jinhua-2024', 'industrial', 'special_industry_needs','boolean', NULL,          'part',     'open', false, 'industry', 'industry with special needs of land', '有特殊用地要求的行业', 6),
    ('jinhua-2024', 'industrial', 'is_above_scale',        'boolean', NULL,          'part',     'open', true,  'statistics', 'above-scale firm', '规上企业', 7),
    ('jinhua-2024', 'industrial', 'is_strategic_emerging', 'boolean', NULL,          'part',     'open', true,  'industry', 'strategic emerging industry', '战略性新兴产业', 8),
    ('jinhua-2024', 'industrial', 'production_started_on', 'date',    NULL,          'part',     'open', true,  'industry', 'start of production', '投产日期', 9),
    ('jinhua-2024', 'industrial', 'industry_division',     'text',    NULL,          'part',     'open', true,  'statistics', 'industry division', '行业大类', 10),
    ('jinhua-2024', 'industrial', 'industry_code_system',  'text',    NULL,          'part',     'open', true,  'statistics', 'industry code system', '行业分类标准', 11);

INSERT INTO standard_rule (standard, land_type, rule, role, reason_family, applicability, criterion, discretionary, label_en, label_zh, sequence) VALUES
    ('jinhua-2024', 'industrial', 'J-1a', 'criterion', 'under_developed', 'not (special_industry_needs is known and special_industry_needs)', 'plot_ratio < 1.0', false,
     'plot ratio below 1.0, and no special needs of the industry on record', '容积率低于1.0,且未登记特殊用地要求', 1),
    ('jinhua-2024', 'industrial', 'J-1b', 'criterion', 'under_developed', NULL, 'plot_ratio < 60% * control_indicator(standard_land_plot_ratio)', false,
     'plot ratio below 60 % of the standard-land value of the industry', '容积率低于本行业标准地指标的60%', 2),
    ('jinhua-2024', 'industrial', 'J-2', 'criterion', 'under_taxed', NULL, 'tax_per_mu < 40% * peer_mean(tax_per_mu, year => -1)', false,
     'tax per mu below 40 % of last year''s mean of the same industry', '亩均税收低于上年度同行业平均值的40%', 3),
    ('jinhua-2024', 'industrial', 'J-3', 'criterion', 'dilapidated', NULL, 'danger_grade in (''C'', ''D'')', false,
     'building of danger grade C or D', '房屋危险等级为C级或D级', 4),
    ('jinhua-2024', 'industrial', 'J-4', 'criterion', 'policy_banned', NULL, 'industry_policy_class in (''prohibited'', ''eliminated'')', false,
     'prohibited or eliminated industry', '禁止类或淘汰类产业', 5),
    ('jinhua-2024', 'industrial', 'J-5', 'criterion', 'unsafe', NULL, 'not safety_compliant', false,
     'still fails safety or environmental rules after rectification', '经整改仍不符合安全生产或环保要求', 6),
    ('jinhua-2024', 'industrial', 'J-Xa', 'exemption', NULL, NULL, 'is_above_scale', true,
     'above-scale firm', '规上企业', 7),
    ('jinhua-2024', 'industrial', 'J-Xb', 'exemption', NULL, NULL, 'is_strategic_emerging', true,
     'strategic emerging industry', '战略性新兴产业', 8),
    ('jinhua-2024', 'industrial', 'J-Xc', 'exemption', NULL, NULL, 'control_indicator(industry_plot_ratio) < 1.0 and tax_per_mu > 8', true,
     'control value of the industry below 1.0 and tax per mu above 8', '行业容积率控制指标低于1.0且亩均税收高于8万元', 9),
    ('jinhua-2024', 'industrial', 'J-Xd', 'exemption', NULL, NULL, 'years_since(production_started_on) < 3', true,
     'in production for less than three years', '投产未满3年', 10);

-- Plot ratio of the national industrial control indicators of 2008, table 2.
INSERT INTO standard_control (standard, indicator, industry_code, industry_code_system, value, source)
SELECT 'jinhua-2024', 'industry_plot_ratio', division, 'GB/T 4754-2002', value, '国土资发〔2008〕24号, table 2'
  FROM (VALUES (1.0, '{13,14,15,16,18,19,24,30,40,41,42}'::text[]),
               (0.8, '{17,20,21,22,23,28,29}'),
               (0.7, '{27,31,34,35,36,37,39,43}'),
               (0.6, '{26,32,33}'),
               (0.5, '{25}')) AS line (value, divisions)
 CROSS JOIN unnest(divisions) AS division;

INSERT INTO label (topic, code, label_en, label_zh, colour, sequence) VALUES
    ('reason_family', 'under_developed', 'under-developed', '开发不足', NULL, 1),
    ('reason_family', 'under_invested',  'under-invested',  '投资不足', NULL, 2),
    ('reason_family', 'under_produced',  'under-produced',  '产出不足', NULL, 3),
    ('reason_family', 'under_taxed',     'under-taxed',     '税收不足', NULL, 4),
    ('reason_family', 'vacant',          'vacant or idle',  '空置闲置', NULL, 5),
    ('reason_family', 'dilapidated',     'dilapidated',     '危旧破败', NULL, 6),
    ('reason_family', 'policy_banned',   'banned by policy','政策禁止', NULL, 7),
    ('reason_family', 'unsafe',          'unsafe or polluting', '安全环保', NULL, 8),
    ('reason_family', 'plan_mismatch',   'against the plan','规划不符', NULL, 9),
    ('reason_family', 'renewal_designated', 'designated for renewal', '列入更新', NULL, 10),
    ('reason_family', 'contract_breach', 'breach of contract', '违反约定', NULL, 11),
    ('reason_family', 'manual',          'decided by hand', '人工认定', NULL, 12);

INSERT INTO label (topic, code, label_en, label_zh, colour, sequence) VALUES
    ('route', 'idle_land_disposal', 'disposal of idle land', '闲置土地处置', NULL, 1),
    ('route', 'conservation',       'conservation',          '保护利用',     NULL, 2),
    ('route', 'outside_boundary',   'outside the urban development boundary', '城镇开发边界外', NULL, 3),
    ('idle_cause', 'enterprise',    'the firm''s own cause', '企业原因', NULL, 1),
    ('idle_cause', 'government',    'the government''s cause', '政府原因', NULL, 2);

-- Idle land: the one rule set of nation-wide figures.  It is a set of gates without criteria
-- of its own, to be copied in front of the criteria of a standard; it applies only where a
-- document sets a start of construction and completion is not on record.
INSERT INTO standard (code, version, title_en, title_zh, authority, valid_from, source, confirmation) VALUES
    ('idle-land-2012', 'Order 53 (2012)', 'Idle land: gates of the measures for the disposal of idle land', '闲置土地处置办法:闲置土地认定条件',
     'Ministry of Land and Resources (国土资源部)', '2012-07-01', '闲置土地处置办法 (国土资源部令第53号), figures as quoted in public texts; what counts as a start and as investment is not stated there', 'in_force');

INSERT INTO standard_land_type (standard, land_type, family, label_en, label_zh) VALUES
    ('idle-land-2012', 'gate', 'any', 'gates for any land type', '适用于各类用地的前置条件');

INSERT INTO standard_fact SELECT * FROM usual_fact('idle-land-2012', 'gate', 'agreed_start? actual_start? actual_completion? suspended_since? started_area? planned_area? spent_investment? planned_investment?');

INSERT INTO standard_rule (standard, land_type, rule, role, applicability, criterion, route, label_en, label_zh, sequence) VALUES
    ('idle-land-2012', 'gate', 'I-1', 'gate', 'agreed_start is known and actual_completion is unknown',
     'actual_start is unknown and started_area = 0 and years_since(agreed_start) >= 1', 'idle_land_disposal',
     'idle land: not begun a year after the agreed start of construction', '闲置土地:超过约定动工日期满一年未动工', 1),
    ('idle-land-2012', 'gate', 'I-2a', 'gate', 'agreed_start is known and actual_completion is unknown and suspended_since is known',
     'years_since(suspended_since) >= 1 and 3 * started_area < planned_area', 'idle_land_disposal',
     'idle land: at a standstill for a year with less than a third of the area begun', '闲置土地:中止建设满一年且已动工面积不足应动工面积的三分之一', 2),
    ('idle-land-2012', 'gate', 'I-2b', 'gate', 'agreed_start is known and actual_completion is unknown and suspended_since is known',
     'years_since(suspended_since) >= 1 and spent_investment < 25% * planned_investment', 'idle_land_disposal',
     'idle land: at a standstill for a year with less than 25 % of the investment made', '闲置土地:中止建设满一年且已投资额不足总投资额的25%', 3);

-- ---- Jinhua: warehouses and housing of the consultation draft

INSERT INTO standard_land_type (standard, land_type, family, label_en, label_zh, use_codes, use_code_system, sequence, confirmation, source)
SELECT 'jinhua-2024', k.land_type, 'industry_warehouse', 'logistics and warehouse land (codes of ' || k.use_code_system || ')', '物流仓储用地(' || k.use_code_system || ')',
       k.use_codes, k.use_code_system, 0, NULL::text, NULL::text
  FROM (VALUES ('warehouse',          '{0508}'::text[], 'third-survey'),
               ('warehouse_21010',    '{0604}',         'GB/T 21010-2017'),
               ('warehouse_land_sea', '{1101,1102}',    'land-and-sea-2023'),
               ('warehouse_50137',    '{W}',            'GB 50137-2011')) AS k (land_type, use_codes, use_code_system)
UNION ALL
VALUES ('jinhua-2024', 'residential', 'residence', 'residential land', '居住用地', NULL::text[], NULL::text, 1, 'incomplete',
        'consultation draft as reported at jh.news.fang.com 53102096; the text breaks off inside J-12, what follows is absent');

INSERT INTO standard_fact
SELECT f.* FROM unnest('{warehouse,warehouse_21010,warehouse_land_sea,warehouse_50137}'::text[]) AS k (land_type),
       usual_fact('jinhua-2024', k.land_type, 'tax_per_mu danger_count_share in_renewal_plan industry_division industry_code_system') f
UNION ALL
SELECT * FROM usual_fact('jinhua-2024', 'residential', 'built_year plot_ratio is_villa danger_count_share has_hazard is_urgent_urban_village is_needed_by_major_project in_renewal_plan has_geological_hazard
                          agreed_start? actual_start? actual_completion? started_area? suspended_since?');

INSERT INTO standard_rule (standard, land_type, rule, role, reason_family, criterion, label_en, label_zh, sequence)
SELECT 'jinhua-2024', k.land_type, r.*
  FROM unnest('{warehouse,warehouse_21010,warehouse_land_sea,warehouse_50137}'::text[]) AS k (land_type)
 CROSS JOIN (VALUES
    ('J-6', 'criterion', 'under_taxed', 'tax_per_mu < 40% * peer_mean(tax_per_mu, year => -1)'::criterion, 'tax per mu below 40 % of last year''s mean of the same industry', '亩均税收低于上年度同行业平均值的40%', 1),
    ('J-7', 'criterion', 'dilapidated', 'danger_count_share >= 50%', 'half of the buildings or more dilapidated', '危旧楼宇占比不低于50%', 2),
    ('J-8', 'criterion', 'renewal_designated', 'in_renewal_plan', 'in the action plan of urban renewal', '列入城市更新行动计划', 3)
 ) AS r (rule, role, reason_family, criterion, label_en, label_zh, sequence);

INSERT INTO standard_rule (standard, land_type, rule, role, reason_family, applicability, criterion, label_en, label_zh, sequence) VALUES
    ('jinhua-2024', 'residential', 'J-9a', 'criterion', 'under_developed', 'not is_villa', 'built_year <= 2000 and plot_ratio < 1.0',
     'built by the end of 2000 with a plot ratio below 1.0 (not villas)', '2000年底前建成且容积率低于1.0(别墅除外)', 1),
    ('jinhua-2024', 'residential', 'J-9b', 'criterion', 'dilapidated', NULL, 'built_year <= 2000 and (danger_count_share >= 50% or has_hazard)',
     'built by the end of 2000, and half of the blocks or more dilapidated or a building hazard', '2000年底前建成且危旧楼栋占比不低于50%或存在房屋安全隐患', 2),
    ('jinhua-2024', 'residential', 'J-10', 'criterion', 'renewal_designated', NULL, 'is_urgent_urban_village or is_needed_by_major_project',
     'urban village whose renewal is urgent, or needed by a major project', '改造需求迫切的城中村或重大项目带动', 3),
    ('jinhua-2024', 'residential', 'J-11', 'criterion', 'renewal_designated', NULL, 'in_renewal_plan or has_geological_hazard',
     'in the renewal plan, or a geological hazard not treated', '列入更新计划或存在未治理的地质灾害隐患', 4),
    ('jinhua-2024', 'residential', 'J-12a', 'criterion', 'contract_breach', 'agreed_start is known and actual_completion is unknown', 'actual_start is unknown and started_area = 0 and years_since(agreed_start) >= 2',
     'not begun two years after the agreed start', '超过约定动工日期满两年未动工', 5),
    ('jinhua-2024', 'residential', 'J-12b', 'criterion', 'contract_breach', 'agreed_start is known and actual_completion is unknown and suspended_since is known', 'years_since(suspended_since) >= 2',
     'at a standstill for two years', '中止建设满两年', 6);

-- ---- standards of cities and counties, as far as their texts could be read

INSERT INTO standard (code, version, title_en, title_zh, authority, source, confirmation) VALUES
    ('taizhou-2025', '2025-04-25, items 1 to 5', 'Taizhou: identification of inefficient urban land', '台州市城镇低效用地认定办法',
     'Taizhou (台州市)', 'text of 2025-04-25, in force, as reported at 86um.com news 82923; readable up to item 5. The provincial guidance values of tax per mu (T-1) were not published with it', 'incomplete'),
    ('city-industrial', 'as quoted', 'A city''s standard for inefficient industrial land (issuing city not named in the source)', '某市低效工业用地认定标准(来源未注明城市)',
     NULL, 'seven conditions as quoted at jixizgh.com; the values of C-2b (land output rate) are those of the control standard in force and not part of it', 'incomplete'),
    ('wannian-2021', '2021', 'Wannian County (Jiangxi): identification of inefficient industrial land', '万年县低效工业用地认定标准',
     'Wannian County (万年县)', 'bnr.zgsr.gov.cn 2021-07-16; the text leaves room to adjust the contract values of W-1 without saying how much', 'incomplete'),
    ('ningxia-2023', 'trial 2023, the readable part', 'Ningxia: identification of inefficient industrial land (trial)', '宁夏低效工业用地认定办法(试行)',
     'Ningxia (宁夏回族自治区)', 'reported 2023-10-11; twelve criteria, of which five could be read', 'incomplete'),
    ('xianyou-2022', '2022, the readable part', 'Xianyou County (Fujian): identification of inefficient industrial land', '仙游县低效工业用地认定标准',
     'Xianyou County (仙游县)', 'xyxww.com 2022-06-24; one of nine classes, and idle plant buildings. The county lines by industry, zone and size could not be read', 'incomplete');

INSERT INTO standard_land_type (standard, land_type, family, label_en, label_zh, subject) VALUES
    ('taizhou-2025',    'industrial', 'industry_warehouse', 'industrial land', '工业用地', 'parcel'),
    ('city-industrial', 'industrial', 'industry_warehouse', 'industrial land', '工业用地', 'parcel'),
    ('wannian-2021',    'industrial', 'industry_warehouse', 'industrial land', '工业用地', 'parcel'),
    ('ningxia-2023',    'industrial', 'industry_warehouse', 'industrial land', '工业用地', 'parcel'),
    ('xianyou-2022',    'industrial', 'industry_warehouse', 'industrial land', '工业用地', 'parcel'),
    ('xianyou-2022',    'idle_plant', 'industry_warehouse', 'idle plant building', '闲置工业厂房', 'building');

INSERT INTO standard_fact
SELECT f.*
  FROM (VALUES
    ('taizhou-2025',    'industrial', 'inside_development_boundary tax_per_mu plot_ratio special_industry_needs? building_quality facilities_outdated industry_policy_class industry_division industry_code_system'),
    ('city-industrial', 'industrial', 'agreed_start? actual_start? actual_completion? suspended_since? started_area? planned_area? spent_investment? planned_investment?
                                       agreed_completion? idle_cause? contract.kind investment investment_land_price family_area contract.investment_intensity? output_per_hectare operating_state stopped_since?
                                       industry_policy_class fits_industry_plan safety_compliant is_renewal_required is_designated! industry_division industry_code_system'),
    ('wannian-2021',    'industrial', 'agreed_start? actual_start? actual_completion? suspended_since? started_area? planned_area? spent_investment? planned_investment?
                                       contract.kind agreed_completion? investment_intensity contract.investment_intensity? plot_ratio contract.plot_ratio? building_coverage contract.coverage?
                                       production_delay_years operating_state stopped_since? industry_policy_class safety_compliant tax_per_mu contract.tax_per_mu?'),
    ('ningxia-2023',    'industrial', 'agreed_start? actual_start? actual_completion? suspended_since? started_area? planned_area? spent_investment? planned_investment?
                                       agreed_completion? is_separately_developable contract.kind plot_ratio contract.plot_ratio? building_coefficient contract.building_coefficient? investment_intensity contract.investment_intensity? tax_per_mu contract.tax_per_mu?'),
    ('xianyou-2022',    'industrial', 'contract.kind ~tax_per_mu contract.tax_per_mu? ~output_per_mu contract.output_per_mu? industry_division industry_code_system'),
    ('xianyou-2022',    'idle_plant', 'floor_area idle_since use_state is_safe')) AS l (standard, land_type, facts),
       usual_fact(l.standard, l.land_type, l.facts) f;

-- The national gates of idle land come first where the text asks for land that is not idle.
INSERT INTO standard_rule (standard, land_type, rule, role, applicability, criterion, route, label_en, label_zh, sequence)
SELECT k.standard, 'industrial', g.rule, g.role, g.applicability, g.criterion, g.route, g.label_en, g.label_zh, g.sequence
  FROM unnest('{city-industrial,wannian-2021,ningxia-2023}'::text[]) AS k (standard)
 CROSS JOIN standard_rule g
 WHERE g.standard = 'idle-land-2012' AND g.land_type = 'gate';

INSERT INTO standard_rule (standard, land_type, rule, role, reason_family, applicability, criterion, route, label_en, label_zh, sequence) VALUES
    ('taizhou-2025', 'industrial', 'T-0', 'gate', NULL, NULL, 'not inside_development_boundary', 'outside_boundary', 'outside the urban development boundary', '位于城镇开发边界外', 1),
    ('taizhou-2025', 'industrial', 'T-1', 'criterion', 'under_taxed', NULL, 'tax_per_mu < control_indicator(inefficient_tax_per_mu)', NULL,
     'tax per mu below the provincial guidance value of the industry for inefficient land', '亩均税收低于省定分行业低效指导标准', 11),
    ('taizhou-2025', 'industrial', 'T-2', 'criterion', 'under_developed', 'not (special_industry_needs is known and special_industry_needs)', 'plot_ratio < 1.0', NULL,
     'plot ratio below 1.0, and no special needs of the industry on record', '容积率低于1.0,且未登记特殊用地要求', 12),
    ('taizhou-2025', 'industrial', 'T-3', 'criterion', 'dilapidated', NULL, 'building_quality = ''poor'' or facilities_outdated', NULL,
     'poor buildings or outdated facilities', '建筑质量差或配套设施落后', 13),
    ('taizhou-2025', 'industrial', 'T-4', 'criterion', 'policy_banned', NULL, 'industry_policy_class in (''prohibited'', ''eliminated'')', NULL,
     'prohibited or eliminated industry', '禁止类或淘汰类产业', 14),

    ('city-industrial', 'industrial', 'C-1', 'criterion', 'contract_breach', 'agreed_completion is known and actual_completion is unknown', 'idle_cause = ''enterprise'' and years_since(agreed_completion) >= 2', NULL,
     'not completed two years after the agreed completion, by the firm''s own cause', '因企业自身原因超过约定竣工日期满两年未竣工', 11),
    ('city-industrial', 'industrial', 'C-2a', 'criterion', 'under_invested', 'contract.kind in (''grant'', ''allocation'', ''lease'') and not (agreed_start is known and actual_completion is unknown)',
     'years_since(actual_completion) >= 2 and (investment + investment_land_price) / family_area * 10000 < 50% * contract.investment_intensity', NULL,
     'completed for two years, and investment per hectare (land price included) below 50 % of the contract', '竣工满两年且投资强度(含地价)低于合同约定的50%', 12),
    ('city-industrial', 'industrial', 'C-2b', 'criterion', 'under_produced', 'not (agreed_start is known and actual_completion is unknown)',
     'years_since(actual_completion) >= 2 and output_per_hectare < 50% * control_indicator(output_per_hectare)', NULL,
     'completed for two years, and land output rate below 50 % of the control standard', '竣工满两年且土地产出率低于现行工业用地控制标准的50%', 13),
    ('city-industrial', 'industrial', 'C-3', 'criterion', 'vacant', NULL, 'operating_state in (''stopped'', ''half_stopped'') and years_since(stopped_since) >= 1', NULL,
     'production stopped or half stopped for a year', '停产、半停产满一年', 14),
    ('city-industrial', 'industrial', 'C-4', 'criterion', 'policy_banned', NULL, 'industry_policy_class in (''prohibited'', ''eliminated'') or not fits_industry_plan', NULL,
     'prohibited or eliminated industry, or against the industry plan of the area', '禁止类、淘汰类产业或不符合区域产业规划', 15),
    ('city-industrial', 'industrial', 'C-5', 'criterion', 'unsafe', NULL, 'not safety_compliant', NULL, 'fails safety or environmental rules', '不符合安全生产或环保要求', 16),
    ('city-industrial', 'industrial', 'C-6', 'criterion', 'plan_mismatch', NULL, 'is_renewal_required', NULL, 'renewal required by a change of the plan', '因规划调整需要更新', 17),
    ('city-industrial', 'industrial', 'C-7', 'criterion', 'manual', NULL, 'is_designated', NULL, 'designated by the district government as scattered, extensive, unreasonable or dilapidated', '区政府认定布局散乱、利用粗放、用途不合理或建筑危旧', 18),

    ('wannian-2021', 'industrial', 'W-1a', 'criterion', 'under_invested', 'contract.kind in (''grant'', ''allocation'', ''lease'') and years_since(agreed_completion) >= 0', 'investment_intensity < contract.investment_intensity', NULL,
     'investment per hectare below the contract at the agreed completion', '约定竣工时投资强度低于合同约定', 11),
    ('wannian-2021', 'industrial', 'W-1b', 'criterion', 'under_developed', 'contract.kind in (''grant'', ''allocation'', ''lease'') and years_since(agreed_completion) >= 0', 'plot_ratio < contract.plot_ratio', NULL,
     'plot ratio below the contract at the agreed completion', '约定竣工时容积率低于合同约定', 12),
    ('wannian-2021', 'industrial', 'W-1c', 'criterion', 'under_developed', 'contract.kind in (''grant'', ''allocation'', ''lease'') and years_since(agreed_completion) >= 0', 'building_coverage < contract.coverage', NULL,
     'building coverage below the contract at the agreed completion', '约定竣工时建筑密度低于合同约定', 13),
    ('wannian-2021', 'industrial', 'W-2a', 'criterion', 'vacant', NULL, 'production_delay_years > 1', NULL, 'more than a year from completion to production', '竣工后超过一年未投产', 14),
    ('wannian-2021', 'industrial', 'W-2b', 'criterion', 'vacant', NULL, 'operating_state = ''stopped'' and years_since(stopped_since) >= 1', NULL, 'production stopped for a year', '停产满一年', 15),
    ('wannian-2021', 'industrial', 'W-3', 'criterion', 'policy_banned', NULL, 'industry_policy_class in (''prohibited'', ''eliminated'') or not safety_compliant', NULL,
     'prohibited or eliminated industry, or fails safety or environmental rules', '禁止类、淘汰类产业或不符合安全生产、环保要求', 16),
    ('wannian-2021', 'industrial', 'W-4', 'criterion', 'under_taxed', 'contract.kind in (''grant'', ''allocation'', ''lease'')', 'tax_per_mu < contract.tax_per_mu', NULL,
     'tax per mu below the investment contract', '亩均税收低于投资合同约定', 17),

    ('ningxia-2023', 'industrial', 'N-1', 'criterion', 'contract_breach', 'agreed_completion is known and actual_completion is unknown', 'years_since(agreed_completion) >= 2', NULL,
     'not completed two years after the agreed completion', '超过约定竣工日期满两年未竣工', 11),
    ('ningxia-2023', 'industrial', 'N-2', 'criterion', 'under_developed', NULL, 'is_separately_developable', NULL, 'used but not fully: a part that could be developed by itself under the plan is not', '用而未尽:规划上可独立开发的部分未开发', 12),
    ('ningxia-2023', 'industrial', 'N-3a', 'criterion', 'under_developed', 'contract.kind in (''grant'', ''allocation'', ''lease'')', 'plot_ratio < contract.plot_ratio', NULL, 'under-developed: plot ratio below what was agreed', '开发不足:容积率低于约定', 13),
    ('ningxia-2023', 'industrial', 'N-3b', 'criterion', 'under_developed', 'contract.kind in (''grant'', ''allocation'', ''lease'')', 'building_coefficient < contract.building_coefficient', NULL, 'under-developed: building coefficient below what was agreed', '开发不足:建筑系数低于约定', 14),
    ('ningxia-2023', 'industrial', 'N-4', 'criterion', 'under_invested', 'contract.kind in (''grant'', ''allocation'', ''lease'')', 'investment_intensity < contract.investment_intensity', NULL, 'under-invested: investment per hectare below what was agreed', '投资不足:投资强度低于约定', 15),
    ('ningxia-2023', 'industrial', 'N-5', 'criterion', 'under_taxed', 'contract.kind in (''grant'', ''allocation'', ''lease'')', 'tax_per_mu < contract.tax_per_mu', NULL, 'under-taxed: land tax below what was agreed', '税收不足:地均税收低于约定', 16),

    ('xianyou-2022', 'industrial', 'X-1a', 'criterion', 'under_taxed', 'contract.kind in (''grant'', ''allocation'', ''lease'')', 'for_years(2, tax_per_mu < contract.tax_per_mu)', NULL,
     'tax per mu below the contract in two consecutive years', '连续两年亩均税收低于合同约定', 11),
    ('xianyou-2022', 'industrial', 'X-1b', 'criterion', 'under_produced', 'contract.kind in (''grant'', ''allocation'', ''lease'')', 'for_years(2, output_per_mu < contract.output_per_mu)', NULL,
     'output per mu below the contract in two consecutive years', '连续两年亩均产值低于合同约定', 12),
    ('xianyou-2022', 'industrial', 'X-1c', 'criterion', 'under_taxed', NULL, 'for_years(2, tax_per_mu < control_indicator(tax_per_mu))', NULL,
     'tax per mu below the county line of the industry in two consecutive years', '连续两年亩均税收低于全县分行业标准', 13),
    ('xianyou-2022', 'idle_plant', 'X-2', 'criterion', 'vacant', NULL, 'use_state = ''idle'' and floor_area >= 3000 and years_since(idle_since) >= 1 and is_safe', NULL,
     'plant building of 3,000 m² or more, safe, idle for a year', '建筑面积不低于3000平方米、房屋安全、闲置满一年的工业厂房', 11);

-- ---- control indicators of industrial land, and performance grades
-- These say what new industrial land has to reach.  Their negation, any of the limits
-- missed, is a rule set of non-compliance; whether that is inefficient is for a district to say.

INSERT INTO standard (code, version, title_en, title_zh, authority, source, confirmation) VALUES
    ('industry-control-2008', '国土资发〔2008〕24号', 'National control indicators of industrial projects (2008): non-compliance', '工业项目建设用地控制指标(2008):不达标情形',
     'Ministry of Land and Resources (国土资源部)', '国土资发〔2008〕24号, replaced by 自然资发〔2023〕72号. Table 2 as read at blog.sina.com.cn 4b42fa890101e2k1; table 1 (investment per hectare) and the limit of the green ratio could not be read and are absent', 'incomplete'),
    ('industry-control-2023', '自然资发〔2023〕72号', 'National control indicators of industrial projects (2023): non-compliance', '工业项目建设用地控制指标(2023):不达标情形',
     'Ministry of Natural Resources (自然资源部)', 'single values as quoted: automobile manufacturing, and the office limits used in a sale notice of 2023 (cnestate.com td_id=125977); all others are absent', 'incomplete'),
    ('shandong-2005', '2005', 'Shandong: investment per mu in development zones (2005)', '山东省开发区工业项目投资强度控制线(2005)',
     'Shandong (山东省)', 'xiaomilidoc p-14911203', 'incomplete'),
    ('shanghai-2024', 'grades without cuts', 'Shanghai: performance evaluation of industrial land, grades A to D', '上海市产业用地综合绩效评估(A、B、C、D)',
     'Shanghai (上海市)', 'press and shanghai.gov.cn 2024-07-12: the whole register is scored on a three-year cycle; A and B are supported, C observed or renewed, D taken back, banked or reduced. Scores, weights and cuts were not published: the grade is a fact that the evaluation supplies', 'incomplete');

INSERT INTO standard_land_type (standard, land_type, family, label_en, label_zh) VALUES
    ('industry-control-2008', 'industrial', 'industry_warehouse', 'industrial land', '工业用地'),
    ('industry-control-2023', 'industrial', 'industry_warehouse', 'industrial land', '工业用地'),
    ('shandong-2005',         'industrial', 'industry_warehouse', 'industrial land in development zones', '开发区工业用地'),
    ('shanghai-2024',         'industrial', 'industry_warehouse', 'industrial land', '产业用地');

INSERT INTO standard_fact
SELECT f.*
  FROM (VALUES
    ('industry-control-2008', 'plot_ratio building_coefficient office_land_share investment_intensity industry_division industry_code_system'),
    ('industry-control-2023', 'plot_ratio building_coefficient office_land_share office_floor_share industry_division industry_code_system'),
    ('shandong-2005',         'zone_level city_group investment_per_mu'),
    ('shanghai-2024',         'performance_grade')) AS l (standard, facts),
       usual_fact(l.standard, 'industrial', l.facts) f;

INSERT INTO standard_rule (standard, land_type, rule, role, reason_family, applicability, criterion, label_en, label_zh, sequence) VALUES
    ('industry-control-2008', 'industrial', 'P-1', 'criterion', 'under_invested', NULL, 'investment_intensity < control_indicator(investment_intensity)', 'investment per hectare below the control value of the industry', '投资强度低于行业控制指标', 1),
    ('industry-control-2008', 'industrial', 'P-2', 'criterion', 'under_developed', NULL, 'plot_ratio < control_indicator(industry_plot_ratio)', 'plot ratio below the control value of the industry', '容积率低于行业控制指标', 2),
    ('industry-control-2008', 'industrial', 'P-3', 'criterion', 'under_developed', NULL, 'building_coefficient < 30%', 'building coefficient below 30 %', '建筑系数低于30%', 3),
    ('industry-control-2008', 'industrial', 'P-4', 'criterion', 'under_developed', NULL, 'office_land_share > 7%', 'office and living-service land above 7 %', '行政办公及生活服务设施用地占比超过7%', 4),

    ('industry-control-2023', 'industrial', 'Q-1', 'criterion', 'under_developed', NULL, 'plot_ratio < control_indicator(industry_plot_ratio)', 'plot ratio below the control value of the industry', '容积率低于行业控制指标', 1),
    ('industry-control-2023', 'industrial', 'Q-2', 'criterion', 'under_developed', NULL, 'building_coefficient < control_indicator(industry_building_coefficient)', 'building coefficient below the control value of the industry', '建筑系数低于行业控制指标', 2),
    ('industry-control-2023', 'industrial', 'Q-3a', 'criterion', 'under_developed', NULL, 'office_land_share > 7%', 'office and living-service land above 7 %', '行政办公及生活服务设施用地占比超过7%', 3),
    ('industry-control-2023', 'industrial', 'Q-3b', 'criterion', 'under_developed', NULL, 'office_floor_share > 15%', 'office and living-service floor area above 15 %', '行政办公及生活服务设施建筑面积占比超过15%', 4),

    ('shandong-2005', 'industrial', 'S-1', 'criterion', 'under_invested', 'zone_level = ''national''', 'investment_per_mu < 240', 'national zone: investment below 2.4 million CNY per mu', '国家级开发区投资强度低于240万元/亩', 1),
    ('shandong-2005', 'industrial', 'S-2a', 'criterion', 'under_invested', 'zone_level = ''provincial'' and city_group = ''1''', 'investment_per_mu < 200', 'provincial zone, first group of cities: investment below 2 million CNY per mu', '省级开发区(第一类城市)投资强度低于200万元/亩', 2),
    ('shandong-2005', 'industrial', 'S-2b', 'criterion', 'under_invested', 'zone_level = ''provincial'' and city_group = ''2''', 'investment_per_mu < 160', 'provincial zone, second group of cities: investment below 1.6 million CNY per mu', '省级开发区(第二类城市)投资强度低于160万元/亩', 3),
    ('shandong-2005', 'industrial', 'S-2c', 'criterion', 'under_invested', 'zone_level = ''provincial'' and city_group = ''3''', 'investment_per_mu < 100', 'provincial zone, third group of cities: investment below 1 million CNY per mu', '省级开发区(第三类城市)投资强度低于100万元/亩', 4),

    ('shanghai-2024', 'industrial', 'D', 'criterion', 'manual', NULL, 'performance_grade = ''D''', 'grade D in the performance evaluation', '绩效评估等级为D', 1);

INSERT INTO standard_control (standard, indicator, industry_code, industry_code_system, value, source)
SELECT 'industry-control-2008', c.indicator, c.industry_code, c.industry_code_system, c.value, c.source
  FROM standard_control c WHERE c.standard = 'jinhua-2024' AND c.indicator = 'industry_plot_ratio';

INSERT INTO standard_control (standard, indicator, industry_code, industry_code_system, value, source) VALUES
    ('industry-control-2023', 'industry_plot_ratio',           '36', 'GB/T 4754-2017', 0.8, '自然资发〔2023〕72号, automobile manufacturing, as quoted in public code'),
    ('industry-control-2023', 'industry_building_coefficient', '36', 'GB/T 4754-2017', 0.4, '自然资发〔2023〕72号, automobile manufacturing, as quoted in public code');

INSERT INTO label (topic, code, label_en, label_zh, colour, sequence) VALUES
    ('performance_grade', 'A', 'A: supported', 'A类:支持', NULL, 1),
    ('performance_grade', 'B', 'B: supported', 'B类:支持', NULL, 2),
    ('performance_grade', 'C', 'C: observed or renewed', 'C类:观察或更新', NULL, 3),
    ('performance_grade', 'D', 'D: taken back, banked or reduced', 'D类:收回、收储或减量化', NULL, 4);

-- ---- heping-2024: a template with the four families of the district's plan
-- Structure, facts and reason codes are meant to be kept; every threshold is a usual figure
-- of practice, published by nobody for this district, and waits for its confirmation.

INSERT INTO standard (code, version, title_en, title_zh, authority, source, confirmation) VALUES
    ('heping-2024', 'template 1: thresholds to be confirmed by the district (阈值待区确认)',
     'Heping District: differentiated identification of inefficient land (template)', '和平区低效用地差别化认定标准(模板)',
     NULL, 'families, departments and steps of 和平政办〔2024〕8号; the city''s guide was not available, thresholds are common practice', 'to_be_confirmed');

INSERT INTO standard_land_type (standard, land_type, family, label_en, label_zh, minimum_share, sequence) VALUES
    ('heping-2024', 'industry',  'industry_warehouse', 'industry and warehouse', '工业仓储', 0.1, 1),
    ('heping-2024', 'commerce',  'commerce_office',    'commerce and office',    '商业商办', 0.1, 2),
    ('heping-2024', 'residence', 'residence',          'residence',              '居住',     0.1, 3),
    ('heping-2024', 'facility',  'facilities',         'facilities',             '设施',     0.1, 4);

INSERT INTO standard_fact (standard, land_type, fact, type, unit, level, openness, required, department, label_en, label_zh, sequence)
SELECT f.standard, f.land_type, f.fact, f.type, f.unit, f.level, f.openness, f.required, coalesce(d.name, f.department), f.label_en, f.label_zh, f.sequence
  FROM (VALUES
    ('industry',  'plot_ratio tax_per_mu output_per_hectare industry_policy_class safety_compliant operating_state stopped_since? is_above_scale? is_strategic_emerging? production_started_on?'),
    ('commerce',  'plot_ratio plan.plot_ratio ~vacancy_rate tax_per_floor_area stratum in_renewal_plan!?'),
    ('residence', 'plot_ratio built_year is_villa danger_count_share has_hazard in_renewal_plan!?'),
    ('facility',  'use_state idle_since? conforms_to_plan danger_grade stratum in_renewal_plan!?')) AS l (land_type, facts)
 CROSS JOIN LATERAL usual_fact('heping-2024', l.land_type, l.facts || ' heritage_kind!? agreed_start? actual_start? actual_completion? suspended_since? started_area?' || CASE WHEN l.land_type = 'residence' THEN '' ELSE ' planned_area? spent_investment? planned_investment?' END) f
  LEFT JOIN (VALUES
    ('natural resources', '市规划资源局和平分局'), ('housing', '区住房建设委'), ('taxation', '区税务局'), ('statistics', '区统计局'), ('industry', '区科技局'), ('commerce', '区商务局'),
    ('development and reform', '区发展改革委'), ('emergency management', '区应急管理局'), ('emergency and environment', '区应急管理局、区生态环境局'), ('culture and housing', '区文化和旅游局、区住房建设委')) AS d (department, name)
    ON d.department = f.department;

-- The register of protected buildings and the renewal plan are complete lists by their nature:
-- what does not stand there is not protected, not planned.
-- Gates: idle land goes to its own procedure, except that unfinished estates which were begun
-- stay in the survey; protected buildings go to conservation.
INSERT INTO standard_rule (standard, land_type, rule, role, applicability, criterion, route, label_en, label_zh, sequence)
SELECT 'heping-2024', k.land_type, g.rule, g.role, g.applicability, g.criterion, g.route, g.label_en, g.label_zh, g.sequence
  FROM unnest('{industry,commerce,residence,facility}'::text[]) AS k (land_type)
 CROSS JOIN standard_rule g
 WHERE g.standard = 'idle-land-2012' AND g.land_type = 'gate' AND (k.land_type <> 'residence' OR g.rule = 'I-1')
UNION ALL
SELECT 'heping-2024', k.land_type, 'H-1', 'gate', NULL, 'heritage_kind in (''protected_building'', ''historic_building'')', 'conservation', 'protected or historic building', '文物保护单位或历史风貌建筑', 5
  FROM unnest('{industry,commerce,residence,facility}'::text[]) AS k (land_type);

INSERT INTO standard_rule (standard, land_type, rule, role, reason_family, applicability, criterion, discretionary, label_en, label_zh, sequence) VALUES
    ('heping-2024', 'industry', 'I-10', 'criterion', 'under_developed', NULL, 'plot_ratio < 1.0', false, 'plot ratio below 1.0', '容积率低于1.0', 10),
    ('heping-2024', 'industry', 'I-11', 'criterion', 'under_taxed', NULL, 'tax_per_mu < 40% * peer_mean(tax_per_mu)', false, 'tax per mu below 40 % of the district''s mean', '亩均税收低于全区平均值的40%', 11),
    ('heping-2024', 'industry', 'I-12', 'criterion', 'under_produced', NULL, 'output_per_hectare < 40% * peer_mean(output_per_hectare)', false, 'output per hectare below 40 % of the district''s mean', '地均产出低于全区平均值的40%', 12),
    ('heping-2024', 'industry', 'I-13', 'criterion', 'policy_banned', NULL, 'industry_policy_class in (''prohibited'', ''eliminated'')', false, 'prohibited or eliminated industry', '禁止类或淘汰类产业', 13),
    ('heping-2024', 'industry', 'I-14', 'criterion', 'unsafe', NULL, 'not safety_compliant', false, 'still fails safety or environmental rules after rectification', '经整改仍不符合安全生产或环保要求', 14),
    ('heping-2024', 'industry', 'I-15', 'criterion', 'vacant', NULL, 'operating_state in (''stopped'', ''half_stopped'', ''vacant'') and years_since(stopped_since) >= 1', false, 'production stopped or half stopped for a year', '停产、半停产满一年', 15),
    ('heping-2024', 'industry', 'I-20', 'exemption', NULL, NULL, 'is_above_scale', true, 'above-scale firm, exempted by decision', '经决定豁免的规上企业', 20),
    ('heping-2024', 'industry', 'I-21', 'exemption', NULL, NULL, 'is_strategic_emerging', true, 'strategic emerging industry, exempted by decision', '经决定豁免的战略性新兴产业', 21),
    ('heping-2024', 'industry', 'I-22', 'exemption', NULL, 'production_started_on is known', 'years_since(production_started_on) < 3', true, 'in production for less than three years, exempted by decision', '投产未满三年并经决定豁免', 22),

    ('heping-2024', 'commerce', 'C-10', 'criterion', 'vacant', 'stratum = ''surface''', 'for_years(2, vacancy_rate >= 30%, year => -1)', false, '30 % or more of the rentable floor area vacant for two years', '连续两年空置率不低于30%', 10),
    ('heping-2024', 'commerce', 'C-11', 'criterion', 'under_taxed', 'not (agreed_start is known and actual_completion is unknown)', 'tax_per_floor_area < 40% * peer_mean(tax_per_floor_area)', false, 'tax per floor area below 40 % of the district''s mean', '单位建筑面积税收低于全区平均值的40%', 11),
    ('heping-2024', 'commerce', 'C-12', 'criterion', 'under_developed', 'stratum = ''surface''', 'plot_ratio < 60% * plan.plot_ratio', false, 'plot ratio below 60 % of the plan', '容积率低于规划容积率的60%', 12),
    ('heping-2024', 'commerce', 'C-13', 'criterion', 'contract_breach', 'agreed_start is known and actual_completion is unknown', 'suspended_since is known and years_since(suspended_since) >= 1', false, 'construction at a standstill for a year', '停工满一年', 13),
    ('heping-2024', 'commerce', 'C-20', 'exemption', NULL, NULL, 'in_renewal_plan', true, 'in the renewal plan, exempted by decision', '列入更新计划并经决定豁免', 20),

    ('heping-2024', 'residence', 'R-10', 'criterion', 'under_developed', 'not is_villa', 'built_year <= 2000 and plot_ratio < 1.0', false, 'built by the end of 2000 with a plot ratio below 1.0 (not villas)', '2000年底前建成且容积率低于1.0(别墅除外)', 10),
    ('heping-2024', 'residence', 'R-11', 'criterion', 'dilapidated', NULL, 'built_year <= 2000 and danger_count_share >= 50%', false, 'built by the end of 2000, and half of the buildings or more of grade C or D', '2000年底前建成且C、D级危房幢数占比不低于50%', 11),
    ('heping-2024', 'residence', 'R-12', 'criterion', 'contract_breach', 'agreed_start is known and actual_completion is unknown', 'suspended_since is known and years_since(suspended_since) >= 1', false, 'unfinished estate at a standstill for a year', '烂尾楼盘:停工满一年', 12),
    ('heping-2024', 'residence', 'R-13', 'criterion', 'unsafe', NULL, 'has_hazard', false, 'hazard not treated', '存在未治理的安全隐患', 13),
    ('heping-2024', 'residence', 'R-20', 'exemption', NULL, NULL, 'in_renewal_plan', true, 'in the renewal plan, exempted by decision', '列入更新计划并经决定豁免', 20),

    ('heping-2024', 'facility', 'F-10', 'criterion', 'vacant', NULL, 'use_state = ''idle'' and years_since(idle_since) >= 1', false, 'idle for a year', '闲置满一年', 10),
    ('heping-2024', 'facility', 'F-11', 'criterion', 'plan_mismatch', NULL, 'not conforms_to_plan', false, 'against the plan', '不符合规划', 11),
    ('heping-2024', 'facility', 'F-12', 'criterion', 'dilapidated', 'stratum = ''surface''', 'danger_grade in (''C'', ''D'')', false, 'a building of grade C or D', '房屋危险等级为C级或D级', 12),
    ('heping-2024', 'facility', 'F-20', 'exemption', NULL, NULL, 'in_renewal_plan', true, 'in the renewal plan, exempted by decision', '列入更新计划并经决定豁免', 20);

-- Periods of legacy land: dates at which the law or a survey changed; treatment is for the district to say.
INSERT INTO standard_legacy_period (standard, period, from_date, to_date, label_en, label_zh) VALUES
    ('heping-2024', 'before_1987',  NULL,         '1987-01-01', 'before 1987',  '1987年以前'),
    ('heping-2024', '1987_to_1998', '1987-01-01', '1999-01-01', '1987 to 1998', '1987—1998年'),
    ('heping-2024', '1999_to_2009', '1999-01-01', '2010-01-01', '1999 to 2009', '1999—2009年'),
    ('heping-2024', '2010_to_2019', '2010-01-01', '2020-01-01', '2010 to 2019', '2010—2019年'),
    ('heping-2024', 'since_2020',   '2020-01-01', NULL,         'since 2020',   '2020年以来');

-- The city asks for three families; village land does not occur in the district.  A category
-- is all land of its families, inefficient or not: it is named for the land alone.
INSERT INTO standard_reporting (standard, scheme, family, category, label_en, label_zh, sequence) VALUES
    ('heping-2024', 'city', 'industry_warehouse', 'industrial', 'industrial land', '工业用地', 1),
    ('heping-2024', 'city', 'commerce_office',    'urban',      'urban land',      '城镇用地', 2),
    ('heping-2024', 'city', 'residence',          'urban',      'urban land',      '城镇用地', 2),
    ('heping-2024', 'city', 'facilities',         'urban',      'urban land',      '城镇用地', 2);

-- ---- with whom peers are compared

INSERT INTO standard_peer_group (standard, land_type, facts, minimum)
SELECT t.standard, t.land_type, '{industry_division,industry_code_system}'::text[], 3 FROM standard_land_type t WHERE t.standard = 'jinhua-2024' AND t.family = 'industry_warehouse'
UNION ALL
SELECT t.standard, t.land_type, '{}', 5 FROM standard_land_type t WHERE t.standard = 'heping-2024' AND t.land_type IN ('industry', 'commerce');
