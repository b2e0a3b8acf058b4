/*
 * verdict.c - classify() and explain_verdict(): a row of facts under a ruleset
 *
 * What depends on the ruleset alone - its block, working space, texts of the
 * result - is kept from call to call, for several rulesets at a time, because
 * a query may join one to each row.  A ruleset is recognised by its toast
 * pointer or by the fingerprint at its head, without being read.
 */
#include "postgres.h"

#include "pg/export.h"

#include "pg/criterion.h"
#include "pg/facts.h"
#include "pg/interrupt.h"
#include "pg/memory.h"
#include "pg/ruleset.h"
#include "pg/settings.h"

#include "access/detoast.h"
#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"

#define KEPT_RULESETS	16
#define RESULT_COLUMNS	8
#define EXPLAIN_COLUMNS	16

IL_FUNCTION(il_classify);
IL_FUNCTION(il_explain_verdict);
IL_FUNCTION(il_classify_by_name);
IL_FUNCTION(il_explain_verdict_by_name);

/* A ruleset in use. */
typedef struct Entry
{
	MemoryContext context;
	bool		has_pointer;
	struct varatt_external pointer;	/* the toasted value it was read from */
	const IlRuleset *ruleset;
	IlRun		run;
	IlFactMap  *map;
	Datum	   *code;			/* of each rule */
	Datum	   *missing;		/* name of each thing that may be missing */
	Datum		name;
	Datum		version;
} Entry;

/* what a call by name asks for; NULL stands for itself */
typedef struct Named
{
	text	   *standard;
	Datum		as_of;
	bool		has_as_of;
	NameData	survey;
	bool		has_survey;
} Named;

typedef struct Cache
{
	MemoryContext context;
	Named		name;			/* that named was made for */
	struct varlena *named;		/* NULL: no call by name yet */
	Entry	   *entry[KEPT_RULESETS];	/* the last used one first */
	int			count;
	TupleDesc	desc;
	Datum		word[IL_INSUFFICIENT_DATA + 1];
	Datum		flag[IL_FLAGS];
	Datum		nothing;		/* empty text[] */
	Datum	   *element;		/* room for the longest array of a result */
	uint32		room;
} Cache;

/* ---- rulesets in use ---- */

static Datum
keep_text(const IlRuleset *ruleset, IlText text)
{
	return PointerGetDatum(cstring_to_text_with_len(il_ruleset_text(ruleset, text),
													(int) text.length));
}

/* The names in the order of IlRun.missing. */
static void
keep_missing(Entry *entry)
{
	const IlRuleset *ruleset = entry->ruleset;
	uint32		n = ruleset->fact_count;

	entry->missing = palloc(sizeof(Datum) * (n + ruleset->benchmark_count + 1));
	for (uint32 i = 0; i < n; i++)
		entry->missing[i] = keep_text(ruleset, il_ruleset_fact(ruleset, i)->name);
	for (uint32 i = 0; i < ruleset->benchmark_count; i++)
		entry->missing[n + i] = keep_text(ruleset,
										  il_ruleset_benchmark(ruleset, i)->expression);
	entry->missing[n + ruleset->benchmark_count] = CStringGetTextDatum("as_of");
}

