/*
 * criterion.c - values of type criterion, faults of the core as errors
 *
 * A value is the canonical text behind one byte for the version of the
 * language.  Reading the text takes microseconds and happens once for each
 * ruleset; that a later release reads it needs no conversion.
 */
#include "postgres.h"

#include "pg/criterion.h"

#include "core/criterion_lex.h"
#include "pg/memory.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"

static int
fault_code(IlFaultKind kind)
{
	switch (kind)
	{
		case IL_FAULT_SYNTAX:
			return ERRCODE_SYNTAX_ERROR;
		case IL_FAULT_LIMIT:
			return ERRCODE_PROGRAM_LIMIT_EXCEEDED;
		case IL_FAULT_NAME:
			return ERRCODE_UNDEFINED_COLUMN;
		case IL_FAULT_TYPE:
			return ERRCODE_DATATYPE_MISMATCH;
		case IL_FAULT_ARGUMENT:
			return ERRCODE_INVALID_PARAMETER_VALUE;
		case IL_FAULT_NULL:
			return ERRCODE_NULL_VALUE_NOT_ALLOWED;
		case IL_FAULT_RANGE:
			return ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
		default:
			return ERRCODE_INVALID_TEXT_REPRESENTATION;
	}
}

/* The source from a character on, short enough for a message. */
static char *
text_from(const char *source, uint32_t position)
{
	const char *at = source;

	for (uint32_t i = 1; i < position && *at != '\0'; i++)
		at += pg_mblen(at);
	return pnstrdup(at, (Size) il_excerpt(at, strlen(at)));
}

void
il_raise_fault(const IlFault *fault, const char *source)
{
	const char *rest = source == NULL || fault->position == 0 ? fault->near
		: text_from(source, fault->position);

	ereport(ERROR,
			(errcode(fault_code(fault->kind)),
			 source == NULL ? errmsg("%s", fault->message)
			 : errmsg("invalid criterion: %s", fault->message),
			 fault->position == 0 ? 0
			 : *rest != '\0' ? errdetail("At character %u: %s", fault->position, rest)
			 : errdetail("At character %u.", fault->position),
			 fault->hint[0] == '\0' ? 0 : errhint("%s", fault->hint)));
}

char *
il_criterion_text(Datum value)
{
	struct varlena *varlena = PG_DETOAST_DATUM_PACKED(value);

	return pnstrdup(VARDATA_ANY(varlena) + 1, VARSIZE_ANY_EXHDR(varlena) - 1);
}
