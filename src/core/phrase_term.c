/*
 * phrase_term.c - terms in words: labels, units, shares, peer figures
 */
#include "core/phrase.h"
#include "core/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
put(IlPhrase *phrase, const char *text, size_t length)
{
	il_buffer_put(&phrase->buffer, text, length);
}

static void
put_text(IlPhrase *phrase, IlText text)
{
	put(phrase, il_ruleset_text(phrase->run->ruleset, text), text.length);
}

void
il_phrase_fact(IlPhrase *phrase, uint32_t slot)
{
	const IlFact *fact = il_ruleset_fact(phrase->run->ruleset, slot);
	bool		chinese = phrase->tongue == IL_TONGUE_CHINESE;
	IlText		label = chinese ? fact->label_zh : fact->label_en;

	if (label.length == 0)
		label = chinese ? fact->label_en : fact->label_zh;
	put_text(phrase, label.length == 0 ? fact->name : label);
}

bool
il_phrase_value(IlRun *run, const IlNode *node, bool percent, int digits,
				char text[IL_DECIMAL_TEXT_SIZE])
{
	IlFraction	value;
	IlFraction	hundred;

	if (!il_evaluate_fraction(run, node, &value))
		return false;
	if (percent)
	{
		il_fraction_of_text(run->memory, "100", 3, &hundred);
		if (!il_fraction_multiply(run->memory, &value, &hundred, &value))
			return false;
	}
	return il_fraction_print(run->memory, &value, digits, text);
}

int
il_phrase_digits(IlPhrase *phrase, const IlNode *node, bool percent)
{
	char		value[IL_DECIMAL_TEXT_SIZE];
	double		magnitude;
	int			digits = 2;

	if (!il_phrase_value(phrase->run, node, percent, IL_FRACTION_DIGITS, value))
		return IL_FRACTION_DIGITS;
	for (magnitude = fabs(strtod(value, NULL)); magnitude >= 1 && digits < IL_FRACTION_DIGITS;
		 magnitude /= 10)
		digits++;
	return digits < 4 ? 4 : digits;
}

/* ---- units ---- */

/* Slot of a fact of this name, -1 if there is none. */
static int32_t
find_fact(const IlRuleset *ruleset, const char *name, uint32_t length)
{
	for (uint32_t i = 0; i < ruleset->fact_count; i++)
	{
		IlText		other = il_ruleset_fact(ruleset, i)->name;

		if (other.length == length &&
			memcmp(il_ruleset_text(ruleset, other), name, length) == 0)
			return (int32_t) i;
	}
	return -1;
}

static bool
starts_with_digit(const char *text)
{
	return text[0] >= '0' && text[0] <= '9';
}

/*
 * A unit in Chinese, word by word between slashes; what is not in the list stays,
 * but digits must not grow together with the number before them.
 */
static void
say_unit_in_chinese(IlPhrase *phrase, const char *unit, size_t length)
{
	static const char *const word[][2] = {
		{"10^4 CNY", "万元"}, {"CNY", "元"}, {"mu", "亩"}, {"ha", "公顷"}, {"tce", "吨标准煤"},
	};

	for (size_t from = 0; from < length;)
	{
		const char *slash = memchr(unit + from, '/', length - from);
		size_t		size = slash == NULL ? length - from : (size_t) (slash - unit) - from;
		const char *chinese = NULL;

		for (size_t i = 0; i < sizeof word / sizeof word[0]; i++)
			if (strlen(word[i][0]) == size && memcmp(word[i][0], unit + from, size) == 0)
				chinese = word[i][1];
		if (chinese != NULL)
			il_buffer_put_string(&phrase->buffer, chinese);
		else
		{
			if (from == 0 && starts_with_digit(unit))
				il_buffer_put_string(&phrase->buffer, "×");
			put(phrase, unit + from, size);
		}
		if (slash != NULL)
			put(phrase, "/", 1);
		from += size + 1;
	}
}

