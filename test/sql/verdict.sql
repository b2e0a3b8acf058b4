-- verdict: classify() on the worked cases, at every limit, with every fact missing, on every kind of row
SET search_path = inefficient_land, public;
SET jit = off;     -- estimates for temporary tables would make it compile

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

-- ---- at each limit, and one step to each side ----
SELECT x AS plot_ratio, v.verdict, v.reasons, round(v.margin::numeric, 15) AS margin
  FROM unnest('{0.89,0.9,0.91,0.99,1,1.01}'::double precision[] || ARRAY[1 - 1.2e-16, 1 + 2.3e-16]) x,
       LATERAL (SELECT x AS plot_ratio, 12 AS tax_per_mu, 'A' AS danger_grade, 'allowed' AS policy_class, false AS fails_after_rectification, '36' AS industry,
                       false AS is_above_scale, false AS is_strategic, 10 AS years_in_production OFFSET 0) f, jinhua, classify(f, r) v ORDER BY x;
SELECT x AS tax_per_mu, v.verdict, v.reasons
  FROM unnest('{7.99,8,8.01,7.999999999999999,8.000000000000002}'::double precision[]) x,
       LATERAL (SELECT 1.1 AS plot_ratio, x AS tax_per_mu, 'A' AS danger_grade, 'allowed' AS policy_class, false AS fails_after_rectification, '36' AS industry,
                       false AS is_above_scale, false AS is_strategic, 10 AS years_in_production OFFSET 0) f, jinhua, classify(f, r) v ORDER BY x;
SELECT x AS years_in_production, v.verdict, v.flags
  FROM unnest('{2,2.99,3,3.01}'::double precision[]) x,
       LATERAL (SELECT 0.5 AS plot_ratio, 12 AS tax_per_mu, 'A' AS danger_grade, 'allowed' AS policy_class, false AS fails_after_rectification, '36' AS industry,
                       false AS is_above_scale, false AS is_strategic, x AS years_in_production OFFSET 0) f, jinhua, classify(f, r) v ORDER BY x;

-- ---- each fact missing in turn: case b (nothing true) and case f decided (J-3 true, exempt) ----
SELECT p.id, missing_fact, v.verdict, v.reasons, v.missing, v.flags
  FROM parcel p, unnest('{plot_ratio,tax_per_mu,danger_grade,policy_class,fails_after_rectification,industry,is_above_scale,is_strategic,years_in_production}'::text[]) missing_fact,
       jsonb_populate_record(NULL::parcel, to_jsonb(p) - missing_fact) q, jinhua, classify(q, r) v
 WHERE p.id IN ('b', 'f, decided') ORDER BY p.id, array_position('{plot_ratio,tax_per_mu,danger_grade,policy_class,fails_after_rectification,industry,is_above_scale,is_strategic,years_in_production}', missing_fact);

-- ---- a value equal to percentage x limit is never below it: 5-95 % of 0.10-4.00 ----
CREATE FUNCTION pg_temp.share_rule(percent integer) RETURNS ruleset LANGUAGE sql AS $$
SELECT compile_ruleset('share', '1', NULL, 1, ARRAY[('value', 'number', NULL, NULL, NULL, NULL, NULL, NULL), ('contract.value', 'number', NULL, NULL, NULL, NULL, NULL, NULL)]::ruleset_fact[],
       ARRAY[('R', 'criterion', NULL, format('value < %s%% * contract.value', percent), false, NULL, NULL, NULL)]::ruleset_rule[], NULL) $$;
CREATE TEMP TABLE share AS SELECT percent, pg_temp.share_rule(percent) AS r FROM generate_series(5, 95) percent;
SELECT count(*) AS cases, count(*) FILTER (WHERE v.verdict <> 'not_inefficient') AS wrong, count(*) FILTER (WHERE v.margin <> 0) AS off_margin,
       count(*) FILTER (WHERE below) > 0 AS doubles_err
  FROM share, generate_series(10, 400) hundredths,
       LATERAL (SELECT (percent * hundredths / 10000::numeric)::double precision AS value, (hundredths / 100::numeric)::double precision AS contract_value,
                       (percent * hundredths / 10000::numeric)::double precision < (percent / 100::numeric)::double precision * (hundredths / 100::numeric)::double precision AS below OFFSET 0) f,
       classify(f, r) v;
-- one unit in the last place less, and it is below; the same in numeric and real columns
SELECT count(*) AS cases, count(*) FILTER (WHERE v.verdict <> 'inefficient') AS wrong
  FROM share, generate_series(10, 400) hundredths,
       LATERAL (SELECT (percent * hundredths / 10000::numeric)::double precision * (1 - 2.3e-16) AS value, (hundredths / 100::numeric)::double precision AS contract_value OFFSET 0) f,
       classify(f, r) v WHERE percent % 10 = 5;
