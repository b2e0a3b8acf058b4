/*
 * apportion_test.c - units given out by largest remainder, against a slow twin
 */
#include "core/apportion.h"

#include <math.h>

#include "arena.h"

#define MOST	12

static IlApportionStatus
run(const double *weight, size_t n, int64_t units, int64_t *share)
{
	IlAdjustPart part[MOST];
	size_t		order[2 * MOST];
	IlApportionStatus status = il_apportion(weight, n, units, part, order, NULL);

	for (size_t i = 0; i < n; i++)
		share[i] = part[i].correction;
	return status;
}

static bool
gives(const double *weight, size_t n, int64_t units, const int64_t *expected)
{
	int64_t		share[MOST];
	bool		same = run(weight, n, units, share) == IL_APPORTION_OK;

	for (size_t i = 0; i < n; i++)
		same = same && share[i] == expected[i];
	return same;
}

static void
test_examples(void)
{
	ok(gives((const double[]) {1, 1, 1}, 3, 10, (const int64_t[]) {4, 3, 3}), "ties: the first");
	ok(gives((const double[]) {1, 3}, 2, 2, (const int64_t[]) {0, 2}), "ties: the larger weight");
	/* Hamilton's apportionment of the textbooks: 100 seats */
	ok(gives((const double[]) {453, 442, 105}, 3, 100, (const int64_t[]) {45, 44, 11}),
	   "100 seats");
	/* the Alabama paradox: one seat more, and the third loses one */
	ok(gives((const double[]) {6, 6, 2}, 3, 10, (const int64_t[]) {4, 4, 2}), "10 seats");
	ok(gives((const double[]) {6, 6, 2}, 3, 11, (const int64_t[]) {5, 5, 1}), "11 seats");
	ok(gives((const double[]) {0, 5e-324, 0}, 3, 7, (const int64_t[]) {0, 7, 0}),
	   "the smallest weight");
	ok(gives((const double[]) {1e308, 1e308}, 2, 9, (const int64_t[]) {5, 4}),
	   "the largest weights");
	ok(gives((const double[]) {1, 1e-300}, 2, 9, (const int64_t[]) {9, 0}),
	   "a weight that vanishes");
	ok(gives((const double[]) {0, 0}, 2, 0, (const int64_t[]) {0, 0}), "nothing to give");
	ok(gives((const double[]) {1, 2}, 2, IL_APPORTION_MAX,
			 (const int64_t[]) {IL_APPORTION_MAX / 3, IL_APPORTION_MAX - IL_APPORTION_MAX / 3}),
	   "as many units as there may be");
}

static void
test_refusals(void)
{
	int64_t		share[MOST];

	ok(run((const double[]) {0, 0}, 2, 1, share) == IL_APPORTION_NOTHING, "no weight above 0");
	ok(run(NULL, 0, 1, share) == IL_APPORTION_NOTHING, "nobody to give to");
	ok(run((const double[]) {1}, 1, IL_APPORTION_MAX + 1, share) == IL_APPORTION_OVERFLOW,
	   "too many units");
}

static uint64_t state = 2024;

static uint64_t
draw(void)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return state >> 24;
}

/* one unit after the other to the largest remainder of those that had none; whole weights */
static void
share_slowly(const int64_t *weight, size_t n, int64_t units, int64_t *share)
{
	__int128	sum = 0;
	__int128	rest[MOST];
	int64_t		left = units;

	for (size_t i = 0; i < n; i++)
		sum += weight[i];
	for (size_t i = 0; i < n; i++)
	{
		share[i] = (int64_t) ((__int128) units * weight[i] / sum);
		rest[i] = (__int128) units * weight[i] % sum;
		left -= share[i];
	}
	for (; left > 0; left--)
	{
		size_t		best = 0;

		for (size_t i = 1; i < n; i++)
		{
			if (rest[i] > rest[best] || (rest[i] == rest[best] && weight[i] > weight[best]))
				best = i;
		}
		share[best]++;
		rest[best] = -1;
	}
}

/* whole weights, and the same by a power of two: the same shares */
static void
test_twin(void)
{
	bool		same = true;
	bool		scaled = true;

	for (int turn = 0; turn < 20000; turn++)
	{
		size_t		n = 1 + draw() % MOST;
		int64_t		whole[MOST];
		double		weight[MOST];
		double		small[MOST];
		int64_t		expected[MOST];
		int64_t		units = (int64_t) (turn % 2 == 0 ? draw() % 50 : draw());

		for (size_t i = 0; i < n; i++)
		{
			whole[i] = (int64_t) (1 + (turn % 3 == 0 ? draw() % 4 : draw()));
			weight[i] = (double) whole[i];
			small[i] = ldexp(weight[i], -700);
		}
		share_slowly(whole, n, units, expected);
		same = same && gives(weight, n, units, expected);
		scaled = scaled && gives(small, n, units, expected);
	}
	ok(same, "20,000 times what the slow twin gives");
	ok(scaled, "and the same at any scale");
}

int
main(void)
{
	test_examples();
	test_refusals();
	test_twin();
	return done();
}
