/*
 * argument.h - arguments of functions that take relations, and the rows they return
 */
#ifndef IL_PG_ARGUMENT_H
#define IL_PG_ARGUMENT_H

#include "postgres.h"

#include "fmgr.h"
#include "access/tupdesc.h"
#include "utils/tuplestore.h"

/* 22004 where it is NULL; name as in the message */
extern void il_argument_require(FunctionCallInfo fcinfo, int at, const char *name);

/* the column that an argument of type name names; NULL: the usual one */
extern const char *il_argument_column(FunctionCallInfo fcinfo, int at);

/* the relation that an argument of type regclass names; 22004 where it is NULL */
extern Oid	il_argument_relation(FunctionCallInfo fcinfo, int at, const char *name);

/* the place of a text argument among words, the last of which is NULL; 22004, 22023 */
extern int	il_argument_word(FunctionCallInfo fcinfo, int at, const char *name,
							 const char *const *words);

/* where a set-returning function puts its rows */
extern Tuplestorestate *il_result_begin(FunctionCallInfo fcinfo, TupleDesc *desc);

#endif
