/*
 * criterion_parse.c - from text to nodes
 *
 * Recursive descent into a tree, which is then laid flat: a node, its children
 * and theirs.  Depth is bounded, so recursion is too.  What has several ways of
 * writing gets one form here: "and" and "or" of more than two are one node, a
 * minus before a literal belongs to it, "is not known" is "is unknown".
 */
#include "core/criterion.h"
#include "core/calendar.h"
#include "core/criterion_lex.h"

#include <string.h>

typedef struct Tree
{
	IlNode		node;			/* count, size: filled in while building */
	const char *text;
	uint32_t	depth;
	uint32_t	nodes;
	struct Tree *first;
	struct Tree *last;
	struct Tree *next;
} Tree;

typedef struct Parser
{
	IlLexer		lexer;
	uint32_t	depth;
	uint32_t	nodes;			/* made so far */
} Parser;

typedef struct Call
{
	const char *name;
	IlOp		op;
	uint32_t	least;			/* arguments, year not counted */
	uint32_t	most;
	bool		year;
} Call;

static const Call calls[] = {
	{"at_least", IL_OP_AT_LEAST, 2, IL_CRITERION_NODES, false},
	{"for_years", IL_OP_FOR_YEARS, 2, 2, true},
	{"years_since", IL_OP_YEARS_SINCE, 1, 1, false},
	{"peer_mean", IL_OP_PEER_MEAN, 1, 1, true},
	{"peer_ratio", IL_OP_PEER_RATIO, 2, 2, true},
	{"peer_median", IL_OP_PEER_MEDIAN, 1, 1, true},
	{"peer_percentile", IL_OP_PEER_PERCENTILE, 2, 2, true},
	{"control_indicator", IL_OP_CONTROL_INDICATOR, 1, 1, false}
};

#define CALLS	(sizeof(calls) / sizeof(calls[0]))

static Tree *parse_condition(Parser *parser);
static Tree *parse_sum(Parser *parser);
static Tree *parse_factor(Parser *parser);

/* The fault "expected ..., found ..." at the token at hand. */
static Tree *
fail_expected(Parser *parser, const char *expected)
{
	const IlToken *token = &parser->lexer.token;

	if (token->kind == IL_TOKEN_END)
		il_fault_set(parser->lexer.fault, IL_FAULT_SYNTAX, token->position, "",
					 "expected %s, found the end", expected);
	else
		il_fault_set(parser->lexer.fault, IL_FAULT_SYNTAX, token->position, "",
					 "expected %s, found \"%.*s\"", expected,
					 il_excerpt(parser->lexer.source + token->start, token->end - token->start),
					 parser->lexer.source + token->start);
	return NULL;
}

static bool
is_word(const Parser *parser, const char *word)
{
	const IlToken *token = &parser->lexer.token;

	return token->kind == IL_TOKEN_NAME && strcmp(token->text, word) == 0;
}

static bool
is_sign(const Parser *parser, char sign)
{
	return parser->lexer.token.kind == IL_TOKEN_SIGN && parser->lexer.token.sign == sign;
}

static bool
take_sign(Parser *parser, char sign, const char *expected)
{
	if (!is_sign(parser, sign))
		return fail_expected(parser, expected) != NULL;
	return il_lexer_next(&parser->lexer);
}

static Tree *
make(Parser *parser, IlOp op, uint32_t position)
{
	Tree	   *tree;

	if (++parser->nodes > IL_CRITERION_NODES)
	{
		il_fault_set(parser->lexer.fault, IL_FAULT_LIMIT, position,
					 "Split the rule into several.",
					 "more than %d parts", IL_CRITERION_NODES);
		return NULL;
	}
	tree = il_allocate(parser->lexer.memory, sizeof(Tree));
	memset(tree, 0, sizeof(*tree));
	tree->node.op = (uint8_t) op;
	tree->node.at.position = position;
	tree->depth = 1;
	tree->nodes = 1;
	return tree;
}

/* Hang a child below; false when the tree becomes too deep. */
static bool
adopt(Parser *parser, Tree *parent, Tree *child)
{
	if (child == NULL)
		return false;
	if (parent->first == NULL)
		parent->first = child;
	else
		parent->last->next = child;
	parent->last = child;
	parent->node.count++;
	parent->nodes += child->nodes;
	if (child->depth >= parent->depth)
		parent->depth = child->depth + 1;
	if (parent->depth > IL_CRITERION_DEPTH)
		return il_fault_set(parser->lexer.fault, IL_FAULT_LIMIT, parent->node.at.position,
							"Split the rule into several.",
							"nested more than %d deep", IL_CRITERION_DEPTH);
	return true;
}

