-- apportion: extensive values from sources to parcels, without losing any
SET search_path = inefficient_land, public;
\set VERBOSITY default

-- largest remainder: the textbook's 100 seats, ties, nothing
SELECT largest_remainder(100, '{453,442,105}') AS seats, largest_remainder(10, '{1,1,1}') AS tied, largest_remainder(2, '{1,3}') AS larger,
       largest_remainder(0, '{0,0}') AS nothing, largest_remainder(0, '{}') AS nobody, largest_remainder(NULL, '{1}') AS unknown;
SELECT largest_remainder(1, '{0,0}');
SELECT largest_remainder(1, '{}');
SELECT largest_remainder(-1, '{1}');
SELECT largest_remainder(1, '{1,-2}');
SELECT largest_remainder(1, '{1,NULL}');
SELECT largest_remainder(1, '{1,NaN}');
SELECT largest_remainder(1, '{{1},{2}}');
SELECT largest_remainder(9223372036854775807, '{1}');

-- three lots, the second and third share a strip; houses on one, two, the strip, beside them
CREATE TABLE lot (id integer PRIMARY KEY, code text UNIQUE, geom geometry);
INSERT INTO lot VALUES
    (1, 'A', 'SRID=4548;POLYGON((0 0,10 0,10 10,0 10,0 0))'),
    (2, 'B', 'SRID=4548;POLYGON((10 0,20 0,20 10,10 10,10 0))'),
    (3, 'C', 'SRID=4548;POLYGON((18 0,30 0,30 10,18 10,18 0))');
CREATE TABLE house (id integer PRIMARY KEY, floor_area double precision, people integer, geom geometry);
INSERT INTO house VALUES
    (1, 100.005, 3, 'SRID=4548;POLYGON((1 1,3 1,3 3,1 3,1 1))'),
    (2, 100, 10, 'SRID=4548;POLYGON((9 1,12 1,12 3,9 3,9 1))'),
    (3, 10, 7, 'SRID=4548;POLYGON((17 1,23 1,23 3,17 3,17 1))'),
    (4, 7, 5, 'SRID=4548;POLYGON((28 1,32 1,32 3,28 3,28 1))'),
    (5, NULL, 1, 'SRID=4548;POLYGON((1 1,3 1,3 3,1 3,1 1))'),
    (6, 5, 2, NULL),
    (7, 50, NULL, 'SRID=4548;POLYGON((9.99 1,12 1,12 3,9.99 3,9.99 1))'),
    (8, 1, 1, 'SRID=4548;POLYGON((40 1,42 1,42 3,40 3,40 1))'),
    (9, 0, 0, 'SRID=4548;POLYGON((9 5,11 5,11 7,9 7,9 5))');
CREATE TABLE share AS SELECT * FROM apportion('house', 'floor_area', 'lot');
SELECT * FROM share ORDER BY source_id, parcel_id, status;
SELECT * FROM apportion_balance('share', 'house', 'floor_area');
-- whole persons; a smaller unit leaves no rest; slivers count as they are
SELECT * FROM apportion('house', 'people', 'lot', 1) WHERE source_id IN (2, 3, 4, 7) ORDER BY source_id, parcel_id, status;
SELECT * FROM apportion('house', 'floor_area', 'lot', unit => 0.001, sliver_area => 0) WHERE source_id IN (1, 7) ORDER BY source_id, parcel_id;
-- what changed since is a difference
UPDATE share SET value = value + 1 WHERE source_id = 2 AND parcel_id = 1;
SELECT line, value FROM apportion_balance('share', 'house', 'floor_area') WHERE line IN ('difference', 'input');

-- a survey split comes before geometry: two thirds and one third, one without weight, one to a lot that does not exist
CREATE TABLE split (house integer, lot integer, used numeric);
INSERT INTO split VALUES (2, 1, 2), (2, 3, 1), (3, 1, 5), (3, 2, NULL), (4, 99, 1), (8, 2, NULL), (77, 1, 1);
SELECT * FROM apportion('house', 'floor_area', 'lot', link => 'split', link_source => 'house', link_parcel => 'lot', link_weight => 'used')
 WHERE source_id IN (1, 2, 3, 4, 8) ORDER BY source_id, parcel_id, status;
