SET search_path = inefficient_land, public;
-- five squares of 10 m in a row, 5 m apart, and one far away
CREATE TABLE public.neighbours_lot (id integer PRIMARY KEY, geom geometry(Polygon, 4548));
INSERT INTO neighbours_lot SELECT i, ST_MakeEnvelope(500000 + 15 * i, 4300000, 500010 + 15 * i, 4300010, 4548) FROM generate_series(1, 5) i;
INSERT INTO neighbours_lot VALUES (9, ST_MakeEnvelope(501000, 4300000, 501010, 4300010, 4548)), (10, NULL), (11, ST_GeomFromText('POLYGON EMPTY', 4548));
CREATE INDEX ON neighbours_lot USING gist (geom);
SELECT from_id, string_agg(format('%s (%s m)', to_id, distance), ', ' ORDER BY rank) FROM nearest_neighbours('neighbours_lot', 2) GROUP BY from_id ORDER BY from_id;
SELECT count(*), max(rank) FROM nearest_neighbours('neighbours_lot', 99);
SELECT from_id, to_id, apart FROM neighbours_within('neighbours_lot', 5) ORDER BY 1, 2;
SELECT count(*) FROM neighbours_within('neighbours_lot', 4.999);
SELECT count(*) FROM neighbours_within('neighbours_lot', 20);
-- against every pair
CREATE TABLE public.neighbours_point AS
SELECT i AS code, ST_SetSRID(ST_MakePoint(500000 + ('x' || left(md5(i || 'x'), 4))::bit(16)::integer % 300, 4300000 + ('x' || left(md5(i || 'y'), 4))::bit(16)::integer % 300), 4548) AS place
  FROM generate_series(1, 300) i;
CREATE INDEX ON neighbours_point USING gist (place);
ANALYZE neighbours_point;
SELECT count(*) AS rows, count(*) FILTER (WHERE n.to_id IS DISTINCT FROM b.to_id OR n.distance IS DISTINCT FROM b.distance) AS different
  FROM nearest_neighbours('neighbours_point', 6, key => 'code', geometry => 'place') n
  FULL JOIN (SELECT a.code AS from_id, b.code AS to_id, ST_Distance(a.place, b.place) AS distance, row_number() OVER (PARTITION BY a.code ORDER BY ST_Distance(a.place, b.place), b.code) AS rank
               FROM neighbours_point a JOIN neighbours_point b ON a.code <> b.code) b ON b.from_id = n.from_id AND b.rank = n.rank
 WHERE b.rank <= 6;
SELECT count(*) AS rows, (SELECT count(*) FROM neighbours_point a JOIN neighbours_point b ON a.code <> b.code AND ST_Distance(a.place, b.place) <= 25) AS expected
  FROM neighbours_within('neighbours_point', 25, key => 'code', geometry => 'place');
-- bad input
SELECT * FROM nearest_neighbours('neighbours_lot', 0);
SELECT * FROM nearest_neighbours('neighbours_point', 3);
SELECT * FROM nearest_neighbours(NULL, 3);
SELECT * FROM neighbours_within('neighbours_lot', 'NaN');
SELECT * FROM neighbours_within('neighbours_lot', -1);
INSERT INTO neighbours_point VALUES (7, NULL);
SELECT * FROM neighbours_within('neighbours_point', 5, 'code', 'place');
UPDATE neighbours_point SET code = NULL WHERE place IS NULL;
SELECT * FROM neighbours_within('neighbours_point', 5, 'code', 'place');
CREATE VIEW public.neighbours_degree AS SELECT id, ST_Transform(geom, 4490) AS geom FROM neighbours_lot;
SELECT * FROM nearest_neighbours('neighbours_degree', 3);
DROP VIEW neighbours_degree;
DROP TABLE neighbours_lot, neighbours_point;
