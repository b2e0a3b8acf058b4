/*
 * overlap_areas.c - all overlaps of the polygons of two relations in one pass
 */
#include "postgres.h"

#include "pg/export.h"

#include "core/overlap.h"
#include "pg/argument.h"
#include "pg/crs.h"
#include "pg/interrupt.h"
#include "pg/memory.h"
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
	source->relation = il_argument_relation(fcinfo, side, source->argument);
	source->key = il_argument_column(fcinfo, at + side);
	source->geometry = il_argument_column(fcinfo, at + 2 + side);
	source->stratum = PG_ARGISNULL(at + 5) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(at + 5));
	source->on_invalid = (IlOnInvalid) il_argument_word(fcinfo, at + 6, "on_invalid",
															  il_on_invalid_words);
}

static double
get_min_area(FunctionCallInfo fcinfo, int at)
{
	double		limit;

	il_argument_require(fcinfo, at, "min_area");
	limit = PG_GETARG_FLOAT8(at);
	if (!(limit >= 0) || isinf(limit))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("min_area is %g", limit),
				 errhint("Give an area in square metres, 0 or more.")));
	return limit;
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
	il_source_require_one_system(&work->source[0], &work->source[1]);
	work->factor = il_source_area_factor(&work->source[0]);
}

static void
take_pair(void *arg, const IlShape *a, const IlShape *b)
{
	Work	   *work = arg;
	void	   *room = il_need_room(work->context, &work->scratch, &work->scratch_room,
									il_overlap_room(&a->polygon, &b->polygon));
	Datum		value[3];
	bool		null[3] = {false};
	double		area;

	il_progress_show("overlap, pairs", ++work->n_pair, 0);
	area = work->factor * il_overlap_measure(&a->polygon, &b->polygon, room,
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
	il_source_require_stratum(&work->source[0], &work->source[1]);
	work->join = il_shape_join_begin();
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

	get_source(fcinfo, at, 0, &work.source[0]);
	get_source(fcinfo, at, 1, &work.source[1]);
	work.min_area = get_min_area(fcinfo, at + 4);
	work.result = il_result_begin(fcinfo, &work.desc);
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
