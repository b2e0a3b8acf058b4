-- overlap: what two polygons have in common

CREATE FUNCTION overlap_area(a geometry, b geometry) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_overlap_area' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION overlap_area(geometry, geometry) IS
'area of the intersection of two polygons in m², without building it: a signed sum over pairs of edges, continuous in the coordinates, so that shared and nearly shared borders do no harm; error below 1e-12 of the smaller area, 0 below 2e-13 of it. Holes, islands and multiparts count as they are, Z and M ignored. Both arguments are checked: an invalid polygon is an error, never a number. NULL for NULL and where one is empty. Errors: 22023 not a polygon, not sound (see geometry_problem), different SRIDs, degrees, Web Mercator, no or an unregistered SRID; 0A000 curve or surface; 22003 a coordinate is NaN or infinite. Stable because what the SRID means comes from the register of PROJ';

CREATE FUNCTION _overlap_detail(a geometry, b geometry,
                                OUT area double precision, OUT pairs bigint, OUT recomputed boolean)
    RETURNS record
    AS 'MODULE_PATHNAME', 'il__overlap_detail' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION _overlap_detail(geometry, geometry) IS
'as overlap_area, with the number of edge pairs and whether the sum was repeated in double-double; for tests and benchmarks';

CREATE FUNCTION _overlap_exceeds_support(request internal) RETURNS internal
    AS 'MODULE_PATHNAME', 'il__overlap_exceeds_support' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION _overlap_exceeds_support(internal) IS
'tells the planner about overlap_exceeds: index condition, selectivity, cost';

CREATE FUNCTION overlap_exceeds(a geometry, b geometry, min_area double precision) RETURNS boolean
    AS 'MODULE_PATHNAME', 'il_overlap_exceeds' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 200
    SUPPORT _overlap_exceeds_support;
COMMENT ON FUNCTION overlap_exceeds(geometry, geometry, double precision) IS
'whether overlap_area(a, b) is greater than min_area (m², 0 or more); equal is not greater. In WHERE and JOIN it uses an index on either geometry whose operator class knows the operator && (GiST in two dimensions, alone or beside other columns), and rows are the same with and without; pairs that the index leaves out are not looked at, so an invalid polygon is an error only where its extent meets another one. NULL for NULL and where one is empty. Errors: 22023 min_area is negative, NaN or infinite; else as overlap_area';

CREATE FUNCTION overlap_areas(a regclass, b regclass,
                              a_key name DEFAULT NULL, b_key name DEFAULT NULL,
                              a_geometry name DEFAULT NULL, b_geometry name DEFAULT NULL,
                              min_area double precision DEFAULT 0, stratum text DEFAULT NULL,
                              on_invalid text DEFAULT 'error',
                              OUT a_id bigint, OUT b_id bigint, OUT area double precision)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'il_overlap_areas' LANGUAGE C STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    COST 1000000 ROWS 100000;
COMMENT ON FUNCTION overlap_areas(regclass, regclass, name, name, name, name, double precision, text, text) IS
'all pairs of polygons of two relations that have more than min_area (m², 0 or more) in common, with that area as overlap_area computes it: one pass, each relation read once, without an index. Tables, partitioned and foreign tables, views and materialized views, read as the caller may: privileges and row security hold. a_key, b_key: key columns of an integer type, NULL takes the primary key of one column, else id. a_geometry, b_geometry: NULL takes the only column of type geometry, else geom. stratum: only rows of this land stratum (surface, above, below; an unknown one counts as surface) in each relation that has a column stratum. on_invalid: what happens to polygons that are not sound: error; skip; repair (as ST_MakeValid with method=linework does); skip and repair report each case by a NOTICE with its key. Rows without geometry or with an empty one are in no pair. The rows come in no order, the areas are the same bits for any plan, order of rows and work_mem. Memory: polygons up to 8 × work_mem, beyond that in temporary files of the server by tiles; keys whose uniqueness no index shows are sorted within work_mem. Progress in pg_stat_activity.application_name. Errors: 42809 not a relation with rows, 42703 no such column, 42804 type of key or geometry, 23502 a key is null, 23505 a key comes twice, 22004 an argument is null, 22023 min_area, stratum, on_invalid, two SRIDs, else as overlap_area; errors name relation and key';

CREATE FUNCTION overlap_areas(a regclass, b regclass, key_type anyelement,
                              a_key name DEFAULT NULL, b_key name DEFAULT NULL,
                              a_geometry name DEFAULT NULL, b_geometry name DEFAULT NULL,
                              min_area double precision DEFAULT 0, stratum text DEFAULT NULL,
                              on_invalid text DEFAULT 'error',
                              OUT a_id anyelement, OUT b_id anyelement, OUT area double precision)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'il_overlap_areas_by_key' LANGUAGE C STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    COST 1000000 ROWS 100000;
COMMENT ON FUNCTION overlap_areas(regclass, regclass, anyelement, name, name, name, name, double precision, text, text) IS
'as overlap_areas for integer keys, for keys of any type that has an order: key_type => NULL::text or NULL::uuid; the value does not matter. Both key columns are of that type';

CREATE FUNCTION overlap_sums(a regclass, b regclass, b_value name DEFAULT NULL,
                             a_key name DEFAULT NULL, b_key name DEFAULT NULL,
                             a_geometry name DEFAULT NULL, b_geometry name DEFAULT NULL,
                             min_area double precision DEFAULT 0, on_invalid text DEFAULT 'error',
                             OUT a_id bigint, OUT pair_count bigint, OUT area double precision,
                             OUT value double precision, OUT missing_count bigint)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'il_overlap_sums' LANGUAGE C STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    COST 1000000 ROWS 100000;
COMMENT ON FUNCTION overlap_sums(regclass, regclass, name, name, name, name, name, double precision, text) IS
'for each polygon of a what those of b share with it, in one pass and without a row for each pair: pair_count, the polygons of b that have more than min_area (m²) in common with it; area, the sum of these areas (m², counted twice where polygons of b overlap); value, the sum of b_value x area / area of the polygon of b, the share of an extensive value (NULL without b_value, and where no overlapping polygon has one); missing_count, pairs whose b_value is NULL and left out, NULL without b_value. A polygon that nothing overlaps has a row with 0; rows of a without geometry have none. The sums are exact and rounded once, the bits of exact_sum_agg over the rows of overlap_areas, for any plan, order of rows and work_mem. Shares are not closed to whole units: see apportion. Arguments, privileges, memory and errors as overlap_areas, with some 200 bytes more for each polygon of a; 22023 b_value is negative, 22003 not finite, 42804 not a number';

CREATE FUNCTION overlap_sums(a regclass, b regclass, key_type anyelement, b_value name DEFAULT NULL,
                             a_key name DEFAULT NULL, b_key name DEFAULT NULL,
                             a_geometry name DEFAULT NULL, b_geometry name DEFAULT NULL,
                             min_area double precision DEFAULT 0, on_invalid text DEFAULT 'error',
                             OUT a_id anyelement, OUT pair_count bigint, OUT area double precision,
                             OUT value double precision, OUT missing_count bigint)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'il_overlap_sums_by_key' LANGUAGE C STABLE CALLED ON NULL INPUT PARALLEL UNSAFE
    COST 1000000 ROWS 100000;
COMMENT ON FUNCTION overlap_sums(regclass, regclass, anyelement, name, name, name, name, name, double precision, text) IS
'as overlap_sums for integer keys, for keys of any type that has an order: key_type => NULL::text or NULL::uuid; the value does not matter. Both key columns are of that type';
