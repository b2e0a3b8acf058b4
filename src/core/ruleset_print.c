/*
 * ruleset_print.c - a ruleset as one line of JSON
 *
 * The text is the external form: it names its format, and from it the same
 * block is compiled again.  Keys stand in a fixed order, nothing is left out.
 */
#include "core/ruleset.h"
#include "core/calendar.h"

#include <string.h>

typedef struct Printer
{
	IlBuffer	buffer;
	const IlRuleset *ruleset;
} Printer;

static void
put(Printer *printer, const char *text)
{
	il_buffer_put_string(&printer->buffer, text);
}

static void
put_text(Printer *printer, const char *key, IlText text)
{
	put(printer, key);
	il_buffer_put_json(&printer->buffer, il_ruleset_text(printer->ruleset, text), text.length);
}

static void
put_word(Printer *printer, const char *key, const char *word)
{
	put(printer, key);
	il_buffer_put_json(&printer->buffer, word, strlen(word));
}

static void
put_criterion(Printer *printer, const char *key, uint32_t node)
{
	char	   *text;
	size_t		length;

	put(printer, key);
	if (node == IL_NO_NODE)
	{
		put(printer, "null");
		return;
	}
	text = il_criterion_print(printer->buffer.memory, il_ruleset_node(printer->ruleset, node),
							  (const char *) printer->ruleset, &length);
	il_buffer_put_json(&printer->buffer, text, length);
}

static void
print_fact(Printer *printer, const IlFact *fact)
{
	char		type[64];

	put_text(printer, "{\"name\": ", fact->name);
	put_word(printer, ", \"type\": ", il_type_name(fact->type, "", type));
	put_text(printer, ", \"unit\": ", fact->unit);
	put_text(printer, ", \"level\": ", fact->level);
	put_word(printer, ", \"openness\": ", fact->complete_list ? "complete_list" : "open");
	put_text(printer, ", \"list_holder\": ", fact->list_holder);
	put_text(printer, ", \"label_en\": ", fact->label_en);
	put_text(printer, ", \"label_zh\": ", fact->label_zh);
	put(printer, "}");
}

static void
print_rule(Printer *printer, const IlRule *rule)
{
	const IlScope *scope = il_ruleset_scope(printer->ruleset, rule);

	put_text(printer, "{\"code\": ", rule->code);
	put_word(printer, ", \"role\": ", il_role_words[rule->role]);
	put_criterion(printer, ", \"applicability\": ", rule->applicability);
	put_criterion(printer, ", \"criterion\": ", rule->criterion);
	put(printer, rule->discretionary ? ", \"discretionary\": true" : ", \"discretionary\": false");
	put_text(printer, ", \"route\": ", rule->route);
	put_text(printer, ", \"label_en\": ", rule->label_en);
	put_text(printer, ", \"label_zh\": ", rule->label_zh);
	if (scope != NULL)
	{
		put_text(printer, ", \"variant\": ", scope->variant);
		put_criterion(printer, ", \"scope\": ", scope->node);
		put(printer, ", \"specificity\": ");
		il_buffer_put_integer(&printer->buffer, scope->specificity);
	}
	put(printer, "}");
}

/* Facts of a key, with a mark behind those that take prefixes or may be open. */
static void
print_key_facts(Printer *printer, const IlBenchmark *benchmark)
{
	const uint32_t *slot = il_ruleset_list(printer->ruleset, benchmark->key);

	for (uint32_t i = 0; i < benchmark->key_count; i++)
	{
		bool		prefix = i < IL_OPEN_KEYS && benchmark->prefix >> i & 1;
		bool		open = i < IL_OPEN_KEYS && benchmark->open >> i & 1;

		put_text(printer, i == 0 ? "" : ", ", il_ruleset_fact(printer->ruleset, slot[i])->name);
		if (prefix || open)
		{
			printer->buffer.length--;	/* the quote; names need no escapes */
			put(printer, prefix ? "*\"" : "?\"");
		}
	}
}

static void
print_group(Printer *printer, const IlBenchmark *benchmark, const IlGroup *group)
{
	const uint32_t *value = il_ruleset_list(printer->ruleset, group->key);
	char		number[IL_DECIMAL_TEXT_SIZE];

	put_text(printer, "{\"expression\": ", benchmark->expression);
	put(printer, ", \"key_fact\": [");
	print_key_facts(printer, benchmark);
	put(printer, "], \"key_value\": [");
	for (uint32_t i = 0; i < benchmark->key_count; i++)
	{
		IlText		text = {value[2 * i], value[2 * i + 1]};

		put_text(printer, i == 0 ? "" : ", ", text);
	}
	put(printer, "], \"n\": ");
	if (group->has_n)
		il_buffer_put_integer(&printer->buffer, group->n);
	else
		put(printer, "null");
	put(printer, ", \"value\": ");
	if (group->has_value)
		il_double_print(printer->buffer.memory, group->value, number);
	put(printer, group->has_value ? number : "null");
	put_text(printer, ", \"note\": ", group->note);
	put(printer, "}");
}

static void
print_benchmarks(Printer *printer)
{
	const IlRuleset *ruleset = printer->ruleset;
	bool		first = true;

	for (uint32_t i = 0; i < ruleset->benchmark_count; i++)
	{
		const IlBenchmark *benchmark = il_ruleset_benchmark(ruleset, i);

		for (uint32_t j = 0; j < benchmark->group_count; j++)
		{
			put(printer, first ? "" : ", ");
			print_group(printer, benchmark, il_ruleset_group(ruleset, benchmark->group + j));
			first = false;
		}
	}
}

char *
il_ruleset_print(const IlMemory *memory, const IlRuleset *ruleset, size_t *length)
{
	Printer		printer = {.buffer = {.memory = memory}, .ruleset = ruleset};
	char		date[IL_DATE_TEXT_SIZE];
	char	   *text;

	put(&printer, "{\"ruleset\": ");
	il_buffer_put_integer(&printer.buffer, ruleset->format);
	put_text(&printer, ", \"name\": ", ruleset->name);
	put_text(&printer, ", \"version\": ", ruleset->version);
	if (ruleset->as_of != IL_NO_DATE)
	{
		il_date_print(ruleset->as_of, date);
		put_word(&printer, ", \"as_of\": ", date);
	}
	else
		put(&printer, ", \"as_of\": null");
	put(&printer, ", \"criteria_needed\": ");
	il_buffer_put_integer(&printer.buffer, ruleset->criteria_needed);
	put(&printer, ", \"facts\": [");
	for (uint32_t i = 0; i < ruleset->fact_count; i++)
	{
		put(&printer, i == 0 ? "" : ", ");
		print_fact(&printer, il_ruleset_fact(ruleset, i));
	}
	put(&printer, "], \"rules\": [");
	for (uint32_t i = 0; i < ruleset->rule_count; i++)
	{
		put(&printer, i == 0 ? "" : ", ");
		print_rule(&printer, il_ruleset_rule(ruleset, i));
	}
	put(&printer, "], \"benchmarks\": [");
	print_benchmarks(&printer);
	put(&printer, "]}");
	text = il_buffer_finish(&printer.buffer);
	*length = printer.buffer.length;
	return text;
}
