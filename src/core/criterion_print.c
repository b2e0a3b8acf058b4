/*
 * criterion_print.c - the canonical text of a criterion
 *
 * One blank around operators, parentheses only where the grammar needs them,
 * names without quotes where they can do without.  Reading the text again gives
 * the same nodes, and printing those the same text.
 */
#include "core/criterion.h"
#include "core/buffer.h"
#include "core/criterion_lex.h"

#include <string.h>

typedef struct Printer
{
	IlBuffer	buffer;
	const char *pool;
} Printer;

/* How tightly a node binds; an operand that binds less gets parentheses. */
typedef enum Rank
{
	RANK_OR = 1,
	RANK_AND,
	RANK_NOT,
	RANK_PREDICATE,
	RANK_SUM,
	RANK_PRODUCT,
	RANK_SIGN,
	RANK_PRIMARY
} Rank;

static const char *const words[] = {
	[IL_OP_TRUE] = "true",
	[IL_OP_FALSE] = "false",
	[IL_OP_OR] = " or ",
	[IL_OP_AND] = " and ",
	[IL_OP_AT_LEAST] = "at_least",
	[IL_OP_FOR_YEARS] = "for_years",
	[IL_OP_LESS] = " < ",
	[IL_OP_LESS_EQUAL] = " <= ",
	[IL_OP_GREATER] = " > ",
	[IL_OP_GREATER_EQUAL] = " >= ",
	[IL_OP_EQUAL] = " = ",
	[IL_OP_NOT_EQUAL] = " <> ",
	[IL_OP_ADD] = " + ",
	[IL_OP_SUBTRACT] = " - ",
	[IL_OP_MULTIPLY] = " * ",
	[IL_OP_DIVIDE] = " / ",
	[IL_OP_YEARS_SINCE] = "years_since",
	[IL_OP_PEER_MEAN] = "peer_mean",
	[IL_OP_PEER_RATIO] = "peer_ratio",
	[IL_OP_PEER_MEDIAN] = "peer_median",
	[IL_OP_PEER_PERCENTILE] = "peer_percentile",
	[IL_OP_CONTROL_INDICATOR] = "control_indicator"
};

static void print_node(Printer *printer, const IlNode *node, Rank least);

static void
put(Printer *printer, const char *text, size_t length)
{
	il_buffer_put(&printer->buffer, text, length);
}

static void
put_word(Printer *printer, const char *word)
{
	il_buffer_put_string(&printer->buffer, word);
}

static void
put_quoted(Printer *printer, const char *text, size_t length, char quote)
{
	put(printer, &quote, 1);
	for (size_t i = 0; i < length; i++)
	{
		put(printer, text + i, 1);
		if (text[i] == quote)
			put(printer, &quote, 1);
	}
	put(printer, &quote, 1);
}

static void
put_name(Printer *printer, const char *name, size_t length)
{
	const char *point = memchr(name, '.', length);
	size_t		part = point == NULL ? length : (size_t) (point - name);

	if (il_name_needs_quotes(name, part))
		put_quoted(printer, name, part, '"');
	else
		put(printer, name, part);
	if (point != NULL)
	{
		put(printer, ".", 1);
		put_name(printer, point + 1, length - part - 1);
	}
}

static Rank
rank_of(const IlNode *node, const char *pool)
{
	switch ((IlOp) node->op)
	{
		case IL_OP_OR:
			return RANK_OR;
		case IL_OP_AND:
			return RANK_AND;
		case IL_OP_NOT:
			return RANK_NOT;
		case IL_OP_ADD:
		case IL_OP_SUBTRACT:
			return RANK_SUM;
		case IL_OP_MULTIPLY:
		case IL_OP_DIVIDE:
			return RANK_PRODUCT;
		case IL_OP_NEGATE:
			return RANK_SIGN;
		case IL_OP_NUMBER:
			return pool[node->text] == '-' ? RANK_SIGN : RANK_PRIMARY;
		case IL_OP_IN:
		case IL_OP_BETWEEN:
		case IL_OP_KNOWN:
			return RANK_PREDICATE;
		default:
			return il_op_is_comparison(node->op) ? RANK_PREDICATE : RANK_PRIMARY;
	}
}

static void
print_leaf(Printer *printer, const IlNode *node)
{
	const char *text = printer->pool + node->text;

	switch ((IlOp) node->op)
	{
		case IL_OP_NAME:
			put_name(printer, text, node->length);
			break;
		case IL_OP_NUMBER:
			put(printer, text, node->length);
			if (node->flags & IL_NODE_PERCENT)
				put(printer, "%", 1);
			break;
		case IL_OP_DATE:
			put_word(printer, "date ");
			/* fall through */
		case IL_OP_TEXT:
			put_quoted(printer, text, node->length, '\'');
			break;
		default:
			put_word(printer, words[node->op]);
			break;
	}
}

