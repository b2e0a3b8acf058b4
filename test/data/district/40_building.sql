-- building: what stands on the lots
-- A house is a rectangle in fractions of its lot: x along the street, y away from it.

CREATE TABLE design AS
SELECT p.id, p.letter, p.name_of_case, p.block, p.subdistrict, p.s_low, p.s_high, p.t_low, p.t_high,
       p.s_high - p.s_low AS width, p.t_high - p.t_low AS depth
  FROM parcel p;

CREATE TABLE house AS
-- towers on a base of shops, beside it so that nothing is counted twice
SELECT id, n, x0, x1, y0, y1, storeys, 'commerce_office' AS family, name_of_case NOT IN ('office_stalled') AS finished
  FROM design
 CROSS JOIN LATERAL (SELECT CASE WHEN name_of_case = 'office_stalled' THEN 9 ELSE 20 + floor(22 * chance(id, 30))::integer END AS high) h
 CROSS JOIN LATERAL (VALUES (1, 0.10, 0.90, 0.10, 0.38, CASE WHEN name_of_case = 'office_low_rise' THEN 3 ELSE 4 END),
                            (2, 0.28, 0.72, 0.40, 0.40 + 0.24 + 0.10 * chance(id, 31), high),
                            (3, 0.28, 0.48, 0.86, 0.93, 3)) v(n, x0, x1, y0, y1, storeys)
 WHERE letter = 'T' AND name_of_case NOT IN ('office_idle', 'office_start_unknown') AND NOT (n > 1 AND name_of_case = 'office_low_rise')
UNION ALL
-- shops and department stores
SELECT id, 1, 0.08, 0.92, 0.10, 0.82, 3 + floor(4 * chance(id, 30))::integer, 'commerce_office', true FROM design WHERE letter = 'R'
UNION ALL
SELECT id, 1, 0.14, 0.86, 0.16, 0.70, 6 + floor(6 * chance(id, 30))::integer, 'commerce_office', true FROM design WHERE letter = 'H'
UNION ALL
-- a row of shops along the street
SELECT id, 1, 0.05, 0.95, 0.05, 0.05 + 13 / depth, 2, 'commerce_office', true FROM design WHERE letter = 'M'
UNION ALL
-- slabs of flats, 12 m deep, at least 25 m apart, at most 70 m long
SELECT id, 10 + (row * columns + col)::integer, 0.07 + 0.88 * col / columns, 0.07 + 0.88 * col / columns + 0.84 / columns,
       (start + 8 + row * pitch) / depth, (start + 8 + row * pitch + 12) / depth,
       greatest(5 + (chance(id, 32) < 0.75)::integer + (chance(id, 33) < 0.2)::integer, ceil(1.2 * depth / (rows * 12 * 0.84))::integer), 'residence', true
  FROM design
 CROSS JOIN LATERAL (SELECT CASE WHEN letter = 'M' THEN 17.0 ELSE 0 END AS start) a
 CROSS JOIN LATERAL (SELECT greatest(1, floor((depth - start - 14) / 25))::integer AS rows, greatest(1, ceil(width / 76))::integer AS columns) b
 CROSS JOIN LATERAL (SELECT (depth - start - 14) / rows AS pitch) c
 CROSS JOIN generate_series(0, rows - 1) row
 CROSS JOIN generate_series(0, columns - 1) col
 WHERE letter IN ('W', 'M')
UNION ALL
-- lanes: three rows of low houses
SELECT id, 10 + row * 4 + col, 0.06 + 0.23 * col, 0.06 + 0.23 * col + 0.18, 0.08 + 0.30 * row, 0.08 + 0.30 * row + 0.175, 2, 'residence', true
  FROM design CROSS JOIN generate_series(0, 2) row CROSS JOIN generate_series(0, 3) col
 WHERE letter = 'L'
UNION ALL
-- estates: points, 26 m by 20 m
SELECT id, 10 + (row * columns + col)::integer, (0.5 + col) / columns - 13 / width, (0.5 + col) / columns + 13 / width,
       (0.5 + row) / rows - 10 / depth, (0.5 + row) / rows + 10 / depth,
       CASE WHEN name_of_case = 'estate_stalled' THEN 7 ELSE 18 + floor(9 * chance(id, 32))::integer END, 'residence', name_of_case <> 'estate_stalled'
  FROM design
 CROSS JOIN LATERAL (SELECT greatest(1, floor(depth / 62))::integer AS rows, greatest(1, floor(width / 56))::integer AS columns) b
 CROSS JOIN generate_series(0, rows - 1) row
 CROSS JOIN generate_series(0, columns - 1) col
 WHERE letter IN ('E', 'S') AND name_of_case <> 'estate_idle'
