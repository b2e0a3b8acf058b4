/*
 * order.c - sorting edges from left to right
 *
 * A border runs from left to right and back a few times, so a merge sort that
 * begins with the runs that are there has little to do.
 */
#include "core/order.h"

#include <stdbool.h>
#include <string.h>

static bool
before(const IlOrderItem *a, const IlOrderItem *b)
{
	return a->key < b->key || (a->key == b->key && a->low < b->low);
}

static void
reverse(IlOrderItem *item, size_t n)
{
	for (size_t i = 0; i < n / 2; i++)
	{
		IlOrderItem swap = item[i];

		item[i] = item[n - 1 - i];
		item[n - 1 - i] = swap;
	}
}

/* end of the run that begins at the item; a falling one is turned round */
static size_t
find_run(IlOrderItem *item, size_t from, size_t n)
{
	size_t		end = from + 1;

	if (end < n && before(&item[end], &item[from]))
	{
		while (end < n && before(&item[end], &item[end - 1]))
			end++;
		reverse(item + from, end - from);
	}
	else
	{
		while (end < n && !before(&item[end], &item[end - 1]))
			end++;
	}
	return end;
}

/* of what is sorted already: no turning round, so that the order of equals stays */
static size_t
end_of_run(const IlOrderItem *item, size_t from, size_t n)
{
	size_t		end = from + 1;

	while (end < n && !before(&item[end], &item[end - 1]))
		end++;
	return end;
}

static void
merge(const IlOrderItem *left, const IlOrderItem *middle, const IlOrderItem *end, IlOrderItem *to)
{
	const IlOrderItem *right = middle;

	while (left < middle && right < end)
		*to++ = before(right, left) ? *right++ : *left++;
	memcpy(to, left, (size_t) (middle - left) * sizeof(*to));
	to += middle - left;
	memcpy(to, right, (size_t) (end - right) * sizeof(*to));
}

/* merge runs two by two into the other array; true if one run was all there was */
static bool
merge_runs(const IlOrderItem *from, IlOrderItem *to, size_t n)
{
	for (size_t at = 0; at < n;)
	{
		size_t		middle = end_of_run(from, at, n);
		size_t		end = middle < n ? end_of_run(from, middle, n) : n;

		if (at == 0 && middle == n)
			return true;
		merge(from + at, from + middle, from + end, to + at);
		at = end;
	}
	return false;
}

IlOrderItem *
il_order_sort(IlOrderItem *item, IlOrderItem *scratch, size_t n)
{
	IlOrderItem *from = item;
	IlOrderItem *to = scratch;

	for (size_t at = 0; at < n;)
		at = find_run(item, at, n);
	while (!merge_runs(from, to, n))
	{
		IlOrderItem *swap = from;

		from = to;
		to = swap;
		if (n == 0)
			break;
	}
	return from;
}
