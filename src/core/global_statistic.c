/*
 * global_statistic.c - whether like values lie together at all
 */
#include "core/global_statistic.h"

#include "core/local_statistic.h"

#include <math.h>
#include <string.h>

/* neighbours, what a link of each row weighs, and sums over the weights */
typedef struct Weights
{
	const IlNeighbours *neighbours;
	double	   *scale;			/* of each row: 1, or by which its weights sum to 1 */
	double		s0;				/* of all */
	double		s1;				/* of (w_ij + w_ji)^2 / 2 */
	double		s2;				/* of (row sum + column sum)^2 */
	double		n;
	const IlPoll *poll;
	uint32_t	counter;
} Weights;

static double
weight_at(const Weights *w, size_t row, size_t at)
{
	return w->scale[row] * (w->neighbours->weight == NULL ? 1 : w->neighbours->weight[at]);
}

static void
set_scales(Weights *w, bool binary)
{
	for (size_t i = 0; i < w->neighbours->n; i++)
	{
		double		total = 0;

		w->scale[i] = 1;
		for (size_t at = w->neighbours->start[i]; at < w->neighbours->start[i + 1]; at++)
			total += weight_at(w, i, at);
		if (!binary && total > 0)
			w->scale[i] = 1 / total;
	}
}

/* of the link between two rows, 0 if there is none */
static double
weight_of(const Weights *w, size_t from, size_t to)
{
	const IlNeighbours *neighbours = w->neighbours;
	size_t		low = neighbours->start[from];
	size_t		end = neighbours->start[from + 1];

	while (low < end)
	{
		size_t		middle = low + (end - low) / 2;

		if (neighbours->to[middle] < to)
			low = middle + 1;
		else
			end = middle;
	}
	if (low == neighbours->start[from + 1] || neighbours->to[low] != to)
		return 0;
	return weight_at(w, from, low);
}

/* a pair of rows with one link only counts once, one with two counts at both */
static void
sum_weights(Weights *w, const IlMemory *memory)
{
	const IlNeighbours *neighbours = w->neighbours;
	double	   *both = il_allocate(memory, neighbours->n * sizeof(double));

	memset(both, 0, neighbours->n * sizeof(double));
	for (size_t i = 0; i < neighbours->n; i++)
	{
		for (size_t at = neighbours->start[i]; at < neighbours->start[i + 1]; at++)
		{
			double		weight = weight_at(w, i, at);
			double		back = weight_of(w, neighbours->to[at], i);

			w->s0 += weight;
			both[i] += weight;
			both[neighbours->to[at]] += weight;
			w->s1 += back != 0 ? (weight + back) * (weight + back) / 2 : weight * weight;
			il_poll(w->poll, &w->counter);
		}
	}
	for (size_t i = 0; i < neighbours->n; i++)
		w->s2 += both[i] * both[i];
}

/* n (n - 1) ... of b factors */
static double
falling(double n, int b)
{
	double		product = 1;

	for (int i = 0; i < b; i++)
		product *= n - i;
	return product;
}

/* sum over the links of w (x_i - from) (x_j - from) */
static double
cross(const double *value, double from, const Weights *w)
{
	const IlNeighbours *neighbours = w->neighbours;
	double		total = 0;

	for (size_t i = 0; i < neighbours->n; i++)
	{
		double		around = 0;

		for (size_t at = neighbours->start[i]; at < neighbours->start[i + 1]; at++)
			around += weight_at(w, i, at) * (value[neighbours->to[at]] - from);
		total += (value[i] - from) * around;
	}
	return total;
}

/* sum of (x - from)^power */
static double
moment(const double *value, size_t n, double from, int power)
{
	double		total = 0;

	for (size_t i = 0; i < n; i++)
		total += pow(value[i] - from, power);
	return total;
}

static IlGlobalResult
moran(const double *value, const Weights *w)
{
	double		n = w->n;
	double		mean = moment(value, w->neighbours->n, 0, 1) / n;
	double		square = moment(value, w->neighbours->n, mean, 2);
	double		shape = n * moment(value, w->neighbours->n, mean, 4) / (square * square);
	IlGlobalResult result;

	result.statistic = n / w->s0 * cross(value, mean, w) / square;
	result.expected = -1 / (n - 1);
	result.variance = (n * ((n * n - 3 * n + 3) * w->s1 - n * w->s2 + 3 * w->s0 * w->s0) -
					   shape * ((n * n - n) * w->s1 - 2 * n * w->s2 + 6 * w->s0 * w->s0)) /
		((n - 1) * (n - 2) * (n - 3) * w->s0 * w->s0) - result.expected * result.expected;
	return result;
}

