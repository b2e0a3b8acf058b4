/*
 * polygon.c - a list of rings looked at once: extent, area, direction, soundness
 *
 * Soundness: edges are sorted by their left end and swept from left to right;
 * each is compared with those that are still open and overlap it in y.  Two
 * edges that are no neighbours must lie certainly apart: both ends of one on the
 * same side of the other, by more than the rounding error of the determinant
 * (Shewchuk 1997, stage A).  Where no edges touch, one point of a ring tells
 * which other rings hold all of it.
 */
#include "core/polygon.h"

#include <float.h>
#include <math.h>

/* (3 + 16 u) u, u the rounding unit */
#define SIDE_ERROR	((3.0 + 8.0 * DBL_EPSILON) * (DBL_EPSILON / 2))

/* ---- what is known at once ---- */

static void
extend_box(IlBox *box, const IlRing *ring)
{
	for (size_t i = 0; i < ring->n_point; i++)
	{
		IlPoint		p = il_ring_point(ring, i);

		box->min_x = p.x < box->min_x ? p.x : box->min_x;
		box->max_x = p.x > box->max_x ? p.x : box->max_x;
		box->min_y = p.y < box->min_y ? p.y : box->min_y;
		box->max_y = p.y > box->max_y ? p.y : box->max_y;
	}
}

IlPolygon
il_polygon_prepare(const IlRingList *list, signed char *sign)
{
	IlPolygon	polygon = {
		.list = list, .sign = sign, .box = {INFINITY, INFINITY, -INFINITY, -INFINITY}
	};

	for (size_t r = 0; r < list->n_ring; r++)
	{
		const IlRing *ring = &list->ring[r];
		double		area = il_ring_signed_area(ring);

		sign[r] = (area < 0) != ring->hole ? -1 : 1;
		polygon.area += ring->hole ? -fabs(area) : fabs(area);
		polygon.n_point += ring->n_point;
		extend_box(&polygon.box, ring);
	}
	return polygon;
}

/* ---- soundness ---- */

typedef struct Edge
{
	IlPoint		from;
	IlPoint		to;
	size_t		ring;
	size_t		next;			/* position of the edge that begins where this one ends */
} Edge;

/* on which side of the edge the point lies: 1 left, -1 right, 0 not certain */
static int
side(const Edge *edge, IlPoint p)
{
	double		left = (edge->from.x - p.x) * (edge->to.y - p.y);
	double		right = (edge->from.y - p.y) * (edge->to.x - p.x);
	double		determinant = left - right;
	double		error = SIDE_ERROR * (fabs(left) + fabs(right));

	return determinant > error ? 1 : determinant < -error ? -1 : 0;
}

static bool
same_side(const Edge *edge, const Edge *other)
{
	int			first = side(edge, other->from);

	return first != 0 && first == side(edge, other->to);
}

/* whether the second edge, which begins where the first ends, turns back onto it */
static bool
turns_back(const Edge *first, const Edge *second)
{
	return side(first, second->to) == 0 &&
		(first->to.x - first->from.x) * (second->to.x - second->from.x) +
		(first->to.y - first->from.y) * (second->to.y - second->from.y) <= 0;
}

static double
min_of(double a, double b)
{
	return a < b ? a : b;
}

static double
max_of(double a, double b)
{
	return a > b ? a : b;
}

static bool
apart(const Edge *all, size_t a, size_t b)
{
	const Edge *e = &all[a];
	const Edge *f = &all[b];

	if (max_of(e->from.y, e->to.y) < min_of(f->from.y, f->to.y) ||
		max_of(f->from.y, f->to.y) < min_of(e->from.y, e->to.y))
		return true;
	if (e->next == b)
		return !turns_back(e, f);
	if (f->next == a)
		return !turns_back(f, e);
	return same_side(e, f) || same_side(f, e);
}

