/*
 * tiling.h - the plane in tiles that hold about as many objects each
 */
#ifndef IL_CORE_TILING_H
#define IL_CORE_TILING_H

#include "core/memory.h"
#include "core/order.h"
#include "core/polygon.h"

/* slices from left to right, each cut into as many rows */
typedef struct IlTiling
{
	size_t		n_slice;
	size_t		n_row;
	double	   *x;				/* n_slice - 1 cuts */
	double	   *y;				/* n_row - 1 cuts of each slice */
} IlTiling;

/* sample: a few objects stand for all; at least one. Makes n_tile tiles or a few more. */
extern IlTiling il_tiling_make(const IlPoint *sample, size_t n, size_t n_tile,
							   const IlMemory *memory);

extern size_t il_tiling_count(const IlTiling *tiling);

/* the tile of a point, in the whole plane; a point on a cut belongs to the upper side */
extern size_t il_tiling_find(const IlTiling *tiling, double x, double y);

/*
 * The tiles that a box touches, at most `most` of them; if there are more, most + 1
 * is returned and tile is not filled.
 */
extern size_t il_tiling_cover(const IlTiling *tiling, const IlBox *box, size_t *tile, size_t most);

#endif
