/*
 * overlap.c - area of the intersection of two polygons without building it
 *
 * A polygon is the signed sum of what lies under its edges: +1 under an edge that
 * has the polygon below it, -1 under one that has it above.  So
 *     area(A and B) = sum over edges e of A, f of B of
 *                     w(e) w(f) x integral of the lower of e and f,
 * over what the two have in common in x.  No inside test, no crossing point, no
 * topology: the result is a continuous function of the coordinates, and borders
 * that coincide or nearly do cannot break it.  Vertical edges enclose nothing.
 *
 * Edges are first cut to the window that both extents share: below it they count
 * nothing, above it like its upper side.  Coordinates are taken from the window's
 * corner.  If a polygon covers the window, one flat segment is all that is left.
 * A window where many segments lie above each other is halved again and again: in
 * most of the small ones one polygon has one segment or none.
 *
 * Error: an integral is wrong by a few units of rounding times the height of the
 * window and the common width; and an end of a segment that was rounded by a unit
 * of the width moves its edge, which changes the area by no more than that times
 * the height.  Where the sum of these exceeds what is promised (thin slanted
 * strips, very many edges), all is done again in double-double.
 */
#include "core/overlap.h"

#include "core/double_double.h"

#include <float.h>
#include <math.h>

/* each edge gives one segment inside and at most two runs */
#define SEGMENTS(polygon)	(3 * (polygon)->n_point + 2)
#ifndef FEW_PAIRS
#define FEW_PAIRS			1024	/* summed without order */
#define FEW_OPEN			12		/* segments that a sweep may meet */
#endif
#define DEEPEST				24		/* halvings */

#define UNIT				(DBL_EPSILON / 2)
#define INTEGRAL_UNITS		6		/* half of what four heights, their sums and the product take */
#define SEGMENT_UNITS		4		/* difference and cut of two ends */
#define ALLOWED				8e-13	/* of the smaller area */
#define NOTHING				2e-13	/* what is smaller is rounding */

/* what a sum took */
typedef struct Effort
{
	uint64_t	pairs;
	double		size;			/* of each pair the common width, times the window's height */
	double		moved;			/* of segments with a rounded end: W |dy| + H |dx| */
} Effort;

/* working room of one sum */
typedef struct Room
{
	const IlBox *box;			/* the whole window */
	IlOrderItem *item;
	unsigned char *free;		/* what follows is not used */
	unsigned char *end;
} Room;

/*
 * Whether differences to the corner are exact: so they are where no coordinate
 * is more than twice or less than half of the corner's.
 */
static bool
exact_from(const IlPolygon *polygon, double x, double y)
{
	const IlBox *box = &polygon->box;

	return x > 0 && y > 0 && box->min_x >= x / 2 && box->max_x <= 2 * x &&
		box->min_y >= y / 2 && box->max_y <= 2 * y;
}

#define NAME(x)				plain_##x
#define NUMBER				double
#define FROM(a, b)			((a) - (b))
#define ADD(a, b)			((a) + (b))
#define SUBTRACT(a, b)		((a) - (b))
#define MULTIPLY(a, b)		((a) * (b))
#define DIVIDE(a, b)		((a) / (b))
#define LESS(a, b)			((a) < (b))
#define HIGH(x)				(x)
#define LOW(x)				0.0
#include "core/overlap_template.h"

#define NAME(x)				fine_##x
#define NUMBER				IlDoubleDouble
#define FROM(a, b)			il_dd_two_sum(a, -(b))
#define ADD(a, b)			il_dd_add(a, b)
#define SUBTRACT(a, b)		il_dd_subtract(a, b)
#define MULTIPLY(a, b)		il_dd_multiply(a, b)
#define DIVIDE(a, b)		il_dd_divide(a, b)
#define LESS(a, b)			il_dd_less(a, b)
#define HIGH(x)				((x).high)
#define LOW(x)				((x).low)
#include "core/overlap_template.h"

size_t
il_overlap_room(const IlPolygon *a, const IlPolygon *b)
{
	/* all of the window, and as much again twice for parts of it */
	return (SEGMENTS(a) + SEGMENTS(b)) * (3 * sizeof(fine_Segment) + 2 * sizeof(IlOrderItem));
}

static bool
share_window(const IlPolygon *a, const IlPolygon *b, IlBox *box)
{
	box->min_x = fmax(a->box.min_x, b->box.min_x);
	box->max_x = fmin(a->box.max_x, b->box.max_x);
	box->min_y = fmax(a->box.min_y, b->box.min_y);
	box->max_y = fmin(a->box.max_y, b->box.max_y);
	return box->min_x < box->max_x && box->min_y < box->max_y;
}

static double
error_bound(const Effort *effort)
{
	return UNIT * (INTEGRAL_UNITS * effort->size + SEGMENT_UNITS * effort->moved);
}

double
il_overlap_measure(const IlPolygon *a, const IlPolygon *b, void *room,
				   const IlPoll *poll, IlOverlapCount *count)
{
	double		smaller = fmin(a->area, b->area);
	Effort		effort;
	IlBox		box;
	double		area;

	if (!share_window(a, b, &box))
		return 0.0;
	area = fmin(plain_measure(a, b, &box, room, poll, &effort) / 2, smaller);
	if (count != NULL)
		count->pairs += effort.pairs;
	if (error_bound(&effort) > ALLOWED * smaller)
	{
		/* may be better than the areas themselves, and is not held down by them */
		area = fine_measure(a, b, &box, room, poll, &effort) / 2;
		if (count != NULL)
			count->recomputed++;
	}
	return area > NOTHING * smaller ? area : 0.0;
}
