/*
 * exact.c - sums of doubles without rounding error: the accumulator itself
 *
 * Between two carries a limb receives at most 2000 parts of at most 2^52 each
 * on top of a digit below 2^32, so it stays inside 63 bits.  The highest limb
 * of a window receives carries only.  |sum| < terms x 2^1024 with at most
 * 2^63 - 1 terms needs 2161 of the 2176 bits, so the last limb never overflows.
 *
 * Right shifts of negative limbs are arithmetic in every compiler this is
 * built with (gcc, clang).
 */
#include "core/exact.h"

#define DIGIT_MASK INT64_C(0xFFFFFFFF)

/* a top limb beyond this asks for one more limb */
#define TOP_LIMIT (INT64_C(1) << 61)

/* bytes of a state with this window */
size_t
il_exact_size(int width, IlExactWindow window)
{
	int			cells = il_exact_counters(width) + width * (window.end - window.first);

	return sizeof(IlExact) + sizeof(int64_t) * (size_t) cells;
}

/* An empty state; an empty window is allowed. */
void
il_exact_init(IlExact *state, int width, int kind, IlExactWindow window)
{
	memset(state, 0, il_exact_size(width, window));
	state->form = IL_EXACT_WORKING;
	state->width = (uint8_t) width;
	state->kind = (uint16_t) kind;
	state->first = (int16_t) window.first;
	state->count = (int16_t) (window.end - window.first);
}

/* Move what exceeds a digit upwards; `count` limbs, the last one keeps its sign. */
static void
carry(int64_t *limb, int count)
{
	for (int i = 0; i + 1 < count; i++)
	{
		limb[i + 1] += limb[i] >> 32;
		limb[i] &= DIGIT_MASK;
	}
}

void
il_exact_carry(IlExact *state)
{
	for (int which = 0; which < state->width; which++)
		carry(il_exact_limb(state, which), state->count);
	state->pending = 0;
}

/* The window that a carried state needs: its own, or one limb more at the top. */
IlExactWindow
il_exact_window(IlExact *state)
{
	IlExactWindow window = {state->first, state->first + state->count};

	for (int which = 0; which < state->width && state->count > 0; which++)
	{
		int64_t		top = il_exact_limb(state, which)[state->count - 1];

		if ((top >= TOP_LIMIT || top <= -TOP_LIMIT) && window.end < IL_EXACT_DIGITS)
		{
			window.end++;
			break;
		}
	}
	return window;
}

IlExactWindow
il_exact_window_union(IlExactWindow a, IlExactWindow b)
{
	IlExactWindow window = a;

	if (a.first == a.end)
		return b;
	if (b.first == b.end)
		return a;
	if (b.first < window.first)
		window.first = b.first;
	if (b.end > window.end)
		window.end = b.end;
	return window;
}

/*
 * The window with room for a term.  One limb on each side is added beyond what
 * it needs, so that values of a similar size do not widen it again.
 */
IlExactWindow
il_exact_window_for(IlExactWindow window, IlExactTerm term)
{
	IlExactWindow need = {term.index, term.index + 3};

	if (window.first != window.end && window.first <= need.first && window.end >= need.end)
		return window;
	need.first = need.first > 0 ? need.first - 1 : 0;
	need.end = need.end < IL_EXACT_DIGITS ? need.end + 1 : IL_EXACT_DIGITS;
	return il_exact_window_union(window, need);
}

/* The window with room for a finished sum. */
static IlExactWindow
window_of_number(const IlExactNumber *number)
{
	IlExactWindow window = {number->first, number->first + number->count};

	if (number->count > 0 && window.end < IL_EXACT_DIGITS)
		window.end++;
	return window;
}

/* The window with room for a finished state. */
IlExactWindow
il_exact_window_of(const IlExactValue *value)
{
	IlExactWindow window = {0, 0};

	for (int which = 0; which < value->width; which++)
		window = il_exact_window_union(window, window_of_number(&value->number[which]));
	return window;
}

