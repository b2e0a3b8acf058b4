/*
 * criterion_check.c - do the parts of a criterion fit together
 *
 * A term has a set of types it may be: one for a literal or a declared fact,
 * all scalar ones for a fact of which nothing is known yet.  What surrounds it
 * demands a set; the two must meet.  So "plot_ratio < 'x'" fails as soon as it
 * is typed in, and "plot_ration < 1" when the facts are known.
 */
#include "core/criterion.h"
#include "core/calendar.h"
#include "core/criterion_lex.h"

#include <stdio.h>
#include <string.h>

typedef struct Checker
{
	const IlCriterion *criterion;
	const IlDeclared *declared;	/* NULL: nothing known */
	size_t		declared_count;
	IlUse	   *uses;
	size_t		use_count;
	bool		in_years;
	bool		has_series;		/* seen in the for_years at hand */
	bool		in_peer;
	IlFault    *fault;
} Checker;

static bool check(Checker *checker, const IlNode *node, unsigned wanted);

IlDecimal
il_node_decimal(const IlNode *node, const char *pool)
{
	IlDecimal	decimal;

	if (!il_decimal_scan(pool + node->text, node->length, &decimal))
		memset(&decimal, 0, sizeof(decimal));	/* no literal is of another form */
	if (node->flags & IL_NODE_PERCENT && decimal.head != 0)
	{
		decimal.exponent -= 2;
		decimal.last -= 2;
	}
	return decimal;
}

const char *
il_type_name(unsigned types, const char *separator, char text[64])
{
	static const char *const names[] = {"number", "text", "boolean", "date", "series"};
	size_t		length = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < 5; i++)
	{
		if (types & (1u << i))
			length += (size_t) snprintf(text + length, 64 - length, "%s%s",
										length > 0 ? separator : "", names[i]);
	}
	return text;
}

/*
 * Changes (inserted, left out, replaced, swapped neighbours) between two names
 * of moderate length; a large number where it would exceed the limit anyway.
 */
static size_t
count_changes(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t		row[3][65];

	if (a_length > 64 || b_length > 64)
		return 99;
	for (size_t j = 0; j <= b_length; j++)
		row[0][j] = row[1][j] = row[2][j] = j;
	for (size_t i = 1; i <= a_length; i++)
	{
		size_t	   *now = row[i % 3];
		size_t	   *before = row[(i + 2) % 3];
		size_t	   *earlier = row[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= b_length; j++)
		{
			size_t		best = before[j - 1] + (a[i - 1] != b[j - 1]);

			if (before[j] + 1 < best)
				best = before[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
				earlier[j - 2] + 1 < best)
				best = earlier[j - 2] + 1;
			now[j] = best;
		}
	}
	return row[a_length % 3][b_length];
}

const char *
il_nearest_name(const char *name, size_t length,
				const char *(*candidate) (const void *list, size_t i), const void *list)
{
	const char *nearest = NULL;
	const char *other;
	size_t		best = length / 3 + 1;	/* more changes than that is another word */

	for (size_t i = 0; (other = candidate(list, i)) != NULL; i++)
	{
		size_t		changes = count_changes(name, length, other, strlen(other));

		if (changes <= best && (nearest == NULL || changes < best))
		{
			nearest = other;
			best = changes;
		}
	}
	return nearest;
}

static const char *
declared_name(const void *list, size_t i)
{
	const Checker *checker = list;

	return i < checker->declared_count ? checker->declared[i].name : NULL;
}

/* What a name may be, seen from inside; 0 when it is not declared. */
static unsigned
types_of_name(const Checker *checker, const IlNode *node)
{
	const char *name = checker->criterion->pool + node->text;
	unsigned	types = 0;

	if (checker->declared == NULL)
		return IL_TYPE_SCALAR | (checker->in_years ? IL_TYPE_SERIES : 0u);
	for (size_t i = 0; i < checker->declared_count; i++)
	{
		if (checker->declared[i].length == node->length &&
			memcmp(checker->declared[i].name, name, node->length) == 0)
			types |= checker->declared[i].types;
	}
	return types;
}

