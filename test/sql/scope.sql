-- scope: variants of a rule for areas, zones, industries and sizes; the most specific counts
SET search_path = inefficient_land, public;
\set VERBOSITY terse
SET client_min_messages = warning;
CALL create_survey('scope_test', 4548);
RESET client_min_messages;
INSERT INTO scope_test.standard (code, version, title_en, title_zh, source, confirmation) VALUES ('own', '1', 'own', '自定', 'test', 'synthetic');
INSERT INTO scope_test.standard_land_type (standard, land_type, family, label_en, label_zh) VALUES ('own', 'works', 'industry_warehouse', 'works', '工厂');
INSERT INTO scope_test.standard_fact SELECT * FROM usual_fact('own', 'works', 'plot_ratio management_area zone? industry_code? industry_code_system? size_class?');
BEGIN;
INSERT INTO scope_test.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh, sequence, variant, management_area, zone, industry_code, industry_code_system, size_class) VALUES
    ('own', 'works', 'R', 'criterion', 'plot_ratio < 1',   'low', '容积率低', 1, '',         NULL,       NULL,  NULL,        NULL,             NULL),
    ('own', 'works', 'R', 'criterion', 'plot_ratio < 2',   'low in the golden street', '金街容积率低', 1, 'street', '{金街}', NULL, NULL, NULL, NULL),
    ('own', 'works', 'R', 'criterion', 'plot_ratio < 0.5', 'low in the avenues', '五大道容积率低', 1, 'avenue', '{五大道}', NULL, NULL, NULL, NULL),
    ('own', 'works', 'R', 'criterion', 'plot_ratio < 3',   'low for a large chemical works there', '金街大型化工容积率低', 1, 'chemical', '{金街}', NULL, '{26,2710}', 'GB/T 4754-2017', '{large}'),
    ('own', 'works', 'S', 'gate',      'plot_ratio > 8',   'high', '容积率高', 2, '',         NULL,       '{A}', NULL,        NULL,             NULL);
COMMIT;
SELECT _rule_scope('{金街,"d''Or"}', '{A}', '{26}', 'GB/T 4754-2017', '{large,small}'), _rule_scope(NULL, NULL, NULL, NULL, NULL) IS NULL AS nowhere;

-- by hand: what each row says (four facts of the scope, the plot ratio), and which variant says it
CREATE TABLE scope_row (id integer, management_area text[], zone text, industry_code text, industry_code_system text, size_class text, plot_ratio double precision);
INSERT INTO scope_row VALUES
    ( 1, '{}',          'B',  '2614', 'GB/T 4754-2017', 'large', 1.5),   -- nowhere special: general, 1.5 is not below 1
    ( 2, '{}',          'B',  '2614', 'GB/T 4754-2017', 'large', 0.9),
    ( 3, '{金街}',      'B',  '30',   'GB/T 4754-2017', 'large', 1.5),   -- street
    ( 4, '{五大道}',    'B',  '30',   'GB/T 4754-2017', 'large', 0.9),   -- avenue: not below 0.5
    ( 5, '{金街}',      'B',  '2614', 'GB/T 4754-2017', 'large', 2.9),   -- chemical: 2614 is below 26
    ( 6, '{金街}',      'B',  '2',    'GB/T 4754-2017', 'large', 1.9),   -- 2 is not below 26: street
    ( 7, '{金街}',      'B',  '2614', 'GB/T 4754-2002', 'large', 2.9),   -- another code system: street
    ( 8, '{金街}',      'B',  '2614', 'GB/T 4754-2017', 'small', 2.9),   -- another size: street
    ( 9, '{金街}',      'B',  NULL,   'GB/T 4754-2017', 'large', 0.1),   -- industry unknown, so the rule is, although all say yes
    (10, NULL,          'B',  '30',   'GB/T 4754-2017', 'large', 0.1),   -- area unknown; size and system do not matter
    (11, '{金街,五大道}','B', '30',   'GB/T 4754-2017', 'small', 0.4),   -- both areas, both variants say yes
    (12, '{金街,五大道}','B', '30',   'GB/T 4754-2017', 'small', 0.6),   -- they disagree
    (13, '{金街,五大道}','B', '30',   'GB/T 4754-2017', 'small', 2.5),   -- both say no
    (14, '{}',          'A',  '30',   'GB/T 4754-2017', 'small', 8.5),   -- the gate of zone A
    (15, '{}',          NULL, '30',   'GB/T 4754-2017', 'small', 8.5),   -- zone unknown: so is the gate
    (16, '{金街}',      'B',  '27',   'GB/T 4754-2017', 'large', 2.9),   -- 2710 is below 27, not the other way round
    (17, '{别处}',      'B',  '30',   'GB/T 4754-2017', 'small', 1.0);
