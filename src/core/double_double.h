/*
 * double_double.h - numbers of 106 bits as the exact sum of two doubles
 *
 * Dekker's and Knuth's error-free operations; needs round to nearest and no
 * contraction.  Relative error of each operation about 1e-31.
 */
#ifndef IL_CORE_DOUBLE_DOUBLE_H
#define IL_CORE_DOUBLE_DOUBLE_H

#include <stdbool.h>

typedef struct IlDoubleDouble
{
	double		high;
	double		low;
} IlDoubleDouble;

/* a + b exactly */
static inline IlDoubleDouble
il_dd_two_sum(double a, double b)
{
	double		sum = a + b;
	double		part = sum - a;
	IlDoubleDouble result = {sum, (a - (sum - part)) + (b - part)};

	return result;
}

/* the same where |a| >= |b| */
static inline IlDoubleDouble
il_dd_quick_sum(double a, double b)
{
	double		sum = a + b;
	IlDoubleDouble result = {sum, b - (sum - a)};

	return result;
}

/* a b exactly, for sizes below 1e300 */
static inline IlDoubleDouble
il_dd_two_product(double a, double b)
{
	const double splitter = 134217729.0;	/* 2^27 + 1 */
	double		product = a * b;
	double		a_big = splitter * a;
	double		b_big = splitter * b;
	double		a_high = a_big - (a_big - a);
	double		b_high = b_big - (b_big - b);
	double		a_low = a - a_high;
	double		b_low = b - b_high;
	IlDoubleDouble result = {
		product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
	};

	return result;
}

static inline IlDoubleDouble
il_dd_add(IlDoubleDouble a, IlDoubleDouble b)
{
	IlDoubleDouble high = il_dd_two_sum(a.high, b.high);
	IlDoubleDouble low = il_dd_two_sum(a.low, b.low);

	high = il_dd_quick_sum(high.high, high.low + low.high);
	return il_dd_quick_sum(high.high, high.low + low.low);
}

static inline IlDoubleDouble
il_dd_negative(IlDoubleDouble a)
{
	IlDoubleDouble result = {-a.high, -a.low};

	return result;
}

static inline IlDoubleDouble
il_dd_subtract(IlDoubleDouble a, IlDoubleDouble b)
{
	return il_dd_add(a, il_dd_negative(b));
}

static inline IlDoubleDouble
il_dd_multiply(IlDoubleDouble a, IlDoubleDouble b)
{
	IlDoubleDouble p = il_dd_two_product(a.high, b.high);

	return il_dd_quick_sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

static inline IlDoubleDouble
il_dd_divide(IlDoubleDouble a, IlDoubleDouble b)
{
	double		first = a.high / b.high;
	IlDoubleDouble one = {first, 0};
	IlDoubleDouble rest = il_dd_subtract(a, il_dd_multiply(b, one));
	double		second = rest.high / b.high;
	IlDoubleDouble two = {second, 0};
	double		third = il_dd_subtract(rest, il_dd_multiply(b, two)).high / b.high;
	IlDoubleDouble three = {third, 0};

	return il_dd_add(il_dd_quick_sum(first, second), three);
}

static inline bool
il_dd_less(IlDoubleDouble a, IlDoubleDouble b)
{
	return a.high < b.high || (a.high == b.high && a.low < b.low);
}

#endif