static Entry *
make_entry(Cache *cache, const IlRuleset *ruleset)
{
	MemoryContext context = AllocSetContextCreate(cache->context, "ruleset in use",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	Entry	   *entry = palloc0(sizeof(Entry));
	IlRuleset  *copy = palloc(ruleset->size);

	memcpy(copy, ruleset, ruleset->size);
	entry->context = context;
	entry->ruleset = copy;
	il_run_begin(&entry->run, &il_palloc_memory, copy);
	entry->run.memory = &il_palloc_memory;
	entry->run.poll = &il_interrupt_poll;
	entry->map = il_fact_map_make(context, copy);
	entry->code = palloc(sizeof(Datum) * (copy->rule_count + 1));
	for (uint32 i = 0; i < copy->rule_count; i++)
		entry->code[i] = keep_text(copy, il_ruleset_rule(copy, i)->code);
	entry->name = keep_text(copy, copy->name);
	entry->version = keep_text(copy, copy->version);
	keep_missing(entry);
	MemoryContextSwitchTo(old);
	return entry;
}

/* Is this the value of the entry, as far as can be told without reading it? */
static bool
is_entry_of(const Entry *entry, const struct varlena *value)
{
	IlRuleset	head;

	if (VARATT_IS_EXTERNAL_ONDISK(value))
		return entry->has_pointer &&
			memcmp(VARDATA_EXTERNAL(value), &entry->pointer, sizeof(entry->pointer)) == 0;
	if (!VARATT_IS_4B_U(value) || VARSIZE_4B(value) != entry->ruleset->size)
		return false;
	memcpy(&head, value, offsetof(IlRuleset, as_of));
	return memcmp(head.fingerprint, entry->ruleset->fingerprint, sizeof(head.fingerprint)) == 0;
}

static void
move_to_front(Cache *cache, int i)
{
	Entry	   *entry = cache->entry[i];

	memmove(&cache->entry[1], &cache->entry[0], sizeof(Entry *) * (Size) i);
	cache->entry[0] = entry;
}

/* The value had to be read; it may still be one that is in use. */
static Entry *
find_read(Cache *cache, const IlRuleset *ruleset)
{
	for (int i = 0; i < cache->count; i++)
	{
		if (is_entry_of(cache->entry[i], (const struct varlena *) ruleset))
		{
			move_to_front(cache, i);
			return cache->entry[0];
		}
	}
	if (cache->count == KEPT_RULESETS)
		MemoryContextDelete(cache->entry[--cache->count]->context);
	cache->entry[cache->count] = make_entry(cache, ruleset);
	move_to_front(cache, cache->count++);
	return cache->entry[0];
}

static Entry *
find_entry(Cache *cache, struct varlena *value)
{
	Entry	   *entry;
	const IlRuleset *ruleset;

	for (int i = 0; i < cache->count; i++)
	{
		if (is_entry_of(cache->entry[i], value))
		{
			if (i > 0)
				move_to_front(cache, i);
			return cache->entry[0];
		}
	}
	ruleset = il_ruleset_from_datum(PointerGetDatum(value));
	entry = find_read(cache, ruleset);
	if (VARATT_IS_EXTERNAL_ONDISK(value))
	{
		memcpy(&entry->pointer, VARDATA_EXTERNAL(value), sizeof(entry->pointer));
		entry->has_pointer = true;
	}
	if ((const void *) ruleset != (const void *) value)
		pfree((void *) ruleset);
	return entry;
}

static void
reserve_elements(Cache *cache, const IlRuleset *ruleset)
{
	uint32		need = ruleset->rule_count + ruleset->fact_count + ruleset->benchmark_count + 1;

	if (need <= cache->room)
		return;
	cache->element = MemoryContextAlloc(cache->context, sizeof(Datum) * need);
	cache->room = need;
}

static Cache *
get_cache(FunctionCallInfo fcinfo)
{
	Cache	   *cache = fcinfo->flinfo->fn_extra;
	MemoryContext old;

	if (cache != NULL)
		return cache;
	old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	cache = palloc0(sizeof(Cache));
	cache->context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "verdicts",
										   ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(cache->context);
	for (int i = 0; i <= IL_INSUFFICIENT_DATA; i++)
		cache->word[i] = CStringGetTextDatum(il_verdict_words[i]);
	for (int i = 0; i < IL_FLAGS; i++)
		cache->flag[i] = CStringGetTextDatum(il_flag_words[i]);
	cache->nothing = PointerGetDatum(construct_empty_array(TEXTOID));
	MemoryContextSwitchTo(old);
	fcinfo->flinfo->fn_extra = cache;
	return cache;
}

/* ---- rulesets by name ---- */

/* the name that arguments 1 to 3 are: standard, as_of, survey */
static Named
get_name(FunctionCallInfo fcinfo)
{
	Named		name = {0};

	name.standard = PG_GETARG_TEXT_PP(1);
	name.has_as_of = !PG_ARGISNULL(2);
	name.as_of = name.has_as_of ? PG_GETARG_DATUM(2) : (Datum) 0;
	name.has_survey = !PG_ARGISNULL(3);
	if (name.has_survey)
		name.survey = *PG_GETARG_NAME(3);
	return name;
}

static bool
is_same_name(const Named *a, const Named *b)
{
	return VARSIZE_ANY_EXHDR(a->standard) == VARSIZE_ANY_EXHDR(b->standard) &&
		memcmp(VARDATA_ANY(a->standard), VARDATA_ANY(b->standard),
			   VARSIZE_ANY_EXHDR(a->standard)) == 0 &&
		a->has_as_of == b->has_as_of && a->as_of == b->as_of &&
		a->has_survey == b->has_survey &&
		strcmp(NameStr(a->survey), NameStr(b->survey)) == 0;
}

/* make_ruleset() with this name, in memory of the cache */
static struct varlena *
make_named(Cache *cache, const Named *name)
{
	Oid			type[3] = {TEXTOID, DATEOID, NAMEOID};
	Datum		value[3] = {
		PointerGetDatum(name->standard), name->as_of, NameGetDatum(&name->survey)
	};
	char		null[3] = {' ', name->has_as_of ? ' ' : 'n', name->has_survey ? ' ' : 'n'};
	struct varlena *ruleset;
	MemoryContext former;
	bool		is_null;
	Datum		made;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (SPI_execute_with_args("SELECT inefficient_land.make_ruleset($1, NULL, $2, NULL, $3)",
							  3, type, value, null, true, 1) != SPI_OK_SELECT)
		elog(ERROR, "make_ruleset failed");
	made = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &is_null);
	former = MemoryContextSwitchTo(cache->context);
	ruleset = PG_DETOAST_DATUM_COPY(made);
	MemoryContextSwitchTo(former);
	SPI_finish();
	return ruleset;
}