/* "a or (b or c)" is one node of three. */
static bool
adopt_flat(Parser *parser, Tree *parent, Tree *child)
{
	Tree	   *next;

	if (child == NULL || child->node.op != parent->node.op)
		return adopt(parser, parent, child);
	for (Tree *grandchild = child->first; grandchild != NULL; grandchild = next)
	{
		next = grandchild->next;
		grandchild->next = NULL;
		if (!adopt(parser, parent, grandchild))
			return false;
	}
	return true;
}

static Tree *
make_leaf(Parser *parser, IlOp op)
{
	const IlToken *token = &parser->lexer.token;
	Tree	   *leaf = make(parser, op, token->position);

	if (leaf != NULL)
	{
		leaf->text = token->text;
		leaf->node.length = token->length;
		if (!il_lexer_next(&parser->lexer))
			return NULL;
	}
	return leaf;
}

static Tree *
parse_number(Parser *parser)
{
	Tree	   *leaf = make_leaf(parser, IL_OP_NUMBER);

	if (leaf != NULL && is_sign(parser, '%'))
	{
		leaf->node.flags |= IL_NODE_PERCENT;
		if (!il_lexer_next(&parser->lexer))
			return NULL;
	}
	return leaf;
}

/* A minus that belongs to a literal. */
static Tree *
negate(Parser *parser, Tree *operand, uint32_t position)
{
	char	   *text;
	Tree	   *tree;

	if (operand == NULL)
		return NULL;
	if (operand->node.op != IL_OP_NUMBER)
	{
		tree = make(parser, IL_OP_NEGATE, position);
		return tree != NULL && adopt(parser, tree, operand) ? tree : NULL;
	}
	if (operand->text[0] == '-')
	{
		operand->text++;
		operand->node.length--;
	}
	else if (strcmp(operand->text, "0") != 0)
	{
		text = il_allocate(parser->lexer.memory, operand->node.length + 2);
		text[0] = '-';
		memcpy(text + 1, operand->text, operand->node.length + 1);
		operand->text = text;
		operand->node.length++;
	}
	operand->node.at.position = position;
	return operand;
}

/* date 'yyyy-mm-dd', with the word at hand */
static Tree *
parse_date(Parser *parser, uint32_t position)
{
	Tree	   *leaf = make_leaf(parser, IL_OP_DATE);

	if (leaf == NULL)
		return NULL;
	leaf->node.at.position = position;
	if (!il_date_scan(leaf->text, leaf->node.length, &leaf->node.value))
	{
		il_fault_set(parser->lexer.fault, IL_FAULT_VALUE, position,
					 "Dates are written as date '2024-02-29'.", "no such date: \"%.*s\"",
					 il_excerpt(leaf->text, leaf->node.length), leaf->text);
		return NULL;
	}
	return leaf;
}

/* A whole number as an argument, optionally with a minus. */
static bool
parse_integer(Parser *parser, const char *what, int32_t least, int32_t most, int32_t *value)
{
	bool		negative = is_sign(parser, '-');
	const IlToken *token = &parser->lexer.token;
	uint32_t	position = token->position;

	if (negative && !il_lexer_next(&parser->lexer))
		return false;
	if (token->kind != IL_TOKEN_NUMBER)
		return fail_expected(parser, what) != NULL;
	*value = 0;
	for (uint32_t i = 0; i < token->length; i++)
	{
		if (token->text[i] == '.' || token->length > 6)
			return il_fault_set(parser->lexer.fault, IL_FAULT_VALUE, position, "",
								"%s must be a whole number from %d to %d", what, least, most);
		*value = *value * 10 + (token->text[i] - '0');
	}
	if (negative)
		*value = -*value;
	if (*value < least || *value > most)
		return il_fault_set(parser->lexer.fault, IL_FAULT_VALUE, position, "",
							"%s must be a whole number from %d to %d", what, least, most);
	return il_lexer_next(&parser->lexer);
}

static const char *
call_name(const void *list, size_t i)
{
	(void) list;
	return i < CALLS ? calls[i].name : NULL;
}

