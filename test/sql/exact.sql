-- exact: sums of doubles without rounding error, as aggregate, as type, under every plan
SET search_path = inefficient_land, public;
\set VERBOSITY terse

-- 1. known sums
SELECT exact_sum_agg(v) AS one FROM (VALUES (1e308), (1), (-1e308)) t(v);
SELECT exact_sum_agg(v) AS one FROM (VALUES (1e16), (1), (-1e16)) t(v);
SELECT exact_sum_agg(0.1) AS one, exact_mean_agg(0.1) AS tenth FROM generate_series(1, 10);
SELECT exact_sum_agg(v) AS three_smallest FROM (VALUES (5e-324), (5e-324), (5e-324)) t(v);
SELECT exact_sum_agg(v) AS positive_zero FROM (VALUES ('-0'::float8), ('-0')) t(v);
SELECT exact_sum_agg(v) AS back_in_range FROM (VALUES (1.7e308), (1.7e308), (-1.7e308)) t(v);
SELECT exact_mean_agg(v) AS mean, exact_sum_agg(v) AS sum FROM (VALUES (1), (2), (NULL), (6)) t(v);

-- 2. nothing known is NULL, never zero
SELECT exact_sum_agg(v), exact_sum_state(v), exact_mean_agg(v) FROM (VALUES (NULL::float8), (NULL)) t(v);
SELECT exact_sum_agg(1.0), exact_sum_state(1.0), exact_mean_agg(1.0) WHERE false;
SELECT exact_sum_merge(s), exact_sum_merge_state(s), exact_mean_merge(s) FROM (VALUES (NULL::exact_sum), ('1:0:0x0p+0')) t(s);

-- 3. every numeric type without casts
SELECT exact_sum_agg(i2) i2, exact_sum_agg(i4) i4, exact_sum_agg(i8) i8, exact_sum_agg(f4) f4, exact_sum_agg(n) n
  FROM (VALUES (1::int2, 2::int4, 3::int8, 0.5::float4, 0.25::numeric), (1, 2, 3, 0.5, 0.25)) t(i2, i4, i8, f4, n);

-- 4. what is refused
\set VERBOSITY default
SELECT exact_sum_agg(v) FROM (VALUES (1), ('NaN'::float8)) t(v);
SELECT exact_sum_agg(v) FROM (VALUES (1), ('Infinity'::float8)) t(v);
SELECT exact_sum_state(v) FROM (VALUES (1), ('-Infinity'::float8)) t(v);
SELECT exact_sum_agg(v) FROM (VALUES (1.7e308), (1.7e308)) t(v);
SELECT exact_mean_agg(v) FROM (VALUES (-1.7e308), (-1.7e308)) t(v);
\set VERBOSITY terse

-- 5. text form: canonical, readable, checked
SELECT s::text, exact_sum_value(s), exact_sum_mean(s), exact_sum_count(s)
  FROM (VALUES ('1:0:0x0p+0'::exact_sum), ('1:2:0x3p-1'), ('1:3:-0x1p+3'), ('1:1:0x0p+0'), ('1:1:0x1p-1074'),
               ('1:1:0x30p-5'), ('1:1:-0x0p+7'), ('1:2:0x1fffffffffffffp+971')) t(s);
