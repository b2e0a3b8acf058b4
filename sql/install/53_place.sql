-- place: PostGIS as the checks of a survey use it
-- Where PostGIS lives in public, a path that leads there also leads to whatever
-- strangers put there.  The functions of 54 to 59 leave it out and reach PostGIS
-- through these, which are bound when the extension is created and inlined when used.

CREATE FUNCTION _no_place() RETURNS geometry
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
RETURN NULL::geometry;
COMMENT ON FUNCTION _no_place() IS 'no geometry (NULL)';

CREATE FUNCTION _point(x double precision, y double precision, srid integer) RETURNS geometry
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
RETURN ST_SetSRID(ST_MakePoint(x, y), srid);
COMMENT ON FUNCTION _point(double precision, double precision, integer) IS 'a point';

CREATE FUNCTION _x(point geometry) RETURNS double precision
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
RETURN ST_X(point);
COMMENT ON FUNCTION _x(geometry) IS 'easting of a point';

CREATE FUNCTION _y(point geometry) RETURNS double precision
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
RETURN ST_Y(point);
COMMENT ON FUNCTION _y(geometry) IS 'northing of a point';

CREATE FUNCTION _srid(geom geometry) RETURNS integer
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
RETURN ST_SRID(geom);
COMMENT ON FUNCTION _srid(geometry) IS 'SRID of a geometry';

CREATE FUNCTION _transformed(geom geometry, srid integer) RETURNS geometry
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000
RETURN ST_Transform(geom, srid);
COMMENT ON FUNCTION _transformed(geometry, integer) IS 'a geometry in another system';

CREATE FUNCTION _has_no_points(geom geometry) RETURNS boolean
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
RETURN ST_IsEmpty(geom);
COMMENT ON FUNCTION _has_no_points(geometry) IS 'whether a geometry has no points';

CREATE FUNCTION _inner_point(geom geometry) RETURNS geometry
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000
RETURN ST_PointOnSurface(geom);
COMMENT ON FUNCTION _inner_point(geometry) IS 'a point inside a sound polygon';

CREATE FUNCTION _box_centre(geom geometry) RETURNS geometry
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
RETURN ST_Centroid(ST_Envelope(geom));
COMMENT ON FUNCTION _box_centre(geometry) IS 'centre of the bounding box: where a geometry is that cannot be measured';

CREATE FUNCTION _surface(geom geometry) RETURNS double precision
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50
RETURN ST_Area(geom);
COMMENT ON FUNCTION _surface(geometry) IS 'planar area of any geometry, 0 for points and lines';

CREATE FUNCTION _perimeter(geom geometry) RETURNS double precision
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 50
RETURN ST_Perimeter(geom);
COMMENT ON FUNCTION _perimeter(geometry) IS 'length of all rings';

CREATE FUNCTION _distance(a geometry, b geometry) RETURNS double precision
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000
RETURN ST_Distance(a, b);
COMMENT ON FUNCTION _distance(geometry, geometry) IS 'distance of two geometries';

CREATE FUNCTION _boxes_meet(a geometry, b geometry) RETURNS boolean
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1
RETURN a && b;
COMMENT ON FUNCTION _boxes_meet(geometry, geometry) IS 'whether the bounding boxes meet; served by the index on either';

CREATE FUNCTION _box_overlap(a geometry, b geometry) RETURNS double precision
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
RETURN (least(ST_XMax(a), ST_XMax(b)) - greatest(ST_XMin(a), ST_XMin(b)))
     * (least(ST_YMax(a), ST_YMax(b)) - greatest(ST_YMin(a), ST_YMin(b)));
COMMENT ON FUNCTION _box_overlap(geometry, geometry) IS 'area common to the boxes of geometries whose boxes meet: no overlap is larger';

CREATE FUNCTION _meets(a geometry, b geometry) RETURNS boolean
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000
RETURN ST_Intersects(a, b);
COMMENT ON FUNCTION _meets(geometry, geometry) IS 'whether two geometries have a point in common; served by the index';

CREATE FUNCTION _common_part(a geometry, b geometry) RETURNS geometry
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000
RETURN ST_Intersection(a, b);
COMMENT ON FUNCTION _common_part(geometry, geometry) IS 'what two geometries have in common';

CREATE FUNCTION _part_outside(a geometry, b geometry) RETURNS geometry
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000
RETURN ST_Difference(a, b);
COMMENT ON FUNCTION _part_outside(geometry, geometry) IS 'the part of a outside b';

CREATE FUNCTION _united(geoms geometry[]) RETURNS geometry
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 5000
RETURN ST_UnaryUnion(ST_Collect(geoms));
COMMENT ON FUNCTION _united(geometry[]) IS 'the union of sound polygons';

CREATE FUNCTION _multipolygon(geom geometry) RETURNS geometry
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
RETURN ST_Multi(ST_Force2D(geom));
COMMENT ON FUNCTION _multipolygon(geometry) IS 'a polygon as multipolygon, without Z and M';

CREATE TYPE _finding_draft AS (
    rule        text,
    table_name  text,
    row_id      integer,
    row_code    text,
    subdistrict text,
    parcel_id   integer,
    geom        geometry,
    args        text[]
);
COMMENT ON TYPE _finding_draft IS 'what a check says: rule, row and the figures of its message; an argument @topic/code stands for a label, @column/table.column for the name of a column (in Chinese without its field name)';

-- From here to the end of 59 names bind to our schema alone.
SELECT pg_catalog.set_config('search_path', 'inefficient_land, pg_temp', true);
