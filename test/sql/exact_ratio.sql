-- exact_ratio: ratios of exact sums over common support, state, merge, detail, coverage
SET search_path = inefficient_land, public;
\set VERBOSITY terse

-- 1. common support, counts and coverage
SELECT (ratio_detail_agg(n, d)).* FROM (VALUES (1, 2), (3, 6), (NULL, 4), (5, NULL), (7, 0), (NULL, 0), (NULL, NULL)) t(n, d);
SELECT ratio_agg(n, d) FROM (VALUES (1, 2), (3, 6), (NULL, 4), (5, NULL), (7, 0), (NULL, 0), (NULL, NULL)) t(n, d);
SELECT ratio_state(n, d), exact_ratio_indicator(ratio_state(n, d)), exact_ratio_value(ratio_state(n, d)), exact_ratio_detail(ratio_state(n, d))
  FROM (VALUES (1, 2), (3, 6), (NULL, 4), (5, NULL), (7, 0)) t(n, d);
-- negative numerators are legal (losses, refunds), the sum may even be zero
SELECT (ratio_detail_agg(n, d)).* FROM (VALUES (-3.0, 2), (1.5, 6), (1.5, 0.5)) t(n, d);

-- 2. nothing known is NULL, never zero
SELECT (ratio_detail_agg(n, d)).*, ratio_agg(n, d), ratio_state(n, d) FROM (VALUES (1, 2)) t(n, d) WHERE false;
SELECT (ratio_detail_agg(n, d)).*, ratio_agg(n, d), ratio_state(n, d) FROM (VALUES (NULL::float8, NULL::float8), (NULL, NULL)) t(n, d);
SELECT (ratio_detail_agg(n, d)).*, ratio_agg(n, d) FROM (VALUES (NULL::float8, 3), (NULL, 4)) t(n, d);
SELECT (ratio_detail_agg(n, d)).*, ratio_agg(n, d) FROM (VALUES (1, 0), (0, 0)) t(n, d);
SELECT ratio_merge(s), exact_ratio_merge_state(s) FROM (VALUES (NULL::exact_ratio), (NULL)) t(s);
SELECT ratio_merge(s), exact_ratio_merge_state(s) FROM (VALUES ('ratio'::exact_ratio)) t(s);

-- 3. the ratio of the exact sums is rounded once: n times x over n is x
SELECT count(*) AS n, bool_and(ratio = 0.1) AS tenth, bool_and(inverse = 10) AS ten, bool_and(mean = 0.1) AS mean_tenth, count(*) FILTER (WHERE builtin <> 0.1) > 0 AS builtin_is_not
  FROM (SELECT n, ratio_agg(0.1, 1) AS ratio, ratio_agg(1, 0.1) AS inverse, exact_mean_agg(0.1) AS mean, avg(0.1::float8) AS builtin
          FROM generate_series(1, 50) n, generate_series(1, n) GROUP BY n) q;
SELECT ratio_agg(v, 1) * 3 AS one FROM (VALUES (1e308), (1), (-1e308)) t(v);
SELECT weighted_mean_agg(v, w) AS mean FROM (VALUES (1970, 3000.5), (2010, 1000.25), (NULL, 500), (1990, 0)) t(v, w);
-- products are added before they are rounded: 2 * (1 + 2^-52) * (1 - 2^-53) - 2 = 2^-52 - 2^-104
SELECT weighted_mean_agg(v, w) * 3 = power(2::float8, -52) - power(2::float8, -104) AS exact_products
  FROM (VALUES (1 + power(2::float8, -52), 1 - power(2::float8, -53)), (1 + power(2::float8, -52), 1 - power(2::float8, -53)), (-2, 1)) t(v, w);

