-- ruleset: compiling, the external form, and every way a specification is refused
SET search_path = inefficient_land, public;
SET jit = off;     -- estimates for temporary tables would make it compile

-- a small one with all that there can be
CREATE TEMP TABLE part AS SELECT
ARRAY[('plot_ratio', 'number', NULL, 'parcel', 'open', NULL, 'plot ratio', '容积率'),
      ('contract.plot_ratio', 'number', NULL, 'parcel', NULL, NULL, NULL, NULL),
      ('tax', 'number', '万元/亩', 'part', NULL, NULL, NULL, NULL),
      ('tax', 'series', '万元/亩', 'part', NULL, NULL, NULL, NULL),
      ('industry', 'text', NULL, NULL, NULL, NULL, NULL, NULL),
      ('eliminated', 'boolean', NULL, NULL, 'complete_list', '工信局', 'eliminated "industry"', '淘汰类'),
      ('agreed_start', 'date', NULL, NULL, NULL, NULL, NULL, NULL)]::ruleset_fact[] AS facts,
ARRAY[('I-1', 'gate', 'agreed_start is known', 'years_since(agreed_start) >= 1', false, 'idle-land disposal', 'idle land', '闲置土地'),
      ('R-1', 'criterion', NULL, 'plot_ratio < 60% * contract.plot_ratio', NULL, NULL, NULL, NULL),
      ('R-2', 'criterion', NULL, 'tax<40%*peer_mean(tax)', false, NULL, NULL, NULL),
      ('R-3', 'criterion', NULL, 'for_years(2, tax < 1)', false, NULL, NULL, NULL),
      ('X-1', 'exemption', NULL, 'not eliminated', true, NULL, NULL, NULL)]::ruleset_rule[] AS rules,
ARRAY[('peer_mean( tax )', '{industry}', '{36}', 12, 8.5, NULL),
      ('peer_mean(tax)', '{industry}', '{13}', 2, NULL, 'fewer than 3'),
      ('control_indicator(tax)', '{}', '{}', NULL, 1e-7, 'not used by any rule')]::ruleset_benchmark[] AS benchmarks;
CREATE TEMP TABLE compiled AS
SELECT compile_ruleset('test/industrial', '2024', '2024-02-29', 1, facts, rules, benchmarks) AS r FROM part;
\pset format unaligned
\pset tuples_only on
SELECT r FROM compiled;
\pset format aligned
\pset tuples_only off
-- the text makes the same bytes again; the order of benchmarks leaves no trace; content counts
SELECT r::text::ruleset = r AS same, ruleset_send(r::text::ruleset) = ruleset_send(r) AS same_bytes, r::text::ruleset <> r AS differs,
       get_byte(ruleset_send(r), 0) AS format FROM compiled;
SELECT r = compile_ruleset('test/industrial', '2024', '2024-02-29', 1, facts, rules, benchmarks[3:3] || benchmarks[2:2] || benchmarks[1:1]) AS same,
       r = compile_ruleset('test/industrial', '2024', '2024-03-01', 1, facts, rules, benchmarks) AS other_date,
       r = compile_ruleset('test/industrial', '2024', '2024-02-29', 1, facts, rules, benchmarks[1:1]) AS other_benchmarks,
       ruleset_hash(r) = ruleset_hash(r::text::ruleset) AS same_hash, ruleset_hash_extended(r, 3) = ruleset_hash_extended(r::text::ruleset, 3) AS same_long_hash
  FROM compiled, part;
SELECT count(*) FROM (SELECT r FROM compiled UNION SELECT r::text::ruleset FROM compiled) u;
SELECT compile_ruleset('a', '1', NULL, 1, facts, rules, NULL)::text::jsonb ->> 'as_of' AS as_of FROM part;

