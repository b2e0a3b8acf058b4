/*
 * overlap_areas.c - all overlaps of the polygons of two relations in one pass
 */
#include "postgres.h"

#include "pg/export.h"

#include "core/overlap.h"
#include "pg/crs.h"
#include "pg/interrupt.h"
#include "pg/progress.h"
#include "pg/shape_join.h"
#include "pg/source.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

IL_FUNCTION(il_overlap_areas);
IL_FUNCTION(il_overlap_areas_by_key);

/* memory for polygons in units of work_mem; the README and the comments say so */
#define WORK_MEM_FACTOR	8

typedef struct Work
{
	IlSource	source[2];
	double		min_area;
	IlShapeJoin *join;
	int			side;			/* that is being read */
	double		factor;			/* to m² */
	bool		key_by_value;
	void	   *scratch;
	Size		scratch_room;
	uint64		n_pair;
	Tuplestorestate *result;
	TupleDesc	desc;
	MemoryContext context;
} Work;

/* ---- arguments ---- */

/* at: the position of a_key, what follows is the same in both forms */
static void
get_source(FunctionCallInfo fcinfo, int at, int side, IlSource *source)
{
	source->argument = side == 0 ? "a" : "b";
	if (PG_ARGISNULL(side))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("relation %s is null", source->argument)));
	source->relation = PG_GETARG_OID(side);
	source->key = PG_ARGISNULL(at + side) ? NULL : NameStr(*PG_GETARG_NAME(at + side));
	source->geometry = PG_ARGISNULL(at + 2 + side) ? NULL :
		NameStr(*PG_GETARG_NAME(at + 2 + side));
	source->stratum = PG_ARGISNULL(at + 5) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(at + 5));
	if (PG_ARGISNULL(at + 6))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("on_invalid is null")));
	source->on_invalid = il_on_invalid_of(text_to_cstring(PG_GETARG_TEXT_PP(at + 6)));
}

static double
get_min_area(FunctionCallInfo fcinfo, int at)
{
	double		limit;

	if (PG_ARGISNULL(at))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("min_area is null")));
	limit = PG_GETARG_FLOAT8(at);
	if (!(limit >= 0) || isinf(limit))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_area is %g", limit),
				 errhint("Give an area in square metres, 0 or more.")));
	return limit;
}

static void
require_stratum(const Work *work)
{
	const char *stratum = work->source[0].stratum;

	if (stratum == NULL)
		return;
	if (strcmp(stratum, "surface") != 0 && strcmp(stratum, "above") != 0 &&
		strcmp(stratum, "below") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("stratum is \"%s\"", stratum),
				 errhint("Give surface, above or below.")));
	if (!work->source[0].has_stratum && !work->source[1].has_stratum)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("neither %s nor %s has a column \"stratum\"",
						work->source[0].name, work->source[1].name)));
}

/* ---- work ---- */

static void
take_shape(void *arg, const IlShape *shape)
{
	Work	   *work = arg;

	il_shape_join_add(work->join, work->side, shape);
}

static void
read_sources(Work *work)
{
	for (work->side = 0; work->side < 2; work->side++)
		il_source_read(&work->source[work->side], take_shape, work);
	if (work->source[0].srid != work->source[1].srid &&
		work->source[0].srid != 0 && work->source[1].srid != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s has SRID %d, %s has SRID %d", work->source[0].name,
						work->source[0].srid, work->source[1].name, work->source[1].srid),
				 errhint("Transform the geometries to one system.")));
	work->factor = 0;
	if (work->source[0].srid != 0)
	{
		double		unit = il_crs_require_plane(work->source[0].srid,
												   work->source[0].column)->unit_factor;

		work->factor = unit * unit;
	}
}

static void
take_pair(void *arg, const IlShape *a, const IlShape *b)
{
	Work	   *work = arg;
	Size		size = il_overlap_room(&a->polygon, &b->polygon);
	Datum		value[3];
	bool		null[3] = {false};
	double		area;

	if (size > work->scratch_room)
	{
		if (work->scratch != NULL)
			pfree(work->scratch);
		work->scratch = NULL;
		work->scratch_room = 0;
		work->scratch = MemoryContextAllocHuge(work->context, 2 * size);
		work->scratch_room = 2 * size;
	}
	il_progress_show("overlap, pairs", ++work->n_pair, 0);
	area = work->factor * il_overlap_measure(&a->polygon, &b->polygon, work->scratch,
											 &il_interrupt_poll, NULL);
	if (!(area > work->min_area))
		return;
	value[0] = il_source_key(a, work->key_by_value);
	value[1] = il_source_key(b, work->key_by_value);
	value[2] = Float8GetDatum(area);
	tuplestore_putvalues(work->result, work->desc, value, null);
}

static void
run(Work *work, Oid key_type)
{
	work->key_by_value = get_typbyval(key_type);
	work->context = CurrentMemoryContext;
	for (int i = 0; i < 2; i++)
	{
		work->source[i].key_type = key_type;
		il_source_open(&work->source[i]);
	}
	require_stratum(work);
	work->join = il_shape_join_begin((Size) work_mem * 1024 * WORK_MEM_FACTOR);
	PG_TRY();
	{
		read_sources(work);
		il_shape_join_run(work->join, take_pair, work);
		il_shape_join_end(work->join);
	}
	PG_FINALLY();
	{
		il_progress_end();
	}
	PG_END_TRY();
}

/* at: the position of a_key */
static void
serve(FunctionCallInfo fcinfo, int at, Oid key_type)
{
	Work		work = {0};
	ReturnSetInfo *info;

	get_source(fcinfo, at, 0, &work.source[0]);
	get_source(fcinfo, at, 1, &work.source[1]);
	work.min_area = get_min_area(fcinfo, at + 4);
	InitMaterializedSRF(fcinfo, 0);
	info = (ReturnSetInfo *) fcinfo->resultinfo;
	work.result = info->setResult;
	work.desc = info->setDesc;
	run(&work, key_type);
}

Datum
il_overlap_areas(PG_FUNCTION_ARGS)
{
	serve(fcinfo, 2, INT8OID);
	return (Datum) 0;
}

Datum
il_overlap_areas_by_key(PG_FUNCTION_ARGS)
{
	Oid			type = getBaseType(get_fn_expr_argtype(fcinfo->flinfo, 2));

	serve(fcinfo, 3, type);
	return (Datum) 0;
}