-- 4. what is refused
\set VERBOSITY default
SELECT ratio_agg(n, d) FROM (VALUES (1, 2), (1, -2)) t(n, d);
SELECT ratio_agg(n, d) FROM (VALUES (NULL::float8, -2)) t(n, d);
SELECT ratio_agg(n, d) FROM (VALUES ('NaN'::float8, NULL::float8)) t(n, d);
SELECT ratio_agg(n, d) FROM (VALUES (1, 'Infinity'::float8)) t(n, d);
SELECT weighted_mean_agg(n, d) FROM (VALUES (1e200, 1e200)) t(n, d);
SELECT weighted_mean_agg(n, d) FROM (VALUES (1, -1)) t(n, d);
SELECT ratio_agg(n, d) FROM (VALUES (1, 1.7e308), (1, 1.7e308)) t(n, d);
SELECT ratio_agg(1e308, 1e-308);
SELECT ratio_merge(weighted_mean_state) FROM (SELECT weighted_mean_state(1, 2)) q;
SELECT exact_ratio_merge_state(s) FROM (VALUES ('ratio'::exact_ratio), ('plot_ratio')) t(s);
\set VERBOSITY terse

-- 5. text form: canonical, readable, checked
SELECT s FROM (VALUES ('plot_ratio'::exact_ratio), ('1:tax_per_mu:2:1:0:-0x5fp+1:0x6p+0:0x1p+0'),
    ('1:vacancy_rate:1:0:3:0x30p-4:0x6p-1:0x0p+0')) t(s);
