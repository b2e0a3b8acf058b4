/*
 * local_statistic.c - where high and low values lie together
 *
 * Values are taken as distances from their mean, summed with 106 bits, so that neither a
 * large mean nor the order of the rows tells in the result.
 */
#include "core/local_statistic.h"

#include "core/double_double.h"
#include "core/permutation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ranks are taken of distances in units of the standard deviation / 2^30 */
#define RANK_SCALE	1073741824.0

/* the values as a whole */
typedef struct Sample
{
	const IlLocalRequest *request;
	size_t		n;
	double		mean;
	double	   *distance;		/* from the mean */
	double		square;			/* sum of their squares */
	double		total;			/* of the values */
} Sample;

/* the neighbours of one row; weights as the request asks */
typedef struct Surroundings
{
	double		weight;			/* sum of weights */
	double		weight_square;	/* sum of their squares */
	double		distance;		/* weighted sum of distances */
	double		value;			/* weighted sum of values */
	double		mean;			/* of the neighbours' values by weight */
} Surroundings;

static double
sum(const double *value, size_t n)
{
	IlDoubleDouble total = {0, 0};

	for (size_t i = 0; i < n; i++)
		total = il_dd_add(total, (IlDoubleDouble) {value[i], 0});
	return total.high + total.low;
}

bool
il_is_constant(const double *value, size_t n)
{
	for (size_t i = 1; i < n; i++)
	{
		if (value[i] != value[0])
			return false;
	}
	return true;
}

static void
measure(Sample *sample, const IlMemory *memory)
{
	const double *value = sample->request->value;
	IlDoubleDouble square = {0, 0};

	sample->n = sample->request->neighbours->n;
	sample->total = sum(value, sample->n);
	sample->mean = sample->n > 0 ? sample->total / (double) sample->n : 0;
	sample->distance = il_allocate(memory, sample->n * sizeof(double));
	for (size_t i = 0; i < sample->n; i++)
	{
		double		distance = value[i] - sample->mean;

		sample->distance[i] = distance;
		square = il_dd_add(square, il_dd_two_product(distance, distance));
	}
	/* the mean of equal values may round to another one */
	sample->square = il_is_constant(value, sample->n) ? 0 : square.high + square.low;
}

static Surroundings
look_round(const Sample *sample, size_t row)
{
	const IlNeighbours *neighbours = sample->request->neighbours;
	IlDoubleDouble weight = {0, 0};
	IlDoubleDouble weight_square = {0, 0};
	IlDoubleDouble distance = {0, 0};
	Surroundings around;
	double		scale;

	for (size_t at = neighbours->start[row]; at < neighbours->start[row + 1]; at++)
	{
		double		w = neighbours->weight == NULL ? 1 : neighbours->weight[at];

		weight = il_dd_add(weight, (IlDoubleDouble) {w, 0});
		weight_square = il_dd_add(weight_square, il_dd_two_product(w, w));
		distance = il_dd_add(distance,
							 il_dd_two_product(w, sample->distance[neighbours->to[at]]));
	}
	around.weight = weight.high + weight.low;
	around.weight_square = weight_square.high + weight_square.low;
	around.distance = distance.high + distance.low;
	around.mean = sample->mean + around.distance / around.weight;
	/* the row itself weighs as much as a neighbour that weighs 1, or the mean weight */
	scale = sample->request->binary ? 1 : 1 / around.weight;
	around.weight *= scale;
	around.weight_square *= scale * scale;
	around.distance *= scale;
	around.value = around.weight * sample->mean + around.distance;
	return around;
}

/* ---- local Moran ---- */

/* moments where the row keeps its value and the others are dealt out anew */
static void
moran(const Sample *sample, size_t row, const Surroundings *around, IlLocalResult *result)
{
	double		n = (double) sample->n;
	double		own = sample->distance[row];
	double		scale = (n - 1) / sample->square;
	double		expected = -own * own * around->weight / sample->square;
	double		spread = around->weight_square - around->weight * around->weight / (n - 1);
	double		variance = scale * scale * own * own * spread *
		(sample->square - n * own * own / (n - 1)) / (n - 2);

	result->statistic = scale * own * around->distance;
	if (variance > 0)
		result->z = (result->statistic - expected) / sqrt(variance);
	if (own > 0)
		result->quadrant = around->distance > 0 ? IL_QUADRANT_HIGH_HIGH : IL_QUADRANT_HIGH_LOW;
	else
		result->quadrant = around->distance > 0 ? IL_QUADRANT_LOW_HIGH : IL_QUADRANT_LOW_LOW;
}

