/*
 * local_statistic_test.c - statistics of neighbours against published values and against
 * counting every order of the values
 */
#include "core/global_statistic.h"
#include "core/local_statistic.h"
#include "core/permutation.h"
#include "core/random.h"

#include <math.h>
#include <string.h>

#include "arena.h"

#define MAX_ROW		8
#define MAX_LINK	(MAX_ROW * MAX_ROW)

typedef struct Graph
{
	size_t		start[MAX_ROW + 1];
	uint32_t	to[MAX_LINK];
	IlNeighbours neighbours;
} Graph;

/* link[i] has bit j where j is a neighbour of i */
static void
set_graph(Graph *graph, size_t n, const unsigned *link)
{
	size_t		count = 0;

	for (size_t i = 0; i < n; i++)
	{
		graph->start[i] = count;
		for (uint32_t j = 0; j < n; j++)
		{
			if (link[i] >> j & 1)
				graph->to[count++] = j;
		}
	}
	graph->start[n] = count;
	graph->neighbours = (IlNeighbours) {n, graph->start, graph->to, NULL};
}

static bool
near(double a, double b, double tolerance)
{
	return fabs(a - b) <= tolerance * (1 + fabs(b));
}

/* ---- the generator ---- */

static void
test_random(void)
{
	const uint32_t zero[4] = {0};
	const uint32_t one[4] = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};
	const uint32_t of_zero[4] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
	const uint32_t of_one[4] = {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd};
	uint32_t	block[4];
	IlRandom	random;
	int			count[7] = {0};
	double		chi = 0;

	il_random_block(zero, zero, block);
	ok(memcmp(block, of_zero, sizeof(block)) == 0, "known answer of zeros");
	il_random_block(one, one, block);
	ok(memcmp(block, of_one, sizeof(block)) == 0, "known answer of ones");
	il_random_begin(&random, 1, 0, 0);
	for (int i = 0; i < 70000; i++)
		count[il_random_below(&random, 7)]++;
	for (int i = 0; i < 7; i++)
		chi += pow(count[i] - 10000, 2) / 10000;
	ok(chi < 22.5, "numbers below 7 come equally often (chi square %.2f, 6 degrees)", chi);
}

/* ---- six points ---- */

/* (10,10) (20,10) (40,10) (15,20) (30,20) (30,30), neighbours within 15 */
static const double six_value[6] = {2, 3, 3.2, 5, 8, 7};

static void
six_graph(Graph *graph)
{
	static const double x[6] = {10, 20, 40, 15, 30, 30};
	static const double y[6] = {10, 10, 10, 20, 20, 30};
	unsigned	link[6] = {0};

	for (int i = 0; i < 6; i++)
	{
		for (int j = 0; j < 6; j++)
		{
			if (i != j && hypot(x[i] - x[j], y[i] - y[j]) <= 15)
				link[i] |= 1U << j;
		}
	}
	set_graph(graph, 6, link);
}

static void
check(const char *what, const IlLocalResult *result, const double *expected, size_t field)
{
	bool		same = true;

	for (int i = 0; i < 6; i++)
	{
		double		value;

		memcpy(&value, (const char *) &result[i] + field, sizeof(value));
		same = same && near(value, expected[i], 1e-9);
	}
	ok(same, "%s", what);
}

static const double z_g[6] = {
	-1.01367289855, -0.043615894202, 1.315587028961, -0.314126758205, 1.153739858107,
	1.778339408621
};
static const double z_star[6] = {
	-1.397276262012, -0.289177615627, 0.650649635161, -0.289177615627, 1.23452088352,
	2.02424330939
};
static const double moran[6] = {
	0.3292682927, -0.0888501742, -0.862369338, -0.0191637631, -0.0862369338, 1.3222996516
};
static const double mean[6] = {
	-0.25400697, -0.10069686, -0.07839721, -0.00313589, -0.37944251, -0.18432056
};
static const double variance[6] = {
	0.33109410, 0.07377419, 0.35510933, 0.00260341, 0.06458455, 0.71775838
};
static const IlQuadrant quadrant[6] = {
	IL_QUADRANT_LOW_LOW, IL_QUADRANT_LOW_HIGH, IL_QUADRANT_LOW_HIGH, IL_QUADRANT_HIGH_LOW,
	IL_QUADRANT_HIGH_LOW, IL_QUADRANT_HIGH_HIGH
};
static const uint32_t ranks[6][3] = {
	{9, 2, 10}, {6, 5, 10}, {1, 5, 5}, {7, 4, 10}, {1, 5, 5}, {1, 5, 5}
};

