/*
 * big.h - whole numbers of any size up to IL_BIG_LIMBS (for decimal.c)
 *
 * Results are new; operands are never changed and may be shared.  false: the
 * result would not fit.
 */
#ifndef IL_CORE_BIG_H
#define IL_CORE_BIG_H

#include "core/decimal.h"

extern IlBig il_big_of_uint64(const IlMemory *memory, uint64_t value);
extern bool il_big_of_digits(const IlMemory *memory, const char *text, size_t length,
							 IlBig *result);
extern bool il_big_add(const IlMemory *memory, IlBig a, IlBig b, IlBig *result);
extern IlBig il_big_subtract(const IlMemory *memory, IlBig a, IlBig b);	/* a >= b */
extern bool il_big_multiply(const IlMemory *memory, IlBig a, IlBig b, IlBig *result);
extern bool il_big_shift(const IlMemory *memory, IlBig a, uint32_t bits, IlBig *result);
extern bool il_big_scale(const IlMemory *memory, IlBig a, uint32_t power_of_ten, IlBig *result);
extern int	il_big_compare(IlBig a, IlBig b);
extern uint32_t il_big_bits(IlBig a);

/* Quotient below 2^64 of a / b (b > 0), with the remainder; false when larger. */
extern bool il_big_divide(const IlMemory *memory, IlBig a, IlBig b,
						  uint64_t *quotient, IlBig *remainder);

#endif
