/*
 * exact_ratio.c - type exact_ratio and the ratio aggregates
 *
 * One set of functions serves all indicators: a state knows which one it
 * belongs to (the initial condition of the aggregate says so), and
 * core/indicator.c knows what that one demands of its arguments.
 */
#include "postgres.h"

#include "pg/exact.h"
#include "pg/export.h"
#include "pg/number.h"

#include "access/htup_details.h"
#include "core/indicator.h"
#include "funcapi.h"
#include "utils/builtins.h"

#define WIDTH IL_RATIO_WIDTH
#define MAX_TERMS 3

/* What one pair adds to a state. */
typedef struct
{
	int			counter;
	int			n;
	int			sum[MAX_TERMS];
	IlExactTerm term[MAX_TERMS];
} Pair;

IL_FUNCTION(il__exact_ratio_in);
IL_FUNCTION(il__exact_ratio_out);
IL_FUNCTION(il__exact_ratio_recv);
IL_FUNCTION(il__exact_ratio_send);
IL_FUNCTION(il__exact_ratio_equal);
IL_FUNCTION(il__exact_ratio_not_equal);
IL_FUNCTION(il__exact_ratio_hash);
IL_FUNCTION(il__exact_ratio_hash_extended);
IL_FUNCTION(il__exact_ratio_accumulate);
IL_FUNCTION(il__exact_ratio_remove);
IL_FUNCTION(il__exact_ratio_combine);
IL_FUNCTION(il__exact_ratio_compact);
IL_FUNCTION(il_exact_ratio_value);
IL_FUNCTION(il_exact_ratio_detail);
IL_FUNCTION(il_exact_ratio_indicator);

Datum
il__exact_ratio_in(PG_FUNCTION_ARGS)
{
	return il_exact_input(PG_GETARG_CSTRING(0), WIDTH);
}

Datum
il__exact_ratio_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(il_exact_output(PG_GETARG_DATUM(0), WIDTH));
}

Datum
il__exact_ratio_recv(PG_FUNCTION_ARGS)
{
	return il_exact_receive(fcinfo, WIDTH);
}

/* The stored bytes are the portable ones. */
Datum
il__exact_ratio_send(PG_FUNCTION_ARGS)
{
	IlExactValue value;

	il_exact_read(PG_GETARG_DATUM(0), WIDTH, &value);
	return il_exact_pack(&value);
}

Datum
il__exact_ratio_equal(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(il_exact_equal(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1), WIDTH));
}

Datum
il__exact_ratio_not_equal(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!il_exact_equal(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1), WIDTH));
}

Datum
il__exact_ratio_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT32((uint32) il_exact_hash(PG_GETARG_DATUM(0), WIDTH, 0));
}

Datum
il__exact_ratio_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT64(il_exact_hash(PG_GETARG_DATUM(0), WIDTH, (uint64) PG_GETARG_INT64(1)));
}

static inline void
add_term(Pair *pair, int sum, double x)
{
	pair->sum[pair->n] = sum;
	pair->term[pair->n++] = il_exact_term(x);
}

/* What is not just the numerator: weighted, or the rest of the denominator. */
static void
add_derived_numerator(Pair *pair, const IlIndicator *indicator, double sign,
					  double numerator, double denominator)
{
	if (indicator->is_weighted)
	{
		double		product = sign * numerator * denominator;

		if (!isfinite(product))
			il_raise_out_of_range("value times weight");
		add_term(pair, IL_SUM_NUMERATOR, product);
		/* what the product lost by rounding; exact for products above 1e-290 */
		add_term(pair, IL_SUM_NUMERATOR, fma(sign * numerator, denominator, -product));
	}
	else
	{
		add_term(pair, IL_SUM_NUMERATOR, sign * denominator);
		add_term(pair, IL_SUM_NUMERATOR, -sign * numerator);
	}
}

/* Arguments 1 and 2 (numerator, denominator), checked and sorted; sign is 1 or -1. */
static inline void
read_pair(FunctionCallInfo fcinfo, const IlIndicator *indicator, double sign, Pair *pair)
{
	bool		has_numerator = !PG_ARGISNULL(1);
	bool		has_denominator = !PG_ARGISNULL(2);
	double		numerator = has_numerator ? PG_GETARG_FLOAT8(1) : 0;
	double		denominator = has_denominator ? PG_GETARG_FLOAT8(2) : 0;

	if (indicator->is_signed)
		il_check_finite(numerator, indicator->numerator);
	else
		il_check_not_negative(numerator, indicator->numerator);
	il_check_not_negative(denominator, indicator->denominator);

	pair->n = 0;
	if (likely(has_numerator && denominator > 0))
	{
		if (indicator->is_part)
			numerator = il_check_part(numerator, indicator->numerator,
									  denominator, indicator->denominator);
		pair->counter = IL_N;
		add_term(pair, IL_SUM_DENOMINATOR, sign * denominator);
		if (indicator->is_weighted || indicator->is_complement)
			add_derived_numerator(pair, indicator, sign, numerator, denominator);
		else
			add_term(pair, IL_SUM_NUMERATOR, sign * numerator);
	}
	else if (has_denominator && denominator == 0)
		pair->counter = IL_N_ZERO;
	else
	{
		pair->counter = IL_N_MISSING;
		if (has_denominator)
			add_term(pair, IL_SUM_MISSING, sign * denominator);
	}
}

