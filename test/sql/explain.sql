-- explain: a verdict rule by rule, for holders of the confidential figures and for readers
SET search_path = inefficient_land, public;
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';
\set SHOW_CONTEXT never
CREATE ROLE regress_explain_reader;
CREATE ROLE regress_explain_holder;
CALL create_survey('explain_test', srid => 4548, base_year => 2022);
SET search_path = explain_test, inefficient_land, public;

CALL copy_standard('jinhua-2024', 'own', 'explain_test');
INSERT INTO explain_test.standard_control (standard, indicator, industry_code, industry_code_system, value, source) VALUES ('own', 'standard_land_plot_ratio', '40', 'GB/T 4754-2002', 1.5, 'test');
INSERT INTO explain_test.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh, sequence) VALUES ('own', 'industrial', 'K-1', 'criterion', 'tax_per_mu is known and tax_per_mu < 8', 'known to be low', '已知偏低', 20);
-- three firms with 20 per mu last year; P1 below the line of 8.0, P2 at it, P3 unknown
INSERT INTO parcel (id, code, subdistrict, registered_area, present_use, present_use_system, safety_compliant) SELECT i, 'P' || i, 'S1', 10000, '0601', 'GB/T 21010-2017', true FROM generate_series(1, 3) i;
INSERT INTO building (code, parcel_id, floor_area_above, danger_grade) SELECT 'B' || i, i, 11000, 'A' FROM generate_series(1, 3) i;
INSERT INTO enterprise (id, code, industry_code, industry_code_system, industry_policy_class, is_above_scale, is_strategic_emerging, production_started_on)
SELECT i, 'E' || i, '4011', 'GB/T 4754-2002', 'allowed', i = 1, false, '2010-01-01' FROM generate_series(1, 3) i;
INSERT INTO enterprise_year (enterprise_id, year, tax_total) SELECT i, 2022, 300 FROM generate_series(1, 3) i;
INSERT INTO enterprise_year (enterprise_id, year, tax_total) VALUES (1, 2023, 118.5), (2, 2023, 120);
INSERT INTO occupancy (enterprise_id, parcel_id, basis) SELECT i, i, 'operating' FROM generate_series(1, 3) i;
CALL assess('explain_test', 'own', '2024-02-29', 2023);
CALL grant_access('explain_test', 'regress_explain_reader', 'reader');
CALL grant_access('explain_test', 'regress_explain_holder', 'confidential');

-- the holder: the same as explain_verdict() over the stored row and rules
SET ROLE regress_explain_holder;
SELECT sequence, rule, applies, truth, confidential, reason FROM explain_parcel('explain_test', 'P1') ORDER BY sequence;
SELECT rule, o ->> 'value' AS value, o ->> 'threshold' AS threshold, o #> '{benchmarks,0}' AS peer FROM explain_parcel('explain_test', 'P1') e, jsonb_array_elements(e.operands) o WHERE rule = 'J-2';
SET inefficient_land.language = 'zh';
SELECT rule, label, reason FROM explain_parcel('explain_test', 'P1', 'industry_warehouse', 1) WHERE rule = 'J-3';
RESET inefficient_land.language;
RESET ROLE;
SELECT count(*) AS differences
  FROM (SELECT e.sequence, e.rule, e.truth, e.operands, e.reason FROM explain_test.parcel_indicator i JOIN explain_test.run_ruleset r USING (run_id, land_type), explain_verdict(i, r.ruleset) e WHERE i.parcel_code = 'P2') a
  FULL JOIN (SELECT e.sequence, e.rule, e.truth, e.operands, e.reason FROM explain_parcel('explain_test', 'P2') e) b USING (sequence)
 WHERE (a.*) IS DISTINCT FROM (b.*);

-- the reader: classes in place of figures
SET ROLE regress_explain_reader;
SELECT parcel_id, part, rule, applies, truth, confidential, reason FROM explain_parcel('explain_test', 'P1') ORDER BY sequence;
SELECT rule, operands FROM explain_parcel('explain_test', 'P1') WHERE rule IN ('J-2', 'J-Xc');
-- K-1 asks whether a hidden fact is known: true for P1, which is among its reasons, false for P2, which stays hidden
SELECT rule, truth, reason FROM explain_parcel('explain_test', 'P2') WHERE confidential;
SELECT rule, truth, reason FROM explain_parcel('explain_test', 'P3') WHERE confidential;
SET inefficient_land.language = 'zh';
SELECT rule, truth, reason FROM explain_parcel('explain_test', 'P3') WHERE confidential;
RESET inefficient_land.language;
-- no figure of a firm, no peer figure, in no language
SELECT count(*) AS leaks FROM generate_series(1, 3) i, explain_parcel('explain_test', 'P' || i) e WHERE e::text ~ '7\.9|118\.5|120\.0|"value": 20|peer_mean[^"]*",[^}]*"value"';
SELECT tax_per_mu FROM explain_test.parcel_indicator;
SELECT ruleset FROM explain_test.run_ruleset;

-- nothing to explain
SET client_min_messages = notice;
SELECT count(*) FROM explain_parcel('explain_test', 'P9');
SELECT count(*) FROM explain_parcel('explain_test', 'P1', 'residence', 1);
SELECT count(*) FROM explain_parcel('explain_nowhere', 'P1');
RESET ROLE;
SET client_min_messages = warning;

RESET search_path;
CALL inefficient_land.drop_survey('explain_test');
DROP ROLE regress_explain_reader;
DROP ROLE regress_explain_holder;
