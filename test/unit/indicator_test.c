/*
 * indicator_test.c - core/indicator: scaled ratios and the read-out of a state
 *
 * Oracle for ratios: exact comparison in integers of 128 bits.
 *
 * Prints TAP.
 */
#include "core/indicator.h"

#include <math.h>
#include <stdio.h>

static int	tests = 0;
static int	failures = 0;

static void
ok(bool passed, const char *name)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++tests, name);
	failures += !passed;
}

static uint64_t seed = 7;

static uint64_t
next(void)
{
	uint64_t	z = (seed += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/*
 * Is q the double nearest to a/b, up to a distance of half a unit plus one
 * 2^20th of that?  a/b lies within q +- unit/2 (1 + 2^-20): multiplied by 2 b
 * and by 2^shift, everything is an integer of at most 127 bits.
 */
static bool
is_nearest(double q, __int128 a, __int128 b, bool exactly)
{
	int			exponent;
	__int128	significand = (__int128) ldexp(frexp(q, &exponent), 53);
	int			shift = 53 - exponent;	/* q = significand / 2^shift */
	__int128	distance;

	if (shift < 0 || shift > 62 || a >> (126 - shift) || b >> 72)
		return false;
	distance = (2 * a << shift) - 2 * significand * b;
	if (distance < 0)
		distance = -distance;
	return distance <= b + (exactly ? 0 : b >> 20);
}

/* an integer of 53 bits: its products with 2000 and 3 are no doubles */
static uint64_t
full_significand(void)
{
	return (UINT64_C(1) << 52) | (next() >> 12);
}

static void
test_scaled(void)
{
	bool		per_mu = true;
	bool		per_hectare = true;
	bool		mu = true;
	bool		from_mu = true;

	for (int i = 0; i < 200000; i++)
	{
		uint64_t	a = full_significand();
		uint64_t	b = full_significand();
		uint64_t	m2 = i % 2 ? a >> 12 : 1 + next() % 100000000;
		double		x = (double) a;
		double		y = (double) b;

		per_mu = per_mu && is_nearest(il_scaled_ratio(x, y, 2000, 3),
									  (__int128) a * 2000, (__int128) b * 3, false);
		per_hectare = per_hectare && is_nearest(il_scaled_ratio(x, y, 10000, 1),
												(__int128) a * 10000, b, false);
		mu = mu && is_nearest(il_scaled_ratio((double) m2, 1, 3, 2000),
							  (__int128) m2 * 3, 2000, true);
		from_mu = from_mu && is_nearest(il_scaled_ratio((double) m2, 1, 2000, 3),
										(__int128) m2 * 2000, 3, true);
	}
	ok(per_mu, "per mu: within half a unit of the last place (+ 2^-21)");
	ok(per_hectare, "per hectare: within half a unit of the last place (+ 2^-21)");
	ok(mu, "m2 to mu: the nearest double");
	ok(from_mu, "mu to m2: the nearest double");
	ok(il_scaled_ratio(160, 13333.333333333334, 2000, 3) == 8, "160 on 20 mu are 8 per mu");
	ok(il_scaled_ratio(1e300, 1e290, 2000, 3) > 6.66666e12 &&
	   il_scaled_ratio(1e300, 1e290, 2000, 3) < 6.66667e12, "near the end of the range");
	ok(il_scaled_ratio(0, 5, 2000, 3) == 0, "zero stays zero");
	ok(il_scaled_ratio(-3, 1, 10000, 1) == -30000, "a loss stays negative");
}

/* integers of 70 bits as a double and its rest */
static __int128
wide_integer(double pair[2])
{
	__int128	x = ((__int128) full_significand() << 17) | (next() >> 47);

	pair[0] = (double) x;
	pair[1] = (double) (x - (__int128) pair[0]);
	return x;
}

static void
test_sums(void)
{
	bool		passed = true;
	int			differs = 0;

	for (int i = 0; i < 200000; i++)
	{
		double		n[2];
		double		d[2];
		__int128	a = wide_integer(n);
		__int128	b = wide_integer(d);
		double		ratio = il_scaled_ratio_of_sums(n, d, 1, 1);

		passed = passed && is_nearest(ratio, a, b, false);
		differs += ratio != n[0] / d[0];
	}
	ok(passed, "ratio of sums: within half a unit of the last place (+ 2^-21)");
	ok(differs > 50000, "which dividing the rounded sums is not");
}

static void
test_table(void)
{
	bool		passed = true;

	for (int code = 1; code < IL_INDICATOR_END; code++)
	{
		const IlIndicator *indicator = il_indicator(code);

		passed = passed && indicator != NULL && indicator->name != NULL &&
			indicator->up > 0 && indicator->down > 0 &&
			il_indicator_code(indicator->name, strlen(indicator->name)) == code;
	}
	ok(passed, "every indicator is found by its name");
	ok(il_indicator(0) == NULL && il_indicator(-1) == NULL &&
	   il_indicator(IL_INDICATOR_END) == NULL, "other codes do not exist");
	ok(il_indicator_code("plot", 4) == 0 && il_indicator_code("plot_ratios", 11) == 0 &&
	   il_indicator_code("", 0) == 0, "nor do other names");
}

static IlExactValue
state_of(const char *numerator, const char *denominator, const char *missing)
{
	IlExactValue value = {.width = IL_RATIO_WIDTH,.kind = IL_TAX_PER_MU,.counter = {2, 1, 0}};

	(void) il_exact_parse(numerator, strlen(numerator), &value.number[IL_SUM_NUMERATOR]);
	(void) il_exact_parse(denominator, strlen(denominator), &value.number[IL_SUM_DENOMINATOR]);
	(void) il_exact_parse(missing, strlen(missing), &value.number[IL_SUM_MISSING]);
	return value;
}

static void
test_detail(void)
{
	IlExactValue value = state_of("0xap0", "0x14p0", "0xap0");
	IlRatioDetail detail;

	ok(il_ratio_detail(&value, &detail) && detail.has_value && detail.numerator == 10 &&
	   detail.denominator == 20 && detail.n == 2 && detail.n_missing == 1 &&
	   detail.has_coverage && detail.coverage == 20.0 / 30, "a state is read out");
	ok(il_ratio_check(&value) == NULL, "and is sound");
	value = state_of("-0xap0", "0x14p0", "0x0p0");
	ok(il_ratio_check(&value) == NULL, "tax may be negative");
	value.kind = IL_PLOT_RATIO;
	ok(il_ratio_check(&value) != NULL, "floor area may not");
	value = state_of("0x15p0", "0x14p0", "0x0p0");
	value.kind = IL_VACANCY_RATE;
	ok(il_ratio_check(&value) != NULL, "a part larger than the whole is refused");
	value = state_of("0x1p0", "0x1p1023", "0x1p1023");
	ok(!il_ratio_detail(&value, &detail), "a total beyond the range is reported");
	value = state_of("0x1p0", "0x0p0", "0x1p0");
	ok(il_ratio_check(&value) != NULL, "pairs without denominator are refused");
	value = state_of("0x1p0", "0x1p0", "-0x1p0");
	ok(il_ratio_check(&value) != NULL, "negative denominators are refused");
	value.kind = IL_INDICATOR_END;
	ok(il_ratio_check(&value) != NULL, "an unknown indicator is refused");
}

int
main(void)
{
	test_scaled();
	test_sums();
	test_table();
	test_detail();
	printf("1..%d\n", tests);
	return failures != 0;
}
