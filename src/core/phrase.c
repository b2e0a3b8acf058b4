/*
 * phrase.c - predicates in words: value, limit, and how they stand to each other
 *
 * A sentence says what is the case, whichever way the predicate asks: "not
 * below" for a "<" that does not hold.
 */
#include "core/phrase.h"
#include "core/calendar.h"

#include <string.h>

#define MOST_YEARS	12			/* told one by one */

static void
put(IlPhrase *phrase, const char *text, size_t length)
{
	il_buffer_put(&phrase->buffer, text, length);
}

const IlNode *
il_phrase_subject(const IlNode *comparison)
{
	return comparison->flags & IL_NODE_LIMIT_LEFT ? il_node_next(comparison + 1) : comparison + 1;
}

const IlNode *
il_phrase_limit(const IlNode *comparison)
{
	return comparison->flags & IL_NODE_LIMIT_LEFT ? comparison + 1 : il_node_next(comparison + 1);
}

/* ---- what is not known ---- */

static void
say_separator(IlPhrase *phrase, bool *first)
{
	if (!*first)
		il_say(phrase, "; ", "；");
	*first = false;
}

static void
say_missing_peer(IlPhrase *phrase, const IlNode *node, bool *first)
{
	const IlRuleset *ruleset = phrase->run->ruleset;
	const IlPeerState *peer = il_evaluate_peer(phrase->run, node);
	const IlBenchmark *benchmark = il_ruleset_benchmark(ruleset, (uint32_t) node->at.slot);
	const uint32_t *key = il_ruleset_list(ruleset, benchmark->key);

	if (peer->knowledge == IL_PEER_FIGURE)
		return;
	if (peer->knowledge == IL_PEER_NO_FIGURE)
	{
		say_separator(phrase, first);
		il_phrase_no_figure(phrase, node);
		return;
	}
	for (uint32_t i = 0; i < benchmark->key_count; i++)
	{
		if (phrase->run->fact[key[i]].state == IL_FACT_KNOWN)
			continue;
		say_separator(phrase, first);
		il_phrase_fact(phrase, key[i]);
		il_say(phrase, " is not known", "未知");
	}
}

/* Everything in a term that keeps it from having a value. */
static void
say_missing(IlPhrase *phrase, const IlNode *node, bool *first)
{
	IlRun	   *run = phrase->run;
	IlFraction	divisor;

	if (il_op_is_benchmark(node->op))
	{
		say_missing_peer(phrase, node, first);
		return;
	}
	if (node->op == IL_OP_NAME && il_evaluate_name(run, node)->state == IL_FACT_UNKNOWN)
	{
		say_separator(phrase, first);
		il_phrase_fact(phrase, (uint32_t) node->at.slot);
		il_say(phrase, " is not known", "未知");
	}
	if (node->op == IL_OP_YEARS_SINCE && run->ruleset->as_of == IL_NO_DATE)
	{
		say_separator(phrase, first);
		il_say(phrase, "no reference date is set", "未设定基准日期");
	}
	if (node->op == IL_OP_DIVIDE &&
		il_evaluate_fraction(run, il_node_next(node + 1), &divisor) &&
		il_fraction_is_zero(&divisor))
	{
		say_separator(phrase, first);
		il_phrase_term(phrase, il_node_next(node + 1));
		il_say(phrase, " is zero", "为零");
	}
	for (const IlNode *child = node + 1; child < il_node_next(node); child = il_node_next(child))
		say_missing(phrase, child, first);
}

/* ---- numbers ---- */

/* The same for two numbers that are compared: as many more as it takes to tell them apart. */
static int
telling_digits(IlPhrase *phrase, const IlNode *a, const IlNode *b, bool percent)
{
	int			of_a = il_phrase_digits(phrase, a, percent);
	int			of_b = il_phrase_digits(phrase, b, percent);
	int			digits = of_a > of_b ? of_a : of_b;
	char		text_a[IL_DECIMAL_TEXT_SIZE];
	char		text_b[IL_DECIMAL_TEXT_SIZE];

	if (!il_phrase_value(phrase->run, a, percent, IL_FRACTION_DIGITS, text_a) ||
		!il_phrase_value(phrase->run, b, percent, IL_FRACTION_DIGITS, text_b) ||
		strcmp(text_a, text_b) == 0)
		return digits;
	for (; digits < IL_FRACTION_DIGITS; digits++)
		if (il_phrase_value(phrase->run, a, percent, digits, text_a) &&
			il_phrase_value(phrase->run, b, percent, digits, text_b) &&
			strcmp(text_a, text_b) != 0)
			break;
	return digits;
}

