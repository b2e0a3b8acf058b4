-- measure: areas of parcels and of the buildings on them
SET search_path = inefficient_land, public;
SET client_min_messages = warning;
CALL create_survey('measure_test', srid => 4548, base_year => 2022);
SET search_path = measure_test, inefficient_land, public;

-- a value counts where it can be meant
SELECT v, _usable(v), _usable_amount(v)
  FROM unnest('{0,-0,12.5,-12.5,1e-13,1e18,1.1e18,NaN,Infinity,-Infinity}'::float8[]) v;
SELECT _usable(NULL) IS NULL AND _usable_amount(NULL) IS NULL AS null_stays_null;

-- rectangles: corner, width, height
CREATE FUNCTION box(x float8, y float8, w float8, h float8) RETURNS geometry LANGUAGE sql IMMUTABLE
RETURN ST_Multi(ST_MakeEnvelope(518000 + x, 4331000 + y, 518000 + x + w, 4331000 + y + h, 4548));

INSERT INTO parcel (id, code, subdistrict, registered_area, present_use, present_use_system, stratum, geom) VALUES
    (1, 'P1', 'S1', 10050, '0601', 'GB/T 21010-2017', NULL,      box(0, 0, 100, 100)),
    (2, 'P2', 'S1', NULL,  '0601', 'GB/T 21010-2017', 'surface', box(200, 0, 100, 100)),
    (3, 'P3', 'S1', 0,     '0505', 'GB/T 21010-2017', NULL,      box(400, 0, 100, 100)),
    (4, 'P4', 'S1', -5,    '0505', 'GB/T 21010-2017', NULL,      NULL),
    (5, 'P5', 'S1', 'NaN', '0505', 'GB/T 21010-2017', NULL,
        ST_Multi(ST_GeomFromText('POLYGON((518600 4331000,518700 4331100,518700 4331000,518600 4331100,518600 4331000))', 4548))),
    (6, 'P6', 'S1', 500,   '0701', 'GB/T 21010-2017', 'below',   box(0, 200, 100, 100)),
    (7, 'P7', 'S1', 1000,  '9999', 'GB/T 21010-2017', NULL,      box(200, 200, 100, 100)),
    (8, 'P8', 'S1', 1000,  '0505', 'GB/T 21010-2017', NULL,      box(400, 200, 100, 100)),
    (9, 'P9', 'S1', 1000,  '0601', 'GB/T 21010-2017', NULL,      box(600, 200, 100, 100));

-- parts: P8 has shops below flats; P9 declares the whole of it industry
INSERT INTO parcel_use (parcel_id, family, land_area, floor_area) VALUES
    (8, 'commerce_office', 400, 800), (8, 'residence', 300, NULL), (8, 'residence', 300, 100), (9, 'industry_warehouse', NULL, NULL), (7, ' ', 5, 5);

INSERT INTO building (id, code, parcel_id, family, footprint_area, floor_area_above, geom) VALUES
    (1, 'B1', 1, NULL, 600,  3000, box(10, 10, 30, 20)),        -- podium …
    (2, 'B2', 1, NULL, NULL, 4000, box(10, 10, 20, 20)),        -- … and the tower on it: its 400 m² of ground are the podium's
    (3, 'B3', 1, NULL, 50,   50,   NULL),                       -- surveyed, not drawn
    (4, 'B4', 2, NULL, NULL, 100,  NULL),                       -- neither drawn nor surveyed
    (5, 'B5', 2, NULL, 100,  NULL, NULL),                       -- floor area unknown
    (6, 'B6', 3, NULL, NULL, 200,  box(410, 10, 10, 10)),       -- two houses that share a wall
    (7, 'B7', 3, NULL, NULL, 200,  box(420, 10, 10, 10)),
    (8, 'B6', 3, NULL, NULL, 200,  box(410, 10, 10, 10)),       -- appended twice: one building
    (9, 'B9', 6, NULL, 100,  100,  NULL),                       -- above a parcel below ground
    (10, 'B10', 4, NULL, -3, 300,  box(10, 400, 10, 10)),       -- impossible footprint: the drawing counts
    (11, 'B11', 8, 'residence', 70, 700, NULL),
    (12, 'B11', 8, 'residence', 70, 710, NULL);                 -- the same building with another floor area

