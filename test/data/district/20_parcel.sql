-- parcel: blocks, their lots, and the land between them

-- Every third pair of equal neighbours grows together over the street between them.
CREATE TABLE block AS
WITH pair AS (
    SELECT a.cell, b.cell AS other, b.s1
      FROM cell a JOIN cell b ON b.j = a.j AND b.i = a.i + 1
     WHERE (a.i + a.j) % 2 = 0 AND a.letter = b.letter AND a.letter IN ('W', 'V', 'E', 'M') AND a.subdistrict = b.subdistrict
       AND b.i NOT IN (7, 16) AND chance(a.cell, 10) < 0.34
)
SELECT c.cell AS block, c.letter, c.subdistrict, c.i, c.j, c.s0, coalesce(p.s1, c.s1) AS s1, c.t0, c.t1, p.other IS NOT NULL AS merged
  FROM cell c LEFT JOIN pair p USING (cell)
 WHERE c.cell NOT IN (SELECT other FROM pair);

-- Lots: one row of them, or two back to back.
CREATE TABLE block_row AS
WITH counted AS (
    SELECT b.*, CASE letter
                    WHEN 'T' THEN 2 + (chance(block, 11) < 0.55)::integer
                    WHEN 'R' THEN 4 + floor(3 * chance(block, 11))::integer
                    WHEN 'H' THEN 2 WHEN 'M' THEN 3 + (chance(block, 11) < 0.6)::integer
                    WHEN 'W' THEN 2 + floor(3.1 * chance(block, 11))::integer
                    WHEN 'E' THEN 1 + (chance(block, 11) < 0.45)::integer
                    WHEN 'L' THEN 4 WHEN 'V' THEN 5 + floor(2.6 * chance(block, 11))::integer
                    WHEN 'F' THEN 1 + floor(2.2 * chance(block, 11))::integer
                    WHEN 'I' THEN 3 - (i = 9 AND j = 14)::integer
                    WHEN 'S' THEN 1
                    WHEN 'P' THEN CASE WHEN i = 11 AND j = 2 THEN 2 ELSE 1 END
                END * CASE WHEN merged AND letter <> 'E' THEN 2 ELSE 1 END AS lots
      FROM block b
)
SELECT c.block, r AS row, CASE WHEN lots <= 2 THEN lots WHEN r = 0 THEN (lots + 1) / 2 ELSE lots / 2 END AS lots,
       CASE WHEN r = 0 THEN t0 ELSE middle END AS t_low, CASE WHEN r = 0 AND lots > 2 THEN middle ELSE t1 END AS t_high
  FROM counted c
 CROSS JOIN LATERAL (SELECT t0 + (t1 - t0) * (0.44 + 0.12 * chance(block, 12)) AS middle) m
 CROSS JOIN LATERAL generate_series(0, (lots > 2)::integer) r;

CREATE TABLE lot AS
SELECT b.block, r.row, n AS lot, b.letter, b.subdistrict, r.t_low, r.t_high,
       cut.low AS s_low, cut.high AS s_high
  FROM block b JOIN block_row r USING (block)
 CROSS JOIN LATERAL generate_series(0, r.lots - 1) n
 CROSS JOIN LATERAL (
    SELECT b.s0 + (b.s1 - b.s0) * (n + CASE WHEN n = 0 THEN 0 ELSE 0.24 * (chance(b.block * 100 + r.row * 20 + n, 13) - 0.5) END) / r.lots AS low,
           CASE WHEN n + 1 = r.lots THEN b.s1 ELSE
           b.s0 + (b.s1 - b.s0) * (n + 1 + 0.24 * (chance(b.block * 100 + r.row * 20 + n + 1, 13) - 0.5)) / r.lots END AS high) cut;

-- A lot's border takes in every corner that lies on it, its neighbours' too.
CREATE TABLE corner AS
SELECT block, t, s, at(s, t) AS point
  FROM (SELECT block, t_low AS t, s_low AS s FROM lot UNION SELECT block, t_low, s_high FROM lot
        UNION SELECT block, t_high, s_low FROM lot UNION SELECT block, t_high, s_high FROM lot) q;
CREATE INDEX ON corner (block, t, s);

CREATE FUNCTION lot_ring(block integer, s_low double precision, s_high double precision, t_low double precision, t_high double precision)
    RETURNS geometry LANGUAGE sql STABLE
AS $$
    SELECT ST_MakePolygon(ST_AddPoint(ring, ST_StartPoint(ring)))
      FROM (SELECT ST_MakeLine(point ORDER BY t = t_high, CASE WHEN t = t_high THEN -s ELSE s END) AS ring
              FROM corner c
             WHERE c.block = $1 AND c.t IN ($4, $5) AND c.s BETWEEN $2 AND $3) q
$$;

CREATE TABLE parcel AS
SELECT row_number() OVER (ORDER BY l.subdistrict, l.block, l.row, l.lot)::integer AS id, l.*,
       ST_SetSRID(ST_Multi(ST_Reverse(lot_ring(l.block, s_low, s_high, t_low, t_high))), 4548)::geometry(MultiPolygon, 4548) AS geom
  FROM lot l
 WHERE letter <> 'P' OR lot = 1;
ALTER TABLE parcel ADD PRIMARY KEY (id);

-- Parks are the blocks without parcels, and a strip along the river.
CREATE TABLE park AS
SELECT subdistrict, ST_SetSRID(ST_Multi(ST_Reverse(lot_ring(block, s_low, s_high, t_low, t_high))), 4548) AS geom FROM lot WHERE letter = 'P' AND lot = 0
UNION ALL
SELECT subdistrict, ST_SetSRID(ST_Multi(ST_MakePolygon(ST_MakeLine(ARRAY[at(s0, 4), at((s0 + s1) / 2, 4), at(s1, 4),
           at(s1, 24), at((s0 + s1) / 2, 24), at(s0, 24), at(s0, 4)]))), 4548)
  FROM cell WHERE j = 0;

CREATE TABLE river AS
SELECT subdistrict, ST_SetSRID(ST_Multi(ST_Union(geom)), 4548) AS geom FROM cell_ground WHERE cell >= 1000 GROUP BY subdistrict;

CREATE TABLE road AS
SELECT d.number AS subdistrict, ST_Multi(ST_Difference(d.geom, o.geom)) AS geom
  FROM subdistrict d
  JOIN (SELECT subdistrict, ST_Union(geom) AS geom
          FROM (SELECT subdistrict, geom FROM parcel UNION ALL SELECT subdistrict, geom FROM park UNION ALL SELECT subdistrict, geom FROM river) q
         GROUP BY subdistrict) o ON o.subdistrict = d.number;

DO $check$
DECLARE
    total double precision := (SELECT sum(ST_Area(geom)) FROM (SELECT geom FROM parcel UNION ALL SELECT geom FROM park UNION ALL SELECT geom FROM river
                                                               UNION ALL SELECT geom FROM road) q);
BEGIN
    ASSERT abs(total - 9980000) < 0.01, format('parcels, roads, river and parks sum to %s m²', total);
    ASSERT NOT EXISTS (SELECT FROM parcel WHERE NOT ST_IsValid(geom)), 'a parcel is not valid';
END
$check$;
