/*
 * adjust_test.c - parts close exactly, by both methods
 */
#include "core/adjust.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int	n_test = 0;
static int	n_failed = 0;

static void
ok(bool passed, const char *what)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++n_test, what);
	n_failed += !passed;
}

static IlAdjustStatus
run(IlAdjustPart *part, size_t n, int64_t control, IlAdjustMethod method, size_t *bad)
{
	size_t	   *order = malloc((2 * n + 1) * sizeof(size_t));
	IlAdjustStatus status = il_adjust(part, n, control, method, order, NULL, bad);

	free(order);
	return status;
}

/* areas and expected results end with -1 */
static bool
gives(const int64_t *area, int64_t control, IlAdjustMethod method, const int64_t *expected)
{
	IlAdjustPart part[16];
	size_t		n = 0;
	size_t		bad;

	for (n = 0; area[n] >= 0; n++)
		part[n].area = area[n];
	if (run(part, n, control, method, &bad) != IL_ADJUST_OK)
		return false;
	for (size_t i = 0; i < n; i++)
	{
		if (part[i].area + part[i].correction != expected[i])
			return false;
	}
	return true;
}

static void
test_examples(void)
{
	const int64_t patches[] = {5542247, 2999974, 1000000, -1};
	const int64_t tied[] = {100, 200, 200, 100, -1};

	ok(gives(patches, 9542250, IL_ADJUST_PROPORTIONAL,
			 (const int64_t[]) {5542264, 2999983, 1000003}), "published example, proportional");
	ok(gives(patches, 9542250, IL_ADJUST_EQUAL,
			 (const int64_t[]) {5542257, 2999984, 1000009}), "published example, equal");
	ok(gives(patches, 9542221, IL_ADJUST_EQUAL, (const int64_t[]) {5542247, 2999974, 1000000}),
	   "nothing to close");
	ok(gives(patches, 9542192, IL_ADJUST_PROPORTIONAL,
			 (const int64_t[]) {5542230, 2999965, 999997}), "the example mirrored");
	ok(gives(tied, 602, IL_ADJUST_PROPORTIONAL, (const int64_t[]) {100, 201, 201, 100}),
	   "equal remainders do not meet: 0.33 and 0.67");
	ok(gives(tied, 603, IL_ADJUST_PROPORTIONAL, (const int64_t[]) {101, 201, 201, 100}),
	   "equal remainders of 0.5: the first of the order");
	ok(gives(tied, 601, IL_ADJUST_EQUAL, (const int64_t[]) {100, 201, 200, 100}),
	   "equal areas: the first of the order");
	ok(gives(tied, 597, IL_ADJUST_EQUAL, (const int64_t[]) {99, 199, 199, 100}),
	   "the third unit goes to the first of the smaller ones");
	ok(gives(tied, 0, IL_ADJUST_PROPORTIONAL, (const int64_t[]) {0, 0, 0, 0}),
	   "proportional to nothing left");
}

static void
test_refusals(void)
{
	IlAdjustPart part[3] = {{.area = 5}, {.area = 1}, {.area = 0}};
	size_t		bad = 9;

	ok(run(part, 3, 3, IL_ADJUST_EQUAL, &bad) == IL_ADJUST_NEGATIVE && bad == 2,
	   "a part that would become negative is named");
	part[0].area = part[1].area = 0;
	ok(run(part, 3, 3, IL_ADJUST_PROPORTIONAL, &bad) == IL_ADJUST_NOTHING,
	   "nothing to be in proportion to");
	ok(run(part, 3, 3, IL_ADJUST_EQUAL, &bad) == IL_ADJUST_OK && part[2].correction == 1,
	   "equal parts of nothing");
	part[0].area = IL_ADJUST_MAX;
	part[1].area = 1;
	ok(run(part, 2, 3, IL_ADJUST_EQUAL, &bad) == IL_ADJUST_OVERFLOW, "a sum too large");
	part[1].area = 0;
	ok(run(part, 2, IL_ADJUST_MAX - 7, IL_ADJUST_PROPORTIONAL, &bad) == IL_ADJUST_OK &&
	   part[0].correction == -7, "the largest sum");
}

/* many parts: closes to the unit, no correction farther than one unit from its share */
static void
test_many(void)
{
	const size_t n = 20000;
	IlAdjustPart *part = calloc(n, sizeof(IlAdjustPart));
	uint64_t	state = 12345;
	bool		good = true;

	for (int turn = 0; turn < 40; turn++)
	{
		IlAdjustMethod method = turn % 2 == 0 ? IL_ADJUST_PROPORTIONAL : IL_ADJUST_EQUAL;
		int64_t		sum;
		int64_t		total = 0;
		int64_t		d;
		size_t		bad;

		for (size_t i = 0; i < n; i++)
		{
			state = state * 6364136223846793005u + 1442695040888963407u;
			part[i].area = (int64_t) (state >> 40);
		}
		il_adjust_sum(part, n, &sum);
		d = (turn - 20) * 104729;
		for (size_t i = 0; method == IL_ADJUST_EQUAL && i < n; i++)
			part[i].area += 1000;
		if (method == IL_ADJUST_EQUAL)
			il_adjust_sum(part, n, &sum);
		good = good && run(part, n, sum + d, method, &bad) == IL_ADJUST_OK;
		for (size_t i = 0; i < n; i++)
		{
			long double share = method == IL_ADJUST_EQUAL ? (long double) d / (long double) n :
				(long double) d * (long double) part[i].area / (long double) sum;
			long double off = (long double) part[i].correction - share;

			good = good && off < 1 && off > -1;
			total += part[i].area + part[i].correction;
		}
		good = good && total == sum + d;
	}
	ok(good, "40 partitions of 20,000 parts close exactly");
	free(part);
}

int
main(void)
{
	test_examples();
	test_refusals();
	test_many();
	printf("1..%d\n", n_test);
	return n_failed > 0;
}
