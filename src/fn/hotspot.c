/*
 * hotspot.c - statistics of neighbours over relations
 */
#include "postgres.h"

#include "pg/export.h"

#include "core/global_statistic.h"
#include "core/local_statistic.h"
#include "core/permutation.h"
#include "pg/argument.h"
#include "pg/interrupt.h"
#include "pg/links.h"
#include "pg/memory.h"
#include "pg/number.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

IL_FUNCTION(il_local_statistics);
IL_FUNCTION(il_global_statistics);
IL_FUNCTION(il_check_neighbours);

/* ---- arguments ---- */

static const char *
require_name(FunctionCallInfo fcinfo, int at, const char *argument)
{
	il_argument_require(fcinfo, at, argument);
	return il_argument_column(fcinfo, at);
}

static Oid
require_relation(FunctionCallInfo fcinfo, int at, const char *argument)
{
	il_argument_require(fcinfo, at, argument);
	return PG_GETARG_OID(at);
}

/* a double whose NaN is NULL */
static Datum
number(double value, bool *null)
{
	*null = isnan(value);
	return Float8GetDatum(value);
}

/* ---- values of a partition ---- */

/*
 * Rates are compared after they are made comparable: a rate of few is more often far
 * from the mean by chance alone (Assuncao and Reis 1999).
 */
static void
standardise_rates(const IlLinkRows *rows, const IlLinkPart *part, double *value)
{
	double		events = 0;
	double		base = 0;
	double		spread = 0;
	double		rate;
	double		between;

	for (size_t i = 0; i < part->n; i++)
	{
		events += rows->value[part->row[i]];
		base += rows->denominator[part->row[i]];
	}
	rate = events / base;
	for (size_t i = 0; i < part->n; i++)
	{
		size_t		row = part->row[i];
		double		own = rows->value[row] / rows->denominator[row];

		spread += rows->denominator[row] * (own - rate) * (own - rate);
	}
	between = spread / base - rate / (base / part->n);
	for (size_t i = 0; i < part->n; i++)
	{
		size_t		row = part->row[i];
		double		variance = between + rate / rows->denominator[row];

		if (variance < 0)
			variance = rate / rows->denominator[row];
		value[i] = variance > 0 ?
			(rows->value[row] / rows->denominator[row] - rate) / sqrt(variance) : 0;
	}
}

static double *
values_of(const IlLinkRows *rows, const IlLinkPart *part)
{
	double	   *value = MemoryContextAllocHuge(CurrentMemoryContext,
											   (part->n + 1) * sizeof(double));

	if (rows->denominator != NULL)
		standardise_rates(rows, part, value);
	else
	{
		for (size_t i = 0; i < part->n; i++)
			value[i] = rows->value[part->row[i]];
	}
	return value;
}

/* sum of the neighbours' numerators by that of their denominators */
static double
lag_of_rates(const IlLinkRows *rows, const IlLinkPart *part, size_t at)
{
	double		numerator = 0;
	double		denominator = 0;

	for (size_t i = part->neighbours.start[at]; i < part->neighbours.start[at + 1]; i++)
	{
		size_t		row = part->row[part->neighbours.to[i]];

		numerator += rows->value[row];
		denominator += rows->denominator[row];
	}
	return denominator > 0 ? numerator / denominator : NAN;
}

/* ---- local statistics ---- */

typedef struct Local
{
	IlLocalRequest request;
	bool		adjust;			/* by false discovery rate */
	double		alpha;
	Tuplestorestate *result;
	TupleDesc	desc;
} Local;

static const char *const quadrant_word[] = {NULL, "high_high", "low_high", "low_low", "high_low"};
static const char *const state_word[] = {NULL, "isolated", "too_few", "zero_variance"};
static const char *const method_word[] = {
	NULL, "permutation", "enumeration", "hypergeometric", "normal"
};

static const char *
class_word(const Local *local, const IlLocalResult *found, double q)
{
	double		shown = local->adjust ? q : found->p;

	if (found->state != IL_LOCAL_FOUND)
		return state_word[found->state];
	if (!(shown <= local->alpha))
		return "not_significant";
	if (local->request.kind == IL_LOCAL_JOIN_COUNT)
		return "hot";
	if (local->request.kind != IL_LOCAL_MORAN)
		return found->z > 0 ? "hot" : "cold";
	switch (found->quadrant)
	{
		case IL_QUADRANT_HIGH_HIGH:
			return "hot";
		case IL_QUADRANT_LOW_LOW:
			return "cold";
		case IL_QUADRANT_LOW_HIGH:
			return "low_high";
		default:
			return "high_low";
	}
}

static Datum
word_datum(const char *word, bool *null)
{
	*null = word == NULL;
	return word == NULL ? (Datum) 0 : CStringGetTextDatum(word);
}