SELECT count(*) AS cases, count(*) FILTER (WHERE v.verdict <> 'not_inefficient') AS wrong, count(*) FILTER (WHERE w.verdict <> 'not_inefficient') AS wrong_too
  FROM share, generate_series(10, 400) hundredths,
       LATERAL (SELECT percent * hundredths / 10000::numeric AS value, hundredths / 100::numeric AS contract_value OFFSET 0) f, classify(f, r) v,
       LATERAL (SELECT (percent * hundredths / 10000::numeric)::real AS value, (hundredths / 100::numeric)::real AS contract_value OFFSET 0) g, classify(g, r) w
 WHERE percent % 10 = 5;

-- ---- truth tables; a shorthand: T, F or U of one criterion on one row ----
CREATE FUNCTION pg_temp.rule(criterion criterion, facts text, as_of date DEFAULT '2024-02-29') RETURNS ruleset LANGUAGE sql AS $$
SELECT compile_ruleset('t', '1', as_of, 1,
       (SELECT array_agg((split_part(f, ' ', 1), split_part(f, ' ', 2), split_part(f, ' ', 4), NULL, nullif(split_part(f, ' ', 3), ''), '工信局', NULL, NULL)::ruleset_fact ORDER BY n)
          FROM regexp_split_to_table(facts, ', ') WITH ORDINALITY x(f, n)),
       ARRAY[('R', 'criterion', NULL, criterion, false, NULL, NULL, NULL)]::ruleset_rule[], NULL) $$;
CREATE FUNCTION pg_temp.truth(verdict_result) RETURNS text LANGUAGE sql AS
$$ SELECT CASE $1.verdict WHEN 'inefficient' THEN 'T' WHEN 'not_inefficient' THEN 'F' WHEN 'insufficient_data' THEN 'U ' || $1.missing::text ELSE $1.verdict END $$;
CREATE TEMP TABLE truth (a boolean, b boolean);
INSERT INTO truth SELECT a, b FROM unnest('{t,f,NULL}'::boolean[]) a, unnest('{t,f,NULL}'::boolean[]) b;
-- and, or, not as SQL has them; is known and is unknown are never unknown
SELECT count(*) AS rows, count(*) FILTER (WHERE and_.verdict <> CASE WHEN a AND b THEN 'inefficient' WHEN NOT (a AND b) THEN 'not_inefficient' ELSE 'insufficient_data' END) AS wrong_and,
       count(*) FILTER (WHERE or_.verdict <> CASE WHEN a OR b THEN 'inefficient' WHEN NOT (a OR b) THEN 'not_inefficient' ELSE 'insufficient_data' END) AS wrong_or,
       count(*) FILTER (WHERE not_.verdict <> CASE WHEN NOT a THEN 'inefficient' WHEN a THEN 'not_inefficient' ELSE 'insufficient_data' END) AS wrong_not,
       count(*) FILTER (WHERE equal.verdict <> CASE WHEN a = b THEN 'inefficient' WHEN a <> b THEN 'not_inefficient' ELSE 'insufficient_data' END) AS wrong_equal,
       count(*) FILTER (WHERE known.verdict <> CASE WHEN a IS NOT NULL THEN 'inefficient' ELSE 'not_inefficient' END) AS wrong_known,
       count(*) FILTER (WHERE unknown.verdict <> CASE WHEN (a AND b) IS NULL THEN 'inefficient' ELSE 'not_inefficient' END) AS wrong_unknown
  FROM truth t, classify(t, pg_temp.rule('a and b', 'a boolean, b boolean')) and_, classify(t, pg_temp.rule('a or b', 'a boolean, b boolean')) or_,
       classify(t, pg_temp.rule('not a', 'a boolean')) not_, classify(t, pg_temp.rule('a = b', 'a boolean, b boolean')) equal,
       classify(t, pg_temp.rule('a is known', 'a boolean')) known, classify(t, pg_temp.rule('(a and b) is unknown', 'a boolean, b boolean')) unknown;
-- at_least(k, a, b, c): true with k true ones, false when k are out of reach
SELECT k, count(*) AS rows, count(*) FILTER (WHERE v.verdict <> CASE WHEN t >= k THEN 'inefficient' WHEN t + u < k THEN 'not_inefficient' ELSE 'insufficient_data' END) AS wrong
  FROM generate_series(1, 3) k, LATERAL (SELECT pg_temp.rule(format('at_least(%s, a, b, c)', k)::criterion, 'a boolean, b boolean, c boolean') AS r OFFSET 0) r,
       (SELECT t.a, t.b, c FROM truth t, unnest('{t,f,NULL}'::boolean[]) c) f, classify(f, r) v,
       LATERAL (SELECT (a IS TRUE)::integer + (b IS TRUE)::integer + (c IS TRUE)::integer AS t, (a IS NULL)::integer + (b IS NULL)::integer + (c IS NULL)::integer AS u) n
 GROUP BY k ORDER BY k;
