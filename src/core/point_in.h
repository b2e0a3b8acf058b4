/*
 * point_in.h - where a point lies: inside a polygon, on its border, outside
 */
#ifndef IL_CORE_POINT_IN_H
#define IL_CORE_POINT_IN_H

#include "core/polygon.h"

typedef enum IlPlace
{
	IL_PLACE_OUTSIDE,
	IL_PLACE_BORDER,
	IL_PLACE_INSIDE
} IlPlace;

/*
 * Exact for the coordinates as they are, unless a product of two of their
 * differences leaves the range from 1e-250 to 1e300.  The polygon is valid, the
 * point finite.
 */
extern IlPlace il_point_in(const IlPolygon *polygon, IlPoint point, const IlPoll *poll);

/* the side of the line from a to b the point lies on: 1 left, -1 right, 0 on it; exact as above */
extern int	il_point_side(IlPoint a, IlPoint b, IlPoint point);

#endif
