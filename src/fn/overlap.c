/*
 * overlap.c - area of the intersection of two polygons
 *
 * A polygon that comes again, as the outer side of a join does, is known by its
 * bytes and neither read nor checked a second time.
 */
#include "postgres.h"

#include "pg/export.h"

#include "core/overlap.h"
#include "pg/crs.h"
#include "pg/geometry.h"
#include "pg/interrupt.h"
#include "pg/memory.h"
#include "pg/problem.h"

#include <math.h>

#include "access/detoast.h"
#include "funcapi.h"
#include "utils/memutils.h"

IL_FUNCTION(il_overlap_area);
IL_FUNCTION(il_overlap_exceeds);
IL_FUNCTION(il__overlap_detail);

/* an argument as it was seen last */
typedef struct Side
{
	const char *argument;
	bool		known;
	void	   *bytes;			/* of the value as given, a toast pointer if it was one */
	Size		size;
	Size		room;
	IlGeometry	geometry;
	IlPolygon	polygon;
	void	   *sign;			/* of the polygon */
	Size		sign_room;
} Side;

typedef struct Work
{
	MemoryContext context;
	Side		side[2];
	void	   *scratch;
	Size		scratch_room;
	IlOverlapCount count;
} Work;

static Work *
get_work(FunctionCallInfo fcinfo)
{
	Work	   *work = fcinfo->flinfo->fn_extra;

	if (work == NULL)
	{
		work = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(Work));
		work->context = fcinfo->flinfo->fn_mcxt;
		work->side[0].argument = "a";
		work->side[1].argument = "b";
		fcinfo->flinfo->fn_extra = work;
	}
	return work;
}

static void
require_sound(Work *work, const Side *side)
{
	char	   *problem;

	il_geometry_require_finite(&side->geometry, side->argument);
	il_need_room(work->context, &work->scratch, &work->scratch_room,
				 il_polygon_plain_room(&side->polygon));
	if (il_polygon_is_plain(&side->polygon, work->scratch, &il_interrupt_poll))
		return;
	problem = il_problem_of(&side->geometry.list);
	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is not a sound polygon: %s", side->argument, problem),
				 errhint("Repair it first, for example with ST_MakeValid(%s, 'method=linework').",
						 side->argument)));
}

static bool
is_known(const Side *side, const void *value, Size size)
{
	return side->known && side->size == size && memcmp(side->bytes, value, size) == 0;
}

static void
look_at(Work *work, Side *side, Datum value)
{
	struct varlena *bytes = (struct varlena *) DatumGetPointer(value);
	MemoryContext former;
	Size		size;

	/* of pointers only those to a table say what they point to */
	if (VARATT_IS_EXTERNAL(bytes) && !VARATT_IS_EXTERNAL_ONDISK(bytes))
		bytes = detoast_external_attr(bytes);
	size = VARSIZE_ANY(bytes);
	if (is_known(side, bytes, size))
		return;
	if (side->known)
		il_geometry_release(&side->geometry);
	side->known = false;
	il_need_room(work->context, &side->bytes, &side->room, size);
	memcpy(side->bytes, bytes, size);
	side->size = size;

	former = MemoryContextSwitchTo(work->context);
	il_geometry_read(PointerGetDatum(side->bytes), &side->geometry);
	MemoryContextSwitchTo(former);
	il_geometry_require_polygon(&side->geometry, side->argument);
	il_need_room(work->context, &side->sign, &side->sign_room,
				 side->geometry.list.n_ring + 1);
	side->polygon = il_polygon_prepare(&side->geometry.list, side->sign);
	if (side->geometry.list.n_ring > 0)
		require_sound(work, side);
	side->known = true;
}

/* in squared units of the coordinates, and the factor to m²; false if one is empty */
static bool
measure(FunctionCallInfo fcinfo, Work *work, double *area, double *factor)
{
	Side	   *a = &work->side[0];
	Side	   *b = &work->side[1];
	const IlCrs *crs;
	void	   *room;

	look_at(work, a, PG_GETARG_DATUM(0));
	look_at(work, b, PG_GETARG_DATUM(1));
	if (a->geometry.list.srid != b->geometry.list.srid)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a has SRID %d, b has SRID %d",
						a->geometry.list.srid, b->geometry.list.srid),
				 errhint("Transform one of them to the system of the other.")));
	crs = il_crs_require_plane(a->geometry.list.srid, "a");
	*factor = crs->unit_factor * crs->unit_factor;
	if (a->geometry.list.n_ring == 0 || b->geometry.list.n_ring == 0)
		return false;
	room = il_need_room(work->context, &work->scratch, &work->scratch_room,
						il_overlap_room(&a->polygon, &b->polygon));
	*area = il_overlap_measure(&a->polygon, &b->polygon, room, &il_interrupt_poll, &work->count);
	return true;
}

Datum
il_overlap_area(PG_FUNCTION_ARGS)
{
	double		area;
	double		factor;

	if (!measure(fcinfo, get_work(fcinfo), &area, &factor))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(area * factor);
}

Datum
il_overlap_exceeds(PG_FUNCTION_ARGS)
{
	double		limit = PG_GETARG_FLOAT8(2);
	double		area;
	double		factor;

	if (!(limit >= 0) || isinf(limit))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_area is %g", limit),
				 errhint("Give an area in square metres, 0 or more.")));
	if (!measure(fcinfo, get_work(fcinfo), &area, &factor))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(area * factor > limit);
}

Datum
il__overlap_detail(PG_FUNCTION_ARGS)
{
	Work	   *work = get_work(fcinfo);
	double		area;
	double		factor;
	TupleDesc	desc;
	Datum		value[3];
	bool		null[3] = {false};

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "_overlap_detail must return a row");
	work->count.pairs = 0;
	work->count.recomputed = 0;
	if (!measure(fcinfo, work, &area, &factor))
		PG_RETURN_NULL();
	value[0] = Float8GetDatum(area * factor);
	value[1] = Int64GetDatum((int64) work->count.pairs);
	value[2] = BoolGetDatum(work->count.recomputed > 0);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), value, null)));
}
