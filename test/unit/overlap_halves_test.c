/*
 * overlap_halves_test.c - windows halved to the end give what they give as a whole
 *
 * The kernel is compiled a second time, with limits that make it halve every
 * window and sweep every part.
 */
#define FEW_PAIRS			3
#define FEW_OPEN			0
#define il_overlap_measure	halved_measure
#define il_overlap_room		halved_room
#include "core/overlap.c"
#undef il_overlap_measure
#undef il_overlap_room

#include <stdio.h>
#include <stdlib.h>

/* the kernel as it is, declared again because its header was read under another name */
extern size_t il_overlap_room(const IlPolygon *a, const IlPolygon *b);
extern double il_overlap_measure(const IlPolygon *a, const IlPolygon *b, void *room,
								 const IlPoll *poll, IlOverlapCount *count);

#define MOST	600

static int	n_test = 0;
static int	n_failed = 0;
static uint64_t state = 1;

static void
ok(bool passed, const char *what)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++n_test, what);
	n_failed += !passed;
}

static double
random_part(void)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (double) (state >> 11) / 9007199254740992.0;
}

/* a star with a hole like it; the angles rise, so neither crosses itself */
typedef struct Star
{
	double		xy[2][2 * (MOST + 1)];
	IlRing		ring[2];
	IlRingList	list;
	signed char sign[2];
	IlPolygon	polygon;
} Star;

static void
make_star(Star *star, uint32_t n, double x, double y, double grid)
{
	for (int r = 0; r < 2; r++)
	{
		double	   *xy = star->xy[r];

		for (uint32_t i = 0; i < n; i++)
		{
			double		turn = 2 * 3.14159265358979323846 * i / n;
			double		radius = (0.5 + 0.5 * random_part()) * (r == 0 ? 100 : 45);

			xy[2 * i] = floor((x + radius * cos(turn)) / grid + 0.5) * grid;
			xy[2 * i + 1] = floor((y + radius * sin(turn)) / grid + 0.5) * grid;
		}
		xy[2 * n] = xy[0];
		xy[2 * n + 1] = xy[1];
		star->ring[r] = (IlRing) {(const unsigned char *) xy, n + 1, 16, 0, r == 1};
	}
	star->list = (IlRingList) {.ring = star->ring, .capacity = 2, .n_ring = 2, .n_part = 1};
	star->polygon = il_polygon_prepare(&star->list, star->sign);
}

static void
compare(uint32_t n, double x, double y, double grid, const char *what)
{
	Star	   *a = calloc(2, sizeof(Star));
	Star	   *b = a + 1;
	bool		good = true;

	for (int turn = 0; turn < 20; turn++)
	{
		IlOverlapCount count = {0, 0};
		double		whole;
		double		halved;
		double		smaller;
		void	   *room;

		make_star(a, n, x, y, grid);
		make_star(b, n, x + 150 * random_part() - 75, y + 150 * random_part() - 75, grid);
		if (turn % 5 == 4)
			*b = *a;
		b->list.ring = b->ring;
		b->polygon = il_polygon_prepare(&b->list, b->sign);
		smaller = fmin(a->polygon.area, b->polygon.area);
		room = malloc(il_overlap_room(&a->polygon, &b->polygon));
		whole = il_overlap_measure(&a->polygon, &b->polygon, room, NULL, NULL);
		free(room);
		room = malloc(halved_room(&a->polygon, &b->polygon));
		halved = halved_measure(&a->polygon, &b->polygon, room, NULL, &count);
		free(room);
		if (fabs(whole - halved) > 1e-12 * smaller)
		{
			good = false;
			printf("# %.17g, halved %.17g\n", whole, halved);
		}
	}
	ok(good, what);
	free(a);
}

int
main(void)
{
	compare(7, 518500, 4331600, 0.001, "stars of 7 points");
	compare(7, 0, 0, 1, "stars of 7 points on whole numbers around the origin");
	compare(60, 518500, 4331600, 0.001, "stars of 60 points");
	compare(60, 39518500, 4331600, 0.5, "stars of 60 points, snapped, zone number");
	compare(600, 518500, 4331600, 0.001, "stars of 600 points");
	printf("1..%d\n", n_test);
	return n_failed > 0;
}
