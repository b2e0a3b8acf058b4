/*
 * local_statistic.h - where high and low values lie together
 *
 * Local Moran (Anselin 1995), Gi and Gi* (Getis and Ord 1992, Ord and Getis 1995) and
 * local join counts (Anselin and Li 2019), with what chance says of them.
 */
#ifndef IL_CORE_LOCAL_STATISTIC_H
#define IL_CORE_LOCAL_STATISTIC_H

#include "core/memory.h"
#include "core/neighbours.h"
#include "core/poll.h"

#include <stdbool.h>

typedef enum IlLocalKind
{
	/* (n - 1) z_i lag_i / sum of z^2, z = x - mean, lag: mean z of the neighbours */
	IL_LOCAL_MORAN,
	IL_LOCAL_G,					/* share of the neighbours in the sum of all others */
	IL_LOCAL_G_STAR,			/* the same with the row itself on both sides */
	IL_LOCAL_JOIN_COUNT			/* neighbours that are 1, of a row that is 1; values 0 and 1 */
} IlLocalKind;

typedef enum IlChance
{
	IL_CHANCE_PERMUTATION,		/* ranks among shared draws, counted where there are few ways */
	IL_CHANCE_NORMAL			/* of z */
} IlChance;

typedef enum IlLocalState
{
	IL_LOCAL_FOUND,
	IL_LOCAL_ISOLATED,			/* no neighbours */
	IL_LOCAL_TOO_FEW,			/* fewer than 4 rows */
	IL_LOCAL_ZERO_VARIANCE		/* all values are the same */
} IlLocalState;

typedef enum IlQuadrant
{
	IL_QUADRANT_NONE,
	IL_QUADRANT_HIGH_HIGH,
	IL_QUADRANT_LOW_HIGH,
	IL_QUADRANT_LOW_LOW,
	IL_QUADRANT_HIGH_LOW
} IlQuadrant;

/* how p was found */
typedef enum IlLocalMethod
{
	IL_METHOD_NONE,
	IL_METHOD_PERMUTATION,
	IL_METHOD_ENUMERATION,
	IL_METHOD_HYPERGEOMETRIC,
	IL_METHOD_NORMAL
} IlLocalMethod;

typedef struct IlLocalRequest
{
	IlLocalKind kind;
	IlChance	chance;
	/* neighbours weigh 1 or their weight; else the weights of a row sum to 1 */
	bool		binary;
	uint32_t	n_draw;
	uint64_t	seed;
	const double *value;		/* finite */
	const IlNeighbours *neighbours;
} IlLocalRequest;

/* NaN where there is none */
typedef struct IlLocalResult
{
	double		statistic;
	double		z;
	double		lag;			/* mean of the neighbours' values; of a join count their sum */
	double		p;				/* two-sided; of a join count P(at least as many) */
	uint32_t	n_neighbour;
	IlLocalState state;
	IlQuadrant	quadrant;		/* high: above the mean; at the mean is low */
	IlLocalMethod method;
} IlLocalResult;

/*
 * Weights that differ, and rows of more than IL_PERMUTATION_MAX_DEGREE neighbours, have
 * p from z.  result: room for n.
 */
extern void il_local_statistic(const IlLocalRequest *request, IlLocalResult *result,
							   const IlMemory *memory, const IlPoll *poll);

/* P(X >= at_least), X of n_draw draws without replacement from n of which n_marked are marked */
extern double il_hypergeometric_tail(uint64_t n, uint64_t n_marked, uint64_t n_draw,
									 uint64_t at_least);

/*
 * False discovery rate: the smallest share of false ones among those at or below p
 * (Benjamini and Hochberg 1995).  NaN is no test and stays NaN.
 */
extern void il_false_discovery(const double *p, size_t n, double *q, const IlMemory *memory);

/* two-sided */
extern double il_normal_p(double z);

/* whether all values are the same; true of none and one */
extern bool il_is_constant(const double *value, size_t n);

#endif
