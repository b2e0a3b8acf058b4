/*
 * library_version.c - which library is loaded
 */
#include "postgres.h"

#include "pg/export.h"

#include "utils/builtins.h"

IL_FUNCTION(il_library_version);

Datum
il_library_version(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_TEXT_P(cstring_to_text(IL_VERSION));
}