CREATE FUNCTION pg_temp.refusal(command text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE detail text;
BEGIN
    EXECUTE command;
    RETURN 'accepted';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RETURN SQLSTATE || ' ' || SQLERRM || CASE WHEN detail <> '' THEN ' | ' || detail ELSE '' END;
END $$;
SELECT pg_temp.refusal(format('SELECT %L::exact_ratio', s))
  FROM (VALUES (''), ('plot'), ('1:plot_ratio'), ('1:plot:0:0:0:0x0p+0:0x0p+0:0x0p+0'), ('2:ratio:0:0:0:0x0p+0:0x0p+0:0x0p+0'),
               ('1:ratio:1:0:0:0x0p+0:0x0p+0:0x0p+0'), ('1:ratio:0:0:0:0x0p+0:0x1p+0:0x0p+0'), ('1:ratio:0:0:0:0x1p+0:0x0p+0:0x0p+0'),
               ('1:ratio:1:0:0:0x0p+0:-0x1p+0:0x0p+0'), ('1:ratio:1:0:0:0x0p+0:0x1p+0:0x1p+0'), ('1:ratio:1:1:0:0x0p+0:0x1p+0:-0x1p+0'),
               ('1:plot_ratio:1:0:0:-0x1p+0:0x1p+0:0x0p+0'), ('1:vacancy_rate:1:0:0:0x3p+0:0x1p+1:0x0p+0'),
               ('1:ratio:1:0:-1:0x0p+0:0x1p+0:0x0p+0'), ('1:ratio:1:0:0:0x1p+1024:0x1p+0:0x0p+0'),
               ('1:ratio:0:0:0:0x0p+0:0x0p+0:0x0p+0:'), ('1:ratio:0:0:0:0x0p+0:0x0p+0:0x0p+0:0x0p+0')) t(s);

-- 6. oracle: exact decimals added as numerics over the common support
CREATE TABLE ratio_sample AS
SELECT i, i % 6 AS kind, (i / 6) % 10 AS part,
       CASE WHEN i % 7 <> 0 THEN (hashint8extended(i, 1) & 1048575) / 1024.0::float8 - 100 END AS n,
       CASE WHEN i % 11 = 0 THEN 0 WHEN i % 13 <> 0 THEN (hashint8extended(i, 2) & 16777215) / 256.0::float8 END AS d
  FROM generate_series(1, 6000) i;
SELECT kind, (q.detail).value = (oracle_n::numeric(60, 40) / oracle_d)::float8 AS value, (q.detail).numerator = oracle_n AS numerator, (q.detail).denominator = oracle_d AS denominator,
       (q.detail).n = oracle_count AS n, (q.detail).n_missing = oracle_missing AS n_missing, (q.detail).n_zero = oracle_zero AS n_zero,
       (q.detail).coverage = oracle_d::float8 / oracle_known::float8 AS coverage
  FROM (SELECT kind, ratio_detail_agg(n, d) AS detail,
               sum(n::numeric(30, 20)) FILTER (WHERE d > 0) AS oracle_n, sum(d::numeric(30, 20)) FILTER (WHERE d > 0 AND n IS NOT NULL) AS oracle_d,
               sum(d::numeric(30, 20)) AS oracle_known, count(*) FILTER (WHERE n IS NOT NULL AND d > 0) AS oracle_count,
               count(*) FILTER (WHERE d IS NULL OR n IS NULL AND d > 0) AS oracle_missing, count(*) FILTER (WHERE d = 0) AS oracle_zero
          FROM ratio_sample GROUP BY kind) q ORDER BY kind;
-- weighted mean, exact products of short decimals
SELECT bool_and(ours = oracle) AS weighted_mean
  FROM (SELECT kind, weighted_mean_agg(n, d) AS ours,
               ((sum(n::numeric(30, 20) * d::numeric(30, 20)) FILTER (WHERE d > 0))::numeric(80, 50)
                / (sum(d::numeric(30, 20)) FILTER (WHERE d > 0 AND n IS NOT NULL)))::float8 AS oracle
          FROM ratio_sample GROUP BY kind) q;

-- 7. any order, any partition, any tree of merges, any plan: one state
CREATE TEMP TABLE whole AS SELECT ratio_state(n, d) AS state, ratio_agg(n, d) AS value, ratio_detail_agg(n, d) AS detail FROM ratio_sample;
SELECT count(*) AS orders, bool_and(state = (SELECT state FROM whole)) AS same
  FROM (SELECT ratio_state(n, d ORDER BY hashint8extended(i, seed)) AS state FROM ratio_sample, generate_series(1, 10) seed GROUP BY seed) q;
WITH leaf AS (SELECT seed, hashint8extended(i, seed) & 15 AS node, ratio_state(n, d) AS state FROM ratio_sample, generate_series(31, 40) seed GROUP BY 1, 2),
     twig AS (SELECT seed, node / 3 AS node, exact_ratio_merge_state(state) AS state FROM leaf GROUP BY 1, 2)
SELECT bool_and(state = (SELECT state FROM whole)) AS same_state, bool_and(value = (SELECT value FROM whole)) AS same_value,
       bool_and(exact_ratio_detail(state) = (SELECT detail FROM whole)) AS same_detail
  FROM (SELECT seed, exact_ratio_merge_state(state) AS state, ratio_merge(state) AS value FROM twig GROUP BY seed) q;
ALTER TABLE ratio_sample SET (parallel_workers = 2);
ANALYZE ratio_sample;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT ratio_agg(n, d), ratio_state(n, d) FROM ratio_sample;
SELECT ratio_state(n, d) = (SELECT state FROM whole) AS same_state, ratio_agg(n, d) = (SELECT value FROM whole) AS same_value,
       ratio_detail_agg(n, d) = (SELECT detail FROM whole) AS same_detail FROM ratio_sample;
CREATE TABLE ratio_part AS SELECT kind, part, ratio_state(n, d) AS state FROM ratio_sample GROUP BY kind, part;
ALTER TABLE ratio_part SET (parallel_workers = 2);
ANALYZE ratio_part;
EXPLAIN (COSTS OFF) SELECT ratio_merge(state) FROM ratio_part;
SELECT ratio_merge(state) = (SELECT value FROM whole) AS same_value, exact_ratio_merge_state(state) = (SELECT state FROM whole) AS same_state FROM ratio_part;
RESET max_parallel_workers_per_gather;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
-- the state goes through text unchanged
SELECT bool_and(state::text::exact_ratio = state) AS same FROM ratio_part;

-- 8. moving windows: the inverse transition gives what a fresh aggregation gives
SELECT count(*) AS frames, bool_and(moving IS NOT DISTINCT FROM direct) AS same, bool_and(moving_detail IS NOT DISTINCT FROM direct_detail) AS same_detail,
       bool_and(moving_mean IS NOT DISTINCT FROM direct_mean) AS same_mean
  FROM (SELECT ratio_state(n, d) OVER f AS moving, ratio_detail_agg(n, d) OVER f AS moving_detail, weighted_mean_agg(n, d) OVER f AS moving_mean,
               (SELECT ratio_state(s.n, s.d) FROM ratio_sample s WHERE s.i BETWEEN r.i - 2 AND r.i + 1 AND s.i <= 400) AS direct,
               (SELECT ratio_detail_agg(s.n, s.d) FROM ratio_sample s WHERE s.i BETWEEN r.i - 2 AND r.i + 1 AND s.i <= 400) AS direct_detail,
               (SELECT weighted_mean_agg(s.n, s.d) FROM ratio_sample s WHERE s.i BETWEEN r.i - 2 AND r.i + 1 AND s.i <= 400) AS direct_mean
          FROM ratio_sample r WHERE i <= 400 WINDOW f AS (ORDER BY i ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING)) q;

-- 9. support functions called by hand
SELECT _exact_ratio_accumulate(NULL, 1, 2), _exact_ratio_accumulate('plot_ratio', NULL, 2), _exact_ratio_accumulate('tax_per_mu', 1, NULL),
       _exact_ratio_accumulate(NULL, NULL, NULL);
SELECT _exact_ratio_combine(NULL, NULL), _exact_ratio_combine('ratio', NULL), _exact_ratio_compact(NULL), exact_ratio_value(NULL),
       exact_ratio_detail(NULL), exact_ratio_indicator(NULL), _exact_ratio_compact('ratio') IS NULL AS empty;
SELECT exact_ratio_detail('plot_ratio'), exact_ratio_value('plot_ratio');
SELECT pg_temp.refusal($$SELECT _exact_ratio_remove('ratio', 1, 1)$$);
SELECT pg_temp.refusal($$SELECT _exact_ratio_remove(NULL, NULL, NULL)$$);
SELECT pg_temp.refusal($$SELECT _exact_ratio_combine('1:ratio:9223372036854775807:0:0:0x0p+0:0x1p+0:0x0p+0', '1:ratio:1:0:0:0x0p+0:0x1p+0:0x0p+0')$$);
SELECT pg_temp.refusal($$SELECT _exact_ratio_accumulate('1:ratio:0:9223372036854775807:0:0x0p+0:0x0p+0:0x0p+0', NULL, 1)$$);
-- an aggregate of somebody's own without final function, and one whose inverse takes away what never came
CREATE AGGREGATE pg_temp.own_ratio(float8, float8) (SFUNC = _exact_ratio_accumulate, STYPE = exact_ratio);
CREATE TEMP TABLE own AS SELECT kind, pg_temp.own_ratio(n, d) AS state FROM ratio_sample GROUP BY kind;
SELECT bool_and(o.state = s.state AND o.state::text = s.state::text AND _exact_ratio_send(o.state) = _exact_ratio_send(s.state)
                AND _exact_ratio_hash_extended(o.state, 7) = _exact_ratio_hash_extended(s.state, 7)) AS same
  FROM own o JOIN (SELECT kind, ratio_state(n, d) AS state FROM ratio_sample GROUP BY kind) s USING (kind);
CREATE AGGREGATE pg_temp.wrong(float8, float8) (SFUNC = _exact_ratio_remove, STYPE = exact_ratio, INITCOND = 'ratio');
SELECT pg_temp.refusal($$SELECT pg_temp.wrong(1, 1)$$);

DROP TABLE ratio_sample, ratio_part;