void
il_phrase_say_unit(IlPhrase *phrase, IlText unit)
{
	const char *text = il_ruleset_text(phrase->run->ruleset, unit);

	if (phrase->tongue == IL_TONGUE_CHINESE)
	{
		say_unit_in_chinese(phrase, text, unit.length);
		return;
	}
	il_buffer_put_string(&phrase->buffer, starts_with_digit(text) ? " × " : " ");
	put(phrase, text, unit.length);
}

/* Names inside peer and control calls are not resolved. */
static IlText
unit_of_name(const IlRuleset *ruleset, const IlNode *node)
{
	int32_t		slot = find_fact(ruleset, (const char *) ruleset + node->text, node->length);

	return slot < 0 ? (IlText) {0, 0} : il_ruleset_fact(ruleset, (uint32_t) slot)->unit;
}

IlText
il_phrase_unit(const IlRuleset *ruleset, const IlNode *node)
{
	const IlNode *second;
	IlText		none = {0, 0};
	IlText		left;
	IlText		right;

	switch ((IlOp) node->op)
	{
		case IL_OP_NAME:
			return unit_of_name(ruleset, node);
		case IL_OP_NEGATE:
		case IL_OP_PEER_MEAN:
		case IL_OP_PEER_MEDIAN:
		case IL_OP_PEER_PERCENTILE:
		case IL_OP_CONTROL_INDICATOR:
			return il_phrase_unit(ruleset, node + 1);
		case IL_OP_ADD:
		case IL_OP_SUBTRACT:
			left = il_phrase_unit(ruleset, node + 1);
			right = il_phrase_unit(ruleset, il_node_next(node + 1));
			return left.length == right.length && left.length > 0 &&
				memcmp(il_ruleset_text(ruleset, left), il_ruleset_text(ruleset, right),
					   left.length) == 0 ? left : none;
		case IL_OP_MULTIPLY:
			second = il_node_next(node + 1);
			if ((node + 1)->op == IL_OP_NUMBER)
				return il_phrase_unit(ruleset, second);
			return second->op == IL_OP_NUMBER ? il_phrase_unit(ruleset, node + 1) : none;
		case IL_OP_DIVIDE:
			second = il_node_next(node + 1);
			return second->op == IL_OP_NUMBER ? il_phrase_unit(ruleset, node + 1) : none;
		default:
			return none;
	}
}

/* ---- peer and control figures ---- */

static void
say_inner(IlPhrase *phrase, const IlNode *node)
{
	const IlRuleset *ruleset = phrase->run->ruleset;
	const char *name = (const char *) ruleset + node->text;
	int32_t		slot;
	size_t		length;
	char	   *text;

	if (node->op == IL_OP_NAME)
	{
		slot = find_fact(ruleset, name, node->length);
		if (slot >= 0)
			il_phrase_fact(phrase, (uint32_t) slot);
		else
			put(phrase, name, node->length);
		return;
	}
	text = il_criterion_print(phrase->run->memory, node, (const char *) ruleset, &length);
	put(phrase, text, length);
}

static void
say_year(IlPhrase *phrase, const IlNode *node)
{
	const IlRuleset *ruleset = phrase->run->ruleset;

	if (node->year == -1)
		il_say(phrase, " of the previous year", "上年");
	else if (node->year != 0 && ruleset->as_of != IL_NO_DATE)
	{
		il_say(phrase, " of ", "");
		il_buffer_put_integer(&phrase->buffer, ruleset->as_of_year + node->year);
		il_say(phrase, "", "年");
	}
	else if (node->year != 0)
	{
		il_say(phrase, " of year ", "第");
		il_buffer_put_integer(&phrase->buffer, node->year);
		il_say(phrase, "", "年");
	}
}

