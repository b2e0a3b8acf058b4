/*
 * geometry.c - what a geometry is made of, what is wrong with it, what its SRID means
 */
#include "postgres.h"

#include "pg/export.h"

#include "bridge/proj.h"
#include "pg/geometry.h"
#include "pg/problem.h"

#include <math.h>

#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"

IL_FUNCTION(il_geometry_ring);
IL_FUNCTION(il_geometry_problem);
IL_FUNCTION(il_crs_kind);
IL_FUNCTION(il_crs_unit);
IL_FUNCTION(il__geometry_access);

Datum
il_geometry_ring(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	IlGeometry	geometry;

	InitMaterializedSRF(fcinfo, 0);
	il_geometry_read(PG_GETARG_DATUM(0), &geometry);
	il_geometry_require_polygon(&geometry, "geom");
	il_geometry_require_finite(&geometry, "geom");
	for (size_t r = 0; r < geometry.list.n_ring; r++)
	{
		const IlRing *ring = &geometry.list.ring[r];
		bool		null[5] = {false};
		Datum		value[5];

		CHECK_FOR_INTERRUPTS();
		value[0] = Int32GetDatum((int32) ring->part + 1);
		value[1] = Int32GetDatum((int32) il_ring_number(&geometry.list, r));
		value[2] = BoolGetDatum(ring->hole);
		value[3] = Int32GetDatum((int32) ring->n_point);
		value[4] = Float8GetDatum(fabs(il_ring_signed_area(ring)));
		tuplestore_putvalues(result->setResult, result->setDesc, value, null);
	}
	il_geometry_release(&geometry);
	return (Datum) 0;
}

Datum
il_geometry_problem(PG_FUNCTION_ARGS)
{
	IlGeometry	geometry;
	char	   *problem;

	il_geometry_read(PG_GETARG_DATUM(0), &geometry);
	problem = il_problem_of(&geometry.list);
	il_geometry_release(&geometry);
	if (problem == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(problem));
}

Datum
il_crs_kind(PG_FUNCTION_ARGS)
{
	const IlCrs *crs = il_proj_crs(PG_GETARG_INT32(0));

	PG_RETURN_TEXT_P(cstring_to_text(il_crs_kind_name(crs->kind)));
}

Datum
il_crs_unit(PG_FUNCTION_ARGS)
{
	const IlCrs *crs = il_proj_crs(PG_GETARG_INT32(0));

	if (crs->unit[0] == '\0')
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(crs->unit));
}

Datum
il__geometry_access(PG_FUNCTION_ARGS)
{
	IlGeometry	geometry;
	bool		sent;

	il_geometry_read(PG_GETARG_DATUM(0), &geometry);
	sent = geometry.sent != NULL;
	il_geometry_release(&geometry);
	PG_RETURN_TEXT_P(cstring_to_text(sent ? "send function" : "stored form"));
}
