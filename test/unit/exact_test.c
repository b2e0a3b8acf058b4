/*
 * exact_test.c - core/exact: sums against schoolbook binary arithmetic
 *
 * Oracle: one counter per bit, carries resolved at the end, the result written
 * as a hexadecimal number and rounded by the C library's strtod().
 *
 * Prints TAP.
 */
#include "core/exact.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define ORACLE_BITS 2300

static int	tests = 0;
static int	failures = 0;

static void
ok(bool passed, const char *name)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++tests, name);
	failures += !passed;
}

/* ---- deterministic random numbers ---- */

static uint64_t seed = 1;

static uint64_t
next(void)
{
	uint64_t	z = (seed += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/* any finite double with an exponent field in [low, high] */
static double
random_double(int low, int high)
{
	uint64_t	exponent = (uint64_t) low + next() % (uint64_t) (high - low + 1);
	uint64_t	bits = (next() & UINT64_C(0x800FFFFFFFFFFFFF)) | (exponent << 52);
	double		x;

	memcpy(&x, &bits, sizeof(x));
	return x;
}

/* ---- an owner of a state ---- */

static IlExact *
fresh(int width)
{
	IlExactWindow none = {0, 0};
	IlExact    *state = malloc(il_exact_size(width, none));

	il_exact_init(state, width, 0, none);
	return state;
}

static IlExact *
widen(IlExact *state, IlExactWindow window)
{
	IlExact    *wider = malloc(il_exact_size(state->width, window));

	il_exact_widen(wider, state, window);
	free(state);
	return wider;
}

static IlExact *
add(IlExact *state, int which, double x, int count)
{
	IlExactTerm term = il_exact_term(x);

	if (!il_exact_ready(state, term))
	{
		il_exact_carry(state);
		state = widen(state, il_exact_window_for(il_exact_window(state), term));
	}
	il_exact_add(state, which, term);
	state->cell[0] += count;
	state->pending++;
	return state;
}

static IlExact *
merge(IlExact *state, IlExact *other)
{
	IlExactValue value;

	il_exact_finish(other, &value);
	il_exact_carry(state);
	state = widen(state, il_exact_window_union(il_exact_window(state),
											   il_exact_window_of(&value)));
	if (!il_exact_merge(state, &value))
		abort();
	return state;
}

static IlExact *
sum_of(const double *x, int n)
{
	IlExact    *state = fresh(1);

	for (int i = 0; i < n; i++)
		state = add(state, 0, x[i], 1);
	return state;
}

static size_t
bytes_of(IlExact *state, uint8_t *bytes)
{
	IlExactValue value;

	il_exact_finish(state, &value);
	return il_exact_encode(&value, bytes);
}

static bool
same(IlExact *a, IlExact *b)
{
	uint8_t		x[IL_EXACT_MAX_BYTES];
	uint8_t		y[IL_EXACT_MAX_BYTES];
	size_t		n = bytes_of(a, x);

	return n == bytes_of(b, y) && memcmp(x, y, n) == 0;
}

/* HUGE_VAL stands for "out of range" */
static double
value_of(IlExact *state)
{
	IlExactValue value;
	double		x;

	il_exact_finish(state, &value);
	if (!il_exact_round(&value.number[0], &x))
		return HUGE_VAL;
	return isfinite(x) ? x : NAN;
}

/* ---- oracle ---- */

/* Make every counter 0 or 1, from the lowest bit up; the last one keeps the rest. */
static void
resolve(long *bit)
{
	for (int b = 0; b + 1 < ORACLE_BITS; b++)
	{
		long		odd = bit[b] & 1;

		bit[b + 1] += (bit[b] - odd) / 2;
		bit[b] = odd;
	}
}

static double
oracle(const double *x, int n)
{
	long		bit[ORACLE_BITS] = {0};
	char		text[ORACLE_BITS / 4 + 32];
	char	   *at = text;
	bool		negative;

	for (int i = 0; i < n; i++)
	{
		int			exponent;
		uint64_t	significand = (uint64_t) ldexp(fabs(frexp(x[i], &exponent)), 53);

		/* x = significand * 2^(exponent - 53); bits below 2^-1074 are zero */
		for (int b = 0; b < 53; b++)
			if ((significand >> b) & 1)
				bit[exponent - 53 + 1074 + b] += x[i] < 0 ? -1 : 1;
	}
	resolve(bit);
	negative = bit[ORACLE_BITS - 1] < 0;
	if (negative)
	{
		for (int b = 0; b < ORACLE_BITS; b++)
			bit[b] = -bit[b];
		resolve(bit);
	}
	at += sprintf(at, "%s0x", negative ? "-" : "");
	for (int b = ORACLE_BITS - 4; b >= 0; b -= 4)
		at += sprintf(at, "%lx", bit[b] + 2 * bit[b + 1] + 4 * bit[b + 2] + 8 * bit[b + 3]);
	sprintf(at, "p-1074");
	return fabs(strtod(text, NULL)) == HUGE_VAL ? HUGE_VAL : strtod(text, NULL) + 0.0;
}

/* ---- tests ---- */

static void
test_known(void)
{
	static const struct
	{
		const char *name;
		int			n;
		double		x[10];
		double		sum;
	}			known[] = {
		{"1e308 + 1 - 1e308 = 1", 3, {1e308, 1, -1e308}, 1},
		{"1e16 + 1 - 1e16 = 1", 3, {1e16, 1, -1e16}, 1},
		{"ten times 0.1 = 1", 10, {.1, .1, .1, .1, .1, .1, .1, .1, .1, .1}, 1},
		{"three smallest subnormals", 3, {5e-324, 5e-324, 5e-324}, 1.5e-323},
		{"overflow on the way is none", 4, {DBL_MAX, DBL_MAX, -DBL_MAX, -DBL_MAX}, 0},
		{"the largest double", 1, {DBL_MAX}, DBL_MAX},
		{"overflow at half a unit", 2, {DBL_MAX, 0x1p970}, HUGE_VAL},
		{"just below half a unit", 3, {DBL_MAX, 0x1p970, -5e-324}, DBL_MAX},
		{"tie to even, down", 2, {1, 0x1p-53}, 1},
		{"tie to even, up", 2, {1 + 0x1p-52, 0x1p-53}, 1 + 0x1p-51},
		{"above a tie by the smallest number", 3, {1, 0x1p-53, 5e-324}, 1 + 0x1p-52},
		{"below a tie by the smallest number", 3, {1 + 0x1p-52, 0x1p-53, -5e-324}, 1 + 0x1p-52},
		{"subnormals grow into a normal", 2, {0x1p-1023, 0x1p-1023}, 0x1p-1022},
		{"a normal shrinks into a subnormal", 2, {0x1p-1022, -5e-324}, 0x1p-1022 - 5e-324},
		{"-0 is +0", 2, {-0.0, -0.0}, 0},
		{"negative sum", 3, {-1e16, -1, 1e16}, -1},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
	{
		IlExact    *state = sum_of(known[i].x, known[i].n);
		double		sum = value_of(state);

		ok(sum == known[i].sum && !signbit(sum) == !signbit(known[i].sum), known[i].name);
		free(state);
	}
}

/* Half of the terms cancel, so that the low bits decide. */
static int
random_terms(double *x, int low, int high)
{
	int			n = 1 + (int) (next() % 30);

	for (int i = 0; i < n; i++)
		x[i] = random_double(low, high);
	for (int i = 0; i < n / 2; i++)
		x[n + i] = -x[i] * (1 - ldexp(1, -52) * (double) (next() % 3));
	return n + n / 2;
}

static void
test_random(const char *name, int low, int high)
{
	double		x[50];
	bool		passed = true;

	for (int i = 0; i < 1500; i++)
	{
		int			n = random_terms(x, low, high);
		IlExact    *state = sum_of(x, n);

		if (value_of(state) != oracle(x, n))
			passed = false;
		free(state);
	}
	ok(passed, name);
}

/* Any order, any partition, any tree: the same bytes. */
static void
test_partition(void)
{
	double		x[50];
	bool		passed = true;

	for (int round = 0; round < 1000; round++)
	{
		int			n = random_terms(x, round % 2 ? 1000 : 0, round % 2 ? 1060 : 2046);
		IlExact    *all = sum_of(x, n);
		IlExact    *part[5];

		for (int i = n - 1; i > 0; i--)
		{
			int			j = (int) (next() % (uint64_t) (i + 1));
			double		swap = x[i];

			x[i] = x[j];
			x[j] = swap;
		}
		for (int i = 0; i < 5; i++)
			part[i] = fresh(1);
		for (int i = 0; i < n; i++)
		{
			int			to = (int) (next() % 5);

			part[to] = add(part[to], 0, x[i], 1);
		}
		for (int left = 5; left > 1; left--)
		{
			int			into = (int) (next() % (uint64_t) (left - 1));

			part[into] = merge(part[into], part[left - 1]);
			free(part[left - 1]);
		}
		passed = passed && same(all, part[0]);
		free(part[0]);
		free(all);
	}
	ok(passed, "1000 random orders, partitions and merge trees give the same bytes");
}

static void
test_removal(void)
{
	double		x[50];
	bool		passed = true;
	uint8_t		bytes[IL_EXACT_MAX_BYTES];

	for (int round = 0; round < 500; round++)
	{
		int			n = random_terms(x, 0, 2046);
		IlExact    *all = sum_of(x, n);
		IlExact    *head = sum_of(x, n / 3);

		for (int i = n / 3; i < n; i++)
			all = add(all, 0, -x[i], -1);
		passed = passed && same(all, head);
		for (int i = 0; i < n / 3; i++)
			all = add(all, 0, -x[i], -1);
		/* version, count 0, the two bytes of zero */
		passed = passed && bytes_of(all, bytes) == 11 &&
			memcmp(bytes, "\1\0\0\0\0\0\0\0\0\0\0", 11) == 0;
		free(all);
		free(head);
	}
	ok(passed, "removing what was added leaves the rest, and at last the empty state");
}

/* Limbs are driven to their limits: the same extreme value many times. */
static void
test_many(void)
{
	static const double extreme[] = {DBL_MAX, -DBL_MAX, 5e-324, -5e-324,
		0x1.fffffffffffffp31, -0x1.fffffffffffffp31, 0x1.fffffffffffffp0};

	for (size_t e = 0; e < sizeof(extreme) / sizeof(extreme[0]); e++)
	{
		IlExact    *state = fresh(1);
		IlExactValue value;
		char		name[80];
		bool		within;

		for (int i = 0; i < 100000; i++)
			state = add(state, 0, extreme[e], 1);
		il_exact_finish(state, &value);
		within = il_exact_within(&value.number[0], 100000) &&
			!il_exact_within(&value.number[0], fabs(extreme[e]) == DBL_MAX ? 99999 : 0);
		for (int i = 0; i < 99999; i++)
			state = add(state, 0, -extreme[e], -1);
		snprintf(name, sizeof(name), "100000 times %g, less 99999 times, is one", extreme[e]);
		ok(within && value_of(state) == extreme[e], name);
		free(state);
	}
}

/* Doubling a state by merging it with itself. */
static void
test_doubling(void)
{
	double		x = DBL_MAX;
	IlExact    *state = sum_of(&x, 1);
	IlExactValue value;
	IlExactValue before;
	bool		passed = true;

	for (int i = 0; i < 62; i++)
	{
		state = merge(state, state);
		il_exact_finish(state, &value);
		passed = passed && il_exact_within(&value.number[0], value.counter[0]);
	}
	ok(passed && value.counter[0] == INT64_C(1) << 62, "2^62 times the largest double fits");
	before = value;
	ok(!il_exact_merge(state, &value), "a count beyond 2^63 is refused");
	il_exact_finish(state, &value);
	ok(il_exact_compare(&value.number[0], &before.number[0]) == 0 &&
	   value.counter[0] == before.counter[0], "and nothing has changed");
	free(state);
}

/* A top limb that carries have filled over a very long time. */
static void
test_full_top(void)
{
	IlExactWindow window = {30, 34};
	double		most = ldexp(0x1.fffffffffffffp0, 52 + 32 * 31 + 31 - 1074);
	IlExact    *state = malloc(il_exact_size(1, window));
	IlExactTerm term = il_exact_term(most);
	IlExactValue value;

	il_exact_init(state, 1, 0, window);
	state->cell[0] = 1;
	ok(term.index == 31 && il_exact_ready(state, term), "two limbs and one for carries are enough");
	term.index = 32;
	ok(!il_exact_ready(state, term), "the top limb is kept for carries");
	term.index = 29;
	ok(!il_exact_ready(state, term), "and nothing is added below the window");
	term.index = 31;
	il_exact_limb(state, 0)[3] = (INT64_C(1) << 61) - 1;
	ok(il_exact_window(state).end == 34, "a top limb below the limit is enough");
	il_exact_limb(state, 0)[3]++;
	ok(il_exact_window(state).end == 35, "at the limit one more is asked for");
	il_exact_limb(state, 0)[3] = -(INT64_C(1) << 61);
	ok(il_exact_window(state).end == 35, "for a negative sum as well");

	/* the former top limb is an ordinary one now, and takes what those take */
	il_exact_limb(state, 0)[3] = (INT64_C(1) << 61) - 1;
	il_exact_carry(state);
	state = widen(state, (IlExactWindow) {30, 36});
	term.index++;
	for (int i = 0; i < 2000; i++)
		il_exact_add(state, 0, term);
	term = il_exact_term(-most);
	term.index++;
	for (int i = 0; i < 2000; i++)
		il_exact_add(state, 0, term);
	il_exact_finish(state, &value);
	ok(value.number[0].first == 33 && value.number[0].count == 2 &&
	   value.number[0].digit[0] == UINT32_MAX && value.number[0].digit[1] == (1u << 29) - 1,
	   "and nothing is lost");
	free(state);
}

static void
test_width(void)
{
	double		x[3][50];
	IlExact    *many = fresh(3);
	IlExactValue value;
	IlExactValue decoded;
	uint8_t		bytes[IL_EXACT_MAX_BYTES];
	size_t		length;
	bool		passed = true;

	for (int which = 0; which < 3; which++)
		for (int i = 0; i < 50; i++)
		{
			x[which][i] = random_double(900 + 60 * which, 1000 + 60 * which);
			many = add(many, which, x[which][i], 1);
		}
	il_exact_finish(many, &value);
	for (int which = 0; which < 3; which++)
	{
		double		sum;

		passed = passed && il_exact_round(&value.number[which], &sum) &&
			sum == oracle(x[which], 50);
	}
	ok(passed, "three sums in one state do not touch each other");
	length = il_exact_encode(&value, bytes);
	passed = il_exact_decode(bytes, length, 3, &decoded) == NULL;
	for (int which = 0; which < 3; which++)
		passed = passed && il_exact_compare(&value.number[which], &decoded.number[which]) == 0;
	ok(passed, "and come back from their bytes");
	free(many);
}

static void
test_bytes(void)
{
	double		x[50];
	bool		round_trip = true;
	bool		refused = true;
	bool		text_trip = true;
	bool		text_value = true;

	for (int round = 0; round < 1000; round++)
	{
		int			n = random_terms(x, round % 3 ? 900 : 0, round % 3 ? 1100 : 2046);
		IlExact    *state = sum_of(x, n);
		IlExactValue value;
		IlExactValue decoded;
		IlExactNumber parsed;
		uint8_t		bytes[IL_EXACT_MAX_BYTES + 1];
		uint8_t		again[IL_EXACT_MAX_BYTES];
		char		text[IL_EXACT_NUMBER_TEXT];
		size_t		length = bytes_of(state, bytes);

		il_exact_finish(state, &value);
		round_trip = round_trip && il_exact_decode(bytes, length, 1, &decoded) == NULL &&
			il_exact_encode(&decoded, again) == length && memcmp(bytes, again, length) == 0;
		for (size_t cut = 0; cut < length; cut++)
			refused = refused && il_exact_decode(bytes, cut, 1, &decoded) != NULL;
		bytes[length] = 0;
		refused = refused && il_exact_decode(bytes, length + 1, 1, &decoded) != NULL;

		length = il_exact_print(&value.number[0], text);
		text_trip = text_trip && length < IL_EXACT_NUMBER_TEXT && strlen(text) == length &&
			il_exact_parse(text, length, &parsed) == NULL &&
			il_exact_compare(&parsed, &value.number[0]) == 0 &&
			parsed.first == value.number[0].first && parsed.count == value.number[0].count;
		text_value = text_value &&
			(value_of(state) == HUGE_VAL || strtod(text, NULL) == value_of(state));
		free(state);
	}
	ok(round_trip, "bytes come back unchanged");
	ok(refused, "shortened and prolonged bytes are refused");
	ok(text_trip, "text comes back unchanged");
	ok(text_value, "strtod() of the text is the value");
}

static void
test_refused(void)
{
	static const struct
	{
		const char *name;
		const char *bytes;
		size_t		length;
	}			bad[] = {
		{"unknown version", "\2\0\0\0\0\0\0\0\0\0\0", 11},
		{"working form", "\377\0\0\0\0\0\0\0\0\0\0", 11},
		{"negative count", "\1\377\377\377\377\377\377\377\377\0\0", 11},
		{"negative zero", "\1\0\0\0\0\0\0\0\1\200\0", 11},
		{"zero with a place", "\1\0\0\0\0\0\0\0\1\0\5", 11},
		{"digit above the range", "\1\0\0\0\0\0\0\0\1\1\104\0\0\0\1", 15},
		{"zero digit below", "\1\0\0\0\0\0\0\0\1\2\5\0\0\0\0\0\0\0\1", 19},
		{"zero digit on top", "\1\0\0\0\0\0\0\0\1\2\5\0\0\0\1\0\0\0\0", 19},
	};
	static const char *text[] = {"", "-", "0x", "0xp0", "0x1", "0x1p", "0x1p+", "0x1p12345",
		"1p0", "0x1p-1075", "0x1p1102", "0x1.8p0", "0x1p1 ", " 0x1p1", "0xgp1", "--0x1p1",
	"0x1p--1"};
	IlExactValue value;
	IlExactNumber number;
	bool		passed = true;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(il_exact_decode((const uint8_t *) bad[i].bytes, bad[i].length, 1, &value) != NULL,
		   bad[i].name);
	for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++)
		if (il_exact_parse(text[i], strlen(text[i]), &number) == NULL)
		{
			printf("# accepted: %s\n", text[i]);
			passed = false;
		}
	ok(passed, "malformed texts are refused");
	ok(il_exact_parse("-0x0p+0", 7, &number) == NULL && number.count == 0 && !number.negative,
	   "negative zero is read as zero");
	ok(il_exact_parse("0x10p-1075", 10, &number) == NULL && number.count == 1 &&
	   number.digit[0] == 8, "zero bits below the range do no harm");
}

int
main(void)
{
	test_known();
	test_random("random sums over the whole range", 0, 2040);
	test_random("random sums of subnormals", 0, 60);
	test_random("random sums near the top", 1980, 2046);
	test_random("random sums of ordinary size", 1000, 1050);
	test_partition();
	test_removal();
	test_many();
	test_doubling();
	test_full_top();
	test_width();
	test_bytes();
	test_refused();
	printf("1..%d\n", tests);
	return failures != 0;
}