static void
say_number(IlPhrase *phrase, const IlNode *node, bool percent, IlText unit, int digits)
{
	char		value[IL_DECIMAL_TEXT_SIZE];

	if (!il_phrase_value(phrase->run, node, percent, digits, value))
		strcpy(value, "?");
	il_buffer_put_string(&phrase->buffer, value);
	if (percent)
		put(phrase, "%", 1);
	else if (unit.length > 0)
		il_phrase_say_unit(phrase, unit);
}

/* How the subject stands to the limit: the comparison, or its contrary. */
static void
say_order(IlPhrase *phrase, unsigned op, bool holds, bool dates)
{
	static const char *const english[] = {"below", "not below", "above", "not above"};
	static const char *const chinese[] = {"低于", "不低于", "高于", "不高于"};
	static const char *const english_date[] = {"before", "not before", "after", "not after"};
	static const char *const chinese_date[] = {"早于", "不早于", "晚于", "不晚于"};
	int			at;

	switch (op)
	{
		case IL_OP_LESS:
			at = holds ? 0 : 1;
			break;
		case IL_OP_GREATER_EQUAL:
			at = holds ? 1 : 0;
			break;
		case IL_OP_GREATER:
			at = holds ? 2 : 3;
			break;
		default:
			at = holds ? 3 : 2;
			break;
	}
	il_say(phrase, dates ? english_date[at] : english[at], dates ? chinese_date[at] : chinese[at]);
}

static unsigned
mirror(unsigned op)
{
	switch (op)
	{
		case IL_OP_LESS:
			return IL_OP_GREATER;
		case IL_OP_LESS_EQUAL:
			return IL_OP_GREATER_EQUAL;
		case IL_OP_GREATER:
			return IL_OP_LESS;
		case IL_OP_GREATER_EQUAL:
			return IL_OP_LESS_EQUAL;
		default:
			return op;
	}
}

static bool
is_percent(const IlNode *node)
{
	return node->op == IL_OP_NUMBER && (node->flags & IL_NODE_PERCENT) != 0;
}

static void
say_limit(IlPhrase *phrase, const IlNode *limit, bool percent, IlText unit, int digits)
{
	say_number(phrase, limit, percent, unit, digits);
	if (limit->op == IL_OP_NUMBER)
		return;
	il_say(phrase, " (", "（");
	il_phrase_term(phrase, limit);
	il_say(phrase, ")", "）");
}

static void
say_number_comparison(IlPhrase *phrase, const IlNode *node, bool holds)
{
	const IlNode *subject = il_phrase_subject(node);
	const IlNode *limit = il_phrase_limit(node);
	unsigned	op = node->flags & IL_NODE_LIMIT_LEFT ? mirror(node->op) : node->op;
	bool		percent = is_percent(limit);
	IlText		unit = il_phrase_unit(phrase->run->ruleset, subject);
	int			digits = telling_digits(phrase, subject, limit, percent);

	if (unit.length == 0)
		unit = il_phrase_unit(phrase->run->ruleset, limit);
	if (subject->op != IL_OP_NUMBER)
	{
		il_phrase_term(phrase, subject);
		il_say(phrase, " is ", "为");
	}
	say_number(phrase, subject, percent, unit, digits);
	il_say(phrase, ", ", "，");
	if (op == IL_OP_EQUAL || op == IL_OP_NOT_EQUAL)
	{
		bool		equal = (op == IL_OP_EQUAL) == holds;

		il_say(phrase, equal ? "equal to " : "not equal to ", equal ? "等于" : "不等于");
	}
	else
	{
		say_order(phrase, op, holds, false);
		il_say(phrase, " the limit of ", "限值");
	}
	say_limit(phrase, limit, percent, unit, digits);
}

/* ---- dates, codes, truth values ---- */

static void
say_date_value(IlPhrase *phrase, const IlNode *node)
{
	char		date[IL_DATE_TEXT_SIZE];
	int32_t		days;

	if (il_evaluate_date(phrase->run, node, &days))
		put(phrase, date, il_date_print(days, date));
}

static void
say_text_value(IlPhrase *phrase, const IlNode *node)
{
	const char *text;
	uint32_t	length;

	if (il_evaluate_text(phrase->run, node, &text, &length) == IL_FACT_KNOWN)
		put(phrase, text, length);
}

static void
say_value(IlPhrase *phrase, const IlNode *node, IlKind kind)
{
	IlTruth		truth;

	switch (kind)
	{
		case IL_KIND_DATE:
			say_date_value(phrase, node);
			break;
		case IL_KIND_TEXT:
		case IL_KIND_ORDER:
			say_text_value(phrase, node);
			break;
		case IL_KIND_BOOLEAN:
			truth = il_evaluate(phrase->run, node, NULL);
			il_say(phrase, truth == IL_TRUE ? "yes" : "no", truth == IL_TRUE ? "是" : "否");
			break;
		default:
			say_number(phrase, node, false, il_phrase_unit(phrase->run->ruleset, node),
					   il_phrase_digits(phrase, node, false));
			break;
	}
}

