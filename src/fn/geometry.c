/*
 * geometry.c - what a geometry is made of, what is wrong with it, what its SRID means
 */
#include "postgres.h"

#include "pg/export.h"

#include "bridge/geos.h"
#include "bridge/proj.h"
#include "pg/geometry.h"

#include <ctype.h>
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

static char *
describe_flaw(const IlRingList *list, IlFlaw flaw)
{
	const IlRing *ring = &list->ring[flaw.ring];
	char	   *where = psprintf("part %u, ring %zu", ring->part + 1,
								 il_ring_number(list, flaw.ring));
	IlPoint		first;
	IlPoint		last;

	switch (flaw.kind)
	{
		case IL_FLAW_NOT_FINITE:
			return psprintf("coordinate not finite: %s, point %u", where, flaw.point + 1);
		case IL_FLAW_TOO_FEW_POINTS:
			return psprintf("too few points: %s has %u", where, ring->n_point);
		case IL_FLAW_NOT_CLOSED:
			first = il_ring_point(ring, 0);
			last = il_ring_point(ring, ring->n_point - 1);
			return psprintf("ring not closed: %s, from (%.12g %.12g) to (%.12g %.12g)", where,
							first.x, first.y, last.x, last.y);
		case IL_FLAW_NONE:
			break;
	}
	return NULL;
}

static char *
describe_invalidity(const IlRingList *list)
{
	IlValidity	validity;

	if (il_geos_validity(list, &validity) == IL_GEOS_FAILED)
	{
		CHECK_FOR_INTERRUPTS();
		return psprintf("invalid: check failed, %s", il_geos_message());
	}
	if (validity.valid)
		return NULL;
	for (char *c = validity.reason; *c != '\0'; c++)
		*c = (char) tolower((unsigned char) *c);
	if (isnan(validity.place.x) || isnan(validity.place.y))
		return psprintf("invalid: %s", validity.reason);
	return psprintf("invalid: %s at (%.12g %.12g)", validity.reason,
					validity.place.x, validity.place.y);
}

static char *
describe_problem(const IlRingList *list)
{
	IlGeometryKind kind = il_geometry_kind(list->type);
	IlFlaw		flaw;

	if (kind == IL_KIND_CURVE)
		return psprintf("curve: %s", il_geometry_type_name(list->type));
	if (kind != IL_KIND_POLYGON)
		return psprintf("not a polygon: %s", il_geometry_type_name(list->type));
	if (list->n_ring == 0)
		return pstrdup("empty");
	flaw = il_ring_list_flaw(list);
	if (flaw.kind != IL_FLAW_NONE)
		return describe_flaw(list, flaw);
	return describe_invalidity(list);
}

Datum
il_geometry_problem(PG_FUNCTION_ARGS)
{
	IlGeometry	geometry;
	char	   *problem;

	il_geometry_read(PG_GETARG_DATUM(0), &geometry);
	problem = describe_problem(&geometry.list);
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
