/*
 * explain.c - one rule of a verdict: every predicate as data, the decisive
 * ones as a sentence
 *
 * Decisive is what makes a condition what it is: of an "or" that holds its
 * true parts, of an "and" that does not its false ones, of an open condition
 * what is open.
 */
#include "core/phrase.h"
#include "core/calendar.h"

#include <math.h>
#include <string.h>

typedef struct Explainer
{
	IlPhrase	phrase;			/* the sentence */
	IlBuffer	operands;		/* the data */
	IlRun	   *run;
	bool		first;
} Explainer;

static bool
joins(const IlNode *node)
{
	return node->op == IL_OP_AND || node->op == IL_OP_OR || node->op == IL_OP_NOT ||
		node->op == IL_OP_AT_LEAST;
}

/* ---- data ---- */

static void
put_string(IlBuffer *buffer, const char *text)
{
	il_buffer_put_json(buffer, text, text == NULL ? 0 : strlen(text));
}

static void
put_text(Explainer *explainer, IlText text)
{
	il_buffer_put_json(&explainer->operands, il_ruleset_text(explainer->run->ruleset, text),
					   text.length);
}

static void
put_key(Explainer *explainer, const char *key)
{
	il_buffer_put_string(&explainer->operands, key);
}

/* A fact's value as JSON; what is unknown or not listed is null. */
static void
put_value(Explainer *explainer, const IlFactValue *value, unsigned type)
{
	IlBuffer   *buffer = &explainer->operands;
	char		text[IL_DECIMAL_TEXT_SIZE];

	if (value->state != IL_FACT_KNOWN)
		il_buffer_put_string(buffer, "null");
	else if (type == IL_TYPE_TEXT)
		il_buffer_put_json(buffer, value->text, value->length);
	else if (type == IL_TYPE_BOOLEAN)
		il_buffer_put_string(buffer, value->number != 0 ? "true" : "false");
	else if (type == IL_TYPE_DATE)
		il_buffer_put_json(buffer, text, il_date_print((int32_t) value->number, text));
	else if (value->long_decimal)
		il_buffer_put(buffer, value->text, value->length);
	else
		il_buffer_put(buffer, text,
					  il_double_print(explainer->run->memory, value->number, text));
}

static void
put_fact(Explainer *explainer, uint32_t slot)
{
	const IlFact *fact = il_ruleset_fact(explainer->run->ruleset, slot);
	const IlFactValue *value = &explainer->run->fact[slot];

	put_text(explainer, fact->name);
	put_key(explainer, ": ");
	if (fact->type != IL_TYPE_SERIES)
	{
		put_value(explainer, value, fact->type);
		return;
	}
	put_key(explainer, "{");
	for (uint32_t i = 0; i < value->year_count; i++)
	{
		put_key(explainer, i == 0 ? "\"" : ", \"");
		il_buffer_put_integer(&explainer->operands, value->year[i]);
		put_key(explainer, "\": ");
		put_value(explainer, &value->year_value[i], IL_TYPE_NUMBER);
	}
	put_key(explainer, "}");
}

/* Names of a predicate, each once; with "listed" only those not on their lists. */
static void
put_names(Explainer *explainer, const IlNode *top, bool not_listed)
{
	const IlNode *end = il_node_next(top);
	bool		first = true;

	for (const IlNode *node = top; node < end; node++)
	{
		bool		seen = false;

		if (il_op_is_benchmark(node->op))
		{
			node = il_node_next(node) - 1;
			continue;
		}
		if (node->op != IL_OP_NAME)
			continue;
		for (const IlNode *other = top; other < node && !seen; other++)
			seen = other->op == IL_OP_NAME && other->at.slot == node->at.slot;
		if (seen || (not_listed && explainer->run->fact[node->at.slot].state != IL_FACT_NOT_LISTED))
			continue;
		put_key(explainer, first ? "" : ", ");
		first = false;
		if (not_listed)
			put_text(explainer,
					 il_ruleset_fact(explainer->run->ruleset, (uint32_t) node->at.slot)->name);
		else
			put_fact(explainer, (uint32_t) node->at.slot);
	}
}

