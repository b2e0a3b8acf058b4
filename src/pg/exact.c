/*
 * exact.c - states of exact sums as SQL values: working in place, stored form
 */
#include "postgres.h"

#include "pg/exact.h"

#include "common/hashfn.h"
#include "core/indicator.h"
#include "pg/number.h"
#include "utils/builtins.h"

const char *
il_exact_type_name(int width)
{
	return width == 1 ? "exact_sum" : "exact_ratio";
}

/*
 * Read a state of either form.  In a tuple a short value has a header of one
 * byte and no alignment, so a working form may have to be copied first.
 */
void
il_exact_read(Datum datum, int width, IlExactValue *value)
{
	struct varlena *stored = PG_DETOAST_DATUM_PACKED(datum);
	Size		length = VARSIZE_ANY_EXHDR(stored);
	const char *wrong;

	if (length > 0 && *(uint8 *) VARDATA_ANY(stored) == IL_EXACT_WORKING)
	{
		IlExact    *state = (IlExact *) stored;

		if (!VARATT_IS_4B_U(stored))
		{
			state = palloc(VARHDRSZ + length);
			memcpy((char *) state + VARHDRSZ, VARDATA_ANY(stored), length);
		}
		if (VARHDRSZ + length < sizeof(IlExact) || state->width != width ||
			state->first < 0 || state->count < 0 ||
			state->first + state->count > IL_EXACT_DIGITS ||
			VARHDRSZ + length != il_exact_size(width, (IlExactWindow) {0, state->count}))
			elog(ERROR, "malformed working state of type %s", il_exact_type_name(width));
		il_exact_finish(state, value);
		return;
	}
	wrong = il_exact_decode((uint8 *) VARDATA_ANY(stored), length, width, value);
	if (!wrong && width > 1 && il_indicator(value->kind) == NULL)
		wrong = "Its indicator is unknown.";
	if (wrong)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("stored value of type %s is damaged", il_exact_type_name(width)),
				 errdetail("%s", wrong)));
}

/* The canonical form as a new value. */
Datum
il_exact_pack(const IlExactValue *value)
{
	uint8		bytes[IL_EXACT_MAX_BYTES];
	size_t		length = il_exact_encode(value, bytes);
	bytea	   *packed = palloc(VARHDRSZ + length);

	SET_VARSIZE(packed, VARHDRSZ + length);
	memcpy(VARDATA(packed), bytes, length);
	return PointerGetDatum(packed);
}

/* Canonical bytes of a value, whatever its form. */
static struct varlena *
canonical(Datum datum, int width)
{
	struct varlena *stored = PG_DETOAST_DATUM_PACKED(datum);
	IlExactValue value;

	if (VARSIZE_ANY_EXHDR(stored) > 0 && *(uint8 *) VARDATA_ANY(stored) == IL_EXACT_VERSION)
		return stored;
	il_exact_read(PointerGetDatum(stored), width, &value);
	return (struct varlena *) DatumGetPointer(il_exact_pack(&value));
}

bool
il_exact_equal(Datum a, Datum b, int width)
{
	struct varlena *x = canonical(a, width);
	struct varlena *y = canonical(b, width);

	return VARSIZE_ANY_EXHDR(x) == VARSIZE_ANY_EXHDR(y) &&
		memcmp(VARDATA_ANY(x), VARDATA_ANY(y), VARSIZE_ANY_EXHDR(x)) == 0;
}

uint64
il_exact_hash(Datum datum, int width, uint64 seed)
{
	struct varlena *x = canonical(datum, width);

	return hash_bytes_extended((unsigned char *) VARDATA_ANY(x), (int) VARSIZE_ANY_EXHDR(x), seed);
}

static IlExact *
new_state(int width, int kind, IlExactWindow window)
{
	size_t		size = il_exact_size(width, window);
	IlExact    *state = palloc(size);

	il_exact_init(state, width, kind, window);
	SET_VARSIZE(state, size);
	return state;
}

/*
 * Argument 0 as a working state that has room for `n` terms and the window
 * `need`.  Inside an aggregate it is the state itself where that suffices;
 * otherwise a new one, which the executor will copy to where the old one is.
 * A NULL argument is an empty state of this kind.
 */
IlExact *
il_exact_target(FunctionCallInfo fcinfo, int width, int kind,
				IlExactWindow need, const IlExactTerm *term, int n)
{
	IlExact    *old = il_exact_in_place(fcinfo);
	IlExact    *state;
	IlExactWindow window = {0, 0};
	IlExactValue value;

	if (old)
	{
		il_exact_carry(old);
		window = il_exact_window(old);
	}
	else if (!PG_ARGISNULL(0))
	{
		il_exact_read(PG_GETARG_DATUM(0), width, &value);
		window = il_exact_window_of(&value);
		kind = value.kind;
	}
	window = il_exact_window_union(window, need);
	for (int i = 0; i < n; i++)
		window = il_exact_window_for(window, term[i]);
	if (old && window.end - window.first == old->count)
		return old;

	state = new_state(width, old ? old->kind : kind, window);
	if (old)
	{
		il_exact_widen(state, old, window);
		SET_VARSIZE(state, il_exact_size(width, window));
	}
	else if (!PG_ARGISNULL(0))
		(void) il_exact_merge(state, &value);
	return state;
}

/* The state as a result: as it is inside an aggregate, else in canonical form. */
Datum
il_exact_target_datum(FunctionCallInfo fcinfo, IlExact *state)
{
	IlExactValue value;

	if (AggCheckCallContext(fcinfo, NULL))
		return PointerGetDatum(state);
	il_exact_finish(state, &value);
	return il_exact_pack(&value);
}

/* Argument 0 plus argument 1, neither of them NULL. */
Datum
il_exact_combine(FunctionCallInfo fcinfo, int width)
{
	IlExactValue other;
	IlExact    *state;

	il_exact_read(PG_GETARG_DATUM(1), width, &other);
	state = il_exact_target(fcinfo, width, other.kind, il_exact_window_of(&other), NULL, 0);
	if (state->kind != other.kind)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot merge a state of %s into one of %s",
						il_indicator(other.kind)->name, il_indicator(state->kind)->name)));
	if (!il_exact_merge(state, &other))
		il_raise_out_of_range("the number of rows");
	return il_exact_target_datum(fcinfo, state);
}
