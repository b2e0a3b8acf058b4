/*
 * line.h - straight lines near each other, without building anything
 */
#ifndef IL_CORE_LINE_H
#define IL_CORE_LINE_H

#include "core/ring.h"

/* from is the left end, the lower one of a vertical line; the ends differ */
typedef struct IlLine
{
	IlPoint		from;
	IlPoint		to;
} IlLine;

/* a part of a line, 0 = from, 1 = to; low > high: none */
typedef struct IlStretch
{
	double		low;
	double		high;
} IlStretch;

/* of numbers that are not NaN; fmin() and fmax() are calls */
static inline double
il_least(double x, double y)
{
	return x < y ? x : y;
}

static inline double
il_greatest(double x, double y)
{
	return x > y ? x : y;
}

/* in this form whatever the order of the ends */
extern IlLine il_line_make(IlPoint p, IlPoint q);

extern double il_line_length(const IlLine *line);

/* true where rounding cannot tell it from touching, too */
extern bool il_line_meets(const IlLine *s, const IlLine *t);

extern double il_line_distance_squared(const IlLine *s, const IlLine *t);

/*
 * Where s runs along t: beside it, not beyond its ends, no farther away than the
 * tolerance, and turned by no more than 45 degrees.
 */
extern IlStretch il_line_along(const IlLine *s, const IlLine *t, double tolerance);

/* where s is no farther than the distance from t, its ends included */
extern IlStretch il_line_within(const IlLine *s, const IlLine *t, double distance);

extern IlPoint il_line_point(const IlLine *line, double at);
extern IlPoint il_line_nearest(const IlLine *line, IlPoint p);

#endif