static void
put_benchmark(Explainer *explainer, const IlNode *node)
{
	const IlRuleset *ruleset = explainer->run->ruleset;
	const IlPeerState *peer = il_evaluate_peer(explainer->run, node);
	const IlBenchmark *benchmark = il_ruleset_benchmark(ruleset, (uint32_t) node->at.slot);
	const uint32_t *slot = il_ruleset_list(ruleset, benchmark->key);
	char		text[IL_DECIMAL_TEXT_SIZE];

	put_key(explainer, "{\"expression\": ");
	put_text(explainer, benchmark->expression);
	put_key(explainer, ", \"key\": {");
	for (uint32_t i = 0; i < benchmark->key_count; i++)
	{
		put_key(explainer, i == 0 ? "" : ", ");
		put_fact(explainer, slot[i]);
	}
	put_key(explainer, "}, \"n\": ");
	if (peer->group != NULL && peer->group->has_n)
		il_buffer_put_integer(&explainer->operands, peer->group->n);
	else
		put_key(explainer, "null");
	put_key(explainer, ", \"value\": ");
	if (peer->knowledge == IL_PEER_FIGURE)
		il_double_print(explainer->run->memory, peer->group->value, text);
	put_key(explainer, peer->knowledge == IL_PEER_FIGURE ? text : "null");
	put_key(explainer, ", \"note\": ");
	put_text(explainer, peer->group == NULL ? (IlText) {0, 0} : peer->group->note);
	put_key(explainer, "}");
}

static void
put_benchmarks(Explainer *explainer, const IlNode *top)
{
	bool		first = true;

	put_key(explainer, ", \"benchmarks\": [");
	for (const IlNode *node = top; node < il_node_next(top); node++)
	{
		if (!il_op_is_benchmark(node->op))
			continue;
		put_key(explainer, first ? "" : ", ");
		put_benchmark(explainer, node);
		first = false;
		node = il_node_next(node) - 1;
	}
	put_key(explainer, "]");
}

/* Side of a comparison as JSON. */
static void
put_side(Explainer *explainer, const char *key, const IlNode *node, unsigned kind)
{
	IlRun	   *run = explainer->run;
	char		number[IL_DECIMAL_TEXT_SIZE];
	const char *text;
	uint32_t	length;
	int32_t		days;

	put_key(explainer, key);
	if (kind == IL_KIND_NUMBER || kind == IL_KIND_FACT_LITERAL)
		put_key(explainer,
				il_phrase_value(run, node, false, IL_FRACTION_DIGITS, number) ? number : "null");
	else if (kind == IL_KIND_DATE && il_evaluate_date(run, node, &days))
		il_buffer_put_json(&explainer->operands, number, il_date_print(days, number));
	else if ((kind == IL_KIND_TEXT || kind == IL_KIND_ORDER) &&
			 il_evaluate_text(run, node, &text, &length) == IL_FACT_KNOWN)
		il_buffer_put_json(&explainer->operands, text, length);
	else if (kind == IL_KIND_BOOLEAN && il_evaluate(run, node, NULL) != IL_UNKNOWN)
		put_key(explainer, il_truth_words[il_evaluate(run, node, NULL)]);
	else
		put_key(explainer, "null");
}

/* (value - limit) / |limit| without rounding errors, signed as the margin is. */
static void
put_margin(Explainer *explainer, const IlNode *node)
{
	const IlMemory *memory = explainer->run->memory;
	IlFraction	value;
	IlFraction	limit;
	IlFraction	way;
	char		text[IL_DECIMAL_TEXT_SIZE];
	double		margin;

	il_evaluate(explainer->run, node, &margin);
	put_key(explainer, ", \"margin\": ");
	if (!isfinite(margin) ||
		!il_evaluate_fraction(explainer->run, il_phrase_subject(node), &value) ||
		!il_evaluate_fraction(explainer->run, il_phrase_limit(node), &limit) ||
		il_fraction_is_zero(&limit) ||
		!il_fraction_add(memory, &value, &limit, true, &way) ||
		!il_fraction_divide(memory, &way, &limit, &way))
	{
		put_key(explainer, "null");
		return;
	}
	way.negative = margin < 0;
	put_key(explainer, il_fraction_print(memory, &way, IL_FRACTION_DIGITS, text) ? text : "null");
}

static void
put_comparison(Explainer *explainer, const IlNode *node)
{
	IlText		unit = {0, 0};

	put_side(explainer, ", \"value\": ", il_phrase_subject(node), node->kind);
	put_side(explainer, ", \"threshold\": ", il_phrase_limit(node), node->kind);
	if (node->kind != IL_KIND_NUMBER && node->kind != IL_KIND_FACT_LITERAL)
		return;
	unit = il_phrase_unit(explainer->run->ruleset, il_phrase_subject(node));
	if (unit.length == 0)
		unit = il_phrase_unit(explainer->run->ruleset, il_phrase_limit(node));
	put_key(explainer, ", \"unit\": ");
	put_text(explainer, unit);
	put_margin(explainer, node);
}

