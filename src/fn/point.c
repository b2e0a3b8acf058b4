/*
 * point.c - points of one relation in polygons of another, in one pass
 *
 * Points are joined as the smallest boxes around them, so the same machinery with
 * the same memory serves.  Whether a point lies in several parcels is known only
 * at the end, so hits wait in a store of the server, and one byte for each point
 * counts them.
 */
#include "postgres.h"

#include "pg/export.h"

#include "core/point_in.h"
#include "pg/argument.h"
#include "pg/crs.h"
#include "pg/interrupt.h"
#include "pg/progress.h"
#include "pg/shape_join.h"
#include "pg/source.h"

#include "catalog/pg_type.h"
#include "executor/tuptable.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

IL_FUNCTION(il_points_in_parcels);
IL_FUNCTION(il_points_in_parcels_by_key);

/* what is known of a point */
#define NO_PLACE		0x80
#define ON_BORDER		0x40
#define MANY			2		/* parcels that it is inside, or more */

enum
{
	HIT_NUMBER,
	HIT_POINT,
	HIT_PARCEL,
	HIT_BORDER,
	HIT_COLUMNS
};

typedef struct Work
{
	IlSource	points;
	IlSource	parcels;
	IlShapeJoin *join;
	bool		key_by_value;
	uint8	   *known;			/* of each point */
	uint64		room;
	uint64		n_pair;
	Tuplestorestate *key;		/* of each point */
	TupleDesc	key_desc;
	Tuplestorestate *hit;
	TupleDesc	hit_desc;
	Tuplestorestate *result;
	TupleDesc	desc;
	MemoryContext context;
} Work;

/* ---- arguments ---- */

/* at: the position of points_key, what follows is the same in both forms */
static void
get_source(FunctionCallInfo fcinfo, int at, int side, IlSource *source)
{
	source->argument = side == 0 ? "points" : "parcels";
	source->points = side == 0;
	source->relation = il_argument_relation(fcinfo, side, source->argument);
	source->key = il_argument_column(fcinfo, at + side);
	source->geometry = il_argument_column(fcinfo, at + 2 + side);
	source->on_invalid = (IlOnInvalid) il_argument_word(fcinfo, at + 4, "on_invalid",
															  il_on_invalid_words);
	if (side == 0 && source->on_invalid == IL_INVALID_REPAIR)
		source->on_invalid = IL_INVALID_ERROR;
}

/* ---- stores ---- */

static void
make_stores(Work *work, Oid key_type)
{
	work->key_desc = CreateTemplateTupleDesc(1);
	TupleDescInitEntry(work->key_desc, 1, "point", key_type, -1, 0);
	work->hit_desc = CreateTemplateTupleDesc(HIT_COLUMNS);
	TupleDescInitEntry(work->hit_desc, HIT_NUMBER + 1, "number", INT8OID, -1, 0);
	TupleDescInitEntry(work->hit_desc, HIT_POINT + 1, "point", key_type, -1, 0);
	TupleDescInitEntry(work->hit_desc, HIT_PARCEL + 1, "parcel", key_type, -1, 0);
	TupleDescInitEntry(work->hit_desc, HIT_BORDER + 1, "border", BOOLOID, -1, 0);
	work->key = tuplestore_begin_heap(false, false, work_mem);
	work->hit = tuplestore_begin_heap(false, false, work_mem);
}

static void
put_result(Work *work, Datum point, const Datum *parcel, const char *status)
{
	Datum		value[3] = {
		point, parcel == NULL ? (Datum) 0 : *parcel, CStringGetTextDatum(status)
	};
	bool		null[3] = {false, parcel == NULL, false};

	tuplestore_putvalues(work->result, work->desc, value, null);
	pfree(DatumGetPointer(value[2]));
}

/* ---- work ---- */

static void
take_parcel(void *arg, const IlShape *shape)
{
	il_shape_join_add(((Work *) arg)->join, 1, shape);
}

static void
take_point(void *arg, const IlShape *shape)
{
	Work	   *work = arg;
	Datum		key = il_source_key(shape, work->key_by_value);
	bool		null = false;

	if (shape->number >= work->room)
	{
		work->room = work->room == 0 ? 4096 : 2 * work->room;
		work->known = work->known == NULL ? MemoryContextAllocHuge(work->context, work->room) :
			repalloc_huge(work->known, work->room);
	}
	work->known[shape->number] = shape->list.n_ring == 0 ? NO_PLACE : 0;
	tuplestore_putvalues(work->key, work->key_desc, &key, &null);
	if (shape->list.n_ring > 0)
		il_shape_join_add(work->join, 0, shape);
}