UNION ALL
-- villas in their gardens
SELECT id, 10 + n, (0.5 + n) / houses - 8 / width, (0.5 + n) / houses + 7 / width, 0.32 + 0.16 * chance(id * 8 + n, 34), 0.32 + 0.16 * chance(id * 8 + n, 34) + 15 / depth,
       2 + (chance(id * 8 + n, 35) < 0.6)::integer, 'residence', true
  FROM design CROSS JOIN LATERAL (SELECT greatest(1, least(4, floor(width / 24)))::integer AS houses) b CROSS JOIN generate_series(0, houses - 1) n
 WHERE letter = 'V'
UNION ALL
SELECT id, n, x0, x1, y0, y1, storeys, 'facilities', true
  FROM design CROSS JOIN LATERAL (VALUES (1, 0.12, 0.88, 0.14, 0.32, 4), (2, 0.12, 0.40, 0.58, 0.78, 5)) v(n, x0, x1, y0, y1, storeys)
 WHERE letter IN ('F', 'P') AND NOT (n = 2 AND name_of_case IN ('car_park_idle', 'substation_idle', 'pumping_station_idle'))
UNION ALL
SELECT id, 1, 0.08, 0.92, 0.10, 0.76, CASE WHEN name_of_case IN ('industry_low_ratio', 'industry_exempt') THEN 1 ELSE 2 END, 'industry_warehouse', true
  FROM design WHERE letter = 'I' AND name_of_case <> 'industry_idle';

-- Underground: a mall under one block of shops and a metro station under a street corner.
CREATE TABLE below (id integer PRIMARY KEY, name_of_case text, subdistrict integer, floor_area double precision, geom geometry(MultiPolygon, 4548));
INSERT INTO below
SELECT 9001, 'mall_below', subdistrict, round((ST_Area(geom) * 1.6)::numeric, 2), geom
  FROM (SELECT subdistrict, ST_SetSRID(ST_Multi(ST_MakePolygon(ST_MakeLine(ARRAY[at(s0 + 8, t0 + 8), at(s0 + 8, t1 - 8), at(s1 - 8, t1 - 8), at(s1 - 8, t0 + 8), at(s0 + 8, t0 + 8)]))), 4548) AS geom
          FROM block WHERE i = 11 AND j = 4) q
UNION ALL
SELECT 9002, 'metro_below', subdistrict, round((ST_Area(geom) * 1.2)::numeric, 2), geom
  FROM (SELECT subdistrict, ST_SetSRID(ST_Multi(ST_MakePolygon(ST_MakeLine(ARRAY[at(s0 + 20, t0 - 40), at(s0 + 20, t0 + 30), at(s1 - 20, t0 + 30), at(s1 - 20, t0 - 40), at(s0 + 20, t0 - 40)]))), 4548) AS geom
          FROM block WHERE i = 13 AND j = 7) q;
INSERT INTO truth
SELECT b.id, t.family, t.verdict, t.reasons, t.missing, t.flags, t.route FROM below b JOIN case_truth t ON t.name = b.name_of_case;

CREATE FUNCTION house_ring(d design, h house) RETURNS geometry
    LANGUAGE sql STABLE
AS $$
    SELECT ST_SetSRID(ST_Multi(ST_MakePolygon(ST_MakeLine(
               ST_MakePoint(round(p.e::numeric, 3), round(p.n::numeric, 3)) ORDER BY v.k))), 4548)
      FROM (VALUES (1, h.x0, h.y0), (2, h.x0, h.y1), (3, h.x1, h.y1), (4, h.x1, h.y0), (5, h.x0, h.y0)) v(k, x, y)
     CROSS JOIN district_scale s
     CROSS JOIN LATERAL bend(d.s_low + v.x * d.width, d.t_low + v.y * d.depth, s.scale) p
$$;

CREATE TABLE building AS
SELECT row_number() OVER (ORDER BY h.id, h.n)::integer AS id, h.id AS parcel, h.n, h.family, h.storeys, h.finished,
       house_ring(d, h)::geometry(MultiPolygon, 4548) AS geom,
       NULL::double precision AS footprint_area, NULL::double precision AS floor_area_above, NULL::double precision AS floor_area_below,
       NULL::integer AS built_year, NULL::text AS danger_grade, NULL::text AS heritage_kind, d.letter = 'V' AS is_villa
  FROM house h JOIN design d USING (id);
ALTER TABLE building ADD PRIMARY KEY (id);
CREATE INDEX ON building (parcel);
UPDATE building SET footprint_area = round(ST_Area(geom)::numeric, 2);
UPDATE building SET floor_area_above = round((footprint_area * storeys)::numeric, 2),
                    floor_area_below = CASE WHEN family = 'commerce_office' AND storeys >= 18 THEN round((footprint_area * 3)::numeric, 2) ELSE 0 END;

