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
