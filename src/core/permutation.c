/*
 * permutation.c - how often chance gives a sum of neighbours as large, or as small
 *
 * A row whose neighbours are more than half of the others is ranked by the rest: the
 * sum of the neighbours is large exactly where that of the rest is small.
 */
#include "core/permutation.h"

#include "core/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* a row as it is ranked: by the sum of so many others */
typedef struct Target
{
	int64_t		sum;
	uint32_t	degree;			/* 0: no rank */
	bool		by_rest;
} Target;

typedef struct Ranking
{
	const IlNeighbours *neighbours;
	const int64_t *value;
	size_t		n;
	Target	   *target;
	IlRank	   *rank;
	const IlPoll *poll;
	uint32_t	counter;
	/* shared draws: draw[c * n_draw + p] is the row drawn by draw p at place c */
	uint32_t	n_draw;
	uint32_t	width;
	uint32_t   *draw;
	/* the draws that contain a row, as p * 64 + c: seen[first[row]] .. seen[first[row + 1] - 1] */
	size_t	   *first;
	uint32_t   *seen;
	int64_t    *sum;			/* of the places so far, by draw */
	int64_t    *sorted;
} Ranking;

static void
set_targets(Ranking *ranking)
{
	int64_t		total = 0;

	for (size_t i = 0; i < ranking->n; i++)
		total += ranking->value[i];
	for (size_t i = 0; i < ranking->n; i++)
	{
		const IlNeighbours *neighbours = ranking->neighbours;
		size_t		count = il_neighbours_count(neighbours, i);
		size_t		rest = ranking->n - 1 - count;
		Target	   *target = &ranking->target[i];

		target->sum = 0;
		for (size_t at = neighbours->start[i]; at < neighbours->start[i + 1]; at++)
			target->sum += ranking->value[neighbours->to[at]];
		target->by_rest = rest < count;
		if (target->by_rest)
			target->sum = total - ranking->value[i] - target->sum;
		target->degree = (uint32_t) (target->by_rest ? rest : count);
		il_poll(ranking->poll, &ranking->counter);
	}
}

/* what was found for the sum that a row is ranked by */
static void
set_rank(Ranking *ranking, size_t row, uint32_t at_least, uint32_t at_most, uint32_t n_draw,
		 bool counted)
{
	bool		turned = ranking->target[row].by_rest;

	ranking->rank[row] = (IlRank) {
		turned ? at_most : at_least, turned ? at_least : at_most, n_draw, counted
	};
}

/* ---- counting every way ---- */

/* ways to choose k of n, or one more than are counted */
static uint32_t
ways(size_t n, size_t k)
{
	double		result = 1;

	for (size_t i = 1; i <= k && result <= IL_PERMUTATION_COUNTED; i++)
		result = result * (double) (n - k + i) / (double) i;
	return result <= IL_PERMUTATION_COUNTED ? (uint32_t) (result + 0.5) :
		IL_PERMUTATION_COUNTED + 1;
}

/* every way to choose as many of the others as the target has, in lexical order */
static void
count_ways(Ranking *ranking, size_t row)
{
	const Target *target = &ranking->target[row];
	size_t		chosen[IL_PERMUTATION_MAX_DEGREE];
	size_t		n_other = ranking->n - 1;
	size_t		k = target->degree;
	uint32_t	at_least = 0;
	uint32_t	at_most = 0;
	uint32_t	n_way = 0;

	for (size_t i = 0; i < k; i++)
		chosen[i] = i;
	for (;;)
	{
		int64_t		sum = 0;
		size_t		last = k;

		for (size_t i = 0; i < k; i++)
			sum += ranking->value[chosen[i] + (chosen[i] >= row)];
		at_least += sum >= target->sum;
		at_most += sum <= target->sum;
		n_way++;
		il_poll(ranking->poll, &ranking->counter);
		while (last > 0 && chosen[last - 1] == n_other - k + last - 1)
			last--;
		if (last == 0)
			break;
		chosen[last - 1]++;
		for (size_t i = last; i < k; i++)
			chosen[i] = chosen[i - 1] + 1;
	}
	set_rank(ranking, row, at_least, at_most, n_way, true);
}

/* ---- sorted sums ---- */

static int
compare(const void *a, const void *b)
{
	int64_t		x = *(const int64_t *) a;
	int64_t		y = *(const int64_t *) b;

	return (x > y) - (x < y);
}

/* how many are smaller, or not larger */
static size_t
find(const int64_t *sorted, size_t n, int64_t sum, bool or_equal)
{
	size_t		low = 0;

	while (n > 0)
	{
		size_t		half = n / 2;

		if (sorted[low + half] < sum || (or_equal && sorted[low + half] == sum))
		{
			low += half + 1;
			n -= half + 1;
		}
		else
			n = half;
	}
	return low;
}