/* edges of all rings, those without length left out; false if a ring has fewer than three */
static bool
collect_edges(const IlRingList *list, Edge *edge, size_t *n_edge)
{
	size_t		n = 0;

	for (size_t r = 0; r < list->n_ring; r++)
	{
		const IlRing *ring = &list->ring[r];
		size_t		first = n;

		for (size_t i = 0; i < ring->n_point; i++)
		{
			IlPoint		from = il_ring_point(ring, i);
			IlPoint		to = il_ring_point(ring, i + 1 < ring->n_point ? i + 1 : 0);

			if (from.x == to.x && from.y == to.y)
				continue;
			edge[n] = (Edge) {from, to, r, n + 1};
			n++;
		}
		if (n < first + 3)
			return false;
		edge[n - 1].next = first;
	}
	*n_edge = n;
	return true;
}

static double
left_end(const Edge *edge)
{
	return min_of(edge->from.x, edge->to.x);
}

static double
right_end(const Edge *edge)
{
	return max_of(edge->from.x, edge->to.x);
}

static bool
all_apart(const Edge *edge, size_t n, IlOrderItem *item, const IlPoll *poll)
{
	IlOrderItem *order;
	IlOrderItem *open;			/* edges that reach farther to the right; key: how far */
	size_t		n_open = 0;
	uint32_t	counter = 0;

	for (size_t i = 0; i < n; i++)
		item[i] = (IlOrderItem) {left_end(&edge[i]), 0.0, i};
	order = il_order_sort(item, item + n, n);
	open = order == item ? item + n : item;
	for (size_t i = 0; i < n; i++)
	{
		size_t		current = order[i].position;
		size_t		kept = 0;

		for (size_t k = 0; k < n_open; k++)
		{
			if (open[k].key < order[i].key)
				continue;
			il_poll(poll, &counter);
			if (!apart(edge, open[k].position, current))
				return false;
			open[kept++] = open[k];
		}
		open[kept++] = (IlOrderItem) {right_end(&edge[current]), 0.0, current};
		n_open = kept;
	}
	return true;
}

/* 1 inside, 0 outside, -1 not certain; edges of one ring stand together */
static int
ring_holds(const Edge *edge, const Edge *end, IlPoint p)
{
	bool		inside = false;

	for (; edge < end; edge++)
	{
		int			s;

		if ((edge->from.y > p.y) == (edge->to.y > p.y))
			continue;
		s = side(edge, p);
		if (s == 0)
			return -1;
		if ((s > 0) == (edge->to.y > edge->from.y))
			inside = !inside;
	}
	return inside;
}

/*
 * How a ring lies among the others, which it does not touch: a hole in its own
 * outer ring and, whatever islands and holes there are around, just inside
 * something; an outer ring just outside everything.
 */
static bool
lies_well(const IlRingList *list, const Edge *edge, size_t n, size_t r, IlPoint p)
{
	int			depth = 0;
	bool		in_own = false;

	for (size_t first = 0; first < n;)
	{
		size_t		s = edge[first].ring;
		size_t		end = first;
		int			holds;

		while (end < n && edge[end].ring == s)
			end++;
		holds = s == r ? 0 : ring_holds(edge + first, edge + end, p);
		if (holds < 0)
			return false;
		if (holds > 0)
		{
			depth += list->ring[s].hole ? -1 : 1;
			in_own = in_own || (!list->ring[s].hole && list->ring[s].part == list->ring[r].part);
		}
		first = end;
	}
	return list->ring[r].hole ? depth == 1 && in_own : depth == 0;
}

size_t
il_polygon_plain_room(const IlPolygon *polygon)
{
	return polygon->n_point * (sizeof(Edge) + 2 * sizeof(IlOrderItem));
}

bool
il_polygon_is_plain(const IlPolygon *polygon, void *room, const IlPoll *poll)
{
	const IlRingList *list = polygon->list;
	Edge	   *edge = room;
	IlOrderItem *item = (IlOrderItem *) (edge + polygon->n_point);
	uint32_t	counter = 0;
	size_t		n;

	if (!collect_edges(list, edge, &n) || !all_apart(edge, n, item, poll))
		return false;
	for (size_t i = 0; list->n_ring > 1 && i < n; i++)
	{
		if (i > 0 && edge[i].ring == edge[i - 1].ring)
			continue;
		counter += IL_POLL_INTERVAL;
		il_poll(poll, &counter);
		if (!lies_well(list, edge, n, edge[i].ring, edge[i].from))
			return false;
	}
	return true;
}
