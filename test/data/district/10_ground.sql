-- ground: streets, river, subdistricts, blocks

CREATE FUNCTION chance(id bigint, salt integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT
RETURN ('x' || substr(md5(id || ':' || salt), 1, 8))::bit(32)::bigint / 4294967296.0::double precision;
COMMENT ON FUNCTION chance(bigint, integer) IS 'a number in [0, 1) that depends on nothing but its arguments';

-- The plan is drawn on a sheet: s runs along the river, t away from it (metres).  bend()
-- lays the sheet on the ground: the river winds, streets follow it less and less.
CREATE FUNCTION bend(s double precision, t double precision, scale double precision)
    RETURNS TABLE (e double precision, n double precision)
    LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
    SELECT 518000 + scale * (x * cos(radians(35)) + y * sin(radians(35))),
           4331000 + scale * (y * cos(radians(35)) - x * sin(radians(35)))
      FROM (SELECT s - 2000 + 55 * sin(t / 420) AS x,
                   1150 - t + (1 - 0.65 * greatest(t, 0) / 2415) * (120 * sin(s / 740 - 0.9) + 42 * sin(s / 290 + 0.6)) AS y) q;
END;

-- 24 columns of blocks along the river, 15 rows away from it.
-- T towers  R shops  H hotels and markets  M flats with shops in front  W walk-ups  E estates
-- L lanes  V villas  F facilities  I industry  S stalled  P park
CREATE TABLE plan_row (j integer PRIMARY KEY, letters text);
INSERT INTO plan_row VALUES
    ( 0, 'LMWHPLWHTTRTHPTTTTTPTTHT'),
    ( 1, 'WLFWMWTRTRRTRTHRTTFTTHTT'),
    ( 2, 'WWLWFWMRRRPRRTFMMTTTPMTW'),
    ( 3, 'EWPWLWHMRRRRRRWWWFMTMWWE'),
    ( 4, 'WFWMWLWWMRFRRMWFWMWPWFWW'),
    ( 5, 'WWMWWFWWFWMRMWWWWWEWMWWV'),
    ( 6, 'MHWFWWMEWMHPHWFWMWWFWPVV'),
    ( 7, 'WMWFWHEWMWHWWFMVVFVVVHVV'),
    ( 8, 'WWEWWWFWWWWEPWWVVVVPVVVF'),
    ( 9, 'FWWPWWWMWFWWWEWVHVVVVFVV'),
    (10, 'WMWWEWWWEWWWFWMVVVFVVVVV'),
    (11, 'WWWFWMWEWWMWWWWFVVVVHVPV'),
    (12, 'EWPWWWFWWFWEWPWVVEVVVFVE'),
    (13, 'WFWWEWMWIIWWFWWEVVFEVVEF'),
    (14, 'WWMWFWWWIISWWEMVFVESVFVW');

CREATE TABLE subdistrict (
    number integer PRIMARY KEY, code text, name text, control_area numeric, geom geometry(MultiPolygon, 4548));
INSERT INTO subdistrict (number, code, name) VALUES
    (1, '120101001', '劝业场街'), (2, '120101002', '小白楼街'), (3, '120101003', '五大道街'),
    (4, '120101004', '新兴街'), (5, '120101005', '南营门街'), (6, '120101006', '南市街');

-- Streets: position of the centre line on the sheet and half the width.
CREATE TABLE cross_street AS        -- from the river inland
SELECT i, CASE WHEN i IN (0, 24) THEN i * 4000.0 / 24 ELSE (i + 0.36 * (chance(i, 1) - 0.5)) * 4000 / 24 END AS s,
       CASE WHEN i IN (7, 16) THEN 18.0 WHEN i IN (0, 24) THEN 12 ELSE 6 + 3 * chance(i, 2) END AS half
  FROM generate_series(0, 24) i;
CREATE TABLE along_street AS        -- parallel to the river
SELECT j, CASE WHEN j IN (0, 15) THEN j * 2415.0 / 15 ELSE (j + 0.34 * (chance(j, 3) - 0.5)) * 2415 / 15 END AS t,
       CASE WHEN j = 0 THEN 42.0 WHEN j = 7 THEN 24 WHEN j = 11 THEN 15 WHEN j = 15 THEN 10 ELSE 6 + 3 * chance(j, 4) END AS half
  FROM generate_series(0, 15) j;

CREATE TABLE cell AS
SELECT a.i, r.j, r.j * 24 + a.i AS cell, substr(r.letters, a.i + 1, 1) AS letter,
       CASE WHEN r.j < 7 THEN CASE WHEN a.i < 7 THEN 6 WHEN a.i < 16 THEN 1 WHEN r.j >= 5 AND a.i >= 22 THEN 3 ELSE 2 END
            WHEN a.i < 8 THEN CASE WHEN r.j = 7 AND a.i < 3 THEN 6 ELSE 5 END
            WHEN a.i < 15 THEN CASE WHEN r.j = 7 AND a.i >= 11 THEN 1 ELSE 4 END ELSE 3 END AS subdistrict,
       a.s + a.half AS s0, b.s - b.half AS s1, c.t + c.half AS t0, d.t - d.half AS t1,
       a.s AS outer_s0, b.s AS outer_s1, c.t AS outer_t0, d.t AS outer_t1
  FROM plan_row r
  CROSS JOIN cross_street a
  JOIN cross_street b ON b.i = a.i + 1
  JOIN along_street c ON c.j = r.j
  JOIN along_street d ON d.j = c.j + 1;

-- The scale that makes the district 9.98 km², then the millimetres that make it exact.
CREATE TABLE outline AS             -- corners of all cells on the sheet, river bank included
SELECT DISTINCT s, t, 0::integer AS dx, 0::integer AS dy
  FROM (SELECT s, t FROM cross_street, along_street
        UNION ALL SELECT (a.s + b.s) / 2, t FROM cross_street a JOIN cross_street b ON b.i = a.i + 1, along_street
        UNION ALL SELECT s, (a.t + b.t) / 2 FROM cross_street, along_street a JOIN along_street b ON b.j = a.j + 1
        UNION ALL SELECT s, -95 FROM cross_street
        UNION ALL SELECT (a.s + b.s) / 2, -95 FROM cross_street a JOIN cross_street b ON b.i = a.i + 1) q;

CREATE TABLE district_scale (scale double precision);
CREATE FUNCTION border_ring(scale double precision, digits integer) RETURNS geometry
    LANGUAGE sql STABLE
AS $$
    SELECT ST_MakePolygon(ST_AddPoint(ring, ST_StartPoint(ring)))
      FROM (SELECT ST_MakeLine(ST_MakePoint(round(p.e::numeric, digits) + o.dx / 1000.0, round(p.n::numeric, digits) + o.dy / 1000.0)
                               ORDER BY side, CASE side WHEN 1 THEN o.s WHEN 2 THEN o.t WHEN 3 THEN -o.s ELSE -o.t END) AS ring
              FROM outline o
              CROSS JOIN LATERAL (VALUES (1, o.t = -95 AND o.s < 4000), (2, o.s = 4000 AND o.t < 2415),
                                         (3, o.t = 2415 AND o.s > 0), (4, o.s = 0 AND o.t > -95)) v(side, here)
              CROSS JOIN LATERAL bend(o.s, o.t, scale) p
             WHERE here) q
$$;
INSERT INTO district_scale SELECT sqrt(9980000 / ST_Area(border_ring(1, 9)));

CREATE FUNCTION at(s double precision, t double precision) RETURNS geometry
    LANGUAGE sql STABLE
AS $$
    SELECT ST_MakePoint(round(p.e::numeric, 3) + coalesce(o.dx, 0) / 1000.0, round(p.n::numeric, 3) + coalesce(o.dy, 0) / 1000.0)
      FROM district_scale d CROSS JOIN LATERAL bend($1, $2, d.scale) p
      LEFT JOIN outline o ON o.s = $1 AND o.t = $2 AND (o.dx, o.dy) <> (0, 0)
$$;

-- One corner of the border moves by some millimetres, so that the district's area is
-- 9,980,000.00 m²: all moves of up to 60 mm are tried.
WITH corner AS (
    SELECT o.s, o.t, lag(p.e) OVER w AS e0, lag(p.n) OVER w AS n0, lead(p.e) OVER w AS e1, lead(p.n) OVER w AS n1
      FROM outline o, district_scale d, LATERAL bend(o.s, o.t, d.scale) p
     WHERE o.t = 2415
    WINDOW w AS (ORDER BY o.s DESC)
), middle AS (
    SELECT * FROM corner WHERE s = (SELECT s FROM cross_street WHERE i = 12)
), rest AS MATERIALIZED (
    SELECT 9980000 - ST_Area(border_ring(scale, 3)) AS rest FROM district_scale
), best AS (
    SELECT m.s, m.t, x AS dx, y AS dy
      FROM middle m, rest r, generate_series(-60, 60) x, generate_series(-60, 60) y
     ORDER BY abs(r.rest - (y * (e1 - e0) - x * (n1 - n0)) / 2000), abs(x) + abs(y), x, y
     LIMIT 1
)
UPDATE outline o SET dx = b.dx, dy = b.dy FROM best b WHERE o.s = b.s AND o.t = b.t;

-- Subdistricts: the cells that belong to them, with the river in front of the first row.
CREATE TABLE cell_ground AS
SELECT cell, subdistrict, ST_MakePolygon(ST_MakeLine(ARRAY[
           at(outer_s0, low), at((outer_s0 + outer_s1) / 2, low), at(outer_s1, low),
           at(outer_s1, (outer_t0 + outer_t1) / 2), at(outer_s1, outer_t1), at((outer_s0 + outer_s1) / 2, outer_t1),
           at(outer_s0, outer_t1), at(outer_s0, (outer_t0 + outer_t1) / 2), at(outer_s0, low)])) AS geom
  FROM cell, LATERAL (VALUES (outer_t0)) v(low)
UNION ALL
SELECT 1000 + i, subdistrict, ST_MakePolygon(ST_MakeLine(ARRAY[
           at(outer_s0, -95), at((outer_s0 + outer_s1) / 2, -95), at(outer_s1, -95),
           at(outer_s1, 0), at((outer_s0 + outer_s1) / 2, 0), at(outer_s0, 0), at(outer_s0, -95)]))
  FROM cell WHERE j = 0;

UPDATE subdistrict d SET geom = g.geom
  FROM (SELECT subdistrict, ST_SetSRID(ST_Multi(ST_Union(geom)), 4548) AS geom FROM cell_ground GROUP BY subdistrict) g
 WHERE g.subdistrict = d.number;

-- Control areas: to 0.01 m², and together exactly 9,980,000.00 m².
UPDATE subdistrict d SET control_area = c.control_area
  FROM (SELECT number, floor(a * 100) / 100
               + CASE WHEN row_number() OVER (ORDER BY a * 100 - floor(a * 100) DESC, number)
                           <= 998000000 - sum(floor(a * 100)) OVER () THEN 0.01 ELSE 0 END AS control_area
          FROM (SELECT number, ST_Area(geom)::numeric AS a FROM subdistrict) q) c
 WHERE c.number = d.number;
