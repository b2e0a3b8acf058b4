-- indicator: indicators of one parcel, building or firm, and units
SET search_path = inefficient_land, public;
\set VERBOSITY terse
CREATE FUNCTION pg_temp.try(command text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
    EXECUTE command INTO result;
    RETURN coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || ' ' || SQLERRM;
END $$;

-- 1. every indicator once, by hand: 4,500 m2 on 10,000 m2; 300 (10^4 CNY, jobs) on 15 mu = 1 ha
SELECT plot_ratio(4500, 10000), building_coverage(4500, 10000), building_coefficient(4500, 10000), green_ratio(4500, 10000);
SELECT vacancy_rate(300, 1200), occupancy_rate(300, 1200), danger_share(3, 6);
SELECT output_per_hectare(300, 10000), tax_per_mu(300, 10000), investment_intensity(300, 10000), jobs_per_hectare(300, 10000);
SELECT per_hectare(300, 5000), per_mu(300, 5000), output_per_floor_area(300, 5000), tax_per_floor_area(300, 5000), value_added_per_energy(300, 400);
SELECT hectares(55422.47), round(mu(55422.47)::numeric, 6) AS mu, from_hectares(5.5), from_mu(15), from_yuan(12345);
-- a building may reach across the border of its parcel: coverage above 1 is a figure, for quality checks to question
SELECT building_coverage(101, 100), green_ratio(101, 100), vacancy_rate(100, 100), occupancy_rate(100, 100);

-- a part that exceeds the whole by rounding only is the whole
SELECT vacancy_rate(0.1::float8 + 0.2::float8, 0.3) AS vacant, occupancy_rate(0.1::float8 + 0.2::float8, 0.3) AS occupied, vacancy_rate(1000000.0009, 1000000) AS below_a_billionth;
SELECT vacancy_rate(1000000.002, 1000000);

-- 2. two firms with 70 + 100 on 20 mu; 60 on 10 mu; 180 on 30 mu: 8.5, 6, 6 and not a bit less
SELECT tax_per_mu(70 + 100, from_mu(20)) = 8.5 AS both_firms, tax_per_mu(60, from_mu(10)) = 6 AS small_parcel, tax_per_mu(180, from_mu(30)) = 6 AS large_parcel;
-- 2000 n / 3 is not a double: what comes back is at most one unit in the last place away
SELECT count(*) AS mu, bool_and(abs(tax_per_mu(n * 8, from_mu(n)) / 8 - 1) <= power(2::float8, -52)) AS eight,
       bool_and(abs(mu(from_mu(n)) / n - 1) <= power(2::float8, -52)) AS there_and_back
  FROM generate_series(1, 5000) n;

-- 3. against numeric arithmetic: 5,000 areas of two decimals, in mu and per mu
SELECT count(*), bool_and(mu(area) = (area * 3 / 2000)::float8) AS mu, bool_and(hectares(area) = (area / 10000)::float8) AS hectares,
       bool_and(from_yuan(tax) = (tax / 10000)::float8) AS from_yuan, bool_and(from_mu(tax) = (tax * 2000 / 3)::float8) AS from_mu,
       bool_and(per_hectare(tax, area) = (tax * 10000 / area)::float8) AS per_hectare, bool_and(tax_per_mu(tax, area) = (tax * 2000 / (area * 3))::float8) AS per_mu,
       bool_and(plot_ratio(tax, area) = (tax / area)::float8) AS plot_ratio
  FROM (SELECT ((hashint8extended(i, 1) & 16777215) + 1)::numeric(40, 30) / 64 AS area, ((hashint8extended(i, 2) & 16777215) + 1)::numeric(40, 30) / 64 AS tax
          FROM generate_series(1, 5000) i) q;

-- 4. all indicators with every kind of argument (numerator, denominator)
CREATE TEMP TABLE indicator AS
SELECT p.proname::text AS name, p.proargnames[1] AS numerator, p.proargnames[2] AS denominator
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'inefficient_land'
 WHERE p.prokind = 'f' AND p.pronargs = 2 AND p.proargtypes = '701 701'::oidvector AND p.proname NOT LIKE '\_%'
   AND EXISTS (SELECT FROM pg_proc a WHERE a.pronamespace = p.pronamespace AND a.proname = p.proname || '_agg');
SELECT count(*) FROM indicator;
SELECT a.n, a.d, outcome, count(*) AS indicators, CASE WHEN count(*) < 8 THEN string_agg(name, ', ' ORDER BY name COLLATE "C") END AS which
  FROM (VALUES (1, NULL, '1'), (2, '1', NULL), (3, NULL, NULL), (4, '1', '0'), (5, '0', '0'), (6, '0', '5'), (7, '-0', '5'), (8, '1', '-0'),
               (9, '-1', '5'), (10, '1', '-5'), (11, '-1', '0'), (12, '6', '5'), (13, 'NaN', '5'), (14, 'Infinity', '5'), (15, '-Infinity', '0'),
               (16, '5', 'NaN'), (17, '5', 'Infinity'), (18, '0', '-Infinity'), (19, '1e308', '1e-308'), (20, '1e-308', '1e308'), (21, '5e-324', '5e-324')) a(seq, n, d),
       LATERAL (SELECT name, replace(replace(replace(pg_temp.try(format('SELECT round(inefficient_land.%I(%L, %L)::numeric, 3)', name, a.n, a.d)),
                                     name, 'INDICATOR'), numerator, 'NUMERATOR'), denominator, 'DENOMINATOR') AS outcome FROM indicator) t
 GROUP BY a.seq, a.n, a.d, outcome ORDER BY a.seq, count(*) DESC, outcome COLLATE "C";
-- units
SELECT f, v, pg_temp.try(format('SELECT inefficient_land.%I(%L)', f, v))
  FROM unnest(ARRAY['hectares', 'from_hectares', 'mu', 'from_mu', 'from_yuan']) f,
       (VALUES (NULL), ('0'), ('-3'), ('NaN'), ('Infinity'), ('1.7e308'), ('5e-324')) t(v);

-- 5. full wording of the errors
\set VERBOSITY default
SELECT plot_ratio(-1, 5);
SELECT tax_per_mu(5, -0.5);
SELECT jobs_per_hectare('NaN', 5);
SELECT vacancy_rate(120, 100);
SELECT per_mu(1e308, 1e-10);
SELECT mu(-1);
\set VERBOSITY terse

-- 6. any numeric type without casts, also mixed
CREATE TEMP TABLE own (floor_area numeric(12, 2), land_area integer, tax real, jobs bigint, mu_area smallint);
INSERT INTO own VALUES (4500.50, 10000, 12.5, 300, 15), (NULL, 10000, -2, 0, 1), (1, 0, NULL, 5, 0);
SELECT plot_ratio(floor_area, land_area), tax_per_mu(tax, land_area), jobs_per_hectare(jobs, land_area), from_mu(mu_area), hectares(land_area), from_yuan(jobs) FROM own;
-- usable in an index, also under an empty search path
CREATE INDEX ON own (inefficient_land.plot_ratio(floor_area, land_area));
SET search_path = '';
SELECT inefficient_land.plot_ratio(4500.50, 10000), inefficient_land.tax_per_mu(12, 10000);
