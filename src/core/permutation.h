/*
 * permutation.h - how often chance gives a sum of neighbours as large, or as small
 *
 * Under the hypothesis that values lie about at random, the k neighbours of a row hold
 * any k of the other n - 1 values with equal chance.  The rank of a row is where the
 * sum of its own neighbours stands among the sums of such draws.
 *
 * The draws are shared: one ordered draw without replacement from all rows serves every
 * row that it does not contain, and its first k entries every row of k neighbours.  What
 * is left after taking out the draws that contain a row is distributed exactly as draws
 * from the others.  Where there are few ways to choose, all of them are counted instead.
 */
#ifndef IL_CORE_PERMUTATION_H
#define IL_CORE_PERMUTATION_H

#include "core/memory.h"
#include "core/neighbours.h"
#include "core/poll.h"

#include <stdbool.h>

/* ways to choose that are counted rather than drawn */
#define IL_PERMUTATION_COUNTED		100000
/* rows of more neighbours (and of more rows that are not) have no rank: n_draw is 0 */
#define IL_PERMUTATION_MAX_DEGREE	64
#define IL_PERMUTATION_MAX_DRAW		1000000

typedef struct IlRank
{
	uint32_t	at_least;		/* draws whose sum is at least that of the neighbours */
	uint32_t	at_most;
	uint32_t	n_draw;
	bool		counted;		/* every way to choose, each once */
} IlRank;

/*
 * value: of each row, small enough that the sum of all fits.  n_draw: 1 to
 * IL_PERMUTATION_MAX_DRAW, each rank has at least about as many.  rank: room for n;
 * that of a row without neighbours is all 0.
 */
extern void il_permutation_rank(const IlNeighbours *neighbours, const int64_t *value,
								uint32_t n_draw, uint64_t seed, IlRank *rank,
								const IlMemory *memory, const IlPoll *poll);

/* two-sided: twice the smaller share of draws as extreme, at most 1; NaN without draws */
extern double il_permutation_p(const IlRank *rank);

#endif
