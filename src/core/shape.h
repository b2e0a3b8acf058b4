/*
 * shape.h - a polygon and its key in one block of memory
 *
 * For passes over whole relations: points lie in line and aligned, Z and M are
 * left out, what il_polygon_prepare() finds is kept.  A block may be written to a
 * file and read back; after it moved it must be bound again.
 */
#ifndef IL_CORE_SHAPE_H
#define IL_CORE_SHAPE_H

#include "core/polygon.h"

/* followed by rings, points, key and signs; size is a multiple of 8 */
typedef struct IlShape
{
	size_t		size;			/* of the whole block */
	size_t		key_size;
	uint64_t	number;			/* both left to the owner */
	double		value;
	IlRingList	list;
	IlPolygon	polygon;
} IlShape;

extern size_t il_shape_size(const IlRingList *list, size_t key_size);

/*
 * shape: as many bytes as above, aligned for doubles.  Where coordinates are not
 * finite, neither is the area.
 */
extern void il_shape_pack(IlShape *shape, const IlRingList *list,
						  const void *key, size_t key_size);
extern void il_shape_bind(IlShape *shape);

/* aligned for doubles */
extern void *il_shape_key(const IlShape *shape);

#endif
