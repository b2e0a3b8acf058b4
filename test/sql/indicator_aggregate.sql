-- indicator_aggregate: indicators of a region, their states and merges
SET search_path = inefficient_land, public;
\set VERBOSITY terse

-- 1. tax per mu of (100 on 10 mu), (90 on 90 mu), (unknown on 50 mu): 1.9 with coverage 66.67 %; 5.5 and 1.267 are wrong
CREATE TEMP TABLE firm AS SELECT i, tax::numeric, from_mu(mu) AS land_area FROM (VALUES (1, 100, 10), (2, 90, 90), (3, NULL, 50)) t(i, tax, mu);
SELECT d.value, round(100 * d.coverage::numeric, 2) AS coverage_percent, d.n, d.n_missing, d.n_zero, d.numerator, round(mu(d.denominator)::numeric, 6) AS mu
  FROM (SELECT (tax_per_mu_detail_agg(tax, land_area)).* FROM firm) d;
SELECT tax_per_mu_agg(tax, land_area) = 1.9 AS right, avg(tax_per_mu(tax, land_area)) AS mean_of_ratios FROM firm;
-- every merge tree of the three
SELECT bool_and(tax_per_mu_merge = 1.9) AS same FROM (
    SELECT tax_per_mu_merge(s) FROM (SELECT tax_per_mu_state(tax, land_area) AS s FROM firm GROUP BY i) q
    UNION ALL SELECT tax_per_mu_merge(s) FROM (SELECT tax_per_mu_state(tax, land_area) AS s FROM firm GROUP BY i = 1) q
    UNION ALL SELECT tax_per_mu_merge(s) FROM (SELECT tax_per_mu_state(tax, land_area) AS s FROM firm GROUP BY i = 2) q
    UNION ALL SELECT tax_per_mu_merge(s) FROM (SELECT tax_per_mu_state(tax, land_area) AS s FROM firm GROUP BY i = 3) q
    UNION ALL SELECT tax_per_mu_merge(s) FROM (SELECT exact_ratio_merge_state(s) AS s FROM (SELECT i, tax_per_mu_state(tax, land_area) AS s FROM firm GROUP BY i) q GROUP BY i = 2) q) t;
SELECT exact_ratio_detail(exact_ratio_merge_state(s)) = (SELECT tax_per_mu_detail_agg(tax, land_area) FROM firm) AS same_detail
  FROM (SELECT tax_per_mu_state(tax, land_area) AS s FROM firm GROUP BY i) q;
SELECT (occupancy_rate_detail_agg(vacant, rentable)).*, vacancy_rate_agg(vacant, rentable) FROM (VALUES (100, 400), (50, 200), (NULL, 400)) t(vacant, rentable);

SELECT vacancy_rate_agg(0.1::float8 + 0.2::float8, 0.3) AS vacant, occupancy_rate_agg(0.1::float8 + 0.2::float8, 0.3) AS occupied,
       vacancy_rate_state(0.1::float8 + 0.2::float8, 0.3)::text::exact_ratio = vacancy_rate_state(0.3, 0.3) AS same_state;

-- 2. for each indicator the same four aggregates with the arguments of the scalar function
CREATE TEMP TABLE indicator AS
SELECT p.proname::text AS name, p.proargnames[1] AS numerator, p.proargnames[2] AS denominator, p.proargnames AS names
  FROM pg_proc p
 WHERE p.pronamespace = 'inefficient_land'::regnamespace AND p.prokind = 'f' AND p.pronargs = 2 AND p.proargtypes = '701 701'::oidvector
   AND p.proname NOT LIKE '\_%';
SELECT i.name, string_agg(replace(p.proname, i.name, 'X'), ' ' ORDER BY p.proname COLLATE "C") AS aggregates,
       bool_and(p.proargnames = i.names) FILTER (WHERE p.pronargs = 2) AS same_arguments
  FROM indicator i LEFT JOIN pg_proc p ON p.pronamespace = 'inefficient_land'::regnamespace AND p.prokind = 'a'
       AND p.proname IN (i.name || '_agg', i.name || '_detail_agg', i.name || '_state', i.name || '_merge')
 GROUP BY i.name ORDER BY i.name COLLATE "C";

-- 3. each of them on data against numeric arithmetic, against the scalar on one row, and by state and merge
CREATE TABLE indicator_sample AS
SELECT i, i % 5 AS kind, (i / 5) % 7 AS part,
       CASE WHEN i % 7 <> 0 THEN (hashint8extended(i, 1) & 65535) / 64.0::float8 END AS n,
       CASE WHEN i % 11 = 0 THEN 0 WHEN i % 13 <> 0 THEN 1024 + (hashint8extended(i, 2) & 1048575) / 64.0::float8 END AS d
  FROM generate_series(1, 1000) i;
CREATE FUNCTION pg_temp.check_indicator(name text, OUT equal_oracle bool, OUT equal_scalar bool, OUT equal_merge bool, OUT equal_detail bool, OUT equal_window bool)
LANGUAGE plpgsql AS $$
DECLARE factor text := CASE WHEN name IN ('tax_per_mu', 'per_mu') THEN '2000/3' WHEN name IN ('output_per_hectare', 'output_per_floor_area', 'tax_per_floor_area',
                            'investment_intensity', 'jobs_per_hectare', 'per_hectare') THEN '10000/1' ELSE '1/1' END;
        numerator text := CASE WHEN name = 'occupancy_rate' THEN 'd - n' ELSE 'n' END;