static bool
is_order(unsigned op)
{
	return op >= IL_OP_LESS && op <= IL_OP_GREATER_EQUAL;
}

/* Types a node may have, regardless of whether its parts are sound. */
static unsigned
types_of(const Checker *checker, const IlNode *node)
{
	switch ((IlOp) node->op)
	{
		case IL_OP_NAME:
			{
				unsigned	types = types_of_name(checker, node);

				/* a series stands for the number of each year */
				return types & IL_TYPE_SERIES && checker->in_years
					? (types & IL_TYPE_SCALAR) | IL_TYPE_NUMBER : types & IL_TYPE_SCALAR;
			}
		case IL_OP_TEXT:
			return IL_TYPE_TEXT;
		case IL_OP_DATE:
			return IL_TYPE_DATE;
		case IL_OP_NUMBER:
			return IL_TYPE_NUMBER;
		default:
			return node->op >= IL_OP_ADD ? IL_TYPE_NUMBER : IL_TYPE_BOOLEAN;
	}
}

static bool
refuse(Checker *checker, const IlNode *node, unsigned wanted, unsigned given)
{
	char		want[64];
	char		have[64];

	if (node->op == IL_OP_NAME)
		given = types_of_name(checker, node);
	il_type_name(wanted, " or ", want);
	il_type_name(given, " or ", have);
	if (node->op == IL_OP_NAME)
		return il_fault_set(checker->fault, IL_FAULT_TYPE, node->at.position,
							given == IL_TYPE_SERIES ? "Use a series inside for_years()." : "",
							"fact \"%.*s\" is of type %s, but is used as %s",
							il_excerpt(checker->criterion->pool + node->text, node->length),
							checker->criterion->pool + node->text, have, want);
	return il_fault_set(checker->fault, IL_FAULT_VALUE, node->at.position,
						node->op == IL_OP_TEXT && wanted & IL_TYPE_DATE
						? "Dates are written as date '2024-02-29'." : "",
						"a %s stands where a %s is needed", have, want);
}

static bool
check_name(Checker *checker, const IlNode *node, unsigned wanted)
{
	const char *name = checker->criterion->pool + node->text;
	unsigned	types = types_of_name(checker, node);
	unsigned	fits = types & wanted;
	char		hint[200] = "";
	const char *nearest;

	if (types == 0)
	{
		nearest = il_nearest_name(name, node->length, declared_name, checker);
		if (nearest != NULL)
			snprintf(hint, sizeof(hint), "Did you mean \"%.*s\"?",
					 il_excerpt(nearest, strlen(nearest)), nearest);
		return il_fault_set(checker->fault, IL_FAULT_NAME, node->at.position, hint,
							"unknown fact \"%.*s\"", il_excerpt(name, node->length), name);
	}
	if (checker->in_years && wanted & IL_TYPE_NUMBER && types & IL_TYPE_SERIES)
	{
		fits |= IL_TYPE_SERIES;
		checker->has_series = true;
	}
	if (fits == 0)
		return refuse(checker, node, wanted, types);
	if (checker->uses != NULL)
	{
		IlUse	   *use = &checker->uses[checker->use_count++];

		use->name = name;
		use->length = node->length;
		use->types = fits;
	}
	return true;
}

static bool
check_children(Checker *checker, const IlNode *node, unsigned wanted)
{
	for (const IlNode *child = node + 1; child < il_node_next(node); child = il_node_next(child))
	{
		if (!check(checker, child, wanted))
			return false;
	}
	return true;
}

