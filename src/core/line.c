/*
 * line.c - straight lines near each other, without building anything
 *
 * Everything is computed in differences to one end of a line, so large
 * coordinates do no harm.  On which side of a line a point lies counts as known
 * where the determinant exceeds its rounding error (Shewchuk 1997, stage A);
 * where it does not the point counts as on the line.
 */
#include "core/line.h"

#include <float.h>
#include <math.h>

/* (3 + 16 u) u, u the rounding unit */
#define SIDE_ERROR	((3.0 + 8.0 * DBL_EPSILON) * (DBL_EPSILON / 2))

static const IlStretch nowhere = {1.0, 0.0};

static IlPoint
minus(IlPoint p, IlPoint q)
{
	return (IlPoint) {p.x - q.x, p.y - q.y};
}

static double
dot(IlPoint p, IlPoint q)
{
	return p.x * q.x + p.y * q.y;
}

IlLine
il_line_make(IlPoint p, IlPoint q)
{
	bool		right = p.x < q.x || (p.x == q.x && p.y < q.y);

	return right ? (IlLine) {p, q} : (IlLine) {q, p};
}

double
il_line_length(const IlLine *line)
{
	IlPoint		d = minus(line->to, line->from);

	return sqrt(dot(d, d));
}

/* twice the area of the triangle, positive to the left; 0 where the side is not certain */
static double
side(const IlLine *line, IlPoint p)
{
	IlPoint		d = minus(line->to, line->from);
	IlPoint		w = minus(p, line->from);
	double		left = d.x * w.y;
	double		right = d.y * w.x;
	double		determinant = left - right;

	return fabs(determinant) > SIDE_ERROR * (fabs(left) + fabs(right)) ? determinant : 0.0;
}

/* ---- distance ---- */

static bool
boxes_meet(const IlLine *s, const IlLine *t)
{
	return s->from.x <= t->to.x && t->from.x <= s->to.x &&
		il_least(s->from.y, s->to.y) <= il_greatest(t->from.y, t->to.y) &&
		il_least(t->from.y, t->to.y) <= il_greatest(s->from.y, s->to.y);
}

static bool
is_parted(const IlLine *s, const IlLine *t)
{
	double		from = side(s, t->from);
	double		to = side(s, t->to);

	return (from > 0 && to > 0) || (from < 0 && to < 0);
}

bool
il_line_meets(const IlLine *s, const IlLine *t)
{
	return boxes_meet(s, t) && !is_parted(s, t) && !is_parted(t, s);
}

IlPoint
il_line_point(const IlLine *line, double at)
{
	IlPoint		d = minus(line->to, line->from);

	if (at >= 1.0)
		return line->to;
	return (IlPoint) {line->from.x + at * d.x, line->from.y + at * d.y};
}

IlPoint
il_line_nearest(const IlLine *line, IlPoint p)
{
	IlPoint		d = minus(line->to, line->from);
	double		at = dot(minus(p, line->from), d) / dot(d, d);

	return il_line_point(line, il_greatest(0.0, il_least(1.0, at)));
}

static double
distance_to_point(const IlLine *line, IlPoint p)
{
	IlPoint		d = minus(line->to, line->from);
	IlPoint		w = minus(p, line->from);
	double		along = dot(w, d);
	double		length = dot(d, d);
	double		across;

	if (along <= 0)
		return dot(w, w);
	if (along >= length)
	{
		w = minus(p, line->to);
		return dot(w, w);
	}
	across = side(line, p);
	return across * across / length;
}

double
il_line_distance_squared(const IlLine *s, const IlLine *t)
{
	if (il_line_meets(s, t))
		return 0.0;
	return il_least(il_least(distance_to_point(s, t->from), distance_to_point(s, t->to)),
				il_least(distance_to_point(t, s->from), distance_to_point(t, s->to)));
}

/* ---- stretches ---- */

/* where a value that runs evenly from f to g lies between low and high */
static void
clip(IlStretch *stretch, double f, double g, double low, double high)
{
	if ((f < low && g < low) || (f > high && g > high))
	{
		*stretch = nowhere;
		return;
	}
	if (f < low)
		stretch->low = il_greatest(stretch->low, (low - f) / (g - f));
	if (f > high)
		stretch->low = il_greatest(stretch->low, (high - f) / (g - f));
	if (g < low)
		stretch->high = il_least(stretch->high, (low - f) / (g - f));
	if (g > high)
		stretch->high = il_least(stretch->high, (high - f) / (g - f));
}

/* beside t, no farther than the distance */
static IlStretch
beside(const IlLine *s, const IlLine *t, double distance)
{
	IlPoint		d = minus(t->to, t->from);
	double		square = dot(d, d);
	double		wide = distance * sqrt(square);
	IlStretch	stretch = {0.0, 1.0};

	clip(&stretch, dot(minus(s->from, t->from), d), dot(minus(s->to, t->from), d), 0.0, square);
	if (stretch.low <= stretch.high)
		clip(&stretch, side(t, s->from), side(t, s->to), -wide, wide);
	return stretch;
}

/* in the disc around the centre */
static IlStretch
around(const IlLine *s, IlPoint centre, double distance)
{
	IlPoint		d = minus(s->to, s->from);
	IlPoint		w = minus(s->from, centre);
	double		square = dot(d, d);
	double		half = dot(w, d);
	double		root = half * half - square * (dot(w, w) - distance * distance);
	IlStretch	stretch;

	if (!(root >= 0))
		return nowhere;
	root = sqrt(root);
	stretch.low = il_greatest(0.0, (-half - root) / square);
	stretch.high = il_least(1.0, (-half + root) / square);
	return stretch;
}

static void
unite(IlStretch *to, IlStretch with)
{
	if (with.low > with.high)
		return;
	if (to->low > to->high)
		*to = with;
	else
	{
		to->low = il_least(to->low, with.low);
		to->high = il_greatest(to->high, with.high);
	}
}

IlStretch
il_line_along(const IlLine *s, const IlLine *t, double tolerance)
{
	IlPoint		d = minus(s->to, s->from);
	IlPoint		e = minus(t->to, t->from);
	double		turn = dot(d, e);

	if (2.0 * turn * turn < dot(d, d) * dot(e, e))
		return nowhere;
	return beside(s, t, tolerance);
}

/* what lies around a line is convex, so there is one stretch */
IlStretch
il_line_within(const IlLine *s, const IlLine *t, double distance)
{
	IlStretch	stretch = beside(s, t, distance);

	unite(&stretch, around(s, t->from, distance));
	unite(&stretch, around(s, t->to, distance));
	return stretch;
}
