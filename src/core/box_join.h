/*
 * box_join.h - all pairs of boxes of two lists that share an area
 */
#ifndef IL_CORE_BOX_JOIN_H
#define IL_CORE_BOX_JOIN_H

#include "core/memory.h"
#include "core/poll.h"
#include "core/polygon.h"

/* positions in the two lists */
typedef void (*IlPairSink) (void *arg, size_t a, size_t b);

/* bytes of memory for each box, roughly */
#define IL_BOX_JOIN_BYTES	100

/*
 * Calls the sink once for each pair whose boxes have more than a border in
 * common, in an order that depends on the boxes alone and on the order of the
 * lists.  Boxes are finite; each list is shorter than 2^32.
 */
extern void il_box_join(const IlBox *a, size_t n_a, const IlBox *b, size_t n_b,
						const IlMemory *memory, const IlPoll *poll,
						IlPairSink sink, void *arg);

#endif
