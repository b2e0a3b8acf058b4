-- city: lots with crooked common borders, buildings on them, patches of land use
-- across them; made from hashes of coordinates, the same every time.
-- Coordinates in metres (EPSG:4548), rounded to a millimetre.

-- Squares of a lattice as polygons: corners moved by up to a tenth, up to
-- most_points bends on each side, both the same for neighbours; a street after
-- every eighth row and column.  noise: what each owner digitised otherwise.
CREATE FUNCTION bench.lattice(n bigint, spacing integer, street integer, most_points integer, noise double precision)
    RETURNS TABLE (id bigint, geom geometry) LANGUAGE sql AS $$
    WITH place AS (
        SELECT id, 500000 + spacing * c + street * (c / 8) AS x, 4300000 + spacing * r + street * (r / 8) AS y
          FROM (SELECT ceil(sqrt(n))::bigint) w(width), generate_series(0, n - 1) id, LATERAL (SELECT id % width, id / width) s(c, r)),
    side AS (
        SELECT id, s, s < 2 AS forward, (x + ax) AS x, (y + ay) AS y, ((x + ax) * 8000009 + y + ay) * 2 + s % 2 AS edge,
               spacing * (1 - s % 2) AS dx, spacing * (s % 2) AS dy
          FROM place, (VALUES (0, 0, 0), (1, spacing, 0), (2, 0, spacing), (3, 0, 0)) v(s, ax, ay)),
    ends AS (
        SELECT id, s, forward, edge, floor((most_points + 1) * bench.uniform(edge, 11))::integer AS n_bend,
               x + spacing * 0.2 * (bench.uniform(x * 8000009 + y, 12) - 0.5) AS x1,
               y + spacing * 0.2 * (bench.uniform(x * 8000009 + y, 13) - 0.5) AS y1,
               x + dx + spacing * 0.2 * (bench.uniform((x + dx) * 8000009 + y + dy, 12) - 0.5) AS x2,
               y + dy + spacing * 0.2 * (bench.uniform((x + dx) * 8000009 + y + dy, 13) - 0.5) AS y2
          FROM side),
    point AS (
        SELECT id, s, t, x1 + (x2 - x1) * share - (y2 - y1) * bend + noise * (bench.uniform(id * 64 + s * 16 + t, 15) - 0.5) * 2 AS x,
               y1 + (y2 - y1) * share + (x2 - x1) * bend + noise * (bench.uniform(id * 64 + s * 16 + t, 16) - 0.5) * 2 AS y
          FROM ends, generate_series(0, n_bend) t,
               LATERAL (SELECT CASE WHEN forward THEN t ELSE n_bend + 1 - t END) k(k),
               LATERAL (SELECT k / (n_bend + 1.0)::double precision,
                               CASE WHEN k IN (0, n_bend + 1) THEN 0 ELSE 0.06 * (bench.uniform(edge * 32 + k, 14) - 0.5) END) b(share, bend))
    SELECT id, ST_SetSRID(ST_MakePolygon(ST_AddPoint(line, ST_StartPoint(line))), 4548)
      FROM (SELECT id, ST_MakeLine(ST_MakePoint(round(x::numeric, 3)::double precision, round(y::numeric, 3)::double precision) ORDER BY s, t) AS line
              FROM point GROUP BY id) p
     ORDER BY id $$;

CREATE TABLE bench.lot WITH (autovacuum_enabled = off) AS SELECT id, geom FROM bench.lattice(:rows, 45, 20, 4, 0);
CREATE TABLE bench.patch WITH (autovacuum_enabled = off) AS SELECT id, ST_Translate(geom, -13.7, 9.1) AS geom FROM bench.lattice(:rows / 3, 81, 0, 9, 0);

-- three buildings on each lot, in coordinates of the lot's square: rectangles, angles,
-- courts; a tenth is pushed across the border, an eighth stands on a straight line of corners
CREATE TABLE bench.building WITH (autovacuum_enabled = off) AS
SELECT id, ST_SetSRID(ST_MakePolygon(ST_MakeLine(ST_MakePoint(round((x + 45 * (u + w * px))::numeric, 3)::double precision,
                                                               round((y + 45 * (v + h * py))::numeric, 3)::double precision) ORDER BY place)), 4548) AS geom
  FROM (SELECT 3 * l.id + s AS id, 500000 + 45 * c + 20 * (c / 8) AS x, 4300000 + 45 * r + 20 * (r / 8) AS y,
               0.06 + s * 0.3 + 0.05 * bench.uniform(3 * l.id + s, 21) AS u,
               CASE WHEN bench.uniform(3 * l.id + s, 22) < 0.1 THEN 0.75 WHEN bench.uniform(3 * l.id + s, 22) < 0.22 THEN 0 ELSE 0.15 + 0.2 * bench.uniform(3 * l.id + s, 23) END AS v,
               0.12 + 0.12 * bench.uniform(3 * l.id + s, 24) AS w, 0.2 + 0.25 * bench.uniform(3 * l.id + s, 25) AS h, bench.uniform(3 * l.id + s, 26) AS form
          FROM (SELECT ceil(sqrt(:rows))::bigint) g(width), generate_series(0, :rows - 1) l(id), LATERAL (SELECT l.id % width, l.id / width) p(c, r), generate_series(0, 2) s) b,
       LATERAL unnest(CASE WHEN form < 0.55 THEN '{0,1,1,0,0}'::double precision[] WHEN form < 0.8 THEN '{0,1,1,0.5,0.5,0,0}' ELSE '{0,1,1,0.7,0.7,0.3,0.3,0,0}' END,
                      CASE WHEN form < 0.55 THEN '{0,0,1,1,0}'::double precision[] WHEN form < 0.8 THEN '{0,0,0.6,0.6,1,1,0}' ELSE '{0,0,1,1,0.4,0.4,1,1,0}' END)
           WITH ORDINALITY q(px, py, place)
 GROUP BY id ORDER BY id;

ALTER TABLE bench.lot ADD PRIMARY KEY (id);
ALTER TABLE bench.building ADD PRIMARY KEY (id);
ALTER TABLE bench.patch ADD PRIMARY KEY (id);
CREATE INDEX ON bench.lot USING gist (geom);
CREATE INDEX ON bench.building USING gist (geom);
CREATE INDEX ON bench.patch USING gist (geom);
VACUUM (ANALYZE, FREEZE) bench.lot, bench.building, bench.patch;
