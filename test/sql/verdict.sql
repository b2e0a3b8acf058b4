-- verdict: classify() on the worked cases, at every limit, with every fact missing, on every kind of row
SET search_path = inefficient_land, public;

-- ---- the published Jinhua industrial rules with the figures of their worked cases ----
CREATE TEMP TABLE jinhua AS
SELECT compile_ruleset('jinhua-2024/industrial', 'draft', '2024-02-29', 1,
ARRAY[('plot_ratio', 'number', NULL, 'parcel', 'open', NULL, 'plot ratio', '容积率'),
      ('tax_per_mu', 'number', '万元/亩', 'part', 'open', NULL, 'tax per mu', '亩均税收'),
      ('danger_grade', 'text', NULL, 'building', 'open', NULL, 'danger grade', '房屋危险性等级'),
      ('policy_class', 'text', NULL, 'part', 'open', NULL, 'industry policy class', '产业政策类别'),
      ('fails_after_rectification', 'boolean', NULL, 'part', 'open', NULL, 'failing after rectification', '整改后仍不达标'),
      ('industry', 'text', NULL, 'part', 'open', NULL, 'industry', '行业'),
      ('is_above_scale', 'boolean', NULL, 'part', 'open', NULL, 'above-scale firm', '规上企业'),
      ('is_strategic', 'boolean', NULL, 'part', 'open', NULL, 'strategic emerging industry', '战略性新兴产业'),
      ('years_in_production', 'number', '年', 'part', 'open', NULL, 'years in production', '投产年限')]::ruleset_fact[],
ARRAY[('J-1a', 'criterion', NULL, 'plot_ratio < 1.0', false, NULL, 'low plot ratio', '容积率偏低'),
      ('J-1b', 'criterion', NULL, 'plot_ratio < 60% * control_indicator(plot_ratio)', false, NULL, 'plot ratio below the standard-land value', '容积率低于标准地'),
      ('J-2', 'criterion', NULL, 'tax_per_mu < 40% * peer_mean(tax_per_mu, year => -1)', false, NULL, 'low tax per mu', '亩均税收偏低'),
      ('J-3', 'criterion', NULL, 'danger_grade in (''C'', ''D'')', false, NULL, 'dangerous buildings', '危旧厂房'),
      ('J-4', 'criterion', NULL, 'policy_class in (''prohibited'', ''eliminated'')', false, NULL, 'banned industry', '禁止、淘汰类产业'),
      ('J-5', 'criterion', NULL, 'fails_after_rectification', false, NULL, 'unsafe or polluting', '安全环保不达标'),
      ('J-X', 'exemption', NULL, 'is_above_scale or is_strategic or control_indicator(plot_ratio) < 1.0 and tax_per_mu > 8 or years_in_production < 3', true, NULL, 'may be exempted', '可予豁免')]::ruleset_rule[],
ARRAY[('peer_mean(tax_per_mu, year => -1)', '{industry}', '{36}', 12, 20, 'county, 2023'),
      ('control_indicator(plot_ratio)', '{industry}', '{36}', NULL, 1.5, 'standard land')]::ruleset_benchmark[]) AS r;

CREATE TEMP TABLE parcel (id text, plot_ratio double precision, tax_per_mu double precision, danger_grade text, policy_class text, fails_after_rectification boolean,
    industry text, is_above_scale boolean, is_strategic boolean, years_in_production double precision, exemption_decision text[]);
INSERT INTO parcel VALUES
('a', 0.95, 12,   'A',  'allowed', false, '36', false, false, 10, NULL),
('b', 1.10, 8.0,  'A',  'allowed', false, '36', false, false, 10, NULL),
('b, J-5 unknown', 1.10, 8.0, 'A', 'allowed', NULL, '36', false, false, 10, NULL),
('c, decided', 1.10, 7.9, 'A', 'allowed', false, '36', false, false, 2, '{J-X}'),
('c', 1.10, 7.9,  'A',  'allowed', false, '36', false, false, 2, NULL),
('d', 1.10, NULL, NULL, 'allowed', false, '36', false, false, 10, NULL),
('e', 0.80, NULL, NULL, NULL, NULL, '36', NULL, NULL, NULL, NULL),
('f, decided', 1.10, 12, 'C', 'allowed', false, '36', true, false, 10, '{J-X}'),
('f', 1.10, 12,   'C',  'allowed', false, '36', true, false, 10, '{}'),
('above scale, nothing else', 1.10, 12, 'A', 'allowed', false, '36', true, false, 10, NULL),
('two firms, 70 + 100 on 20 mu', 1.10, (70 + 100) / 20.0, 'A', 'allowed', false, '36', false, false, 10, NULL),
('one firm, 60 on 10 mu', 1.10, 60 / 10.0, 'A', 'allowed', false, '36', false, false, 10, NULL),
('one firm, 180 on 30 mu', 1.10, 180 / 30.0, 'A', 'allowed', false, '36', false, false, 10, NULL),
('another industry', 1.10, 12, 'A', 'allowed', false, '13', false, false, 10, NULL),
('industry unknown', 1.10, 12, 'A', 'allowed', false, NULL, false, false, 10, NULL),
('decided against the facts', 0.95, 12, 'A', 'allowed', false, '36', false, false, 10, '{other,J-X,NULL}'),
('decided, facts unknown', 0.95, 12, 'A', 'allowed', false, '36', NULL, false, 10, '{J-X}');
SELECT p.id, v.verdict, v.reasons, v.missing, v.flags, round(v.margin::numeric, 6) AS margin
  FROM parcel p, jinhua, classify(p, r) v;