/* ---- G ---- */

/* of n values with this mean distance and sum of squared distances from their mean */
static double
g_score(double n, double mean, double square, const Surroundings *around)
{
	double		spread = (n * around->weight_square - around->weight * around->weight) / (n - 1);
	double		variance = square / n;

	/* next to all of them: the sum is what it must be */
	if (!(spread > 1e-12 * around->weight * around->weight) || !(variance > 0))
		return NAN;
	return (around->distance - mean * around->weight) / sqrt(variance * spread);
}

static void
g_others(const Sample *sample, size_t row, const Surroundings *around, IlLocalResult *result)
{
	double		n = (double) sample->n - 1;
	double		own = sample->distance[row];
	double		mean = -own / n;
	double		others = sample->total - sample->request->value[row];

	result->z = g_score(n, mean, sample->square - own * own - n * mean * mean, around);
	if (others != 0)
		result->statistic = around->value / others;
}

static void
g_star(const Sample *sample, size_t row, const Surroundings *around, IlLocalResult *result)
{
	const IlLocalRequest *request = sample->request;
	double		k = (double) result->n_neighbour;
	Surroundings with = *around;
	double		own = request->binary ? 1 : 1 / (k + 1);

	if (!request->binary)
	{
		double		rest = k / (k + 1);

		with.weight *= rest;
		with.weight_square *= rest * rest;
		with.distance *= rest;
		with.value *= rest;
	}
	with.weight += own;
	with.weight_square += own * own;
	with.distance += own * sample->distance[row];
	with.value += own * request->value[row];
	result->z = g_score((double) sample->n, 0, sample->square, &with);
	if (sample->total != 0)
		result->statistic = with.value / sample->total;
}

/* ---- join counts ---- */

static void
join_count(const Sample *sample, size_t row, IlLocalResult *result)
{
	const IlLocalRequest *request = sample->request;
	const IlNeighbours *neighbours = request->neighbours;
	uint64_t	count = 0;

	for (size_t at = neighbours->start[row]; at < neighbours->start[row + 1]; at++)
		count += request->value[neighbours->to[at]] != 0;
	result->lag = (double) count;
	result->statistic = request->value[row] != 0 ? (double) count : 0;
	if (request->value[row] != 0)
	{
		result->p = il_hypergeometric_tail(sample->n - 1, (uint64_t) sample->total - 1,
										   result->n_neighbour, count);
		result->method = IL_METHOD_HYPERGEOMETRIC;
	}
}

/* ---- chance ---- */

double
il_normal_p(double z)
{
	return erfc(fabs(z) / sqrt(2));
}

/* log of n over k */
static double
log_choose(uint64_t n, uint64_t k)
{
	return lgamma((double) n + 1) - lgamma((double) k + 1) - lgamma((double) (n - k) + 1);
}

double
il_hypergeometric_tail(uint64_t n, uint64_t n_marked, uint64_t n_draw, uint64_t at_least)
{
	uint64_t	most = n_marked < n_draw ? n_marked : n_draw;
	uint64_t	least = n_marked + n_draw > n ? n_marked + n_draw - n : 0;
	uint64_t	from = at_least > least ? at_least : least;
	double		term;
	double		total;

	if (at_least <= least)
		return 1;
	if (at_least > most)
		return 0;
	term = exp(log_choose(n_marked, from) + log_choose(n - n_marked, n_draw - from) -
			   log_choose(n, n_draw));
	total = term;
	for (uint64_t x = from; x < most && term > 0; x++)
	{
		term *= (double) (n_marked - x) / (double) (x + 1) * (double) (n_draw - x) /
			(double) (n - n_marked - n_draw + x + 1);
		total += term;
	}
	return total < 1 ? total : 1;
}

static void
set_normal(IlLocalResult *result)
{
	if (isnan(result->z))
		return;
	result->p = il_normal_p(result->z);
	result->method = IL_METHOD_NORMAL;
}

