/*
 * ruleset.c - values of type ruleset, and the arrays they are made from
 */
#include "postgres.h"

#include "pg/ruleset.h"

#include "pg/criterion.h"
#include "pg/memory.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#define MOST_COLUMNS	16

Datum
il_ruleset_make(const IlRulesetSpec *spec)
{
	IlFault		fault;
	IlRuleset  *ruleset = il_ruleset_compile(&il_palloc_memory, spec, &fault);

	if (ruleset == NULL)
		il_raise_fault(&fault, NULL);
	SET_VARSIZE(ruleset, ruleset->size);
	return PointerGetDatum(ruleset);
}

const IlRuleset *
il_ruleset_from_datum(Datum value)
{
	const IlRuleset *ruleset = (const IlRuleset *) PG_DETOAST_DATUM(value);

	if (ruleset->format < IL_RULESET_PLAIN || ruleset->format > IL_RULESET_FORMAT)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("ruleset has format %u, which this library does not know",
						ruleset->format),
				 errhint("Update the library of inefficient_land.")));
	return ruleset;
}

/* ---- arrays of rows ---- */

typedef struct Rows
{
	const char *what;			/* for messages */
	Datum	   *element;
	int			count;
	TupleDesc	desc;
	Datum		value[MOST_COLUMNS];
	bool		null[MOST_COLUMNS];
} Rows;

static void
open_rows(ArrayType *array, const char *what, Rows *rows)
{
	Oid			type = ARR_ELEMTYPE(array);
	int16		length;
	bool		by_value;
	char		align;
	bool	   *null;

	rows->what = what;
	get_typlenbyvalalign(type, &length, &by_value, &align);
	deconstruct_array(array, type, length, by_value, align, &rows->element, &null, &rows->count);
	for (int i = 0; i < rows->count; i++)
	{
		if (null[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("element %d of %s is NULL", i + 1, what)));
	}
	rows->desc = lookup_rowtype_tupdesc(type, -1);
	if (rows->desc->natts > MOST_COLUMNS)
		elog(ERROR, "type of %s has %d columns", what, rows->desc->natts);
}

static void
close_rows(Rows *rows)
{
	ReleaseTupleDesc(rows->desc);
}

static void
read_row(Rows *rows, int i)
{
	HeapTupleHeader header = DatumGetHeapTupleHeader(rows->element[i]);
	HeapTupleData tuple;

	memset(&tuple, 0, sizeof(tuple));
	tuple.t_len = HeapTupleHeaderGetDatumLength(header);
	tuple.t_data = header;
	heap_deform_tuple(&tuple, rows->desc, rows->value, rows->null);
}

static const char *
text_column(const Rows *rows, int column)
{
	return rows->null[column] ? NULL : TextDatumGetCString(rows->value[column]);
}

static const char *
criterion_column(const Rows *rows, int column)
{
	return rows->null[column] ? NULL : il_criterion_text(rows->value[column]);
}

static const char **
texts_column(const Rows *rows, int column, size_t *count)
{
	Datum	   *element;
	bool	   *null;
	int			n;
	const char **texts;

	*count = 0;
	if (rows->null[column])
		return NULL;
	deconstruct_array(DatumGetArrayTypeP(rows->value[column]), TEXTOID, -1, false, TYPALIGN_INT,
					  &element, &null, &n);
	texts = palloc(sizeof(char *) * (n + 1));
	for (int i = 0; i < n; i++)
		texts[i] = null[i] ? NULL : TextDatumGetCString(element[i]);
	*count = (size_t) n;
	return texts;
}

void
il_ruleset_read_facts(ArrayType *array, IlRulesetSpec *spec)
{
	Rows		rows;
	IlFactSpec *facts;

	open_rows(array, "facts", &rows);
	facts = palloc0(sizeof(IlFactSpec) * (rows.count + 1));
	for (int i = 0; i < rows.count; i++)
	{
		read_row(&rows, i);
		facts[i].name = text_column(&rows, 0);
		facts[i].type = text_column(&rows, 1);
		facts[i].unit = text_column(&rows, 2);
		facts[i].level = text_column(&rows, 3);
		facts[i].openness = text_column(&rows, 4);
		facts[i].list_holder = text_column(&rows, 5);
		facts[i].label_en = text_column(&rows, 6);
		facts[i].label_zh = text_column(&rows, 7);
	}
	close_rows(&rows);
	spec->fact = facts;
	spec->fact_count = (size_t) rows.count;
}

void
il_ruleset_read_rules(ArrayType *array, IlRulesetSpec *spec)
{
	Rows		rows;
	IlRuleSpec *rules;

	open_rows(array, "rules", &rows);
	rules = palloc0(sizeof(IlRuleSpec) * (rows.count + 1));
	for (int i = 0; i < rows.count; i++)
	{
		read_row(&rows, i);
		rules[i].code = text_column(&rows, 0);
		rules[i].role = text_column(&rows, 1);
		rules[i].applicability = criterion_column(&rows, 2);
		rules[i].criterion = criterion_column(&rows, 3);
		rules[i].discretionary = !rows.null[4] && DatumGetBool(rows.value[4]);
		rules[i].route = text_column(&rows, 5);
		rules[i].label_en = text_column(&rows, 6);
		rules[i].label_zh = text_column(&rows, 7);
	}
	close_rows(&rows);
	spec->rule = rules;
	spec->rule_count = (size_t) rows.count;
}

void
il_ruleset_read_scopes(ArrayType *array, IlRulesetSpec *spec)
{
	Rows		rows;
	IlRuleSpec *rules = (IlRuleSpec *) spec->rule;

	open_rows(array, "scopes", &rows);
	if ((size_t) rows.count != spec->rule_count)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("scopes has %d elements, but there are %zu rules", rows.count,
						spec->rule_count)));
	for (int i = 0; i < rows.count; i++)
	{
		read_row(&rows, i);
		rules[i].variant = text_column(&rows, 0);
		rules[i].scope = criterion_column(&rows, 1);
		rules[i].specificity = rows.null[2] ? 0 : DatumGetInt32(rows.value[2]);
	}
	close_rows(&rows);
}

void
il_ruleset_read_benchmarks(ArrayType *array, IlRulesetSpec *spec)
{
	Rows		rows;
	IlBenchmarkSpec *benchmarks;

	open_rows(array, "benchmarks", &rows);
	benchmarks = palloc0(sizeof(IlBenchmarkSpec) * (rows.count + 1));
	for (int i = 0; i < rows.count; i++)
	{
		IlBenchmarkSpec *benchmark = &benchmarks[i];
		size_t		values;

		CHECK_FOR_INTERRUPTS();
		read_row(&rows, i);
		benchmark->expression = text_column(&rows, 0);
		benchmark->key_fact = texts_column(&rows, 1, &benchmark->key_count);
		benchmark->key_value = texts_column(&rows, 2, &values);
		if (values != benchmark->key_count)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("benchmark \"%s\" has %zu key facts, but %zu key values",
							benchmark->expression == NULL ? "NULL" : benchmark->expression,
							benchmark->key_count, values)));
		benchmark->has_n = !rows.null[3];
		benchmark->n = rows.null[3] ? 0 : DatumGetInt32(rows.value[3]);
		benchmark->has_value = !rows.null[4];
		benchmark->value = rows.null[4] ? 0 : DatumGetFloat8(rows.value[4]);
		benchmark->note = text_column(&rows, 5);
	}
	close_rows(&rows);
	spec->benchmark = benchmarks;
	spec->benchmark_count = (size_t) rows.count;
}
