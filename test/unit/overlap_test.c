/*
 * overlap_test.c - area of intersections in closed form, soundness of polygons
 */
#include "core/overlap.h"
#include "core/polygon.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int	n_test = 0;
static int	n_failed = 0;

static void
ok(bool passed, const char *what)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++n_test, what);
	n_failed += !passed;
}

static void
near(double got, double expected, double tolerance, const char *what)
{
	ok(fabs(got - expected) <= tolerance, what);
	if (!(fabs(got - expected) <= tolerance))
		printf("# got %.17g, expected %.17g\n", got, expected);
}

/* ---- polygons ---- */

typedef struct Shape
{
	double		xy[400];
	IlRing		ring[8];
	IlRingList	list;
	signed char sign[8];
} Shape;

/*
 * Rings of "x y, x y, ...", closed by the test; '|' begins a hole, '/' a part;
 * everything moved by (x, y).
 */
static Shape *
shape(const char *text, double x, double y)
{
	Shape	   *s = calloc(1, sizeof(Shape));
	double	   *at = s->xy;
	const char *c = text;
	uint32_t	part = 0;
	bool		hole = false;

	while (*c != '\0')
	{
		IlRing	   *ring = &s->ring[s->list.n_ring++];
		double	   *first = at;
		char	   *end;

		while (*c != '\0' && *c != '|' && *c != '/')
		{
			*at++ = strtod(c, &end) + x;
			*at++ = strtod(end, &end) + y;
			c = *end == ',' ? end + 1 : end;
		}
		at[0] = first[0];
		at[1] = first[1];
		at += 2;
		*ring = (IlRing) {
			(const unsigned char *) first, (uint32_t) ((at - first) / 2), 16, part, hole
		};
		hole = *c == '|';
		part += *c == '/';
		c += *c != '\0';
	}
	s->list.ring = s->ring;
	s->list.capacity = 8;
	s->list.n_part = part + 1;
	return s;
}

static double
measure(Shape *a, Shape *b, IlOverlapCount *count)
{
	IlPolygon	p = il_polygon_prepare(&a->list, a->sign);
	IlPolygon	q = il_polygon_prepare(&b->list, b->sign);
	void	   *room = malloc(il_overlap_room(&p, &q));
	double		area = il_overlap_measure(&p, &q, room, NULL, count);

	free(room);
	return area;
}

/* both ways round, at the origin and at survey coordinates */
static void
gives(const char *a, const char *b, double expected, const char *what)
{
	const double at[][2] = {{0, 0}, {518500, 4331600}, {39518500, 4331600}};
	bool		good = true;

	for (int i = 0; i < 3; i++)
	{
		Shape	   *p = shape(a, at[i][0], at[i][1]);
		Shape	   *q = shape(b, at[i][0], at[i][1]);
		double		first = measure(p, q, NULL);
		double		second = measure(q, p, NULL);

		if (fabs(first - expected) > 1e-12 * (1 + expected) ||
			fabs(second - expected) > 1e-12 * (1 + expected))
		{
			good = false;
			printf("# at %g: %.17g and %.17g, expected %.17g\n", at[i][0], first, second, expected);
		}
		free(p);
		free(q);
	}
	ok(good, what);
}

#define SQUARE	"0 0,10 0,10 10,0 10"

static void
test_closed_forms(void)
{
	gives(SQUARE, "5 5,15 5,15 15,5 15", 25, "two squares");
	gives(SQUARE, SQUARE, 100, "a square with itself");
	gives(SQUARE, "0 0,0 10,10 10,10 0", 100, "with itself in the other direction");
	gives(SQUARE, "2 2,4 2,4 4,2 4", 4, "one inside the other");
	gives(SQUARE, "20 0,30 0,30 10", 0, "apart");
	gives(SQUARE, "10 0,20 0,20 10,10 10", 0, "a common border");
	gives(SQUARE, "10 10,20 10,20 20,10 20", 0, "a common corner");
	gives(SQUARE, "0 0,5 0,5 10,0 10", 50, "flush on three sides");
	gives("0 0,10 0,0 10", "10 10,10 0,0 10", 0, "two triangles of a square");
	gives("0 0,10 0,0 10", "0 0,10 10,0 10", 25, "triangles over each other");
	gives(SQUARE, "5 -5,15 5,5 15,-5 5", 100, "a square in a turned one, corners on its sides");
	gives(SQUARE, "5 -2,12 5,5 12,-2 5", 82, "four corners cut off by it");
	gives("0 0,10 0,10 10,0 10|4 4,6 4,6 6,4 6", "5 0,20 0,20 10,5 10", 48, "a hole");
	gives("0 0,10 0,10 10,0 10|4 4,6 4,6 6,4 6", "4 4,6 4,6 6,4 6", 0, "what fills a hole");
	gives("0 0,10 0,10 10,0 10|4 4,4 6,6 6,6 4", "3 3,7 3,7 7,3 7", 12, "a hole inside");
	gives("0 0,2 0,2 2,0 2/8 8,10 8,10 10,8 10", SQUARE, 8, "two parts");
	gives("0 0,2 0,2 2,0 2/8 8,10 8,10 10,8 10", "1 1,9 1,9 9,1 9", 2, "two parts, a corner each");
	gives("0 0,20 0,20 2,2 2,2 20,0 20", "5 5,15 5,15 15,5 15", 0, "extents overlap, nothing else");
	gives("0 0,8 0,8 1,1 1,1 2,8 2,8 3,0 3", "2 0,4 0,4 3,2 3", 4, "a comb");
	gives("0 0,10 0,10 0,10 10,10 10,0 10,0 0", SQUARE, 100, "points that come twice");
	gives("0 0,5 0,10 0,10 5,10 10,0 10,0 5", SQUARE, 100, "points on straight edges");
}

