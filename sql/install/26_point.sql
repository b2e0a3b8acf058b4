-- point: in which parcel a point lies

CREATE FUNCTION points_in_parcels(points regclass, parcels regclass,
                                  points_key name DEFAULT NULL, parcels_key name DEFAULT NULL,
                                  points_geometry name DEFAULT NULL, parcels_geometry name DEFAULT NULL,
                                  on_invalid text DEFAULT 'error',
                                  OUT point_id bigint, OUT parcel_id bigint, OUT status text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'il_points_in_parcels' LANGUAGE C STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    COST 1000000 ROWS 100000;
COMMENT ON FUNCTION points_in_parcels(regclass, regclass, name, name, name, name, text) IS
'in which polygons of one relation the points of another lie: one pass, each relation read once, without an index, no point left out. status: inside (of this parcel and of no other), several (inside of more than one, a row for each), on_border (on the border of this parcel, a row for each; decided exactly, without tolerance), outside (of all, parcel_id NULL), no_place (no geometry, an empty or skipped one, parcel_id NULL). A point inside one parcel may also lie on the border of another. Both relations in one projected system; Z and M ignored. Keys, geometry columns, privileges, memory and errors as overlap_areas, with points_key => and so on; on_invalid: error; skip; repair, which is for parcels only. Memory besides: a byte for each point. The rows come in no order and are the same for any plan, order of rows and work_mem';

CREATE FUNCTION points_in_parcels(points regclass, parcels regclass, key_type anyelement,
                                  points_key name DEFAULT NULL, parcels_key name DEFAULT NULL,
                                  points_geometry name DEFAULT NULL, parcels_geometry name DEFAULT NULL,
                                  on_invalid text DEFAULT 'error',
                                  OUT point_id anyelement, OUT parcel_id anyelement, OUT status text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'il_points_in_parcels_by_key' LANGUAGE C STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    COST 1000000 ROWS 100000;
COMMENT ON FUNCTION points_in_parcels(regclass, regclass, anyelement, name, name, name, name, text) IS
'as points_in_parcels for integer keys, for keys of any type that has an order: key_type => NULL::text or NULL::uuid; the value does not matter. Both key columns are of that type';
