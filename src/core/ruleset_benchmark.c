/*
 * ruleset_benchmark.c - peer and control figures of a ruleset
 *
 * Rows are sorted by expression and key, so that the order in which they were
 * collected leaves no trace, and get a hash table for each expression.
 */
#include "core/criterion_lex.h"
#include "core/ruleset_compile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Row
{
	const IlBenchmarkSpec *spec;
	const char *expression;		/* canonical */
} Row;

static const char *
fact_name(const void *list, size_t i)
{
	const IlCompiler *compiler = list;

	return i < compiler->spec->fact_count ? compiler->spec->fact[i].name : NULL;
}

static bool
make_canonical(IlCompiler *compiler, Row *row)
{
	const char *given = row->spec->expression;
	IlCriterion parsed;
	IlFault		inner;
	size_t		length;

	if (given == NULL)
		return il_fault_set(compiler->fault, IL_FAULT_NULL, 0, "",
							"a benchmark has no expression");
	if (!il_term_parse(compiler->memory, given, strlen(given), &parsed, &inner))
		return il_fault_set(compiler->fault, inner.kind, inner.position, inner.hint,
							"benchmark \"%.*s\": %s", il_excerpt(given, strlen(given)), given,
							inner.message);
	if (!il_op_is_benchmark(parsed.node->op))
		return il_fault_set(compiler->fault, IL_FAULT_ARGUMENT, 0,
							"Give a call such as peer_mean(tax_per_mu).",
							"benchmark \"%.*s\" is no peer or control figure",
							il_excerpt(given, strlen(given)), given);
	row->expression = il_criterion_print(compiler->memory, parsed.node, parsed.pool, &length);
	return true;
}

/* Length of the name in a part of the key: "*" behind it takes prefixes, "?" leaves it open. */
static size_t
name_length(const char *part)
{
	size_t		length = strlen(part);

	return length > 0 && (part[length - 1] == '*' || part[length - 1] == '?') ? length - 1
		: length;
}

static bool
check_key(IlCompiler *compiler, const Row *row)
{
	const IlBenchmarkSpec *spec = row->spec;

	for (size_t i = 0; i < spec->key_count; i++)
	{
		const char *name = spec->key_fact[i];
		int32_t		slot;
		const char *nearest;
		char		hint[160] = "";

		if (name == NULL || spec->key_value[i] == NULL)
			return il_fault_set(compiler->fault, IL_FAULT_NULL, 0, "",
								"benchmark \"%.80s\" has a key with NULL in it", row->expression);
		slot = il_compiler_fact(compiler, name, name_length(name), false);
		nearest = slot >= 0 ? NULL : il_nearest_name(name, name_length(name), fact_name, compiler);
		if (nearest != NULL)
		{
			strcpy(hint, "Did you mean \"");
			strncat(hint, nearest, sizeof(hint) - 20);
			strcat(hint, "\"?");
		}
		if (slot < 0)
			return il_fault_set(compiler->fault, IL_FAULT_NAME, 0, hint,
								"benchmark \"%.80s\": unknown fact \"%.80s\" in its key",
								row->expression, name);
		if (compiler->fact[slot].type == IL_TYPE_SERIES)
			return il_fault_set(compiler->fault, IL_FAULT_TYPE, 0, "",
								"benchmark \"%.80s\": a series (\"%.80s\") cannot be its key",
								row->expression, name);
		compiler->fact[slot].used = 1;
		if (i >= IL_OPEN_KEYS && name[name_length(name)] != '\0')
			return il_fault_set(compiler->fault, IL_FAULT_LIMIT, 0, "",
								"benchmark \"%.80s\": more than %d facts in its key",
								row->expression, IL_OPEN_KEYS);
	}
	return true;
}

static bool
check_figures(IlCompiler *compiler, const Row *row)
{
	const IlBenchmarkSpec *spec = row->spec;

	if (spec->has_value && !isfinite(spec->value))
		return il_fault_set(compiler->fault, IL_FAULT_RANGE, 0, "",
							"value of benchmark \"%.80s\" is not a finite number",
							row->expression);
	if (spec->has_n && spec->n < 0)
		return il_fault_set(compiler->fault, IL_FAULT_ARGUMENT, 0, "",
							"n of benchmark \"%.80s\" is negative: %d", row->expression, spec->n);
	return true;
}

static int
compare_rows(const void *left, const void *right)
{
	const Row  *a = left;
	const Row  *b = right;
	int			order = strcmp(a->expression, b->expression);

	for (size_t i = 0; order == 0 && i < a->spec->key_count && i < b->spec->key_count; i++)
		order = strcmp(a->spec->key_value[i], b->spec->key_value[i]);
	return order;
}