/*
 * Only vertical edges of the first pass through the window: they carry no area,
 * but what is on their two sides differs.
 */
static void
test_vertical_edges(void)
{
	gives("0 -100,20 -100,20 -90,10 -90,10 100,0 100", "5 0,15 0,15 10,5 10", 50,
		  "one vertical edge through the window");
	gives("0 -100,40 -100,40 100,30 100,30 -90,10 -90,10 100,0 100", "5 0,35 0,35 10,5 10", 100,
		  "two vertical edges, outside between them");
	gives("-40 -100,40 -100,40 100,20 100,20 100,20 -100,10 -100,10 100,-40 100",
		  "5 0,15 0,15 10,5 10", 50, "a vertical edge to the border");
	gives("0 90,20 90,20 100,10 100,10 -100,0 -100", "5 0,15 0,15 10,5 10", 50,
		  "the foot above the window");
}

/* strips of 1 mm by 1 km that cross at an angle; the sum of doubles cannot do it */
static void
test_strips(void)
{
	const double angle = 0.7;
	const double other = 0.7 + 1e-3;
	const double c1 = cos(angle), s1 = sin(angle), c2 = cos(other), s2 = sin(other);
	char		a[400];
	char		b[400];
	Shape	   *p;
	Shape	   *q;
	IlOverlapCount count = {0, 0};
	double		area;

	snprintf(a, sizeof(a), "0 0,%.17g %.17g,%.17g %.17g,%.17g %.17g", 1000 * c1, 1000 * s1,
			 1000 * c1 - 0.001 * s1, 1000 * s1 + 0.001 * c1, -0.001 * s1, 0.001 * c1);
	snprintf(b, sizeof(b), "%.17g %.17g,%.17g %.17g,%.17g %.17g,%.17g %.17g",
			 500 * c1 - 500 * c2, 500 * s1 - 500 * s2, 500 * c1 + 500 * c2, 500 * s1 + 500 * s2,
			 500 * c1 + 500 * c2 - 0.001 * s2, 500 * s1 + 500 * s2 + 0.001 * c2,
			 500 * c1 - 500 * c2 - 0.001 * s2, 500 * s1 - 500 * s2 + 0.001 * c2);
	p = shape(a, 0, 0);
	q = shape(b, 0, 0);
	area = measure(p, q, &count);
	/* a rhombus; the corners themselves are rounded by 1e-13 m, 1e-10 of the width */
	near(area, 1e-6 / sin(1e-3), 1e-9 * area, "two strips cross in a rhombus");
	ok(count.recomputed == 1, "done again in double-double");
	near(measure(p, p, NULL), 1.0, 1e-9, "a strip with itself");
	free(p);
	free(q);
	p = shape(SQUARE, 518500, 4331600);
	q = shape("5 5,15 5,15 15,5 15", 518500, 4331600);
	count.recomputed = 0;
	measure(p, q, &count);
	ok(count.recomputed == 0 && count.pairs > 0, "ordinary squares are not done again");
	free(p);
	free(q);
}

/* a polygon of n points on a circle, every other one drawn in */
static double *
wheel(uint32_t n, double x, double y, double in)
{
	double	   *xy = malloc((n + 1) * 2 * sizeof(double));

	for (uint32_t i = 0; i <= n; i++)
	{
		double		turn = 2 * 3.14159265358979323846 * (i % n) / n;
		double		r = 1024 * (i % 2 == 0 || i == n ? 1 : in);

		xy[2 * i] = x + r * cos(turn);
		xy[2 * i + 1] = y + r * sin(turn);
	}
	return xy;
}

static double
measure_wheels(const double *a, const double *b, uint32_t n)
{
	IlRing		ring[2] = {
		{(const unsigned char *) a, n + 1, 16, 0, false},
		{(const unsigned char *) b, n + 1, 16, 0, false}
	};
	IlRingList	list[2] = {
		{.ring = &ring[0], .capacity = 1, .n_ring = 1},
		{.ring = &ring[1], .capacity = 1, .n_ring = 1}
	};
	signed char sign[2];
	IlPolygon	p = il_polygon_prepare(&list[0], &sign[0]);
	IlPolygon	q = il_polygon_prepare(&list[1], &sign[1]);
	void	   *room = malloc(il_overlap_room(&p, &q));
	double		area = il_overlap_measure(&p, &q, room, NULL, NULL);

	free(room);
	return area;
}

