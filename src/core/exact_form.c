/*
 * exact_form.c - finished sums as bytes and as text
 *
 * Bytes, numbers big-endian:
 *   version 1 | kind 2 (states of several sums only) | counters 8 each |
 *   per sum: length and sign 1 (0x80 = negative) | first digit 1 | digits 4 each,
 *   lowest first.  Zero is the two bytes 0 0.
 * Every state has one such form and no other string of bytes is accepted, so
 * equality and hashing may work on the bytes.
 *
 * Text of a sum: [-]0xHEXpEXPONENT, an odd hexadecimal integer times a power
 * of two (0x0p+0 for zero), exact and readable by strtod() and by Python.
 */
#include "core/exact.h"

#include <stdio.h>

static uint8_t *
put_uint64(uint8_t *at, uint64_t x, int bytes)
{
	for (int i = bytes - 1; i >= 0; i--)
		*at++ = (uint8_t) (x >> (8 * i));
	return at;
}

static uint64_t
get_uint64(const uint8_t *at, int bytes)
{
	uint64_t	x = 0;

	for (int i = 0; i < bytes; i++)
		x = (x << 8) | at[i];
	return x;
}

/* Canonical bytes of a finished state; at most IL_EXACT_MAX_BYTES. */
size_t
il_exact_encode(const IlExactValue *value, uint8_t *bytes)
{
	uint8_t    *at = bytes;

	*at++ = IL_EXACT_VERSION;
	if (value->width > 1)
		at = put_uint64(at, (uint64_t) value->kind, 2);
	for (int i = 0; i < il_exact_counters(value->width); i++)
		at = put_uint64(at, (uint64_t) value->counter[i], 8);
	for (int which = 0; which < value->width; which++)
	{
		const IlExactNumber *number = &value->number[which];

		*at++ = (uint8_t) (number->count | (number->negative ? 0x80 : 0));
		*at++ = (uint8_t) number->first;
		for (int i = 0; i < number->count; i++)
			at = put_uint64(at, number->digit[i], 4);
	}
	return (size_t) (at - bytes);
}

/* One sum; returns what is wrong with it, or NULL and moves `at` behind it. */
static const char *
decode_number(const uint8_t **at, const uint8_t *end, IlExactNumber *number)
{
	if (end - *at < 2)
		return "It ends too early.";
	number->count = (*at)[0] & 0x7F;
	number->negative = ((*at)[0] & 0x80) != 0;
	number->first = (*at)[1];
	*at += 2;
	if (number->first + number->count > IL_EXACT_DIGITS)
		return "A sum has digits out of range.";
	if (number->count == 0)
		return number->negative || number->first != 0 ?
			"A zero sum is not in canonical form." : NULL;
	if (end - *at < 4 * number->count)
		return "It ends too early.";
	for (int i = 0; i < number->count; i++, *at += 4)
		number->digit[i] = (uint32_t) get_uint64(*at, 4);
	if (number->digit[0] == 0 || number->digit[number->count - 1] == 0)
		return "A sum is not in canonical form.";
	return NULL;
}

/*
 * Read canonical bytes of a state with `width` sums.  Returns NULL, or a
 * sentence that says what is wrong.  What the sums mean (their signs, which
 * counter bounds which sum) is for the caller to check.
 */
const char *
il_exact_decode(const uint8_t *bytes, size_t length, int width, IlExactValue *value)
{
	const uint8_t *at = bytes;
	const uint8_t *end = bytes + length;
	int			counters = il_exact_counters(width);

	memset(value->counter, 0, sizeof(value->counter));
	value->width = width;
	value->kind = 0;
	if (length == 0)
		return "It is empty.";
	if (*at++ != IL_EXACT_VERSION)
		return "Its format version is unknown.";
	if (end - at < (width > 1 ? 2 : 0) + 8 * counters)
		return "It ends too early.";
	if (width > 1)
	{
		value->kind = (int) get_uint64(at, 2);
		at += 2;
	}
	for (int i = 0; i < counters; i++, at += 8)
	{
		value->counter[i] = (int64_t) get_uint64(at, 8);
		if (value->counter[i] < 0)
			return "A count is negative.";
	}
	for (int which = 0; which < width; which++)
	{
		const char *wrong = decode_number(&at, end, &value->number[which]);

		if (wrong)
			return wrong;
	}
	return at == end ? NULL : "It has trailing bytes.";
}