static const Call *
find_call(Parser *parser, const IlToken *name)
{
	const char *nearest;
	char		hint[80] = "";

	for (size_t i = 0; i < CALLS; i++)
	{
		if (strcmp(calls[i].name, name->text) == 0)
			return &calls[i];
	}
	nearest = il_nearest_name(name->text, name->length, call_name, NULL);
	if (nearest != NULL)
	{
		strcpy(hint, "Did you mean \"");
		strcat(strcat(hint, nearest), "\"?");
	}
	il_fault_set(parser->lexer.fault, IL_FAULT_VALUE, name->position, hint,
				 "unknown function \"%.*s\"", il_excerpt(name->text, name->length), name->text);
	return NULL;
}

/* "year => -1"; the word and the arrow may not be there. */
static bool
parse_year(Parser *parser, const Call *call, Tree *tree, bool *found)
{
	IlLexer		before = parser->lexer;
	int32_t		year;

	*found = false;
	if (!is_word(parser, "year"))
		return true;
	if (!il_lexer_next(&parser->lexer))
		return false;
	if (!is_sign(parser, 'r'))
	{
		parser->lexer = before;		/* a fact that is called year */
		return true;
	}
	if (!call->year)
		return il_fault_set(parser->lexer.fault, IL_FAULT_SYNTAX, before.token.position, "",
							"%s takes no year", call->name);
	if (!il_lexer_next(&parser->lexer) || !parse_integer(parser, "year", -99, 0, &year))
		return false;
	/* for peers the year of the reference date is what they have anyway */
	if (year != 0 || call->op == IL_OP_FOR_YEARS)
	{
		tree->node.flags |= IL_NODE_YEAR;
		tree->node.year = (int8_t) year;
	}
	*found = true;
	return true;
}

/* One argument of a call; i counts from 0. */
static bool
parse_argument(Parser *parser, const Call *call, Tree *tree, uint32_t i)
{
	if (i == 0 && call->op == IL_OP_AT_LEAST)
		return parse_integer(parser, "the number in at_least", 1, IL_CRITERION_NODES,
							 &tree->node.value);
	if (i == 0 && call->op == IL_OP_FOR_YEARS)
		return parse_integer(parser, "the number of years", 1, 99, &tree->node.value);
	if (call->op == IL_OP_AT_LEAST || call->op == IL_OP_FOR_YEARS)
		return adopt(parser, tree, parse_condition(parser));
	if (call->op == IL_OP_CONTROL_INDICATOR)
	{
		if (parser->lexer.token.kind != IL_TOKEN_NAME &&
			parser->lexer.token.kind != IL_TOKEN_QUOTED)
			return fail_expected(parser, "the name of a control indicator") != NULL;
		return adopt(parser, tree, make_leaf(parser, IL_OP_NAME));
	}
	if (call->op == IL_OP_PEER_PERCENTILE && i == 1)
	{
		if (parser->lexer.token.kind != IL_TOKEN_NUMBER)
			return fail_expected(parser, "a share such as 25%") != NULL;
		return adopt(parser, tree, parse_number(parser));
	}
	return adopt(parser, tree, parse_sum(parser));
}

static bool
check_arguments(Parser *parser, const Call *call, const Tree *tree, uint32_t given)
{
	if (given < call->least || given > call->most)
		return il_fault_set(parser->lexer.fault, IL_FAULT_VALUE, tree->node.at.position, "",
							call->least == call->most ? "%s takes %u argument%s, not %u"
							: "%s takes at least %u argument%s, not %u",
							call->name, call->least, call->least == 1 ? "" : "s", given);
	if (call->op == IL_OP_AT_LEAST && tree->node.value > tree->node.count)
		return il_fault_set(parser->lexer.fault, IL_FAULT_VALUE, tree->node.at.position, "",
							"at_least asks for %d of %u conditions", tree->node.value,
							(unsigned) tree->node.count);
	return true;
}

/* Opening parenthesis at hand. */
static Tree *
parse_call(Parser *parser, const IlToken *name)
{
	const Call *call = find_call(parser, name);
	Tree	   *tree;
	uint32_t	given = 0;
	bool		year = false;

	if (call == NULL || !il_lexer_next(&parser->lexer) ||
		(tree = make(parser, call->op, name->position)) == NULL)
		return NULL;
	while (!is_sign(parser, ')'))
	{
		if ((given > 0 || year) && !take_sign(parser, ',', "\",\" or \")\""))
			return NULL;
		if (year)
			return fail_expected(parser, "\")\"");
		if (!parse_year(parser, call, tree, &year))
			return NULL;
		if (year)
			continue;
		if (!parse_argument(parser, call, tree, given))
			return NULL;
		if (++given > call->most)
			break;
	}
	if (!check_arguments(parser, call, tree, given) ||
		!take_sign(parser, ')', "\")\""))
		return NULL;
	return tree;
}

