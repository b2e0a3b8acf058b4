/*
 * adjust.c - closing parts to a control area in whole units
 *
 * d = control - sum of n parts, all in whole units (0.01 m²); integers only.
 * Proportional: part i gets d x area_i / sum, rounded towards zero; the units
 * that are left go one each to the largest remainders.  Equal: q = |d| div n and
 * r = |d| mod n; the r largest parts get q + 1, the others q, with the sign of d.
 * Equal remainders: the larger area first, then the order of the parts.
 */
#include "core/adjust.h"

#include <string.h>

typedef bool (*Before) (const IlAdjustPart *a, const IlAdjustPart *b);

static bool
larger_rest(const IlAdjustPart *a, const IlAdjustPart *b)
{
	if (a->rest != b->rest)
		return a->rest > b->rest;
	return a->area > b->area;
}

static bool
larger_area(const IlAdjustPart *a, const IlAdjustPart *b)
{
	return a->area > b->area;
}

/* merge two sorted runs; the left one wins ties */
static void
merge(const IlAdjustPart *part, Before before, const size_t *left, const size_t *right,
	  const size_t *end, size_t *to)
{
	const size_t *l = left;
	const size_t *r = right;

	while (l < right || r < end)
	{
		if (r >= end || (l < right && !before(&part[*r], &part[*l])))
			*to++ = *l++;
		else
			*to++ = *r++;
	}
}

static size_t
min_size(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* stable; returns the half of order that holds the result */
static const size_t *
sort(const IlAdjustPart *part, size_t n, Before before, size_t *order, const IlPoll *poll)
{
	size_t	   *from = order;
	size_t	   *to = order + n;
	uint32_t	counter = 0;

	for (size_t i = 0; i < n; i++)
		from[i] = i;
	for (size_t run = 1; run < n; run *= 2)
	{
		size_t	   *swap = from;

		for (size_t at = 0; at < n; at += 2 * run)
		{
			size_t		middle = min_size(at + run, n);
			size_t		end = min_size(at + 2 * run, n);

			merge(part, before, from + at, from + middle, from + end, to + at);
			counter += (uint32_t) min_size(run, IL_POLL_INTERVAL);
			il_poll(poll, &counter);
		}
		from = to;
		to = swap;
	}
	return from;
}

bool
il_adjust_sum(const IlAdjustPart *part, size_t n, int64_t *sum)
{
	*sum = 0;
	for (size_t i = 0; i < n; i++)
	{
		if (part[i].area > IL_ADJUST_MAX - *sum)
			return false;
		*sum += part[i].area;
	}
	return true;
}

static uint64_t
magnitude(int64_t value)
{
	return value < 0 ? (uint64_t) 0 - (uint64_t) value : (uint64_t) value;
}

/* shares rounded down, in absolute value; returns the units that are left */
static uint64_t
share_proportionally(IlAdjustPart *part, size_t n, uint64_t d, uint64_t sum)
{
	uint64_t	left = d;

	for (size_t i = 0; i < n; i++)
	{
		unsigned __int128 product = (unsigned __int128) d * (uint64_t) part[i].area;

		part[i].correction = (int64_t) (product / sum);
		part[i].rest = (uint64_t) (product % sum);
		left -= (uint64_t) part[i].correction;
	}
	return left;
}

static uint64_t
share_equally(IlAdjustPart *part, size_t n, uint64_t d)
{
	for (size_t i = 0; i < n; i++)
		part[i].correction = (int64_t) (d / n);
	return d % n;
}

IlAdjustStatus
il_adjust(IlAdjustPart *part, size_t n, int64_t control, IlAdjustMethod method,
		  size_t *order, const IlPoll *poll, size_t *bad)
{
	const size_t *sorted;
	int64_t		sum;
	uint64_t	d;
	uint64_t	left;

	if (!il_adjust_sum(part, n, &sum) || control > IL_ADJUST_MAX)
		return IL_ADJUST_OVERFLOW;
	d = magnitude(control - sum);
	if (d != 0 && method == IL_ADJUST_PROPORTIONAL && sum == 0)
		return IL_ADJUST_NOTHING;
	if (d == 0)
	{
		for (size_t i = 0; i < n; i++)
			part[i].correction = 0;
		return IL_ADJUST_OK;
	}

	left = method == IL_ADJUST_PROPORTIONAL ?
		share_proportionally(part, n, d, (uint64_t) sum) : share_equally(part, n, d);
	sorted = sort(part, n, method == IL_ADJUST_PROPORTIONAL ? larger_rest : larger_area,
				  order, poll);
	for (size_t i = 0; i < left; i++)
		part[sorted[i]].correction++;
	for (size_t i = 0; i < n; i++)
	{
		if (control < sum)
			part[i].correction = -part[i].correction;
		if (part[i].area + part[i].correction < 0)
		{
			*bad = i;
			return IL_ADJUST_NEGATIVE;
		}
	}
	return IL_ADJUST_OK;
}
