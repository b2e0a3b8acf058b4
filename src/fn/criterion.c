/*
 * criterion.c - the type criterion and what it says about itself
 */
#include "postgres.h"

#include "pg/export.h"

#include "pg/criterion.h"
#include "pg/memory.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"

#define LANGUAGE_VERSION	1

IL_FUNCTION(il_criterion_in);
IL_FUNCTION(il_criterion_out);
IL_FUNCTION(il_criterion_recv);
IL_FUNCTION(il_criterion_send);
IL_FUNCTION(il_criterion_eq);
IL_FUNCTION(il_criterion_ne);
IL_FUNCTION(il_criterion_hash);
IL_FUNCTION(il_criterion_hash_extended);
IL_FUNCTION(il_criterion_facts);
IL_FUNCTION(il_criterion_benchmarks);

static Datum
make_criterion(const char *text, size_t length)
{
	IlFault		fault;
	size_t		canonical_length;
	char	   *canonical = il_criterion_canonical(&il_palloc_memory, text, length,
												   &canonical_length, &fault);
	struct varlena *result;

	if (canonical == NULL)
		il_raise_fault(&fault, text);
	result = palloc(VARHDRSZ + 1 + canonical_length);
	SET_VARSIZE(result, VARHDRSZ + 1 + canonical_length);
	VARDATA(result)[0] = LANGUAGE_VERSION;
	memcpy(VARDATA(result) + 1, canonical, canonical_length);
	return PointerGetDatum(result);
}

Datum
il_criterion_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);

	return make_criterion(text, strlen(text));
}

Datum
il_criterion_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(il_criterion_text(PG_GETARG_DATUM(0)));
}

Datum
il_criterion_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(message);
	int			length;
	char	   *text;

	if (version != LANGUAGE_VERSION)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("unknown version %d of a criterion", version)));
	text = pq_getmsgtext(message, message->len - message->cursor, &length);
	return make_criterion(text, (size_t) length);
}

Datum
il_criterion_send(PG_FUNCTION_ARGS)
{
	char	   *text = il_criterion_text(PG_GETARG_DATUM(0));
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendbyte(&message, LANGUAGE_VERSION);
	pq_sendtext(&message, text, (int) strlen(text));
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

static bool
same(Datum left, Datum right)
{
	struct varlena *a = PG_DETOAST_DATUM_PACKED(left);
	struct varlena *b = PG_DETOAST_DATUM_PACKED(right);

	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

Datum
il_criterion_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(same(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)));
}

Datum
il_criterion_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!same(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)));
}

Datum
il_criterion_hash(PG_FUNCTION_ARGS)
{
	struct varlena *value = PG_GETARG_VARLENA_PP(0);

	return hash_any((unsigned char *) VARDATA_ANY(value), (int) VARSIZE_ANY_EXHDR(value));
}

Datum
il_criterion_hash_extended(PG_FUNCTION_ARGS)
{
	struct varlena *value = PG_GETARG_VARLENA_PP(0);

	return hash_any_extended((unsigned char *) VARDATA_ANY(value),
							 (int) VARSIZE_ANY_EXHDR(value), (uint64) PG_GETARG_INT64(1));
}

/* A stored value is sound; its parts point into the current context. */
static void
parse_stored(Datum value, IlCriterion *criterion)
{
	char	   *text = il_criterion_text(value);
	IlFault		fault;

	if (!il_criterion_parse(&il_palloc_memory, text, strlen(text), criterion, &fault))
		il_raise_fault(&fault, text);
}

static Datum
text_datum(const char *text, size_t length)
{
	return PointerGetDatum(cstring_to_text_with_len(text, (int) length));
}

Datum
il_criterion_facts(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	IlCriterion criterion;
	IlFault		fault;
	IlUse	   *uses;
	size_t		count;

	InitMaterializedSRF(fcinfo, 0);
	parse_stored(PG_GETARG_DATUM(0), &criterion);
	uses = palloc(sizeof(IlUse) * criterion.count);
	if (!il_criterion_check(&criterion, NULL, 0, uses, &count, &fault))
		elog(ERROR, "stored criterion does not pass its check: %s", fault.message);
	for (size_t i = 0; i < count; i++)
	{
		bool		null[2] = {false};
		Datum		value[2];
		char		types[64];
		bool		seen = false;

		for (size_t j = 0; j < i && !seen; j++)
			seen = uses[j].types == uses[i].types && uses[j].length == uses[i].length &&
				memcmp(uses[j].name, uses[i].name, uses[i].length) == 0;
		if (seen)
			continue;
		value[0] = text_datum(uses[i].name, uses[i].length);
		value[1] = CStringGetTextDatum(il_type_name(uses[i].types, "|", types));
		tuplestore_putvalues(result->setResult, result->setDesc, value, null);
	}
	return (Datum) 0;
}

static const char *
benchmark_function(unsigned op)
{
	static const char *const names[] = {
		"peer_mean", "peer_ratio", "peer_median", "peer_percentile", "control_indicator"
	};

	return names[op - IL_OP_PEER_MEAN];
}

static Datum
print_node(const IlNode *node, const char *pool)
{
	size_t		length;
	char	   *text = il_criterion_print(&il_palloc_memory, node, pool, &length);

	return text_datum(text, length);
}

/* expression, function, argument, year offset, percentile, arguments one by one */
static void
describe_benchmark(const IlNode *node, const char *pool, Datum *value, bool *null)
{
	Datum		argument[2];
	int			count = node->op == IL_OP_PEER_RATIO ? 2 : 1;
	StringInfoData joined;

	initStringInfo(&joined);
	for (int i = 0; i < count; i++)
	{
		const IlNode *child = i == 0 ? node + 1 : il_node_next(node + 1);
		size_t		length;

		argument[i] = print_node(child, pool);
		appendStringInfo(&joined, "%s%s", i > 0 ? ", " : "",
						 il_criterion_print(&il_palloc_memory, child, pool, &length));
	}
	value[0] = print_node(node, pool);
	value[1] = CStringGetTextDatum(benchmark_function(node->op));
	value[2] = text_datum(joined.data, (size_t) joined.len);
	value[3] = Int32GetDatum(node->year);
	null[4] = node->op != IL_OP_PEER_PERCENTILE;
	if (!null[4])
	{
		IlDecimal	share = il_node_decimal(il_node_next(node + 1), pool);

		value[4] = Float8GetDatum(il_decimal_approximate(&share).value);
	}
	value[5] = PointerGetDatum(construct_array(argument, count, TEXTOID, -1, false,
											   TYPALIGN_INT));
}

Datum
il_criterion_benchmarks(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	IlCriterion criterion;
	List	   *seen = NIL;

	InitMaterializedSRF(fcinfo, 0);
	parse_stored(PG_GETARG_DATUM(0), &criterion);
	for (uint32_t i = 0; i < criterion.count; i++)
	{
		const IlNode *node = &criterion.node[i];
		bool		null[6] = {false};
		Datum		value[6];
		size_t		length;
		char	   *text;
		ListCell   *cell;
		bool		known = false;

		if (!il_op_is_benchmark(node->op))
			continue;
		text = il_criterion_print(&il_palloc_memory, node, criterion.pool, &length);
		foreach(cell, seen)
			known = known || strcmp(lfirst(cell), text) == 0;
		if (known)
			continue;
		seen = lappend(seen, text);
		describe_benchmark(node, criterion.pool, value, null);
		tuplestore_putvalues(result->setResult, result->setDesc, value, null);
	}
	return (Datum) 0;
}