/* Copy a state into another place with a window that contains its own. */
void
il_exact_widen(IlExact *into, IlExact *from, IlExactWindow window)
{
	int			offset = from->first - window.first;

	il_exact_init(into, from->width, from->kind, window);
	into->pending = from->pending;
	memcpy(into->cell, from->cell,
		   sizeof(int64_t) * (size_t) il_exact_counters(from->width));
	for (int which = 0; which < from->width && from->count > 0; which++)
		memcpy(il_exact_limb(into, which) + offset, il_exact_limb(from, which),
			   sizeof(int64_t) * (size_t) from->count);
	/* the old top limb may hold more than a digit */
	if (from->count > 0)
		il_exact_carry(into);
}

/* Add a finished sum; the window has room for it. */
static void
add_number(IlExact *into, int which, const IlExactNumber *number)
{
	int64_t    *limb = il_exact_limb(into, which) + (number->first - into->first);

	for (int i = 0; i < number->count; i++)
		limb[i] += number->negative ? -(int64_t) number->digit[i] : (int64_t) number->digit[i];
}

/*
 * Add a finished state; the window has room for it.  False when a counter
 * would overflow, then nothing has changed.
 */
bool
il_exact_merge(IlExact *into, const IlExactValue *value)
{
	int			counters = il_exact_counters(into->width);

	for (int i = 0; i < counters; i++)
		if (value->counter[i] > INT64_MAX - into->cell[i])
			return false;

	for (int i = 0; i < counters; i++)
		into->cell[i] += value->counter[i];
	for (int which = 0; which < value->width; which++)
		add_number(into, which, &value->number[which]);
	il_exact_carry(into);
	return true;
}

/* One accumulator as sign and magnitude, without zero digits at the ends. */
static void
finish_number(const int64_t *limb, int first, int count, IlExactNumber *number)
{
	int64_t		work[IL_EXACT_DIGITS + 2];
	int			length = count + 2;
	int			low = 0;

	for (int i = 0; i < count; i++)
		work[i] = limb[i];
	work[count] = work[count + 1] = 0;
	carry(work, length);
	number->negative = work[length - 1] < 0;
	if (number->negative)
	{
		for (int i = 0; i < length; i++)
			work[i] = -work[i];
		carry(work, length);
	}
	while (length > 0 && work[length - 1] == 0)
		length--;
	while (low < length && work[low] == 0)
		low++;
	number->first = length > 0 ? first + low : 0;
	number->count = length - low;
	for (int i = low; i < length; i++)
		number->digit[i - low] = (uint32_t) work[i];
}

void
il_exact_finish(IlExact *state, IlExactValue *value)
{
	int			counters = il_exact_counters(state->width);

	value->width = state->width;
	value->kind = state->kind;
	memset(value->counter, 0, sizeof(value->counter));
	memcpy(value->counter, state->cell, sizeof(int64_t) * (size_t) counters);
	for (int which = 0; which < state->width; which++)
		finish_number(il_exact_limb(state, which), state->first, state->count,
					  &value->number[which]);
}

/* digit at an absolute place, 0 outside */
static uint32_t
digit_at(const IlExactNumber *number, int place)
{
	int			i = place - number->first;

	return i >= 0 && i < number->count ? number->digit[i] : 0;
}

/* the 64 bits that start at absolute bit `low` */
static uint64_t
bits_from(const IlExactNumber *number, int low)
{
	int			place = low >> 5;
	int			shift = low & 31;
	uint64_t	bits = digit_at(number, place) |
		((uint64_t) digit_at(number, place + 1) << 32);

	if (shift == 0)
		return bits;
	return (bits >> shift) | ((uint64_t) digit_at(number, place + 2) << (64 - shift));
}

/* Is any bit below absolute bit `high` set? */
static bool
any_below(const IlExactNumber *number, int high)
{
	int			place = high >> 5;

	/* the lowest digit of a finished number is not zero */
	if (number->first < place)
		return true;
	return (digit_at(number, place) & ((UINT32_C(1) << (high & 31)) - 1)) != 0;
}