static void
put_predicate(Explainer *explainer, const IlNode *node)
{
	IlRun	   *run = explainer->run;
	size_t		length;
	char	   *text = il_criterion_print(run->memory, node, (const char *) run->ruleset, &length);

	put_key(explainer, explainer->first ? "" : ", ");
	explainer->first = false;
	put_key(explainer, "{\"predicate\": ");
	il_buffer_put_json(&explainer->operands, text, length);
	put_key(explainer, ", \"truth\": ");
	put_string(&explainer->operands, il_truth_words[il_evaluate(run, node, NULL)]);
	if (il_op_is_comparison(node->op))
		put_comparison(explainer, node);
	put_key(explainer, ", \"facts\": {");
	put_names(explainer, node, false);
	put_key(explainer, "}");
	put_benchmarks(explainer, node);
	put_key(explainer, ", \"not_listed\": [");
	put_names(explainer, node, true);
	put_key(explainer, "]}");
}

static void
put_predicates(Explainer *explainer, const IlNode *node)
{
	if (!joins(node))
	{
		put_predicate(explainer, node);
		return;
	}
	for (const IlNode *child = node + 1; child < il_node_next(node); child = il_node_next(child))
		put_predicates(explainer, child);
}

/* ---- sentence ---- */

static void
say_decisive(Explainer *explainer, const IlNode *node)
{
	IlRun	   *run = explainer->run;
	IlTruth		truth = il_evaluate(run, node, NULL);

	if (!joins(node))
	{
		if (!explainer->first)
			il_say(&explainer->phrase, "; ", "；");
		explainer->first = false;
		il_phrase_predicate(&explainer->phrase, node);
		return;
	}
	for (const IlNode *child = node + 1; child < il_node_next(node); child = il_node_next(child))
	{
		if (node->op == IL_OP_NOT || il_evaluate(run, child, NULL) == truth)
			say_decisive(explainer, child);
	}
}

static void
say_condition(Explainer *explainer, const char *english, const char *chinese, const IlNode *node)
{
	if (explainer->phrase.buffer.length > 0)
		il_say(&explainer->phrase, " ", "");
	il_say(&explainer->phrase, english, chinese);
	explainer->first = true;
	say_decisive(explainer, node);
	il_say(&explainer->phrase, ".", "。");
}

static void
say_rule(Explainer *explainer, const IlRule *rule, const IlExplanation *result)
{
	const IlRuleset *ruleset = explainer->run->ruleset;
	const IlNode *criterion = il_ruleset_node(ruleset, rule->criterion);
	IlTruth		truth;

	if (result->applies == IL_FALSE)
	{
		say_condition(explainer, "The rule does not apply: ", "本条不适用：",
					  il_ruleset_node(ruleset, rule->applicability));
		return;
	}
	if (result->applies == IL_UNKNOWN)
		say_condition(explainer, "Whether the rule applies is open: ", "本条是否适用尚无法判定：",
					  il_ruleset_node(ruleset, rule->applicability));
	truth = il_evaluate(explainer->run, criterion, NULL);
	if (truth == IL_TRUE)
		say_condition(explainer, "The condition is met: ", "符合条件：", criterion);
	else if (truth == IL_FALSE)
		say_condition(explainer, "The condition is not met: ", "不符合条件：", criterion);
	else
		say_condition(explainer, "The condition cannot be decided: ", "尚无法判定：", criterion);
}

/* What an exemption owes to a decision. */
static const char *
say_decision(Explainer *explainer, const IlRule *rule, IlTruth facts, bool decided)
{
	if (decided && facts == IL_FALSE)
		il_say(&explainer->phrase, " An exemption is recorded, but the facts do not support it.",
			   "已有豁免决定，但与事实不符。");
	else if (decided)
		il_say(&explainer->phrase, " An exemption is recorded.", "已有豁免决定。");
	return decided ? "recorded" : rule->discretionary ? "not_recorded" : NULL;
}

static void
say_route(Explainer *explainer, const IlRule *rule, IlTruth truth)
{
	if (rule->role != IL_ROLE_GATE || truth != IL_TRUE || rule->route.length == 0)
		return;
	il_say(&explainer->phrase, " Route: ", "处理途径：");
	il_buffer_put(&explainer->phrase.buffer,
				  il_ruleset_text(explainer->run->ruleset, rule->route), rule->route.length);
	il_say(&explainer->phrase, ".", "。");
}

/* The first variant of which it is not known whether it holds, or that is one of a tie. */
static uint32_t
open_variant(IlRun *run, uint32_t head)
{
	IlTruth		wanted = run->chosen[head] == IL_VARIANT_OPEN ? IL_UNKNOWN : IL_TRUE;

	for (uint32_t at = head; at < head + il_ruleset_rule(run->ruleset, head)->variants; at++)
	{
		const IlScope *scope = il_ruleset_scope(run->ruleset, il_ruleset_rule(run->ruleset, at));

		if (scope->node != IL_NO_NODE &&
			il_evaluate(run, il_ruleset_node(run->ruleset, scope->node), NULL) == wanted)
			return at;
	}
	return head;
}

