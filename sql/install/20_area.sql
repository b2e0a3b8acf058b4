-- area: how large a polygon is, by named methods that are never mixed in one sum

CREATE FUNCTION planar_area(geom geometry) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_planar_area' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION planar_area(geometry) IS
'area of a Polygon or MultiPolygon in the plane of its projected system, in m² whatever the unit of the system; outer rings minus holes, Z and M ignored; not rounded; validity is not checked (see geometry_problem). NULL for NULL and for an empty polygon, which has no area to measure. Errors: 22023 for degrees, a Mercator system, no or an unregistered SRID, not a polygon, holes larger than the polygon; 0A000 curve or surface; 22003 a coordinate is NaN or infinite, or the area overflows. Stable because what the SRID means comes from the register of PROJ';

CREATE FUNCTION survey_system(srid integer,
                              OUT ellipsoid text, OUT zone_width integer, OUT zone integer,
                              OUT central_meridian integer, OUT false_easting double precision)
    RETURNS record
    AS 'MODULE_PATHNAME', 'il_survey_system' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;
COMMENT ON FUNCTION survey_system(integer) IS
'what an SRID is in the national land survey: ellipsoid cgcs2000 or xian1980; zone_width 3 or 6 degrees; zone = number that leads the eastings, NULL where they have none; central_meridian in degrees east; false_easting in metres, zone number included; only the ellipsoid for longitude and latitude (4490, 4610). NULL for every other SRID and for NULL. EPSG codes 4491 to 4554 and 2327 to 2390';

CREATE FUNCTION survey_area(geom geometry) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_survey_area' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION survey_area(geometry) IS
'area of a patch on the ellipsoid (图斑椭球面积) in m², by the procedure of the national land survey (TD/T 1055-2019; formulas and order of the 2008 instruction no. 32): coordinates rounded to 0.0001 m, edges divided into pieces of at most 70 m, inverse Gauss projection by the published series, B and L rounded to 0.000001 seconds, trapezoids, holes subtracted, result rounded half up to 0.01 m². The SRID must be one of survey_system and decides the ellipsoid. In 4490 and 4610 edges are straight in (B, L) and the first two steps do not apply, so the area of the same polygon given in a projected system may differ by 4e-6. Z and M ignored, validity not checked. NULL for NULL and for an empty polygon. Errors: 22023 another or no SRID, a coordinate the system cannot have, not a polygon; 0A000 curve or surface; 22003 a coordinate is NaN or infinite';

CREATE FUNCTION survey_area(geom geometry, ellipsoid text) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_survey_area' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 200;
COMMENT ON FUNCTION survey_area(geometry, text) IS
'as survey_area(geom), with the ellipsoid named (cgcs2000 or xian1980) instead of taken from the SRID, for old data that stands under the SRID of another ellipsoid. Error 22023 for another name';

CREATE FUNCTION geodesic_area(geom geometry) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_geodesic_area' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 500;
COMMENT ON FUNCTION geodesic_area(geometry) IS
'area on the ellipsoid of the system of its SRID, in m², with geodesics for edges (Karney 2013, as in PROJ); points of a projected system, Web Mercator included, are first inverted to longitude and latitude. Not rounded, Z and M ignored, validity not checked. NULL for NULL and for an empty polygon. Errors: 22023 no or an unregistered SRID, a coordinate the system cannot have, not a polygon; 0A000 curve or surface; 22003 a coordinate is NaN or infinite. Stable because what the SRID means comes from the register of PROJ';

CREATE FUNCTION projected_series_area(geom geometry) RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_projected_series_area' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION projected_series_area(geometry) IS
'area on the ellipsoid in m², from plane coordinates of a transverse Mercator system (Gauss-Kruger, UTM ...) by the series of the squared scale: one pass over the points, edges straight in the plane, relative error below 1e-11 within 100 km of the central meridian and 1e-9 within 400 km. Not rounded, Z and M ignored, validity not checked. NULL for NULL and for an empty polygon. Errors: 22023 another or no SRID, farther than 400 km from the central meridian, not a polygon; 0A000 curve or surface; 22003 a coordinate is NaN or infinite. Stable because what the SRID means comes from the register of PROJ';

CREATE FUNCTION map_sheet_area(south double precision, north double precision, width double precision,
                               ellipsoid text DEFAULT 'cgcs2000') RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_map_sheet_area' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION map_sheet_area(double precision, double precision, double precision, text) IS
'theoretical area of a map sheet (图幅理论面积) in m², between the latitudes south and north and width degrees of longitude, all in decimal degrees, by the series of the 2008 instruction no. 32 (relative error of the series 1e-12 for a sheet, 7e-12 for the half ellipsoid); ellipsoid cgcs2000 or xian1980; not rounded. NULL for NULL. Errors: 22023 south above north, beyond the poles, width outside 0 to 360, an unknown ellipsoid; 22003 NaN or infinite';

CREATE FUNCTION adjusted_area(key anyelement, area double precision, control_area double precision,
                              method text DEFAULT 'proportional', tolerance double precision DEFAULT 0.001)
    RETURNS double precision
    AS 'MODULE_PATHNAME', 'il_adjusted_area' LANGUAGE C WINDOW IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION adjusted_area(anyelement, double precision, double precision, text, double precision) IS
'closes the areas of a partition to its control area (面积控制、强制调平), to be called OVER (PARTITION BY what the control area belongs to): the areas, rounded to 0.01 m², get corrections in whole units of 0.01 m² and then sum exactly to the control area. Method proportional: in proportion to area, whole units by largest remainder; equal: the same number of units for each part, what is left over one each to the largest. Ties: the larger area, then the smaller key. Keys are of any type with an order, text by its bytes. For survey patches and statistical tables; a parcel''s area and an indicator''s denominator are never adjusted. NULL where the control area is NULL in the whole partition. Errors: 22004 a NULL key or area; 22023 a key that occurs twice, a control area that varies, a negative number, |control - sum| above tolerance x control area (0.001; NULL = any), an area that would become negative (method equal only); 22003 NaN, infinite, out of range';

CREATE TYPE area_adjustment AS (area double precision, correction double precision,
                                largest_correction double precision, closure double precision);
COMMENT ON TYPE area_adjustment IS
'result of adjusted_area_detail, m²: the adjusted area, its correction, the correction of largest size in the partition, and closure = control area - sum of the areas';
COMMENT ON COLUMN area_adjustment.area IS 'adjusted area, m²';
COMMENT ON COLUMN area_adjustment.correction IS 'adjusted - given area, m²';
COMMENT ON COLUMN area_adjustment.largest_correction IS 'the correction of largest size in the partition, m²';
COMMENT ON COLUMN area_adjustment.closure IS 'control area - sum of the given areas, m²';

CREATE FUNCTION adjusted_area_detail(key anyelement, area double precision, control_area double precision,
                                     method text DEFAULT 'proportional', tolerance double precision DEFAULT 0.001)
    RETURNS area_adjustment
    AS 'MODULE_PATHNAME', 'il_adjusted_area_detail' LANGUAGE C WINDOW IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION adjusted_area_detail(anyelement, double precision, double precision, text, double precision) IS
'as adjusted_area, with the correction, the largest correction of the partition and its closure';