BEGIN
    EXECUTE format($q$
        SELECT bool_and(ours = (oracle_n * %s / (oracle_d * %s))::float8) FROM
           (SELECT kind, %I(n, d) AS ours, sum((%s)::numeric(30, 12)) FILTER (WHERE d > 0 AND n IS NOT NULL)::numeric(60, 40) AS oracle_n,
                   sum(d::numeric(30, 12)) FILTER (WHERE d > 0 AND n IS NOT NULL) AS oracle_d
              FROM indicator_sample GROUP BY kind) q $q$, split_part(factor, '/', 1), split_part(factor, '/', 2), name || '_agg', numerator) INTO equal_oracle;
    EXECUTE format('SELECT bool_and(a IS NOT DISTINCT FROM s) FROM (SELECT i, %I(n, d) AS a, %I(min(n), min(d)) AS s FROM indicator_sample GROUP BY i) q',
                   name || '_agg', name) INTO equal_scalar;
    EXECUTE format('SELECT %I(s) = (SELECT %I(n, d) FROM indicator_sample) FROM (SELECT %I(n, d) AS s FROM indicator_sample GROUP BY part, kind) q',
                   name || '_merge', name || '_agg', name || '_state') INTO equal_merge;
    EXECUTE format('SELECT (%1$I(n, d)).value = %2$I(n, d) AND (%1$I(n, d)).n = 720 AND (%1$I(n, d)).n_missing = 190 AND (%1$I(n, d)).n_zero = 90 FROM indicator_sample',
                   name || '_detail_agg', name || '_agg') INTO equal_detail;
    EXECUTE format('SELECT bool_and(w IS NOT DISTINCT FROM (SELECT %1$I(x.n, x.d) FROM indicator_sample x WHERE x.i BETWEEN q.i - 2 AND q.i))
                      FROM (SELECT i, %1$I(n, d) OVER (ORDER BY i ROWS 2 PRECEDING) AS w FROM indicator_sample) q WHERE i <= 200', name || '_agg') INTO equal_window;
END $$;
-- 90 of 1000 divide by 11; of the rest 130 divide by 7, 70 by 13, 10 by both: 190 missing, 720 left
SELECT count(*) FILTER (WHERE n IS NOT NULL AND d > 0) AS n, count(*) FILTER (WHERE d IS NULL OR n IS NULL AND d > 0) AS n_missing, count(*) FILTER (WHERE d = 0) AS n_zero FROM indicator_sample;
SELECT name, c.* FROM indicator, pg_temp.check_indicator(name) c ORDER BY name COLLATE "C";

-- 4. a parallel plan gives the bits of the serial one
ALTER TABLE indicator_sample SET (parallel_workers = 2);
ANALYZE indicator_sample;
SET max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT kind, plot_ratio_agg(n, d) AS p, tax_per_mu_detail_agg(n, d) AS t, occupancy_rate_agg(n, d) AS o, jobs_per_hectare_state(n, d) AS j FROM indicator_sample GROUP BY kind;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT plot_ratio_agg(n, d), tax_per_mu_detail_agg(n, d) FROM indicator_sample;
CREATE TEMP TABLE parallel AS SELECT kind, plot_ratio_agg(n, d) AS p, tax_per_mu_detail_agg(n, d) AS t, occupancy_rate_agg(n, d) AS o, jobs_per_hectare_state(n, d) AS j FROM indicator_sample GROUP BY kind;
SELECT count(*), bool_and(s.p = q.p AND s.t = q.t AND s.o = q.o AND s.j = q.j) AS same FROM serial s JOIN parallel q USING (kind);
RESET max_parallel_workers_per_gather;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- 5. groups: without rows, without known values, with zero denominators only; numeric, integer and real columns
SELECT g, plot_ratio_agg(f, a), per_hectare_agg(j, a), tax_per_mu_agg(t, a), (plot_ratio_detail_agg(f, a)).n_missing AS missing, (plot_ratio_detail_agg(f, a)).n_zero AS zero
  FROM (VALUES ('known', 4500.25::numeric, 3::int, 2.5::real, 10000::bigint), ('known', 500, 1, 2.5, 10000), ('missing', NULL, NULL, NULL, 500), ('missing', 5, NULL, NULL, NULL),
               ('zero', 5, 1, 1, 0), ('zero', NULL, NULL, NULL, 0)) v(g, f, j, t, a) GROUP BY g ORDER BY g COLLATE "C";
SELECT plot_ratio_agg(1, 1), plot_ratio_state(1, 1), plot_ratio_detail_agg(1, 1) WHERE false;

-- 6. the errors of the scalars
\set VERBOSITY default
SELECT plot_ratio_agg(f, a) FROM (VALUES (1, 2), (-1, 2)) t(f, a);
SELECT vacancy_rate_detail_agg(v, r) FROM (VALUES (1, 2), (3, 2)) t(v, r);
SELECT tax_per_mu_state(t, a) FROM (VALUES (-1, 2), (1, 'NaN'::float8)) t(t, a);
SELECT jobs_per_hectare_agg(j, a) OVER () FROM (VALUES (5, -2)) t(j, a);
SELECT plot_ratio_merge(s) FROM (SELECT building_coverage_state(1, 2) AS s) q;

DROP TABLE indicator_sample;
