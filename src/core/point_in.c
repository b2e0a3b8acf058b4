/*
 * point_in.c - where a point lies: inside a polygon, on its border, outside
 *
 * A ray to the right: inside is what has an odd number of edges there, over all
 * rings, which for a valid polygon takes care of holes and islands.  An edge
 * counts if one end lies above the ray and the other does not.  Whether it is met
 * to the right of the point is told by a determinant: by doubles where its sign
 * is beyond doubt, else exactly, as a sum of sixteen doubles (Shewchuk 1997).
 */
#include "core/point_in.h"

#include "core/double_double.h"

#include <float.h>
#include <math.h>

/* (3 + 16 u) u, u the rounding unit */
#define SIDE_ERROR	((3.0 + 8.0 * DBL_EPSILON) * (DBL_EPSILON / 2))

#define MOST_TERMS	16

/* a sum of doubles that do not overlap and are not 0, the smallest first */
typedef struct Expansion
{
	size_t		n;
	double		term[MOST_TERMS];
} Expansion;

static void
add_term(Expansion *sum, double term)
{
	size_t		n = 0;

	for (size_t i = 0; i < sum->n; i++)
	{
		IlDoubleDouble part = il_dd_two_sum(term, sum->term[i]);

		if (part.low != 0)
			sum->term[n++] = part.low;
		term = part.high;
	}
	if (term != 0)
		sum->term[n++] = term;
	sum->n = n;
}

static void
add_product(Expansion *sum, double a, double b)
{
	IlDoubleDouble product = il_dd_two_product(a, b);

	add_term(sum, product.low);
	add_term(sum, product.high);
}

/* a b, both exact differences */
static void
add_products(Expansion *sum, IlDoubleDouble a, IlDoubleDouble b, double sign)
{
	add_product(sum, sign * a.low, b.low);
	add_product(sum, sign * a.low, b.high);
	add_product(sum, sign * a.high, b.low);
	add_product(sum, sign * a.high, b.high);
}

static int
find_side_exactly(IlPoint a, IlPoint b, IlPoint p)
{
	Expansion	sum = {0};
	double		largest;

	add_products(&sum, il_dd_two_sum(a.x, -p.x), il_dd_two_sum(b.y, -p.y), 1);
	add_products(&sum, il_dd_two_sum(a.y, -p.y), il_dd_two_sum(b.x, -p.x), -1);
	largest = sum.n == 0 ? 0 : sum.term[sum.n - 1];
	return largest > 0 ? 1 : largest < 0 ? -1 : 0;
}

int
il_point_side(IlPoint a, IlPoint b, IlPoint point)
{
	double		left = (a.x - point.x) * (b.y - point.y);
	double		right = (a.y - point.y) * (b.x - point.x);
	double		determinant = left - right;
	double		error = SIDE_ERROR * (fabs(left) + fabs(right));

	if (determinant > error)
		return 1;
	if (determinant < -error)
		return -1;
	return find_side_exactly(a, b, point);
}

/* an end on the point, or level with it and on both sides of it */
static bool
touches(IlPoint a, IlPoint b, IlPoint p)
{
	return (a.x == p.x && a.y == p.y) ||
		(a.y == p.y && b.y == p.y && (a.x < p.x) != (b.x < p.x));
}

/* adds to *crossings if the edge is met to the right; false if the point lies on it */
static bool
take_edge(IlPoint a, IlPoint b, IlPoint p, unsigned *crossings)
{
	int			side;

	if (touches(a, b, p))
		return false;
	if ((a.y > p.y) == (b.y > p.y) || (a.x < p.x && b.x < p.x))
		return true;
	if (a.x > p.x && b.x > p.x)
	{
		(*crossings)++;
		return true;
	}
	side = il_point_side(a, b, p);
	if (side == 0)
		return false;
	if ((side > 0) == (b.y > a.y))
		(*crossings)++;
	return true;
}

IlPlace
il_point_in(const IlPolygon *polygon, IlPoint point, const IlPoll *poll)
{
	const IlRingList *list = polygon->list;
	unsigned	crossings = 0;
	uint32_t	counter = 0;

	if (!(point.x >= polygon->box.min_x && point.x <= polygon->box.max_x &&
		  point.y >= polygon->box.min_y && point.y <= polygon->box.max_y))
		return IL_PLACE_OUTSIDE;
	for (size_t r = 0; r < list->n_ring; r++)
	{
		const IlRing *ring = &list->ring[r];
		IlPoint		a = il_ring_point(ring, ring->n_point - 1);

		for (size_t i = 0; i < ring->n_point; i++)
		{
			IlPoint		b = il_ring_point(ring, i);

			if (!take_edge(a, b, point, &crossings))
				return IL_PLACE_BORDER;
			a = b;
			il_poll(poll, &counter);
		}
	}
	return crossings % 2 == 1 ? IL_PLACE_INSIDE : IL_PLACE_OUTSIDE;
}