static inline bool
is_ready(const IlExact *state, const Pair *pair)
{
	for (int i = 0; i < pair->n; i++)
		if (!il_exact_ready(state, pair->term[i]))
			return false;
	return true;
}

static inline void
add_pair(IlExact *state, const Pair *pair)
{
	for (int i = 0; i < pair->n; i++)
		il_exact_add(state, pair->sum[i], pair->term[i]);
	state->pending++;
}

/* Transition function: state, numerator, denominator -> state. */
Datum
il__exact_ratio_accumulate(PG_FUNCTION_ARGS)
{
	IlExact    *in_place = il_exact_in_place(fcinfo);
	IlExact    *state = in_place;
	Pair		pair;

	if (unlikely(state == NULL))
		state = il_exact_target(fcinfo, WIDTH, IL_RATIO, (IlExactWindow) {0, 0}, NULL, 0);
	read_pair(fcinfo, il_indicator(state->kind), 1, &pair);
	if (unlikely(!is_ready(state, &pair)))
		state = il_exact_target(fcinfo, WIDTH, IL_RATIO, (IlExactWindow) {0, 0},
								pair.term, pair.n);
	if (unlikely(state->cell[pair.counter] == PG_INT64_MAX))
		il_raise_out_of_range("the number of rows");
	add_pair(state, &pair);
	state->cell[pair.counter]++;
	return in_place ? PointerGetDatum(state) : il_exact_target_datum(fcinfo, state);
}

/* Inverse transition function of moving aggregates. */
Datum
il__exact_ratio_remove(PG_FUNCTION_ARGS)
{
	IlExact    *state = il_exact_in_place(fcinfo);
	Pair		pair;

	if (state == NULL)
		elog(ERROR, "inverse transition function called without a state to change");
	read_pair(fcinfo, il_indicator(state->kind), -1, &pair);
	if (unlikely(!is_ready(state, &pair)))
		state = il_exact_target(fcinfo, WIDTH, IL_RATIO, (IlExactWindow) {0, 0},
								pair.term, pair.n);
	if (state->cell[pair.counter] == 0)
		elog(ERROR, "removal of a pair that was not added");
	add_pair(state, &pair);
	state->cell[pair.counter]--;
	return PointerGetDatum(state);
}

/* Combine function, and transition function of the merging aggregates. */
Datum
il__exact_ratio_combine(PG_FUNCTION_ARGS)
{
	return il_exact_combine(fcinfo, WIDTH);
}

/* Final function of the state aggregates: canonical form, NULL for no rows. */
Datum
il__exact_ratio_compact(PG_FUNCTION_ARGS)
{
	IlExactValue value;

	il_exact_read(PG_GETARG_DATUM(0), WIDTH, &value);
	if (value.counter[IL_N] == 0 && value.counter[IL_N_MISSING] == 0 &&
		value.counter[IL_N_ZERO] == 0)
		PG_RETURN_NULL();
	return il_exact_pack(&value);
}

static void
read_detail(FunctionCallInfo fcinfo, IlRatioDetail *detail)
{
	IlExactValue value;

	il_exact_read(PG_GETARG_DATUM(0), WIDTH, &value);
	if (!il_ratio_detail(&value, detail))
		il_raise_out_of_range("a sum");
	if (detail->has_value && unlikely(!isfinite(detail->value)))
		il_raise_out_of_range(il_indicator(value.kind)->name);
}

Datum
il_exact_ratio_value(PG_FUNCTION_ARGS)
{
	IlRatioDetail detail;

	read_detail(fcinfo, &detail);
	if (!detail.has_value)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(detail.value);
}

/* Row type of the result, looked up once per call site. */
static TupleDesc
result_descriptor(FunctionCallInfo fcinfo)
{
	FmgrInfo   *flinfo = fcinfo->flinfo;

	if (flinfo->fn_extra == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(flinfo->fn_mcxt);
		TupleDesc	descriptor;

		if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "return type must be a row type");
		flinfo->fn_extra = BlessTupleDesc(descriptor);
		MemoryContextSwitchTo(old);
	}
	return (TupleDesc) flinfo->fn_extra;
}

Datum
il_exact_ratio_detail(PG_FUNCTION_ARGS)
{
	IlRatioDetail detail;
	Datum		column[7];
	bool		is_null[7] = {false};

	read_detail(fcinfo, &detail);
	column[0] = Float8GetDatum(detail.value);
	column[1] = Float8GetDatum(detail.numerator);
	column[2] = Float8GetDatum(detail.denominator);
	column[3] = Int64GetDatum(detail.n);
	column[4] = Int64GetDatum(detail.n_missing);
	column[5] = Int64GetDatum(detail.n_zero);
	column[6] = Float8GetDatum(detail.coverage);
	is_null[0] = is_null[1] = is_null[2] = !detail.has_value;
	is_null[6] = !detail.has_coverage;
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(result_descriptor(fcinfo), column, is_null)));
}

Datum
il_exact_ratio_indicator(PG_FUNCTION_ARGS)
{
	IlExactValue value;

	il_exact_read(PG_GETARG_DATUM(0), WIDTH, &value);
	PG_RETURN_TEXT_P(cstring_to_text(il_indicator(value.kind)->name));
}