/* found: NULL for a row whose value is missing */
static void
put_local(const Local *local, const IlLinkRows *rows, size_t row, const IlLocalResult *found,
		  double lag, double q)
{
	Datum		value[12];
	bool		null[12] = {false};

	value[0] = Int64GetDatum(rows->id[row]);
	value[1] = word_datum(rows->partition[row], &null[1]);
	value[2] = number(rows->denominator == NULL ? rows->value[row] :
					  rows->value[row] / rows->denominator[row], &null[2]);
	value[3] = number(found == NULL ? NAN : found->statistic, &null[3]);
	value[4] = number(found == NULL ? NAN : found->z, &null[4]);
	value[5] = number(lag, &null[5]);
	value[6] = Int32GetDatum(found == NULL ? 0 : (int32) found->n_neighbour);
	null[6] = found == NULL;
	value[7] = word_datum(found == NULL ? NULL : quadrant_word[found->quadrant], &null[7]);
	value[8] = number(found == NULL ? NAN : found->p, &null[8]);
	value[9] = number(q, &null[9]);
	value[10] = word_datum(found == NULL ? "missing" : class_word(local, found, q), &null[10]);
	value[11] = word_datum(found == NULL ? NULL : method_word[found->method], &null[11]);
	tuplestore_putvalues(local->result, local->desc, value, null);
}

static void
judge_part(void *arg, const IlLinkRows *rows, const IlLinkPart *part)
{
	Local	   *local = arg;
	IlLocalResult *found = MemoryContextAllocHuge(CurrentMemoryContext,
												  (part->n + 1) * sizeof(IlLocalResult));
	double	   *p = MemoryContextAllocHuge(CurrentMemoryContext, (part->n + 1) * sizeof(double));
	double	   *q = MemoryContextAllocHuge(CurrentMemoryContext, (part->n + 1) * sizeof(double));
	size_t		at = 0;

	local->request.value = values_of(rows, part);
	local->request.neighbours = &part->neighbours;
	il_local_statistic(&local->request, found, &il_palloc_memory, &il_interrupt_poll);
	for (size_t i = 0; i < part->n; i++)
		p[i] = found[i].p;
	il_false_discovery(p, part->n, q, &il_palloc_memory);
	for (size_t row = part->from; row < part->end; row++)
	{
		double		lag;

		if (at == part->n || part->row[at] != row)
		{
			put_local(local, rows, row, NULL, NAN, NAN);
			continue;
		}
		lag = rows->denominator == NULL ? found[at].lag : lag_of_rates(rows, part, at);
		put_local(local, rows, row, &found[at], lag, q[at]);
		at++;
	}
}

/* positions of the arguments that both forms have */
static void
get_links(FunctionCallInfo fcinfo, IlLinkSource *source)
{
	*source = (IlLinkSource) {
		.relation = require_relation(fcinfo, 0, "relation"),
		.neighbours = require_relation(fcinfo, 1, "neighbours"),
		.value = require_name(fcinfo, 2, "value"),
		.denominator = il_argument_column(fcinfo, 4),
		.partition = il_argument_column(fcinfo, 5),
		.weight = il_argument_column(fcinfo, 6),
		.key = require_name(fcinfo, 7, "key"),
		.from_key = require_name(fcinfo, 8, "from_key"),
		.to_key = require_name(fcinfo, 9, "to_key")
	};
}

static void
get_draws(FunctionCallInfo fcinfo, int at, IlLocalRequest *request)
{
	int32		n_draw;

	if (PG_ARGISNULL(at) || PG_ARGISNULL(at + 1))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s is null", PG_ARGISNULL(at) ? "permutations" : "seed")));
	n_draw = PG_GETARG_INT32(at);
	if (n_draw < 1 || n_draw > IL_PERMUTATION_MAX_DRAW)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("permutations is %d", n_draw),
				 errhint("Give a number from 1 to %d.", IL_PERMUTATION_MAX_DRAW)));
	request->n_draw = (uint32_t) n_draw;
	request->seed = (uint64_t) PG_GETARG_INT64(at + 1);
}

static double
get_alpha(FunctionCallInfo fcinfo, int at)
{
	double		alpha = PG_ARGISNULL(at) ? NAN : PG_GETARG_FLOAT8(at);

	if (!(alpha > 0 && alpha < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("alpha is not between 0 and 1"),
				 errhint("0.05 is usual.")));
	return alpha;
}