-- what is listed as missing is what keeps the answer open, and nothing else
SELECT c, pg_temp.truth(classify(facts, pg_temp.rule(c::criterion, 'p boolean, q boolean, t boolean, f boolean, x number, y number, z number, g text')))
  FROM (SELECT NULL::boolean AS p, NULL::boolean AS q, true AS t, false AS f, NULL::double precision AS x, NULL::numeric AS y, 0 AS z, NULL::text AS g) facts,
       unnest(ARRAY['p', 'p or t', 'p and f', 'p and t or q and f', '(p or q) and t', 'not (p and t)', 'at_least(2, p, q, t)', 'at_least(3, p, f, t)', 'at_least(1, p, f)', 'x < y',
                    'x < 1 or y < 1 and t', 'x between z and y', 'x in (1, 2)', 'g = ''A''', 'g in (''A'') and t', '1 / z < 1', 'x / z < 1', '1 / (z - 0) < y', 'z / z is unknown', 'x is known or p']) c;

-- ---- gates, criteria, exemptions: the whole table ----
CREATE TEMP TABLE composed AS
SELECT compile_ruleset('composed', '1', '2024-02-29', 1, ARRAY[('g', 'boolean', NULL, NULL, NULL, NULL, NULL, NULL), ('c', 'boolean', NULL, NULL, NULL, NULL, NULL, NULL), ('x', 'boolean', NULL, NULL, NULL, NULL, NULL, NULL)]::ruleset_fact[],
       ARRAY[('X', 'exemption', NULL, 'x', false, NULL, NULL, NULL), ('C', 'criterion', NULL, 'c', false, NULL, NULL, NULL), ('G0', 'gate', NULL, 'g', false, NULL, NULL, NULL), ('G1', 'gate', NULL, 'g', false, 'conservation', NULL, NULL)]::ruleset_rule[], NULL) AS r;
SELECT g, c, x, v.verdict, v.reasons, v.missing, v.flags, v.route
  FROM (SELECT g, a AS c, b AS x FROM unnest('{f,NULL,t}'::boolean[]) WITH ORDINALITY u(g, n), truth ORDER BY n, a DESC NULLS LAST, b DESC NULLS LAST OFFSET 0) f, composed, classify(f, r) v;
-- several criteria needed
SELECT f.*, v.verdict, v.reasons, v.missing
  FROM (VALUES (true, true, false), (true, NULL, false), (true, false, false), (true, NULL, NULL), (NULL, NULL, false), (false, NULL, false)) f(a, b, c),
       (SELECT compile_ruleset('two', '1', NULL, 2, array_agg((n, 'boolean', NULL, NULL, NULL, NULL, NULL, NULL)::ruleset_fact), array_agg((upper(n), 'criterion', NULL, n::criterion, false, NULL, NULL, NULL)::ruleset_rule), NULL) AS r FROM unnest('{a,b,c}'::text[]) n) s,
       classify(f, r) v;
-- applicability before truth: where a rule does not apply it is false, where that is open and the criterion not false it is open
SELECT f.*, v.verdict, v.missing
  FROM (SELECT a, b FROM truth ORDER BY a DESC NULLS LAST, b DESC NULLS LAST OFFSET 0) f,
       (SELECT compile_ruleset('applies', '1', NULL, 1, ARRAY[('a', 'boolean', NULL, NULL, NULL, NULL, NULL, NULL), ('b', 'boolean', NULL, NULL, NULL, NULL, NULL, NULL)]::ruleset_fact[],
               ARRAY[('R', 'criterion', 'a', 'b', false, NULL, NULL, NULL)]::ruleset_rule[], NULL) AS r) s, classify(f, r) v;

-- ---- idle land (domain 1.3): a gate that applies only where a document sets a start date ----
CREATE TEMP TABLE idle AS
SELECT as_of, compile_ruleset('idle', '1', as_of, 1,
       ARRAY[('agreed_start', 'date', NULL, NULL, NULL, NULL, NULL, NULL), ('has_grant', 'boolean', NULL, NULL, NULL, NULL, NULL, NULL), ('is_completed', 'boolean', NULL, NULL, NULL, NULL, NULL, NULL), ('is_started', 'boolean', NULL, NULL, NULL, NULL, NULL, NULL),
             ('suspended_since', 'date', NULL, NULL, NULL, NULL, NULL, NULL), ('started_area', 'number', NULL, NULL, NULL, NULL, NULL, NULL), ('planned_area', 'number', NULL, NULL, NULL, NULL, NULL, NULL),
             ('invested', 'number', NULL, NULL, NULL, NULL, NULL, NULL), ('planned_investment', 'number', NULL, NULL, NULL, NULL, NULL, NULL)]::ruleset_fact[],
       ARRAY[('I-1', 'gate', 'has_grant and not is_completed', 'not is_started and years_since(agreed_start) >= 1', false, 'idle-land disposal', NULL, NULL),
             ('I-2', 'gate', 'has_grant and not is_completed', 'is_started and years_since(suspended_since) >= 1 and (started_area / planned_area < 1 / 3 or invested < 25% * planned_investment)', false, 'idle-land disposal', NULL, NULL),
             ('C', 'criterion', NULL, 'false', false, NULL, NULL, NULL)]::ruleset_rule[], NULL) AS r
  FROM unnest('{2024-02-29,2024-03-01}'::date[]) as_of;
