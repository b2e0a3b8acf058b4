/*
 * polygon.h - a list of rings looked at once: extent, area, direction, soundness
 */
#ifndef IL_CORE_POLYGON_H
#define IL_CORE_POLYGON_H

#include "core/order.h"
#include "core/poll.h"
#include "core/ring.h"

typedef struct IlBox
{
	double		min_x;
	double		min_y;
	double		max_x;
	double		max_y;
} IlBox;

/* borrows the list and the signs */
typedef struct IlPolygon
{
	const IlRingList *list;
	const signed char *sign;	/* of each ring: +1 if what it encloses lies to its left */
	IlBox		box;
	double		area;			/* as il_ring_list_area() */
	size_t		n_point;
} IlPolygon;

/* sign: room for one of each ring; coordinates are finite */
extern IlPolygon il_polygon_prepare(const IlRingList *list, signed char *sign);

/*
 * True if the polygon is certainly valid: edges meet only at the ends of
 * neighbours, holes lie in their own polygon, nothing lies in anything else.
 * False: it is not, or it touches itself, or rounding leaves a doubt; then
 * somebody slower must decide.  room: as many bytes as below, aligned for doubles.
 */
extern bool il_polygon_is_plain(const IlPolygon *polygon, void *room, const IlPoll *poll);
extern size_t il_polygon_plain_room(const IlPolygon *polygon);

#endif