/* Which variant holds, and why; true when there is one to speak of further. */
static bool
say_variant(Explainer *explainer, uint32_t head, const IlRule *rule)
{
	const IlRuleset *ruleset = explainer->run->ruleset;
	const IlScope *scope = il_ruleset_scope(ruleset, rule);
	uint32_t	chosen = explainer->run->chosen[head];
	const IlNode *node;

	if (scope == NULL)
		return true;
	if (chosen == IL_VARIANT_NONE)
	{
		il_say(&explainer->phrase, "The rule has no variant for this subject.",
			   "本条没有适用于该对象的规定。");
		return false;
	}
	if (scope->node == IL_NO_NODE)
	{
		il_say(&explainer->phrase, "The general form of the rule holds.", "适用本条一般规定。");
		return true;
	}
	node = il_ruleset_node(ruleset, scope->node);
	if (chosen == IL_VARIANT_OPEN)
		say_condition(explainer, "Which variant of the rule holds cannot be decided: ",
					  "尚无法判定适用本条的哪项规定：", node);
	else if (chosen == IL_VARIANT_TIE)
		say_condition(explainer, "Variants of the rule that contradict each other hold: ",
					  "本条数项规定同时适用且结论不一：", node);
	else
		say_condition(explainer, "The variant of the rule holds for: ", "适用本条专门规定：", node);
	return chosen < IL_VARIANT_TIE;
}

static void
put_variant(Explainer *explainer, const IlRule *rule)
{
	const IlScope *scope = il_ruleset_scope(explainer->run->ruleset, rule);

	if (scope != NULL && scope->node != IL_NO_NODE)
		put_predicates(explainer, il_ruleset_node(explainer->run->ruleset, scope->node));
}

void
il_ruleset_explain(IlRun *run, uint32_t head, IlTongue tongue, IlExplanation *result)
{
	uint32_t	rule_index = run->chosen[head] < IL_VARIANT_TIE ? run->chosen[head]
		: run->chosen[head] == IL_VARIANT_NONE ? head : open_variant(run, head);
	const IlRule *rule = il_ruleset_rule(run->ruleset, rule_index);
	const IlNode *criterion = il_ruleset_node(run->ruleset, rule->criterion);
	Explainer	explainer = {
		.phrase = {.buffer = {.memory = run->memory}, .run = run, .tongue = tongue},
		.operands = {.memory = run->memory}, .run = run, .first = true
	};
	bool		decided = run->decided != NULL && run->decided[rule_index];
	IlTruth		facts = il_evaluate(run, criterion, NULL);

	result->rule = rule_index;
	result->chosen = run->chosen[head];
	result->applies = IL_TRUE;
	result->decision = NULL;
	il_buffer_put_string(&explainer.operands, "[");
	if (result->chosen != IL_VARIANT_NONE)
		put_variant(&explainer, rule);
	if (!say_variant(&explainer, head, rule))
	{
		il_buffer_put_string(&explainer.operands, "]");
		result->applies = result->chosen == IL_VARIANT_NONE ? IL_FALSE : IL_UNKNOWN;
		result->truth = result->applies;
		result->operands = il_buffer_finish(&explainer.operands);
		result->reason = il_buffer_finish(&explainer.phrase.buffer);
		return;
	}
	explainer.first = il_ruleset_scope(run->ruleset, rule) == NULL ||
		il_ruleset_scope(run->ruleset, rule)->node == IL_NO_NODE;
	if (rule->applicability != IL_NO_NODE)
	{
		result->applies = il_evaluate(run, il_ruleset_node(run->ruleset, rule->applicability),
									  NULL);
		put_predicates(&explainer, il_ruleset_node(run->ruleset, rule->applicability));
	}
	put_predicates(&explainer, criterion);
	il_buffer_put_string(&explainer.operands, "]");
	if (result->applies < facts)
		facts = result->applies;
	result->truth = facts;
	if (rule->role == IL_ROLE_EXEMPTION && rule->discretionary && !decided && facts == IL_TRUE)
	{
		result->truth = IL_FALSE;
		il_say(&explainer.phrase,
			   "Not counted, because the exemption takes a decision and none is recorded.",
			   "未计入：豁免须经决定，目前尚无记录。");
	}
	say_rule(&explainer, rule, result);
	if (rule->role == IL_ROLE_EXEMPTION)
		result->decision = say_decision(&explainer, rule, facts, decided);
	say_route(&explainer, rule, result->truth);
	result->operands = il_buffer_finish(&explainer.operands);
	result->reason = il_buffer_finish(&explainer.phrase.buffer);
}