/* one of the others: all values but the row's own */
static void
count_single(Ranking *ranking, size_t row, const int64_t *sorted)
{
	int64_t		sum = ranking->target[row].sum;
	int64_t		own = ranking->value[row];
	size_t		below = find(sorted, ranking->n, sum, false);
	size_t		not_above = find(sorted, ranking->n, sum, true);

	set_rank(ranking, row, (uint32_t) (ranking->n - below - (own >= sum)),
			 (uint32_t) (not_above - (own <= sum)), (uint32_t) (ranking->n - 1), true);
}

/* ---- shared draws ---- */

/* the first width entries of a random order of the rows, for each draw */
static void
make_draws(Ranking *ranking, uint64_t seed, const IlMemory *memory)
{
	size_t		n = ranking->n;
	uint32_t   *order = il_allocate(memory, n * sizeof(uint32_t));
	uint32_t	other[IL_PERMUTATION_MAX_DEGREE];
	IlRandom	random;

	for (size_t i = 0; i < n; i++)
		order[i] = (uint32_t) i;
	for (uint32_t p = 0; p < ranking->n_draw; p++)
	{
		il_random_begin(&random, seed, 0, p);
		for (uint32_t c = 0; c < ranking->width; c++)
		{
			uint32_t	row;

			other[c] = c + il_random_below(&random, (uint32_t) n - c);
			row = order[other[c]];
			order[other[c]] = order[c];
			order[c] = row;
			ranking->draw[(size_t) c * ranking->n_draw + p] = row;
		}
		/* back to what every draw begins with */
		for (uint32_t c = ranking->width; c-- > 0;)
		{
			uint32_t	row = order[c];

			order[c] = order[other[c]];
			order[other[c]] = row;
		}
		il_poll(ranking->poll, &ranking->counter);
	}
}

static void
note_draws(Ranking *ranking)
{
	size_t		n_entry = (size_t) ranking->width * ranking->n_draw;

	memset(ranking->first, 0, (ranking->n + 1) * sizeof(size_t));
	for (size_t i = 0; i < n_entry; i++)
		ranking->first[ranking->draw[i] + 1]++;
	for (size_t i = 0; i < ranking->n; i++)
		ranking->first[i + 1] += ranking->first[i];
	/* filled from the end of each, so that first[row] ends where the row begins */
	for (size_t i = 0; i < n_entry; i++)
	{
		uint32_t	row = ranking->draw[i];
		uint32_t	p = (uint32_t) (i % ranking->n_draw);
		uint32_t	c = (uint32_t) (i / ranking->n_draw);

		ranking->seen[--ranking->first[row + 1]] = p * IL_PERMUTATION_MAX_DEGREE + c;
		il_poll(ranking->poll, &ranking->counter);
	}
	/* first[row + 1] now says where row begins: move down */
	for (size_t i = 0; i < ranking->n; i++)
		ranking->first[i] = ranking->first[i + 1];
	ranking->first[ranking->n] = n_entry;
}

static void
rank_row(Ranking *ranking, size_t row)
{
	const Target *target = &ranking->target[row];
	size_t		n_draw = ranking->n_draw;
	size_t		at_least = n_draw - find(ranking->sorted, n_draw, target->sum, false);
	size_t		at_most = find(ranking->sorted, n_draw, target->sum, true);
	size_t		n_valid = n_draw;

	for (size_t i = ranking->first[row]; i < ranking->first[row + 1]; i++)
	{
		int64_t		sum;

		if (ranking->seen[i] % IL_PERMUTATION_MAX_DEGREE >= target->degree)
			continue;
		sum = ranking->sum[ranking->seen[i] / IL_PERMUTATION_MAX_DEGREE];
		at_least -= sum >= target->sum;
		at_most -= sum <= target->sum;
		n_valid--;
	}
	set_rank(ranking, row, (uint32_t) at_least, (uint32_t) at_most, (uint32_t) n_valid, false);
}

/* rows by degree: by[from[k]] .. by[from[k + 1] - 1] have degree k and are to be drawn */
static void
rank_by_draws(Ranking *ranking, const uint32_t *by, const size_t *from)
{
	for (uint32_t k = 1; k <= ranking->width; k++)
	{
		const uint32_t *place = ranking->draw + (size_t) (k - 1) * ranking->n_draw;

		for (uint32_t p = 0; p < ranking->n_draw; p++)
			ranking->sum[p] += ranking->value[place[p]];
		if (from[k] == from[k + 1])
			continue;
		memcpy(ranking->sorted, ranking->sum, ranking->n_draw * sizeof(int64_t));
		qsort(ranking->sorted, ranking->n_draw, sizeof(int64_t), compare);
		for (size_t i = from[k]; i < from[k + 1]; i++)
		{
			rank_row(ranking, by[i]);
			il_poll(ranking->poll, &ranking->counter);
		}
	}
}