static void
test_six(void)
{
	Graph		graph;
	IlLocalResult result[6];
	IlRank		rank[6];
	int64_t		unit[6];
	bool		same = true;
	IlLocalRequest request = {
		IL_LOCAL_G, IL_CHANCE_PERMUTATION, true, 999, 1, six_value, &graph.neighbours
	};

	six_graph(&graph);
	for (int binary = 0; binary < 2; binary++)
	{
		request.binary = binary;
		request.kind = IL_LOCAL_G;
		il_local_statistic(&request, result, &arena, NULL);
		check(binary ? "Gi, binary" : "Gi, row-standardised: the same", result, z_g,
			  offsetof(IlLocalResult, z));
		request.kind = IL_LOCAL_G_STAR;
		il_local_statistic(&request, result, &arena, NULL);
		check(binary ? "Gi*, binary" : "Gi*, row-standardised: the same", result, z_star,
			  offsetof(IlLocalResult, z));
	}
	request.kind = IL_LOCAL_MORAN;
	request.binary = false;
	il_local_statistic(&request, result, &arena, NULL);
	check("local Moran", result, moran, offsetof(IlLocalResult, statistic));
	for (int i = 0; i < 6; i++)
		same = same && result[i].quadrant == quadrant[i] &&
			near(result[i].z, (moran[i] - mean[i]) / sqrt(variance[i]), 1e-5);
	ok(same, "its quadrants, and z by the enumerated moments");
	for (int i = 0; i < 6; i++)
		unit[i] = (int64_t) llround(six_value[i] * 10);
	il_permutation_rank(&graph.neighbours, unit, 999, 1, rank, &arena, NULL);
	same = true;
	for (int i = 0; i < 6; i++)
		same = same && rank[i].counted && rank[i].at_least == ranks[i][0] &&
			rank[i].at_most == ranks[i][1] && rank[i].n_draw == ranks[i][2];
	ok(same, "every way to choose neighbours is counted");
	ok(near(il_global_statistic(IL_GLOBAL_MORAN, false, six_value, &graph.neighbours,
								&arena, NULL).statistic, 0.118989547038, 1e-10), "global Moran");
	ok(near(il_global_statistic(IL_GLOBAL_G, true, six_value, &graph.neighbours,
								&arena, NULL).statistic, 0.5570977917981074, 1e-12), "global G");
}

/* ---- moments of the global statistics: every order of the values ---- */

typedef struct Moments
{
	double		sum;
	double		square;
	double		n;
} Moments;

static void
every_order(IlGlobalKind kind, double *value, size_t fixed, const IlNeighbours *neighbours,
			Moments *moments)
{
	if (fixed == neighbours->n)
	{
		double		statistic = il_global_statistic(kind, true, value, neighbours,
													&arena, NULL).statistic;

		moments->sum += statistic;
		moments->square += statistic * statistic;
		moments->n++;
		return;
	}
	for (size_t i = fixed; i < neighbours->n; i++)
	{
		double		swap = value[fixed];

		value[fixed] = value[i];
		value[i] = swap;
		every_order(kind, value, fixed + 1, neighbours, moments);
		value[i] = value[fixed];
		value[fixed] = swap;
	}
}

static void
test_global(void)
{
	static const char *const name[] = {"Moran", "G", "links of ones", "links of one and zero"};
	/* one-way links too */
	static const unsigned link[6] = {0x02, 0x05, 0x3a, 0x04, 0x23, 0x10};
	static const double ones[6] = {1, 0, 1, 1, 0, 1};
	double		value[6];
	Graph		graph;

	set_graph(&graph, 6, link);
	for (int kind = IL_GLOBAL_MORAN; kind <= IL_GLOBAL_JOIN_ONE; kind++)
	{
		Moments		moments = {0};
		IlGlobalResult result;
		double		mean;

		memcpy(value, kind >= IL_GLOBAL_JOIN_BOTH ? ones : six_value, sizeof(value));
		result = il_global_statistic((IlGlobalKind) kind, true, value, &graph.neighbours, &arena,
									 NULL);
		every_order((IlGlobalKind) kind, value, 0, &graph.neighbours, &moments);
		mean = moments.sum / moments.n;
		ok(near(result.expected, mean, 1e-12), "%s: the mean of all orders", name[kind]);
		ok(near(result.variance, moments.square / moments.n - mean * mean, 1e-10),
		   "%s: their variance", name[kind]);
	}
}