-- by key alone, the same for each link; sources without link stay unplaced
CREATE TABLE share_by_key AS SELECT * FROM apportion('house', 'floor_area', 'lot', link => 'split', link_source => 'house', link_parcel => 'lot', by_overlap => false);
SELECT * FROM share_by_key ORDER BY source_id, parcel_id, status;
SELECT * FROM apportion_balance('share_by_key', 'house', 'floor_area');

-- keys of other types; ties by the bytes of the key
CREATE TABLE firm (name text PRIMARY KEY, tax numeric);
INSERT INTO firm VALUES ('b', 100.0001), ('a', 1);
CREATE TABLE site (source_id text, parcel_id text);
INSERT INTO site VALUES ('b', 'A'), ('b', 'B'), ('b', 'C'), ('a', 'a'), ('a', 'B');
SELECT * FROM apportion('firm', 'tax', 'lot', 1, key_type => NULL::text, link => 'site', by_overlap => false, parcel_key => 'code') ORDER BY source_id COLLATE "C", parcel_id COLLATE "C", status;

-- the same rows in any order, and with little memory; mass is kept on a crooked town
CREATE TABLE town AS
    SELECT i AS id, ST_SetSRID(ST_Translate('POLYGON((0 0,40 1,41 41,-1 40,0 0))'::geometry, 500000 + i % 40 * 40, 4300000 + i / 40 * 40), 4548) AS geom
      FROM generate_series(0, 1599) i;
CREATE TABLE block AS
    SELECT i AS id, (i * 7919 % 100003)::double precision / 100 + 0.1 AS area,
           ST_SetSRID(ST_Translate('POLYGON((2 3,18 3,18 15,9 15,9 9,2 9,2 3))'::geometry, 500000 + i % 70 * 23.7, 4300000 + i / 70 * 23.25), 4548) AS geom
      FROM generate_series(0, 4829) i;
CREATE VIEW block_shuffled AS SELECT * FROM block ORDER BY hashint4(id);
CREATE TABLE town_share AS SELECT * FROM apportion('block', 'area', 'town');
SELECT line, rule, source_count, value FROM apportion_balance('town_share', 'block', 'area');
SET work_mem = '64kB';
SELECT count(*) AS other FROM (SELECT * FROM town_share EXCEPT ALL SELECT * FROM apportion('block_shuffled', 'area', 'town', source_key => 'id')) d;
RESET work_mem;
-- each source closes; without slivers each share lies within two units of its exact part: the rest, and the remainder
TRUNCATE town_share;
INSERT INTO town_share SELECT * FROM apportion('block', 'area', 'town', sliver_area => 0);
SELECT count(*) AS not_closed FROM (SELECT source_id FROM town_share GROUP BY source_id) s JOIN block b ON b.id = s.source_id
 WHERE (SELECT sum(h.value) FROM town_share h WHERE h.source_id = b.id) <> b.area::text::numeric;
SELECT count(*) > 1000 AS many, max(abs(h.value::double precision - b.area * o.area / planar_area(b.geom))) < 0.02 AS close
  FROM town_share h JOIN block b ON b.id = h.source_id JOIN overlap_areas('block', 'town') o ON o.a_id = h.source_id AND o.b_id = h.parcel_id
 WHERE NOT EXISTS (SELECT FROM town_share d WHERE d.source_id = b.id AND d.status = 'double_covered');
-- what two lots cover together, against the overlay itself
SELECT count(*) > 100 AS many, max(abs(h.value::double precision - b.area * t.area / ST_Area(b.geom))) < 0.0101 AS close
  FROM town_share h JOIN block b ON b.id = h.source_id,
       LATERAL (SELECT ST_Area(ST_Union(ST_Intersection(b.geom, ST_Intersection(p.geom, q.geom)))) AS area
                  FROM town p JOIN town q ON p.id < q.id AND p.geom && q.geom WHERE p.geom && b.geom AND q.geom && b.geom) t
 WHERE h.status = 'double_covered';