-- what the external form refuses
SELECT '[]'::ruleset;
SELECT '{}'::ruleset;
SELECT '{"ruleset": 3}'::ruleset;
SELECT 'ruleset'::ruleset;
SELECT '{"ruleset": 1, "name": 5}'::ruleset;
SELECT '{"ruleset": 1, "name": "a", "version": "1"}'::ruleset;
CREATE TEMP TABLE altered AS SELECT r::text::jsonb AS j FROM compiled;
SELECT (j || '{"colour": 1}')::text::ruleset FROM altered;
SELECT jsonb_set(j, '{rules,0,colour}', '1')::text::ruleset FROM altered;
SELECT jsonb_set(j, '{rules,0,discretionary}', '"yes"')::text::ruleset FROM altered;
SELECT jsonb_set(j, '{rules}', '{}')::text::ruleset FROM altered;
SELECT jsonb_set(j, '{rules,0}', '[]')::text::ruleset FROM altered;
SELECT jsonb_set(j, '{as_of}', '"2024-02-30"')::text::ruleset FROM altered;
SELECT jsonb_set(j, '{criteria_needed}', '1.5e12')::text::ruleset FROM altered;
SELECT jsonb_set(j, '{benchmarks,0,key_value}', '["x", "y"]')::text::ruleset FROM altered;
SELECT jsonb_set(j, '{benchmarks,0,key_value}', '[1]')::text::ruleset FROM altered;
SELECT jsonb_set(j, '{benchmarks,0,value}', '"x"')::text::ruleset FROM altered;
SELECT jsonb_set(j, '{rules,1,criterion}', '"plot_ratio <"')::text::ruleset FROM altered;
-- keys in another order, and absent where null, make the same value
SELECT (SELECT jsonb_object_agg(key, value) FROM jsonb_each(j))::text::ruleset = r AS same FROM altered, compiled;
SELECT (jsonb_strip_nulls(j))::text::ruleset = r AS same FROM altered, compiled;

-- a shorthand for the refusals below
CREATE FUNCTION pg_temp.try(criterion criterion, fact ruleset_fact DEFAULT NULL, benchmark ruleset_benchmark DEFAULT NULL, rule ruleset_rule DEFAULT NULL) RETURNS text
LANGUAGE sql AS $$
SELECT 'compiled ' || (compile_ruleset('t', '1', '2024-02-29', 1,
       facts || CASE WHEN $2 IS DISTINCT FROM NULL THEN ARRAY[$2] ELSE '{}' END,
       rules || CASE WHEN $4 IS DISTINCT FROM NULL THEN ARRAY[$4] ELSE ARRAY[ROW('T-1', 'criterion', NULL, $1, false, NULL, NULL, NULL)::ruleset_rule] END,
       benchmarks || CASE WHEN $3 IS DISTINCT FROM NULL THEN ARRAY[$3] ELSE '{}' END) IS NOT NULL)::text FROM part $$;
