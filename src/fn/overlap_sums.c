/*
 * overlap_sums.c - what polygons of one relation share with those of another,
 * summed for each of the first
 *
 * Pairs are added as they are found, in any order: the sums are exact, so they are
 * the bits of summing the rows of overlap_areas.
 */
#include "postgres.h"

#include "pg/export.h"

#include "core/exact.h"
#include "core/overlap.h"
#include "pg/argument.h"
#include "pg/crs.h"
#include "pg/interrupt.h"
#include "pg/memory.h"
#include "pg/number.h"
#include "pg/progress.h"
#include "pg/shape_join.h"
#include "pg/source.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "executor/tuptable.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

IL_FUNCTION(il_overlap_sums);
IL_FUNCTION(il_overlap_sums_by_key);

enum
{
	SUM_AREA,
	SUM_VALUE,
	SUMS
};

enum
{
	OUT_KEY,
	OUT_PAIRS,
	OUT_AREA,
	OUT_VALUE,
	OUT_MISSING,
	OUT_COLUMNS
};

/* of a row of a */
typedef struct Total
{
	IlExact    *sum;			/* NULL: nothing yet */
	int64		pairs;
	int64		missing;		/* pairs without a value */
} Total;

typedef struct Work
{
	IlSource	source[2];
	double		min_area;
	IlShapeJoin *join;
	double		factor;			/* to m² */
	bool		key_by_value;
	void	   *scratch;
	Size		scratch_room;
	uint64		n_pair;
	Total	   *total;
	uint64		room;
	Tuplestorestate *key;		/* with the number of its row */
	TupleDesc	key_desc;
	Tuplestorestate *result;
	TupleDesc	desc;
	MemoryContext context;
	MemoryContext sums;
} Work;

/* ---- arguments ---- */

/* at: the position of b_value, what follows is the same in both forms */
static void
get_arguments(FunctionCallInfo fcinfo, int at, Work *work)
{
	il_argument_require(fcinfo, at + 5, "min_area");
	for (int i = 0; i < 2; i++)
	{
		IlSource   *source = &work->source[i];

		source->argument = i == 0 ? "a" : "b";
		source->relation = il_argument_relation(fcinfo, i, source->argument);
		source->key = il_argument_column(fcinfo, at + 1 + i);
		source->geometry = il_argument_column(fcinfo, at + 3 + i);
		source->on_invalid = (IlOnInvalid) il_argument_word(fcinfo, at + 6, "on_invalid",
															  il_on_invalid_words);
	}
	work->source[1].value = il_argument_column(fcinfo, at);
	work->min_area = il_check_not_negative(PG_GETARG_FLOAT8(at + 5), "min_area");
}

/* ---- sums ---- */

/* the sum with room for the terms, which may be another one */
static IlExact *
make_room(Work *work, IlExact *sum, const IlExactTerm *term)
{
	IlExactWindow window = {0, 0};
	IlExact    *wider;

	if (sum != NULL)
	{
		il_exact_carry(sum);
		window = il_exact_window(sum);
	}
	for (int i = 0; i < SUMS; i++)
		window = il_exact_window_for(window, term[i]);
	wider = MemoryContextAlloc(work->sums, il_exact_size(SUMS, window));
	if (sum == NULL)
		il_exact_init(wider, SUMS, 0, window);
	else
	{
		il_exact_widen(wider, sum, window);
		pfree(sum);
	}
	return wider;
}

static void
add(Work *work, Total *total, double area, double value)
{
	IlExactTerm term[SUMS] = {il_exact_term(area), il_exact_term(value)};

	if (total->sum == NULL || !il_exact_ready(total->sum, term[SUM_AREA]) ||
		!il_exact_ready(total->sum, term[SUM_VALUE]))
		total->sum = make_room(work, total->sum, term);
	for (int i = 0; i < SUMS; i++)
		il_exact_add(total->sum, i, term[i]);
	total->sum->pending++;
}

static double
round_sum(const IlExactValue *value, int which, const char *what)
{
	double		result;

	if (!il_exact_round(&value->number[which], &result))
		il_raise_out_of_range(what);
	return result;
}

/* ---- work ---- */

static void
take_a(void *arg, const IlShape *shape)
{
	Work	   *work = arg;
	Datum		value[2] = {
		il_source_key(shape, work->key_by_value), Int64GetDatum((int64) shape->number)
	};
	bool		null[2] = {false};
	Size		size;

	if (shape->number >= work->room)
	{
		uint64		room = Max(4096, 2 * shape->number);

		size = room * sizeof(Total);
		work->total = work->total == NULL ? MemoryContextAllocHuge(work->context, size) :
			repalloc_huge(work->total, size);
		memset(work->total + work->room, 0, (room - work->room) * sizeof(Total));
		work->room = room;
	}
	tuplestore_putvalues(work->key, work->key_desc, value, null);
	il_shape_join_add(work->join, 0, shape);
}

