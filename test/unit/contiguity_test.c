/*
 * contiguity_test.c - neighbours in closed form and beside a slow twin
 */
#include "arena.h"

#include "core/contiguity.h"

#include <math.h>
#include <string.h>

typedef struct Shape
{
	double		xy[2 * 600];
	IlRing		ring[4];
	IlRingList	list;
	signed char sign[4];
} Shape;

/* rings of "x y, x y, ..."; '|' begins a hole; moved by (x, y), begun at another vertex */
static Shape *
shape(const char *text, double x, double y, size_t first)
{
	Shape	   *s = arena_allocate(NULL, sizeof(Shape));
	double	   *at = s->xy;
	const char *c = text;

	memset(s, 0, sizeof(*s));
	while (*c != '\0')
	{
		IlRing	   *ring = &s->ring[s->list.n_ring++];
		double		given[64];
		size_t		n = 0;
		char	   *end;

		while (*c != '\0' && *c != '|')
		{
			given[2 * n] = strtod(c, &end) + x;
			given[2 * n + 1] = strtod(end, &end) + y;
			n++;
			c = *end == ',' ? end + 1 : end;
		}
		*ring = (IlRing) {(const unsigned char *) at, (uint32_t) n + 1, 16, 0, s->list.n_ring > 1};
		for (size_t i = 0; i <= n; i++, at += 2)
			memcpy(at, given + 2 * ((i + first) % n), 2 * sizeof(double));
		c += *c == '|';
	}
	s->list.ring = s->ring;
	s->list.n_part = 1;
	return s;
}

static IlContact
measure(Shape *a, Shape *b, double tolerance, double max_gap)
{
	IlPolygon	p = il_polygon_prepare(&a->list, a->sign);
	IlPolygon	q = il_polygon_prepare(&b->list, b->sign);
	IlReach		reach = {tolerance, max_gap, 0.5};
	void	   *room = malloc(il_contiguity_room(&p, &q));
	IlContact	contact = il_contiguity_measure(&p, &q, &reach, room, NULL);

	free(room);
	return contact;
}

static bool
equal(const IlContact *a, const IlContact *b)
{
	return a->kind == b->kind && a->length == b->length && a->gap == b->gap &&
		a->facing == b->facing;
}

static const char *const kind_name[] = {"none", "corner", "touch", "gap"};

/* both ways round, at three places, with the rings begun anywhere */
static void
gives(const char *a, const char *b, double tolerance, double max_gap, IlContactKind kind,
	  double length, double gap, const char *what)
{
	const double at[][2] = {{0, 0}, {518500, 4331600}, {39518500, 4331600}};
	bool		good = true;

	for (int i = 0; i < 3; i++)
	{
		for (size_t first = 0; first < 4; first++)
		{
			Shape	   *p = shape(a, at[i][0], at[i][1], first);
			Shape	   *q = shape(b, at[i][0], at[i][1], 3 - first);
			IlContact	found = measure(p, q, tolerance, max_gap);
			IlContact	again = measure(q, p, tolerance, max_gap);

			if (found.kind != kind || fabs(found.length - length) > 1e-7 ||
				(kind != IL_CONTACT_NONE && fabs(found.gap - gap) > 1e-7) ||
				!equal(&found, &again))
			{
				good = false;
				printf("# at %g: %s, length %.17g, gap %.17g\n", at[i][0],
					   kind_name[found.kind], found.length, found.gap);
			}
		}
	}
	arena_reset();
	ok(good, "%s", what);
}

#define SQUARE	"0 0,10 0,10 10,0 10"

