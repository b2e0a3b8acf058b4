/*
 * criterion.h - values of type criterion, faults of the core as errors
 */
#ifndef IL_PG_CRITERION_H
#define IL_PG_CRITERION_H

#include "postgres.h"

#include "core/criterion.h"

/*
 * Raises a fault.  source: the text its position counts in, NULL if that text
 * is not at hand.
 */
extern void il_raise_fault(const IlFault *fault, const char *source) pg_attribute_noreturn();

/* Canonical text of a value, with a terminating zero, in the current context. */
extern char *il_criterion_text(Datum value);

#endif