-- names and types of facts
SELECT pg_temp.try('plot_ratio < 1');
SELECT pg_temp.try('plot_ration < 1');
SELECT pg_temp.try('plot_ratio < 1 and conract.plot_ratio < 2');
SELECT pg_temp.try('something_else < 1');
SELECT pg_temp.try('industry < 1');
SELECT pg_temp.try('plot_ratio');
SELECT pg_temp.try('industry in (1, 2)');
SELECT pg_temp.try('plot_ratio = industry');
SELECT pg_temp.try('agreed_start < 2000');
SELECT pg_temp.try('years_since(plot_ratio) > 1');
SELECT pg_temp.try('industry > ''1''');
SELECT pg_temp.try('industry > industry');
SELECT pg_temp.try('plot_ratio > 1 and for_years(2, plot_ratio < 1)');
SELECT pg_temp.try('x < 1', ROW('x', 'series', NULL, NULL, NULL, NULL, NULL, NULL));
SELECT pg_temp.try('for_years(2, x < 1)', ROW('x', 'series', NULL, NULL, NULL, NULL, NULL, NULL));
SELECT pg_temp.try('tax < peer_mean(plot_ration)');
SELECT pg_temp.try('tax < control_indicator(anything)');
-- facts
SELECT pg_temp.try('true', ROW(NULL, 'number', NULL, NULL, NULL, NULL, NULL, NULL));
SELECT pg_temp.try('true', ROW('a.b.c', 'number', NULL, NULL, NULL, NULL, NULL, NULL));
SELECT pg_temp.try('true', ROW('x', 'integer', NULL, NULL, NULL, NULL, NULL, NULL));
SELECT pg_temp.try('true', ROW('x', 'number', NULL, NULL, 'closed', NULL, NULL, NULL));
SELECT pg_temp.try('true', ROW('x', 'number', NULL, NULL, 'complete_list', NULL, NULL, NULL));
SELECT pg_temp.try('true', ROW('plot_ratio', 'number', NULL, NULL, NULL, NULL, NULL, NULL));
SELECT pg_temp.try('true', ROW('industry', 'series', NULL, NULL, NULL, NULL, NULL, NULL));
SELECT pg_temp.try('"RJL" < 1 and "my data".x < 1', ROW('RJL', 'number', NULL, NULL, NULL, NULL, NULL, NULL));
SELECT pg_temp.try('"RJL" < 1', ROW('RJL', 'number', NULL, NULL, NULL, NULL, NULL, NULL));
-- benchmarks
SELECT pg_temp.try('true', NULL, ROW(NULL, '{}', '{}', 1, 1, NULL));
SELECT pg_temp.try('true', NULL, ROW('peer_mean(', '{}', '{}', 1, 1, NULL));
SELECT pg_temp.try('true', NULL, ROW('tax', '{}', '{}', 1, 1, NULL));
SELECT pg_temp.try('true', NULL, ROW('peer_mean(tax)', '{industry}', '{36}', 1, 1, NULL));
SELECT pg_temp.try('true', NULL, ROW('peer_mean(tax)', '{}', '{}', 1, 1, NULL));
SELECT pg_temp.try('true', NULL, ROW('peer_mean(tax)', '{industry}', '{}', 1, 1, NULL));
SELECT pg_temp.try('true', NULL, ROW('peer_mean(tax)', '{industry}', '{NULL}', 1, 1, NULL));
SELECT pg_temp.try('true', NULL, ROW('peer_median(tax)', '{industri}', '{36}', 1, 1, NULL));
SELECT pg_temp.try('true', NULL, ROW('peer_median(tax)', '{industry}', '{36}', -1, 1, NULL));
SELECT pg_temp.try('true', NULL, ROW('peer_median(tax)', '{industry}', '{36}', 1, 'NaN', NULL));
SELECT pg_temp.try('true', NULL, ROW('peer_median(tax)', '{industry}', '{36}', 1, '-Infinity', NULL));
-- rules
SELECT pg_temp.try('true', NULL, NULL, ROW('R-1', 'criterion', NULL, 'true', NULL, NULL, NULL, NULL));
SELECT pg_temp.try('true', NULL, NULL, ROW(NULL, 'criterion', NULL, 'true', NULL, NULL, NULL, NULL));
SELECT pg_temp.try('true', NULL, NULL, ROW('T', 'veto', NULL, 'true', NULL, NULL, NULL, NULL));
SELECT pg_temp.try('true', NULL, NULL, ROW('T', 'criterion', NULL, NULL, NULL, NULL, NULL, NULL));
SELECT pg_temp.try('true', NULL, NULL, ROW('T', 'criterion', NULL, 'true', true, NULL, NULL, NULL));
SELECT pg_temp.try('true', NULL, NULL, ROW('T', 'criterion', 'plot_ratio < x', 'true', NULL, NULL, NULL, NULL));
-- the rest
SELECT compile_ruleset('t', '1', NULL, 4, facts, rules, NULL) FROM part;
SELECT compile_ruleset('t', '1', NULL, 0, facts, rules, NULL) FROM part;
SELECT compile_ruleset('t', '1', NULL, 1, facts, '{}', NULL) FROM part;
SELECT compile_ruleset('t', '1', 'infinity', 1, facts, rules, NULL) FROM part;
SELECT compile_ruleset('t', '1', '0044-03-15 BC', 1, facts, rules, NULL) FROM part;
SELECT compile_ruleset(NULL, '1', NULL, 1, facts, rules, NULL) FROM part;
SELECT compile_ruleset('t', NULL, NULL, 1, facts, rules, NULL) FROM part;
SELECT compile_ruleset('t', '1', NULL, NULL, facts, rules, NULL) FROM part;
SELECT compile_ruleset('t', '1', NULL, 1, NULL, rules, NULL) FROM part;
SELECT compile_ruleset('t', '1', NULL, 1, facts, NULL, NULL) FROM part;
SELECT compile_ruleset('t', '1', NULL, 1, facts, rules || NULL::ruleset_rule, NULL) FROM part;
SELECT compile_ruleset('t', '1', NULL, 1, facts || facts, rules, NULL) FROM part;
\set VERBOSITY sqlstate
SELECT pg_temp.try('plot_ration < 1');
SELECT pg_temp.try('industry < 1');
SELECT pg_temp.try('true', NULL, ROW('peer_median(tax)', '{industry}', '{36}', 1, 'NaN', NULL));
SELECT pg_temp.try('true', NULL, NULL, ROW('R-1', 'criterion', NULL, 'true', NULL, NULL, NULL, NULL));
SELECT compile_ruleset(NULL, '1', NULL, 1, facts, rules, NULL) FROM part;
\set VERBOSITY default

-- one criterion against facts, as a table of rules would do it
SELECT check_criterion('plot_ratio < 60% * contract.plot_ratio and for_years(2, tax < 1)', facts) FROM part;
SELECT check_criterion('plot_ratio < 60% * contract.plotratio', facts) FROM part;
SELECT check_criterion('plot_ratio < industry', facts) FROM part;
SELECT check_criterion('true', NULL) IS NULL AS unknown, check_criterion(NULL, facts) IS NULL AS unknown_too FROM part;
