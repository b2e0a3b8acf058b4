/*
 * neighbours.h - who is next to whom, by position
 */
#ifndef IL_CORE_NEIGHBOURS_H
#define IL_CORE_NEIGHBOURS_H

#include <stddef.h>
#include <stdint.h>

/*
 * The neighbours of row i are to[start[i]] .. to[start[i + 1] - 1], rising, none twice,
 * i not among them.
 */
typedef struct IlNeighbours
{
	size_t		n;
	const size_t *start;		/* n + 1 of them */
	const uint32_t *to;
	const double *weight;		/* of each; NULL: all weigh the same */
} IlNeighbours;

static inline size_t
il_neighbours_count(const IlNeighbours *neighbours, size_t row)
{
	return neighbours->start[row + 1] - neighbours->start[row];
}

#endif