Datum
il_local_statistics(PG_FUNCTION_ARGS)
{
	static const char *const kind[] = {"moran", "g", "g_star", "join_count", NULL};
	static const char *const weights[] = {"row", "binary", NULL};
	static const char *const chance[] = {"permutation", "normal", NULL};
	static const char *const correction[] = {"false_discovery_rate", "none", NULL};
	IlLinkSource source;
	Local		local = {0};

	get_links(fcinfo, &source);
	local.request.kind = (IlLocalKind) il_argument_word(fcinfo, 3, "statistic", kind);
	local.request.binary = il_argument_word(fcinfo, 10, "weights", weights) == 1;
	local.request.chance = (IlChance) il_argument_word(fcinfo, 11, "chance", chance);
	get_draws(fcinfo, 12, &local.request);
	local.alpha = get_alpha(fcinfo, 14);
	local.adjust = il_argument_word(fcinfo, 15, "correction", correction) == 0;
	source.zero_or_one = local.request.kind == IL_LOCAL_JOIN_COUNT;
	if (source.zero_or_one && (source.denominator != NULL || source.weight != NULL))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("join counts take neither denominator nor weight")));
	local.result = il_result_begin(fcinfo, &local.desc);
	il_links_read(&source, judge_part, &local);
	return (Datum) 0;
}

/* ---- global statistics ---- */

typedef struct Global
{
	IlGlobalKind kind;
	bool		binary;
	Tuplestorestate *result;
	TupleDesc	desc;
} Global;

static void
judge_whole(void *arg, const IlLinkRows *rows, const IlLinkPart *part)
{
	Global	   *global = arg;
	double	   *value_of_row = values_of(rows, part);
	IlGlobalResult found;
	int64		n_isolated = 0;
	Datum		value[10];
	bool		null[10] = {false};

	for (size_t i = 0; i < part->n; i++)
	{
		n_isolated += il_neighbours_count(&part->neighbours, i) == 0;
		if (global->kind == IL_GLOBAL_G && value_of_row[i] < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("value of row " INT64_FORMAT " is %g", rows->id[part->row[i]],
							value_of_row[i]),
					 errdetail("G is a share of products: its values are not negative.")));
	}
	found = il_global_statistic(global->kind, global->binary, value_of_row, &part->neighbours,
								&il_palloc_memory, &il_interrupt_poll);
	value[0] = word_datum(part->from < part->end ? rows->partition[part->from] : NULL, &null[0]);
	value[1] = number(found.statistic, &null[1]);
	value[2] = number(found.expected, &null[2]);
	value[3] = number(found.variance, &null[3]);
	value[4] = number(found.z, &null[4]);
	value[5] = number(found.p, &null[5]);
	value[6] = Int64GetDatum((int64) part->n);
	value[7] = Int64GetDatum((int64) (part->end - part->from - part->n));
	value[8] = Int64GetDatum((int64) part->neighbours.start[part->n]);
	value[9] = Int64GetDatum(n_isolated);
	tuplestore_putvalues(global->result, global->desc, value, null);
}

Datum
il_global_statistics(PG_FUNCTION_ARGS)
{
	static const char *const kind[] = {
		"moran", "g", "join_count", "join_count_mixed", NULL
	};
	static const char *const weights[] = {"row", "binary", NULL};
	IlLinkSource source;
	Global		global;

	get_links(fcinfo, &source);
	global.kind = (IlGlobalKind) il_argument_word(fcinfo, 3, "statistic", kind);
	global.binary = il_argument_word(fcinfo, 10, "weights", weights) == 1;
	source.zero_or_one = global.kind == IL_GLOBAL_JOIN_BOTH || global.kind == IL_GLOBAL_JOIN_ONE;
	if (source.denominator != NULL && global.kind != IL_GLOBAL_MORAN)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a denominator goes with statistic moran only")));
	global.result = il_result_begin(fcinfo, &global.desc);
	il_links_read(&source, judge_whole, &global);
	return (Datum) 0;
}

/* ---- the neighbours themselves ---- */

Datum
il_check_neighbours(PG_FUNCTION_ARGS)
{
	IlLinkSource source = {
		.relation = require_relation(fcinfo, 0, "relation"),
		.neighbours = require_relation(fcinfo, 1, "neighbours"),
		.key = require_name(fcinfo, 2, "key"),
		.from_key = require_name(fcinfo, 3, "from_key"),
		.to_key = require_name(fcinfo, 4, "to_key")
	};
	IlLinkCheck check = il_links_check(&source);
	TupleDesc	desc;
	Datum		value[8];
	bool		null[8] = {false};

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	value[0] = Int64GetDatum((int64) check.n_row);
	value[1] = Int64GetDatum((int64) check.n_link);
	value[2] = Int64GetDatum((int64) check.n_isolated);
	value[3] = PointerGetDatum(check.component_size);
	value[4] = Int64GetDatum((int64) check.n_one_way);
	value[5] = Int64GetDatum((int64) check.n_repeated);
	value[6] = Int64GetDatum((int64) check.n_to_itself);
	value[7] = Int64GetDatum((int64) check.n_unknown);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), value, null)));
}