/* Text of a sum, terminated; returns its length, below IL_EXACT_NUMBER_TEXT. */
size_t
il_exact_print(const IlExactNumber *number, char *text)
{
	char	   *at = text;
	int			shift;

	if (number->count == 0)
	{
		memcpy(text, "0x0p+0", 7);
		return 6;
	}
	shift = __builtin_ctz(number->digit[0]);
	at += sprintf(at, "%s0x", number->negative ? "-" : "");
	for (int i = number->count - 1, first = 1; i >= 0; i--)
	{
		uint64_t	pair = number->digit[i];
		uint32_t	digit;

		if (i + 1 < number->count)
			pair |= (uint64_t) number->digit[i + 1] << 32;
		digit = (uint32_t) (pair >> shift);
		if (first && digit == 0 && i > 0)
			continue;
		at += sprintf(at, first ? "%x" : "%08x", digit);
		first = 0;
	}
	at += sprintf(at, "p%+d", 32 * number->first + shift - 1074);
	return (size_t) (at - text);
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* p[+-]DECIMAL up to the end of the text; false when it is anything else */
static bool
parse_exponent(const char *at, const char *end, int *exponent)
{
	bool		negative = false;
	int			x = 0;

	if (at == end || *at++ != 'p')
		return false;
	if (at < end && (*at == '+' || *at == '-'))
		negative = *at++ == '-';
	if (at == end || end - at > 4)
		return false;
	for (; at < end; at++)
	{
		if (*at < '0' || *at > '9')
			return false;
		x = 10 * x + (*at - '0');
	}
	*exponent = negative ? -x : x;
	return true;
}

/* Put four bits at an absolute bit place; false when one falls outside. */
static bool
put_nibble(uint32_t *digit, int nibble, int low)
{
	for (int bit = 0; bit < 4; bit++)
	{
		int			place = low + bit;

		if (!((nibble >> bit) & 1))
			continue;
		if (place < 0 || place >= 32 * IL_EXACT_DIGITS)
			return false;
		digit[place >> 5] |= UINT32_C(1) << (place & 31);
	}
	return true;
}

/*
 * Read the text of a sum, any hexadecimal integer times a power of two.
 * Returns NULL, or a sentence that says what is wrong.
 */
const char *
il_exact_parse(const char *text, size_t length, IlExactNumber *number)
{
	uint32_t	digit[IL_EXACT_DIGITS] = {0};
	const char *at = text;
	const char *end = text + length;
	const char *hex;
	int			exponent;
	int			low = 0;
	int			high = IL_EXACT_DIGITS;

	number->negative = at < end && *at == '-';
	at += number->negative;
	if (end - at < 3 || at[0] != '0' || at[1] != 'x')
		return "A sum is a hexadecimal integer times a power of two, for example 0x3p-1.";
	hex = at += 2;
	while (at < end && hex_digit(*at) >= 0)
		at++;
	if (at == hex || at - hex > 9 * IL_EXACT_DIGITS || !parse_exponent(at, end, &exponent))
		return "A sum is a hexadecimal integer times a power of two, for example 0x3p-1.";
	for (int place = exponent + 1074; at-- > hex; place += 4)
		if (!put_nibble(digit, hex_digit(*at), place))
			return "A sum has digits out of range.";

	while (high > 0 && digit[high - 1] == 0)
		high--;
	while (low < high && digit[low] == 0)
		low++;
	number->count = high - low;
	number->first = high > low ? low : 0;
	number->negative = number->negative && high > low;
	memcpy(number->digit, digit + low, sizeof(uint32_t) * (size_t) number->count);
	return NULL;
}