/* name, name.name, or a call */
static Tree *
parse_name(Parser *parser)
{
	IlToken		name = parser->lexer.token;
	Tree	   *leaf;
	char	   *text;

	if (!il_lexer_next(&parser->lexer))
		return NULL;
	if (name.kind == IL_TOKEN_NAME && is_sign(parser, '('))
		return parse_call(parser, &name);
	if (name.kind == IL_TOKEN_NAME && strcmp(name.text, "date") == 0 &&
		parser->lexer.token.kind == IL_TOKEN_TEXT)
		return parse_date(parser, name.position);
	if ((leaf = make(parser, IL_OP_NAME, name.position)) == NULL)
		return NULL;
	leaf->text = name.text;
	leaf->node.length = name.length;
	if (is_sign(parser, '.'))
	{
		const IlToken *field = &parser->lexer.token;

		if (!il_lexer_next(&parser->lexer))
			return NULL;
		if (field->kind != IL_TOKEN_NAME && field->kind != IL_TOKEN_QUOTED)
			return fail_expected(parser, "a name");
		text = il_allocate(parser->lexer.memory, name.length + field->length + 2);
		memcpy(text, name.text, name.length);
		text[name.length] = '.';
		memcpy(text + name.length + 1, field->text, field->length + 1);
		leaf->text = text;
		leaf->node.length = name.length + field->length + 1;
		if (!il_lexer_next(&parser->lexer))
			return NULL;
	}
	return leaf;
}

static bool
is_reserved(const Parser *parser)
{
	const IlToken *token = &parser->lexer.token;

	return token->kind == IL_TOKEN_NAME && il_name_needs_quotes(token->text, token->length);
}

static Tree *
parse_primary(Parser *parser)
{
	const IlToken *token = &parser->lexer.token;
	Tree	   *tree;

	if (token->kind == IL_TOKEN_NUMBER)
		return parse_number(parser);
	if (token->kind == IL_TOKEN_TEXT)
		return make_leaf(parser, IL_OP_TEXT);
	if (is_word(parser, "true") || is_word(parser, "false"))
	{
		tree = make_leaf(parser, token->text[0] == 't' ? IL_OP_TRUE : IL_OP_FALSE);
		if (tree != NULL)
			tree->node.length = 0;
		return tree;
	}
	if (token->kind == IL_TOKEN_QUOTED || (token->kind == IL_TOKEN_NAME && !is_reserved(parser)))
		return parse_name(parser);
	if (!is_sign(parser, '('))
		return fail_expected(parser, "a value, a name or a condition");
	if (!il_lexer_next(&parser->lexer) || (tree = parse_condition(parser)) == NULL ||
		!take_sign(parser, ')', "\")\""))
		return NULL;
	return tree;
}

/* Enter one level of nesting that the tree does not show yet. */
static bool
descend(Parser *parser)
{
	if (++parser->depth > IL_CRITERION_DEPTH)
		return il_fault_set(parser->lexer.fault, IL_FAULT_LIMIT, parser->lexer.token.position,
							"Split the rule into several.",
							"nested more than %d deep", IL_CRITERION_DEPTH);
	return true;
}

static Tree *
parse_factor(Parser *parser)
{
	uint32_t	position = parser->lexer.token.position;
	Tree	   *tree;

	if (!descend(parser))
		return NULL;
	if (!is_sign(parser, '-'))
		tree = parse_primary(parser);
	else if (!il_lexer_next(&parser->lexer))
		return NULL;
	else
		tree = negate(parser, parse_factor(parser), position);
	parser->depth--;
	return tree;
}

/* Operators of one rank, grouped from the left. */
static Tree *
parse_chain(Parser *parser, Tree *(*parse_operand) (Parser *parser), const char *signs,
			const IlOp *ops)
{
	Tree	   *left = parse_operand(parser);

	while (left != NULL && (is_sign(parser, signs[0]) || is_sign(parser, signs[1])))
	{
		Tree	   *tree = make(parser, ops[is_sign(parser, signs[1])],
								parser->lexer.token.position);

		if (tree == NULL || !il_lexer_next(&parser->lexer) || !adopt(parser, tree, left) ||
			!adopt(parser, tree, parse_operand(parser)))
			return NULL;
		left = tree;
	}
	return left;
}

