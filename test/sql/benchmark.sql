-- benchmark: peer figures against plain SQL over the same rows
SET search_path = inefficient_land, public;
\set VERBOSITY terse
SET client_min_messages = warning;
CALL create_survey('survey_benchmark', 4548);
RESET client_min_messages;
INSERT INTO survey_benchmark.standard (code, version, title_en, title_zh, source, confirmation) VALUES ('peers', '1', 'peers', '同行', 'test', 'synthetic');
INSERT INTO survey_benchmark.standard_land_type (standard, land_type, family, label_en, label_zh) VALUES ('peers', 'works', 'industry_warehouse', 'works', '工厂');
INSERT INTO survey_benchmark.standard_fact (standard, land_type, fact, type, label_en, label_zh)
SELECT 'peers', 'works', f, t, f, f FROM (VALUES ('tax_per_mu', 'number'), ('output', 'number'), ('land_area', 'number'), ('industry_code', 'text')) v (f, t);
INSERT INTO survey_benchmark.standard_peer_group (standard, land_type, facts, minimum) VALUES ('peers', 'works', '{industry_code}', 3);
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
-- peer groups: who counts, a wider group where there are too few, a published value in its place
DELETE FROM survey_benchmark.standard_peer_group;
INSERT INTO survey_benchmark.standard_fact SELECT * FROM usual_fact('peers', 'works', 'industry_code_system?');
INSERT INTO survey_benchmark.standard_peer_group (standard, land_type, sequence, facts, population, minimum, below) VALUES
    ('peers', 'works', 1, '{industry_code,industry_code_system}', 'land_area >= 110', 8, 'next'),
    ('peers', 'works', 2, '{industry_code_system}', NULL, 20, 'published');
INSERT INTO survey_benchmark.standard_control (standard, indicator, industry_code, industry_code_system, value, source) VALUES
    ('peers', 'peer_median(tax_per_mu)', '', '', 5, 'yearbook'), ('peers', 'peer_median(tax_per_mu)', 'C', 'old', 6, 'yearbook of C'), ('peers', 'peer_median(tax_per_mu)', 'C', 'new', 7, 'wrong system');
CREATE TABLE benchmark_wide AS SELECT w.*, CASE WHEN w.id = 7 THEN NULL WHEN w.id > 38 THEN 'old' ELSE 'new' END AS industry_code_system FROM benchmark_turned w;
CREATE TABLE benchmark_wide_kept AS SELECT * FROM compute_benchmarks('benchmark_wide', 'peers/works', 2023, 'survey_benchmark');
-- by hand, with window functions
SELECT b.key_value, b.n, b.n IS NOT DISTINCT FROM e.n AS n_agrees, abs(b.value - e.value) < 1e-12 AS value_agrees, b.note
  FROM benchmark_wide_kept b
  LEFT JOIN (SELECT k.industry_code, k.industry_code_system, CASE WHEN g1.n >= 8 THEN g1.n WHEN g2.n >= 20 THEN g2.n END AS n, CASE WHEN g1.n >= 8 THEN g1.value WHEN g2.n >= 20 THEN g2.value WHEN k.industry_code = 'C' THEN 6 ELSE 5 END AS value
               FROM (SELECT DISTINCT industry_code, industry_code_system FROM benchmark_wide) k
              CROSS JOIN LATERAL (SELECT count(tax_per_mu) AS n, percentile_cont(0.5) WITHIN GROUP (ORDER BY tax_per_mu) AS value FROM benchmark_wide w WHERE w.land_area >= 110 AND (w.industry_code, w.industry_code_system) = (k.industry_code, k.industry_code_system)) g1
              CROSS JOIN LATERAL (SELECT count(tax_per_mu) AS n, percentile_cont(0.5) WITHIN GROUP (ORDER BY tax_per_mu) AS value FROM benchmark_wide w WHERE w.industry_code_system = k.industry_code_system) g2) e
    ON e.industry_code = b.key_value[1] AND e.industry_code_system = b.key_value[2]
 WHERE b.expression = 'peer_median(tax_per_mu)' ORDER BY 1;
SELECT expression, key_value, n, value IS NULL AS unknown, note FROM benchmark_wide_kept WHERE expression LIKE 'peer_ratio%' ORDER BY 2;
-- a verdict that looked a stand-in up says so, and so does its explanation
SELECT w.id, w.industry_code, v.flags, e.operands -> 0 -> 'benchmarks' -> 0 ->> 'note' AS note
  FROM benchmark_wide w, make_ruleset('peers/works', benchmarks => 'benchmark_wide_kept', survey => 'survey_benchmark') r, classify(w, r) v, explain_verdict(w, r) e
 WHERE e.rule = 'R-2' AND w.id IN (1, 3, 7, 39) ORDER BY 1;