static IlGlobalResult
g(const double *value, const Weights *w)
{
	double		n = w->n;
	double		s0 = w->s0;
	double		s1 = w->s1;
	double		s2 = w->s2;
	double		m1 = moment(value, w->neighbours->n, 0, 1);
	double		m2 = moment(value, w->neighbours->n, 0, 2);
	double		m3 = moment(value, w->neighbours->n, 0, 3);
	double		m4 = moment(value, w->neighbours->n, 0, 4);
	double		pairs = m1 * m1 - m2;
	double		square;
	IlGlobalResult result;

	result.statistic = cross(value, 0, w) / pairs;
	result.expected = s0 / (n * (n - 1));
	square = ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0) * m2 * m2 -
		((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0) * m4 -
		(2 * n * s1 - (n + 3) * s2 + 6 * s0 * s0) * m1 * m1 * m2 +
		(4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0 * s0) * m1 * m3 +
		(s1 - s2 + s0 * s0) * m1 * m1 * m1 * m1;
	result.variance = square / (pairs * pairs * falling(n, 4)) -
		result.expected * result.expected;
	return result;
}

/* links are counted once: half of the sum over both directions */
static IlGlobalResult
join_count(bool both, const double *value, const Weights *w)
{
	double		n = w->n;
	double		ones = moment(value, w->neighbours->n, 0, 1);
	double		zeros = n - ones;
	double		joined = cross(value, 0, w);
	double		more = w->s2 - 2 * w->s1;
	double		rest = w->s0 * w->s0 + w->s1 - w->s2;
	double		pair = both ? falling(ones, 2) / falling(n, 2) : ones * zeros / falling(n, 2);
	IlGlobalResult result;

	if (both)
	{
		result.statistic = joined / 2;
		result.expected = w->s0 * pair / 2;
		result.variance = (w->s1 * pair + more * falling(ones, 3) / falling(n, 3) +
						   rest * falling(ones, 4) / falling(n, 4)) / 4 -
			result.expected * result.expected;
		return result;
	}
	/* sum of w (x_i - x_j)^2 / 2, where links may lead one way only */
	result.statistic = 0;
	for (size_t i = 0; i < w->neighbours->n; i++)
	{
		for (size_t at = w->neighbours->start[i]; at < w->neighbours->start[i + 1]; at++)
		{
			if (value[i] != value[w->neighbours->to[at]])
				result.statistic += weight_at(w, i, at) / 2;
		}
	}
	result.expected = w->s0 * pair;
	result.variance = (2 * w->s1 * pair + more * ones * zeros * (n - 2) / falling(n, 3) +
					   4 * rest * falling(ones, 2) * falling(zeros, 2) / falling(n, 4)) / 4 -
		result.expected * result.expected;
	return result;
}

IlGlobalResult
il_global_statistic(IlGlobalKind kind, bool binary, const double *value,
					const IlNeighbours *neighbours, const IlMemory *memory, const IlPoll *poll)
{
	Weights		weights = {
		.neighbours = neighbours, .n = (double) neighbours->n, .poll = poll
	};
	IlGlobalResult result = {NAN, NAN, NAN, NAN, NAN};

	weights.scale = il_allocate(memory, neighbours->n * sizeof(double));
	set_scales(&weights, binary);
	sum_weights(&weights, memory);
	if (neighbours->n < 4 || !(weights.s0 > 0) || il_is_constant(value, neighbours->n))
		return result;
	switch (kind)
	{
		case IL_GLOBAL_MORAN:
			result = moran(value, &weights);
			break;
		case IL_GLOBAL_G:
			result = g(value, &weights);
			break;
		case IL_GLOBAL_JOIN_BOTH:
		case IL_GLOBAL_JOIN_ONE:
			result = join_count(kind == IL_GLOBAL_JOIN_BOTH, value, &weights);
			break;
	}
	result.z = result.variance > 0 ?
		(result.statistic - result.expected) / sqrt(result.variance) : NAN;
	result.p = il_normal_p(result.z);
	return result;
}
