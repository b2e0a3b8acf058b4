/*
 * argument.c - arguments of functions that take relations, and the rows they return
 */
#include "postgres.h"

#include "pg/argument.h"

#include "funcapi.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

void
il_argument_require(FunctionCallInfo fcinfo, int at, const char *name)
{
	if (PG_ARGISNULL(at))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("%s is null", name)));
}

const char *
il_argument_column(FunctionCallInfo fcinfo, int at)
{
	return PG_ARGISNULL(at) ? NULL : NameStr(*PG_GETARG_NAME(at));
}

Oid
il_argument_relation(FunctionCallInfo fcinfo, int at, const char *name)
{
	if (PG_ARGISNULL(at))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("relation %s is null", name)));
	return PG_GETARG_OID(at);
}

/* "surface, above or below" */
static char *
list_words(const char *const *words)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int i = 0; words[i] != NULL; i++)
		appendStringInfo(&list, i == 0 ? "%s" : words[i + 1] == NULL ? " or %s" : ", %s",
						 words[i]);
	return list.data;
}

int
il_argument_word(FunctionCallInfo fcinfo, int at, const char *name, const char *const *words)
{
	char	   *given;

	il_argument_require(fcinfo, at, name);
	given = text_to_cstring(PG_GETARG_TEXT_PP(at));
	for (int i = 0; words[i] != NULL; i++)
	{
		if (strcmp(given, words[i]) == 0)
			return i;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s is \"%s\"", name, given),
			 errhint("Give %s.", list_words(words))));
}

Tuplestorestate *
il_result_begin(FunctionCallInfo fcinfo, TupleDesc *desc)
{
	ReturnSetInfo *info;

	InitMaterializedSRF(fcinfo, 0);
	info = (ReturnSetInfo *) fcinfo->resultinfo;
	*desc = info->setDesc;
	return info->setResult;
}