static void
test_many_points(void)
{
	const uint32_t n = 10000;
	double	   *a = wheel(n, 518500, 4331600, 1);
	double	   *b = wheel(n, 518500, 4331600, 0.99);
	double	   *c = wheel(n, 518500 + 1024, 4331600, 1);
	double		whole = measure_wheels(a, a, n);
	double		lens = 2 * 1024.0 * 1024 * acos(0.5) - 512 * sqrt(4 * 1024.0 * 1024 - 1024 * 1024);
	double		gap = 3.14159265358979323846 * 1024 * 1024 * 2 / 3 *
		pow(2 * 3.14159265358979323846 / n, 2);

	near(whole, n / 2.0 * 1024 * 1024 * sin(2 * 3.14159265358979323846 / n), 1e-6,
		 "10,000 points with themselves");
	near(measure_wheels(a, b, n), whole * 0.99, 1e-6, "teeth inside a circle: 0.99 of it");
	near(measure_wheels(a, c, n), lens, gap, "two circles of 10,000 points: the lens");
	free(a);
	free(b);
	free(c);
}

/* ---- soundness ---- */

static bool
is_plain(const char *text)
{
	Shape	   *s = shape(text, 518500, 4331600);
	IlPolygon	p = il_polygon_prepare(&s->list, s->sign);
	void	   *room = malloc(il_polygon_plain_room(&p));
	bool		plain = il_polygon_is_plain(&p, room, NULL);

	free(room);
	free(s);
	return plain;
}

static void
test_soundness(void)
{
	ok(is_plain(SQUARE), "a square");
	ok(is_plain("0 0,5 0,10 0,10 10,0 10"), "a point on a straight edge");
	ok(is_plain("0 0,10 0,10 0,10 10,0 10"), "a point that comes twice");
	ok(is_plain("0 0,10 0,10 10,0 10|2 2,4 2,4 4,2 4|6 6,8 6,8 8,6 8"), "two holes");
	ok(is_plain("0 0,10 0,10 10,0 10|2 2,8 2,8 8,2 8/4 4,6 4,6 6,4 6"), "an island in a hole");
	ok(is_plain("0 0,9 0,9 9,0 9|1 1,8 1,8 8,1 8/2 2,7 2,7 7,2 7|3 3,6 3,6 6,3 6"),
	   "an island with a hole in a hole");
	ok(is_plain("0 0,1 0,1 1,0 1/2 0,3 0,3 1,2 1"), "two parts");
	ok(!is_plain("0 0,10 10,10 0,0 10"), "a bow tie is not");
	ok(!is_plain("0 0,10 0,10 10,5 -1,0 10"), "nor a crossing");
	ok(!is_plain("0 0,10 0,10 10,0 10|20 20,21 20,21 21"), "a hole outside");
	ok(!is_plain("0 0,10 0,10 10,0 10|2 2,8 2,8 8,2 8|3 3,4 3,4 4"), "a hole in a hole");
	ok(!is_plain("0 0,10 0,10 10,0 10/2 2,3 2,3 3"), "a part in a part");
	ok(!is_plain("0 0,10 0,10 10,0 10/5 5,15 5,15 15,5 15"), "parts that overlap");
	ok(!is_plain("0 0,10 0,10 10,0 10/0 0,10 0,10 10,0 10"), "the same part twice");
	ok(!is_plain("0 0,1 0,1 1,0 1|5 5,6 5,6 6/4 4,9 4,9 9,4 9"), "a hole in another part");
	ok(!is_plain("0 0,10 0,10 10,0 10|0 0,2 1,1 2"), "a hole that touches is left to others");
	ok(!is_plain("0 0,10 0,5 0,5 10,0 10"), "a spike");
	ok(!is_plain("0 0,5 5,5 5"), "two edges");
	ok(is_plain("0 0,0 10,10 10,10 0"), "a square the other way round");
	ok(is_plain("3 0,7 0,10 3,10 7,7 10,3 10,0 7,0 3"), "an octagon");
	ok(!is_plain("0 10,6 -8,-9 3,9 3,-6 -8"), "a five-pointed star in one stroke");
	ok(!is_plain("0 0,10 0,5 8,0 0,10 0,5 8"), "a triangle gone round twice");
	ok(!is_plain("0 0,10 0,10 10,0 10,0 2,8 2,8 8,2 8"), "a spiral that closes across itself");
	ok(!is_plain("0 0,10 0,20 0"), "no height");
}

int
main(void)
{
	test_closed_forms();
	test_vertical_edges();
	test_strips();
	test_many_points();
	test_soundness();
	printf("1..%d\n", n_test);
	return n_failed > 0;
}
