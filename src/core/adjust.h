/*
 * adjust.h - closing parts to a control area in whole units
 */
#ifndef IL_CORE_ADJUST_H
#define IL_CORE_ADJUST_H

#include "core/poll.h"

#include <stdbool.h>
#include <stdint.h>

/* larger areas and sums are refused */
#define IL_ADJUST_MAX	INT64_C(1000000000000000000)

typedef enum IlAdjustMethod
{
	IL_ADJUST_PROPORTIONAL,		/* in proportion to area, whole units by largest remainder */
	IL_ADJUST_EQUAL				/* the same for each part, what is left over to the largest */
} IlAdjustMethod;

typedef enum IlAdjustStatus
{
	IL_ADJUST_OK,
	IL_ADJUST_OVERFLOW,			/* the sum of the areas is beyond IL_ADJUST_MAX */
	IL_ADJUST_NOTHING,			/* all areas are 0, so nothing can be in proportion */
	IL_ADJUST_NEGATIVE			/* a part would become smaller than 0 */
} IlAdjustStatus;

typedef struct IlAdjustPart
{
	int64_t		area;			/* in: units, 0 to IL_ADJUST_MAX */
	int64_t		correction;		/* out: units */
	uint64_t	rest;			/* own use */
} IlAdjustPart;

/* the sum of the areas; false on overflow */
extern bool il_adjust_sum(const IlAdjustPart *part, size_t n, int64_t *sum);

/*
 * Parts come in the order that decides ties.  order: room for 2 n numbers.
 * Afterwards area + correction sums to control.  *bad: the part that would
 * become negative.
 */
extern IlAdjustStatus il_adjust(IlAdjustPart *part, size_t n, int64_t control,
								IlAdjustMethod method, size_t *order, const IlPoll *poll,
								size_t *bad);

#endif
