/*
 * contiguity.c - the neighbours of each polygon of a relation
 */
#include "postgres.h"

#include "pg/export.h"

#include "pg/argument.h"
#include "pg/contiguity.h"
#include "pg/crs.h"
#include "pg/progress.h"
#include "pg/source.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/tuplestore.h"

IL_FUNCTION(il_contiguity);
IL_FUNCTION(il_contiguity_by_key);

#define USUAL_TOLERANCE	0.05	/* m */
#define MARGIN			0.5		/* m, depth of facing beyond the gap */

/* columns of the result */
enum
{
	FROM_ID, TO_ID, KIND, LENGTH, GAP, FACING, BARRIER, N_COLUMN
};

typedef struct Work
{
	IlSource	source;
	IlBarrierSource barrier_source;
	IlBarrierList barriers;
	double		max_gap;		/* m, or units where they mean nothing */
	double		tolerance;		/* the same; negative: the usual one */
	double		unit;			/* metres of a unit, 0 where there are no lengths */
	bool		key_by_value;
	uint64		n_shape;
	Datum		kind[IL_CONTACT_GAP + 1];
	IlContacts *set;
	Tuplestorestate *result;
	TupleDesc	desc;
} Work;

/* ---- arguments ---- */

static double
get_distance(FunctionCallInfo fcinfo, int at, const char *name)
{
	double		distance = PG_GETARG_FLOAT8(at);

	if (!(distance >= 0) || isinf(distance))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is %g", name, distance),
				 errhint("Give a distance in metres, 0 or more.")));
	return distance;
}

/* at: the position of max_gap, what follows is the same in both forms */
static void
get_arguments(FunctionCallInfo fcinfo, int at, Work *work)
{
	IlSource   *source = &work->source;

	il_argument_require(fcinfo, at, "max_gap");
	source->argument = "parcels";
	source->work = "contiguity";
	source->any_system = true;
	source->relation = il_argument_relation(fcinfo, 0, source->argument);
	work->max_gap = get_distance(fcinfo, at, "max_gap");
	work->tolerance = PG_ARGISNULL(at + 1) ? -1.0 :
		get_distance(fcinfo, at + 1, "touch_tolerance");
	work->barrier_source.relation = PG_ARGISNULL(at + 2) ? InvalidOid : PG_GETARG_OID(at + 2);
	source->key = il_argument_column(fcinfo, at + 3);
	source->geometry = il_argument_column(fcinfo, at + 4);
	work->barrier_source.class_column = il_argument_column(fcinfo, at + 5);
	work->barrier_source.geometry = il_argument_column(fcinfo, at + 6);
	source->stratum = PG_ARGISNULL(at + 7) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(at + 7));
	source->on_invalid = (IlOnInvalid) il_argument_word(fcinfo, at + 8, "on_invalid",
															  il_on_invalid_words);
}

/* ---- rows ---- */

static void
put(Work *work, const Datum *value, const bool *null)
{
	tuplestore_putvalues(work->result, work->desc, unconstify(Datum *, value),
						 unconstify(bool *, null));
}

static void
take_pair(void *arg, const IlShape *a, const IlShape *b, const IlContact *contact,
		  const text *barrier)
{
	Work	   *work = arg;
	Datum		value[N_COLUMN];
	bool		null[N_COLUMN] = {false};

	value[FROM_ID] = il_source_key(a, work->key_by_value);
	value[TO_ID] = il_source_key(b, work->key_by_value);
	value[KIND] = work->kind[contact->kind];
	value[LENGTH] = Float8GetDatum(contact->length * work->unit);
	value[GAP] = Float8GetDatum(contact->gap * work->unit);
	value[FACING] = Float8GetDatum(contact->facing * work->unit);
	value[BARRIER] = PointerGetDatum(barrier);
	null[LENGTH] = null[GAP] = null[FACING] = work->unit == 0;
	null[BARRIER] = barrier == NULL;
	put(work, value, null);
	value[FROM_ID] = il_source_key(b, work->key_by_value);
	value[TO_ID] = il_source_key(a, work->key_by_value);
	put(work, value, null);
}

static void
take_island(void *arg, const IlShape *shape)
{
	Work	   *work = arg;
	Datum		value[N_COLUMN] = {0};
	bool		null[N_COLUMN] = {false, true, false, true, true, true, true};

	value[FROM_ID] = il_source_key(shape, work->key_by_value);
	value[KIND] = work->kind[IL_CONTACT_NONE];
	put(work, value, null);
}

static void
take_shape(void *arg, const IlShape *shape)
{
	Work	   *work = arg;

	work->n_shape++;
	il_contacts_add(work->set, shape);
}

/* ---- work ---- */

/* lengths mean something in a projected system; elsewhere there are none */
static IlReach
find_reach(Work *work)
{
	const IlCrs *crs = il_proj_crs(work->source.srid);
	bool		plane = crs->kind == IL_CRS_PROJECTED && crs->unit_factor > 0;
	double		unit = plane ? crs->unit_factor : 1.0;

	if (!plane && work->max_gap > 0 && work->n_shape > 0)
		il_crs_require_plane(work->source.srid, work->source.column);
	if (work->tolerance < 0)
		work->tolerance = plane ? USUAL_TOLERANCE : 0.0;
	work->unit = plane ? unit : 0.0;
	return (IlReach) {
		.tolerance = work->tolerance / unit,
		.max_gap = work->max_gap / unit,
		.margin = MARGIN / unit
	};
}

static void
run(Work *work, Oid key_type)
{
	bool		bars = OidIsValid(work->barrier_source.relation);
	IlReach		reach;

	work->key_by_value = get_typbyval(key_type);
	work->source.key_type = key_type;
	il_source_open(&work->source);
	il_source_require_stratum(&work->source, NULL);
	work->kind[IL_CONTACT_NONE] = CStringGetTextDatum("island");
	work->kind[IL_CONTACT_CORNER] = CStringGetTextDatum("corner");
	work->kind[IL_CONTACT_TOUCH] = CStringGetTextDatum("touch");
	work->kind[IL_CONTACT_GAP] = CStringGetTextDatum("gap");
	work->set = il_contacts_begin();
	PG_TRY();
	{
		il_source_read(&work->source, take_shape, work);
		reach = find_reach(work);
		work->barrier_source.srid = work->source.srid;
		if (bars)
			il_barrier_read(&work->barrier_source, &work->barriers);
		il_contacts_run(work->set, &reach, bars ? &work->barriers : NULL, take_pair, work);
		il_contacts_islands(work->set, take_island, work);
		il_contacts_end(work->set);
	}
	PG_FINALLY();
	{
		il_progress_end();
	}
	PG_END_TRY();
}

/* at: the position of max_gap */
static void
serve(FunctionCallInfo fcinfo, int at, Oid key_type)
{
	Work		work = {0};

	get_arguments(fcinfo, at, &work);
	work.result = il_result_begin(fcinfo, &work.desc);
	run(&work, key_type);
}

Datum
il_contiguity(PG_FUNCTION_ARGS)
{
	serve(fcinfo, 1, INT8OID);
	return (Datum) 0;
}

Datum
il_contiguity_by_key(PG_FUNCTION_ARGS)
{
	Oid			type = getBaseType(get_fn_expr_argtype(fcinfo->flinfo, 1));

	serve(fcinfo, 2, type);
	return (Datum) 0;
}