SELECT * FROM _parcel_part('measure_test', 'present') ORDER BY parcel_id, family;
SELECT parcel_id, building_id, own_family, footprint_area, floor_area, sound_geom IS NOT NULL AS sound FROM _survey_building('measure_test') ORDER BY building_id;

-- expected by hand: P1 covers 600 + 400 - 400 + 50 = 650 and has 7050 of floor;
-- P2 unknown twice; P3 200 and 400; P4 100 and 300; P5 unknown; P6 no figures;
-- P7 without buildings and family: unknown; P8 70, floor unknown; P9 unknown
CREATE VIEW measured AS
SELECT m.parcel_id, m.registered_area, round(m.planar_area::numeric, 4) AS planar, round(m.ellipsoidal_area::numeric, 2) AS ellipsoidal, round(m.land_area::numeric, 4) AS land, m.area_basis_used,
       m.footprint_area, m.floor_area, m.building_count
  FROM _measure_parcel('measure_test', '{registered,planar,ellipsoidal}', 'present', '2024-02-29') m;
SELECT * FROM measured ORDER BY parcel_id;

-- the order of the basis
SELECT parcel_id, area_basis_used, round(land_area::numeric, 2) AS land FROM _measure_parcel('measure_test', '{ellipsoidal,registered}', 'present', NULL) ORDER BY parcel_id;

-- no buildings means 0 only where somebody says that there are no others
INSERT INTO complete_list (fact, family, department, as_of) VALUES ('building', 'industry_warehouse', 'housing', '2024-01-31');
SELECT parcel_id, footprint_area, floor_area FROM measured WHERE parcel_id IN (5, 7, 9) ORDER BY parcel_id;
UPDATE complete_list SET as_of = '2024-03-01';
SELECT parcel_id, footprint_area, floor_area FROM measured WHERE parcel_id IN (5, 7, 9) ORDER BY parcel_id;
UPDATE complete_list SET as_of = '2024-02-29', family = NULL;
SELECT parcel_id, footprint_area, floor_area FROM measured WHERE parcel_id IN (5, 7, 9) ORDER BY parcel_id;

-- no parcel has a registered use: only the declared parts remain
SELECT family FROM _parcel_part('measure_test', 'registered');

-- the same in any order of rows and under other ids
CREATE TABLE before AS SELECT p.code, m.* FROM _measure_parcel('measure_test', '{registered,planar,ellipsoidal}', 'present', '2024-02-29') m JOIN parcel p ON p.id = m.parcel_id;
CREATE TABLE shuffled AS SELECT * FROM building;
TRUNCATE building;
INSERT INTO building SELECT (b).* FROM (SELECT jsonb_populate_record(NULL::building, to_jsonb(s) || jsonb_build_object('id', 1000 - s.id)) AS b FROM shuffled s ORDER BY md5(s.code || s.id)) x;
SELECT count(*) AS differences
  FROM before b
  FULL JOIN (SELECT p.code, m.* FROM _measure_parcel('measure_test', '{registered,planar,ellipsoidal}', 'present', '2024-02-29') m JOIN parcel p ON p.id = m.parcel_id) a USING (code)
 WHERE (a.*) IS DISTINCT FROM (b.*);

-- batches of any size cover every parcel once
SELECT from_id, to_id, done, total FROM _id_batch('measure_test', 4);
DELETE FROM parcel;
SELECT count(*) FROM _id_batch('measure_test', 4);
SELECT count(*) FROM measured;

RESET search_path;
CALL inefficient_land.drop_survey('measure_test');
