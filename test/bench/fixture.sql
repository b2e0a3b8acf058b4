-- fixture: parcels made from hashes of their number, no random(), the same every time
-- Areas from 100 to 50,000 m2 in 0.01 m2; a tenth of the taxes and a twentieth of
-- the vacancies are unknown; one land area in 500 is zero.
CREATE FUNCTION bench.uniform(id bigint, seed bigint) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (hashint8extended(id, seed) & 1073741823)::double precision / 1073741824;

CREATE TABLE bench.parcel WITH (autovacuum_enabled = off) AS
SELECT id, (id % 50)::integer AS subdistrict, id / 4 AS block,
       round((floor_area * land_area)::numeric, 2)::double precision AS floor_area,
       CASE WHEN id % 500 = 0 THEN 0 ELSE round(land_area::numeric, 2)::double precision END AS land_area,
       CASE WHEN bench.uniform(id, 3) > 0.1 THEN round((land_area * bench.uniform(id, 4) / 50)::numeric, 4)::double precision END AS tax,
       CASE WHEN bench.uniform(id, 5) > 0.05 THEN round((floor_area * land_area * bench.uniform(id, 6) * 0.6)::numeric, 2)::double precision END AS vacant_area,
       floor(land_area * bench.uniform(id, 7) / 40)::integer AS jobs
  FROM (SELECT id, 100 * power(500, bench.uniform(id, 1)) AS land_area, 4 * power(bench.uniform(id, 2), 2) AS floor_area
          FROM generate_series(1, :rows::bigint) id) q
 ORDER BY id;
ALTER TABLE bench.parcel ADD PRIMARY KEY (id);
VACUUM (ANALYZE, FREEZE) bench.parcel;