static void
take_b(void *arg, const IlShape *shape)
{
	il_shape_join_add(((Work *) arg)->join, 1, shape);
}

static void
take_pair(void *arg, const IlShape *a, const IlShape *b)
{
	Work	   *work = arg;
	Total	   *total = &work->total[a->number];
	void	   *room = il_need_room(work->context, &work->scratch, &work->scratch_room,
									il_overlap_room(&a->polygon, &b->polygon));
	double		area;
	bool		known = !isnan(b->value);

	il_progress_show("overlap, pairs", ++work->n_pair, 0);
	area = work->factor * il_overlap_measure(&a->polygon, &b->polygon, room,
											 &il_interrupt_poll, NULL);
	if (!(area > work->min_area))
		return;
	total->pairs++;
	total->missing += !known;
	add(work, total, area, known ? b->value * (area / (b->polygon.area * work->factor)) : 0);
}

static void
show_totals(Work *work)
{
	TupleTableSlot *slot = MakeSingleTupleTableSlot(work->key_desc, &TTSOpsMinimalTuple);
	bool		has_value = work->source[1].value != NULL;

	while (tuplestore_gettupleslot(work->key, true, false, slot))
	{
		Datum		out[OUT_COLUMNS];
		bool		null[OUT_COLUMNS] = {false};
		IlExactValue value = {0};
		Total	   *total;

		CHECK_FOR_INTERRUPTS();
		slot_getallattrs(slot);
		total = &work->total[DatumGetInt64(slot->tts_values[1])];
		if (total->sum != NULL)
			il_exact_finish(total->sum, &value);
		out[OUT_KEY] = slot->tts_values[0];
		out[OUT_PAIRS] = Int64GetDatum(total->pairs);
		out[OUT_AREA] = Float8GetDatum(round_sum(&value, SUM_AREA, "area"));
		out[OUT_VALUE] = Float8GetDatum(round_sum(&value, SUM_VALUE, "value"));
		out[OUT_MISSING] = Int64GetDatum(total->missing);
		null[OUT_VALUE] = !has_value || (total->pairs > 0 && total->missing == total->pairs);
		null[OUT_MISSING] = !has_value;
		tuplestore_putvalues(work->result, work->desc, out, null);
	}
	ExecDropSingleTupleTableSlot(slot);
}

static void
read_sources(Work *work)
{
	il_source_read(&work->source[0], take_a, work);
	il_source_read(&work->source[1], take_b, work);
	il_source_require_one_system(&work->source[0], &work->source[1]);
	work->factor = il_source_area_factor(&work->source[0]);
}

static void
run(Work *work, Oid key_type)
{
	work->key_by_value = get_typbyval(key_type);
	work->context = CurrentMemoryContext;
	work->sums = AllocSetContextCreate(CurrentMemoryContext, "overlap sums",
									   ALLOCSET_DEFAULT_SIZES);
	for (int i = 0; i < 2; i++)
	{
		work->source[i].key_type = key_type;
		il_source_open(&work->source[i]);
	}
	work->key_desc = CreateTemplateTupleDesc(2);
	TupleDescInitEntry(work->key_desc, 1, "key", key_type, -1, 0);
	TupleDescInitEntry(work->key_desc, 2, "number", INT8OID, -1, 0);
	work->key = tuplestore_begin_heap(false, false, work_mem);
	work->join = il_shape_join_begin();
	PG_TRY();
	{
		read_sources(work);
		il_shape_join_run(work->join, take_pair, work);
		il_shape_join_end(work->join);
		show_totals(work);
	}
	PG_FINALLY();
	{
		il_progress_end();
	}
	PG_END_TRY();
	tuplestore_end(work->key);
}

/* at: the position of b_value */
static void
serve(FunctionCallInfo fcinfo, int at, Oid key_type)
{
	Work		work = {0};

	get_arguments(fcinfo, at, &work);
	work.result = il_result_begin(fcinfo, &work.desc);
	run(&work, key_type);
}

Datum
il_overlap_sums(PG_FUNCTION_ARGS)
{
	serve(fcinfo, 2, INT8OID);
	return (Datum) 0;
}

Datum
il_overlap_sums_by_key(PG_FUNCTION_ARGS)
{
	Oid			type = getBaseType(get_fn_expr_argtype(fcinfo->flinfo, 2));

	serve(fcinfo, 3, type);
	return (Datum) 0;
}
