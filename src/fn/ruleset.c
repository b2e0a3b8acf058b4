/*
 * ruleset.c - the type ruleset: compiled rules as a value
 */
#include "postgres.h"

#include "pg/export.h"

#include "pg/criterion.h"
#include "pg/memory.h"
#include "pg/ruleset.h"

#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"

IL_FUNCTION(il_ruleset_in);
IL_FUNCTION(il_ruleset_out);
IL_FUNCTION(il_ruleset_recv);
IL_FUNCTION(il_ruleset_send);
IL_FUNCTION(il_ruleset_eq);
IL_FUNCTION(il_ruleset_ne);
IL_FUNCTION(il_ruleset_hash);
IL_FUNCTION(il_ruleset_hash_extended);
IL_FUNCTION(il_compile_ruleset);
IL_FUNCTION(il_check_criterion);

static Datum
make_from_json(char *json)
{
	IlRulesetSpec spec;

	il_ruleset_read_json(json, &spec);
	return il_ruleset_make(&spec);
}

Datum
il_ruleset_in(PG_FUNCTION_ARGS)
{
	return make_from_json(PG_GETARG_CSTRING(0));
}

static char *
print(Datum value)
{
	size_t		length;

	return il_ruleset_print(&il_palloc_memory, il_ruleset_from_datum(value), &length);
}

Datum
il_ruleset_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(print(PG_GETARG_DATUM(0)));
}

/* A byte for the format, then the text: a block from outside is never trusted. */
Datum
il_ruleset_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			format = pq_getmsgbyte(message);
	int			length;

	if (format < IL_RULESET_PLAIN || format > IL_RULESET_FORMAT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unknown format %d of a ruleset", format)));
	return make_from_json(pq_getmsgtext(message, message->len - message->cursor, &length));
}

Datum
il_ruleset_send(PG_FUNCTION_ARGS)
{
	char	   *text = print(PG_GETARG_DATUM(0));
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendbyte(&message, il_ruleset_from_datum(PG_GETARG_DATUM(0))->format);
	pq_sendtext(&message, text, (int) strlen(text));
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

static bool
same(Datum left, Datum right)
{
	const IlRuleset *a = il_ruleset_from_datum(left);
	const IlRuleset *b = il_ruleset_from_datum(right);

	return a->size == b->size &&
		memcmp(&a->format, &b->format, a->size - offsetof(IlRuleset, format)) == 0;
}

Datum
il_ruleset_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(same(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)));
}

Datum
il_ruleset_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!same(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)));
}

Datum
il_ruleset_hash(PG_FUNCTION_ARGS)
{
	const IlRuleset *ruleset = il_ruleset_from_datum(PG_GETARG_DATUM(0));

	return hash_any((const unsigned char *) ruleset->fingerprint,
					sizeof(ruleset->fingerprint));
}

Datum
il_ruleset_hash_extended(PG_FUNCTION_ARGS)
{
	const IlRuleset *ruleset = il_ruleset_from_datum(PG_GETARG_DATUM(0));

	return hash_any_extended((const unsigned char *) ruleset->fingerprint,
							 sizeof(ruleset->fingerprint), (uint64) PG_GETARG_INT64(1));
}

static void
require(FunctionCallInfo fcinfo, int argument, const char *name)
{
	if (PG_ARGISNULL(argument))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("%s must not be NULL", name)));
}

Datum
il_compile_ruleset(PG_FUNCTION_ARGS)
{
	IlRulesetSpec spec;

	memset(&spec, 0, sizeof(spec));
	require(fcinfo, 0, "name");
	require(fcinfo, 1, "version");
	require(fcinfo, 3, "criteria_needed");
	require(fcinfo, 4, "facts");
	require(fcinfo, 5, "rules");
	spec.name = text_to_cstring(PG_GETARG_TEXT_PP(0));
	spec.version = text_to_cstring(PG_GETARG_TEXT_PP(1));
	spec.as_of = IL_NO_DATE;
	if (!PG_ARGISNULL(2))
	{
		DateADT		as_of = PG_GETARG_DATEADT(2);

		if (DATE_NOT_FINITE(as_of))
			ereport(ERROR,
					(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
					 errmsg("as_of must be a finite date")));
		spec.as_of = as_of;
	}
	spec.criteria_needed = PG_GETARG_INT32(3);
	il_ruleset_read_facts(PG_GETARG_ARRAYTYPE_P(4), &spec);
	il_ruleset_read_rules(PG_GETARG_ARRAYTYPE_P(5), &spec);
	if (!PG_ARGISNULL(6))
		il_ruleset_read_benchmarks(PG_GETARG_ARRAYTYPE_P(6), &spec);
	if (!PG_ARGISNULL(7))
		il_ruleset_read_scopes(PG_GETARG_ARRAYTYPE_P(7), &spec);
	return il_ruleset_make(&spec);
}

Datum
il_check_criterion(PG_FUNCTION_ARGS)
{
	IlRulesetSpec spec;
	IlFault		fault;
	char	   *text = il_criterion_text(PG_GETARG_DATUM(0));

	memset(&spec, 0, sizeof(spec));
	il_ruleset_read_facts(PG_GETARG_ARRAYTYPE_P(1), &spec);
	if (!il_ruleset_check(&il_palloc_memory, text, spec.fact, spec.fact_count, &fault))
		il_raise_fault(&fault, text);
	PG_RETURN_BOOL(true);
}
