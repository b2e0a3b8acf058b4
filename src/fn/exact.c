/*
 * exact.c - type exact_sum and its aggregates
 *
 * A state holds the exact sum and the number of terms.  Inside an aggregate it
 * is changed in place, see pg/exact.h.
 */
#include "postgres.h"

#include "core/indicator.h"
#include "pg/exact.h"
#include "pg/export.h"
#include "pg/number.h"

#define WIDTH 1

IL_FUNCTION(il__exact_sum_in);
IL_FUNCTION(il__exact_sum_out);
IL_FUNCTION(il__exact_sum_recv);
IL_FUNCTION(il__exact_sum_send);
IL_FUNCTION(il__exact_sum_equal);
IL_FUNCTION(il__exact_sum_not_equal);
IL_FUNCTION(il__exact_sum_hash);
IL_FUNCTION(il__exact_sum_hash_extended);
IL_FUNCTION(il__exact_sum_accumulate);
IL_FUNCTION(il__exact_sum_remove);
IL_FUNCTION(il__exact_sum_combine);
IL_FUNCTION(il__exact_sum_compact);
IL_FUNCTION(il_exact_sum_value);
IL_FUNCTION(il_exact_sum_mean);
IL_FUNCTION(il_exact_sum_count);

Datum
il__exact_sum_in(PG_FUNCTION_ARGS)
{
	return il_exact_input(PG_GETARG_CSTRING(0), WIDTH);
}

Datum
il__exact_sum_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(il_exact_output(PG_GETARG_DATUM(0), WIDTH));
}

Datum
il__exact_sum_recv(PG_FUNCTION_ARGS)
{
	return il_exact_receive(fcinfo, WIDTH);
}

/* The stored bytes are the portable ones. */
Datum
il__exact_sum_send(PG_FUNCTION_ARGS)
{
	IlExactValue value;

	il_exact_read(PG_GETARG_DATUM(0), WIDTH, &value);
	return il_exact_pack(&value);
}

Datum
il__exact_sum_equal(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(il_exact_equal(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1), WIDTH));
}

Datum
il__exact_sum_not_equal(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!il_exact_equal(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1), WIDTH));
}

Datum
il__exact_sum_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT32((uint32) il_exact_hash(PG_GETARG_DATUM(0), WIDTH, 0));
}

Datum
il__exact_sum_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT64(il_exact_hash(PG_GETARG_DATUM(0), WIDTH, (uint64) PG_GETARG_INT64(1)));
}

/* Transition function: state, value -> state. */
Datum
il__exact_sum_accumulate(PG_FUNCTION_ARGS)
{
	IlExactTerm term = il_exact_term(il_check_finite(PG_GETARG_FLOAT8(1), "value"));
	IlExact    *in_place = il_exact_in_place(fcinfo);
	IlExact    *state = in_place;

	if (unlikely(state == NULL || !il_exact_ready(state, term)))
		state = il_exact_target(fcinfo, WIDTH, 0, (IlExactWindow) {0, 0}, &term, 1);
	if (unlikely(state->cell[0] == PG_INT64_MAX))
		il_raise_out_of_range("the number of rows");
	il_exact_add(state, 0, term);
	state->cell[0]++;
	state->pending++;
	return in_place ? PointerGetDatum(state) : il_exact_target_datum(fcinfo, state);
}

/* Inverse transition function of moving aggregates. */
Datum
il__exact_sum_remove(PG_FUNCTION_ARGS)
{
	IlExactTerm term = il_exact_term(-il_check_finite(PG_GETARG_FLOAT8(1), "value"));
	IlExact    *state = il_exact_in_place(fcinfo);

	if (state == NULL)
		elog(ERROR, "inverse transition function called without a state to change");
	if (unlikely(!il_exact_ready(state, term)))
		state = il_exact_target(fcinfo, WIDTH, 0, (IlExactWindow) {0, 0}, &term, 1);
	if (state->cell[0] == 0)
		elog(ERROR, "removal from an empty sum");
	il_exact_add(state, 0, term);
	state->cell[0]--;
	state->pending++;
	return PointerGetDatum(state);
}

/* Combine function, and transition function of the merging aggregates. */
Datum
il__exact_sum_combine(PG_FUNCTION_ARGS)
{
	return il_exact_combine(fcinfo, WIDTH);
}

/* Final function of the state aggregates: canonical form, NULL for no rows. */
Datum
il__exact_sum_compact(PG_FUNCTION_ARGS)
{
	IlExactValue value;

	il_exact_read(PG_GETARG_DATUM(0), WIDTH, &value);
	if (value.counter[0] == 0)
		PG_RETURN_NULL();
	return il_exact_pack(&value);
}

/* The sum, correctly rounded; NULL for no rows. */
Datum
il_exact_sum_value(PG_FUNCTION_ARGS)
{
	IlExactValue value;
	double		sum;

	il_exact_read(PG_GETARG_DATUM(0), WIDTH, &value);
	if (value.counter[0] == 0)
		PG_RETURN_NULL();
	if (!il_exact_round(&value.number[0], &sum))
		il_raise_out_of_range("the sum");
	PG_RETURN_FLOAT8(sum);
}

/* The mean; NULL for no rows. */
Datum
il_exact_sum_mean(PG_FUNCTION_ARGS)
{
	IlExactValue value;
	double		sum[2];
	double		count[2] = {0, 0};

	il_exact_read(PG_GETARG_DATUM(0), WIDTH, &value);
	if (value.counter[0] == 0)
		PG_RETURN_NULL();
	if (!il_exact_round_pair(&value.number[0], &sum[0], &sum[1]))
		il_raise_out_of_range("the sum");
	count[0] = (double) value.counter[0];
	PG_RETURN_FLOAT8(il_scaled_ratio_of_sums(sum, count, 1, 1));
}

Datum
il_exact_sum_count(PG_FUNCTION_ARGS)
{
	IlExactValue value;

	il_exact_read(PG_GETARG_DATUM(0), WIDTH, &value);
	PG_RETURN_INT64(value.counter[0]);
}
