-- benchmark: peer figures against plain SQL over the same rows
SET search_path = inefficient_land, public;
\set VERBOSITY terse
SET client_min_messages = warning;
CALL create_survey('survey_benchmark', 4548);
RESET client_min_messages;
INSERT INTO survey_benchmark.standard (code, version, title_en, title_zh, source, confirmation) VALUES ('peers', '1', 'peers', '同行', 'test', 'synthetic');
INSERT INTO survey_benchmark.standard_land_type (standard, land_type, family, label_en, label_zh, peer_facts, peer_minimum) VALUES ('peers', 'works', 'industry_warehouse', 'works', '工厂', '{industry_code}', 3);
INSERT INTO survey_benchmark.standard_fact (standard, land_type, fact, type, label_en, label_zh)
SELECT 'peers', 'works', f, t, f, f FROM (VALUES ('tax_per_mu', 'number'), ('output', 'number'), ('land_area', 'number'), ('industry_code', 'text')) v (f, t);
INSERT INTO survey_benchmark.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh)
SELECT 'peers', 'works', 'R-' || i, 'criterion', c, c, c
  FROM (VALUES (1, 'tax_per_mu < 40% * peer_mean(tax_per_mu, year => -1)'::criterion), (2, 'tax_per_mu < peer_median(tax_per_mu)'), (3, 'tax_per_mu < peer_percentile(tax_per_mu, 25%)'),
               (4, 'output / land_area < 50% * peer_ratio(output, land_area)'), (5, 'output / land_area < control_indicator(output)')) v (i, c);
INSERT INTO survey_benchmark.standard_control (standard, indicator, value, source) VALUES ('peers', 'output', 0.5, 'test');

-- 40 rows in three industries, some facts unknown, one industry of two
CREATE TABLE benchmark_works AS
SELECT i AS id, CASE WHEN i > 38 THEN 'C' WHEN i % 3 = 0 THEN 'B' ELSE 'A' END AS industry_code,
       CASE WHEN i % 7 <> 0 THEN round((i * 37 % 101) / 7.0, 3) END AS tax_per_mu, CASE WHEN i % 5 <> 0 THEN i * 13 % 29 END AS output,
       CASE WHEN i % 11 = 0 THEN 0 WHEN i % 13 <> 0 THEN 100 + i * 17 % 31 END AS land_area,
       CASE WHEN i % 4 <> 0 THEN ARRAY[i * 1.5, i * 0.7]::double precision[] END AS tax_per_mu_series, ARRAY[2021, 2022] AS tax_per_mu_years
  FROM generate_series(1, 40) i;
INSERT INTO benchmark_works VALUES (41, NULL, 1000, 1000, 1);        -- no industry: nobody's peer

CREATE TABLE benchmark_expected AS
SELECT 'peer_mean(tax_per_mu, year => -1)' AS expression, industry_code, count(tax_per_mu_series[2]) AS n, avg(tax_per_mu_series[2]::numeric) AS value FROM benchmark_works GROUP BY 2
UNION ALL SELECT 'peer_median(tax_per_mu)', industry_code, count(tax_per_mu), percentile_cont(0.5) WITHIN GROUP (ORDER BY tax_per_mu) FROM benchmark_works GROUP BY 2
UNION ALL SELECT 'peer_percentile(tax_per_mu, 25%)', industry_code, count(tax_per_mu), percentile_cont(0.25) WITHIN GROUP (ORDER BY tax_per_mu) FROM benchmark_works GROUP BY 2
UNION ALL SELECT 'peer_ratio(output, land_area)', industry_code, count(*) FILTER (WHERE output IS NOT NULL AND land_area > 0),
                 sum(output) FILTER (WHERE land_area > 0)::numeric / sum(land_area) FILTER (WHERE output IS NOT NULL AND land_area > 0) FROM benchmark_works GROUP BY 2;

SELECT b.expression, b.key_value, b.n, b.n = e.n AS n_agrees, CASE WHEN e.n < 3 THEN b.value IS NULL ELSE abs(b.value - e.value) < 1e-12 END AS value_agrees, b.note
  FROM compute_benchmarks('benchmark_works', 'peers/works', 2023, 'survey_benchmark') b LEFT JOIN benchmark_expected e ON e.expression = b.expression AND e.industry_code = b.key_value[1]
 ORDER BY 1, 2;
