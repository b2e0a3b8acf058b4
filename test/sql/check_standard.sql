-- check_standard: planted mistakes, each found once, and nothing in a sound standard
SET search_path = inefficient_land, public;
\set VERBOSITY terse
SET client_min_messages = warning;
CALL create_survey('survey_check', 4548);
RESET client_min_messages;

-- what the shipped standards say of themselves: no error; values that were not published
SELECT s.code, c.severity, c.land_type, c.rule, c.problem_en, c.problem_zh FROM standard s, check_standard(s.code) c
 WHERE c.kind NOT IN ('mixed_level', 'family_uncovered') ORDER BY s.code COLLATE "C", c.land_type COLLATE "C", c.rule COLLATE "C", c.problem_en COLLATE "C";
SELECT count(*) AS without_words FROM standard s, check_standard(s.code) c WHERE c.problem_en IN ('', c.kind) OR c.problem_zh !~ '[一-龥]' OR c.advice_en = '' OR c.advice_zh !~ '[一-龥]' OR c.problem_en || c.problem_zh || c.advice_en ~ '%[0-9%]';
SELECT * FROM check_standard('nothing');
SELECT * FROM check_standard(NULL);
SELECT * FROM check_standard('heping-2024', 'nowhere');

-- terms and ranges
SELECT c, t.* FROM unnest('{plot_ratio < 1,1 > plot_ratio,a between 10% and 50%,a not between 1 and 2,a < 1 or a >= 2,not a < 1,a < 60% * b and c > -1.5,years_since(d) >= 2 and e,"g in (''a and b < 1'', ''x or y'') and a <= 3","(a < 1 or b < 2) and c = 3","at_least(2, a < 1, b < 2, c < 3)"}'::criterion[]) c, _criterion_term(c) t;
SELECT (_criterion_range('a > 1', 'a <= 3 and a < 3 and b >= 20% and c is known')).*;

-- a copy with one mistake of each kind; the trigger refuses what would not compile, so those go around it
CALL copy_standard('heping-2024', 'mine', 'survey_check');
SELECT c.severity, c.land_type, c.rule, c.problem_en FROM check_standard('mine', 'survey_check') c WHERE c.kind NOT IN ('mixed_level', 'family_uncovered');
UPDATE survey_check.standard SET valid_from = '2025-01-01', valid_to = '2024-01-01' WHERE code = 'mine';
UPDATE survey_check.standard_rule SET criterion = 'plot_ratio < 60%' WHERE rule = 'I-10';
UPDATE survey_check.standard_rule SET criterion = 'danger_count_share >= 50' WHERE rule = 'R-11';
UPDATE survey_check.standard_rule SET criterion = 'built_year <= 1990 and built_year > 2000' WHERE rule = 'R-10';
UPDATE survey_check.standard_rule SET criterion = 'has_hazard or built_year <= 2000 or built_year > 1990', label_zh = 'hazard' WHERE rule = 'R-13';
UPDATE survey_check.standard_land_type SET use_codes = '{0601,0604,0701}', use_code_system = 'GB/T 21010-2017' WHERE land_type = 'industry';
UPDATE survey_check.standard_land_type SET use_codes = '{R}' WHERE land_type = 'residence';
UPDATE survey_check.standard_rule SET reason_family = 'laziness' WHERE rule = 'F-11';
UPDATE survey_check.standard_fact SET department = NULL WHERE land_type = 'facility' AND fact = 'use_state';
INSERT INTO survey_check.standard_rule (standard, land_type, rule, role, criterion, discretionary, route, label_en, label_zh) VALUES
    ('mine', 'commerce', 'G-9',  'gate', 'plot_ratio < 2', false, 'nowhere', 'low', '低'),
    ('mine', 'commerce', 'C-30', 'criterion', 'plot_ratio < 1.5', false, NULL, 'C-30', '容积率低于1.5'),
    ('mine', 'commerce', 'C-31', 'criterion', 'plot_ratio < control_indicator(lowest) or tax_per_floor_area < 1', false, NULL, 'lowest', '最低'),
    ('mine', 'commerce', 'C-32', 'criterion', 'plot_ratio < 60% * plan.plot_ratio', false, NULL, 'again', '重复'),
    ('mine', 'industry', 'I-30', 'criterion', 'output_per_hectare < 10', false, NULL, 'ten', '十'),
    ('mine', 'industry', 'I-31', 'criterion', 'output_per_hectare < 20', false, NULL, 'twenty', '二十'),
    ('mine', 'industry', 'I-32', 'criterion', 'output_per_hectare <= 10000000', false, NULL, 'any', '任意');
