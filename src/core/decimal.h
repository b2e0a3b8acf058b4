/*
 * decimal.h - exact decimals and fractions, for comparisons at a limit
 *
 * A limit such as "60 % of 1.5" is 0.9, and a plot ratio of 0.9 is not below
 * it; in doubles 0.6 * 1.5 is.  Numbers are therefore taken for the decimals
 * that people see: a literal as written, a double as the shortest decimal that
 * reads back as the same double.  Sums, products and quotients of these are
 * fractions of whole numbers, computed without any rounding.
 *
 * Functions that return bool return false when a number grows beyond
 * IL_BIG_LIMBS; their result is then undefined.
 */
#ifndef IL_CORE_DECIMAL_H
#define IL_CORE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/memory.h"

#define IL_BIG_LIMBS			1024	/* 32,768 bits, about 9,800 digits */
#define IL_DECIMAL_TEXT_SIZE	48		/* room for any text made here */

/* Whole number >= 0, least significant limb first, no leading zero limbs. */
typedef struct IlBig
{
	uint32_t	count;
	uint32_t   *limb;
} IlBig;

/* numerator / denominator * 10^exponent, denominator > 0 */
typedef struct IlFraction
{
	bool		negative;
	int32_t		exponent;
	IlBig		numerator;
	IlBig		denominator;
} IlFraction;

/* The head of a decimal text: head * 10^exponent, exact when "whole". */
typedef struct IlDecimal
{
	uint64_t	head;			/* up to 19 digits, no trailing zeros when whole */
	int32_t		exponent;
	int32_t		last;			/* power of ten of the last digit of the text */
	bool		negative;
	bool		whole;			/* no digit other than 0 was left out */
} IlDecimal;

/* A double and how far at most the number it stands for lies from it. */
typedef struct IlReal
{
	double		value;
	double		error;
} IlReal;

/*
 * Read "[-]digits[.digits][e[+-]digits]"; false when the text is anything else
 * or its exponent is beyond +-100,000.
 */
extern bool il_decimal_scan(const char *text, size_t length, IlDecimal *decimal);

/*
 * True when the decimal has at most 15 digits and a moderate exponent, so that
 * it is the shortest decimal of the double nearest to it (*value).
 */
extern bool il_decimal_is_short(const IlDecimal *decimal, double *value);

/* A double near the decimal, with the bound of its error. */
extern IlReal il_decimal_approximate(const IlDecimal *decimal);

/* Shortest decimal of a finite double; digits as a whole number. */
extern IlDecimal il_decimal_of_double(const IlMemory *memory, double value);

/* Texts: no terminating zero is counted, one is written. */
extern size_t il_decimal_print(const IlDecimal *decimal, char text[IL_DECIMAL_TEXT_SIZE]);
extern size_t il_double_print(const IlMemory *memory, double value,
							  char text[IL_DECIMAL_TEXT_SIZE]);

/* Fractions */
extern bool il_fraction_of_text(const IlMemory *memory, const char *text, size_t length,
								IlFraction *result);
extern bool il_fraction_of_double(const IlMemory *memory, double value, IlFraction *result);
extern bool il_fraction_add(const IlMemory *memory, const IlFraction *a, const IlFraction *b,
							bool subtract, IlFraction *result);
extern bool il_fraction_multiply(const IlMemory *memory, const IlFraction *a,
								 const IlFraction *b, IlFraction *result);
extern bool il_fraction_divide(const IlMemory *memory, const IlFraction *a,
							   const IlFraction *b, IlFraction *result);
extern bool il_fraction_compare(const IlMemory *memory, const IlFraction *a,
								const IlFraction *b, int *sign);
extern bool il_fraction_is_zero(const IlFraction *a);

/* Decimal text of a fraction, rounded half up to at most 1 to 15 significant digits. */
#define IL_FRACTION_DIGITS	15
extern bool il_fraction_print(const IlMemory *memory, const IlFraction *a, int digits,
							  char text[IL_DECIMAL_TEXT_SIZE]);

#endif
