-- what a person waits for: the explanation of one verdict, the check of a long standard
\ir standard.sql

CALL bench.measure_time('explain_verdict, one row, ten rules', goal_ms => 5, row_count => 1,
    statement => 'SELECT count(*), sum(length(reason) + length(operands::text)) FROM (SELECT * FROM bench.fact LIMIT 1) f JOIN bench.rule_set r USING (family), explain_verdict(f, r.ruleset)');

CALL create_survey('bench_survey', 4548, base_year => 2022, synthetic => true);
SET search_path = bench_survey, inefficient_land, public;
\set parcels 1000
\ir ../data/grid_survey.sql
SET search_path = inefficient_land, public;
CALL resolve_keys('bench_survey');
\o /dev/null
CALL assess('bench_survey', standard => 'jinhua-2024', as_of => '2024-02-29');
\o
ANALYZE;
CALL bench.measure_time('explain_parcel, one of 1,000 parcels', goal_ms => 5, row_count => 1,
    statement => 'SELECT count(*), sum(length(reason) + length(operands::text)) FROM explain_parcel(''bench_survey'', ''P000007'')');

-- a thousand rules in four land types
INSERT INTO bench_survey.standard (code, version, title_en, title_zh, source, confirmation) VALUES ('large', '1', 'large', '大', 'benchmark', 'synthetic');
INSERT INTO bench_survey.standard_land_type (standard, land_type, family, label_en, label_zh)
SELECT 'large', 'shop' || n, 'commerce_office', 'shops', '商铺' FROM generate_series(1, 4) n;
INSERT INTO bench_survey.standard_fact SELECT u.* FROM generate_series(1, 4) n, usual_fact('large', 'shop' || n, 'plot_ratio built_year vacancy_rate tax_per_floor_area') u;
INSERT INTO bench_survey.standard_rule (standard, land_type, rule, role, criterion, label_en, label_zh)
SELECT 'large', 'shop' || n, 'L-' || i, 'criterion', format('%s and built_year < %s', (ARRAY['plot_ratio < 1', 'vacancy_rate >= 30%', 'tax_per_floor_area < 400'])[1 + i % 3], 1700 + i)::criterion, 'low', '低'
  FROM generate_series(1, 4) n, generate_series(1, 250) i;
CALL bench.measure_time('check_standard, 1,000 rules', goal_ms => 1000, row_count => 1000, pairs => 5,
    statement => 'SELECT count(*), sum(length(problem_en)) FROM check_standard(''large'', ''bench_survey'')');
CALL drop_survey('bench_survey');
