/*
 * criterion_fuzz.c - texts of any origin through the parser, the compiler, the
 * evaluator and the explanations
 *
 * The first bytes choose what is known about the facts, the rest is the text.
 */
#include "core/criterion.h"
#include "core/ruleset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHOICES	8
#define FACTS	10

typedef struct Block
{
	struct Block *next;
	double		body[];
} Block;

static Block *blocks;

static void *
allocate(void *owner, size_t size)
{
	Block	   *block = malloc(sizeof(Block) + size);

	(void) owner;
	if (block == NULL)
		abort();
	block->next = blocks;
	blocks = block;
	return block->body;
}

static const IlMemory memory = {allocate, NULL};

static void
drop_blocks(void)
{
	while (blocks != NULL)
	{
		Block	   *next = blocks->next;

		free(blocks);
		blocks = next;
	}
}

/* Short names, so that random texts meet them. */
static const IlFactSpec facts[FACTS] = {
	{.name = "x", .type = "number", .unit = "m"}, {.name = "y", .type = "number"},
	{.name = "c.x", .type = "number"}, {.name = "s", .type = "series"},
	{.name = "x", .type = "series"}, {.name = "t", .type = "text", .openness = "complete_list"},
	{.name = "u", .type = "text"}, {.name = "a", .type = "boolean", .openness = "complete_list"},
	{.name = "b", .type = "boolean"}, {.name = "d", .type = "date"}
};
static const char *const key_fact[] = {"u"};
static const char *const key_value[] = {"A"};
static const IlBenchmarkSpec benchmarks[] = {
	{.expression = "peer_mean(x)", .key_fact = (const char **) key_fact,
	.key_value = (const char **) key_value, .key_count = 1, .has_n = true, .n = 3,
	.has_value = true, .value = 0.3},
	{.expression = "control_indicator(x)", .has_value = true, .value = 1e-3}
};

/* Twice through the printer nothing may change. */
static void
check_canonical(const char *text, size_t size)
{
	IlFault		fault;
	size_t		once_length;
	size_t		twice_length;
	char	   *once = il_criterion_canonical(&memory, text, size, &once_length, &fault);
	char	   *twice;

	if (once == NULL)
	{
		if (fault.kind == IL_FAULT_NONE || fault.position > size + 1)
			abort();
		return;
	}
	twice = il_criterion_canonical(&memory, once, once_length, &twice_length, &fault);
	if (twice == NULL || once_length != twice_length || memcmp(once, twice, once_length) != 0)
		abort();
}

static void
choose_facts(const uint8_t *choice, IlFactValue *fact, IlFactValue *year_value)
{
	static const double figures[] = {0, 0.3, -1, 1e-300, 1e300, 0.1 + 0.2, 12345678.9, 2};
	static const int32_t years[] = {2021, 2023};

	for (int i = 0; i < FACTS; i++)
	{
		fact[i].state = choice[i / 4] >> (i % 4 * 2) & 1 ? IL_FACT_KNOWN : IL_FACT_UNKNOWN;
		fact[i].number = figures[choice[3 + i % 4] >> (i & 1 ? 3 : 0) & 7];
		fact[i].text = "A";
		fact[i].length = choice[7] & 1;
	}
	fact[7].number = fact[8].number = choice[6] & 1;
	fact[9].number = choice[5] * 200;
	for (int i = 5; i < 8; i += 2)
	{
		if (fact[i].state == IL_FACT_UNKNOWN)
			fact[i].state = IL_FACT_NOT_LISTED;
	}
	year_value[0] = fact[0];
	year_value[1] = fact[1];
	for (int i = 3; i < 5; i++)
	{
		fact[i].year = years;
		fact[i].year_value = year_value;
		fact[i].year_count = fact[i].state == IL_FACT_KNOWN ? choice[4] % 3 : 0;
	}
	/* a decimal of more digits than a double has */
	if (choice[7] & 2)
	{
		fact[1].long_decimal = true;
		fact[1].text = "0.30000000000000000000000001";
		fact[1].length = 28;
		fact[1].number = 0.3;
		fact[1].error = 1e-15;
	}
}

static void
judge(const uint8_t *choice, const char *text)
{
	IlRuleSpec	rule[] = {
		{.code = "C", .role = "criterion", .criterion = text},
		{.code = "X", .role = "exemption", .criterion = "b", .applicability = text}
	};
	IlRulesetSpec spec = {
		.name = "f", .version = "1", .as_of = choice[7] & 4 ? IL_NO_DATE : 8825,
		.criteria_needed = 1, .fact = facts, .fact_count = FACTS, .rule = rule, .rule_count = 2,
		.benchmark = benchmarks, .benchmark_count = 2
	};
	IlFault		fault;
	IlRuleset  *ruleset = il_ruleset_compile(&memory, &spec, &fault);
	IlFactValue fact[FACTS] = {{0}};
	IlFactValue year_value[2] = {{0}};
	IlRun		run = {.fact = fact, .memory = &memory};
	IlVerdict	verdict;
	size_t		length;

	if (ruleset == NULL)
		return;
	il_ruleset_print(&memory, ruleset, &length);
	choose_facts(choice, fact, year_value);
	il_run_begin(&run, &memory, ruleset);
	if (!il_ruleset_classify(&run, &verdict))
		return;
	if (verdict.has_margin && !isfinite(verdict.margin))
		abort();
	for (uint32_t i = 0; i < ruleset->rule_count; i++)
	{
		IlExplanation explanation;

		il_ruleset_explain(&run, i, (IlTongue) (i & 1), &explanation);
		if (i == 0 && explanation.truth != run.truth[0])
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char	   *text;

	if (size < CHOICES)
		return 0;
	text = allocate(NULL, size - CHOICES + 1);
	memcpy(text, data + CHOICES, size - CHOICES);
	text[size - CHOICES] = '\0';
	check_canonical(text, size - CHOICES);
	judge(data, text);
	drop_blocks();
	return 0;
}
