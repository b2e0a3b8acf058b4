/*
 * rows.h - rows of a relation, read as the caller may
 *
 * Rows come through one query, so privileges, row security, views and foreign tables
 * are the server's business.
 */
#ifndef IL_PG_ROWS_H
#define IL_PG_ROWS_H

#include "postgres.h"

#include "executor/tuptable.h"

typedef enum IlColumnKind
{
	IL_COLUMN_KEY,				/* an integer, read as bigint */
	IL_COLUMN_NUMBER,			/* a number, or a boolean as 1 and 0; read as double precision */
	IL_COLUMN_TEXT				/* anything, read as text */
} IlColumnKind;

typedef struct IlColumn
{
	const char *argument;		/* that names the column in SQL */
	const char *name;
	IlColumnKind kind;
} IlColumn;

/*
 * The query that reads these columns.  name is set to that of the relation.  Errors:
 * 42P01 no such relation, 42809 one without rows, 42703 no such column, 42804 one of
 * another type.
 */
extern char *il_rows_query(Oid relation, const char *argument, const IlColumn *column, int n,
						   const char **name);

/* slot: until the call returns, all its attributes are there */
typedef void (*IlRowSink) (void *arg, TupleTableSlot *slot);

/*
 * One pass.  The sink runs in a memory context that is emptied after each row.
 * parameter: $1 of the query, a text; NULL if it has none.
 */
extern void il_rows_read(const char *query, const char *parameter, IlRowSink sink, void *arg);

#endif