-- refused: groups that do not widen, that are formed by figures of firms, that ask for figures, that name no fact
UPDATE survey_benchmark.standard_peer_group SET facts = '{industry_code,land_area}' WHERE sequence = 2;
UPDATE survey_benchmark.standard_peer_group SET facts = '{output}' WHERE sequence = 1;
UPDATE survey_benchmark.standard_peer_group SET population = 'land_area > peer_mean(land_area)' WHERE sequence = 1;
UPDATE survey_benchmark.standard_peer_group SET population = 'land_are > 1' WHERE sequence = 1;
UPDATE survey_benchmark.standard_peer_group SET below = 'next' WHERE sequence = 2;
SELECT kind, severity, problem_en FROM check_standard('peers', 'survey_benchmark') WHERE kind LIKE 'peer%' ORDER BY 1, 3;
UPDATE survey_benchmark.standard_peer_group SET below = 'published' WHERE sequence = 2;
SELECT kind, severity, rule, problem_en FROM check_standard('peers', 'survey_benchmark') WHERE kind LIKE 'peer%' ORDER BY 1, 3;

-- published values by industry × zone × size × year: the narrowest row, of the latest year that is not later
DELETE FROM survey_benchmark.standard_control;
INSERT INTO survey_benchmark.standard_fact SELECT * FROM usual_fact('peers', 'works', 'zone? size_class?');
INSERT INTO survey_benchmark.standard_control (standard, indicator, industry_code, industry_code_system, zone, size_class, year, value, source) VALUES
    ('peers', 'output', '',     '',    '',  '',      2008, 1, 'table 2008'), ('peers', 'output', '',     '',    '',  '',      2023, 2, 'table 2023'), ('peers', 'output', '', '', '', '', 2030, 3, 'table 2030'),
    ('peers', 'output', '26',   'new', '',  '',      0,    4, 'tier'), ('peers', 'output', '2614', 'new', '',  '',      0,    5, 'tier'), ('peers', 'output', '26',   'new', 'A', '', 0, 6, 'tier'),
    ('peers', 'output', '26',   'new', '',  'large', 0,    7, 'tier'), ('peers', 'output', '',     '',    'A', '',      0,    8, 'tier'), ('peers', 'output', '26', 'old', '', '', 2024, 9, 'tier');
CREATE TABLE benchmark_case (id integer, industry_code text, industry_code_system text, zone text, size_class text, expected double precision);
INSERT INTO benchmark_case VALUES (1, '30', 'new', 'B', 'small', 2), (2, '26', 'new', 'B', 'small', 4), (3, '2614', 'new', 'A', 'large', 5), (4, '2610', 'new', 'A', 'large', 6), (5, '2610', 'new', 'B', 'large', 7),
    (6, '30', 'new', 'A', 'large', 8), (7, '2614', 'old', 'B', 'small', 2), (8, NULL, 'new', 'B', 'small', NULL), (9, '30', NULL, 'B', 'small', NULL), (10, '30', 'new', NULL, 'small', NULL), (11, '2', 'new', 'B', 'large', 2);
SELECT c.id, c.expected IS NOT DISTINCT FROM (b ->> 'value')::double precision AS agrees, b ->> 'note' AS note, v.missing
  FROM benchmark_case c, make_ruleset('peers/works', as_of => '2023-06-30', survey => 'survey_benchmark') r,
       LATERAL (SELECT c.*, 1.0 AS output, 1.0 AS land_area, 1.0 AS tax_per_mu) f, classify(f, r) v, explain_verdict(f, r) e, LATERAL (SELECT e.operands -> 0 -> 'benchmarks' -> 0 AS b) x WHERE e.rule = 'R-5' ORDER BY 1;
SELECT r::text::ruleset = r AS same, substr(r::text, strpos(r::text, '"key_fact"'), 140) FROM make_ruleset('peers/works', as_of => '2023-06-30', survey => 'survey_benchmark') r;
SELECT as_of, value FROM (VALUES ('2007-01-01'::date), ('2008-01-01'), ('2025-01-01'), (NULL)) a (as_of), make_ruleset('peers/works', as_of => a.as_of, survey => 'survey_benchmark') r,
       LATERAL (SELECT '30' AS industry_code, 'new' AS industry_code_system, 'B' AS zone, 'small' AS size_class, 1.0 AS output, 1.0 AS land_area, 1.0 AS tax_per_mu) f, explain_verdict(f, r) e, LATERAL (SELECT e.operands -> 0 -> 'benchmarks' -> 0 ->> 'value' AS value) x WHERE e.rule = 'R-5';
SELECT kind, severity, problem_en, problem_zh FROM check_standard('peers', 'survey_benchmark') WHERE kind LIKE 'control%' ORDER BY 1;
DELETE FROM survey_benchmark.standard_control WHERE industry_code = '' AND zone = '' OR industry_code = '26' AND zone = '' AND size_class = '' OR year > 0;
SELECT kind, severity, problem_en FROM check_standard('peers', 'survey_benchmark') WHERE kind LIKE 'control%' ORDER BY 1;
INSERT INTO survey_benchmark.standard_control (standard, indicator, industry_code, industry_code_system, zone, value, source) VALUES ('peers', 'vacancy', '26', 'new', 'A', 1, 'tier'), ('peers', 'vacancy', '27', 'new', 'B', 1, 'tier');
SELECT kind, severity, problem_en FROM check_standard('peers', 'survey_benchmark') WHERE kind = 'control_hole';
DROP TABLE benchmark_wide, benchmark_wide_kept, benchmark_case;
DROP TABLE benchmark_works, benchmark_turned, benchmark_expected, benchmark_kept;
SET client_min_messages = warning;
CALL drop_survey('survey_benchmark');