/* A query makes each ruleset that it names once, as long as the name stays the same. */
static struct varlena *
find_named(Cache *cache, FunctionCallInfo fcinfo)
{
	Named		name = get_name(fcinfo);
	MemoryContext former;

	if (cache->named != NULL && is_same_name(&cache->name, &name))
		return cache->named;
	if (cache->named != NULL)
	{
		pfree(cache->named);
		pfree(cache->name.standard);
		cache->named = NULL;
	}
	former = MemoryContextSwitchTo(cache->context);
	name.standard = DatumGetTextPCopy(PointerGetDatum(name.standard));
	MemoryContextSwitchTo(former);
	cache->name = name;
	cache->named = make_named(cache, &cache->name);
	return cache->named;
}

/* ---- a row under its ruleset ---- */

/* Facts of the row into the entry, and the verdict on them. */
static Entry *
run_rules(Cache *cache, FunctionCallInfo fcinfo, struct varlena *ruleset, IlVerdict *verdict)
{
	Entry	   *entry = find_entry(cache, ruleset);

	reserve_elements(cache, entry->ruleset);
	entry->run.fact = il_fact_map_read(entry->map, PG_GETARG_HEAPTUPLEHEADER(0));
	entry->run.decided = il_fact_map_decisions(entry->map);
	if (!il_ruleset_classify(&entry->run, verdict))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a term of ruleset \"%s\" grows out of range",
						TextDatumGetCString(entry->name))));
	return entry;
}

/* ---- classify ---- */

/* text[] of texts with plain headers, all aligned alike: no loop but the copy. */
static Datum
make_array(const Cache *cache, int count)
{
	Size		size = ARR_OVERHEAD_NONULLS(1);
	ArrayType  *array;
	char	   *at;

	if (count == 0)
		return cache->nothing;
	for (int i = 0; i < count; i++)
		size += INTALIGN(VARSIZE(DatumGetPointer(cache->element[i])));
	array = palloc0(size);
	SET_VARSIZE(array, size);
	array->ndim = 1;
	array->elemtype = TEXTOID;
	ARR_DIMS(array)[0] = count;
	ARR_LBOUND(array)[0] = 1;
	at = ARR_DATA_PTR(array);
	for (int i = 0; i < count; i++)
	{
		const void *element = DatumGetPointer(cache->element[i]);

		memcpy(at, element, VARSIZE(element));
		at += INTALIGN(VARSIZE(element));
	}
	return PointerGetDatum(array);
}

