/*
 * order.h - sorting edges from left to right
 */
#ifndef IL_CORE_ORDER_H
#define IL_CORE_ORDER_H

#include <stddef.h>
#include <stdint.h>

typedef struct IlOrderItem
{
	double		key;
	double		low;			/* decides where keys are equal; 0 if nothing does */
	size_t		position;
} IlOrderItem;

/*
 * Stable.  item and scratch have room for n each; the result stands in one of
 * them, which is returned, the other is free for use afterwards.
 */
extern IlOrderItem *il_order_sort(IlOrderItem *item, IlOrderItem *scratch, size_t n);

#endif