/* A fact that a complete list does not hold. */
static bool
say_not_listed(IlPhrase *phrase, const IlNode *node)
{
	const IlFact *fact;

	if (node->op != IL_OP_NAME || il_evaluate_name(phrase->run, node)->state != IL_FACT_NOT_LISTED)
		return false;
	fact = il_ruleset_fact(phrase->run->ruleset, (uint32_t) node->at.slot);
	il_phrase_fact(phrase, (uint32_t) node->at.slot);
	if (fact->list_holder.length == 0)
	{
		il_say(phrase, ": not on the list", "：未列入名单");
		return true;
	}
	il_say(phrase, ": not on the list of ", "：未列入");
	put(phrase, il_ruleset_text(phrase->run->ruleset, fact->list_holder),
		fact->list_holder.length);
	il_say(phrase, "", "的名单");
	return true;
}

/* A condition among the terms of a comparison has no label. */
static void
say_subject(IlPhrase *phrase, const IlNode *node)
{
	size_t		length;
	char	   *text;

	if (node->op <= IL_OP_DATE || node->op >= IL_OP_ADD)
	{
		il_phrase_term(phrase, node);
		return;
	}
	text = il_criterion_print(phrase->run->memory, node, (const char *) phrase->run->ruleset,
							  &length);
	put(phrase, text, length);
}

static void
say_codes(IlPhrase *phrase, const IlNode *item, const IlNode *end)
{
	for (bool first = true; item < end; item = il_node_next(item), first = false)
	{
		if (!first)
			il_say(phrase, ", ", "、");
		il_phrase_term(phrase, item);
	}
}

static void
say_other_comparison(IlPhrase *phrase, const IlNode *node, bool holds)
{
	const IlNode *subject = il_phrase_subject(node);
	const IlNode *limit = il_phrase_limit(node);
	unsigned	op = node->flags & IL_NODE_LIMIT_LEFT ? mirror(node->op) : node->op;
	IlKind		kind = (IlKind) node->kind;

	if (say_not_listed(phrase, subject) || say_not_listed(phrase, limit))
		return;
	say_subject(phrase, subject);
	il_say(phrase, " is ", "为");
	say_value(phrase, subject, kind);
	if (op != IL_OP_EQUAL && op != IL_OP_NOT_EQUAL)
	{
		il_say(phrase, ", ", "，");
		say_order(phrase, op, holds, kind == IL_KIND_DATE);
		il_say(phrase, " ", "");
	}
	else if ((op == IL_OP_EQUAL) == holds)
	{
		if (limit->op != IL_OP_NAME)
			return;				/* "danger grade is C" says it all */
		il_say(phrase, ", as ", "，与");
		il_phrase_term(phrase, limit);
		il_say(phrase, "", "一致");
		return;
	}
	else
		il_say(phrase, ", not ", "，而非");
	if (limit->op == IL_OP_NAME)
	{
		il_phrase_term(phrase, limit);
		il_say(phrase, " ", "");
	}
	say_value(phrase, limit, kind);
	if (kind == IL_KIND_ORDER)
	{
		il_say(phrase, " in the order ", "（次序：");
		say_codes(phrase, il_node_next(il_node_next(node + 1)), il_node_next(node));
		il_say(phrase, "", "）");
	}
}

static void
say_in(IlPhrase *phrase, const IlNode *node, bool holds)
{
	bool		among = holds == ((node->flags & IL_NODE_NEGATED) == 0);

	if (say_not_listed(phrase, node + 1))
		return;
	il_phrase_term(phrase, node + 1);
	il_say(phrase, " is ", "为");
	say_value(phrase, node + 1, (IlKind) node->kind);
	il_say(phrase, among ? ", one of " : ", none of ", among ? "，属于" : "，不属于");
	say_codes(phrase, il_node_next(node + 1), il_node_next(node));
}

static void
say_between(IlPhrase *phrase, const IlNode *node, bool holds)
{
	const IlNode *low = il_node_next(node + 1);
	bool		within = holds == ((node->flags & IL_NODE_NEGATED) == 0);

	il_phrase_term(phrase, node + 1);
	il_say(phrase, " is ", "为");
	say_value(phrase, node + 1, (IlKind) node->kind);
	il_say(phrase, within ? ", between " : ", not between ", within ? "，在" : "，不在");
	say_value(phrase, low, (IlKind) node->kind);
	il_say(phrase, " and ", "至");
	say_value(phrase, il_node_next(low), (IlKind) node->kind);
	il_say(phrase, "", "之间");
}

/* ---- conditions that stand like a predicate ---- */

