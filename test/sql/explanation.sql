-- explanation: explain_verdict() as data and as sentences, in both languages
SET search_path = inefficient_land, public;
SET jit = off;     -- estimates for temporary tables would make it compile

-- one ruleset with a rule of every kind
CREATE TEMP TABLE rules AS
SELECT compile_ruleset('example/industrial', '2024.1', '2024-02-29', 1,
ARRAY[('plot_ratio', 'number', NULL, 'parcel', 'open', NULL, 'plot ratio', '容积率'),
      ('contract.plot_ratio', 'number', NULL, 'parcel', 'open', NULL, 'contract plot ratio', '合同约定容积率'),
      ('tax_per_mu', 'number', '万元/亩', 'part', 'open', NULL, 'tax per mu', '亩均税收'),
      ('tax', 'series', '万元/亩', 'part', 'open', NULL, 'tax per mu', '亩均税收'),
      ('contract.tax', 'number', '万元/亩', 'part', 'open', NULL, 'agreed tax per mu', '合同约定亩均税收'),
      ('vacancy_rate', 'number', NULL, 'part', 'open', NULL, 'vacancy rate', '空置率'),
      ('land_area', 'number', 'm²', 'parcel', 'open', NULL, 'land area', '宗地面积'),
      ('industry', 'text', NULL, 'part', 'open', NULL, 'industry', '行业'),
      ('danger_grade', 'text', NULL, 'building', 'open', NULL, 'danger grade', '房屋危险性等级'),
      ('policy_class', 'text', NULL, 'part', 'complete_list', '工信局', 'policy class', '产业政策类别'),
      ('fails_rules', 'boolean', NULL, 'part', 'complete_list', '应急管理局', 'safety offender', '安全环保不达标'),
      ('has_grant', 'boolean', NULL, 'parcel', 'open', NULL, 'has a grant document', '有出让文件'),
      ('agreed_start', 'date', NULL, 'parcel', 'open', NULL, 'agreed start', '约定动工日期'),
      ('agreed_completion', 'date', NULL, 'parcel', 'open', NULL, 'agreed completion', '约定竣工日期'),
      ('present_use', 'text', NULL, 'parcel', 'open', NULL, 'present use', '现状用途'),
      ('planned_use', 'text', NULL, 'parcel', 'open', NULL, 'planned use', '规划用途'),
      ('is_above_scale', 'boolean', NULL, 'part', 'open', NULL, 'above-scale firm', '规上企业')]::ruleset_fact[],
ARRAY[('I-1', 'gate', 'has_grant', 'years_since(agreed_start) >= 1', false, 'idle-land disposal', 'idle land', '闲置土地'),
      ('R-1', 'criterion', NULL, 'plot_ratio < 60% * contract.plot_ratio', false, NULL, 'low plot ratio', '容积率偏低'),
      ('R-2', 'criterion', NULL, '40% * peer_mean(tax_per_mu, year => -1) > tax_per_mu', false, NULL, 'low tax', '税收偏低'),
      ('R-3', 'criterion', NULL, 'danger_grade >= ''C'' of (''A'', ''B'', ''C'', ''D'')', false, NULL, 'dangerous', NULL),
      ('R-4', 'criterion', NULL, 'policy_class in (''prohibited'', ''eliminated'') or fails_rules', false, NULL, NULL, '禁止淘汰或不达标'),
      ('R-5', 'criterion', NULL, 'at_least(2, vacancy_rate >= 30%, present_use <> planned_use, plot_ratio is unknown)', false, NULL, NULL, NULL),
      ('R-6', 'criterion', NULL, 'for_years(2, tax < contract.tax)', false, NULL, NULL, NULL),
      ('R-7', 'criterion', NULL, 'agreed_completion < date ''2022-01-01'' and not plot_ratio between 0.5 and 3', false, NULL, NULL, NULL),
      ('R-8', 'criterion', NULL, 'tax_per_mu / land_area + 1 < (peer_ratio(tax_per_mu, land_area) - peer_percentile(tax_per_mu, 25%)) * control_indicator(plot_ratio)', false, NULL, NULL, NULL),
      ('R-9', 'criterion', NULL, 'true', false, NULL, NULL, NULL),
      ('X-1', 'exemption', NULL, 'is_above_scale', true, NULL, 'may be exempted', '可予豁免')]::ruleset_rule[],
ARRAY[('peer_mean(tax_per_mu, year => -1)', '{industry}', '{36}', 12, 20, 'county'), ('peer_mean(tax_per_mu, year => -1)', '{industry}', '{13}', 2, NULL, 'fewer than 3'),
      ('peer_ratio(tax_per_mu, land_area)', '{}', '{}', 40, 0.5, NULL), ('control_indicator(plot_ratio)', '{}', '{}', NULL, 1.2, NULL)]::ruleset_benchmark[]) AS r;
CREATE TEMP TABLE parcel (id integer, plot_ratio numeric, contract_plot_ratio numeric, tax_per_mu numeric, tax_series numeric[], tax_years integer[], contract_tax numeric, vacancy_rate double precision, land_area double precision,
    industry text, danger_grade text, policy_class text, fails_rules boolean, has_grant boolean, agreed_start date, agreed_completion date, present_use text, planned_use text, is_above_scale boolean, exemption_decision text[]);
