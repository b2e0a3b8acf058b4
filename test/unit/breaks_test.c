/*
 * breaks_test.c - natural breaks against every parting of small samples
 */
#include "core/breaks.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"

#define MAX_VALUE	12

static uint64_t seed = 20240229;

static uint32_t
draw(uint32_t below)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t) (seed >> 33) % below;
}

/* squared distances from the mean, of values from .. end - 1 */
static double
spread(const double *value, size_t from, size_t end)
{
	double		mean = 0;
	double		square = 0;

	for (size_t i = from; i < end; i++)
		mean += value[i] / (double) (end - from);
	for (size_t i = from; i < end; i++)
		square += (value[i] - mean) * (value[i] - mean);
	return square;
}

/* the least cost of any parting into at most n_class classes that parts no equal values */
static double
brute(const double *value, size_t from, size_t n, int n_class)
{
	double		best = spread(value, from, n);

	if (n_class == 1)
		return best;
	for (size_t end = from + 1; end < n; end++)
	{
		double		cost;

		if (value[end] == value[end - 1])
			continue;
		cost = spread(value, from, end) + brute(value, end, n, n_class - 1);
		best = cost < best ? cost : best;
	}
	return best;
}

static double
cost_of(const double *value, size_t n, const double *bound, int n_bound)
{
	double		cost = 0;
	size_t		from = 0;

	for (int q = 0; q < n_bound; q++)
	{
		size_t		end = from;

		while (end < n && value[end] <= bound[q])
			end++;
		if (end == from)
			return INFINITY;
		cost += spread(value, from, end);
		from = end;
	}
	return from == n ? cost : INFINITY;
}

static int
compare(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

static void
test_small(void)
{
	int			off = 0;
	double		value[MAX_VALUE];
	double		bound[IL_BREAKS_MAX_CLASS];

	for (int round = 0; round < 3000; round++)
	{
		size_t		n = 1 + draw(MAX_VALUE);
		int			n_class = 1 + (int) draw(5);
		int			n_bound;
		double		expected;
		double		found;

		for (size_t i = 0; i < n; i++)
			value[i] = (double) draw(round % 3 == 0 ? 8 : 10000) * (round % 2 ? 1 : 0.1) + 1e4;
		qsort(value, n, sizeof(double), compare);
		n_bound = il_breaks_natural(value, n, n_class, bound, &arena, NULL);
		expected = brute(value, 0, n, n_class);
		found = cost_of(value, n, bound, n_bound);
		if (!(fabs(found - expected) <= 1e-7 * (1 + expected)))
			off++;
		arena_reset();
	}
	ok(off == 0, "3,000 small samples: no parting is better");
}

static void
test_known(void)
{
	static const double few[5] = {3, 3, 3, 7, 7};
	double		bound[IL_BREAKS_MAX_CLASS];

	ok(il_breaks_natural(few, 5, 4, bound, &arena, NULL) == 2 && bound[0] == 3 && bound[1] == 7,
	   "no more classes than values");
	ok(il_breaks_natural(few, 1, 3, bound, &arena, NULL) == 1 && bound[0] == 3, "one value");
}

int
main(void)
{
	test_small();
	test_known();
	return done();
}