/* ---- draws against counting ---- */

/* a ring in which each row has k neighbours on one side */
static IlNeighbours
ring(size_t n, size_t k)
{
	size_t	   *start = il_allocate(&arena, (n + 1) * sizeof(size_t));
	uint32_t   *to = il_allocate(&arena, n * k * sizeof(uint32_t));
	IlNeighbours neighbours = {n, start, to, NULL};

	for (size_t i = 0; i <= n; i++)
		start[i] = i * k;
	for (size_t i = 0; i < n; i++)
	{
		/* rising */
		size_t		wrapped = i + k >= n ? i + k - n + 1 : 0;

		for (size_t c = 0; c < k; c++)
			to[i * k + c] = (uint32_t) (c < wrapped ? c : i + 1 + c - wrapped);
	}
	return neighbours;
}

/* shares of all ways to choose three of the others, by brute force */
static void
brute_three(const int64_t *value, size_t n, size_t row, int64_t sum, double *at_least,
			double *at_most)
{
	double		total = 0;

	*at_least = *at_most = 0;
	for (size_t a = 0; a < n; a++)
	{
		for (size_t b = a + 1; b < n; b++)
		{
			for (size_t c = b + 1; c < n; c++)
			{
				int64_t		drawn = value[a] + value[b] + value[c];

				if (a == row || b == row || c == row)
					continue;
				*at_least += drawn >= sum;
				*at_most += drawn <= sum;
				total++;
			}
		}
	}
	*at_least /= total;
	*at_most /= total;
}

static void
test_draws(void)
{
	enum
	{
		N = 120
	};
	IlNeighbours neighbours = ring(N, 3);
	int64_t		value[N];
	IlRank		rank[N];
	IlRank		again[N];
	IlRandom	random;
	double		worst = 0;

	il_random_begin(&random, 7, 9, 0);
	for (int i = 0; i < N; i++)
		value[i] = il_random_below(&random, 40);
	il_permutation_rank(&neighbours, value, 99999, 1, rank, &arena, NULL);
	il_permutation_rank(&neighbours, value, 99999, 1, again, &arena, NULL);
	ok(memcmp(rank, again, sizeof(rank)) == 0, "the same seed gives the same ranks");
	for (size_t i = 0; i < N; i += 7)
	{
		int64_t		sum = 0;
		double		share[2];
		double		found[2] = {
			(double) rank[i].at_least / rank[i].n_draw, (double) rank[i].at_most / rank[i].n_draw
		};

		for (size_t at = neighbours.start[i]; at < neighbours.start[i + 1]; at++)
			sum += value[neighbours.to[at]];
		brute_three(value, N, i, sum, &share[0], &share[1]);
		for (int side = 0; side < 2; side++)
		{
			double		error = fabs(found[side] - share[side]) /
				sqrt(share[side] * (1 - share[side]) / rank[i].n_draw + 1e-12);

			worst = error > worst ? error : worst;
		}
	}
	ok(!rank[0].counted && rank[0].n_draw >= 99999, "C(119, 3) ways are drawn, not counted");
	ok(worst < 5, "shares of draws are those of all ways (%.2f standard errors off)", worst);
}

/* most of the others are neighbours: the same ranks by those who are not */
static void
test_rest(void)
{
	enum
	{
		N = 90
	};
	IlNeighbours many = ring(N, N - 4);
	int64_t		value[N];
	IlRank		rank[N];
	IlRandom	random;
	double		worst = 0;

	il_random_begin(&random, 3, 9, 0);
	for (int i = 0; i < N; i++)
		value[i] = il_random_below(&random, 1000);
	il_permutation_rank(&many, value, 50000, 1, rank, &arena, NULL);
	for (size_t i = 0; i < N; i += 11)
	{
		int64_t		rest = 0;
		double		at_least;
		double		at_most;
		double		error;

		for (size_t j = 0; j < N; j++)
			rest += j == i ? 0 : value[j];
		for (size_t at = many.start[i]; at < many.start[i + 1]; at++)
			rest -= value[many.to[at]];
		brute_three(value, N, i, rest, &at_least, &at_most);
		error = fabs((double) rank[i].at_least / rank[i].n_draw - at_most) /
			sqrt(at_most * (1 - at_most) / rank[i].n_draw + 1e-12);
		worst = error > worst ? error : worst;
	}
	ok(worst < 5, "86 neighbours of 89: by the three that are none (%.2f standard errors)", worst);
}

