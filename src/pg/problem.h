/*
 * problem.h - what keeps a geometry from being measured, in words
 */
#ifndef IL_PG_PROBLEM_H
#define IL_PG_PROBLEM_H

#include "postgres.h"

#include "core/ring.h"

/*
 * NULL for a sound polygon, else "code: details", palloc'd; never an error because
 * of the geometry.
 */
extern char *il_problem_of(const IlRingList *list);

#endif