CREATE TEMP TABLE site (what text, has_grant boolean, is_completed boolean, agreed_start date, is_started boolean, suspended_since date, started_area numeric, planned_area numeric, invested double precision, planned_investment double precision);
INSERT INTO site VALUES
('agreed 2023-03-01, never started', true, false, '2023-03-01', false, NULL, NULL, NULL, NULL, NULL),
('suspended, 3,000 of 9,000 m2, half invested', true, false, '2020-01-01', true, '2022-01-01', 3000, 9000, 50, 100),
('suspended, 2,999.99 of 9,000 m2, half invested', true, false, '2020-01-01', true, '2022-01-01', 2999.99, 9000, 50, 100),
('suspended, half started, 25 % invested', true, false, '2020-01-01', true, '2022-01-01', 4500, 9000, 25, 100),
('suspended, half started, 24.99 % invested', true, false, '2020-01-01', true, '2022-01-01', 4500, 9000, 24.99, 100),
('built up for forty years, no document', false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
('completed', true, true, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
('document, start unknown', true, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
('document unknown', NULL, false, '2023-03-01', false, NULL, NULL, NULL, NULL, NULL);
SELECT as_of, what, v.verdict, v.reasons, v.missing, v.route FROM site s, idle, classify(s, r) v ORDER BY as_of, s.ctid;

-- completed years, against the calendar of the server
SELECT x.d, x.as_of, v.margin + 1 AS years
  FROM (VALUES ('2023-02-28'::date, '2024-02-28'::date), ('2024-02-29', '2025-02-27'), ('2024-02-29', '2025-02-28'), ('2024-02-29', '2028-02-28'), ('2024-02-29', '2028-02-29'),
               ('2023-12-31', '2024-12-30'), ('2023-12-31', '2024-12-31'), ('2025-03-01', '2024-03-01'), ('2025-03-01', '2024-02-29'), ('2024-03-01', '2024-02-29')) x(d, as_of),
       LATERAL (SELECT x.d OFFSET 0) f, classify(f, pg_temp.rule('years_since(d) < 1', 'd date', as_of)) v;
SELECT count(*) AS cases, count(*) FILTER (WHERE v.margin + 1 <> (SELECT max(n) FROM generate_series(-30, 30) n WHERE d + n * interval '1 year' <= as_of)) AS wrong
  FROM generate_series(0, 40) i, generate_series(0, 40) j, LATERAL (SELECT '2000-01-15'::date + i * 231 AS d, '2012-02-27'::date + j * 97 AS as_of OFFSET 0) f,
       classify(f, pg_temp.rule('years_since(d) < 1', 'd date', as_of)) v;
SELECT pg_temp.truth(classify(f, pg_temp.rule('years_since(d) >= 1', 'd date', NULL))) FROM (SELECT '2020-01-01'::date AS d) f;

-- ---- investment intensity composed (E.5): 1 ha, contract 6,000, plant and equipment 2,700, land price 400 ----
SELECT f.what, v.verdict, round(v.margin::numeric, 6) AS margin
  FROM (VALUES ('with land price', 2700, 400), ('without', 2700, 0), ('exactly half', 2600, 400)) x(what, plant, land),
       LATERAL (SELECT what, plant AS plant_investment, land AS land_price, 10000 AS land_area, 6000 AS contract_investment_intensity OFFSET 0) f,
       classify(f, pg_temp.rule('(plant_investment + land_price) / land_area * 10000 < 50% * contract.investment_intensity', 'plant_investment number, land_price number, land_area number, contract.investment_intensity number')) v;

-- ---- consecutive years (E.6): limit 5 ----
SELECT f.tax_series, f.tax_years, pg_temp.truth(two) AS two_years, pg_temp.truth(last) AS up_to_2023
  FROM (VALUES ('{4,NULL,4}'::float8[], '{2021,2022,2023}'::integer[]), ('{4,6,4}', '{2021,2022,2023}'), ('{6,4,4}', '{2021,2022,2023}'), ('{4,4,6}', '{2021,2022,2023}'), ('{4,5}', '{2022,2023}'), ('{4,4}', '{2021,2023}'),
               ('{4,4}', '{2023,2022}'), ('{4}', '{2023}'), ('{6}', '{2023}'), ('{}', '{}'), (NULL, NULL), ('{4,NULL}', '{2022,2023}')) f(tax_series, tax_years),
       classify(f, pg_temp.rule('for_years(2, tax < 5)', 'tax series')) two, classify(f, pg_temp.rule('for_years(2, tax < 5, year => -1)', 'tax series')) last;
-- against a contract that does not change, with a number of the same name, in a numeric array, and as field of a composite
SELECT f.*, v.verdict, v.missing, round(v.margin::numeric, 6) AS margin
  FROM (SELECT ARRAY[4, 4.5, 6]::numeric[] AS tax_series, '{2021,2022,2023}'::integer[] AS tax_years, 6 AS tax, c AS contract_tax FROM unnest('{5,4.5,NULL}'::double precision[]) c OFFSET 0) f,
       classify(f, pg_temp.rule('for_years(2, tax < contract.tax) or tax < 1', 'tax number, tax series, contract.tax number')) v;
SELECT v.verdict FROM (SELECT c FROM (SELECT '{4,4}'::float8[] AS tax_series, '{2022,2023}'::integer[] AS tax_years) c OFFSET 0) f, classify(f, pg_temp.rule('for_years(2, c.tax < 5)', 'c.tax series')) v;

-- ---- residential (E.7): J-9a and J-9b with the facts they need ----
SELECT f.*, v.verdict, v.reasons, v.missing
  FROM (VALUES (2000, 0.99, false, 0.1), (2001, 0.99, false, 0.1), (2000, 0.99, true, 0.1), (2000, 1.2, false, 0.5), (2000, 1.2, false, 0.49), (NULL, 1.2, false, 0.5)) f(built_year, plot_ratio, is_villa, dilapidated_block_share),
       (SELECT compile_ruleset('residential', '1', NULL, 1, ARRAY[('built_year', 'number', NULL, NULL, NULL, NULL, NULL, NULL), ('plot_ratio', 'number', NULL, NULL, NULL, NULL, NULL, NULL), ('is_villa', 'boolean', NULL, NULL, NULL, NULL, NULL, NULL), ('dilapidated_block_share', 'number', NULL, NULL, NULL, NULL, NULL, NULL)]::ruleset_fact[],
               ARRAY[('J-9a', 'criterion', 'not is_villa', 'built_year <= 2000 and plot_ratio < 1.0', false, NULL, NULL, NULL), ('J-9b', 'criterion', NULL, 'built_year <= 2000 and dilapidated_block_share >= 50%', false, NULL, NULL, NULL)]::ruleset_rule[], NULL) AS r) s,
       classify(f, r) v;

-- ---- complete lists: NULL is "not on the list"; without a column nothing is said ----
SELECT c, pg_temp.truth(v) AS listed_nowhere, pg_temp.truth(w) AS no_column
  FROM unnest(ARRAY['e', 'not e', 'e is known', 'p = ''eliminated''', 'p <> ''eliminated''', 'p in (''a'', ''b'')', 'p not in (''a'')', 'not p = ''a''', 'p = q', 'p >= ''a'' of (''a'', ''b'')', 'p is unknown', 'e = true', 'q = ''a''']) c,
       LATERAL (SELECT pg_temp.rule(c::criterion, 'e boolean complete_list, p text complete_list, q text') AS r OFFSET 0) r,
       (SELECT NULL::boolean AS e, NULL::text AS p, NULL::text AS q) f, classify(f, r) v, (SELECT NULL::text AS q) g, classify(g, r) w;

-- ---- codes in an order ----
SELECT f.g, pg_temp.truth(v) AS at_least_c, pg_temp.truth(w) AS below_c, pg_temp.truth(e) AS is_c
  FROM unnest('{A,B,C,D,E,NULL}'::text[]) code, LATERAL (SELECT code AS g OFFSET 0) f, classify(f, pg_temp.rule('g >= ''C'' of (''A'', ''B'', ''C'', ''D'')', 'g text')) v,
       classify(f, pg_temp.rule('''C'' > g of (''A'', ''B'', ''C'', ''D'')', 'g text')) w, classify(f, pg_temp.rule('g = ''C'' of (''A'', ''B'', ''C'', ''D'')', 'g text')) e;

-- ---- margins: nearest criterion, "and" the farther, "or" the nearer, "not" turned ----
SELECT c, v.verdict, round(v.margin::numeric, 6) AS margin
  FROM (SELECT 0.9 AS a, 3 AS b, true AS t, NULL::numeric AS n, 0 AS z) f,
       unnest(ARRAY['a < 1', 'a <= 1', '1 > a', 'a > 1', 'a >= 0.9', 'b < 2', 'a < 1 and b < 2', 'a < 1 or b < 2', 'not a < 1', 'a < 1 and t', 'a < 1 or t', 't', 'a < n', 'a < n or b < 2', 'a between 0.5 and 1', 'a not between 0.5 and 1',
                    'a = 1', 'a in (1)', 'z < 0', 'a < z', 'a < b', 'contract.a > a', 'a > contract.a', 'at_least(2, a < 1, b < 2, b < 4)', '2 * a < 60% * b']) c,
       LATERAL (SELECT f.*, 0.8 AS contract_a OFFSET 0) h, classify(h, pg_temp.rule(c::criterion, 'a number, b number, t boolean, n number, z number, contract.a number')) v;

-- ---- peer figures: group by key, no figure, too few peers; keys of every type ----
CREATE TEMP TABLE peers AS
SELECT compile_ruleset('peers', '1', NULL, 1, ARRAY[('x', 'number', NULL, NULL, NULL, NULL, NULL, NULL), ('i', 'text', NULL, NULL, NULL, NULL, NULL, NULL), ('k', 'number', NULL, NULL, NULL, NULL, NULL, NULL), ('b', 'boolean', NULL, NULL, NULL, NULL, NULL, NULL), ('d', 'date', NULL, NULL, NULL, NULL, NULL, NULL)]::ruleset_fact[],
       ARRAY[('R', 'criterion', NULL, 'x < peer_mean(x)', false, NULL, NULL, NULL)]::ruleset_rule[],
       ARRAY[('peer_mean(x)', '{i,k,b,d}', '{36,1.5,true,2024-02-29}', 9, 10, NULL), ('peer_mean(x)', '{i,k,b,d}', '{36,2,false,2024-02-29}', 2, NULL, 'fewer than three')]::ruleset_benchmark[]) AS r;
SELECT f.*, v.verdict, v.missing
  FROM (VALUES (9, '36', 1.5, true, '2024-02-29'::date), (10, '36', 1.5, true, '2024-02-29'), (9, '36', 2.0, false, '2024-02-29'), (9, '36', 1.5, false, '2024-02-29'), (9, '3', 61.5, true, '2024-02-29'),
               (9, NULL, 1.5, true, NULL), (NULL, '36', 1.5, true, '2024-02-29'), (NULL, NULL, 1.5, true, '2024-02-29')) f(x, i, k, b, d), peers, classify(f, r) v;

-- ---- numbers of every type; more digits than a double has ----
SELECT v.verdict, w.verdict AS equal FROM
 (SELECT 5::smallint AS a, 5::integer AS b, 5::bigint AS c, 5::real AS d, 5::double precision AS e, 5::numeric AS f) facts,
 classify(facts, pg_temp.rule('a = 5 and b = 5 and c = 5 and d = 5 and e = 5 and f = 5', 'a number, b number, c number, d number, e number, f number')) v,
 (SELECT 9007199254740993::bigint AS a, 9007199254740993::numeric AS b, 9007199254740992::double precision AS c, 0.1::real AS d, 0.1000000000000000055511151231257827::numeric AS e, 0.1::double precision AS f) g,
 classify(g, pg_temp.rule('a = b and a <> c and a > c and a = 9007199254740993 and d = 0.1 and e > 0.1 and e > f and e = 0.1000000000000000055511151231257827', 'a number, b number, c number, d number, e number, f number')) w;
SELECT pg_temp.truth(classify(f, pg_temp.rule('a / b * b = a and a - b + b = a and (a + b) * (a - b) = a * a - b * b', 'a number, b number'))) FROM (SELECT 0.1 AS a, 0.7 AS b) f;
SELECT pg_temp.truth(classify(f, pg_temp.rule('a * a * a * a = b', 'a number, b number'))) FROM (SELECT 1e300::double precision AS a, 1 AS b) f;
SELECT classify(f, pg_temp.rule((SELECT string_agg('a', ' * ') || ' = ' || string_agg('a', ' * ') FROM generate_series(1, 120))::criterion, 'a number')) FROM (SELECT 1e-300::double precision AS a) f;
-- exact arithmetic has bounds, far beyond any figure
SELECT classify(f, pg_temp.rule((SELECT term || ' = ' || term FROM (SELECT string_agg('(' || factor || ')', ' * ') AS term FROM (SELECT string_agg('a', ' * ') AS factor FROM generate_series(1, 150)) g, generate_series(1, 5)) t)::criterion, 'a number'))
  FROM (SELECT 0.12345678901234567::double precision AS a) f;

-- ---- rows of every kind ----
CREATE TEMP TABLE contract (code text PRIMARY KEY, plot_ratio double precision);
INSERT INTO contract VALUES ('a', 1.6), ('b', NULL);
CREATE TEMP TABLE plot (dropped integer, code text, plot_ratio numeric(6, 3), contract_plot_ratio double precision);
ALTER TABLE plot DROP COLUMN dropped;
INSERT INTO plot VALUES ('a', 0.95, 1.0), ('b', 0.95, 1.0), ('c', 0.95, NULL);
CREATE TEMP VIEW plot_view AS SELECT code, plot_ratio, contract_plot_ratio FROM plot;
CREATE TEMP TABLE third AS SELECT pg_temp.rule('plot_ratio < 60% * contract.plot_ratio', 'plot_ratio number, contract.plot_ratio number') AS r;
\set row 'v.verdict, v.missing'
-- column contract_plot_ratio of a table, of a view; field of a composite, of a record; the composite wins over the column, as NULL too;
-- a type without the field leaves the column, a record of no type does not
SELECT p.code, :row FROM plot p, third, classify(p, r) v;
SELECT p.code, :row FROM plot_view p, third, classify(p, r) v;
SELECT q.code, :row FROM (SELECT p.*, c AS contract FROM plot p LEFT JOIN contract c USING (code)) q, third, classify(q, r) v ORDER BY 1;
SELECT q.code, :row FROM (SELECT p.code, p.plot_ratio, c AS contract FROM plot p LEFT JOIN (SELECT code, plot_ratio FROM contract) c USING (code)) q, third, classify(q, r) v ORDER BY 1;
SELECT q.code, :row FROM (SELECT p.*, s AS contract FROM plot p, (SELECT site FROM site LIMIT 1) s(s)) q, third, classify(q, r) v ORDER BY 1;
SELECT q.code, :row FROM (SELECT p.*, c AS contract FROM plot p LEFT JOIN (SELECT code FROM contract) c USING (code)) q, third, classify(q, r) v ORDER BY 1;
-- in the select list, in a CTE, from VALUES, from a function, a NULL row of an outer join
SELECT (classify(p, r)).verdict FROM plot p, third;
WITH q AS MATERIALIZED (SELECT 0.95 AS plot_ratio, 1.6 AS contract_plot_ratio) SELECT :row FROM q, third, classify(q, r) v;
SELECT :row FROM (VALUES (0.95, 1.6)) q(plot_ratio, contract_plot_ratio), third, classify(q, r) v;
SELECT c.code, p IS NULL AS no_plot, classify(p, r) IS NULL AS no_verdict FROM contract c LEFT JOIN plot p ON p.code = c.code AND p.code = 'a', third ORDER BY 1;
DO $$
DECLARE
    p plot;
    s ruleset := (SELECT r FROM third);
BEGIN
    FOR p IN SELECT * FROM plot LOOP
        RAISE NOTICE '% %', p.code, (classify(p, s)).verdict;
    END LOOP;
END $$;
-- texts of every type, trailing blanks of char(n) do not count, of text they do
CREATE TYPE pg_temp.grade AS ENUM ('A', 'B', 'C');
CREATE DOMAIN pg_temp.code AS varchar(10);
SELECT pg_temp.truth(v) FROM (SELECT 'C'::text AS a, 'C'::varchar(9) AS b, 'C'::char(9) AS c, 'C'::name AS d, 'C'::pg_temp.grade AS e, 'C'::pg_temp.code AS f, 'C ' AS g) facts,
       classify(facts, pg_temp.rule('a = b and b = c and c = d and d = e and e = f and f <> g and e >= ''B'' of (''A'', ''B'', ''C'')', 'a text, b text, c text, d text, e text, f text, g text')) v;
-- dates also as timestamp
SELECT pg_temp.truth(v) FROM (SELECT '2024-02-29'::date AS a, '2024-02-29 23:59:59'::timestamp AS b) t, classify(t, pg_temp.rule('a = b and b between date ''2024-02-29'' and date ''2024-02-29'' and a in (date ''2024-02-29'')', 'a date, b date')) v;
-- the row type changes under a running session
PREPARE again AS SELECT p.code, :row FROM plot p, third, classify(p, r) v;
EXECUTE again;
ALTER TABLE plot ADD COLUMN extra text;
ALTER TABLE plot RENAME COLUMN contract_plot_ratio TO other;
EXECUTE again;
DEALLOCATE again;
-- many rulesets in turn in one query, more than are kept at a time; toasted or not
CREATE TEMP TABLE many AS SELECT n, compile_ruleset('many ' || n || repeat(' long', n % 3 * 800), '1', NULL, 1, ARRAY[('n', 'number', NULL, NULL, NULL, NULL, NULL, NULL)]::ruleset_fact[],
       ARRAY[('R' || n, 'criterion', NULL, format('n < %s', n)::criterion, false, NULL, NULL, NULL)]::ruleset_rule[], NULL) AS r FROM generate_series(1, 40) n;
SELECT count(*), count(*) FILTER (WHERE (v.verdict = 'inefficient') <> (f.n < m.n)) AS wrong, count(*) FILTER (WHERE NOT v.standard LIKE 'many ' || m.n || '%') AS wrong_standard
  FROM generate_series(1, 50) i, LATERAL (SELECT i AS n OFFSET 0) f, many m, classify(f, m.r) v;
-- a row of unknown facts beside the others changes none of them
SELECT count(*) AS rows, count(*) FILTER (WHERE v IS DISTINCT FROM w) AS changed
  FROM (SELECT p.id, classify(p, r) AS v FROM parcel p, jinhua) a
  JOIN (SELECT q.id, classify(q, r) AS w FROM (SELECT p.id, p.plot_ratio, p.tax_per_mu, p.danger_grade, p.policy_class, p.fails_after_rectification, p.industry, p.is_above_scale, p.is_strategic, p.years_in_production, p.exemption_decision
                                                 FROM (TABLE parcel UNION ALL SELECT (NULL::parcel).* ORDER BY 1 DESC) p) q, jinhua) b USING (id);
-- nothing but the facts counts
SET DateStyle = 'SQL, DMY'; SET TimeZone = 'Pacific/Kiritimati'; SET extra_float_digits = -15; SET inefficient_land.language = zh;
SELECT as_of::text, v.verdict, v.reasons FROM site s, idle, classify(s, r) v WHERE s.ctid = '(0,1)' ORDER BY idle.as_of;
RESET DateStyle; RESET TimeZone; RESET extra_float_digits; RESET inefficient_land.language;

-- ---- what is refused ----
SELECT classify(ROW(0.95, 1.6), r) FROM third;
SELECT classify(f, r) FROM (SELECT 'low' AS plot_ratio) f, third;
SELECT classify(f, r) FROM (SELECT 'NaN'::double precision AS plot_ratio) f, third;
SELECT classify(f, r) FROM (SELECT '-Infinity'::double precision AS contract_plot_ratio) f, third;
SELECT classify(f, r) FROM (SELECT 'NaN'::numeric AS plot_ratio) f, third;
SELECT classify(f, r) FROM (SELECT 'Infinity'::real AS plot_ratio) f, third;
SELECT classify(f, r) FROM (SELECT 'Infinity'::numeric AS plot_ratio) f, third;
SELECT classify(f, pg_temp.rule('d > date ''2024-01-01''', 'd date')) FROM (SELECT 'infinity'::date AS d) f;
SELECT classify(f, pg_temp.rule('d > date ''2024-01-01''', 'd date')) FROM (SELECT '2024-01-01'::timestamptz AS d) f;
SELECT classify(f, pg_temp.rule('for_years(1, t < 1)', 't series')) FROM (SELECT '{1}'::float8[] AS t_series, '{2020,2021}'::integer[] AS t_years) f;
SELECT classify(f, pg_temp.rule('for_years(1, t < 1)', 't series')) FROM (SELECT '{1,2}'::float8[] AS t_series, '{2020,2020}'::integer[] AS t_years) f;
SELECT classify(f, pg_temp.rule('for_years(1, t < 1)', 't series')) FROM (SELECT '{1,2}'::float8[] AS t_series, '{2020,NULL}'::integer[] AS t_years) f;
SELECT classify(f, pg_temp.rule('for_years(1, t < 1)', 't series')) FROM (SELECT '{1,2}'::float8[] AS t_series, '{2020,20210}'::integer[] AS t_years) f;
SELECT classify(f, pg_temp.rule('for_years(1, t < 1)', 't series')) FROM (SELECT '{1,NaN}'::float8[] AS t_series, '{2020,2021}'::integer[] AS t_years) f;
SELECT classify(f, pg_temp.rule('for_years(1, t < 1)', 't series')) FROM (SELECT '{a}'::text[] AS t_series, '{2020}'::integer[] AS t_years) f;
SELECT classify(f, pg_temp.rule('for_years(1, t < 1)', 't series')) FROM (SELECT '{1}'::float8[] AS t_series, '{2020}'::bigint[] AS t_years) f;
SELECT classify(f, r) FROM (SELECT 1 AS plot_ratio, 'X'::text AS exemption_decision) f, third;
SELECT classify(NULL::plot, r) IS NULL AS no_row, classify(p, NULL) IS NULL AS no_rules FROM plot p, third LIMIT 1;
-- a limit that nearly cancels out, here 4e-17, is not taken from its few digits as a double
SELECT abs(v.margin / 7499999999999999 - 1) < 1e-13 AS exact
  FROM (SELECT 0.30000000000000004::double precision AS x, 0.3::double precision AS y) f,
       classify(f, compile_ruleset('t', '1', NULL, 1, ARRAY[('x', 'number', NULL, NULL, NULL, NULL, NULL, NULL), ('y', 'number', NULL, NULL, NULL, NULL, NULL, NULL)]::ruleset_fact[],
                                   ARRAY[('A', 'criterion', NULL, 'y < x - y', false, NULL, NULL, NULL)]::ruleset_rule[], NULL)) v;

-- ---- by the name of a standard ----
CREATE TEMP TABLE named AS SELECT i AS id, 0.9 + i / 20.0 AS plot_ratio, CASE WHEN i % 3 = 0 THEN 'C' ELSE 'A' END AS danger_grade, true AS safety_compliant, 'allowed' AS industry_policy_class FROM generate_series(1, 6) i;
SELECT n.id, v.verdict, v.reasons, v.missing = w.missing AS same_missing, v = w AS same
  FROM named n, classify(n, 'jinhua-2024/industrial') v, make_ruleset('jinhua-2024/industrial') r, classify(n, r) w ORDER BY n.id;
-- the standard may change from row to row, as_of and NULL too
SELECT s, d, (classify(n, s, as_of => d)).verdict FROM named n, (VALUES ('jinhua-2024/industrial', NULL::date), ('taizhou-2025/industrial', '2025-05-01'), (NULL, NULL)) AS c (s, d) WHERE n.id = 3;
SELECT count(*) AS rules, count(*) FILTER (WHERE e IS DISTINCT FROM f) AS different
  FROM named n, make_ruleset('jinhua-2024/industrial') r, explain_verdict(n, 'jinhua-2024/industrial') WITH ORDINALITY AS e JOIN LATERAL explain_verdict(n, r) WITH ORDINALITY AS f ON e.rule = f.rule WHERE n.id = 1;
SELECT classify(n, 'jinhua-2024/nothing') FROM named n;
SELECT classify(n, 'jinhua-1924/industrial') FROM named n;