/* absolute place of the highest bit of a number that is not zero */
static int
highest_bit(const IlExactNumber *number)
{
	int			top = number->count - 1;

	return 32 * (number->first + top) + 31 - __builtin_clz(number->digit[top]);
}

/* The nearest double, ties to even; false when it would be infinite. */
bool
il_exact_round(const IlExactNumber *number, double *result)
{
	uint64_t	pattern = 0;

	if (number->count > 0)
	{
		int			high = highest_bit(number);

		if (high <= 52)
			pattern = bits_from(number, 0); /* exact: subnormal or smallest normal */
		else
		{
			uint64_t	significand = bits_from(number, high - 52) & UINT64_C(0x1FFFFFFFFFFFFF);
			bool		half = bits_from(number, high - 53) & 1;

			/* exponent field high - 51, minus the hidden bit that the sum below carries */
			pattern = ((uint64_t) (high - 52) << 52) + significand;
			if (half && ((significand & 1) || any_below(number, high - 53)))
				pattern++;		/* may run over into the exponent, as it should */
		}
		if (pattern >= UINT64_C(0x7FF) << 52)
			return false;
		if (number->negative)
			pattern |= UINT64_C(1) << 63;
	}
	memcpy(result, &pattern, sizeof(pattern));
	return true;
}

/* room for any single sum, to work with inside a function */
typedef union
{
	IlExact		state;
	unsigned char room[sizeof(IlExact) + sizeof(int64_t) * (1 + IL_EXACT_DIGITS)];
} Workspace;

/* The nearest double and the double nearest to what it leaves; false as above. */
bool
il_exact_round_pair(const IlExactNumber *number, double *high, double *low)
{
	Workspace	work;
	IlExactTerm term;
	IlExactNumber rest;

	if (!il_exact_round(number, high))
		return false;
	term = il_exact_term(-*high);
	il_exact_init(&work.state, 1, 0, il_exact_window_for(window_of_number(number), term));
	add_number(&work.state, 0, number);
	il_exact_add(&work.state, 0, term);
	finish_number(il_exact_limb(&work.state, 0), work.state.first, work.state.count, &rest);
	return il_exact_round(&rest, low);
}

/* a + b, rounded once; false when it would be infinite. */
bool
il_exact_round_total(const IlExactNumber *a, const IlExactNumber *b, double *result)
{
	Workspace	work;
	IlExactNumber total;

	il_exact_init(&work.state, 1, 0,
				  il_exact_window_union(window_of_number(a), window_of_number(b)));
	add_number(&work.state, 0, a);
	add_number(&work.state, 0, b);
	finish_number(il_exact_limb(&work.state, 0), work.state.first, work.state.count, &total);
	return il_exact_round(&total, result);
}

/* Can `terms` finite doubles add up to this?  |number| < terms x 2^1024. */
bool
il_exact_within(const IlExactNumber *number, int64_t terms)
{
	uint64_t	high;

	if (number->count == 0)
		return true;
	if (number->first + number->count > IL_EXACT_DIGITS ||
		highest_bit(number) >= 1024 + 1074 + 63)
		return false;
	high = bits_from(number, 1024 + 1074);
	return terms > 0 && high < (uint64_t) terms;
}

/* magnitudes: -1, 0, 1 */
static int
compare_magnitude(const IlExactNumber *a, const IlExactNumber *b)
{
	for (int place = IL_EXACT_DIGITS + 1; place >= 0; place--)
	{
		uint32_t	x = digit_at(a, place);
		uint32_t	y = digit_at(b, place);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

/* -1, 0, 1 */
int
il_exact_compare(const IlExactNumber *a, const IlExactNumber *b)
{
	if (a->negative != b->negative)
		return a->negative ? -1 : 1;
	return a->negative ? -compare_magnitude(a, b) : compare_magnitude(a, b);
}