static Tree *
parse_product(Parser *parser)
{
	static const IlOp ops[] = {IL_OP_MULTIPLY, IL_OP_DIVIDE};

	return parse_chain(parser, parse_factor, "*/", ops);
}

static Tree *
parse_sum(Parser *parser)
{
	static const IlOp ops[] = {IL_OP_ADD, IL_OP_SUBTRACT};

	return parse_chain(parser, parse_product, "+-", ops);
}

/* A literal in a list: text, number, date or truth value. */
static Tree *
parse_literal(Parser *parser)
{
	Tree	   *tree = parse_factor(parser);

	if (tree != NULL && tree->node.op != IL_OP_NUMBER && tree->node.op != IL_OP_TEXT &&
		tree->node.op != IL_OP_DATE)
	{
		il_fault_set(parser->lexer.fault, IL_FAULT_SYNTAX, tree->node.at.position,
					 "Text codes are written in single quotes: 'C'.",
					 "a list holds numbers, texts or dates only");
		return NULL;
	}
	return tree;
}

static bool
parse_list(Parser *parser, Tree *parent)
{
	if (!take_sign(parser, '(', "\"(\""))
		return false;
	do
	{
		if (!adopt(parser, parent, parse_literal(parser)))
			return false;
		if (is_sign(parser, ')'))
			return il_lexer_next(&parser->lexer);
	} while (take_sign(parser, ',', "\",\" or \")\""));
	return false;
}

static bool
comparison_op(const Parser *parser, IlOp *op)
{
	static const char signs[] = "<l>g=n";	/* in the order of IlOp */
	const IlToken *token = &parser->lexer.token;
	const char *found;

	if (token->kind != IL_TOKEN_SIGN || (found = strchr(signs, token->sign)) == NULL)
		return false;
	*op = (IlOp) (IL_OP_LESS + (found - signs));
	return true;
}

static Tree *
parse_comparison(Parser *parser, Tree *left, IlOp op)
{
	Tree	   *tree = make(parser, op, parser->lexer.token.position);

	if (tree == NULL || !il_lexer_next(&parser->lexer) || !adopt(parser, tree, left) ||
		!adopt(parser, tree, parse_sum(parser)))
		return NULL;
	if (is_word(parser, "of") &&
		(!il_lexer_next(&parser->lexer) || !parse_list(parser, tree)))
		return NULL;
	if (comparison_op(parser, &op))
	{
		il_fault_set(parser->lexer.fault, IL_FAULT_SYNTAX, parser->lexer.token.position,
					 "Write \"between ... and ...\" or two comparisons joined by \"and\".",
					 "a comparison cannot be compared again");
		return NULL;
	}
	return tree;
}

/* "is", with the word at hand */
static Tree *
parse_known(Parser *parser, Tree *operand)
{
	Tree	   *tree = make(parser, IL_OP_KNOWN, parser->lexer.token.position);
	bool		negated = false;

	if (tree == NULL || !il_lexer_next(&parser->lexer))
		return NULL;
	if (is_word(parser, "not"))
	{
		negated = true;
		if (!il_lexer_next(&parser->lexer))
			return NULL;
	}
	if (is_word(parser, "unknown"))
		negated = !negated;
	else if (!is_word(parser, "known"))
		return fail_expected(parser, "\"known\" or \"unknown\"");
	if (negated)
		tree->node.flags |= IL_NODE_NEGATED;
	if (!adopt(parser, tree, operand) || !il_lexer_next(&parser->lexer))
		return NULL;
	return tree;
}

/* "[not] in" or "[not] between"; "not" was read when negated */
static Tree *
parse_range(Parser *parser, Tree *operand, bool negated)
{
	bool		list = is_word(parser, "in");
	Tree	   *tree;

	if (!list && !is_word(parser, "between"))
		return fail_expected(parser, "\"in\" or \"between\"");
	tree = make(parser, list ? IL_OP_IN : IL_OP_BETWEEN, parser->lexer.token.position);
	if (tree == NULL || !adopt(parser, tree, operand) || !il_lexer_next(&parser->lexer))
		return NULL;
	if (negated)
		tree->node.flags |= IL_NODE_NEGATED;
	if (list)
		return parse_list(parser, tree) ? tree : NULL;
	if (!adopt(parser, tree, parse_sum(parser)))
		return NULL;
	if (!is_word(parser, "and"))
		return fail_expected(parser, "\"and\"");
	if (!il_lexer_next(&parser->lexer) || !adopt(parser, tree, parse_sum(parser)))
		return NULL;
	return tree;
}