-- what is not sound is an error, or left out and said
\set VERBOSITY terse
INSERT INTO house VALUES (20, 3, 1, 'SRID=4548;POLYGON((0 0,10 10,10 0,0 10,0 0))');
SELECT * FROM apportion('house', 'floor_area', 'lot');
SELECT * FROM apportion('house', 'floor_area', 'lot', on_invalid => 'skip') WHERE source_id = 20;
DELETE FROM house WHERE id = 20;
-- values, keys, arguments
UPDATE house SET floor_area = -1 WHERE id = 1;
SELECT * FROM apportion('house', 'floor_area', 'lot');
UPDATE house SET floor_area = 'NaN' WHERE id = 1;
SELECT * FROM apportion('house', 'floor_area', 'lot');
UPDATE house SET floor_area = 1e30 WHERE id = 1;
SELECT * FROM apportion('house', 'floor_area', 'lot');
UPDATE split SET used = -used WHERE house = 2;
SELECT * FROM apportion('house', 'people', 'lot', 1, link => 'split', link_source => 'house', link_parcel => 'lot', link_weight => 'used');
CREATE VIEW house_twice AS SELECT * FROM house UNION ALL SELECT * FROM house;
SELECT * FROM apportion('house_twice', 'people', 'lot');
CREATE VIEW house_keyless AS SELECT nullif(id, 1) AS id, people, geom FROM house;
SELECT * FROM apportion('house_keyless', 'people', 'lot');
SELECT * FROM apportion('house', 'persons', 'lot');
SELECT * FROM apportion('house', 'geom', 'lot');
SELECT * FROM apportion('house', 'people', 'lot', parcel_key => 'number');
SELECT * FROM apportion('house', 'people', 'lot', 0);
SELECT * FROM apportion('house', 'people', 'lot', sliver_area => -1);
SELECT * FROM apportion('house', 'people', 'lot', on_invalid => 'repair');
SELECT * FROM apportion('house', 'people', 'lot', by_overlap => false);
SELECT * FROM apportion(NULL, 'people', 'lot');
SELECT * FROM apportion_balance('share', NULL, 'people');

DROP VIEW house_twice, house_keyless, block_shuffled;
DROP TABLE lot, house, share, share_by_key, split, firm, site, town, block, town_share;

-- the dominant value: most weight, by sum, not by piece; ties by bytes; unknown ones count against it
SELECT plot, dominant_agg(use, share, 0.5) AS half, dominant_agg(use, share, 0) AS most, dominant_agg(use, share, 0.8) AS four_fifths
  FROM (VALUES (1, 'a', 0.4::double precision), (1, 'b', 0.3), (1, 'b', 0.3), (2, 'b', 0.5), (2, 'B', 0.5), (3, 'a', 0.4), (3, NULL, 0.6), (4, NULL, 1), (5, 'a', NULL), (6, 'a', 0)) v(plot, use, share)
 GROUP BY plot ORDER BY plot;
SELECT dominant_agg('a', 1, 0.5) FROM generate_series(1, 0);
-- a sum that plain addition loses: 2^53 + 1 + 1 against 2^53 + 1
SELECT dominant_agg(use, weight, 0) FROM (VALUES ('b', 9007199254740992::double precision), ('b', 1), ('b', 1), ('a', 9007199254740992), ('a', 1)) v(use, weight);
SELECT dominant_agg('a', -1, 0.5);
SELECT dominant_agg('a', 'NaN', 0.5);
SELECT dominant_agg('a', 1, 1.5);
SELECT dominant_agg('a', 1, NULL);
SELECT dominant_agg('a', 1, share) FROM (VALUES (0.5), (0.6)) v(share);
