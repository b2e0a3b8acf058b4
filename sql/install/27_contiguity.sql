-- contiguity: which polygons are neighbours

CREATE FUNCTION contiguity(parcels regclass,
                           max_gap double precision DEFAULT 0, touch_tolerance double precision DEFAULT NULL,
                           barriers regclass DEFAULT NULL,
                           parcels_key name DEFAULT NULL, parcels_geometry name DEFAULT NULL,
                           barriers_class name DEFAULT NULL, barriers_geometry name DEFAULT NULL,
                           stratum text DEFAULT NULL, on_invalid text DEFAULT 'error',
                           OUT from_id bigint, OUT to_id bigint, OUT kind text,
                           OUT length double precision, OUT gap double precision, OUT facing_length double precision,
                           OUT barrier_class text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'il_contiguity' LANGUAGE C STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    COST 1000000 ROWS 500000;
COMMENT ON FUNCTION contiguity(regclass, double precision, double precision, regclass, name, name, name, name, text, text) IS
'neighbours among the polygons of a relation, each pair in both directions, in one pass without an index. kind: touch = no farther apart than touch_tolerance (m, 0 or more; NULL = 0.05 in a projected system, else 0) with more than two tolerances of border in common, or overlapping; corner = touching without; gap = apart by up to max_gap (m, 0 or more) with no third polygon of the relation on the bridge, for longer than the tolerance; island = no neighbour at all, to_id is NULL, so every polygon is in from_id. length (m): border in common, where the border of one runs along the other''s within the tolerance, beside it and turned by no more than 45 degrees, mean of the two sides; vertices need not meet; 0 for a gap. gap (m): least distance, 0 where they meet or overlap. facing_length (m): for a gap how much of the border of one lies within max(1.25 gap, gap + 0.5 m) of the other, mean of the two, else as length. The bridge of a gap crosses it in the middle of the longest stretch where it is as narrow as anywhere, within the tolerance. barriers: relation of lines or polygons (their borders count) with a class; barrier_class: the greatest class, by bytes, of those that the bridge crosses, NULL = none; pairs that touch have none. In degrees, without SRID or in a system that is not projected max_gap is 0, the tolerance is in units of the coordinates, and length, gap and facing_length are NULL. With tolerance 0 what rounding cannot tell from touching touches. parcels_key, parcels_geometry, stratum, on_invalid: as in overlap_areas; barriers_class: NULL takes the column class; barriers_geometry: NULL takes the only column of type geometry, else geom. Privileges and row security of the caller hold. The rows come in no order, and are the same bits for any plan and order of rows. Memory: all polygons, about 300 bytes and 16 for each vertex, and 150 for each gap. Progress in pg_stat_activity.application_name. Errors: 22004 an argument is null, 22023 max_gap, touch_tolerance, stratum, on_invalid, max_gap where there are no metres, two SRIDs, 23502 a key or a class is null, 23505 a key comes twice, else as overlap_areas; errors name relation and key';

CREATE FUNCTION contiguity(parcels regclass, key_type anyelement,
                           max_gap double precision DEFAULT 0, touch_tolerance double precision DEFAULT NULL,
                           barriers regclass DEFAULT NULL,
                           parcels_key name DEFAULT NULL, parcels_geometry name DEFAULT NULL,
                           barriers_class name DEFAULT NULL, barriers_geometry name DEFAULT NULL,
                           stratum text DEFAULT NULL, on_invalid text DEFAULT 'error',
                           OUT from_id anyelement, OUT to_id anyelement, OUT kind text,
                           OUT length double precision, OUT gap double precision, OUT facing_length double precision,
                           OUT barrier_class text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'il_contiguity_by_key' LANGUAGE C STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    COST 1000000 ROWS 500000;
COMMENT ON FUNCTION contiguity(regclass, anyelement, double precision, double precision, regclass, name, name, name, name, text, text) IS
'as contiguity for integer keys, for keys of any type that has an order: key_type => NULL::text or NULL::uuid; the value does not matter';