/* ", "-separated children from the given one on, in parentheses */
static void
print_list(Printer *printer, const IlNode *child, const IlNode *end)
{
	put(printer, "(", 1);
	for (const IlNode *item = child; item < end; item = il_node_next(item))
	{
		if (item > child)
			put(printer, ", ", 2);
		print_node(printer, item, RANK_OR);
	}
	put(printer, ")", 1);
}

static void
print_call(Printer *printer, const IlNode *node)
{
	const IlNode *end = il_node_next(node);

	put_word(printer, words[node->op]);
	put(printer, "(", 1);
	if (node->op == IL_OP_AT_LEAST || node->op == IL_OP_FOR_YEARS)
	{
		il_buffer_put_integer(&printer->buffer, node->value);
		put(printer, ", ", 2);
	}
	for (const IlNode *child = node + 1; child < end; child = il_node_next(child))
	{
		if (child > node + 1)
			put(printer, ", ", 2);
		print_node(printer, child, RANK_OR);
	}
	if (node->flags & IL_NODE_YEAR)
	{
		put_word(printer, ", year => ");
		il_buffer_put_integer(&printer->buffer, node->year);
	}
	put(printer, ")", 1);
}

/* Two sides, and behind a comparison the order of codes. */
static void
print_binary(Printer *printer, const IlNode *node, Rank left, Rank right)
{
	const IlNode *child = node + 1;

	print_node(printer, child, left);
	child = il_node_next(child);
	put_word(printer, words[node->op]);
	print_node(printer, child, right);
	if (node->count > 2)
	{
		put_word(printer, " of ");
		print_list(printer, il_node_next(child), il_node_next(node));
	}
}

static void
print_range(Printer *printer, const IlNode *node)
{
	const IlNode *child = node + 1;

	print_node(printer, child, RANK_SUM);
	child = il_node_next(child);
	if (node->op == IL_OP_KNOWN)
	{
		put_word(printer, node->flags & IL_NODE_NEGATED ? " is unknown" : " is known");
		return;
	}
	if (node->flags & IL_NODE_NEGATED)
		put_word(printer, " not");
	if (node->op == IL_OP_IN)
	{
		put_word(printer, " in ");
		print_list(printer, child, il_node_next(node));
		return;
	}
	put_word(printer, " between ");
	print_node(printer, child, RANK_SUM);
	put_word(printer, " and ");
	print_node(printer, il_node_next(child), RANK_SUM);
}

static void
print_bare(Printer *printer, const IlNode *node, Rank rank)
{
	switch (rank)
	{
		case RANK_OR:
		case RANK_AND:
			for (const IlNode *child = node + 1; child < il_node_next(node);
				 child = il_node_next(child))
			{
				if (child > node + 1)
					put_word(printer, words[node->op]);
				print_node(printer, child, rank + 1);
			}
			break;
		case RANK_NOT:
			put_word(printer, "not ");
			print_node(printer, node + 1, RANK_NOT);
			break;
		case RANK_PREDICATE:
			if (il_op_is_comparison(node->op))
				print_binary(printer, node, RANK_SUM, RANK_SUM);
			else
				print_range(printer, node);
			break;
		case RANK_SUM:
		case RANK_PRODUCT:
			print_binary(printer, node, rank, rank + 1);
			break;
		case RANK_SIGN:
			if (node->op == IL_OP_NUMBER)
				print_leaf(printer, node);
			else
			{
				put(printer, "-", 1);
				print_node(printer, node + 1, RANK_SIGN);
			}
			break;
		case RANK_PRIMARY:
			if (node->count > 0)
				print_call(printer, node);
			else
				print_leaf(printer, node);
			break;
	}
}

static void
print_node(Printer *printer, const IlNode *node, Rank least)
{
	Rank		rank = rank_of(node, printer->pool);

	if (rank < least)
		put(printer, "(", 1);
	print_bare(printer, node, rank);
	if (rank < least)
		put(printer, ")", 1);
}

char *
il_criterion_print(const IlMemory *memory, const IlNode *node, const char *pool, size_t *length)
{
	Printer		printer = {.buffer = {.memory = memory}, .pool = pool};
	char	   *text;

	print_node(&printer, node, RANK_OR);
	text = il_buffer_finish(&printer.buffer);
	*length = printer.buffer.length;
	return text;
}

char *
il_criterion_canonical(const IlMemory *memory, const char *text, size_t length,
					   size_t *canonical_length, IlFault *fault)
{
	IlCriterion criterion;
	char	   *canonical;

	if (!il_criterion_parse(memory, text, length, &criterion, fault) ||
		!il_criterion_check(&criterion, NULL, 0, NULL, NULL, fault))
		return NULL;
	canonical = il_criterion_print(memory, criterion.node, criterion.pool, canonical_length);
	if (*canonical_length > IL_CRITERION_TEXT)
	{
		il_fault_set(fault, IL_FAULT_LIMIT, 0, "Split the rule into several.",
					 "longer than %d bytes", IL_CRITERION_TEXT);
		return NULL;
	}
	return canonical;
}