-- the same figures whatever the order of the rows
CREATE TABLE benchmark_turned AS SELECT * FROM benchmark_works ORDER BY id DESC;
SELECT count(*) FROM (SELECT * FROM compute_benchmarks('benchmark_works', 'peers/works', 2023, 'survey_benchmark') EXCEPT SELECT * FROM compute_benchmarks('benchmark_turned', 'peers/works', 2023, 'survey_benchmark')) d;
-- a year that is not there, no year, no series
SELECT DISTINCT n, value, note FROM compute_benchmarks('benchmark_works', 'peers/works', 2031, 'survey_benchmark') WHERE expression LIKE '%year%';
SELECT expression, n, value, note FROM compute_benchmarks('benchmark_works', 'peers/works', survey => 'survey_benchmark') WHERE expression LIKE '%year%';
ALTER TABLE benchmark_works DROP COLUMN tax_per_mu_years;
SELECT expression, n, value, note FROM compute_benchmarks('benchmark_works', 'peers/works', 2023, 'survey_benchmark') WHERE expression LIKE '%year%';
SELECT * FROM compute_benchmarks('benchmark_works', 'peers', 2023, 'survey_benchmark');
SELECT * FROM compute_benchmarks('benchmark_works', 'peers/shops', 2023, 'survey_benchmark');
-- handed to a rule set; a group below the minimum leaves its rules open
ALTER TABLE benchmark_turned ADD COLUMN expected boolean;
CREATE TABLE benchmark_kept AS SELECT * FROM compute_benchmarks('benchmark_turned', 'peers/works', 2023, 'survey_benchmark');
SELECT w.industry_code, count(*) AS rows, count(*) FILTER (WHERE ('R-2' = ANY (v.reasons)) = (w.tax_per_mu < e.value)) AS agree, count(*) FILTER (WHERE 'peer_median(tax_per_mu)' = ANY (v.missing)) AS open
  FROM benchmark_turned w JOIN benchmark_expected e ON e.expression = 'peer_median(tax_per_mu)' AND e.industry_code = w.industry_code,
       make_ruleset('peers/works', benchmarks => 'benchmark_kept', survey => 'survey_benchmark') r, classify(w, r) v
 WHERE w.tax_per_mu IS NOT NULL GROUP BY 1 ORDER BY 1;
-- a land type gets the published values that its own rules ask for, not its neighbour's
INSERT INTO survey_benchmark.standard_land_type (standard, land_type, family, label_en, label_zh) VALUES ('peers', 'shops', 'commerce_office', 'shops', '商店');
INSERT INTO survey_benchmark.standard_fact (standard, land_type, fact, type, label_en, label_zh) VALUES ('peers', 'shops', 'vacancy_rate', 'number', 'v', 'v');
INSERT INTO survey_benchmark.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh) VALUES ('peers', 'shops', 'S-1', 'criterion', 'vacancy_rate >= control_indicator(vacancy)', 's', 's');
INSERT INTO survey_benchmark.standard_control (standard, indicator, industry_code, industry_code_system, value, source) VALUES ('peers', 'output', '25', 'GB/T 4754-2017', 0.7, 'test'), ('peers', 'vacancy', '', '', 0.4, 'test');
SELECT t.land_type, b.expression, b.key_fact, b.key_value, b.value FROM unnest('{shops,works}'::text[]) t (land_type), compute_benchmarks('benchmark_turned', 'peers/' || t.land_type, 2023, 'survey_benchmark') b WHERE b.expression LIKE 'control%' ORDER BY 1, 2, 4;
SELECT v.verdict, v.reasons FROM (SELECT 0.41::double precision AS vacancy_rate) f, classify(f, make_ruleset('peers/shops', survey => 'survey_benchmark')) v;
DROP TABLE benchmark_works, benchmark_turned, benchmark_expected, benchmark_kept;
SET client_min_messages = warning;
CALL drop_survey('survey_benchmark');
