-- standard: standards as rows: where they are found, how they compile, what is refused
SET search_path = inefficient_land, public;
\set VERBOSITY terse
SET client_min_messages = warning;
CALL create_survey('survey_standard', 4548);
RESET client_min_messages;

-- what ships, and how far it is confirmed
SELECT code, version, confirmation, authority FROM standard ORDER BY code COLLATE "C";
SELECT rule, role, criterion, applicability, discretionary FROM standard_rule WHERE standard = 'jinhua-2024' AND land_type = 'industrial' ORDER BY sequence;
SELECT value, array_agg(industry_code ORDER BY industry_code) FROM standard_control WHERE standard = 'jinhua-2024' GROUP BY value ORDER BY value DESC;
SELECT count(*) AS rules_without_words FROM standard_rule WHERE label_en = '' OR label_zh = '';

-- shipped rows stay as shipped, even for their owner
UPDATE standard_rule SET criterion = 'plot_ratio < 2' WHERE rule = 'J-1a';
DELETE FROM standard_control;
INSERT INTO standard (code, version, title_en, title_zh, source, confirmation) VALUES ('x', '1', 'x', 'x', 'x', 'draft');
TRUNCATE standard_reporting;

-- a copy is edited as a table, and checked when it is saved
CALL copy_standard('jinhua-2024', 'mine', 'survey_standard');
CALL copy_standard('jinhua-2024', 'mine', 'survey_standard');
CALL copy_standard('jinhua', 'other', 'survey_standard');
CALL copy_standard('jinhua-2024', 'a/b', 'survey_standard');
CALL copy_standard('jinhua-2024', 'mine', 'nowhere');
SELECT t, n FROM (VALUES ('rule', (SELECT count(*) FROM survey_standard.standard_rule)), ('fact', (SELECT count(*) FROM survey_standard.standard_fact)),
                         ('control', (SELECT count(*) FROM survey_standard.standard_control))) v (t, n)
EXCEPT SELECT t, n FROM (VALUES ('rule', (SELECT count(*) FROM standard_rule WHERE standard = 'jinhua-2024')), ('fact', (SELECT count(*) FROM standard_fact WHERE standard = 'jinhua-2024')),
                         ('control', (SELECT count(*) FROM standard_control WHERE standard = 'jinhua-2024'))) v (t, n);
UPDATE survey_standard.standard_rule SET criterion = 'plot_ration < 1.0' WHERE rule = 'J-1a';
UPDATE survey_standard.standard_rule SET criterion = 'danger_grade < 1.0' WHERE rule = 'J-3';
UPDATE survey_standard.standard_rule SET criterion = 'plot_ratio <' WHERE rule = 'J-1a';
DELETE FROM survey_standard.standard_fact WHERE fact = 'danger_grade';
UPDATE survey_standard.standard_rule SET criterion = 'plot_ratio < 1.2' WHERE rule = 'J-1a';
UPDATE survey_standard.standard_peer_group SET facts = '{no_such}';
UPDATE survey_standard.standard_land_type SET criteria_needed = 9;
-- also where a land type has too few criteria to be compiled
BEGIN;
INSERT INTO survey_standard.standard (code, version, title_en, title_zh, source, confirmation) VALUES ('few', '1', 'few', '少', 'test', 'synthetic');
INSERT INTO survey_standard.standard_land_type (standard, land_type, family, label_en, label_zh, criteria_needed) VALUES ('few', 'shop', 'commerce_office', 'shops', '商铺', 2);
INSERT INTO survey_standard.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh) VALUES ('few', 'shop', 'G-1', 'gate', 'no_such_gate', 'gate', '前提');
COMMIT;
-- facts and rules of a new standard in one transaction, in any order
BEGIN;
INSERT INTO survey_standard.standard (code, version, title_en, title_zh, source, confirmation) VALUES ('two', '1', 'two', '二', 'test', 'synthetic');
INSERT INTO survey_standard.standard_land_type (standard, land_type, family, label_en, label_zh) VALUES ('two', 'shop', 'commerce_office', 'shops', '商铺');
INSERT INTO survey_standard.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh) VALUES ('two', 'shop', 'S-1', 'criterion', 'vacancy_rate >= 30%', 'a third vacant', '空置三成');
INSERT INTO survey_standard.standard_fact (standard, land_type, fact, type, label_en, label_zh) VALUES ('two', 'shop', 'vacancy_rate', 'number', 'vacancy rate', '空置率');
COMMIT;
DELETE FROM survey_standard.standard WHERE code = 'two';
SELECT count(*) AS rules_left FROM survey_standard.standard_rule WHERE standard = 'two';