/* What the figure is, without its value. */
static void
say_figure(IlPhrase *phrase, const IlNode *node)
{
	const IlNode *second = il_node_next(node + 1);
	bool		chinese = phrase->tongue == IL_TONGUE_CHINESE;

	if (chinese)
		say_year(phrase, node);
	switch ((IlOp) node->op)
	{
		case IL_OP_PEER_MEAN:
			il_say(phrase, "the peer mean of ", "同类");
			break;
		case IL_OP_PEER_MEDIAN:
			il_say(phrase, "the peer median of ", "同类");
			break;
		case IL_OP_PEER_PERCENTILE:
			il_say(phrase, "the ", "同类");
			if (!chinese)
				say_inner(phrase, second);
			il_say(phrase, " percentile of peers in ", "");
			break;
		case IL_OP_PEER_RATIO:
			il_say(phrase, "the peer ratio of total ", "同类");
			break;
		default:
			il_say(phrase, "the control indicator for ", "");
			break;
	}
	say_inner(phrase, node + 1);
	if (node->op == IL_OP_PEER_RATIO)
	{
		il_say(phrase, " to total ", "合计与");
		say_inner(phrase, second);
		il_say(phrase, "", "合计之比");
	}
	else if (node->op == IL_OP_PEER_PERCENTILE && chinese)
	{
		il_say(phrase, "", "的");
		say_inner(phrase, second);
		il_say(phrase, "", "分位值");
	}
	else
		il_say(phrase, "", node->op == IL_OP_CONTROL_INDICATOR ? "控制指标"
			   : node->op == IL_OP_PEER_MEDIAN ? "中位数" : "均值");
	if (!chinese)
		say_year(phrase, node);
}

/* Group, number of members, note; what comes first needs no separator before it. */
static void
say_group(IlPhrase *phrase, const IlNode *node, const IlPeerState *peer, bool first)
{
	const IlRun *run = phrase->run;
	const IlBenchmark *benchmark = il_ruleset_benchmark(run->ruleset, (uint32_t) node->at.slot);
	const uint32_t *slot = il_ruleset_list(run->ruleset, benchmark->key);

	for (uint32_t i = 0; i < benchmark->key_count; i++)
	{
		char		buffer[IL_DECIMAL_TEXT_SIZE];
		const char *text;
		size_t		length;

		if (!il_evaluate_key(run, slot[i], buffer, &text, &length))
			continue;
		il_say(phrase, first ? "" : ", ", first ? "" : "，");
		il_phrase_fact(phrase, slot[i]);
		il_say(phrase, " ", "：");
		put(phrase, text, length);
		first = false;
	}
	if (peer->group != NULL && peer->group->has_n)
	{
		il_say(phrase, first ? "n = " : ", n = ", first ? "样本数" : "，样本数");
		il_buffer_put_integer(&phrase->buffer, peer->group->n);
		first = false;
	}
	if (peer->group != NULL && peer->group->note.length > 0)
	{
		il_say(phrase, first ? "" : ", ", first ? "" : "，");
		put_text(phrase, peer->group->note);
	}
}

static void
say_peer(IlPhrase *phrase, const IlNode *node)
{
	const IlPeerState *peer = il_evaluate_peer(phrase->run, node);
	char		value[IL_DECIMAL_TEXT_SIZE];

	say_figure(phrase, node);
	if (peer->knowledge != IL_PEER_FIGURE)
		return;
	il_say(phrase, " (", "（");
	if (il_phrase_value(phrase->run, node, false, il_phrase_digits(phrase, node, false), value))
		il_buffer_put_string(&phrase->buffer, value);
	say_group(phrase, node, peer, false);
	il_say(phrase, ")", "）");
}

void
il_phrase_no_figure(IlPhrase *phrase, const IlNode *node)
{
	const IlPeerState *peer = il_evaluate_peer(phrase->run, node);
	const IlBenchmark *benchmark = il_ruleset_benchmark(phrase->run->ruleset,
														(uint32_t) node->at.slot);

	say_figure(phrase, node);
	il_say(phrase, " is not known", "未知");
	if (benchmark->key_count == 0 && peer->group == NULL)
		return;
	il_say(phrase, " (", "（");
	say_group(phrase, node, peer, true);
	il_say(phrase, ")", "）");
}

/* ---- terms ---- */

