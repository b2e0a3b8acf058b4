/*
 * global_statistic.h - whether like values lie together at all
 *
 * Moran's I, Getis and Ord's G and join counts, with mean and variance where the values
 * are dealt out to the rows at random (Cliff and Ord 1981; Getis and Ord 1992).
 */
#ifndef IL_CORE_GLOBAL_STATISTIC_H
#define IL_CORE_GLOBAL_STATISTIC_H

#include "core/memory.h"
#include "core/neighbours.h"
#include "core/poll.h"

#include <stdbool.h>

typedef enum IlGlobalKind
{
	IL_GLOBAL_MORAN,			/* n / S0 * sum w z z / sum z^2 */
	IL_GLOBAL_G,				/* sum w x x / sum over i <> j of x x; values not negative */
	IL_GLOBAL_JOIN_BOTH,		/* links between two rows that are 1; values 0 and 1 */
	IL_GLOBAL_JOIN_ONE			/* links between a row that is 1 and one that is 0 */
} IlGlobalKind;

/* NaN where there is none: no links, fewer than 4 rows, values all the same */
typedef struct IlGlobalResult
{
	double		statistic;
	double		expected;
	double		variance;
	double		z;
	double		p;				/* two-sided, normal */
} IlGlobalResult;

/* binary: neighbours weigh 1 or their weight, else those of a row sum to 1 */
extern IlGlobalResult il_global_statistic(IlGlobalKind kind, bool binary, const double *value,
										  const IlNeighbours *neighbours, const IlMemory *memory,
										  const IlPoll *poll);

#endif
