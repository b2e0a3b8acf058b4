SET search_path = inefficient_land, public;
-- numbers at promised precision
CREATE FUNCTION pg_temp.show(x double precision) RETURNS numeric RETURN round(x::numeric, 9);

-- Six points with neighbours within 15; statistics and z as published (Getis and Ord; esda), counts by enumeration.
CREATE TABLE public.hotspot_point (id integer PRIMARY KEY, x integer, y integer, v double precision, one boolean, base double precision);
INSERT INTO hotspot_point VALUES (1, 10, 10, 2, false, 10), (2, 20, 10, 3, false, 10), (3, 40, 10, 3.2, true, 10),
    (4, 15, 20, 5, true, 20), (5, 30, 20, 8, true, 20), (6, 30, 30, 7, true, 0);
CREATE TABLE public.hotspot_near AS
SELECT a.id AS from_id, b.id AS to_id, 1 + (a.id + b.id) % 2 AS w
  FROM hotspot_point a, hotspot_point b WHERE a.id <> b.id AND (a.x - b.x) ^ 2 + (a.y - b.y) ^ 2 <= 225;
SELECT id, pg_temp.show(score) AS score, pg_temp.show(z) AS z, pg_temp.show(lag) AS lag, neighbour_count AS k, p, round(q::numeric, 4) AS q, class, method
  FROM local_statistics('hotspot_point', 'hotspot_near', 'v') ORDER BY id;
SELECT id, pg_temp.show(z) AS z, p FROM local_statistics('hotspot_point', 'hotspot_near', 'v', 'g', weights => 'binary') ORDER BY id;
SELECT id, pg_temp.show(score) AS score, quadrant, p FROM local_statistics('hotspot_point', 'hotspot_near', 'v', 'moran') ORDER BY id;
SELECT pg_temp.show(score) AS score, expected, n, n_missing, link_count, isolated_count FROM global_statistics('hotspot_point', 'hotspot_near', 'v');
SELECT pg_temp.show(score) AS score FROM global_statistics('hotspot_point', 'hotspot_near', 'v', 'g', weights => 'binary');
-- p of a normal z: erfc(|z| / sqrt 2), z above
SELECT id, round(p::numeric, 6) AS p, class FROM local_statistics('hotspot_point', 'hotspot_near', 'v', chance => 'normal', correction => 'none') ORDER BY id;
-- links that weigh differently: from z too
SELECT DISTINCT method FROM local_statistics('hotspot_point', 'hotspot_near', 'v', weight => 'w');

-- join counts: by hand from the hypergeometric distribution, 5 others of which 3 are one
SELECT id, score, lag, round(p::numeric, 6) AS p, class FROM local_statistics('hotspot_point', 'hotspot_near', 'one', 'join_count') ORDER BY id;
SELECT statistic, (global_statistics('hotspot_point', 'hotspot_near', 'one', statistic, weights => 'binary')).score FROM unnest('{join_count,join_count_mixed}'::text[]) statistic;

-- rates: a base of 0 is missing, the lag is a ratio of sums
SELECT id, observed, pg_temp.show(lag) AS lag, class FROM local_statistics('hotspot_point', 'hotspot_near', 'v', 'moran', denominator => 'base') ORDER BY id;
-- the standardised rate, step by step in SQL
WITH point AS (SELECT id, v / base AS rate, v, base FROM hotspot_point WHERE base > 0),
mean AS (SELECT sum(v) / sum(base) AS m, count(*) AS n, sum(base) AS b FROM point),
spread AS (SELECT m, sum(base * (rate - m) ^ 2) / b - m / (b / n) AS a FROM point, mean GROUP BY m, b, n),
score AS (SELECT id, (rate - m) / sqrt(CASE WHEN a + m / base < 0 THEN m / base ELSE a + m / base END) AS z FROM point, spread),
centred AS (SELECT id, z - avg(z) OVER () AS z, sum(1) OVER () AS n FROM score)
SELECT count(*) AS rows, bool_and(abs(s.score - t.score) < 1e-12) AS same
  FROM local_statistics('hotspot_point', 'hotspot_near', 'v', 'moran', denominator => 'base') s
  JOIN (SELECT c.id, (c.n - 1) * c.z * avg(o.z) / (SELECT sum(z * z) FROM centred) AS score
          FROM centred c JOIN hotspot_near l ON l.from_id = c.id JOIN centred o ON o.id = l.to_id GROUP BY c.id, c.n, c.z) t USING (id);