/* Moran, G and G* rise or fall with the sum of the neighbours, so they share its rank. */
static void
set_ranks(const Sample *sample, IlLocalResult *result, const IlMemory *memory, const IlPoll *poll)
{
	const IlLocalRequest *request = sample->request;
	double		scale = RANK_SCALE / sqrt(sample->square / (double) sample->n);
	int64_t    *unit = il_allocate(memory, sample->n * sizeof(int64_t));
	IlRank	   *rank = il_allocate(memory, sample->n * sizeof(IlRank));

	for (size_t i = 0; i < sample->n; i++)
		unit[i] = (int64_t) llround(sample->distance[i] * scale);
	il_permutation_rank(request->neighbours, unit, request->n_draw, request->seed, rank, memory,
						poll);
	for (size_t i = 0; i < sample->n; i++)
	{
		if (result[i].state != IL_LOCAL_FOUND)
			continue;
		if (rank[i].n_draw == 0)
			set_normal(&result[i]);
		else
		{
			result[i].p = il_permutation_p(&rank[i]);
			result[i].method = rank[i].counted ? IL_METHOD_ENUMERATION : IL_METHOD_PERMUTATION;
		}
	}
}

static void
find_row(const Sample *sample, size_t row, IlLocalResult *result)
{
	const IlLocalRequest *request = sample->request;
	Surroundings around;

	*result = (IlLocalResult) {NAN, NAN, NAN, NAN, 0, IL_LOCAL_FOUND, IL_QUADRANT_NONE,
		IL_METHOD_NONE};
	result->n_neighbour = (uint32_t) il_neighbours_count(request->neighbours, row);
	if (result->n_neighbour == 0)
		result->state = IL_LOCAL_ISOLATED;
	else if (sample->n < 4)
		result->state = IL_LOCAL_TOO_FEW;
	else if (!(sample->square > 0))
		result->state = IL_LOCAL_ZERO_VARIANCE;
	if (result->state != IL_LOCAL_FOUND)
		return;
	if (request->kind == IL_LOCAL_JOIN_COUNT)
	{
		join_count(sample, row, result);
		return;
	}
	around = look_round(sample, row);
	result->lag = around.mean;
	if (request->kind == IL_LOCAL_MORAN)
		moran(sample, row, &around, result);
	else if (request->kind == IL_LOCAL_G)
		g_others(sample, row, &around, result);
	else
		g_star(sample, row, &around, result);
}

void
il_local_statistic(const IlLocalRequest *request, IlLocalResult *result, const IlMemory *memory,
				   const IlPoll *poll)
{
	Sample		sample = {.request = request};
	uint32_t	counter = 0;
	bool		by_rank = request->chance == IL_CHANCE_PERMUTATION &&
		request->neighbours->weight == NULL;

	measure(&sample, memory);
	for (size_t i = 0; i < sample.n; i++)
	{
		find_row(&sample, i, &result[i]);
		il_poll(poll, &counter);
	}
	if (request->kind == IL_LOCAL_JOIN_COUNT || sample.n < 4 || !(sample.square > 0))
		return;
	if (by_rank)
		set_ranks(&sample, result, memory, poll);
	else
	{
		for (size_t i = 0; i < sample.n; i++)
			set_normal(&result[i]);
	}
}

/* ---- many tests at once ---- */

typedef struct Test
{
	double		p;
	size_t		row;
} Test;

static int
compare(const void *a, const void *b)
{
	double		x = ((const Test *) a)->p;
	double		y = ((const Test *) b)->p;

	return (x > y) - (x < y);
}

void
il_false_discovery(const double *p, size_t n, double *q, const IlMemory *memory)
{
	Test	   *test = il_allocate(memory, n * sizeof(Test));
	size_t		n_test = 0;
	double		least = 1;

	for (size_t i = 0; i < n; i++)
	{
		q[i] = NAN;
		if (!isnan(p[i]))
			test[n_test++] = (Test) {p[i], i};
	}
	qsort(test, n_test, sizeof(Test), compare);
	for (size_t i = n_test; i-- > 0;)
	{
		double		share = (double) n_test * test[i].p / (double) (i + 1);

		if (share < least)
			least = share;
		q[test[i].row] = least;
	}
}