/* "danger_grade >= 'C' of ('A', 'B', 'C', 'D')": codes are of the order. */
static bool
check_order(Checker *checker, const IlNode *node)
{
	const IlCriterion *criterion = checker->criterion;
	const IlNode *right = il_node_next(node + 1);
	const IlNode *order = il_node_next(right);
	const IlNode *end = il_node_next(node);
	const IlNode *sides[2] = {node + 1, right};

	for (const IlNode *item = order; item < end; item++)
	{
		if (item->op != IL_OP_TEXT)
			return refuse(checker, item, IL_TYPE_TEXT, types_of(checker, item));
		for (const IlNode *other = order; other < item; other++)
		{
			if (other->length == item->length &&
				memcmp(criterion->pool + other->text, criterion->pool + item->text,
					   item->length) == 0)
				return il_fault_set(checker->fault, IL_FAULT_VALUE, item->at.position, "",
									"code '%.*s' stands twice in the order",
									il_excerpt(criterion->pool + item->text, item->length),
									criterion->pool + item->text);
		}
	}
	for (int i = 0; i < 2; i++)
	{
		bool		found = sides[i]->op != IL_OP_TEXT;

		for (const IlNode *item = order; item < end && !found; item++)
			found = item->length == sides[i]->length &&
				memcmp(criterion->pool + item->text, criterion->pool + sides[i]->text,
					   item->length) == 0;
		if (!found)
			return il_fault_set(checker->fault, IL_FAULT_VALUE, sides[i]->at.position, "",
								"code '%.*s' is not in the order",
								il_excerpt(criterion->pool + sides[i]->text, sides[i]->length),
								criterion->pool + sides[i]->text);
	}
	return check(checker, sides[0], IL_TYPE_TEXT) && check(checker, sides[1], IL_TYPE_TEXT);
}

/* All children but the first against the first; all of one type. */
static bool
check_alike(Checker *checker, const IlNode *node, unsigned allowed)
{
	unsigned	common = allowed & types_of(checker, node + 1);

	/* let an unknown name be reported as such, not as a clash of types */
	for (const IlNode *child = node + 1; child < il_node_next(node); child = il_node_next(child))
	{
		if (child->op == IL_OP_NAME && types_of_name(checker, child) == 0)
			return check_name(checker, child, allowed);
	}
	if (common == 0)
		return refuse(checker, node + 1, allowed, types_of(checker, node + 1));
	for (const IlNode *child = il_node_next(node + 1); child < il_node_next(node);
		 child = il_node_next(child))
	{
		unsigned	types = types_of(checker, child);

		if ((common & types) == 0)
		{
			/* complain about the fact rather than the literal it is held against */
			if (child->op == IL_OP_NAME || (node + 1)->op != IL_OP_NAME ||
				checker->declared == NULL)
				return refuse(checker, child, common, types);
			return refuse(checker, node + 1, types, common);
		}
		common &= types;
	}
	return check_children(checker, node, common);
}

static bool
holds_date(const Checker *checker, const IlNode *node)
{
	int32_t		days;

	return node->op == IL_OP_TEXT &&
		il_date_scan(checker->criterion->pool + node->text, node->length, &days);
}

static bool
check_comparison(Checker *checker, const IlNode *node)
{
	const IlNode *right = il_node_next(node + 1);
	unsigned	common = types_of(checker, node + 1) & types_of(checker, right);

	if (node->count > 2)
		return check_order(checker, node);
	if (is_order(node->op) && common == IL_TYPE_TEXT)
		return il_fault_set(checker->fault, IL_FAULT_VALUE, node->at.position,
							holds_date(checker, node + 1) || holds_date(checker, right)
							? "Dates are written as date '2024-02-29'."
							: "State it: danger_grade >= 'C' of ('A', 'B', 'C', 'D').",
							"text codes have no order of their own");
	return check_alike(checker, node, is_order(node->op) ? IL_TYPE_NUMBER | IL_TYPE_DATE
					   : IL_TYPE_SCALAR);
}

