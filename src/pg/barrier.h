/*
 * barrier.h - lines that part neighbours, read from a relation as the caller may
 */
#ifndef IL_PG_BARRIER_H
#define IL_PG_BARRIER_H

#include "postgres.h"

#include "core/line.h"
#include "core/polygon.h"

typedef struct IlBarrierSource
{
	Oid			relation;		/* the argument "barriers" */
	const char *geometry;		/* column, NULL: the usual one */
	const char *class_column;	/* NULL: class */
	int32		srid;			/* that the lines must have; 0: any */
} IlBarrierSource;

/* straight pieces of all lines; borders of polygons are lines, points are none */
typedef struct IlBarrierList
{
	IlLine	   *line;
	IlBox	   *box;
	uint32	   *class_of;		/* of each line, position in the list of classes */
	size_t		n;
	size_t		room;
	text	  **class_name;		/* one of each row */
	size_t		n_class;
	size_t		class_room;
	MemoryContext context;
} IlBarrierList;

/*
 * Into memory of the current context.  Errors: 42809, 42703, 42804 as of a source of
 * polygons; 23502 a class is NULL; 22023 another SRID, a coordinate that is not finite.
 */
extern void il_barrier_read(const IlBarrierSource *source, IlBarrierList *list);

/* by bytes */
extern int	il_barrier_compare(const text *a, const text *b);

#endif
