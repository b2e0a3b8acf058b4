/*
 * ruleset_test.c - compiled rules: comparisons by doubles and by fractions
 * agree, blocks survive their text, verdicts follow the table
 */
#include "arena.h"
#include "core/evaluate.h"
#include "core/ruleset.h"

#include <float.h>
#include <math.h>
#include <string.h>

static uint32_t
next_random(uint32_t below)
{
	static uint64_t state = UINT64_C(2463534242134567);

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t) (state >> 33) % below;
}

#define FACTS	4

static const IlFactSpec number_facts[FACTS] = {
	{.name = "a", .type = "number"}, {.name = "b", .type = "number"},
	{.name = "c", .type = "number"}, {.name = "d", .type = "number"}
};

static IlRuleset *
compile_one(const char *criterion)
{
	IlRuleSpec	rule = {.code = "R", .role = "criterion", .criterion = criterion};
	IlRulesetSpec spec = {
		.name = "t", .version = "1", .as_of = 8825, .criteria_needed = 1,
		.fact = number_facts, .fact_count = FACTS, .rule = &rule, .rule_count = 1
	};
	IlFault		fault;
	IlRuleset  *ruleset = il_ruleset_compile(&arena, &spec, &fault);

	if (ruleset == NULL)
		printf("# %s: %s\n", criterion, fault.message);
	return ruleset;
}

/* ---- doubles against fractions ---- */

/* A term of the four facts and small literals. */
static void
random_term(char *text, int depth)
{
	char		left[400];
	char		right[400];

	if (depth == 0)
	{
		static const char *const leaf[] = {"a", "b", "c", "d", "3", "0.1", "60%", "1.5", "-2"};

		strcpy(text, leaf[next_random(9)]);
		return;
	}
	random_term(left, depth - 1);
	random_term(right, (int) next_random((uint32_t) depth));
	snprintf(text, 900, "(%s %c %s)", left, "+-*/"[next_random(4)], right);
}

/* Figures with few digits, so that equal terms are common; now and then extreme ones. */
static double
random_figure(void)
{
	switch (next_random(12))
	{
		case 0:
			return 0;
		case 1:
			return ldexp(1 + next_random(1000) / 1000.0, (int) next_random(2000) - 1000);
		case 2:
			return 0.1 + 0.2;
		case 3:
			return nextafter(next_random(100) / 10.0, 1000);
		default:
			return ((int) next_random(400) - 100) / 20.0;
	}
}

static void
test_exactness(void)
{
	bool		agree = true;
	bool		signs = true;
	int			equal = 0;
	int			unknown = 0;

	for (int i = 0; i < 20000; i++)
	{
		char		left[900];
		char		right[1000];
		char		criterion[2000];
		IlFactValue fact[FACTS] = {{0}};
		IlRuleset  *ruleset;
		const IlNode *node;
		IlRun		run = {.fact = fact, .memory = &arena};
		IlFraction	l;
		IlFraction	r;
		IlReal		value[2];
		int			sign;
		int			exact;
		double		margin;
		bool		known;

		random_term(left, (int) next_random(4));
		if (next_random(3) == 0)
			snprintf(right, sizeof(right), "(%s + a) - a", left);
		else
			random_term(right, (int) next_random(3));
		snprintf(criterion, sizeof(criterion), "%s < %s", left, right);
		ruleset = compile_one(criterion);
		il_run_begin(&run, &arena, ruleset);
		node = il_ruleset_node(ruleset, il_ruleset_rule(ruleset, 0)->criterion);
		for (int j = 0; j < FACTS; j++)
			il_fact_set_number(&fact[j], random_figure());
		known = il_evaluate_compare(&run, node + 1, il_node_next(node + 1), &sign, value);
		if (!il_evaluate_fraction(&run, node + 1, &l) ||
			!il_evaluate_fraction(&run, il_node_next(node + 1), &r))
		{
			agree = agree && !known;
			unknown++;
		}
		else if (!il_fraction_compare(&arena, &l, &r, &exact) || !known || sign != exact)
		{
			printf("# %s with %.17g %.17g %.17g %.17g\n", criterion, fact[0].number,
				   fact[1].number, fact[2].number, fact[3].number);
			agree = false;
		}
		else
		{
			IlTruth		truth = il_evaluate(&run, node, &margin);

			equal += sign == 0;
			signs = signs && truth == (exact < 0 ? IL_TRUE : IL_FALSE) &&
				(exact == 0 ? margin == 0 : exact < 0 ? !(margin > 0) : !(margin < 0));
		}
		arena_reset();
	}
	ok(agree, "comparisons agree with exact arithmetic (%d equal, %d undefined)", equal, unknown);
	ok(signs, "the sign of the margin agrees with the truth");
	ok(equal > 2000, "equal terms were among them");
}

