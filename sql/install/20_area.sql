-- area: how large a polygon is, by named methods that are never mixed in one sum

CREATE FUNCTION planar_area(geom geometry) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_planar_area' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION planar_area(geometry) IS
'area of a Polygon or MultiPolygon in the plane of its projected system, in m² whatever the unit of the system; outer rings minus holes, Z and M ignored; not rounded; validity is not checked (see geometry_problem). NULL for NULL and for an empty polygon, which has no area to measure. Errors: 22023 for degrees, Web Mercator, no or an unregistered SRID, not a polygon, holes larger than the polygon; 0A000 curve or surface; 22003 a coordinate is NaN or infinite, or the area overflows. Stable because what the SRID means comes from the register of PROJ';