-- One year of completion for all houses of a parcel.
UPDATE building b
   SET built_year = CASE d.letter WHEN 'T' THEN CASE d.name_of_case WHEN 'office_stalled' THEN NULL WHEN 'office_new' THEN 2023 ELSE 1998 + floor(22 * c)::integer END
                                  WHEN 'R' THEN 1985 + floor(30 * c)::integer WHEN 'H' THEN 1988 + floor(28 * c)::integer
                                  WHEN 'M' THEN 1978 + floor(20 * c)::integer WHEN 'W' THEN 1972 + floor(26 * c)::integer
                                  WHEN 'L' THEN 1921 + floor(34 * c)::integer WHEN 'E' THEN 2003 + floor(15 * c)::integer
                                  WHEN 'S' THEN NULL WHEN 'V' THEN 1916 + floor(22 * c)::integer
                                  WHEN 'I' THEN 1976 + floor(30 * c)::integer ELSE 1982 + floor(33 * c)::integer END,
       heritage_kind = CASE d.name_of_case WHEN 'villa_heritage' THEN 'historic_building' WHEN 'shop_heritage' THEN 'historic_building'
                                           WHEN 'facility_heritage' THEN 'protected_building' END,
       danger_grade = CASE WHEN d.letter IN ('T', 'S') AND NOT b.finished THEN NULL WHEN d.letter IN ('T', 'E') THEN 'A' ELSE CASE WHEN chance(b.id, 36) < 0.3 THEN 'A' ELSE 'B' END END
  FROM design d, LATERAL (SELECT chance(d.id, 37) AS c) r
 WHERE d.id = b.parcel;
UPDATE building b SET built_year = NULL FROM parcel p WHERE p.id = b.parcel AND p.name_of_case = 'walkup_year_unknown';

-- Dangerous houses: at least 60 % of the flats' floor area; for one house in four grade D.
UPDATE building b SET danger_grade = CASE WHEN chance(b.id, 38) < 0.25 THEN 'D' ELSE 'C' END
  FROM (SELECT b.id, sum(b.floor_area_above) OVER (PARTITION BY b.parcel ORDER BY b.n) - b.floor_area_above < 0.6 * sum(b.floor_area_above) OVER (PARTITION BY b.parcel) AS bad
          FROM building b JOIN parcel p ON p.id = b.parcel
         WHERE b.family = 'residence'
           AND p.name_of_case IN ('walkup_danger', 'walkup_exempt', 'walkup_candidate', 'walkup_exemption_open', 'walkup_year_unknown', 'mixed_danger', 'lane_danger')) q
 WHERE q.id = b.id AND q.bad;
UPDATE building b SET danger_grade = 'C' FROM parcel p WHERE p.id = b.parcel AND p.name_of_case = 'facility_danger' AND b.n = 1;
-- Nobody has looked at these houses.
UPDATE building b SET danger_grade = NULL FROM parcel p WHERE p.id = b.parcel AND p.name_of_case = 'walkup_grade_unknown';

-- Registered area: as measured to 0.01 m², for one parcel in fifty a little off, for one in a hundred not known.
ALTER TABLE parcel ADD COLUMN area double precision, ADD COLUMN registered_area double precision, ADD COLUMN floor_area double precision, ADD COLUMN plot_ratio double precision;
UPDATE parcel p SET area = ST_Area(geom), floor_area = (SELECT coalesce(sum(b.floor_area_above), 0) FROM building b WHERE b.parcel = p.id);
UPDATE parcel SET registered_area = CASE WHEN chance(id, 40) < 0.01 THEN NULL
                                         WHEN chance(id, 41) < 0.02 THEN round((area * (1 + 0.004 * (chance(id, 42) - 0.5)))::numeric, 2)
                                         ELSE round(area::numeric, 2) END;
UPDATE parcel SET plot_ratio = floor_area / coalesce(registered_area, area);

DO $check$
DECLARE
    bad text;
BEGIN
    ASSERT NOT EXISTS (SELECT FROM building WHERE NOT ST_IsValid(geom)), 'a building is not valid';
    SELECT string_agg(format('%s (%s): %s', p.id, p.name_of_case, round(p.plot_ratio::numeric, 2)), ', ') INTO bad FROM parcel p
     WHERE NOT CASE WHEN letter IN ('W', 'M') THEN plot_ratio > 1.03 WHEN letter = 'L' THEN plot_ratio < 0.97 WHEN name_of_case IN ('industry_low_ratio', 'industry_exempt') THEN plot_ratio < 0.75
                    WHEN name_of_case LIKE '%\_idle' AND letter IN ('T', 'I', 'S') OR name_of_case = 'office_start_unknown' THEN plot_ratio = 0
                    WHEN letter = 'I' THEN plot_ratio > 0.85 ELSE plot_ratio > 0 END;
    ASSERT bad IS NULL, 'plot ratio does not suit the case: ' || bad;
    SELECT string_agg(b.id::text, ', ') INTO bad FROM building b JOIN parcel p ON p.id = b.parcel WHERE NOT ST_CoveredBy(b.geom, p.geom);
    ASSERT bad IS NULL, 'buildings cross the border of their lot: ' || bad;
    SELECT string_agg(format('%s/%s', a.id, b.id), ', ') INTO bad FROM building a JOIN building b ON b.parcel = a.parcel AND b.id > a.id AND ST_Overlaps(a.geom, b.geom);
    ASSERT bad IS NULL, 'buildings overlap: ' || bad;
END
$check$;