static Tree *
parse_predicate(Parser *parser)
{
	Tree	   *operand = parse_sum(parser);
	IlOp		op;

	if (operand == NULL)
		return NULL;
	if (comparison_op(parser, &op))
		return parse_comparison(parser, operand, op);
	if (is_word(parser, "is"))
		return parse_known(parser, operand);
	if (is_word(parser, "in") || is_word(parser, "between"))
		return parse_range(parser, operand, false);
	if (is_word(parser, "not"))
		return il_lexer_next(&parser->lexer) ? parse_range(parser, operand, true) : NULL;
	return operand;
}

static Tree *
parse_negation(Parser *parser)
{
	Tree	   *tree;

	if (!is_word(parser, "not"))
		return parse_predicate(parser);
	if (!descend(parser) ||
		(tree = make(parser, IL_OP_NOT, parser->lexer.token.position)) == NULL ||
		!il_lexer_next(&parser->lexer) || !adopt(parser, tree, parse_negation(parser)))
		return NULL;
	parser->depth--;
	return tree;
}

static Tree *
parse_joined(Parser *parser, const char *word, IlOp op, Tree *(*parse_operand) (Parser *parser))
{
	Tree	   *left = parse_operand(parser);
	Tree	   *tree;

	if (left == NULL || !is_word(parser, word))
		return left;
	tree = make(parser, op, parser->lexer.token.position);
	if (tree == NULL || !adopt_flat(parser, tree, left))
		return NULL;
	while (is_word(parser, word))
	{
		if (!il_lexer_next(&parser->lexer) ||
			!adopt_flat(parser, tree, parse_operand(parser)))
			return NULL;
	}
	return tree;
}

static Tree *
parse_conjunction(Parser *parser)
{
	return parse_joined(parser, "and", IL_OP_AND, parse_negation);
}

static Tree *
parse_condition(Parser *parser)
{
	return parse_joined(parser, "or", IL_OP_OR, parse_conjunction);
}

/* Node, children, grandchildren; texts go to the pool in the same order. */
static IlNode *
lay_flat(const Tree *tree, IlNode *node, char *pool, uint32_t *used)
{
	IlNode	   *next = node + 1;

	*node = tree->node;
	if (tree->text != NULL && tree->node.length > 0)
	{
		node->text = *used;
		memcpy(pool + *used, tree->text, tree->node.length);
		*used += tree->node.length;
	}
	for (const Tree *child = tree->first; child != NULL; child = child->next)
		next = lay_flat(child, next, pool, used);
	node->size = (uint16_t) (next - node);
	return next;
}

static bool
parse(const IlMemory *memory, const char *text, size_t length,
	  Tree *(*parse_start) (Parser *parser), IlCriterion *criterion, IlFault *fault)
{
	Parser		parser;
	Tree	   *tree;
	char	   *pool;

	memset(fault, 0, sizeof(*fault));
	memset(&parser, 0, sizeof(parser));
	if (length > IL_CRITERION_TEXT)
		return il_fault_set(fault, IL_FAULT_LIMIT, 0, "Split the rule into several.",
							"longer than %d bytes", IL_CRITERION_TEXT);
	parser.lexer.memory = memory;
	parser.lexer.source = text;
	parser.lexer.length = length;
	parser.lexer.fault = fault;
	if (!il_lexer_next(&parser.lexer) || (tree = parse_start(&parser)) == NULL)
		return false;
	if (parser.lexer.token.kind != IL_TOKEN_END)
		return fail_expected(&parser, "an operator or the end") != NULL;
	criterion->node = il_allocate(memory, sizeof(IlNode) * tree->nodes);
	criterion->count = tree->nodes;
	/* names and literals take no more room than they had, but for 0 before a point */
	pool = il_allocate(memory, length * 2 + 1);
	criterion->pool = pool;
	criterion->pool_length = 0;
	lay_flat(tree, criterion->node, pool, &criterion->pool_length);
	return true;
}

bool
il_criterion_parse(const IlMemory *memory, const char *text, size_t length,
				   IlCriterion *criterion, IlFault *fault)
{
	return parse(memory, text, length, parse_condition, criterion, fault);
}

bool
il_term_parse(const IlMemory *memory, const char *text, size_t length, IlCriterion *criterion,
			  IlFault *fault)
{
	return parse(memory, text, length, parse_sum, criterion, fault);
}
