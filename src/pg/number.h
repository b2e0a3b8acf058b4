/*
 * number.h - what every function demands of a number
 *
 * NaN and infinities are refused with 22003, negative areas and counts with
 * 22023; the message names the argument and its value.
 */
#ifndef IL_PG_NUMBER_H
#define IL_PG_NUMBER_H

#include "postgres.h"

#include <math.h>

extern void il_raise_not_finite(double x, const char *argument) pg_attribute_noreturn();
extern void il_raise_negative(double x, const char *argument) pg_attribute_noreturn();
extern void il_raise_part(double part, const char *part_name,
						  double whole, const char *whole_name) pg_attribute_noreturn();
extern void il_raise_out_of_range(const char *what) pg_attribute_noreturn();

static inline double
il_check_finite(double x, const char *argument)
{
	if (unlikely(!isfinite(x)))
		il_raise_not_finite(x, argument);
	return x;
}

static inline double
il_check_not_negative(double x, const char *argument)
{
	il_check_finite(x, argument);
	if (unlikely(x < 0))
		il_raise_negative(x, argument);
	return x;
}

/*
 * Vacant of rentable, dangerous of all: both checked before.  A part that
 * exceeds the whole by rounding only (1e-9 of it) is taken for the whole.
 */
static inline double
il_check_part(double part, const char *part_name, double whole, const char *whole_name)
{
	if (likely(part <= whole))
		return part;
	if (part - whole > 1e-9 * whole)
		il_raise_part(part, part_name, whole, whole_name);
	return whole;
}

#endif