/* The facts of the key: those of the first row; the others must agree. */
static bool
agree_on_key(IlCompiler *compiler, const Row *row, IlBenchmark *benchmark, const Row *first)
{
	const IlBenchmarkSpec *spec = row->spec;
	bool		same = spec->key_count == first->spec->key_count;

	for (size_t i = 0; same && i < spec->key_count; i++)
		same = strcmp(spec->key_fact[i], first->spec->key_fact[i]) == 0;
	if (!same)
		return il_fault_set(compiler->fault, IL_FAULT_ARGUMENT, 0,
							"All rows of one expression need the same key_fact.",
							"rows of benchmark \"%.80s\" have different keys", row->expression);
	if (row != first)
		return compare_rows(row - 1, row) != 0 ||
			il_fault_set(compiler->fault, IL_FAULT_ARGUMENT, 0, "",
						 "benchmark \"%.80s\" is given twice for one key", row->expression);
	benchmark->key = (uint32_t) (compiler->list.length / sizeof(uint32_t));
	benchmark->key_count = (uint32_t) spec->key_count;
	benchmark->group = compiler->group_count;
	for (size_t i = 0; i < spec->key_count; i++)
	{
		size_t		length = name_length(spec->key_fact[i]);
		uint32_t	slot = (uint32_t) il_compiler_fact(compiler, spec->key_fact[i], length,
												false);

		il_buffer_put(&compiler->list, (const char *) &slot, sizeof(slot));
		if (spec->key_fact[i][length] == '*')
			benchmark->prefix |= (uint16_t) (1u << i);
		else if (spec->key_fact[i][length] == '?')
			benchmark->open |= (uint16_t) (1u << i);
	}
	if (benchmark->prefix != 0 || benchmark->open != 0)
		compiler->extended = true;
	return true;
}

static void
append_group(IlCompiler *compiler, const Row *row)
{
	const IlBenchmarkSpec *spec = row->spec;
	IlGroup    *group = &compiler->group[compiler->group_count++];

	group->has_n = spec->has_n;
	group->n = spec->has_n ? spec->n : 0;
	group->has_value = spec->has_value;
	/* -0 is 0 */
	group->value = spec->has_value && spec->value != 0 ? spec->value : 0;
	group->note = il_compiler_text(compiler, spec->note);
	group->fallback = spec->note != NULL &&
		strncmp(spec->note, IL_FALLBACK_NOTE, strlen(IL_FALLBACK_NOTE)) == 0;
	group->key = (uint32_t) (compiler->list.length / sizeof(uint32_t));
	for (size_t i = 0; i < spec->key_count; i++)
	{
		IlText		value = il_compiler_text(compiler, spec->key_value[i]);

		il_buffer_put(&compiler->list, (const char *) &value.offset, sizeof(uint32_t));
		il_buffer_put(&compiler->list, (const char *) &value.length, sizeof(uint32_t));
	}
}

/* Open addressing, at most half full; an entry is the group's number + 1. */
static void
append_table(IlCompiler *compiler, IlBenchmark *benchmark, const Row *row)
{
	uint32_t	size = 2;
	uint32_t   *table;

	while (size < benchmark->group_count * 2)
		size *= 2;
	table = il_allocate(compiler->memory, sizeof(uint32_t) * size);
	memset(table, 0, sizeof(uint32_t) * size);
	for (uint32_t i = 0; i < benchmark->group_count; i++)
	{
		uint32_t	hash = IL_KEY_HASH_START;

		for (size_t j = 0; j < row[i].spec->key_count; j++)
			hash = il_key_hash(hash, row[i].spec->key_value[j],
							   strlen(row[i].spec->key_value[j]));
		while (table[hash & (size - 1)] != 0)
			hash++;
		table[hash & (size - 1)] = benchmark->group + i + 1;
	}
	benchmark->table = (uint32_t) (compiler->list.length / sizeof(uint32_t));
	benchmark->table_mask = size - 1;
	il_buffer_put(&compiler->list, (const char *) table, sizeof(uint32_t) * size);
}

bool
il_compiler_benchmarks(IlCompiler *compiler)
{
	const IlRulesetSpec *spec = compiler->spec;
	size_t		count = spec->benchmark_count;
	Row		   *rows = il_allocate(compiler->memory, sizeof(Row) * (count + 1));
	size_t		next;

	for (size_t i = 0; i < count; i++)
	{
		rows[i].spec = &spec->benchmark[i];
		if (!make_canonical(compiler, &rows[i]) || !check_key(compiler, &rows[i]) ||
			!check_figures(compiler, &rows[i]))
			return false;
	}
	if (count > 1)
		qsort(rows, count, sizeof(Row), compare_rows);
	for (size_t first = 0; first < count; first = next)
	{
		IlBenchmark *benchmark =
			&compiler->benchmark[il_compiler_benchmark(compiler, rows[first].expression)];

		for (next = first; next < count &&
			 strcmp(rows[next].expression, rows[first].expression) == 0; next++)
		{
			if (!agree_on_key(compiler, &rows[next], benchmark, &rows[first]))
				return false;
			append_group(compiler, &rows[next]);
		}
		benchmark->group_count = (uint32_t) (next - first);
		append_table(compiler, benchmark, &rows[first]);
	}
	return true;
}