static int
append_true_rules(const Cache *cache, const Entry *entry, IlRole role, int count)
{
	const IlRun *run = &entry->run;

	for (uint32 at = role == IL_ROLE_GATE ? 0 : run->role_end[role - 1];
		 at < run->role_end[role]; at++)
	{
		if (run->truth[run->order[at]] == IL_TRUE)
			cache->element[count++] = entry->code[run->order[at]];
	}
	return count;
}

static Datum
make_reasons(const Cache *cache, const Entry *entry, const IlVerdict *verdict)
{
	int			count;

	if (verdict->word == IL_EXCLUDED)
		return make_array(cache, append_true_rules(cache, entry, IL_ROLE_GATE, 0));
	count = append_true_rules(cache, entry, IL_ROLE_CRITERION, 0);
	if (verdict->word == IL_EXEMPT)
		count = append_true_rules(cache, entry, IL_ROLE_EXEMPTION, count);
	return make_array(cache, count);
}

static Datum
make_missing(const Cache *cache, const Entry *entry, const IlVerdict *verdict)
{
	uint32		n = entry->ruleset->fact_count + entry->ruleset->benchmark_count + 1;
	int			count = 0;

	for (uint32 i = 0; i < n && verdict->has_missing; i++)
	{
		if (entry->run.missing[i])
			cache->element[count++] = entry->missing[i];
	}
	return make_array(cache, count);
}

static Datum
make_flags(const Cache *cache, unsigned flags)
{
	int			count = 0;

	for (int i = 0; i < IL_FLAGS; i++)
	{
		if (flags & (1u << i))
			cache->element[count++] = cache->flag[i];
	}
	return make_array(cache, count);
}

static Datum
classify(Cache *cache, FunctionCallInfo fcinfo, struct varlena *ruleset)
{
	IlVerdict	verdict;
	Entry	   *entry = run_rules(cache, fcinfo, ruleset, &verdict);
	Datum		value[RESULT_COLUMNS];
	bool		null[RESULT_COLUMNS] = {false};

	if (cache->desc == NULL)
	{
		TupleDesc	desc;
		MemoryContext old;

		if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "result of classify is not composite");
		old = MemoryContextSwitchTo(cache->context);
		cache->desc = BlessTupleDesc(CreateTupleDescCopy(desc));
		MemoryContextSwitchTo(old);
	}
	value[0] = cache->word[verdict.word];
	value[1] = make_reasons(cache, entry, &verdict);
	value[2] = make_missing(cache, entry, &verdict);
	value[3] = make_flags(cache, verdict.flags);
	null[4] = !verdict.has_margin;
	value[4] = null[4] ? (Datum) 0 : Float8GetDatum(verdict.margin);
	null[5] = verdict.route < 0;
	if (!null[5])
		value[5] = keep_text(entry->ruleset,
							 il_ruleset_rule(entry->ruleset, (uint32) verdict.route)->route);
	value[6] = entry->name;
	value[7] = entry->version;
	return HeapTupleGetDatum(heap_form_tuple(cache->desc, value, null));
}

Datum
il_classify(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(classify(get_cache(fcinfo), fcinfo,
							 (struct varlena *) PG_GETARG_POINTER(1)));
}

Datum
il_classify_by_name(PG_FUNCTION_ARGS)
{
	Cache	   *cache;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	cache = get_cache(fcinfo);
	PG_RETURN_DATUM(classify(cache, fcinfo, find_named(cache, fcinfo)));
}

/* ---- explain_verdict ---- */

/* A text in the language at hand, else in the other, else NULL. */
static IlText
choose_label(const IlRule *rule)
{
	bool		chinese = il_setting_language == IL_LANGUAGE_ZH;
	IlText		label = chinese ? rule->label_zh : rule->label_en;

	if (label.length > 0)
		return label;
	return chinese ? rule->label_en : rule->label_zh;
}