static bool
check_for_years(Checker *checker, const IlNode *node)
{
	bool		good;

	if (checker->in_years)
		return il_fault_set(checker->fault, IL_FAULT_VALUE, node->at.position, "",
							"for_years cannot stand inside for_years");
	checker->in_years = true;
	checker->has_series = false;
	good = check_children(checker, node, IL_TYPE_BOOLEAN);
	checker->in_years = false;
	if (good && !checker->has_series)
		return il_fault_set(checker->fault, IL_FAULT_TYPE, node->at.position,
							"Declare the fact that changes from year to year as a series.",
							"for_years needs a fact that is a series");
	return good;
}

static bool
check_benchmark(Checker *checker, const IlNode *node)
{
	const IlNode *last = node + 1;
	bool		good;

	if (node->op == IL_OP_CONTROL_INDICATOR)
		return true;			/* the name is not one of a fact */
	if (checker->in_peer || checker->in_years)
		return il_fault_set(checker->fault, IL_FAULT_VALUE, node->at.position, "",
							"a peer figure cannot stand inside %s",
							checker->in_peer ? "another one" : "for_years");
	checker->in_peer = true;
	good = check(checker, node + 1, IL_TYPE_NUMBER);
	if (node->count > 1)
		last = il_node_next(node + 1);
	if (good && node->op == IL_OP_PEER_PERCENTILE)
	{
		IlDecimal	share = il_node_decimal(last, checker->criterion->pool);

		if (il_decimal_approximate(&share).value > 1)
			good = il_fault_set(checker->fault, IL_FAULT_VALUE, last->at.position,
								"Write 25% or 0.25.",
								"a percentile lies between 0%% and 100%%");
	}
	else if (good && node->count > 1)
		good = check(checker, last, IL_TYPE_NUMBER);
	checker->in_peer = false;
	return good;
}

static bool
check(Checker *checker, const IlNode *node, unsigned wanted)
{
	if (node->op == IL_OP_NAME)
		return check_name(checker, node, wanted);
	if ((types_of(checker, node) & wanted) == 0)
		return refuse(checker, node, wanted, types_of(checker, node));
	switch ((IlOp) node->op)
	{
		case IL_OP_OR:
		case IL_OP_AND:
		case IL_OP_NOT:
		case IL_OP_AT_LEAST:
			return check_children(checker, node, IL_TYPE_BOOLEAN);
		case IL_OP_FOR_YEARS:
			return check_for_years(checker, node);
		case IL_OP_IN:
			return check_alike(checker, node, IL_TYPE_SCALAR & ~(unsigned) IL_TYPE_BOOLEAN);
		case IL_OP_BETWEEN:
			return check_alike(checker, node, IL_TYPE_NUMBER | IL_TYPE_DATE);
		case IL_OP_KNOWN:
			return check(checker, node + 1, IL_TYPE_SCALAR);
		case IL_OP_YEARS_SINCE:
			return check(checker, node + 1, IL_TYPE_DATE);
		case IL_OP_ADD:
		case IL_OP_SUBTRACT:
		case IL_OP_MULTIPLY:
		case IL_OP_DIVIDE:
		case IL_OP_NEGATE:
			return check_children(checker, node, IL_TYPE_NUMBER);
		default:
			if (il_op_is_comparison(node->op))
				return check_comparison(checker, node);
			return il_op_is_benchmark(node->op) ? check_benchmark(checker, node) : true;
	}
}

bool
il_criterion_check(const IlCriterion *criterion, const IlDeclared *declared, size_t count,
				   IlUse *uses, size_t *use_count, IlFault *fault)
{
	Checker		checker = {
		.criterion = criterion, .declared = declared, .declared_count = count,
		.uses = uses, .fault = fault
	};
	bool		good = check(&checker, criterion->node, IL_TYPE_BOOLEAN);

	if (use_count != NULL)
		*use_count = checker.use_count;
	return good;
}