static void
take_pair(void *arg, const IlShape *point, const IlShape *parcel)
{
	Work	   *work = arg;
	IlPlace		place = il_point_in(&parcel->polygon, il_ring_point(&point->list.ring[0], 0),
									&il_interrupt_poll);
	uint8	   *known = &work->known[point->number];
	Datum		value[HIT_COLUMNS];
	bool		null[HIT_COLUMNS] = {false};

	il_progress_show("points, pairs", ++work->n_pair, 0);
	if (place == IL_PLACE_OUTSIDE)
		return;
	if (place == IL_PLACE_BORDER)
		*known |= ON_BORDER;
	else if ((*known & ~ON_BORDER) < MANY)
		(*known)++;
	value[HIT_NUMBER] = Int64GetDatum((int64) point->number);
	value[HIT_POINT] = il_source_key(point, work->key_by_value);
	value[HIT_PARCEL] = il_source_key(parcel, work->key_by_value);
	value[HIT_BORDER] = BoolGetDatum(place == IL_PLACE_BORDER);
	tuplestore_putvalues(work->hit, work->hit_desc, value, null);
}

static void
show_hits(Work *work)
{
	TupleTableSlot *slot = MakeSingleTupleTableSlot(work->hit_desc, &TTSOpsMinimalTuple);

	while (tuplestore_gettupleslot(work->hit, true, false, slot))
	{
		const char *status;
		int			found;

		CHECK_FOR_INTERRUPTS();
		slot_getallattrs(slot);
		found = work->known[DatumGetInt64(slot->tts_values[HIT_NUMBER])] & ~ON_BORDER;
		if (DatumGetBool(slot->tts_values[HIT_BORDER]))
			status = "on_border";
		else
			status = found < MANY ? "inside" : "several";
		put_result(work, slot->tts_values[HIT_POINT], &slot->tts_values[HIT_PARCEL], status);
	}
	ExecDropSingleTupleTableSlot(slot);
}

/* points that no parcel has */
static void
show_rest(Work *work)
{
	TupleTableSlot *slot = MakeSingleTupleTableSlot(work->key_desc, &TTSOpsMinimalTuple);
	uint64		number = 0;

	while (tuplestore_gettupleslot(work->key, true, false, slot))
	{
		uint8		known = work->known[number++];

		CHECK_FOR_INTERRUPTS();
		if (known != 0 && known != NO_PLACE)
			continue;
		slot_getallattrs(slot);
		put_result(work, slot->tts_values[0], NULL, known == 0 ? "outside" : "no_place");
	}
	ExecDropSingleTupleTableSlot(slot);
}

static void
run(Work *work, Oid key_type)
{
	work->key_by_value = get_typbyval(key_type);
	work->context = CurrentMemoryContext;
	work->points.key_type = key_type;
	work->parcels.key_type = key_type;
	il_source_open(&work->points);
	il_source_open(&work->parcels);
	make_stores(work, key_type);
	work->join = il_shape_join_begin();
	PG_TRY();
	{
		il_source_read(&work->parcels, take_parcel, work);
		il_source_read(&work->points, take_point, work);
		il_source_require_one_system(&work->points, &work->parcels);
		il_shape_join_run(work->join, take_pair, work);
		il_shape_join_end(work->join);
		show_hits(work);
		show_rest(work);
	}
	PG_FINALLY();
	{
		il_progress_end();
	}
	PG_END_TRY();
	tuplestore_end(work->key);
	tuplestore_end(work->hit);
}

/* at: the position of points_key */
static void
serve(FunctionCallInfo fcinfo, int at, Oid key_type)
{
	Work		work = {0};

	get_source(fcinfo, at, 0, &work.points);
	get_source(fcinfo, at, 1, &work.parcels);
	work.result = il_result_begin(fcinfo, &work.desc);
	run(&work, key_type);
}

Datum
il_points_in_parcels(PG_FUNCTION_ARGS)
{
	serve(fcinfo, 2, INT8OID);
	return (Datum) 0;
}

Datum
il_points_in_parcels_by_key(PG_FUNCTION_ARGS)
{
	Oid			type = getBaseType(get_fn_expr_argtype(fcinfo->flinfo, 2));

	serve(fcinfo, 3, type);
	return (Datum) 0;
}