static Datum
nullable_text(const IlRuleset *ruleset, IlText text, bool *null)
{
	*null = text.offset == 0;
	return *null ? (Datum) 0 : keep_text(ruleset, text);
}

static Datum
print_criterion(const IlRuleset *ruleset, uint32 node, bool *null)
{
	size_t		length;
	char	   *text;

	*null = node == IL_NO_NODE;
	if (*null)
		return (Datum) 0;
	text = il_criterion_print(&il_palloc_memory, il_ruleset_node(ruleset, node),
							  (const char *) ruleset, &length);
	return PointerGetDatum(cstring_to_text_with_len(text, (int) length));
}

static void
put_explanation(ReturnSetInfo *result, Entry *entry, uint32 index, int32 sequence)
{
	const IlRuleset *ruleset = entry->ruleset;
	const IlRule *rule;
	const IlScope *scope;
	IlExplanation explanation;
	Datum		value[EXPLAIN_COLUMNS];
	bool		null[EXPLAIN_COLUMNS] = {false};

	il_ruleset_choose(&entry->run, index);
	il_ruleset_explain(&entry->run, index,
					   il_setting_language == IL_LANGUAGE_ZH ? IL_TONGUE_CHINESE
					   : IL_TONGUE_ENGLISH, &explanation);
	rule = il_ruleset_rule(ruleset, explanation.rule);
	scope = il_ruleset_scope(ruleset, rule);
	value[0] = Int32GetDatum(sequence);
	value[1] = CStringGetTextDatum(il_role_words[rule->role]);
	value[2] = entry->code[index];
	value[3] = nullable_text(ruleset, choose_label(rule), &null[3]);
	value[4] = CStringGetTextDatum(il_truth_words[explanation.applies]);
	value[5] = CStringGetTextDatum(il_truth_words[explanation.truth]);
	value[6] = print_criterion(ruleset, rule->criterion, &null[6]);
	value[7] = DirectFunctionCall1(jsonb_in, CStringGetDatum(explanation.operands));
	value[8] = CStringGetTextDatum(explanation.reason);
	value[9] = print_criterion(ruleset, rule->applicability, &null[9]);
	null[10] = explanation.decision == NULL;
	value[10] = null[10] ? (Datum) 0 : CStringGetTextDatum(explanation.decision);
	value[11] = nullable_text(ruleset, rule->route, &null[11]);
	value[12] = entry->name;
	value[13] = entry->version;
	null[14] = scope == NULL || explanation.chosen >= IL_VARIANT_TIE;
	value[14] = null[14] ? (Datum) 0 : nullable_text(ruleset, scope->variant, &null[14]);
	null[15] = scope == NULL || explanation.chosen == IL_VARIANT_NONE;
	value[15] = null[15] ? (Datum) 0 : print_criterion(ruleset, scope->node, &null[15]);
	tuplestore_putvalues(result->setResult, result->setDesc, value, null);
}

static void
explain(Cache *cache, FunctionCallInfo fcinfo, struct varlena *ruleset)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	IlVerdict	verdict;
	Entry	   *entry = run_rules(cache, fcinfo, ruleset, &verdict);
	int32		sequence = 0;

	InitMaterializedSRF(fcinfo, 0);
	for (uint32 at = 0; at < entry->run.role_end[IL_ROLE_EXEMPTION]; at++)
	{
		CHECK_FOR_INTERRUPTS();
		put_explanation(result, entry, entry->run.order[at], ++sequence);
	}
}

Datum
il_explain_verdict(PG_FUNCTION_ARGS)
{
	explain(get_cache(fcinfo), fcinfo, (struct varlena *) PG_GETARG_POINTER(1));
	return (Datum) 0;
}

Datum
il_explain_verdict_by_name(PG_FUNCTION_ARGS)
{
	Cache	   *cache;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
	{
		InitMaterializedSRF(fcinfo, 0);
		return (Datum) 0;
	}
	cache = get_cache(fcinfo);
	explain(cache, fcinfo, find_named(cache, fcinfo));
	return (Datum) 0;
}
