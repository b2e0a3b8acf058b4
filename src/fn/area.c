/*
 * area.c - how large a polygon is, by named methods that are never mixed in one sum
 */
#include "postgres.h"

#include "pg/export.h"

#include "bridge/geodesic.h"
#include "core/projected_series.h"
#include "core/survey_area.h"
#include "pg/crs.h"
#include "pg/geometry.h"
#include "pg/interrupt.h"

#include <math.h>

#include "funcapi.h"
#include "utils/builtins.h"

IL_FUNCTION(il_planar_area);
IL_FUNCTION(il_survey_system);
IL_FUNCTION(il_survey_area);
IL_FUNCTION(il_geodesic_area);
IL_FUNCTION(il_projected_series_area);
IL_FUNCTION(il_map_sheet_area);

/* ---- what the methods share ---- */

/*
 * The polygon of the first argument.  False if it is empty: then it has no area
 * to measure, and it is released already.
 */
static bool
get_polygon(FunctionCallInfo fcinfo, IlGeometry *geometry)
{
	il_geometry_read(PG_GETARG_DATUM(0), geometry);
	il_geometry_require_polygon(geometry, "geom");
	return geometry->list.n_ring > 0;
}

/* an area that cannot be one: say why */
static void
require_area(double area, const IlGeometry *geometry)
{
	if (isfinite(area) && area >= 0)
		return;
	il_geometry_require_finite(geometry, "geom");
	if (!isfinite(area))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("area of geom is out of range")));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("holes of geom are larger than the polygon by %g square units", -area),
			 errhint("geometry_problem(geom) tells what is wrong.")));
}

static IlEllipsoid
get_ellipsoid(text *name)
{
	char	   *word = text_to_cstring(name);

	if (strcmp(word, "cgcs2000") == 0)
		return IL_CGCS2000;
	if (strcmp(word, "xian1980") == 0)
		return IL_XIAN1980;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("ellipsoid \"%s\" is not known", word),
			 errhint("Ellipsoids of the survey are cgcs2000 and xian1980.")));
	return IL_CGCS2000;			/* not reached */
}

/* ---- in the plane ---- */

Datum
il_planar_area(PG_FUNCTION_ARGS)
{
	IlGeometry	geometry;
	bool		empty = !get_polygon(fcinfo, &geometry);
	const IlCrs *crs = il_crs_require_plane(geometry.list.srid, "geom");
	double		area;

	if (empty)
		PG_RETURN_NULL();
	area = il_ring_list_area(&geometry.list);
	require_area(area, &geometry);
	il_geometry_release(&geometry);
	PG_RETURN_FLOAT8(area * crs->unit_factor * crs->unit_factor);
}

Datum
il_projected_series_area(PG_FUNCTION_ARGS)
{
	IlGeometry	geometry;
	bool		empty = !get_polygon(fcinfo, &geometry);
	const IlCrs *crs = il_crs_require_plane(geometry.list.srid, "geom");
	IlTransverseMercator system;
	double		area;
	double		reach;

	if (!crs->transverse_mercator)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("geom has SRID %d (%s), which is not a transverse Mercator system",
						crs->srid, crs->name),
				 errhint("Measure with geodesic_area.")));
	if (empty)
		PG_RETURN_NULL();
	system.semi_major = crs->semi_major;
	system.flattening = crs->flattening;
	system.scale = crs->scale;
	system.latitude_of_origin = crs->latitude_of_origin;
	system.false_easting = crs->false_easting;
	system.false_northing = crs->false_northing;
	system.unit = crs->unit_factor;
	area = il_series_measure(&geometry.list, &system, &reach);
	if (!isfinite(area))
		require_area(area, &geometry);
	if (reach > IL_SERIES_REACH)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("geom reaches %.0f km from the central meridian of SRID %d",
						reach / 1000, crs->srid),
				 errhint("The series holds within %.0f km: measure with geodesic_area.",
						 IL_SERIES_REACH / 1000)));
	require_area(area, &geometry);
	il_geometry_release(&geometry);
	PG_RETURN_FLOAT8(area);
}

/* ---- by the procedure of the survey ---- */

