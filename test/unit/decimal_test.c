/*
 * decimal_test.c - decimals, shortest digits and fractions against the C
 * library's printf and strtod and against integer arithmetic
 */
#include "arena.h"
#include "core/decimal.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

static uint64_t
next_random(void)
{
	static uint64_t state = UINT64_C(0x9E3779B97F4A7C15);

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static double
random_double(void)
{
	uint64_t	bits = next_random();
	double		value;

	memcpy(&value, &bits, sizeof(value));
	return isfinite(value) ? value : 0.1;
}

/* Fewest digits for which some decimal near the value reads back as it. */
static int
fewest_digits(double value)
{
	for (int digits = 1; digits < 17; digits++)
	{
		char		text[64];
		double		step;

		snprintf(text, sizeof(text), "%.*e", digits - 1, value);
		if (strtod(text, NULL) == value)
			return digits;
		/* at powers of two the nearest decimal may miss where its neighbour hits */
		step = pow(10, floor(log10(fabs(value))) - digits + 1);
		snprintf(text, sizeof(text), "%.*e", digits - 1, value + step / 2);
		if (strtod(text, NULL) == value)
			return digits;
		snprintf(text, sizeof(text), "%.*e", digits - 1, value - step / 2);
		if (strtod(text, NULL) == value)
			return digits;
	}
	return 17;
}

static int
count_digits(uint64_t number)
{
	int			digits = 0;

	for (; number > 0; number /= 10)
		digits++;
	return digits;
}

static bool
shortest_holds(double value)
{
	IlDecimal	decimal = il_decimal_of_double(&arena, value);
	char		text[64];
	char		printed[IL_DECIMAL_TEXT_SIZE];
	bool		holds;

	snprintf(text, sizeof(text), "%s%" PRIu64 "e%d", decimal.negative ? "-" : "", decimal.head,
			 decimal.exponent);
	il_decimal_print(&decimal, printed);
	holds = strtod(text, NULL) == value && strtod(printed, NULL) == value &&
		(value == 0 || count_digits(decimal.head) <= fewest_digits(value));
	if (!holds)
		printf("# %.17g became %s, printed %s\n", value, text, printed);
	return holds;
}

static void
test_shortest(void)
{
	static const struct
	{
		double		value;
		const char *text;
	}			known[] = {
		{0.1, "0.1"}, {0.3, "0.3"}, {0.1 + 0.2, "0.30000000000000004"}, {1.0, "1"},
		{100, "100"}, {-2.5, "-2.5"}, {0, "0"}, {-0.0, "0"}, {5e-324, "5e-324"},
		{DBL_MAX, "1.7976931348623157e+308"}, {DBL_MIN, "2.2250738585072014e-308"},
		{0x1p-44, ""}, {1e22, "1e+22"}, {1e23, "1e+23"},
		{9007199254740993.0, "9007199254740992"}, {1e21, "1e+21"}, {123456789012345680.0,
		"123456789012345680"}, {0.000012, "0.000012"}, {1.2e-7, "1.2e-7"},
		{9.5367431640625e-7, "9.5367431640625e-7"}, {2.0 / 3.0, "0.6666666666666666"},
	};
	bool		all = true;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
	{
		char		text[IL_DECIMAL_TEXT_SIZE];

		il_double_print(&arena, known[i].value, text);
		if (known[i].value == 0x1p-44)
			ok(strcmp(text, "5.684341886080802e-14") == 0, "2^-44 is %s", text);
		else
			ok(strcmp(text, known[i].text) == 0, "%.17g is %s", known[i].value, text);
	}
	for (int i = 0; i < 20000; i++)
		all = shortest_holds(random_double()) && all;
	ok(all, "random bit patterns read back from the fewest digits");
	arena_reset();
	all = true;
	for (int i = -1074; i < 1024; i++)
		all = shortest_holds(ldexp(1, i)) && all;
	ok(all, "powers of two read back from the fewest digits");
	arena_reset();
	all = true;
	for (int i = 0; i < 100000; i++)
		all = shortest_holds((double) (next_random() % 10000000) / 1000) && all;
	ok(all, "figures of everyday size read back from the fewest digits");
	arena_reset();
}

static void
test_scan(void)
{
	static const char *bad[] = {"", "-", ".", "1e", "1e+", "1x", "1.2.3", "--1", "+1", " 1",
	"1 ", "1e999999", "e5", "0x1"};
	IlDecimal	decimal;
	double		value;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(!il_decimal_scan(bad[i], strlen(bad[i]), &decimal), "\"%s\" is no number", bad[i]);
	ok(il_decimal_scan("-0012.3400", 10, &decimal) && decimal.negative && decimal.whole &&
	   decimal.head == 1234 && decimal.exponent == -2, "-0012.3400 is -1234e-2");
	ok(il_decimal_is_short(&decimal, &value) && value == -12.34, "and short");
	ok(il_decimal_scan("1500", 4, &decimal) && decimal.head == 15 && decimal.exponent == 2,
	   "1500 is 15e2");
	ok(il_decimal_scan("0.000", 5, &decimal) && decimal.head == 0 && decimal.exponent == 0,
	   "0.000 is 0");
	ok(il_decimal_scan("-0", 2, &decimal) && !decimal.negative, "-0 is 0");
	ok(il_decimal_scan("0.10000000000000000000000", 25, &decimal) && decimal.whole &&
	   decimal.head == 1 && decimal.exponent == -1, "zeros at the end do not count");
	ok(il_decimal_scan("0.10000000000000000000001", 25, &decimal) && !decimal.whole,
	   "a digit far behind does");
	ok(!il_decimal_is_short(&decimal, &value), "and such a decimal is not short");
}

/* Approximations stay within the bound they state (long double as the judge). */
static void
test_approximate(void)
{
	bool		all = true;

	for (int i = 0; i < 100000; i++)
	{
		char		text[64];
		IlDecimal	decimal;
		IlReal		real;
		long double truth;

		snprintf(text, sizeof(text), "%" PRIu64 "%06" PRIu64 "e%d", next_random(),
				 next_random() % 1000000, (int) (next_random() % 500) - 250);
		if (!il_decimal_scan(text, strlen(text), &decimal))
			all = false;
		real = il_decimal_approximate(&decimal);
		truth = strtold(text, NULL);
		if (!(fabsl(truth - (long double) real.value) <= (long double) real.error))
			all = false;
	}
	ok(all, "approximations keep their bound");
}

static IlFraction
fraction(const char *text)
{
	IlFraction	result;

	if (!il_fraction_of_text(&arena, text, strlen(text), &result))
		abort();
	return result;
}

static int
compare(const char *left, const char *right)
{
	IlFraction	a = fraction(left);
	IlFraction	b = fraction(right);
	int			sign = 99;

	il_fraction_compare(&arena, &a, &b, &sign);
	return sign;
}

static void
test_fraction(void)
{
	IlFraction	a = fraction("1");
	IlFraction	b = fraction("3");
	IlFraction	third;
	IlFraction	sum;
	int			sign;
	char		text[IL_DECIMAL_TEXT_SIZE];

	ok(compare("0.9", "0.90") == 0, "0.9 = 0.90");
	ok(compare("-1", "1") == -1 && compare("1", "-1") == 1 && compare("-2", "-1") == -1, "signs");
	ok(compare("1e300", "1e-300") == 1, "far apart");
	ok(compare("123456789012345678901234567890.1", "123456789012345678901234567890.2") == -1,
	   "thirty digits");
	ok(compare("1234567890123456789012345e-3", "1234567890123456789012.345") == 0,
	   "a long mantissa with an exponent");
	il_fraction_divide(&arena, &a, &b, &third);
	il_fraction_add(&arena, &third, &third, false, &sum);
	il_fraction_add(&arena, &sum, &third, false, &sum);
	ok(il_fraction_compare(&arena, &sum, &a, &sign) && sign == 0, "three thirds are one");
	il_fraction_add(&arena, &sum, &a, true, &sum);
	ok(il_fraction_is_zero(&sum), "one minus one is nothing");
	il_fraction_print(&arena, &third, IL_FRACTION_DIGITS, text);
	ok(strcmp(text, "0.333333333333333") == 0, "a third is printed as %s", text);
	b = fraction("-0.6666666666666666666");
	il_fraction_print(&arena, &b, IL_FRACTION_DIGITS, text);
	ok(strcmp(text, "-0.666666666666667") == 0, "rounded: %s", text);
	b = fraction("0.9999999999999999");
	il_fraction_print(&arena, &b, IL_FRACTION_DIGITS, text);
	ok(strcmp(text, "1") == 0, "rounded up to one: %s", text);
	b = fraction("20000");
	il_fraction_print(&arena, &b, IL_FRACTION_DIGITS, text);
	ok(strcmp(text, "20000") == 0, "20000 stays %s", text);
	a = fraction("1e9000");
	ok(!il_fraction_multiply(&arena, &a, &a, &b) || !il_fraction_compare(&arena, &b, &third, &sign),
	   "growth has a limit");
	arena_reset();
}

/* Fractions of small whole numbers against 128-bit products. */
static void
test_arithmetic(void)
{
	bool		all = true;

	for (int i = 0; i < 50000; i++)
	{
		int64_t		n[4];
		IlFraction	f[4];
		IlFraction	left;
		IlFraction	right;
		int			sign;
		__int128	l;
		__int128	r;

		for (int j = 0; j < 4; j++)
		{
			char		text[32];

			n[j] = (int64_t) (next_random() % 2001) - 1000;
			if (j >= 2 && n[j] == 0)
				n[j] = 7;
			snprintf(text, sizeof(text), "%" PRId64, n[j]);
			f[j] = fraction(text);
		}
		/* n0/n2 + n1 against n1/n3 - n0 */
		if (!il_fraction_divide(&arena, &f[0], &f[2], &left) ||
			!il_fraction_add(&arena, &left, &f[1], false, &left) ||
			!il_fraction_divide(&arena, &f[1], &f[3], &right) ||
			!il_fraction_add(&arena, &right, &f[0], true, &right) ||
			!il_fraction_compare(&arena, &left, &right, &sign))
			all = false;
		l = ((__int128) n[0] + (__int128) n[1] * n[2]) * n[3];
		r = ((__int128) n[1] - (__int128) n[0] * n[3]) * n[2];
		if ((n[2] < 0) != (n[3] < 0))
		{
			__int128	swap = l;

			l = r;
			r = swap;
		}
		all = all && sign == (l > r) - (l < r);
		arena_reset();
	}
	ok(all, "sums and quotients compare as whole numbers do");
}

/* The promise: a value equal to percentage x limit is equal, never below. */
static void
test_percentages(void)
{
	int			wrong = 0;
	int			doubles_wrong = 0;

	for (int percent = 5; percent <= 95; percent++)
	{
		for (int limit = 10; limit <= 400; limit++)
		{
			char		text[3][32];
			IlFraction	product;
			IlFraction	value;
			IlFraction	share;
			IlFraction	bound;
			int			sign;

			snprintf(text[0], 32, "%de-4", percent * limit);
			snprintf(text[1], 32, "%de-2", percent);
			snprintf(text[2], 32, "%de-2", limit);
			il_fraction_of_double(&arena, strtod(text[0], NULL), &value);
			share = fraction(text[1]);
			il_fraction_of_double(&arena, strtod(text[2], NULL), &bound);
			il_fraction_multiply(&arena, &share, &bound, &product);
			if (!il_fraction_compare(&arena, &value, &product, &sign) || sign != 0)
				wrong++;
			if (strtod(text[0], NULL) != strtod(text[1], NULL) * strtod(text[2], NULL))
				doubles_wrong++;
		}
		arena_reset();
	}
	ok(wrong == 0, "percentage x limit: none of 35,581 equal values differs (in doubles %d do)",
	   doubles_wrong);
}

int
main(void)
{
	test_scan();
	test_shortest();
	test_approximate();
	test_fraction();
	test_arithmetic();
	test_percentages();
	return done();
}
