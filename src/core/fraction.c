/*
 * fraction.c - exact arithmetic with fractions of whole numbers
 *
 * Powers of ten stay apart, so that decimals multiply and compare without
 * growing; fractions are not reduced, because no value lives longer than one
 * comparison.
 */
#include "core/decimal.h"
#include "core/big.h"

#include <math.h>

bool
il_fraction_is_zero(const IlFraction *a)
{
	return a->numerator.count == 0;
}

bool
il_fraction_of_text(const IlMemory *memory, const char *text, size_t length, IlFraction *result)
{
	IlDecimal	decimal;
	size_t		mantissa = 0;

	if (!il_decimal_scan(text, length, &decimal))
		return false;
	result->negative = decimal.negative;
	result->denominator = il_big_of_uint64(memory, 1);
	result->numerator = il_big_of_uint64(memory, decimal.head);
	result->exponent = decimal.exponent;
	if (decimal.whole)
		return true;
	while (mantissa < length && text[mantissa] != 'e' && text[mantissa] != 'E')
		mantissa++;
	result->exponent = decimal.last;
	return il_big_of_digits(memory, text, mantissa, &result->numerator);
}

bool
il_fraction_of_double(const IlMemory *memory, double value, IlFraction *result)
{
	IlDecimal	decimal = il_decimal_of_double(memory, value);

	result->negative = decimal.negative;
	result->denominator = il_big_of_uint64(memory, 1);
	result->numerator = il_big_of_uint64(memory, decimal.head);
	result->exponent = decimal.exponent;
	return isfinite(value);
}

/*
 * Bring both to one denominator and one power of ten; the numerators that
 * result are what is to be added or compared.
 */
static bool
align(const IlMemory *memory, const IlFraction *a, const IlFraction *b,
	  IlBig *a_part, IlBig *b_part)
{
	int64_t		gap = (int64_t) a->exponent - b->exponent;

	if (gap > IL_BIG_LIMBS * 9 || gap < -IL_BIG_LIMBS * 9)
		return false;
	return il_big_multiply(memory, a->numerator, b->denominator, a_part) &&
		il_big_multiply(memory, b->numerator, a->denominator, b_part) &&
		il_big_scale(memory, *a_part, gap > 0 ? (uint32_t) gap : 0, a_part) &&
		il_big_scale(memory, *b_part, gap < 0 ? (uint32_t) -gap : 0, b_part);
}

bool
il_fraction_add(const IlMemory *memory, const IlFraction *a, const IlFraction *b,
				bool subtract, IlFraction *result)
{
	bool		b_negative = b->negative != subtract;
	IlFraction	sum;
	IlBig		left;
	IlBig		right;
	bool		ok;

	if (!align(memory, a, b, &left, &right) ||
		!il_big_multiply(memory, a->denominator, b->denominator, &sum.denominator))
		return false;
	sum.exponent = a->exponent < b->exponent ? a->exponent : b->exponent;
	sum.negative = a->negative;
	if (a->negative == b_negative)
		ok = il_big_add(memory, left, right, &sum.numerator);
	else
	{
		bool		swap = il_big_compare(left, right) < 0;

		sum.numerator = swap ? il_big_subtract(memory, right, left)
			: il_big_subtract(memory, left, right);
		sum.negative = swap ? b_negative : a->negative;
		ok = true;
	}
	*result = sum;
	return ok;
}

static bool
add_exponents(int64_t a, int64_t b, int32_t *sum)
{
	if (a + b > INT32_MAX / 4 || a + b < INT32_MIN / 4)
		return false;
	*sum = (int32_t) (a + b);
	return true;
}

bool
il_fraction_multiply(const IlMemory *memory, const IlFraction *a, const IlFraction *b,
					 IlFraction *result)
{
	IlFraction	product;

	product.negative = a->negative != b->negative;
	if (!add_exponents(a->exponent, b->exponent, &product.exponent) ||
		!il_big_multiply(memory, a->numerator, b->numerator, &product.numerator) ||
		!il_big_multiply(memory, a->denominator, b->denominator, &product.denominator))
		return false;
	*result = product;
	return true;
}

/* The caller has excluded zero divisors. */
bool
il_fraction_divide(const IlMemory *memory, const IlFraction *a, const IlFraction *b,
				   IlFraction *result)
{
	IlFraction	inverse;

	inverse.negative = b->negative;
	inverse.exponent = -b->exponent;
	inverse.numerator = b->denominator;
	inverse.denominator = b->numerator;
	return il_fraction_multiply(memory, a, &inverse, result);
}

bool
il_fraction_compare(const IlMemory *memory, const IlFraction *a, const IlFraction *b, int *sign)
{
	bool		a_negative = a->negative && !il_fraction_is_zero(a);
	bool		b_negative = b->negative && !il_fraction_is_zero(b);
	IlBig		left;
	IlBig		right;

	if (!align(memory, a, b, &left, &right))
		return false;
	if (a_negative != b_negative)
		*sign = a_negative ? -1 : 1;
	else
		*sign = a_negative ? il_big_compare(right, left) : il_big_compare(left, right);
	return true;
}

/* floor(a / 10^scale) and whether the rest is at least one half */
static bool
cut(const IlMemory *memory, const IlFraction *a, int64_t scale, uint64_t *whole, bool *half)
{
	int64_t		shift = (int64_t) a->exponent - scale;
	IlBig		numerator;
	IlBig		denominator;
	IlBig		rest;

	if (shift > IL_BIG_LIMBS * 9 || shift < -IL_BIG_LIMBS * 9 ||
		!il_big_scale(memory, a->numerator, shift > 0 ? (uint32_t) shift : 0, &numerator) ||
		!il_big_scale(memory, a->denominator, shift < 0 ? (uint32_t) -shift : 0, &denominator) ||
		!il_big_divide(memory, numerator, denominator, whole, &rest) ||
		!il_big_shift(memory, rest, 1, &rest))
		return false;
	*half = il_big_compare(rest, denominator) >= 0;
	return true;
}

bool
il_fraction_print(const IlMemory *memory, const IlFraction *a, int digits,
				  char text[IL_DECIMAL_TEXT_SIZE])
{
	IlDecimal	decimal = {.whole = true, .negative = a->negative};
	uint64_t	limit = 1;
	double		magnitude;
	int64_t		scale;
	bool		half = false;

	if (!il_fraction_is_zero(a))
	{
		for (int i = 0; i < digits; i++)
			limit *= 10;
		magnitude = ((double) il_big_bits(a->numerator) -
					 (double) il_big_bits(a->denominator)) * 0.30102999566398120;
		/* one digit too few by the estimate, so that the loop only ever adds */
		scale = (int64_t) floor(magnitude) + a->exponent - digits - 1;
		do
		{
			scale++;
			if (!cut(memory, a, scale, &decimal.head, &half))
				return false;
		} while (decimal.head >= limit);
		decimal.head += half;
		decimal.exponent = (int32_t) scale;
	}
	decimal.negative = decimal.negative && decimal.head != 0;
	while (decimal.head != 0 && decimal.head % 10 == 0)
	{
		decimal.head /= 10;
		decimal.exponent++;
	}
	il_decimal_print(&decimal, text);
	return true;
}
