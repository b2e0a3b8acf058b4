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

INSERT INTO standard_land_type (standard, land_type, family, label_en, label_zh, use_codes, use_code_system, peer_facts, peer_minimum) VALUES
    ('jinhua-2024', 'industrial', 'industry_warehouse', 'industrial land', '工业用地', NULL, NULL, '{industry_division,industry_code_system}', 3);

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

-- Shipped rows stay as shipped; an upgrade script switches the triggers off for its own rows.
CREATE TRIGGER refuse_change BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON standard FOR EACH STATEMENT EXECUTE FUNCTION _refuse_change();
CREATE TRIGGER refuse_change BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON standard_land_type FOR EACH STATEMENT EXECUTE FUNCTION _refuse_change();
CREATE TRIGGER refuse_change BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON standard_fact FOR EACH STATEMENT EXECUTE FUNCTION _refuse_change();
CREATE TRIGGER refuse_change BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON standard_rule FOR EACH STATEMENT EXECUTE FUNCTION _refuse_change();
CREATE TRIGGER refuse_change BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON standard_control FOR EACH STATEMENT EXECUTE FUNCTION _refuse_change();
CREATE TRIGGER refuse_change BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON standard_legacy_period FOR EACH STATEMENT EXECUTE FUNCTION _refuse_change();
CREATE TRIGGER refuse_change BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON standard_reporting FOR EACH STATEMENT EXECUTE FUNCTION _refuse_change();