static void
test_touch(void)
{
	gives(SQUARE, "10 0,20 0,20 10,10 10", 0, 0, IL_CONTACT_TOUCH, 10, 0, "a side in common");
	gives(SQUARE, "10 2,20 2,20 30,10 30", 0, 0, IL_CONTACT_TOUCH, 8, 0, "T-junction");
	gives(SQUARE, "10 2,20 2,20 5,10 5", 0, 0, IL_CONTACT_TOUCH, 3, 0, "part of a side");
	gives(SQUARE, "10 2,10 4,10 6,10 7,20 7,20 2", 0, 0, IL_CONTACT_TOUCH, 5, 0,
		  "vertices in between");
	gives(SQUARE, "10 10,20 10,20 20,10 20", 0, 0, IL_CONTACT_CORNER, 0, 0, "a corner");
	gives(SQUARE, "10 10,20 10,20 20,10 20", 0.05, 0, IL_CONTACT_CORNER, 0, 0,
		  "a corner, with tolerance");
	gives(SQUARE, "10 5,20 0,20 10", 0, 0, IL_CONTACT_CORNER, 0, 0, "a corner at a side");
	gives(SQUARE, "10.02 0,20 0,20 10,10.02 10", 0.05, 0, IL_CONTACT_TOUCH, 10, 0.02,
		  "a crack within the tolerance");
	gives(SQUARE, "10.02 0,20 0,20 10,10.02 10", 0.01, 0, IL_CONTACT_NONE, 0, 0,
		  "a crack beyond the tolerance");
	gives(SQUARE, "9.98 0,20 0,20 10,9.98 10", 0.05, 0, IL_CONTACT_TOUCH, 10.04, 0,
		  "laid over each other within the tolerance");
	gives(SQUARE, "5 5,15 5,15 15,5 15", 0, 0, IL_CONTACT_TOUCH, 0, 0, "an overlap");
	gives(SQUARE, "2 2,4 2,4 4,2 4", 0, 0, IL_CONTACT_TOUCH, 0, 0, "one inside the other");
	gives(SQUARE "|4 4,6 4,6 6,4 6", "4 4,6 4,6 6,4 6", 0, 0, IL_CONTACT_TOUCH, 8, 0,
		  "what fills a hole");
	gives(SQUARE "|4 4,6 4,6 6,4 6", "4.5 4.5,5 4.5,5 5,4.5 5", 0, 0, IL_CONTACT_NONE, 0, 0,
		  "what stands in a hole");
	gives(SQUARE, SQUARE, 0, 0, IL_CONTACT_TOUCH, 40, 0, "itself");
	gives(SQUARE, "20 0,30 0,30 10,20 10", 0, 9.99, IL_CONTACT_NONE, 0, 0, "too far");
}

static void
test_gap(void)
{
	Shape	   *a;
	IlContact	found;

	gives(SQUARE, "25 0,35 0,35 10,25 10", 0.05, 20, IL_CONTACT_GAP, 0, 15, "across a street");
	gives(SQUARE, "13 14,20 14,20 20,13 20", 0.05, 20, IL_CONTACT_GAP, 0, 5, "corner to corner");
	gives(SQUARE "|4 4,6 4,6 6,4 6", "4.5 4.5,5 4.5,5 5,4.5 5", 0, 2, IL_CONTACT_GAP, 0, 0.5,
		  "in a hole");
	a = shape(SQUARE, 0, 0, 0);
	/* facing side, and on each of the two sides next to it sqrt(18.75^2) - 15 */
	found = measure(a, shape("25 0,35 0,35 10,25 10", 0, 0, 0), 0.05, 20);
	ok(fabs(found.facing - 17.5) < 1e-12, "facing length of two squares: %.15g", found.facing);
	ok(fabs(found.bridge[0].y - 5) < 1e-12 && found.bridge[0].y == found.bridge[1].y,
	   "the bridge is in the middle: %g", found.bridge[0].y);
	/* quarter circles of radius 5 * 1.25 around a corner: 6.25 cut at 3 and 4 */
	found = measure(a, shape("13 14,20 14,20 20,13 20", 0, 0, 0), 0, 20);
	ok(fabs(found.facing - (sqrt(6.25 * 6.25 - 16) + sqrt(6.25 * 6.25 - 9) - 7)) < 1e-12,
	   "facing length at a corner: %.15g", found.facing);
	ok(fabs(found.bridge[0].x + found.bridge[1].x - 23) < 1e-5, "from corner to corner");
	arena_reset();
}