UPDATE survey_check.standard_rule SET applicability = 'stratum = ''surface''' WHERE rule = 'C-32';
INSERT INTO survey_check.standard_control (standard, indicator, value, source) VALUES ('mine', 'highest', 9, 'test');
INSERT INTO survey_check.standard_land_type (standard, land_type, family, label_en, label_zh, subject, sequence) VALUES ('mine', 'school', 'facilities', 'schools', '学校', 'parcel', 9), ('mine', 'store', 'industry_warehouse', 'stores', '仓库', 'parcel', 9), ('mine', 'block', 'residence', 'blocks', '楼栋', 'building', 9);
INSERT INTO survey_check.standard_fact SELECT * FROM usual_fact('mine', 'block', 'building_quality office_land_share'); INSERT INTO survey_check.standard_fact SELECT * FROM usual_fact('mine', 'school', 'is_designated');
UPDATE survey_check.standard_land_type SET minimum_share = 0.1 WHERE land_type = 'school';
UPDATE survey_check.standard_land_type SET use_codes = '{0604,0602}', use_code_system = 'GB/T 21010-2017' WHERE land_type = 'store';
UPDATE survey_check.standard_legacy_period SET to_date = '1998-01-01' WHERE period = '1987_to_1998';
UPDATE survey_check.standard_legacy_period SET to_date = '2021-01-01' WHERE period = '2010_to_2019';
-- a second version of the same title, in force at the same time
CALL copy_standard('mine', 'mine-old', 'survey_check');
SELECT c.severity, c.land_type, c.rule, c.kind, c.problem_en FROM check_standard('mine', 'survey_check') c WHERE c.kind NOT IN ('mixed_level', 'fact_unused');
SELECT c.problem_en FROM check_standard('mine', 'survey_check') c WHERE c.kind = 'fact_unused';

-- what the trigger would refuse: found as well, for rows that came in around it
BEGIN;
ALTER TABLE survey_check.standard_rule DISABLE TRIGGER USER;
ALTER TABLE survey_check.standard_land_type DISABLE TRIGGER USER;
ALTER TABLE survey_check.standard_peer_group DISABLE TRIGGER USER;
UPDATE survey_check.standard_peer_group SET facts = '{industry_code}' WHERE standard = 'mine' AND land_type = 'industry';
INSERT INTO survey_check.standard_control (standard, indicator, industry_code, industry_code_system, value, source) VALUES ('mine', 'lowest', '52', 'GB/T 4754-2017', 9, 'test');
UPDATE survey_check.standard_rule SET criterion = 'plot_ration < 1' WHERE standard = 'mine' AND rule = 'I-10';
UPDATE survey_check.standard_rule SET criterion = 'operating_state' WHERE standard = 'mine' AND rule = 'I-15';
SELECT c.rule, c.problem_en, c.problem_zh FROM check_standard('mine', 'survey_check') c WHERE c.kind IN ('undefined_name', 'wrong_type', 'peer_fact_undeclared', 'control_key_undeclared');
ROLLBACK;

-- an exemption that no criterion meets, and one that some criterion may meet
INSERT INTO survey_check.standard (code, version, title_en, title_zh, source, confirmation) VALUES ('small', '1', 'small', '小', 'test', 'synthetic');
INSERT INTO survey_check.standard_land_type (standard, land_type, family, label_en, label_zh, criteria_needed) VALUES ('small', 'shop', 'commerce_office', 'shops', '商铺', 3);
INSERT INTO survey_check.standard_fact SELECT * FROM usual_fact('small', 'shop', 'plot_ratio built_year');
INSERT INTO survey_check.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh) VALUES
    ('small', 'shop', 'A', 'criterion', 'plot_ratio < 1 and built_year < 2000', 'old and low', '老旧'),
    ('small', 'shop', 'B', 'criterion', 'plot_ratio between 0.5 and 0.8', 'low', '低'),
    ('small', 'shop', 'X', 'exemption', 'plot_ratio >= 1', 'high', '高'),
    ('small', 'shop', 'Y', 'exemption', 'built_year >= 2000', 'new', '新'),
    ('small', 'shop', 'Z', 'exemption', 'plot_ratio > 0.8 and built_year >= 2000', 'new', '新');