/* A fact against a literal of any length, decided by doubles wherever these can. */
static void
test_literals(void)
{
	bool		all = true;

	for (int i = 0; i < 20000; i++)
	{
		char		literal[80];
		char		criterion[200];
		IlFactValue fact[FACTS] = {{0}};
		IlRun		run = {.fact = fact, .memory = &arena};
		IlRuleset  *ruleset;
		IlFraction	value;
		IlFraction	limit;
		int			sign;
		double		margin;

		snprintf(literal, sizeof(literal), "%.*f", (int) next_random(25),
				 next_random(100000) / 1000.0);
		snprintf(criterion, sizeof(criterion), "a < %s", literal);
		ruleset = compile_one(criterion);
		il_run_begin(&run, &arena, ruleset);
		il_fact_set_number(&fact[0], strtod(literal, NULL));
		if (next_random(3) == 0)
			fact[0].number = nextafter(fact[0].number, next_random(2) ? 1e9 : -1e9);
		il_fraction_of_double(&arena, fact[0].number, &value);
		if (!il_fraction_of_text(&arena, literal, strlen(literal), &limit) ||
			!il_fraction_compare(&arena, &value, &limit, &sign))
			all = false;
		all = all && il_evaluate(&run, il_ruleset_node(ruleset, 0), &margin) ==
			(sign < 0 ? IL_TRUE : IL_FALSE);
		arena_reset();
	}
	ok(all, "facts against literals of up to 24 decimals");
}

/* ---- one block with everything ---- */

static const IlFactSpec facts[] = {
	{.name = "x", .type = "number", .unit = "m", .label_en = "x \"quoted\"\n", .label_zh = "数"},
	{.name = "x", .type = "series"},
	{.name = "contract.x", .type = "number", .openness = "open"},
	{.name = "grade", .type = "text", .openness = "complete_list", .list_holder = "office"},
	{.name = "flag", .type = "boolean"},
	{.name = "day", .type = "date"}
};
static const IlRuleSpec rules[] = {
	{.code = "G", .role = "gate", .applicability = "day is known",
	.criterion = "years_since(day) >= 1", .route = "elsewhere"},
	{.code = "C1", .role = "criterion", .criterion = "x < 60% * contract.x"},
	{.code = "C2", .role = "criterion", .criterion = "x<10%*peer_mean(x)"},
	{.code = "C3", .role = "criterion", .criterion = "for_years(2, x < 1) or grade = 'D'"},
	{.code = "X", .role = "exemption", .criterion = "flag", .discretionary = true}
};
static const char *const key_fact[] = {"grade"};
static const char *const key_a[] = {"A"};
static const char *const key_b[] = {"B"};
static const IlBenchmarkSpec benchmarks[] = {
	{.expression = "peer_mean( x )", .key_fact = (const char **) key_fact,
	.key_value = (const char **) key_b, .key_count = 1, .has_n = true, .n = 7, .has_value = true,
	.value = 0.1 + 0.2, .note = "n"},
	{.expression = "peer_mean(x)", .key_fact = (const char **) key_fact,
	.key_value = (const char **) key_a, .key_count = 1}
};

static IlRulesetSpec
full_spec(void)
{
	return (IlRulesetSpec) {
		.name = "full", .version = "2", .as_of = 8825, .criteria_needed = 1,
		.fact = facts, .fact_count = 6, .rule = rules, .rule_count = 5,
		.benchmark = benchmarks, .benchmark_count = 2
	};
}

static void
test_block(void)
{
	IlRulesetSpec spec = full_spec();
	IlBenchmarkSpec turned[2] = {benchmarks[1], benchmarks[0]};
	IlFault		fault;
	IlRuleset  *first = il_ruleset_compile(&arena, &spec, &fault);
	IlRuleset  *second;
	IlRuleset  *moved;
	size_t		length;
	size_t		again;
	char	   *text;

	if (!ok(first != NULL, "everything compiles"))
		return;
	spec.benchmark = turned;
	second = il_ruleset_compile(&arena, &spec, &fault);
	ok(second->size == first->size && memcmp(first, second, first->size) == 0,
	   "the order of benchmarks leaves no trace");
	moved = il_allocate(&arena, first->size);
	memcpy(moved, first, first->size);
	text = il_ruleset_print(&arena, first, &length);
	memset(first, 0xAA, first->size);
	ok(strcmp(text, il_ruleset_print(&arena, moved, &again)) == 0 && length == again,
	   "a block can be moved");
	ok(strstr(text, "\\\"quoted\\\"\\u000a") != NULL, "texts are escaped");
	ok(strstr(text, "0.30000000000000004") != NULL, "figures keep their digits");
	ok(strstr(text, "x < 10% * peer_mean(x)") != NULL, "criteria are canonical");
	spec.as_of++;
	second = il_ruleset_compile(&arena, &spec, &fault);
	ok(memcmp(second->fingerprint, moved->fingerprint, sizeof(moved->fingerprint)) != 0,
	   "another day, another fingerprint");
	arena_reset();
}