CREATE TABLE scope_rules AS SELECT make_ruleset('own', survey => 'scope_test') AS r;
SELECT s.id, v.verdict, v.reasons, v.missing, v.margin, e.truth, e.variant, e.scope
  FROM scope_row s, scope_rules, classify(s, r) v, explain_verdict(s, r) e WHERE e.rule = 'R' ORDER BY s.id;
-- no code twice, and the explanation agrees with the verdict
SELECT count(*) FROM scope_row s, scope_rules, classify(s, r) v WHERE cardinality(v.reasons) <> (SELECT count(DISTINCT u) FROM unnest(v.reasons) u);
SELECT count(*) FROM scope_row s, scope_rules, classify(s, r) v, explain_verdict(s, r) e WHERE v.verdict <> 'excluded' AND e.role = 'criterion' AND (e.truth = 'true') <> (e.rule = ANY (v.reasons));
-- in words, in both languages
SELECT s.id, e.label, e.reason FROM scope_row s, scope_rules, explain_verdict(s, r) e WHERE e.rule = 'R' AND s.id IN (2, 4, 5, 9, 11, 12) ORDER BY s.id;
SELECT s.id, e.reason FROM scope_row s, scope_rules, explain_verdict(s, r) e WHERE e.rule = 'S' AND s.id IN (1, 14, 15) ORDER BY s.id;
SET inefficient_land.language = 'zh';
SELECT s.id, e.label, e.reason FROM scope_row s, scope_rules, explain_verdict(s, r) e WHERE e.rule = 'R' AND s.id IN (2, 4, 5, 9, 11, 12) ORDER BY s.id;
RESET inefficient_land.language;
SELECT jsonb_array_elements(e.operands) - 'benchmarks' - 'not_listed' FROM scope_row s, scope_rules, explain_verdict(s, r) e WHERE e.rule = 'R' AND s.id = 5;
-- the external form: version 2, and the same value again
SELECT left(r::text, 15), r::text::ruleset = r AS same, substr(r::text, strpos(r::text, '{"code": "R"'), 330) FROM scope_rules;
SELECT replace(r::text, '"ruleset": 2', '"ruleset": 1')::ruleset FROM scope_rules;
-- without scopes it is still version 1
SELECT left(make_ruleset('heping-2024/industry')::text, 15);

-- refused: variants apart, without names, in the wrong order, of different roles; scopes that do not fit
CREATE FUNCTION pg_temp.try(rules ruleset_rule[], scopes ruleset_scope[]) RETURNS text LANGUAGE sql AS
$$SELECT left(compile_ruleset('t', '1', NULL, 1, ARRAY[ROW('x', 'number', NULL, NULL, NULL, NULL, NULL, NULL), ROW('zone', 'text', NULL, NULL, NULL, NULL, NULL, NULL)]::ruleset_fact[], rules, NULL, scopes)::text, 12)$$;
SELECT pg_temp.try(ARRAY[ROW('R', 'criterion', NULL, 'x < 1', false, NULL, NULL, NULL), ROW('R', 'criterion', NULL, 'x < 2', false, NULL, NULL, NULL)]::ruleset_rule[], ARRAY[ROW('a', 'zone in (''A'')', 1000), ROW('', NULL, 0)]::ruleset_scope[]);
SELECT pg_temp.try(ARRAY[ROW('R', 'criterion', NULL, 'x < 1', false, NULL, NULL, NULL), ROW('R', 'criterion', NULL, 'x < 2', false, NULL, NULL, NULL)]::ruleset_rule[], ARRAY[ROW('a', 'zone in (''A'')', 0), ROW('', NULL, 1000)]::ruleset_scope[]);
SELECT pg_temp.try(ARRAY[ROW('R', 'criterion', NULL, 'x < 1', false, NULL, NULL, NULL), ROW('R', 'criterion', NULL, 'x < 2', false, NULL, NULL, NULL)]::ruleset_rule[], ARRAY[ROW('a', 'zone in (''A'')', 0), ROW('a', NULL, 0)]::ruleset_scope[]);
SELECT pg_temp.try(ARRAY[ROW('R', 'criterion', NULL, 'x < 1', false, NULL, NULL, NULL), ROW('R', 'gate', NULL, 'x < 2', false, NULL, NULL, NULL)]::ruleset_rule[], ARRAY[ROW('a', 'zone in (''A'')', 0), ROW('', NULL, 0)]::ruleset_scope[]);
SELECT pg_temp.try(ARRAY[ROW('R', 'criterion', NULL, 'x < 1', false, NULL, NULL, NULL), ROW('Q', 'criterion', NULL, 'x < 1', false, NULL, NULL, NULL), ROW('R', 'criterion', NULL, 'x < 2', false, NULL, NULL, NULL)]::ruleset_rule[], ARRAY[ROW('a', 'zone in (''A'')', 0), NULL::ruleset_scope, ROW('', NULL, 0)]::ruleset_scope[]);
SELECT pg_temp.try(ARRAY[ROW('R', 'criterion', NULL, 'x < 1', false, NULL, NULL, NULL)]::ruleset_rule[], ARRAY[ROW('a', 'zon in (''A'')', 0)]::ruleset_scope[]);
SELECT pg_temp.try(ARRAY[ROW('R', 'criterion', NULL, 'x < 1', false, NULL, NULL, NULL)]::ruleset_rule[], '{}');
-- a scope whose fact is not declared is refused when it is saved
INSERT INTO scope_test.standard_land_type (standard, land_type, family, label_en, label_zh) VALUES ('own', 'shops', 'commerce_office', 'shops', '商店');
INSERT INTO scope_test.standard_fact SELECT * FROM usual_fact('own', 'shops', 'plot_ratio');
INSERT INTO scope_test.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh, zone) VALUES ('own', 'shops', 'Q', 'criterion', 'plot_ratio < 1', 'q', 'q', '{A}');
INSERT INTO scope_test.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh, industry_code) VALUES ('own', 'works', 'Q', 'criterion', 'plot_ratio < 1', 'q', 'q', '{26}');

