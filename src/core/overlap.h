/*
 * overlap.h - area of the intersection of two polygons without building it
 */
#ifndef IL_CORE_OVERLAP_H
#define IL_CORE_OVERLAP_H

#include "core/polygon.h"

/* what was done, for benchmarks and tests; all may be summed over calls */
typedef struct IlOverlapCount
{
	uint64_t	pairs;			/* edge pairs integrated */
	uint64_t	recomputed;		/* calls repeated in double-double */
} IlOverlapCount;

/* bytes of working room for two polygons */
extern size_t il_overlap_room(const IlPolygon *a, const IlPolygon *b);

/*
 * In squared units of the coordinates.  Both polygons are valid and finite;
 * otherwise the result is a number without meaning.  Error below 1e-12 of the
 * smaller of the two areas; what is smaller than 2e-13 of it is returned as 0.
 * room: as above, aligned for doubles; count may be NULL.
 */
extern double il_overlap_measure(const IlPolygon *a, const IlPolygon *b, void *room,
								 const IlPoll *poll, IlOverlapCount *count);

#endif