/* Every explanation can be made, in both languages, whatever is known. */
static void
test_explanations(void)
{
	IlRulesetSpec spec = full_spec();
	IlFault		fault;
	bool		all = true;
	static const int32_t years[] = {2022, 2023};

	for (int mask = 0; mask < 128; mask++)
	{
		IlRuleset  *ruleset = il_ruleset_compile(&arena, &spec, &fault);
		IlFactValue fact[6] = {{0}};
		IlFactValue year_value[2] = {{0}};
		IlRun		run = {.fact = fact, .memory = &arena};
		IlVerdict	verdict;

		for (int i = 0; i < 6; i++)
			fact[i].state = mask & (1 << i) ? IL_FACT_KNOWN : IL_FACT_UNKNOWN;
		fact[0].number = 0.3;
		fact[2].number = 0.5;
		if (fact[3].state == IL_FACT_UNKNOWN && mask & 64)
			fact[3].state = IL_FACT_NOT_LISTED;
		fact[3].text = "B";
		fact[3].length = 1;
		fact[4].number = 1;
		fact[5].number = 8000;
		il_fact_set_number(&year_value[0], 0.5);
		fact[1].year = years;
		fact[1].year_value = year_value;
		fact[1].year_count = fact[1].state == IL_FACT_KNOWN ? 2 : 0;
		il_run_begin(&run, &arena, ruleset);
		all = il_ruleset_classify(&run, &verdict) && all;
		for (uint32_t i = 0; i < ruleset->rule_count; i++)
		{
			for (int tongue = 0; tongue < 2; tongue++)
			{
				IlExplanation explanation;

				il_ruleset_explain(&run, i, (IlTongue) tongue, &explanation);
				all = all && explanation.reason[0] != '\0' && explanation.operands[0] == '[' &&
					strchr(explanation.reason, '?') == NULL;
			}
		}
		arena_reset();
	}
	ok(all, "explanations for every set of known facts");
}

/* ---- gates, criteria, exemptions ---- */

/* The table of ruleset.c, written out again from its source. */
static IlVerdictWord
expected_word(IlTruth gate, IlTruth criterion, IlTruth exemption)
{
	if (gate == IL_TRUE)
		return IL_EXCLUDED;
	if (gate == IL_UNKNOWN)
		return IL_INSUFFICIENT_DATA;
	if (criterion == IL_FALSE)
		return IL_NOT_INEFFICIENT;
	if (exemption == IL_TRUE)
		return IL_EXEMPT;
	return criterion == IL_TRUE ? IL_INEFFICIENT : IL_INSUFFICIENT_DATA;
}

static void
set_truth(IlFactValue *fact, IlTruth truth)
{
	fact->state = truth == IL_UNKNOWN ? IL_FACT_UNKNOWN : IL_FACT_KNOWN;
	fact->number = truth == IL_TRUE;
}

static void
test_table(void)
{
	static const IlFactSpec three[] = {
		{.name = "g", .type = "boolean"}, {.name = "c", .type = "boolean"},
		{.name = "x", .type = "boolean"}
	};
	bool		all = true;

	for (int discretionary = 0; discretionary < 2; discretionary++)
	{
		IlRuleSpec	rule[] = {
			{.code = "X", .role = "exemption", .criterion = "x", .discretionary = discretionary},
			{.code = "G", .role = "gate", .criterion = "g"},
			{.code = "C", .role = "criterion", .criterion = "c"}
		};
		IlRulesetSpec spec = {
			.name = "t", .version = "1", .as_of = IL_NO_DATE, .criteria_needed = 1,
			.fact = three, .fact_count = 3, .rule = rule, .rule_count = 3
		};
		IlFault		fault;
		IlRuleset  *ruleset = il_ruleset_compile(&arena, &spec, &fault);

		for (int i = 0; i < 54; i++)
		{
			IlTruth		g = (IlTruth) (i % 3);
			IlTruth		c = (IlTruth) (i / 3 % 3);
			IlTruth		x = (IlTruth) (i / 9 % 3);
			bool		decided[3] = {i >= 27, false, false};
			IlTruth		counts = discretionary && x == IL_TRUE && !decided[0] ? IL_FALSE : x;
			IlFactValue fact[3] = {{0}};
			IlRun		run = {.fact = fact, .decided = decided, .memory = &arena};
			IlVerdict	verdict;
			unsigned	flags = 0;

			set_truth(&fact[0], g);
			set_truth(&fact[1], c);
			set_truth(&fact[2], x);
			il_run_begin(&run, &arena, ruleset);
			il_ruleset_classify(&run, &verdict);
			if (g != IL_TRUE && decided[0] && x == IL_FALSE)
				flags |= IL_FLAG_DECISION_CONTRADICTS;
			if (g == IL_FALSE && c == IL_TRUE && counts == IL_UNKNOWN)
				flags |= IL_FLAG_EXEMPTION_OPEN;
			if (g == IL_FALSE && c == IL_UNKNOWN && counts == IL_TRUE)
				flags |= IL_FLAG_CRITERION_OPEN;
			if (g == IL_FALSE && c != IL_FALSE && counts != x)
				flags |= IL_FLAG_EXEMPTION_CANDIDATE;
			all = all && verdict.word == expected_word(g, c, counts) && verdict.flags == flags;
		}
		arena_reset();
	}
	ok(all, "108 cases of gate, criterion, exemption and decision");
}

int
main(void)
{
	test_exactness();
	test_literals();
	test_block();
	test_explanations();
	test_table();
	return done();
}