INSERT INTO parcel VALUES
(1, 0.9, 1.5, 7.9, '{4,6,4.5}', '{2021,2022,2023}', 5, 0.3, 10000, '36', 'C', NULL, NULL, true, '2023-03-01', '2021-12-31', '0601', '0901', true, NULL),
(2, 0.89, 1.5, 8, '{4,4.5}', '{2022,2023}', 5, 0.295, 0, '13', 'B', 'eliminated', true, true, '2023-02-28', '2022-01-01', '0601', '0601', true, '{X-1}'),
(3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
(4, 4, 1.5, 12, '{4}', '{2023}', NULL, 0.1, 5, '99', 'E', 'allowed', false, false, NULL, '2021-01-01', '0601', NULL, false, '{X-1}');
\pset format unaligned
\pset tuples_only on
\pset fieldsep '\n   '
SELECT e.rule || ' (' || e.role || ')', 'applies ' || e.applies || ', truth ' || e.truth || coalesce(', decision ' || e.decision, ''), e.reason FROM parcel p, rules, explain_verdict(p, r) e WHERE p.id = 1;
SELECT e.rule || ' (' || e.role || ')', 'applies ' || e.applies || ', truth ' || e.truth || coalesce(', decision ' || e.decision, ''), e.reason FROM parcel p, rules, explain_verdict(p, r) e WHERE p.id = 2;
SELECT e.rule || ' (' || e.role || ')', 'applies ' || e.applies || ', truth ' || e.truth || coalesce(', decision ' || e.decision, ''), e.reason FROM parcel p, rules, explain_verdict(p, r) e WHERE p.id = 3;
SELECT e.rule || ' (' || e.role || ')', 'applies ' || e.applies || ', truth ' || e.truth || coalesce(', decision ' || e.decision, ''), e.reason FROM parcel p, rules, explain_verdict(p, r) e WHERE p.id = 4;
SET inefficient_land.language = zh;
SELECT e.rule || coalesce(' ' || e.label, ''), e.reason FROM parcel p, rules, explain_verdict(p, r) e WHERE p.id = 1;
SELECT e.rule || coalesce(' ' || e.label, ''), e.reason FROM parcel p, rules, explain_verdict(p, r) e WHERE p.id = 2;
SELECT e.rule || coalesce(' ' || e.label, ''), e.reason FROM parcel p, rules, explain_verdict(p, r) e WHERE p.id = 3;
SELECT e.rule || coalesce(' ' || e.label, ''), e.reason FROM parcel p, rules, explain_verdict(p, r) e WHERE p.id = 4;
RESET inefficient_land.language;
-- the data beside the sentence
SELECT e.rule, jsonb_array_elements(e.operands) FROM parcel p, rules, explain_verdict(p, r) e WHERE p.id = 1;
SELECT e.rule, jsonb_array_elements(e.operands) FROM parcel p, rules, explain_verdict(p, r) e WHERE p.id = 3 AND e.rule IN ('R-2', 'R-4', 'R-6');
\pset fieldsep '|'
SELECT e.sequence, e.role, e.rule, e.label, e.applicability, e.criterion, e.decision, e.route, e.standard, e.version FROM parcel p, rules, explain_verdict(p, r) e WHERE p.id = 1;
\pset format aligned
\pset tuples_only off
-- the explanation gives the truth that classify() counts
SELECT p.id, v.verdict, v.reasons, array_agg(e.rule ORDER BY e.sequence) FILTER (WHERE e.truth = 'true') AS explained FROM parcel p, rules, classify(p, r) v, explain_verdict(p, r) e GROUP BY p.id, v.verdict, v.reasons ORDER BY p.id;
SELECT count(*) FROM parcel p, explain_verdict(p, NULL) e;
SELECT * FROM rules, explain_verdict(ROW(1), r);

-- units: a power of ten does not grow together with the number, and Chinese has words of its own
CREATE TEMP TABLE unit_rules AS
SELECT compile_ruleset('units', '1', NULL, 1,
ARRAY[('tax', 'number', '10^4 CNY/mu', NULL, NULL, NULL, 'tax per mu', '亩均税收'), ('freight', 'number', '10^3 t', NULL, NULL, NULL, 'freight', '货运量'),
      ('land', 'number', 'm²', NULL, NULL, NULL, 'land', '土地'), ('rent', 'number', 'CNY/m²', NULL, NULL, NULL, 'rent', '租金')]::ruleset_fact[],
ARRAY[('U-1', 'criterion', NULL, 'tax < 8', false, NULL, NULL, NULL), ('U-2', 'criterion', NULL, 'freight < 8', false, NULL, NULL, NULL),
      ('U-3', 'criterion', NULL, 'land < 8', false, NULL, NULL, NULL), ('U-4', 'criterion', NULL, 'rent < 8', false, NULL, NULL, NULL)]::ruleset_rule[], NULL) AS r;
SELECT e.rule, e.reason FROM (SELECT 7.9 AS tax, 7.9 AS freight, 7.9 AS land, 7.9 AS rent) f, unit_rules, explain_verdict(f, r) e;
SET inefficient_land.language = zh;
SELECT e.rule, e.reason FROM (SELECT 7.9 AS tax, 7.9 AS freight, 7.9 AS land, 7.9 AS rent) f, unit_rules, explain_verdict(f, r) e;
RESET inefficient_land.language;

-- rounding: two digits behind the point, four in all, and as many more as it takes not to
-- show a value at a limit that it only comes near to; the operands keep every digit
SELECT v.tax, e.reason, e.operands #>> '{0,value}' AS value
  FROM unnest(ARRAY[755.3469635177723, 7.9999999, 8, 8.00004, 0.000123456789, 123456.789, 2/3::float8]) AS v (tax),
       LATERAL (SELECT v.tax) f, unit_rules, explain_verdict(f, r) e WHERE e.rule = 'U-1';
