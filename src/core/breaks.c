/*
 * breaks.c - upper bounds of classes
 *
 * Dynamic programme over the distinct values: the best parting of the first j into q
 * classes ends with a class that begins no earlier the larger j is, so each row of the
 * table is filled by halving.
 */
#include "core/breaks.h"

#include <math.h>

typedef struct Parting
{
	size_t		n;				/* distinct values */
	double	   *value;			/* distances from the mean, so that sums stay small */
	double	   *count;			/* sums over the first i */
	double	   *sum;
	double	   *square;
	double	   *former;			/* cost of the first j in one class less */
	double	   *cost;
	uint32_t   *first;			/* where the last class of the first j begins, of this row */
	const IlPoll *poll;
	uint32_t	counter;
} Parting;

/* squared distances from their mean of values from .. end - 1 */
static double
spread(const Parting *parting, size_t from, size_t end)
{
	double		count = parting->count[end] - parting->count[from];
	double		sum = parting->sum[end] - parting->sum[from];
	double		square = parting->square[end] - parting->square[from];
	double		result = square - sum * sum / count;

	return end - from == 1 || result < 0 ? 0 : result;
}

/* cost of the first j, for j from low to high; the last class begins between these two */
static void
fill(Parting *parting, size_t low, size_t high, size_t from, size_t to)
{
	while (low <= high)
	{
		size_t		middle = low + (high - low) / 2;
		size_t		last = to < middle - 1 ? to : middle - 1;
		double		best = INFINITY;
		size_t		best_first = from;

		for (size_t first = from; first <= last; first++)
		{
			double		cost = parting->former[first] + spread(parting, first, middle);

			if (cost < best)
			{
				best = cost;
				best_first = first;
			}
			il_poll(parting->poll, &parting->counter);
		}
		parting->cost[middle] = best;
		parting->first[middle] = (uint32_t) best_first;
		if (middle > low)
			fill(parting, low, middle - 1, from, best_first);
		low = middle + 1;
		from = best_first;
	}
}

static void
compress(Parting *parting, const double *value, size_t n, const IlMemory *memory)
{
	double		mean = 0;
	size_t		n_distinct = 0;

	for (size_t i = 0; i < n; i++)
		mean += (value[i] - mean) / (double) (i + 1);
	parting->value = il_allocate(memory, n * sizeof(double));
	parting->count = il_allocate(memory, (n + 1) * sizeof(double));
	parting->sum = il_allocate(memory, (n + 1) * sizeof(double));
	parting->square = il_allocate(memory, (n + 1) * sizeof(double));
	parting->count[0] = parting->sum[0] = parting->square[0] = 0;
	for (size_t i = 0; i < n;)
	{
		size_t		end = i + 1;
		double		distance = value[i] - mean;
		double		count;

		while (end < n && value[end] == value[i])
			end++;
		count = (double) (end - i);
		parting->value[n_distinct] = value[i];
		parting->count[n_distinct + 1] = parting->count[n_distinct] + count;
		parting->sum[n_distinct + 1] = parting->sum[n_distinct] + count * distance;
		parting->square[n_distinct + 1] = parting->square[n_distinct] +
			count * distance * distance;
		n_distinct++;
		i = end;
	}
	parting->n = n_distinct;
}

int
il_breaks_natural(const double *value, size_t n, int n_class, double *bound,
				  const IlMemory *memory, const IlPoll *poll)
{
	Parting		parting = {.poll = poll};
	uint32_t   *first[IL_BREAKS_MAX_CLASS];
	size_t		end;

	compress(&parting, value, n, memory);
	if ((size_t) n_class > parting.n)
		n_class = (int) parting.n;
	parting.former = il_allocate(memory, (parting.n + 1) * sizeof(double));
	parting.cost = il_allocate(memory, (parting.n + 1) * sizeof(double));
	for (size_t j = 1; j <= parting.n; j++)
		parting.cost[j] = spread(&parting, 0, j);
	for (int q = 1; q < n_class; q++)
	{
		double	   *swap = parting.former;

		parting.former = parting.cost;
		parting.cost = swap;
		parting.first = first[q] = il_allocate(memory, (parting.n + 1) * sizeof(uint32_t));
		/* q classes stand before the last one, so it begins at value q at the earliest */
		fill(&parting, (size_t) q + 1, parting.n, (size_t) q, parting.n - 1);
	}
	end = parting.n;
	for (int q = n_class - 1; q >= 0; q--)
	{
		bound[q] = parting.value[end - 1];
		end = q > 0 ? first[q][end] : 0;
	}
	return n_class;
}