CREATE FUNCTION pg_temp.refusal(command text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE detail text;
BEGIN
    EXECUTE command;
    RETURN 'accepted';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RETURN SQLSTATE || ' ' || SQLERRM || CASE WHEN detail <> '' THEN ' | ' || detail ELSE '' END;
END $$;
SELECT s, pg_temp.refusal(format('SELECT %L::exact_sum', s))
  FROM (VALUES (''), ('1'), ('1:1'), ('2:1:0x1p+0'), ('1:-1:0x1p+0'), ('1:x:0x1p+0'), ('1:9223372036854775808:0x1p+0'),
               ('1:1:1'), ('1:1:0x1'), ('1:1:0x1p-1075'), ('1:1:0x1p+1200'), ('1:0:0x1p+0'), ('1:1:0x1p+1024'),
               ('1:1:0x1p+0:'), ('1::0x1p+0'), (' 1:1:0x1p+0')) t(s);

-- 6. equality and hashing: the same values in another order are the same state
SELECT a = b AS equal, a <> b AS differ, a = c AS equal_c
  FROM (SELECT exact_sum_state(v ORDER BY v) a, exact_sum_state(v ORDER BY v DESC) b, exact_sum_state(v) FILTER (WHERE v > 0) c
          FROM (VALUES (1e300), (0.1), (-1e-300), (-3)) t(v)) q;
SELECT count(*), count(DISTINCT s::text) FROM (SELECT DISTINCT s FROM
    (VALUES ('1:2:0x3p-1'::exact_sum), ('1:2:0x6p-2'), ('1:3:0x3p-1')) t(s)) q;
SELECT s, count(*) FROM (VALUES ('1:2:0x3p-1'::exact_sum), ('1:2:0x6p-2'), ('1:3:0x3p-1')) t(s) GROUP BY s ORDER BY s::text;

-- 7. oracle: the same doubles as exact numerics, added by numeric arithmetic
CREATE TEMP TABLE power_of_two AS
WITH RECURSIVE up(e, v) AS (SELECT 0, 1::numeric UNION ALL SELECT e + 1, v * 2 FROM up WHERE e < 971),
     down(e, v) AS (SELECT 0, 1::numeric UNION ALL SELECT e - 1, v * 0.5 FROM down WHERE e > -1074)
SELECT e, v FROM up UNION SELECT e, v FROM down;
CREATE UNIQUE INDEX ON power_of_two (e);
ANALYZE power_of_two;
-- significand times power of two, from the bits of the double
CREATE FUNCTION pg_temp.exactly(x float8) RETURNS numeric LANGUAGE sql AS $$
    SELECT CASE WHEN bits < 0 THEN -1 ELSE 1 END * (m + CASE WHEN e > 0 THEN 4503599627370496 ELSE 0 END) *
           (SELECT v FROM power_of_two p WHERE p.e = greatest(q.e, 1) - 1075)
      FROM (SELECT bits, (bits >> 52) & 2047 AS e, bits & 4503599627370495 AS m
              FROM (SELECT ('x' || encode(float8send(x), 'hex'))::bit(64)::int8 AS bits) b) q $$;
SELECT pg_temp.exactly(0.1), pg_temp.exactly(-1.5), pg_temp.exactly(5e-324) = (SELECT v FROM power_of_two WHERE e = -1074) AS smallest;
-- groups of different nature: wide range, ordinary measures, cancellation, subnormals
CREATE TEMP TABLE sample AS
SELECT i, i % 8 AS kind, (i / 8) % 20 AS part,
       CASE i % 4 WHEN 0 THEN (h - 0.5) * power(10::float8, (i % 600) - 300)
                  WHEN 1 THEN h * 12345.678
                  WHEN 2 THEN CASE WHEN i / 4 % 2 = 0 THEN 1 ELSE -1 END * (1e15 + floor(i / 8) + h)
                  ELSE (i % 1000 - 300) * 5e-324 END AS v
  FROM (SELECT i, (hashint8extended(i, 1) & 1073741823)::float8 / 1073741824 AS h FROM generate_series(1, 4000) i) q;
SELECT count(*) AS groups, count(*) FILTER (WHERE ours = oracle) AS equal, count(*) FILTER (WHERE builtin = oracle) < count(*) AS builtin_is_not
  FROM (SELECT kind, part, exact_sum_agg(v) AS ours, sum(v) AS builtin, sum(pg_temp.exactly(v))::float8 AS oracle
          FROM sample GROUP BY kind, part) q;

-- 8. any order, any partition, any tree of merges: one state
CREATE TEMP TABLE whole AS SELECT exact_sum_state(v) AS state, exact_sum_agg(v) AS sum, exact_mean_agg(v) AS mean FROM sample;
SELECT count(*) AS orders, bool_and(state = (SELECT state FROM whole)) AS same
  FROM (SELECT seed, exact_sum_state(v ORDER BY hashint8extended(i, seed)) AS state
          FROM sample, generate_series(1, 20) seed GROUP BY seed) q;
WITH RECURSIVE leaf AS (   -- random parts per seed, merged two by two
    SELECT seed, hashint8extended(i, seed) & 31 AS node, exact_sum_state(v) AS state
      FROM sample, generate_series(101, 110) seed GROUP BY 1, 2),
l4 AS (SELECT seed, node / 2 AS node, exact_sum_merge_state(state) AS state FROM leaf GROUP BY 1, 2),
l3 AS (SELECT seed, node / 5 AS node, exact_sum_merge_state(state) AS state FROM l4 GROUP BY 1, 2)
SELECT bool_and(state = (SELECT state FROM whole)) AS same_state, bool_and(sum = (SELECT sum FROM whole)) AS same_sum,
       bool_and(mean = (SELECT mean FROM whole)) AS same_mean
  FROM (SELECT seed, exact_sum_merge_state(state) AS state, exact_sum_merge(state) AS sum, exact_mean_merge(state) AS mean
          FROM l3 GROUP BY seed) q;

-- 9. serial and parallel plan
CREATE TABLE exact_parallel AS SELECT * FROM sample, generate_series(1, 10);
ALTER TABLE exact_parallel SET (parallel_workers = 2);
ANALYZE exact_parallel;
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT kind, exact_sum_agg(v) AS sum, exact_sum_state(v) AS state, exact_mean_agg(v) AS mean FROM exact_parallel GROUP BY kind;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT exact_sum_agg(v), exact_sum_state(v) FROM exact_parallel;
EXPLAIN (COSTS OFF) SELECT kind, exact_sum_agg(v) FROM exact_parallel GROUP BY kind;
CREATE TEMP TABLE parallel AS SELECT kind, exact_sum_agg(v) AS sum, exact_sum_state(v) AS state, exact_mean_agg(v) AS mean FROM exact_parallel GROUP BY kind;
SELECT count(*), bool_and(s.sum = p.sum AND s.state = p.state AND s.mean = p.mean) AS same FROM serial s JOIN parallel p USING (kind);
-- merging in parallel as well
CREATE TABLE exact_parts AS SELECT kind, part, exact_sum_state(v) AS state FROM exact_parallel GROUP BY kind, part;
ALTER TABLE exact_parts SET (parallel_workers = 2);
ANALYZE exact_parts;
EXPLAIN (COSTS OFF) SELECT exact_sum_merge(state) FROM exact_parts;
SELECT exact_sum_merge(state) = (SELECT exact_sum_agg(v) FROM exact_parallel) AS same FROM exact_parts;
-- an index on states, and a join by them
CREATE INDEX ON exact_parts USING hash (state);
SELECT count(*) FROM exact_parts a JOIN exact_parts b ON a.state = b.state AND a.kind = b.kind AND a.part = b.part;
RESET max_parallel_workers_per_gather;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- 10. partitionwise
CREATE TABLE exact_partitioned (kind int, part int, v float8) PARTITION BY LIST (part);
CREATE TABLE exact_partition_1 PARTITION OF exact_partitioned FOR VALUES IN (0, 1, 2, 3, 4, 5, 6);
CREATE TABLE exact_partition_2 PARTITION OF exact_partitioned DEFAULT;
INSERT INTO exact_partitioned SELECT kind, part, v FROM exact_parallel;
ANALYZE exact_partitioned;
SET enable_partitionwise_aggregate = on;
SET max_parallel_workers_per_gather = 0;
EXPLAIN (COSTS OFF) SELECT kind, exact_sum_agg(v) FROM exact_partitioned GROUP BY kind;
SELECT count(*), bool_and(s.sum = p.sum AND s.state = p.state) AS same
  FROM serial s JOIN (SELECT kind, exact_sum_agg(v) AS sum, exact_sum_state(v) AS state FROM exact_partitioned GROUP BY kind) p USING (kind);
RESET enable_partitionwise_aggregate;
RESET max_parallel_workers_per_gather;

-- 11. moving windows: the inverse transition gives what a fresh aggregation gives
CREATE TEMP TABLE nullable AS SELECT i, CASE WHEN i % 29 > 7 THEN v END AS v FROM sample WHERE i <= 800;
SELECT count(*) AS frames, bool_and(moving IS NOT DISTINCT FROM direct) AS same,
       bool_and(moving_mean IS NOT DISTINCT FROM direct_mean) AS same_mean, count(*) FILTER (WHERE moving IS NULL) AS empty_frames
  FROM (SELECT exact_sum_state(v) OVER f AS moving, exact_mean_agg(v) OVER f AS moving_mean,
               (SELECT exact_sum_state(s.v) FROM nullable s WHERE s.i BETWEEN n.i - 3 AND n.i + 2) AS direct,
               (SELECT exact_mean_agg(s.v) FROM nullable s WHERE s.i BETWEEN n.i - 3 AND n.i + 2) AS direct_mean
          FROM nullable n WINDOW f AS (ORDER BY i ROWS BETWEEN 3 PRECEDING AND 2 FOLLOWING)) q;
-- a long frame in linear time: 40,000 frames of 5,001 rows, a hundred of them checked
CREATE TEMP TABLE long AS SELECT row_number() OVER (ORDER BY i, generate_series) AS i, v FROM exact_parallel;
CREATE INDEX ON long (i);
ANALYZE long;
SELECT count(*) AS checked, bool_and(moving = (SELECT exact_sum_agg(v) FROM long l WHERE l.i BETWEEN m.i - 5000 AND m.i)) AS same
  FROM (SELECT i, exact_sum_agg(v) OVER (ORDER BY i ROWS BETWEEN 5000 PRECEDING AND CURRENT ROW) AS moving FROM long) m
 WHERE i % 400 = 0;

-- 12. long runs of one extreme value, and groups that leave memory
SELECT exact_sum_agg(v) = 5000 * 4503599627370495.5 AS long_run FROM (SELECT 4503599627370495.5::float8 AS v FROM generate_series(1, 5000)) q;
SELECT exact_sum_agg(1.7e308 * CASE WHEN i <= 3000 THEN 1 ELSE -1 END) = 1.7e308 AS long_extreme FROM generate_series(1, 5999) i;
SET work_mem = '64kB';
SET enable_sort = off;
SELECT count(*), bool_and(s = i * 3 + 0.75) AS right FROM (SELECT i, exact_sum_agg(i + 0.25) AS s
    FROM generate_series(1, 20000) i, generate_series(1, 3) GROUP BY i) q;
RESET enable_sort;
RESET work_mem;

-- 13. support functions called by hand
SELECT _exact_sum_accumulate('1:0:0x0p+0', 1.5), _exact_sum_accumulate('1:1:0x3p-1', -1.5), _exact_sum_accumulate('1:1:0x1p-1074', 1e300) <> '1:2:0x1p+0' AS wide;
SELECT _exact_sum_accumulate(NULL, 1), _exact_sum_accumulate('1:0:0x0p+0', NULL), _exact_sum_combine(NULL, NULL), _exact_sum_combine('1:1:0x1p+0', NULL),
       _exact_sum_compact(NULL), exact_sum_value(NULL), exact_sum_mean(NULL), exact_sum_count(NULL);
SELECT _exact_sum_combine('1:1:0x1p+0', '1:2:0x3p-1'), _exact_sum_compact('1:0:0x0p+0') IS NULL AS empty, exact_sum_value('1:0:0x0p+0') IS NULL AS no_value;
SELECT pg_temp.refusal($$SELECT _exact_sum_remove('1:1:0x1p+0', 1)$$);
SELECT pg_temp.refusal($$SELECT _exact_sum_combine('1:9223372036854775807:0x1p+0', '1:1:0x1p+0')$$);
SELECT pg_temp.refusal($$SELECT _exact_sum_accumulate('1:9223372036854775807:0x1p+0', 1)$$);
SELECT pg_temp.refusal($$SELECT exact_sum_value('1:3:0x3p+1023')$$);
-- and used in an aggregate of somebody's own that has no final function
CREATE AGGREGATE pg_temp.own_sum(float8) (SFUNC = _exact_sum_accumulate, STYPE = exact_sum, INITCOND = '1:0:0x0p+0');
CREATE TEMP TABLE own AS SELECT kind, pg_temp.own_sum(v) AS state FROM sample GROUP BY kind;
SELECT count(*), bool_and(o.state = s.state AND o.state::text = s.state::text AND _exact_sum_send(o.state) = _exact_sum_send(s.state)
                          AND _exact_sum_hash(o.state) = _exact_sum_hash(s.state)) AS same
  FROM own o JOIN (SELECT kind, exact_sum_state(v) AS state FROM sample GROUP BY kind) s USING (kind);
SELECT exact_sum_merge(state) = (SELECT sum FROM whole) AS merges FROM own;

DROP TABLE exact_parallel, exact_parts, exact_partitioned;
