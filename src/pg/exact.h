/*
 * exact.h - states of exact sums as SQL values
 *
 * A value of type exact_sum (one sum) or exact_ratio (three sums) is a
 * varlena in one of two forms.  The canonical form is the bytes of
 * core/exact_form.c; it is what the send function sends and what is stored.
 * The working form is a struct IlExact; it exists while an aggregate runs,
 * where its owner may change it in place.  Every function reads both, so a
 * working form that a parallel worker hands over, or that leaves an aggregate
 * without final function, is as good as the other.
 */
#ifndef IL_PG_EXACT_H
#define IL_PG_EXACT_H

#include "postgres.h"
#include "fmgr.h"

#include "core/exact.h"

/* Argument 0 as a working state that may be changed in place, or NULL. */
static inline IlExact *
il_exact_in_place(FunctionCallInfo fcinfo)
{
	IlExact    *state;

	if (PG_ARGISNULL(0) || !AggCheckCallContext(fcinfo, NULL))
		return NULL;
	state = (IlExact *) PG_GETARG_POINTER(0);
	return VARATT_IS_4B_U(state) && state->form == IL_EXACT_WORKING ? state : NULL;
}

extern IlExact *il_exact_target(FunctionCallInfo fcinfo, int width, int kind,
								IlExactWindow need, const IlExactTerm *term, int n);
extern Datum il_exact_target_datum(FunctionCallInfo fcinfo, IlExact *state);
extern Datum il_exact_combine(FunctionCallInfo fcinfo, int width);

extern const char *il_exact_type_name(int width);
extern void il_exact_read(Datum datum, int width, IlExactValue *value);
extern Datum il_exact_pack(const IlExactValue *value);
extern bool il_exact_equal(Datum a, Datum b, int width);
extern uint64 il_exact_hash(Datum datum, int width, uint64 seed);

extern Datum il_exact_input(const char *text, int width);
extern char *il_exact_output(Datum datum, int width);
extern Datum il_exact_receive(FunctionCallInfo fcinfo, int width);

#endif
