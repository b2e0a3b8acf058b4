/*
 * problem.c - what keeps a geometry from being measured, in words
 *
 * Structure is looked at here, validity by GEOS.
 */
#include "postgres.h"

#include "pg/problem.h"

#include "bridge/geos.h"

#include <ctype.h>
#include <math.h>

#include "miscadmin.h"

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

char *
il_problem_of(const IlRingList *list)
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