-- a tie: two variants of one specificity that can hold at once
BEGIN;
INSERT INTO scope_test.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh, variant, zone) VALUES ('own', 'works', 'R', 'criterion', 'plot_ratio < 4', 'low in zone A', 'A区容积率低', 'zone', '{A}');
SELECT kind, rule, problem_en, problem_zh FROM check_standard('own', 'scope_test') WHERE kind = 'scope_tie';
SELECT make_ruleset('own/works', survey => 'scope_test');
ROLLBACK;
-- the same industry as prefix and code: not a tie, the longer one is more specific; of one length they exclude each other
BEGIN;
INSERT INTO scope_test.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh, variant, industry_code, industry_code_system) VALUES
    ('own', 'works', 'P', 'criterion', 'plot_ratio < 1', 'p', '甲', 'a', '{26}', 'GB/T 4754-2017'), ('own', 'works', 'P', 'criterion', 'plot_ratio < 2', 'p', '乙', 'b', '{261}', 'GB/T 4754-2017'),
    ('own', 'works', 'P', 'criterion', 'plot_ratio < 3', 'p', '丙', 'c', '{27}', 'GB/T 4754-2017'), ('own', 'works', 'P', 'criterion', 'plot_ratio < 4', 'p', '丁', 'd', '{26}', 'GB/T 4754-2002');
SELECT code, e.variant FROM (VALUES ('26'), ('2600'), ('2614'), ('2710'), ('28')) c (code), LATERAL (SELECT code AS industry_code, 'GB/T 4754-2017' AS industry_code_system, 1.5 AS plot_ratio) f,
       make_ruleset('own/works', survey => 'scope_test') r, explain_verdict(f, r) e WHERE e.rule = 'P' ORDER BY 1;
SELECT kind, rule, problem_en FROM check_standard('own', 'scope_test') WHERE kind IN ('scope_tie', 'scope_partial') ORDER BY 1, 2;
ROLLBACK;
-- what else is checked: roles, areas that are none, areas that no variant covers, variants that say the same
BEGIN;
INSERT INTO scope_test.management_area (code, name) VALUES ('金街', '金街'), ('滨江道', '滨江道商圈');
UPDATE scope_test.standard_rule SET criterion = 'plot_ratio < 1' WHERE variant = 'street';
DELETE FROM scope_test.standard_rule WHERE variant IN ('avenue', 'chemical');
INSERT INTO scope_test.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh, variant, management_area) VALUES
    ('own', 'works', 'T', 'criterion', 'plot_ratio < 4', 'low', '低', 'a', '{金街}'), ('own', 'works', 'T', 'gate', 'plot_ratio < 4', 'low', '低', 'b', '{五大道}');
SELECT kind, severity, rule, problem_en, problem_zh FROM check_standard('own', 'scope_test') WHERE kind IN ('variant_roles', 'scope_gap', 'scope_unknown', 'variant_hidden', 'scope_partial', 'scope_tie') ORDER BY 1, 3, 4;
ROLLBACK;

