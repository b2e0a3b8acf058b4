/*
 * area.c - how large a polygon is, by named methods that are never mixed in one sum
 */
#include "postgres.h"

#include "pg/export.h"

#include "pg/crs.h"
#include "pg/geometry.h"

#include <math.h>

IL_FUNCTION(il_planar_area);

/*
 * An area that cannot be one: say why.  argument: name of the geometry in SQL.
 */
static void
require_area(double area, const IlGeometry *geometry, const char *argument)
{
	if (isfinite(area) && area >= 0)
		return;
	il_geometry_require_finite(geometry, argument);
	if (!isfinite(area))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("area of %s is out of range", argument)));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("holes of %s are larger than the polygon by %g square units", argument, -area),
			 errhint("geometry_problem(%s) tells what is wrong.", argument)));
}

Datum
il_planar_area(PG_FUNCTION_ARGS)
{
	IlGeometry	geometry;
	const IlCrs *crs;
	double		area;

	il_geometry_read(PG_GETARG_DATUM(0), &geometry);
	il_geometry_require_polygon(&geometry, "geom");
	crs = il_crs_require_plane(geometry.list.srid, "geom");
	if (geometry.list.n_ring == 0)
	{
		il_geometry_release(&geometry);
		PG_RETURN_NULL();
	}
	area = il_ring_list_area(&geometry.list);
	require_area(area, &geometry, "geom");
	il_geometry_release(&geometry);
	PG_RETURN_FLOAT8(area * crs->unit_factor * crs->unit_factor);
}