Datum
il_survey_system(PG_FUNCTION_ARGS)
{
	IlSurveySystem system;
	TupleDesc	desc;
	Datum		value[5];
	bool		null[5] = {false};

	if (!il_survey_find_system(PG_GETARG_INT32(0), &system))
		PG_RETURN_NULL();
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "survey_system must return a row");
	value[0] = CStringGetTextDatum(system.ellipsoid == IL_CGCS2000 ? "cgcs2000" : "xian1980");
	value[1] = Int32GetDatum(system.zone_width);
	value[2] = Int32GetDatum(system.zone);
	value[3] = Int32GetDatum(system.central_meridian);
	value[4] = Float8GetDatum(system.false_easting);
	null[1] = null[3] = null[4] = system.zone_width == 0;
	null[2] = system.zone == 0;
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), value, null)));
}

Datum
il_survey_area(PG_FUNCTION_ARGS)
{
	IlGeometry	geometry;
	bool		empty = !get_polygon(fcinfo, &geometry);
	IlSurveySystem system;
	IlSurveyArea result;

	il_crs_require_survey(geometry.list.srid, "geom", &system);
	if (PG_NARGS() > 1)
		system.ellipsoid = get_ellipsoid(PG_GETARG_TEXT_PP(1));
	if (empty)
		PG_RETURN_NULL();
	result = il_survey_measure(&geometry.list, &system, &il_interrupt_poll);
	if (result.status == IL_SURVEY_NOT_FINITE)
		il_geometry_require_finite(&geometry, "geom");
	if (result.status == IL_SURVEY_OUTSIDE)
		il_crs_refuse_point(il_ring_point(&geometry.list.ring[result.ring], result.point),
							&system, "geom");
	require_area(result.area, &geometry);
	il_geometry_release(&geometry);
	PG_RETURN_FLOAT8(il_survey_round(result.area));
}

Datum
il_map_sheet_area(PG_FUNCTION_ARGS)
{
	static const char *const name[] = {"south", "north", "width"};
	double		angle[3];

	for (int i = 0; i < 3; i++)
	{
		angle[i] = PG_GETARG_FLOAT8(i);
		if (!isfinite(angle[i]))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("%s is %g", name[i], angle[i])));
	}
	if (fabs(angle[0]) > 90 || fabs(angle[1]) > 90 || angle[0] > angle[1])
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("south %g and north %g are not two latitudes in this order",
						angle[0], angle[1]),
				 errhint("Latitudes and the width in longitude are given in degrees.")));
	if (angle[2] < 0 || angle[2] > 360)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("width %g is not between 0 and 360 degrees", angle[2])));
	PG_RETURN_FLOAT8(il_survey_sheet(get_ellipsoid(PG_GETARG_TEXT_PP(3)),
									 angle[0], angle[1], angle[2]));
}

/* ---- between geodesics ---- */

Datum
il_geodesic_area(PG_FUNCTION_ARGS)
{
	IlGeometry	geometry;
	bool		empty = !get_polygon(fcinfo, &geometry);
	const IlCrs *crs = il_crs_require_known(geometry.list.srid, "geom");
	IlGeodesicArea result = {IL_GEODESIC_NO_INVERSE, 0.0, 0, 0};
	IlPoint		p;

	if (empty)
		PG_RETURN_NULL();
	il_geometry_require_finite(&geometry, "geom");
	if (crs->semi_major > 0)
		result = il_geodesic_measure(&geometry.list, crs, &il_interrupt_poll);
	if (result.status == IL_GEODESIC_NO_INVERSE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("geom has SRID %d (%s), which has no way to longitude and latitude",
						crs->srid, crs->name),
				 errhint("Give the geometry in a geographic or projected system.")));
	if (result.status == IL_GEODESIC_BAD_POINT)
	{
		p = il_ring_point(&geometry.list.ring[result.ring], result.point);
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("geom has the coordinate (%.12g %.12g), which SRID %d cannot have",
						p.x, p.y, crs->srid),
				 errhint("The first coordinate is the longitude or easting, "
						 "the second the latitude or northing.")));
	}
	require_area(result.area, &geometry);
	il_geometry_release(&geometry);
	PG_RETURN_FLOAT8(result.area);
}