-- partitions are judged by themselves
CREATE VIEW public.hotspot_twice AS SELECT id, 'west' AS district, v FROM hotspot_point UNION ALL SELECT id + 100, 'east', v * 10 FROM hotspot_point UNION ALL SELECT 999, NULL, 1;
CREATE VIEW public.hotspot_near_twice AS SELECT from_id, to_id FROM hotspot_near UNION ALL SELECT from_id + 100, to_id + 100 FROM hotspot_near UNION ALL SELECT 1, 101 UNION ALL SELECT 101, 1;
SELECT t.part, t.id, pg_temp.show(t.z) = pg_temp.show(s.z) AS same_z, t.p = s.p AS same_p, t.class
  FROM local_statistics('hotspot_twice', 'hotspot_near_twice', 'v', partition => 'district') t
  LEFT JOIN local_statistics('hotspot_point', 'hotspot_near', 'v') s ON s.id = t.id % 100 ORDER BY t.id;
SELECT part, pg_temp.show(score) AS score, n, isolated_count FROM global_statistics('hotspot_twice', 'hotspot_near_twice', 'v', partition => 'district') ORDER BY part;

-- what is missing, isolated, all the same, too few
CREATE TABLE public.hotspot_odd (id integer, v double precision, equal double precision);
INSERT INTO hotspot_odd VALUES (1, 1, 0.1), (2, 2, 0.1), (3, 4, 0.1), (4, 8, 0.1), (5, NULL, 0.1), (6, 3, 0.1);
CREATE TABLE public.hotspot_odd_link (from_id integer, to_id integer);
INSERT INTO hotspot_odd_link VALUES (1, 2), (2, 1), (2, 3), (3, 2), (3, 4), (4, 3), (4, 5), (5, 4), (6, 5), (5, 6), (1, 2), (1, 1), (1, 77), (88, 99), (4, 1);
SELECT id, class, neighbour_count AS k FROM local_statistics('hotspot_odd', 'hotspot_odd_link', 'v') ORDER BY id;
SELECT DISTINCT class FROM local_statistics('hotspot_odd', 'hotspot_odd_link', 'equal') ORDER BY class;
SELECT * FROM check_neighbours('hotspot_odd', 'hotspot_odd_link');
CREATE VIEW public.hotspot_three AS SELECT * FROM hotspot_odd WHERE id < 4;
SELECT DISTINCT class FROM local_statistics('hotspot_three', 'hotspot_near', 'v');
CREATE VIEW public.hotspot_none AS SELECT * FROM hotspot_odd WHERE false;
CREATE VIEW public.hotspot_none_link AS SELECT * FROM hotspot_odd_link WHERE false;
SELECT count(*) FROM local_statistics('hotspot_none', 'hotspot_none_link', 'v');
SELECT n, score FROM global_statistics('hotspot_none', 'hotspot_none_link', 'v');

-- the same bytes for any order of rows
CREATE TABLE public.hotspot_grid AS SELECT i AS id, ('x' || left(md5(i::text), 6))::bit(24)::integer AS v FROM generate_series(0, 2499) i;
CREATE TABLE public.hotspot_grid_link AS
SELECT a AS from_id, a + d.step AS to_id
  FROM generate_series(0, 2499) a, (VALUES (-51, -1), (-50, 0), (-49, 1), (-1, -1), (1, 1), (49, -1), (50, 0), (51, 1)) d (step, dx)
 WHERE a + d.step BETWEEN 0 AND 2499 AND a % 50 + d.dx BETWEEN 0 AND 49;