static void
test_bridge(void)
{
	const IlPoint bridge[2] = {{10, 5}, {25, 5}};
	double		room[64];
	const struct
	{
		const char *text;
		double		inside;
	}			at[] = {
		{"12 0,15 0,15 10,12 10", 3}, {"12 5,15 5,15 10,12 10", 0}, {"12 0,15 0,15 5,12 5", 0},
		{"0 0,50 0,50 10,0 10", 15}, {"12 0,15 5,18 0,18 10,12 10", 6},
		{"12 0,20 0,20 10,12 10|14 4,16 4,16 6,14 6", 6}, {"30 0,40 0,40 10,30 10", 0},
		{"0 0,5 0,5 10,0 10", 0}, {"12 6,15 6,15 10,12 10", 0}
	};
	const IlLine crossing = {{12, 0}, {13, 10}};
	const IlLine beside = {{12, 0}, {13, 4.9}};

	for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++)
	{
		Shape	   *s = shape(at[i].text, 0, 0, 0);
		IlPolygon	p = il_polygon_prepare(&s->list, s->sign);
		double		inside = il_contiguity_inside(&p, bridge, room);

		ok(fabs(inside - at[i].inside) < 1e-12, "bridge inside %s: %g", at[i].text, inside);
	}
	ok(il_contiguity_crosses(bridge, &crossing), "a barrier crosses");
	ok(!il_contiguity_crosses(bridge, &beside), "one beside does not");
	arena_reset();
}

/* ---- many vertices: sorting changes nothing ---- */

static uint32_t random_state = 1;

static double
uniform(void)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (random_state >> 8) / 16777216.0;
}

/* a crooked strip: left border from the list, right one straight */
static Shape *
strip(const double *x, size_t n, double far)
{
	Shape	   *s = arena_allocate(NULL, sizeof(Shape));

	memset(s, 0, sizeof(*s));
	for (size_t i = 0; i < n; i++)
	{
		s->xy[2 * i] = x[i];
		s->xy[2 * i + 1] = (double) i;
	}
	s->xy[2 * n] = far;
	s->xy[2 * n + 1] = (double) (n - 1);
	s->xy[2 * n + 2] = far;
	memcpy(s->xy + 2 * n + 4, s->xy, 2 * sizeof(double));
	s->ring[0] = (IlRing) {(const unsigned char *) s->xy, (uint32_t) n + 3, 16, 0, false};
	s->list = (IlRingList) {s->ring, 1, 1, 1, IL_TYPE_POLYGON, 0, false, false};
	return s;
}

/* of all pairs of edges */
static double
slow_distance(const Shape *a, const Shape *b)
{
	double		nearest = INFINITY;

	for (size_t i = 1; i < a->ring[0].n_point; i++)
	{
		for (size_t k = 1; k < b->ring[0].n_point; k++)
		{
			IlLine		s = il_line_make(il_ring_point(&a->ring[0], i - 1),
										 il_ring_point(&a->ring[0], i));
			IlLine		t = il_line_make(il_ring_point(&b->ring[0], k - 1),
										 il_ring_point(&b->ring[0], k));

			nearest = fmin(nearest, il_line_distance_squared(&s, &t));
		}
	}
	return sqrt(nearest);
}

static void
test_many(void)
{
	bool		touches = true;
	bool		gaps = true;

	for (int round = 0; round < 50; round++)
	{
		double		x[200];
		double		moved[200];
		double		length = 0;
		Shape	   *a;
		IlContact	found;

		for (size_t i = 0; i < 200; i++)
		{
			x[i] = 100 + 5 * uniform();
			moved[i] = 120 + 20 * uniform();
			length += i > 0 ? hypot(x[i] - x[i - 1], 1) : 0;
		}
		a = strip(x, 200, 0);
		found = measure(a, strip(x, 200, 200), 0, 0);
		touches = touches && found.kind == IL_CONTACT_TOUCH &&
			fabs(found.length - length) < 1e-9;
		found = measure(a, strip(moved, 200, 200), 0.01, 30);
		gaps = gaps && found.kind == IL_CONTACT_GAP &&
			fabs(found.gap - slow_distance(a, strip(moved, 200, 200))) < 1e-12 &&
			fabs(hypot(found.bridge[0].x - found.bridge[1].x,
					   found.bridge[0].y - found.bridge[1].y) - found.gap) < 0.011;
		arena_reset();
	}
	ok(touches, "crooked borders of 200 vertices: whole length");
	ok(gaps, "crooked gaps: as all pairs of edges say");
}

int
main(void)
{
	test_touch();
	test_gap();
	test_bridge();
	test_many();
	return done();
}
