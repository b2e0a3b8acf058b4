-- adjusted_area: parts close to a control area in units of 0.01 m²
SET search_path = inefficient_land, public;
\set VERBOSITY default
CREATE TABLE part (village text, id integer, area double precision, control double precision);
INSERT INTO part VALUES ('a', 1, 55422.47, 95422.50), ('a', 2, 29999.74, 95422.50), ('a', 3, 10000.00, 95422.50),
    ('b', 1, 100, 300.01), ('b', 2, 100, 300.01), ('b', 3, 100, 300.01), ('c', 1, 5, NULL), ('c', 2, NULL, NULL), ('d', 7, 12.345, 12.35);
-- the published example, by both methods
SELECT id, area, adjusted_area(id, area, control) OVER () AS proportional, adjusted_area(id, area, control, 'equal') OVER () AS equal
  FROM part WHERE village = 'a' ORDER BY id;
SELECT id, (adjusted_area_detail(id, area, control, 'equal') OVER ()).* FROM part WHERE village = 'a' ORDER BY id;
-- a missing area is an error even where there is no control area; without it that gives NULL
SELECT village, id, adjusted_area(id, area, control) OVER (PARTITION BY village) FROM part;
SELECT village, id, adjusted_area(id, area, control) OVER (PARTITION BY village) FROM part WHERE area IS NOT NULL ORDER BY village, id;
-- ties go to the smaller key, whatever the order of the rows and the frame
SELECT id, adjusted_area(-id, area, control) OVER (ORDER BY id DESC ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS by_minus_id,
       adjusted_area('k' || id, area, control) OVER (ORDER BY id) AS by_text,
       adjusted_area(lpad(id::text, 32, '0')::uuid, area, control) OVER () AS by_uuid
  FROM part WHERE village = 'b' ORDER BY id;
SELECT id, adjusted_area(key, 1, 3.01, tolerance => NULL) OVER () FROM (VALUES (1, 'b'), (2, 'B'), (3, 'ä')) v(id, key) ORDER BY id;
-- no rows, one row
SELECT adjusted_area(id, area, control) OVER () FROM part WHERE false;
SELECT adjusted_area(1, 5.0, 5.0049) OVER ();

-- 40 partitions against the same rule in plain SQL with numeric
CREATE TABLE many AS
    SELECT p, i, ((p * 7919 + i * 104729) % 1000003) / 100.0::double precision AS area
      FROM generate_series(1, 40) p, generate_series(1, 50 + p) i;
CREATE TABLE closed AS
    SELECT m.*, c.control FROM many m
      JOIN (SELECT p, round(sum(area::numeric), 2)::double precision + (p - 20) * 0.37 AS control FROM many GROUP BY p) c USING (p);
WITH unit AS (
    SELECT p, i, round(area::numeric * 100) AS a, sum(round(area::numeric * 100)) OVER w AS s,
           round(control::numeric * 100) - sum(round(area::numeric * 100)) OVER w AS d, count(*) OVER w AS n
      FROM closed WINDOW w AS (PARTITION BY p)),
share AS (
    SELECT *, div(abs(d) * a, s) AS base, abs(d) * a - div(abs(d) * a, s) * s AS rest,
           row_number() OVER (PARTITION BY p ORDER BY a DESC, i) AS largest
      FROM unit),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY p ORDER BY rest DESC, a DESC, i) AS place,
           abs(d) - sum(base) OVER (PARTITION BY p) AS left_over
      FROM share),
truth AS (
    SELECT p, i, ((a + sign(d) * (base + CASE WHEN place <= left_over THEN 1 ELSE 0 END)) / 100)::double precision AS proportional,
           ((a + sign(d) * (div(abs(d), n) + CASE WHEN largest <= abs(d) % n THEN 1 ELSE 0 END)) / 100)::double precision AS equal
      FROM ranked)
SELECT count(*) AS rows, count(*) FILTER (WHERE o.proportional IS DISTINCT FROM t.proportional) AS proportional_differs,
       count(*) FILTER (WHERE o.equal IS DISTINCT FROM t.equal) AS equal_differs
  FROM truth t JOIN (SELECT p, i, adjusted_area(i, area, control, tolerance => 0.1) OVER (PARTITION BY p) AS proportional,
                            adjusted_area(i, area, control, 'equal', 0.1) OVER (PARTITION BY p ORDER BY area) AS equal
                       FROM closed ORDER BY area) o USING (p, i);
SELECT count(*) AS partitions, count(*) FILTER (WHERE total = control) AS closed
  FROM (SELECT p, sum(adjusted::numeric) AS total, round(control::numeric, 2) AS control
          FROM (SELECT p, control, adjusted_area(i, area, control, tolerance => NULL) OVER (PARTITION BY p) AS adjusted FROM closed) a
         GROUP BY p, control) c;

-- refused, with what to do
SELECT adjusted_area(id, area, area) OVER () FROM part WHERE village = 'a';
SELECT adjusted_area(id, area, CASE id WHEN 2 THEN NULL ELSE 95422.50 END) OVER () FROM part WHERE village = 'a';
SELECT adjusted_area(NULL::integer, area, control) OVER () FROM part WHERE village = 'a';
SELECT adjusted_area(1, area, control) OVER () FROM part WHERE village = 'a';
SELECT adjusted_area(id, -area, control) OVER () FROM part WHERE village = 'a';
SELECT adjusted_area(id, 'NaN', control) OVER () FROM part WHERE village = 'a';
SELECT adjusted_area(id, 1e300, control) OVER () FROM part WHERE village = 'a';
SELECT adjusted_area(id, area, -1) OVER () FROM part WHERE village = 'a';
SELECT adjusted_area(id, area, 'Infinity') OVER () FROM part WHERE village = 'a';
SELECT adjusted_area(id, area, 95000) OVER () FROM part WHERE village = 'a';
SELECT adjusted_area(id, area, control, tolerance => 1e-6) OVER () FROM part WHERE village = 'a';
SELECT adjusted_area(id, area, control, tolerance => -1) OVER () FROM part WHERE village = 'a';
SELECT adjusted_area(id, area, control, 'largest first') OVER () FROM part WHERE village = 'a';
SELECT adjusted_area(id, area, control, NULL) OVER () FROM part WHERE village = 'a';
SELECT adjusted_area(i, CASE i WHEN 1 THEN 0.01 ELSE 100 END, 100.01 - 10, 'equal', 1) OVER () FROM generate_series(1, 2) i;
SELECT adjusted_area(i, 0, 1, tolerance => 1) OVER () FROM generate_series(1, 2) i;
SELECT adjusted_area(point(i, i), 1, 2) OVER () FROM generate_series(1, 2) i;
SELECT adjusted_area(id, area, control) FROM part;
DROP TABLE part, many, closed;