static void
say_years_since(IlPhrase *phrase, const IlNode *node)
{
	int32_t		days;
	char		date[IL_DATE_TEXT_SIZE];
	bool		known = il_evaluate_date(phrase->run, node + 1, &days);

	il_say(phrase, "full years since ", "自");
	il_phrase_term(phrase, node + 1);
	if (known && (node + 1)->op == IL_OP_NAME)
	{
		il_date_print(days, date);
		il_say(phrase, " (", "（");
		il_buffer_put_string(&phrase->buffer, date);
		il_say(phrase, ")", "）");
	}
	if (phrase->run->ruleset->as_of != IL_NO_DATE)
	{
		il_date_print(phrase->run->ruleset->as_of, date);
		il_say(phrase, " up to ", "至");
		il_buffer_put_string(&phrase->buffer, date);
	}
	il_say(phrase, "", "的整年数");
}

static bool
is_share(const IlNode *node)
{
	return node->op == IL_OP_NUMBER && (node->flags & IL_NODE_PERCENT) != 0;
}

/* "60% of the contract plot ratio" */
static bool
say_share(IlPhrase *phrase, const IlNode *node)
{
	const IlNode *left = node + 1;
	const IlNode *right = il_node_next(left);
	const IlNode *share = is_share(left) ? left : right;
	const IlNode *whole = share == left ? right : left;

	if (!is_share(share) || is_share(whole))
		return false;
	if (phrase->tongue == IL_TONGUE_CHINESE)
	{
		il_phrase_term(phrase, whole);
		il_buffer_put_string(&phrase->buffer, "的");
		il_phrase_term(phrase, share);
		return true;
	}
	il_phrase_term(phrase, share);
	il_buffer_put_string(&phrase->buffer, " of ");
	il_phrase_term(phrase, whole);
	return true;
}

static bool
is_sum(const IlNode *node)
{
	return node->op == IL_OP_ADD || node->op == IL_OP_SUBTRACT;
}

static void
say_operand(IlPhrase *phrase, const IlNode *node, bool bracket)
{
	il_buffer_put_string(&phrase->buffer, bracket ? "(" : "");
	il_phrase_term(phrase, node);
	il_buffer_put_string(&phrase->buffer, bracket ? ")" : "");
}

static void
say_arithmetic(IlPhrase *phrase, const IlNode *node)
{
	const IlNode *right = il_node_next(node + 1);
	bool		product = node->op == IL_OP_MULTIPLY || node->op == IL_OP_DIVIDE;

	if (node->op == IL_OP_MULTIPLY && say_share(phrase, node))
		return;
	say_operand(phrase, node + 1, product && is_sum(node + 1));
	il_buffer_put_string(&phrase->buffer, node->op == IL_OP_ADD ? " + "
						 : node->op == IL_OP_SUBTRACT ? " - "
						 : node->op == IL_OP_MULTIPLY ? " × " : " / ");
	say_operand(phrase, right, is_sum(right) ? node->op != IL_OP_ADD
				: node->op == IL_OP_DIVIDE && right->count > 1 && right->op <= IL_OP_DIVIDE);
}

void
il_phrase_term(IlPhrase *phrase, const IlNode *node)
{
	const char *text = (const char *) phrase->run->ruleset + node->text;

	switch ((IlOp) node->op)
	{
		case IL_OP_NAME:
			il_phrase_fact(phrase, (uint32_t) node->at.slot);
			break;
		case IL_OP_NUMBER:
		case IL_OP_TEXT:
		case IL_OP_DATE:
			put(phrase, text, node->length);
			if (node->flags & IL_NODE_PERCENT)
				put(phrase, "%", 1);
			break;
		case IL_OP_YEARS_SINCE:
			say_years_since(phrase, node);
			break;
		case IL_OP_NEGATE:
			put(phrase, "-", 1);
			say_operand(phrase, node + 1, (node + 1)->count > 1);
			break;
		case IL_OP_ADD:
		case IL_OP_SUBTRACT:
		case IL_OP_MULTIPLY:
		case IL_OP_DIVIDE:
			say_arithmetic(phrase, node);
			break;
		default:
			say_peer(phrase, node);
			break;
	}
}
