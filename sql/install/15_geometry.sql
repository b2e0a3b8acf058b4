-- geometry: what a polygon is made of, what is wrong with it, what its SRID means

CREATE FUNCTION geometry_ring(geom geometry,
                              OUT part integer, OUT ring integer, OUT is_hole boolean,
                              OUT points integer, OUT area double precision)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'il_geometry_ring' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10 ROWS 2;
COMMENT ON FUNCTION geometry_ring(geometry) IS
'the rings of a Polygon or MultiPolygon in their order: part = number of the polygon, empty ones counted; ring = number within it; the first ring of a polygon is its outer ring, the others are holes, whatever their direction; points with the closing one; area >= 0 in squared units of the coordinates, Z and M ignored. NULL and an empty polygon have no rings. Errors: 22023 not a polygon, 0A000 curve or surface, 22003 a coordinate is NaN or infinite';

CREATE FUNCTION geometry_problem(geom geometry) RETURNS text
    AS 'MODULE_PATHNAME', 'il_geometry_problem' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION geometry_problem(geometry) IS
'what keeps a geometry from being measured: NULL for a sound polygon, else the first problem as code: details. Codes: empty, not a polygon, curve, coordinate not finite, too few points, ring not closed, invalid (by the simple-features rules as GEOS checks them, with reason and place). Never an error because of the geometry; NULL for NULL';

CREATE FUNCTION crs_kind(srid integer) RETURNS text
    AS 'MODULE_PATHNAME', 'il_crs_kind' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION crs_kind(integer) IS
'kind of coordinates an SRID stands for: projected, geographic, mercator (Web, World and other Mercator systems, whose areas are not true), geocentric, other, or unknown for 0 and for what is not in the registers of PROJ (EPSG; ESRI for codes above 32767). spatial_ref_sys is not read, so a local system is unknown. Stable and not immutable because the registers come with PROJ. NULL for NULL';

CREATE FUNCTION crs_unit(srid integer) RETURNS text
    AS 'MODULE_PATHNAME', 'il_crs_unit' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION crs_unit(integer) IS
'unit of the coordinates an SRID stands for, in the words of the EPSG register: metre, degree, US survey foot ... NULL where crs_kind is unknown, and for NULL';

CREATE FUNCTION _geometry_access(geom geometry) RETURNS text
    AS 'MODULE_PATHNAME', 'il__geometry_access' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION _geometry_access(geometry) IS
'how this session reads the value: stored form, or send function where inefficient_land.geometry_fast_path is off, the self-check failed or the form is not known; for tests and support. NULL for NULL';