/* ---- join counts, tails, many tests ---- */

static void
test_join_count(void)
{
	static const double expected[8] = {
		.446154, .230769, .230769, .446154, .2, .076923, .076923, .2
	};
	static const double count[8] = {2, 3, 3, 2, 2, 3, 3, 2};
	size_t		start[17];
	uint32_t	to[64];
	IlNeighbours lattice = {16, start, to, NULL};
	double		value[16];
	IlLocalResult result[16];
	IlLocalRequest request = {
		IL_LOCAL_JOIN_COUNT, IL_CHANCE_PERMUTATION, true, 999, 1, value, &lattice
	};
	size_t		n_link = 0;
	bool		same = true;

	for (uint32_t i = 0; i < 16; i++)
	{
		start[i] = n_link;
		value[i] = i >= 8;
		for (uint32_t j = 0; j < 16; j++)
		{
			int			dx = (int) (i % 4) - (int) (j % 4);
			int			dy = (int) (i / 4) - (int) (j / 4);

			if (abs(dx) + abs(dy) == 1)
				to[n_link++] = j;
		}
	}
	start[16] = n_link;
	il_local_statistic(&request, result, &arena, NULL);
	for (int i = 0; i < 8; i++)
		same = same && isnan(result[i].p) && result[i].statistic == 0 &&
			near(result[i + 8].p, expected[i], 1e-6) && result[i + 8].statistic == count[i];
	ok(same, "local join counts of a 4 x 4 lattice");
	/* of 210 ways to draw 4, 10 x 5 have three marked ones and 5 four */
	ok(near(il_hypergeometric_tail(10, 5, 4, 3), 55.0 / 210, 1e-12), "hypergeometric tail");
	ok(il_hypergeometric_tail(10, 8, 4, 2) == 1 && il_hypergeometric_tail(10, 2, 4, 3) == 0,
	   "what is certain and what cannot be");
}

static void
test_false_discovery(void)
{
	static const double p[11] = {
		.041, .001, .008, NAN, .039, .042, .06, .074, .205, .212, .216
	};
	static const double expected[11] = {
		.084, .01, .04, NAN, .084, .084, .1, .74 / 7, .216, .216, .216
	};
	double		q[11];
	bool		same = true;

	il_false_discovery(p, 11, q, &arena);
	for (int i = 0; i < 11; i++)
		same = same && (isnan(expected[i]) ? isnan(q[i]) : near(q[i], expected[i], 1e-12));
	ok(same, "Benjamini and Hochberg");
}

/* ---- edges ---- */

static void
test_edges(void)
{
	static const unsigned star[5] = {0x1e, 0x01, 0x01, 0x01, 0x00};
	static const double same_value[5] = {0.1, 0.1, 0.1, 0.1, 0.1};
	static const double value[5] = {1, 2, 3, 4, 5};
	Graph		graph;
	IlLocalResult result[5];
	IlLocalRequest request = {
		IL_LOCAL_G, IL_CHANCE_PERMUTATION, false, 99, 1, same_value, &graph.neighbours
	};

	set_graph(&graph, 5, star);
	il_local_statistic(&request, result, &arena, NULL);
	ok(result[0].state == IL_LOCAL_ZERO_VARIANCE && isnan(result[0].z) && isnan(result[0].p),
	   "values that are all the same say nothing");
	ok(result[4].state == IL_LOCAL_ISOLATED, "a row without neighbours");
	request.value = value;
	il_local_statistic(&request, result, &arena, NULL);
	ok(isnan(result[0].z) && result[0].p == 1, "next to all others: the sum is what it must be");
	set_graph(&graph, 3, star);
	il_local_statistic(&request, result, &arena, NULL);
	ok(result[1].state == IL_LOCAL_TOO_FEW, "three rows are too few");
	set_graph(&graph, 0, star);
	il_local_statistic(&request, result, &arena, NULL);
	ok(isnan(il_global_statistic(IL_GLOBAL_MORAN, true, value, &graph.neighbours,
								 &arena, NULL).statistic), "no row at all");
}

int
main(void)
{
	test_random();
	test_six();
	test_global();
	test_draws();
	test_rest();
	test_join_count();
	test_false_discovery();
	test_edges();
	return done();
}
