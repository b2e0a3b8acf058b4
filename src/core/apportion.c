/*
 * apportion.c - whole units to shares in proportion to weights
 *
 * Largest remainder (Hamilton's method): each share is units x weight / sum of
 * the weights rounded down, and the units that are left go one each to the
 * largest remainders.  Weights become integers first: multiples of one power of
 * two, chosen so that their sum stays below 2^58.  What a weight has below that
 * power is dropped, which is nothing as long as there are at most 32 shares and
 * they lie within a factor of two, and less than 2^-57 n of the sum in any case.
 * From there on everything is exact, and is what closes parts to a control area:
 * parts that must grow by `units` altogether.
 */
#include "core/apportion.h"

#include <math.h>

#define WEIGHT_BITS	58

static int
bits_of(size_t n)
{
	int			bits = 0;

	while (bits < 63 && ((size_t) 1 << bits) < n)
		bits++;
	return bits;
}

/* the power of two by which weights become integers, as its exponent */
static int
find_scale(const double *weight, size_t n)
{
	double		largest = 0;
	int			exponent = 0;

	for (size_t i = 0; i < n; i++)
		largest = weight[i] > largest ? weight[i] : largest;
	frexp(largest, &exponent);
	return WEIGHT_BITS - exponent - bits_of(n);
}

IlApportionStatus
il_apportion(const double *weight, size_t n, int64_t units, IlAdjustPart *part,
			 size_t *order, const IlPoll *poll)
{
	int			scale;
	int64_t		sum;
	size_t		bad;

	if (units > IL_APPORTION_MAX || n > IL_APPORTION_SHARES)
		return IL_APPORTION_OVERFLOW;
	scale = find_scale(weight, n);
	for (size_t i = 0; i < n; i++)
		part[i].area = (int64_t) ldexp(weight[i], scale);
	/* below 2^58 + 7e17, so neither this nor the control can overflow */
	il_adjust_sum(part, n, &sum);
	if (il_adjust(part, n, sum + units, IL_ADJUST_PROPORTIONAL, order, poll, &bad) != IL_ADJUST_OK)
		return IL_APPORTION_NOTHING;
	return IL_APPORTION_OK;
}
