/*
 * apportion.h - whole units to shares in proportion to weights
 */
#ifndef IL_CORE_APPORTION_H
#define IL_CORE_APPORTION_H

#include "core/adjust.h"

/* more units than this are refused: weights take the rest of IL_ADJUST_MAX */
#define IL_APPORTION_MAX	INT64_C(700000000000000000)

/* shares that may be given at once */
#define IL_APPORTION_SHARES	((size_t) 1 << 30)

typedef enum IlApportionStatus
{
	IL_APPORTION_OK,
	IL_APPORTION_OVERFLOW,		/* units beyond IL_APPORTION_MAX, or too many shares */
	IL_APPORTION_NOTHING		/* units, but no weight above 0 */
} IlApportionStatus;

/*
 * weight: n numbers, finite and not negative, in the order that decides ties.
 * part: n, afterwards correction is the share of each; order: room for 2 n
 * numbers.  Shares sum to units, which is not negative.
 */
extern IlApportionStatus il_apportion(const double *weight, size_t n, int64_t units,
									  IlAdjustPart *part, size_t *order, const IlPoll *poll);

#endif