-- finding a standard: the survey's first
SELECT make_ruleset('mine') = make_ruleset('mine/industrial', survey => 'survey_standard');
SELECT make_ruleset('mine', survey => 'survey_standard') IS NOT NULL;
DELETE FROM survey_standard.standard_land_type WHERE standard = 'mine' AND land_type <> 'industrial';
SELECT make_ruleset('mine', survey => 'survey_standard') = make_ruleset('mine', 'industrial', survey => 'survey_standard') AS same;
SELECT make_ruleset('jinhua-2024/village');
SELECT make_ruleset(NULL);

-- Worked verdicts: peers of the year before at 20, standard land at 1.5, so the lines are 8.0 and 0.9
CREATE TABLE standard_line (expression text, key_fact text[], key_value text[], n integer, value double precision, note text);
INSERT INTO standard_line VALUES ('peer_mean(tax_per_mu, year => -1)', '{}', '{}', 12, 20, NULL), ('control_indicator(standard_land_plot_ratio)', '{}', '{}', NULL, 1.5, NULL),
                                 ('control_indicator(industry_plot_ratio)', '{}', '{}', NULL, 1.0, NULL);
CREATE TABLE standard_parcel (id text, plot_ratio numeric, tax_per_mu numeric, danger_grade text, industry_policy_class text, safety_compliant boolean, is_above_scale boolean, is_strategic_emerging boolean, production_started_on date, exemption_decision text[]);
INSERT INTO standard_parcel VALUES
    ('a',  0.95, 12,   'A',  'allowed', true, false, false, '2010-01-01', NULL),
    ('b',  1.10, 8.0,  'A',  'allowed', true, false, false, '2010-01-01', NULL),
    ('c',  1.10, 7.9,  'A',  'allowed', true, false, false, '2022-02-28', '{J-Xd}'),
    ('c0', 1.10, 7.9,  'A',  'allowed', true, false, false, '2022-02-28', NULL),
    ('d',  1.10, NULL, NULL, 'allowed', true, false, false, '2010-01-01', NULL),
    ('e',  0.80, NULL, NULL, NULL,      NULL, NULL,  NULL,  NULL,         NULL),
    ('f',  1.10, 12,   'C',  'allowed', true, true,  false, '2010-01-01', '{J-Xa}'),
    ('f0', 1.10, 12,   'C',  'allowed', true, true,  false, '2010-01-01', NULL),
    -- practice: an above-scale firm without a true criterion is not inefficient, not exempt; J-5 unknown leaves 8.0 open
    ('g',  1.10, 8.0,  'A',  'allowed', true, true,  false, '2010-01-01', '{J-Xa}'),
    ('h',  1.10, 8.0,  'A',  'allowed', NULL, false, false, '2010-01-01', NULL);
SELECT p.id, v.verdict, v.reasons, v.missing, v.flags
  FROM standard_parcel p, make_ruleset('jinhua-2024/industrial', as_of => '2024-02-29', benchmarks => 'standard_line') r, classify(p, r) v ORDER BY p.id COLLATE "C";
-- two firms with 70 and 100 on 20 mu, one firm with 60 on 10 mu and 180 on 30 mu
SELECT m.mu, m.tax, tax_per_mu(m.tax, from_mu(m.mu)), v.verdict, v.reasons
  FROM (VALUES (20, 70 + 100), (10, 60), (30, 180)) m (mu, tax),
       LATERAL (SELECT 1.1 AS plot_ratio, tax_per_mu(m.tax, from_mu(m.mu)), 'A'::text AS danger_grade, 'allowed'::text AS industry_policy_class, true AS safety_compliant, false AS is_above_scale,
                       false AS is_strategic_emerging, date '2010-01-01' AS production_started_on) p,
       make_ruleset('jinhua-2024/industrial', as_of => '2024-02-29', benchmarks => 'standard_line') r, classify(p, r) v;
-- without benchmarks and without a date nothing is guessed
SELECT p.id, v.verdict, v.reasons, v.missing FROM standard_parcel p, make_ruleset('jinhua-2024/industrial') r, classify(p, r) v WHERE p.id IN ('a', 'b') ORDER BY p.id;

DROP TABLE standard_parcel, standard_line;
SET client_min_messages = warning;
CALL drop_survey('survey_standard');
