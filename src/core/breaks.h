/*
 * breaks.h - upper bounds of classes
 */
#ifndef IL_CORE_BREAKS_H
#define IL_CORE_BREAKS_H

#include "core/memory.h"
#include "core/poll.h"

#define IL_BREAKS_MAX_CLASS	64

/*
 * The classes with the least sum of squared distances from their means (Fisher 1958,
 * Jenks 1977), the optimum itself.  value: rising, finite, n > 0 of them; n_class: 1 to
 * IL_BREAKS_MAX_CLASS.  bound: room for n_class; each is the largest value of its class.
 * Equal values are never parted, so there may be fewer classes: how many is returned.
 * Of partings that are equally good, the one whose last classes begin earliest is taken.
 */
extern int	il_breaks_natural(const double *value, size_t n, int n_class, double *bound,
							  const IlMemory *memory, const IlPoll *poll);

#endif