static void
say_boolean_fact(IlPhrase *phrase, const IlNode *node, bool holds)
{
	if (say_not_listed(phrase, node))
		return;
	il_phrase_fact(phrase, (uint32_t) node->at.slot);
	il_say(phrase, holds ? ": yes" : ": no", holds ? "：是" : "：否");
}

static void
say_known(IlPhrase *phrase, const IlNode *node, bool holds)
{
	bool		known = holds == ((node->flags & IL_NODE_NEGATED) == 0);

	say_subject(phrase, node + 1);
	il_say(phrase, known ? " is known" : " is not known", known ? "已知" : "未知");
}

/* Not even n years are known, or there is no year to count from. */
static void
say_too_few_years(IlPhrase *phrase, const IlNode *node)
{
	IlRun	   *run = phrase->run;
	bool		first = true;

	if (node->flags & IL_NODE_YEAR)
	{
		il_say(phrase, "no reference date is set", "未设定基准日期");
		return;
	}
	for (const IlNode *name = node + 1; name < il_node_next(node); name++)
	{
		bool		series = name->kind == IL_KIND_SERIES;

		if (name->op != IL_OP_NAME ||
			(!series && run->fact[name->at.slot].state != IL_FACT_UNKNOWN))
			continue;
		say_separator(phrase, &first);
		il_phrase_fact(phrase, (uint32_t) name->at.slot);
		if (series)
			il_say(phrase, " is known for fewer years", "已知年份不足");
		else
			il_say(phrase, " is not known", "未知");
	}
}

/* Year by year; which years count is said where it is a window of its own. */
static void
say_for_years(IlPhrase *phrase, const IlNode *node)
{
	IlRun	   *run = phrase->run;
	int32_t		first;
	int32_t		last;
	bool		start = true;
	int32_t		told = 0;

	il_say(phrase, "over ", "连续");
	il_buffer_put_integer(&phrase->buffer, node->value);
	il_say(phrase, " consecutive years: ", "年：");
	if (!il_evaluate_span(run, node, &first, &last))
	{
		say_too_few_years(phrase, node);
		return;
	}
	if (last - first >= MOST_YEARS)
		first = last - MOST_YEARS + 1;
	for (int32_t year = first; year <= last; year++, told++)
	{
		IlTruth		truth;

		run->year = year;
		truth = il_evaluate(run, node + 1, NULL);
		say_separator(phrase, &start);
		il_buffer_put_integer(&phrase->buffer, year);
		il_say(phrase, truth == IL_TRUE ? " holds" : truth == IL_FALSE ? " does not hold"
			   : " is not known", truth == IL_TRUE ? "年成立" : truth == IL_FALSE ? "年不成立"
			   : "年未知");
		run->year = year;
		if (truth == IL_UNKNOWN || il_node_next(node) - node > 4 ||
			!il_op_is_comparison((node + 1)->op))
			continue;
		il_say(phrase, " (", "（");
		il_phrase_predicate(phrase, node + 1);
		il_say(phrase, ")", "）");
	}
}

/* A code that is known, but has no place in the order. */
static void
say_off_order(IlPhrase *phrase, const IlNode *node)
{
	il_phrase_term(phrase, il_phrase_subject(node));
	if (il_phrase_subject(node)->op == IL_OP_NAME)
	{
		il_say(phrase, " is ", "为");
		say_text_value(phrase, il_phrase_subject(node));
	}
	il_say(phrase, ", which cannot be placed in the order ", "，不在次序中：");
	say_codes(phrase, il_node_next(il_node_next(node + 1)), il_node_next(node));
}

void
il_phrase_predicate(IlPhrase *phrase, const IlNode *node)
{
	IlTruth		truth = il_evaluate(phrase->run, node, NULL);
	bool		holds = truth == IL_TRUE;
	bool		first = true;

	if (node->op == IL_OP_FOR_YEARS)
	{
		say_for_years(phrase, node);
		return;
	}
	if (truth == IL_UNKNOWN)
	{
		say_missing(phrase, node, &first);
		if (first && node->kind == IL_KIND_ORDER)
			say_off_order(phrase, node);
		return;
	}
	switch ((IlOp) node->op)
	{
		case IL_OP_NAME:
			say_boolean_fact(phrase, node, holds);
			break;
		case IL_OP_TRUE:
		case IL_OP_FALSE:
			il_say(phrase, holds ? "always" : "never", holds ? "恒成立" : "恒不成立");
			break;
		case IL_OP_IN:
			say_in(phrase, node, holds);
			break;
		case IL_OP_BETWEEN:
			say_between(phrase, node, holds);
			break;
		case IL_OP_KNOWN:
			say_known(phrase, node, holds);
			break;
		default:
			if (node->kind == IL_KIND_NUMBER || node->kind == IL_KIND_FACT_LITERAL)
				say_number_comparison(phrase, node, holds);
			else
				say_other_comparison(phrase, node, holds);
			break;
	}
}