CREATE TABLE public.hotspot_shuffled AS SELECT * FROM hotspot_grid ORDER BY md5(id::text);
CREATE TABLE public.hotspot_shuffled_link AS SELECT * FROM hotspot_grid_link ORDER BY md5(from_id || ' ' || to_id);
SELECT count(*), count(*) FILTER (WHERE a IS DISTINCT FROM b) AS different
  FROM local_statistics('hotspot_grid', 'hotspot_grid_link', 'v', 'moran', permutations => 999) a
  JOIN local_statistics('hotspot_shuffled', 'hotspot_shuffled_link', 'v', 'moran', permutations => 999) b USING (id);
-- values dealt out by no rule: about one row in twenty below 5 %, none after correction
SELECT count(*) FILTER (WHERE p <= 0.05) BETWEEN 80 AND 170 AS as_many_as_chance_gives, count(*) FILTER (WHERE class <> 'not_significant') AS found
  FROM local_statistics('hotspot_grid', 'hotspot_grid_link', 'v');
-- a planted cluster is hot, and nothing else is
UPDATE hotspot_grid SET v = v + 30000000 WHERE id / 50 BETWEEN 10 AND 14 AND id % 50 BETWEEN 20 AND 24;
SELECT class, count(*), min(id / 50) AS y_min, max(id / 50) AS y_max, min(id % 50) AS x_min, max(id % 50) AS x_max
  FROM local_statistics('hotspot_grid', 'hotspot_grid_link', 'v') WHERE class = 'hot' GROUP BY class;

-- bad input
\set VERBOSITY default
SELECT * FROM local_statistics('hotspot_point', 'hotspot_near', 'w');
SELECT * FROM local_statistics('hotspot_point', 'hotspot_near', 'v', 'geary');
SELECT * FROM local_statistics('hotspot_point', 'hotspot_near', 'v', from_key => 'a');
SELECT * FROM local_statistics('hotspot_point', 'hotspot_near', 'v', permutations => 0);
SELECT * FROM local_statistics('hotspot_point', 'hotspot_near', 'v', alpha => 1);
SELECT * FROM local_statistics('hotspot_point', 'hotspot_near', 'v', 'join_count');
SELECT * FROM local_statistics(NULL, 'hotspot_near', 'v');
SELECT * FROM local_statistics('hotspot_point', 'hotspot_near', 'v', key => 'v');
SELECT * FROM global_statistics('hotspot_point', 'hotspot_near', 'v', 'g', denominator => 'base');
INSERT INTO hotspot_odd VALUES (6, 4, 0.1);
SELECT * FROM local_statistics('hotspot_odd', 'hotspot_odd_link', 'v');
UPDATE hotspot_odd SET id = NULL WHERE v = 4 AND id = 6;
SELECT * FROM local_statistics('hotspot_odd', 'hotspot_odd_link', 'v');
DELETE FROM hotspot_odd WHERE id IS NULL;
UPDATE hotspot_odd SET v = 'NaN' WHERE id = 2;
SELECT * FROM local_statistics('hotspot_odd', 'hotspot_odd_link', 'v');
UPDATE hotspot_odd SET v = '-Infinity' WHERE id = 2;
SELECT * FROM global_statistics('hotspot_odd', 'hotspot_odd_link', 'v');
UPDATE hotspot_near SET w = -1 WHERE from_id = 1 AND to_id = 2;
SELECT * FROM local_statistics('hotspot_point', 'hotspot_near', 'v', weight => 'w');
UPDATE hotspot_point SET v = -1 WHERE id = 1;
SELECT * FROM local_statistics('hotspot_point', 'hotspot_near', 'v', denominator => 'base');
SELECT * FROM global_statistics('hotspot_point', 'hotspot_near', 'v', 'g');
DROP VIEW hotspot_twice, hotspot_near_twice, hotspot_three, hotspot_none, hotspot_none_link;
DROP TABLE hotspot_point, hotspot_near, hotspot_odd, hotspot_odd_link, hotspot_grid, hotspot_grid_link, hotspot_shuffled, hotspot_shuffled_link;