-- copies, documents and other limits keep variants
SET client_min_messages = warning;
CALL create_survey('scope_copy', 4548);
RESET client_min_messages;
CALL import_standard(export_standard('own', 'scope_test'), 'scope_copy', 'twin');
SELECT export_standard('twin', 'scope_copy') -> 'rule' = export_standard('own', 'scope_test') -> 'rule' AS same_rules;
CALL copy_standard('own', 'again', 'scope_test');
SELECT variant, management_area, industry_code, size_class FROM scope_test.standard_rule WHERE standard = 'again' AND rule = 'R' ORDER BY variant COLLATE "C";
SELECT (e.value ->> 'variant'), e.value ->> 'criterion' FROM scope_rules, jsonb_array_elements(_exchanged_criterion(r, 'R/street', 'plot_ratio < 7')::text::jsonb -> 'rules') e WHERE e.value ->> 'code' = 'R';

-- in a survey: four works, in no area, in one, in the other, in both; and peers by a wider group
SET client_min_messages = warning;
INSERT INTO scope_test.management_area (code, name, geom) VALUES
    ('金街', '金街', ST_Multi(ST_MakeEnvelope(518300, 4331000, 518800, 4331200, 4548))), ('五大道', '五大道', ST_Multi(ST_MakeEnvelope(518500, 4331000, 519000, 4331200, 4548)));
INSERT INTO scope_test.parcel (code, registered_area, present_use, present_use_system, geom)
SELECT 'P' || i, 10000, '0601', 'GB/T 21010-2017', ST_Multi(ST_MakeEnvelope(518000 + i * 200, 4331000, 518100 + i * 200, 4331100, 4548)) FROM generate_series(1, 4) i;
INSERT INTO scope_test.building (code, parcel_code, floor_area_above, geom)
SELECT 'B' || i, 'P' || i, 7000, ST_Multi(ST_MakeEnvelope(518010 + i * 200, 4331010, 518050 + i * 200, 4331050, 4548)) FROM generate_series(1, 4) i;
DELETE FROM scope_test.standard_rule WHERE standard = 'own' AND (variant = 'chemical' OR rule = 'S');
INSERT INTO scope_test.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh, sequence) VALUES ('own', 'works', 'M', 'criterion', 'plot_ratio < 50% * peer_mean(plot_ratio)', 'far below peers', '远低于同类', 3);
INSERT INTO scope_test.standard_peer_group (standard, land_type, sequence, facts, minimum, below) VALUES ('own', 'works', 1, '{plot_ratio}', 5, 'next'), ('own', 'works', 2, '{}', 3, 'unknown');
CALL resolve_keys('scope_test');
CALL assess('scope_test', standard => 'own', as_of => '2024-02-29');
RESET client_min_messages;
SELECT i.parcel_code, i.management_area, i.plot_ratio, v.verdict, v.reasons, v.missing, v.flags, v.reason_zh FROM scope_test.verdict v JOIN scope_test.parcel_indicator i USING (run_id, parcel_id, family) ORDER BY 1;
SELECT e.* FROM generate_series(1, 4) i, LATERAL (SELECT 'P' || i AS parcel, p.rule, p.label, p.truth, p.variant, p.scope, p.reason FROM explain_parcel('scope_test', 'P' || i) p WHERE p.rule = 'R') e;
SELECT note, n, value FROM scope_test.benchmark;
SELECT count(*), count(*) FILTER (WHERE same) AS same FROM recompute_run('scope_test');
SELECT parcel_code, old_verdict, new_verdict FROM flip_list('scope_test', 'R/street', 'plot_ratio < 0.6');
SELECT flip_list('scope_test', 'R/nowhere', 'plot_ratio < 0.6');
SELECT count(*) FROM compare_standards('scope_test', 'own', 'own') WHERE differs;
SELECT rule, label_zh FROM scope_test._standard_rule WHERE standard = 'own' ORDER BY 1;
-- later edits change no run that is done
UPDATE scope_test.standard_rule SET criterion = 'plot_ratio < 9', label_en = 'x', label_zh = '改' WHERE standard = 'own' AND rule = 'R';
DELETE FROM scope_test.standard_peer_group;
SELECT count(*), count(*) FILTER (WHERE same) AS same FROM recompute_run('scope_test');

DROP TABLE scope_row, scope_rules;
SET client_min_messages = warning;
CALL drop_survey('scope_test');
CALL drop_survey('scope_copy');
