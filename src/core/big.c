/*
 * big.c - whole numbers of any size, schoolbook methods
 *
 * Only comparisons that doubles cannot decide come here, with numbers of a few
 * limbs; nothing is done for large ones but to stay correct.
 */
#include "core/big.h"

#include <string.h>

static IlBig
make_big(const IlMemory *memory, uint32_t count)
{
	IlBig		big;

	big.count = count;
	big.limb = il_allocate(memory, sizeof(uint32_t) * (count == 0 ? 1 : count));
	memset(big.limb, 0, sizeof(uint32_t) * (count == 0 ? 1 : count));
	return big;
}

static void
trim(IlBig *a)
{
	while (a->count > 0 && a->limb[a->count - 1] == 0)
		a->count--;
}

IlBig
il_big_of_uint64(const IlMemory *memory, uint64_t value)
{
	IlBig		big = make_big(memory, 2);

	big.limb[0] = (uint32_t) value;
	big.limb[1] = (uint32_t) (value >> 32);
	trim(&big);
	return big;
}

/* Characters that are no digits (a sign, a point) are passed over. */
bool
il_big_of_digits(const IlMemory *memory, const char *text, size_t length, IlBig *result)
{
	IlBig		big;
	uint32_t	used = 0;

	if (length / 9 + 1 > IL_BIG_LIMBS)
		return false;
	big = make_big(memory, (uint32_t) (length / 9) + 1);
	for (size_t i = 0; i < length; i++)
	{
		uint64_t	carry;

		if (text[i] < '0' || text[i] > '9')
			continue;
		carry = (uint64_t) (text[i] - '0');
		for (uint32_t j = 0; j < used; j++)
		{
			carry += (uint64_t) big.limb[j] * 10;
			big.limb[j] = (uint32_t) carry;
			carry >>= 32;
		}
		if (carry != 0)
			big.limb[used++] = (uint32_t) carry;
	}
	big.count = used;
	*result = big;
	return true;
}

bool
il_big_add(const IlMemory *memory, IlBig a, IlBig b, IlBig *result)
{
	uint32_t	count = (a.count > b.count ? a.count : b.count) + 1;
	uint64_t	carry = 0;
	IlBig		sum;

	if (count > IL_BIG_LIMBS)
		return false;
	sum = make_big(memory, count);
	for (uint32_t i = 0; i < count; i++)
	{
		carry += (uint64_t) (i < a.count ? a.limb[i] : 0) + (i < b.count ? b.limb[i] : 0);
		sum.limb[i] = (uint32_t) carry;
		carry >>= 32;
	}
	trim(&sum);
	*result = sum;
	return true;
}

IlBig
il_big_subtract(const IlMemory *memory, IlBig a, IlBig b)
{
	IlBig		difference = make_big(memory, a.count);
	uint64_t	borrow = 0;

	for (uint32_t i = 0; i < a.count; i++)
	{
		uint64_t	part = (uint64_t) a.limb[i] - (i < b.count ? b.limb[i] : 0) - borrow;

		difference.limb[i] = (uint32_t) part;
		borrow = (part >> 32) & 1;
	}
	trim(&difference);
	return difference;
}

bool
il_big_multiply(const IlMemory *memory, IlBig a, IlBig b, IlBig *result)
{
	IlBig		product;

	if (a.count + b.count > IL_BIG_LIMBS)
		return false;
	product = make_big(memory, a.count + b.count);
	for (uint32_t i = 0; i < a.count; i++)
	{
		uint64_t	carry = 0;

		for (uint32_t j = 0; j < b.count; j++)
		{
			carry += (uint64_t) a.limb[i] * b.limb[j] + product.limb[i + j];
			product.limb[i + j] = (uint32_t) carry;
			carry >>= 32;
		}
		product.limb[i + b.count] = (uint32_t) carry;
	}
	trim(&product);
	*result = product;
	return true;
}

bool
il_big_shift(const IlMemory *memory, IlBig a, uint32_t bits, IlBig *result)
{
	uint32_t	limbs = bits / 32;
	uint32_t	rest = bits % 32;
	IlBig		shifted;

	if (a.count + limbs + 1 > IL_BIG_LIMBS)
		return false;
	shifted = make_big(memory, a.count + limbs + 1);
	for (uint32_t i = 0; i < a.count; i++)
	{
		uint64_t	part = (uint64_t) a.limb[i] << rest;

		shifted.limb[i + limbs] |= (uint32_t) part;
		shifted.limb[i + limbs + 1] = (uint32_t) (part >> 32);
	}
	trim(&shifted);
	*result = shifted;
	return true;
}

bool
il_big_scale(const IlMemory *memory, IlBig a, uint32_t power_of_ten, IlBig *result)
{
	IlBig		scaled;
	uint32_t	used = a.count;

	if (power_of_ten / 9 + a.count + 1 > IL_BIG_LIMBS)
		return false;
	if (power_of_ten == 0 || a.count == 0)
	{
		*result = a;
		return true;
	}
	scaled = make_big(memory, a.count + power_of_ten / 9 + 1);
	memcpy(scaled.limb, a.limb, sizeof(uint32_t) * a.count);
	while (power_of_ten > 0)
	{
		uint32_t	factor = 1;
		uint64_t	carry = 0;

		for (int i = 0; i < 9 && power_of_ten > 0; i++, power_of_ten--)
			factor *= 10;
		for (uint32_t i = 0; i < used; i++)
		{
			carry += (uint64_t) scaled.limb[i] * factor;
			scaled.limb[i] = (uint32_t) carry;
			carry >>= 32;
		}
		if (carry != 0)
			scaled.limb[used++] = (uint32_t) carry;
	}
	scaled.count = used;
	*result = scaled;
	return true;
}

int
il_big_compare(IlBig a, IlBig b)
{
	if (a.count != b.count)
		return a.count < b.count ? -1 : 1;
	for (uint32_t i = a.count; i-- > 0;)
	{
		if (a.limb[i] != b.limb[i])
			return a.limb[i] < b.limb[i] ? -1 : 1;
	}
	return 0;
}

uint32_t
il_big_bits(IlBig a)
{
	uint32_t	bits = a.count * 32;

	if (a.count == 0)
		return 0;
	for (uint32_t top = a.limb[a.count - 1]; (top & 0x80000000u) == 0; top <<= 1)
		bits--;
	return bits;
}

/* Shift and subtract: at most 64 steps, since the quotient fits into 64 bits. */
bool
il_big_divide(const IlMemory *memory, IlBig a, IlBig b, uint64_t *quotient, IlBig *remainder)
{
	uint32_t	abits = il_big_bits(a);
	uint32_t	bbits = il_big_bits(b);
	uint32_t	steps = abits >= bbits ? abits - bbits + 1 : 0;
	IlBig		rest = a;

	*quotient = 0;
	if (steps > 64)
		return false;
	while (steps-- > 0)
	{
		IlBig		part;

		if (!il_big_shift(memory, b, steps, &part))
			return false;
		*quotient <<= 1;
		if (il_big_compare(rest, part) >= 0)
		{
			rest = il_big_subtract(memory, rest, part);
			*quotient |= 1;
		}
	}
	*remainder = rest;
	return true;
}