static void
draw(Ranking *ranking, const uint32_t *by, const size_t *from, uint32_t n_draw, uint64_t seed,
	 const IlMemory *memory)
{
	double		share = (double) ranking->n / (double) (ranking->n - ranking->width);
	size_t		n_entry;

	/* some draws contain a row, and are none for it */
	ranking->n_draw = (uint32_t) ceil(1.05 * n_draw * share);
	n_entry = (size_t) ranking->width * ranking->n_draw;
	ranking->draw = il_allocate(memory, n_entry * sizeof(uint32_t));
	ranking->seen = il_allocate(memory, n_entry * sizeof(uint32_t));
	ranking->first = il_allocate(memory, (ranking->n + 2) * sizeof(size_t));
	ranking->sum = il_allocate(memory, ranking->n_draw * sizeof(int64_t));
	ranking->sorted = il_allocate(memory, ranking->n_draw * sizeof(int64_t));
	memset(ranking->sum, 0, ranking->n_draw * sizeof(int64_t));
	make_draws(ranking, seed, memory);
	note_draws(ranking);
	rank_by_draws(ranking, by, from);
}

/* counts what can be counted; true if the row is left for drawing */
static bool
is_to_draw(Ranking *ranking, size_t row, const int64_t *sorted)
{
	const Target *target = &ranking->target[row];

	if (il_neighbours_count(ranking->neighbours, row) == 0)
		return false;
	if (target->degree == 0)
	{
		/* all the others are neighbours: there is one way */
		set_rank(ranking, row, 1, 1, 1, true);
		return false;
	}
	if (target->degree == 1)
		count_single(ranking, row, sorted);
	else if (target->degree <= IL_PERMUTATION_MAX_DEGREE &&
			 ways(ranking->n - 1, target->degree) <= IL_PERMUTATION_COUNTED)
		count_ways(ranking, row);
	else
		return target->degree <= IL_PERMUTATION_MAX_DEGREE;
	return false;
}

void
il_permutation_rank(const IlNeighbours *neighbours, const int64_t *value, uint32_t n_draw,
					uint64_t seed, IlRank *rank, const IlMemory *memory, const IlPoll *poll)
{
	size_t		n = neighbours->n;
	Ranking		ranking = {
		.neighbours = neighbours, .value = value, .n = n, .rank = rank, .poll = poll
	};
	int64_t    *sorted = il_allocate(memory, n * sizeof(int64_t));
	uint32_t   *by = il_allocate(memory, n * sizeof(uint32_t));
	size_t		from[IL_PERMUTATION_MAX_DEGREE + 2] = {0};
	bool	   *left = il_allocate(memory, n * sizeof(bool));

	memset(rank, 0, n * sizeof(IlRank));
	ranking.target = il_allocate(memory, n * sizeof(Target));
	set_targets(&ranking);
	memcpy(sorted, value, n * sizeof(int64_t));
	qsort(sorted, n, sizeof(int64_t), compare);
	for (size_t i = 0; i < n; i++)
	{
		uint32_t	degree = ranking.target[i].degree;

		left[i] = is_to_draw(&ranking, i, sorted);
		if (left[i])
		{
			from[degree + 1]++;
			if (degree > ranking.width)
				ranking.width = degree;
		}
	}
	if (ranking.width == 0)
		return;
	for (uint32_t k = 1; k <= IL_PERMUTATION_MAX_DEGREE; k++)
		from[k + 1] += from[k];
	/* by degree, then by row; from[k] moves to the end of degree k and back */
	for (size_t i = 0; i < n; i++)
	{
		if (left[i])
			by[from[ranking.target[i].degree]++] = (uint32_t) i;
	}
	memmove(from + 1, from, (IL_PERMUTATION_MAX_DEGREE + 1) * sizeof(size_t));
	from[0] = 0;
	draw(&ranking, by, from, n_draw, seed, memory);
}

double
il_permutation_p(const IlRank *rank)
{
	double		less = rank->at_least < rank->at_most ? rank->at_least : rank->at_most;
	double		p;

	if (rank->n_draw == 0)
		return NAN;
	p = rank->counted ? less / rank->n_draw : (less + 1) / ((double) rank->n_draw + 1);
	return 2 * p < 1 ? 2 * p : 1;
}
