/*
 * decimal.c - decimals, doubles and fractions
 *
 * Two facts carry the fast paths:
 * - a decimal of at most 15 significant digits survives the way into a double
 *   and back, so it is the only one of that length for its double;
 * - a quotient or product of two exact doubles is correctly rounded, so
 *   n / 10^k with n < 10^15 and k <= 22 is the double nearest to that decimal.
 * Everything else goes through whole numbers of any size (big.c).
 */
#include "core/decimal.h"
#include "core/big.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define SHORT_LIMIT		UINT64_C(1000000000000000)	/* 10^15 */
#define EXPONENT_LIMIT	100000

static const double power_of_ten[] = {
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The part behind the digits: nothing, or an exponent that ends the text. */
static bool
scan_exponent(const char *text, size_t length, int32_t *exponent)
{
	bool		negative = false;
	size_t		i = 1;

	*exponent = 0;
	if (length == 0)
		return true;
	if (text[0] != 'e' && text[0] != 'E')
		return false;
	if (i < length && (text[i] == '+' || text[i] == '-'))
		negative = text[i++] == '-';
	if (i == length)
		return false;
	for (; i < length; i++)
	{
		if (!is_digit(text[i]))
			return false;
		*exponent = *exponent * 10 + (text[i] - '0');
		if (*exponent > EXPONENT_LIMIT)
			return false;
	}
	if (negative)
		*exponent = -*exponent;
	return true;
}

static void
normalize(IlDecimal *decimal)
{
	if (decimal->head == 0 && decimal->whole)
	{
		decimal->exponent = 0;
		decimal->negative = false;
	}
	while (decimal->whole && decimal->head != 0 && decimal->head % 10 == 0)
	{
		decimal->head /= 10;
		decimal->exponent++;
	}
}

bool
il_decimal_scan(const char *text, size_t length, IlDecimal *decimal)
{
	bool		point = false;
	size_t		digits = 0;
	size_t		i = 0;
	int32_t		exponent;

	memset(decimal, 0, sizeof(*decimal));
	decimal->whole = true;
	if (length > EXPONENT_LIMIT * 2)
		return false;
	if (i < length && text[i] == '-')
	{
		decimal->negative = true;
		i++;
	}
	for (; i < length && (is_digit(text[i]) || (text[i] == '.' && !point)); i++)
	{
		if (text[i] == '.')
		{
			point = true;
			continue;
		}
		digits++;
		decimal->last -= point;
		if (decimal->head < UINT64_C(1000000000000000000))
		{
			decimal->head = decimal->head * 10 + (uint64_t) (text[i] - '0');
			decimal->exponent -= point;
		}
		else
		{
			decimal->whole = decimal->whole && text[i] == '0';
			decimal->exponent += !point;
		}
	}
	if (digits == 0 || !scan_exponent(text + i, length - i, &exponent))
		return false;
	decimal->exponent += exponent;
	decimal->last += exponent;
	normalize(decimal);
	return true;
}

bool
il_decimal_is_short(const IlDecimal *decimal, double *value)
{
	if (!decimal->whole || decimal->head >= SHORT_LIMIT ||
		decimal->exponent < -22 || decimal->exponent > 22)
		return false;
	if (decimal->exponent < 0)
		*value = (double) decimal->head / power_of_ten[-decimal->exponent];
	else
		*value = (double) decimal->head * power_of_ten[decimal->exponent];
	if (decimal->negative)
		*value = -*value;
	return true;
}

/*
 * One rounding for the head, one for each factor 10^22 or less, and up to
 * 10^-18 for digits left out: with exponents within 300 fewer than 20
 * roundings of 2^-53.  Beyond that the error is declared infinite.
 */
IlReal
il_decimal_approximate(const IlDecimal *decimal)
{
	IlReal		real;
	int32_t		exponent = decimal->exponent;

	if (il_decimal_is_short(decimal, &real.value))
	{
		real.error = fabs(real.value) * DBL_EPSILON;
		return real;
	}
	real.value = (double) decimal->head;
	real.error = INFINITY;
	if (exponent < -280 || exponent > 280)
		return real;
	for (; exponent > 0; exponent -= exponent > 22 ? 22 : exponent)
		real.value *= power_of_ten[exponent > 22 ? 22 : exponent];
	for (; exponent < 0; exponent += exponent < -22 ? 22 : -exponent)
		real.value /= power_of_ten[exponent < -22 ? 22 : -exponent];
	real.error = real.value * 16 * DBL_EPSILON;
	if (decimal->negative)
		real.value = -real.value;
	return real;
}

/* Decimals of at most 15 digits; this is where nearly every figure ends. */
static bool
find_short(double value, IlDecimal *decimal)
{
	for (int k = 0; k <= 22; k++)
	{
		double		scaled = value * power_of_ten[k];
		double		whole;

		if (scaled >= 1e15)
			break;
		whole = nearbyint(scaled);
		if (whole / power_of_ten[k] == value)
		{
			decimal->head = (uint64_t) whole;
			decimal->exponent = -k;
			return true;
		}
	}
	for (int k = 1; k <= 22; k++)
	{
		double		scaled = value / power_of_ten[k];
		double		whole = nearbyint(scaled);

		if (whole < 1e15 && whole * power_of_ten[k] == value)
		{
			decimal->head = (uint64_t) whole;
			decimal->exponent = k;
			return true;
		}
	}
	return false;
}

/*
 * A double and the borders of what rounds to it, over one denominator:
 * low / unit < value < high / unit in units of 10^scale.
 */
typedef struct Interval
{
	IlBig		low;
	IlBig		value;
	IlBig		high;
	IlBig		unit;
	bool		closed;			/* the borders round to it too: even mantissa */
} Interval;

static bool
frame_double(const IlMemory *memory, double value, int32_t scale, Interval *frame)
{
	int			exponent;
	double		fraction = frexp(value, &exponent);
	uint64_t	mantissa = (uint64_t) ldexp(fraction, 53);
	bool		border = fraction == 0.5 && exponent > DBL_MIN_EXP;
	IlBig	   *part[3] = {&frame->low, &frame->value, &frame->high};
	bool		ok = true;

	exponent -= 53;
	if (exponent < DBL_MIN_EXP - DBL_MANT_DIG)
	{
		mantissa >>= (DBL_MIN_EXP - DBL_MANT_DIG) - exponent;
		exponent = DBL_MIN_EXP - DBL_MANT_DIG;
	}
	frame->closed = (mantissa & 1) == 0;
	frame->low = il_big_of_uint64(memory, mantissa * 4 - (border ? 1 : 2));
	frame->value = il_big_of_uint64(memory, mantissa * 4);
	frame->high = il_big_of_uint64(memory, mantissa * 4 + 2);
	frame->unit = il_big_of_uint64(memory, 1);
	exponent -= 2;
	for (int i = 0; i < 3 && ok; i++)
	{
		if (exponent > 0)
			ok = il_big_shift(memory, *part[i], (uint32_t) exponent, part[i]);
		if (ok && scale < 0)
			ok = il_big_scale(memory, *part[i], (uint32_t) -scale, part[i]);
	}
	if (ok && exponent < 0)
		ok = il_big_shift(memory, frame->unit, (uint32_t) -exponent, &frame->unit);
	if (ok && scale > 0)
		ok = il_big_scale(memory, frame->unit, (uint32_t) scale, &frame->unit);
	return ok;
}

/* Is candidate within the frame, and how far from the value? */
static bool
within(const IlMemory *memory, const Interval *frame, uint64_t candidate, IlBig *distance)
{
	IlBig		product;
	int			low;
	int			high;

	if (!il_big_multiply(memory, il_big_of_uint64(memory, candidate), frame->unit, &product))
		return false;
	low = il_big_compare(product, frame->low);
	high = il_big_compare(product, frame->high);
	if (low < 0 || high > 0 || ((low == 0 || high == 0) && !frame->closed))
		return false;
	*distance = il_big_compare(product, frame->value) >= 0
		? il_big_subtract(memory, product, frame->value)
		: il_big_subtract(memory, frame->value, product);
	return true;
}

/*
 * The general way: the number of 17 or 18 digits below the value, cut to one
 * digit and then to ever more; the first length at which it or its successor lies in the frame
 * gives the shortest decimal, the nearer of the two (the even one on a tie).
 */
static bool
find_shortest(const IlMemory *memory, double value, IlDecimal *decimal)
{
	int32_t		scale = (int32_t) floor(log10(value)) - 17;
	Interval	frame;
	uint64_t	floor17;
	uint64_t	step = UINT64_C(100000000000000000);
	IlBig		rest;

	if (!frame_double(memory, value, scale, &frame) ||
		!il_big_divide(memory, frame.value, frame.unit, &floor17, &rest))
		return false;
	for (; step > 0; step /= 10)
	{
		uint64_t	below = floor17 / step * step;
		IlBig		to_below;
		IlBig		to_above;
		bool		has_below = within(memory, &frame, below, &to_below);
		bool		has_above = within(memory, &frame, below + step, &to_above);
		int			order;

		if (!has_below && !has_above)
			continue;
		order = !has_above ? -1 : !has_below ? 1 : il_big_compare(to_below, to_above);
		if (order == 0)
			order = below / step % 2 == 0 ? -1 : 1;
		decimal->head = order < 0 ? below : below + step;
		decimal->exponent = scale;
		return true;
	}
	return false;
}

IlDecimal
il_decimal_of_double(const IlMemory *memory, double value)
{
	IlDecimal	decimal = {.whole = true, .negative = value < 0};

	if (value != 0 && !find_short(fabs(value), &decimal))
		find_shortest(memory, fabs(value), &decimal);
	normalize(&decimal);
	return decimal;
}

static char *
write_power(int32_t power, char *out)
{
	char		reversed[8];
	int			length = 0;

	*out++ = 'e';
	*out++ = power < 0 ? '-' : '+';
	for (power = power < 0 ? -power : power; power > 0; power /= 10)
		reversed[length++] = (char) ('0' + power % 10);
	while (length > 0)
		*out++ = reversed[--length];
	return out;
}

/* As people write numbers: plain wherever that stays readable. */
size_t
il_decimal_print(const IlDecimal *decimal, char text[IL_DECIMAL_TEXT_SIZE])
{
	char		digits[20];
	int			count = 0;
	int32_t		point;			/* digits before the point */
	char	   *out = text;

	for (uint64_t rest = decimal->head; rest > 0 || count == 0; rest /= 10)
		digits[count++] = (char) ('0' + rest % 10);
	point = count + decimal->exponent;
	if (decimal->negative)
		*out++ = '-';
	if (point > 21 || point < -5)
	{
		*out++ = digits[--count];
		if (count > 0)
			*out++ = '.';
		while (count > 0)
			*out++ = digits[--count];
		out = write_power(point - 1, out);
	}
	else
	{
		if (point <= 0)
			*out++ = '0';
		for (int32_t i = 0; i < point; i++)
			*out++ = count > 0 ? digits[--count] : '0';
		if (count > 0)
			*out++ = '.';
		for (int32_t i = point; i < 0; i++)
			*out++ = '0';
		while (count > 0)
			*out++ = digits[--count];
	}
	*out = '\0';
	return (size_t) (out - text);
}

size_t
il_double_print(const IlMemory *memory, double value, char text[IL_DECIMAL_TEXT_SIZE])
{
	IlDecimal	decimal = il_decimal_of_double(memory, value);

	return il_decimal_print(&decimal, text);
}
