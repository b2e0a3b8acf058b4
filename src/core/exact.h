/*
 * exact.h - sums of doubles without rounding error
 *
 * A small superaccumulator (Kulisch; Neal 2015, "Fast exact summation using
 * small and large superaccumulators").  A sum is a fixed-point number in 68
 * digits of 32 bits, bit 0 worth 2^-1074, which holds every finite double and
 * 2^63 of them added up.  While adding, each digit sits in a signed 64-bit
 * "limb" with room for pending carries; only the window of limbs that the data
 * touch is stored, so a state of ordinary measures is about 100 bytes.
 *
 * One state (IlExact) holds one or more accumulators that share a window, and
 * a few counters.  It is changed in place by its owner, who also widens the
 * window: this file allocates nothing.  The canonical form of a state is a
 * string of bytes (il_exact_encode): equal sums have equal bytes.
 *
 * Read-out is correctly rounded (half to even, subnormals included).  -0 is
 * read as +0; NaN and infinities are not accepted, the caller refuses them.
 */
#ifndef IL_CORE_EXACT_H
#define IL_CORE_EXACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define IL_EXACT_VERSION 1			/* first byte of the canonical form */
#define IL_EXACT_WORKING 0xFF		/* same place in a state that is being added to */

#define IL_EXACT_DIGITS 68
#define IL_EXACT_MAX_WIDTH 3
#define IL_EXACT_COUNTERS 3
#define IL_EXACT_MAX_PENDING 1000	/* rows; two additions each fill 2000 of 2047 */

/* longest canonical form: head, counters, numbers */
#define IL_EXACT_NUMBER_BYTES (2 + 4 * IL_EXACT_DIGITS)
#define IL_EXACT_MAX_BYTES \
	(3 + 8 * IL_EXACT_COUNTERS + IL_EXACT_MAX_WIDTH * IL_EXACT_NUMBER_BYTES)

/* longest text of one number: sign, 0x, 8 per digit, p, exponent, end */
#define IL_EXACT_NUMBER_TEXT (1 + 2 + 8 * IL_EXACT_DIGITS + 1 + 6 + 1)

/* limbs [first, end) of the fixed-point number */
typedef struct
{
	int			first;
	int			end;
} IlExactWindow;

/* a state that is being added to */
typedef struct
{
	int32_t		owner_word;		/* left to the owner; never read here */
	uint8_t		form;			/* IL_EXACT_WORKING */
	uint8_t		width;			/* accumulators */
	uint16_t	kind;			/* what the sums mean; 0 for a plain sum */
	int16_t		first;			/* window: first limb */
	int16_t		count;			/* window: number of limbs, 0 = nothing added yet */
	int32_t		pending;		/* rows added since the last carry */
	int64_t		cell[];			/* counters, then width x count limbs */
} IlExact;

/* a finished sum: sign and magnitude, no zero digit at either end */
typedef struct
{
	int			first;
	int			count;			/* 0 = zero */
	bool		negative;
	uint32_t	digit[IL_EXACT_DIGITS + 2];
} IlExactNumber;

/* a finished state, ready to be encoded, printed, rounded or added to another */
typedef struct
{
	int			width;
	int			kind;
	int64_t		counter[IL_EXACT_COUNTERS];
	IlExactNumber number[IL_EXACT_MAX_WIDTH];
} IlExactValue;

/* A plain sum counts its terms; a state of several sums keeps all counters. */
static inline int
il_exact_counters(int width)
{
	return width == 1 ? 1 : IL_EXACT_COUNTERS;
}

/* The limbs of one accumulator. */
static inline int64_t *
il_exact_limb(IlExact *state, int which)
{
	return state->cell + il_exact_counters(state->width) + which * state->count;
}

/* a finite double cut up for adding: `low` goes to limb `index`, `high` to the next */
typedef struct
{
	int			index;
	int64_t		low;
	int64_t		high;
} IlExactTerm;

static inline IlExactTerm
il_exact_term(double x)
{
	IlExactTerm term;
	uint64_t	bits;
	uint64_t	significand;
	int			exponent;
	int			position;
	int64_t		sign;

	memcpy(&bits, &x, sizeof(bits));
	exponent = (int) (bits >> 52) & 0x7FF;
	significand = bits & UINT64_C(0xFFFFFFFFFFFFF);
	if (exponent)
		significand |= UINT64_C(1) << 52;
	position = exponent ? exponent - 1 : 0;
	term.index = position >> 5;
	position &= 31;

	/* two's complement trick: (v ^ -1) - -1 = -v */
	sign = -(int64_t) (bits >> 63);
	term.low = ((int64_t) ((significand << position) & 0xFFFFFFFF) ^ sign) - sign;
	term.high = ((int64_t) (significand >> (32 - position)) ^ sign) - sign;
	return term;
}

/* May the term be added now?  The top limb is kept free for carries. */
static inline bool
il_exact_ready(const IlExact *state, IlExactTerm term)
{
	int			at = term.index - state->first;

	return at >= 0 && at + 2 < state->count && state->pending < IL_EXACT_MAX_PENDING;
}

/*
 * Add a term to accumulator `which`.  The caller has checked il_exact_ready()
 * and counts the row in `pending`; a row may add twice to one accumulator.
 */
static inline void
il_exact_add(IlExact *state, int which, IlExactTerm term)
{
	int64_t    *limb = il_exact_limb(state, which) + (term.index - state->first);

	limb[0] += term.low;
	limb[1] += term.high;
}

/* states that are being added to */
extern size_t il_exact_size(int width, IlExactWindow window);
extern void il_exact_init(IlExact *state, int width, int kind, IlExactWindow window);
extern void il_exact_carry(IlExact *state);
extern IlExactWindow il_exact_window(IlExact *state);
extern IlExactWindow il_exact_window_of(const IlExactValue *value);
extern IlExactWindow il_exact_window_for(IlExactWindow window, IlExactTerm term);
extern IlExactWindow il_exact_window_union(IlExactWindow a, IlExactWindow b);
extern void il_exact_widen(IlExact *into, IlExact *from, IlExactWindow window);
extern bool il_exact_merge(IlExact *into, const IlExactValue *value);

/* finished states */
extern void il_exact_finish(IlExact *state, IlExactValue *value);
extern size_t il_exact_encode(const IlExactValue *value, uint8_t *bytes);
extern const char *il_exact_decode(const uint8_t *bytes, size_t length, int width,
								   IlExactValue *value);

/* finished sums */
extern bool il_exact_round(const IlExactNumber *number, double *result);
extern bool il_exact_round_pair(const IlExactNumber *number, double *high, double *low);
extern bool il_exact_round_total(const IlExactNumber *a, const IlExactNumber *b, double *result);
extern bool il_exact_within(const IlExactNumber *number, int64_t terms);
extern int	il_exact_compare(const IlExactNumber *a, const IlExactNumber *b);
extern size_t il_exact_print(const IlExactNumber *number, char *text);
extern const char *il_exact_parse(const char *text, size_t length, IlExactNumber *number);

#endif