SELECT c.rule, c.kind, c.problem_en FROM check_standard('small', 'survey_check') c WHERE c.severity = 'error';

-- peer groups that the district cannot fill
INSERT INTO survey_check.run (standard, standard_version, confirmation, evaluator, started_at, finished_at) VALUES ('mine', '1', 'draft', 'test', now(), now());
INSERT INTO survey_check.parcel_indicator (run_id, parcel_id, family, stratum) SELECT 1, i, CASE WHEN i < 4 THEN 'commerce_office' ELSE 'industry_warehouse' END, 'surface' FROM generate_series(1, 9) i;
SELECT c.land_type, c.problem_en, c.advice_en FROM check_standard('heping-2024', 'survey_check') c WHERE c.kind = 'peer_group_small';

-- score models: cuts that fall, a land type that is not there, nothing to add up; two for all, without base and cuts
INSERT INTO survey_check.standard_score (standard, model, land_type, grades, rank_shares, label_en, label_zh, sequence, source, confirmation) VALUES
    ('mine', 'broken', 'mill', '{A,B,C,D}', '{0.5,0.4,0.9,0.95}', 'broken', '错误', 1, 'test', 'synthetic'),
    ('mine', 'one', 'industry', '{}', NULL, 'one', '一', 2, 'test', 'synthetic'), ('mine', 'two', 'industry', '{}', NULL, 'two', '二', 3, 'test', 'synthetic');
INSERT INTO survey_check.standard_score_item VALUES ('mine', 'one', 'tax_per_mu', 1, 'base', 0, 'none', NULL, 'tax', '税收', 1), ('mine', 'two', 'tax_per_mu', 1, 'min_max', 0, 'none', NULL, 'tax', '税收', 1);
SELECT c.severity, c.kind, c.land_type, c.problem_en FROM check_standard('mine', 'survey_check') c WHERE c.kind ~ '^score_' ORDER BY c.problem_en COLLATE "C";

-- kinds that no case above has shown
SELECT k.kind FROM _standard_check k
 WHERE k.kind NOT IN ('undefined_name', 'wrong_type', 'peer_fact_undeclared', 'control_key_undeclared', 'unreachable_exemption', 'gates_only', 'family_uncovered', 'scope_tie', 'variant_roles', 'scope_gap', 'scope_unknown', 'variant_hidden', 'scope_partial', 'control_hole', 'control_overlap', 'peer_next_missing', 'peer_published_missing', 'peer_group_unused')
   AND NOT EXISTS (SELECT FROM check_standard('mine', 'survey_check') c WHERE c.kind = k.kind) AND NOT EXISTS (SELECT FROM check_standard('heping-2024', 'survey_check') c WHERE c.kind = k.kind);

-- a thousand rules in one land type, each implied by the last but for that one
INSERT INTO survey_check.standard (code, version, title_en, title_zh, source, confirmation) VALUES ('large', '1', 'large', '大', 'test', 'synthetic');
INSERT INTO survey_check.standard_land_type (standard, land_type, family, label_en, label_zh) VALUES ('large', 'shop', 'commerce_office', 'shops', '商铺');
INSERT INTO survey_check.standard_fact SELECT * FROM usual_fact('large', 'shop', 'plot_ratio');
BEGIN;
ALTER TABLE survey_check.standard_rule DISABLE TRIGGER USER;
INSERT INTO survey_check.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh) SELECT 'large', 'shop', 'L-' || i, 'criterion', format('plot_ratio < %s', i / 100.0)::criterion, 'low', '低' FROM generate_series(1, 1000) i;
COMMIT;
ALTER TABLE survey_check.standard_rule ENABLE TRIGGER USER;
SELECT c.kind, count(*), min(c.problem_en) FROM check_standard('large', 'survey_check') c GROUP BY 1 ORDER BY 1;
SET client_min_messages = warning;
CALL drop_survey('survey_check');
