/*
 * evaluate.c - truth of conditions, their margins, and what keeps them open
 */
#include "core/evaluate.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define RING	100				/* for_years takes at most 99 years */

/* Keeps rare and heavy conditions out of the frame of the common ones. */
#define APART	__attribute__((noinline))

static IlTruth
truth_if(bool condition)
{
	return condition ? IL_TRUE : IL_FALSE;
}

static IlTruth
turn(IlTruth truth)
{
	return (IlTruth) (IL_TRUE - truth);
}

/* Once for each year: a condition may be long and a series, too. */
static void
look_up(const IlRun *run)
{
	if (run->poll != NULL)
		run->poll->call(run->poll->arg);
}

/* A condition without a distance is infinitely far from the other answer. */
static IlTruth
far_off(IlTruth truth, double *margin)
{
	if (margin != NULL)
		*margin = truth == IL_UNKNOWN ? (double) NAN : truth == IL_TRUE ? -(double) INFINITY
			: (double) INFINITY;
	return truth;
}

static bool
holds(unsigned op, int sign)
{
	switch (op)
	{
		case IL_OP_LESS:
			return sign < 0;
		case IL_OP_LESS_EQUAL:
			return sign <= 0;
		case IL_OP_GREATER:
			return sign > 0;
		case IL_OP_GREATER_EQUAL:
			return sign >= 0;
		case IL_OP_EQUAL:
			return sign == 0;
		default:
			return sign != 0;
	}
}

/* ---- predicates ---- */

/*
 * Distance of two numbers over the limit, negative where the order "op" asks
 * for holds.  The sign was decided exactly and wins over the doubles.
 */
static double
distance(unsigned op, double left, double right, int sign, bool limit_left)
{
	double		limit = fabs(limit_left ? left : right);
	double		way;

	if (sign == 0)
		return 0;
	way = fabs(left - right) / limit;
	if (limit == 0 || isnan(way))
		way = INFINITY;
	return (sign < 0) == (op == IL_OP_LESS || op == IL_OP_LESS_EQUAL) ? -way : way;
}

/* A limit that nearly cancels out has few digits as a double: it is computed exactly. */
static APART double
exact_limit(IlRun *run, const IlNode *node, double limit)
{
	IlFraction	fraction;
	IlDecimal	decimal;
	char		text[IL_DECIMAL_TEXT_SIZE];

	if (!il_evaluate_fraction(run, node, &fraction) ||
		!il_fraction_print(run->memory, &fraction, IL_FRACTION_DIGITS, text) ||
		!il_decimal_scan(text, strlen(text), &decimal))
		return limit;
	return il_decimal_approximate(&decimal).value;
}

static IlTruth
compare_numbers(IlRun *run, unsigned op, const IlNode *left, const IlNode *right,
				bool limit_left, double *margin)
{
	int			sign;
	IlReal		value[2];
	IlReal	   *limit = &value[limit_left ? 0 : 1];

	if (!il_evaluate_compare(run, left, right, &sign, value))
		return far_off(IL_UNKNOWN, margin);
	if (margin == NULL || op == IL_OP_EQUAL || op == IL_OP_NOT_EQUAL)
		return far_off(truth_if(holds(op, sign)), margin);
	if (limit->error > fabs(limit->value) * 1e-13)
		limit->value = exact_limit(run, limit_left ? left : right, limit->value);
	*margin = distance(op, value[0].value, value[1].value, sign, limit_left);
	return truth_if(holds(op, sign));
}

/* The common case: a fact against a literal that its double decides. */
static IlTruth
compare_fact_literal(IlRun *run, const IlNode *node, double *margin)
{
	const IlFactValue *fact = &run->fact[node[1].at.slot];
	double		limit = il_ruleset_literal(run->ruleset, node[2].at.slot)->value;
	int			sign;

	if (fact->state != IL_FACT_KNOWN || fact->long_decimal)
		return compare_numbers(run, node->op, node + 1, node + 2, false, margin);
	sign = (fact->number > limit) - (fact->number < limit);
	if (margin != NULL)
	{
		if (node->op == IL_OP_EQUAL || node->op == IL_OP_NOT_EQUAL)
			return far_off(truth_if(holds(node->op, sign)), margin);
		*margin = distance(node->op, fact->number, limit, sign, false);
	}
	return truth_if(holds(node->op, sign));
}

static IlTruth
compare_dates(const IlRun *run, unsigned op, const IlNode *left, const IlNode *right)
{
	int32_t		a;
	int32_t		b;

	if (!il_evaluate_date(run, left, &a) || !il_evaluate_date(run, right, &b))
		return IL_UNKNOWN;
	return truth_if(holds(op, (a > b) - (a < b)));
}

/* Is a code, or one of a list of codes, this one - or, with prefix, below it? */
static bool
matches_code(const IlFactValue *fact, const char *code, size_t length, bool prefix)
{
	for (uint32_t i = 0; i < fact->year_count; i++)
	{
		if (matches_code(&fact->year_value[i], code, length, prefix))
			return true;
	}
	return fact->year_count == 0 && !fact->is_list &&
		(fact->length == length || (prefix && fact->length > length)) &&
		memcmp(fact->text, code, length) == 0;
}

/* One side is a list of codes: equal if one of them is, or one of both. */
static bool
equal_lists(const IlRun *run, const IlNode *left, const IlNode *right)
{
	const IlFactValue *list = il_evaluate_name(run, left);
	const char *text;
	uint32_t	length;

	for (uint32_t i = 0; i < list->year_count; i++)
	{
		const IlFactValue *one = &list->year_value[i];

		if (right->op == IL_OP_NAME
			? matches_code(il_evaluate_name(run, right), one->text, one->length, false)
			: (il_evaluate_text(run, right, &text, &length) == IL_FACT_KNOWN &&
			   matches_code(one, text, length, false)))
			return true;
	}
	return false;
}

static bool
is_list(const IlRun *run, const IlNode *node)
{
	return node->op == IL_OP_NAME && il_evaluate_name(run, node)->is_list;
}

/* A subject that a complete list does not name has none of the codes. */
static IlTruth
equal_texts(const IlRun *run, const IlNode *left, const IlNode *right)
{
	const char *a;
	const char *b;
	uint32_t	a_length;
	uint32_t	b_length;
	IlFactState a_state = il_evaluate_text(run, left, &a, &a_length);
	IlFactState b_state = il_evaluate_text(run, right, &b, &b_length);

	if (a_state == IL_FACT_NOT_LISTED || b_state == IL_FACT_NOT_LISTED)
		return IL_FALSE;
	if (a_state == IL_FACT_UNKNOWN || b_state == IL_FACT_UNKNOWN)
		return IL_UNKNOWN;
	if (is_list(run, left) || is_list(run, right))
		return truth_if(is_list(run, left) ? equal_lists(run, left, right)
						: equal_lists(run, right, left));
	return truth_if(a_length == b_length && memcmp(a, b, a_length) == 0);
}

/* Place of a code in the order behind a comparison; false when it has none. */
static bool
place_in_order(const IlRun *run, const IlNode *node, const char *text, uint32_t length,
			   int *place)
{
	const IlNode *item = il_node_next(il_node_next(node + 1));

	for (*place = 0; item < il_node_next(node); item++, ++*place)
	{
		if (item->length == length &&
			memcmp((const char *) run->ruleset + item->text, text, length) == 0)
			return true;
	}
	return false;
}

static APART IlTruth
compare_order(const IlRun *run, const IlNode *node)
{
	const IlNode *side[2] = {node + 1, il_node_next(node + 1)};
	int			place[2] = {0, 0};
	bool		listed = true;
	bool		known = true;

	for (int i = 0; i < 2; i++)
	{
		const char *text;
		uint32_t	length;
		IlFactState state = il_evaluate_text(run, side[i], &text, &length);

		listed = listed && state != IL_FACT_NOT_LISTED;
		known = known && state == IL_FACT_KNOWN && !is_list(run, side[i]) &&
			place_in_order(run, node, text, length, &place[i]);
	}
	if (!listed)
		return truth_if(node->op == IL_OP_NOT_EQUAL);
	return known ? truth_if(holds(node->op, (place[0] > place[1]) - (place[0] < place[1])))
		: IL_UNKNOWN;
}

static APART IlTruth
compare_booleans(IlRun *run, const IlNode *node)
{
	IlTruth		left = il_evaluate(run, node + 1, NULL);
	IlTruth		right = il_evaluate(run, il_node_next(node + 1), NULL);

	if (left == IL_UNKNOWN || right == IL_UNKNOWN)
		return IL_UNKNOWN;
	return truth_if(holds(node->op, (left > right) - (left < right)));
}

static IlTruth
evaluate_comparison(IlRun *run, const IlNode *node, double *margin)
{
	const IlNode *right = il_node_next(node + 1);
	IlTruth		truth;

	switch ((IlKind) node->kind)
	{
		case IL_KIND_NUMBER:
			return compare_numbers(run, node->op, node + 1, right,
								   (node->flags & IL_NODE_LIMIT_LEFT) != 0, margin);
		case IL_KIND_DATE:
			truth = compare_dates(run, node->op, node + 1, right);
			break;
		case IL_KIND_TEXT:
			truth = equal_texts(run, node + 1, right);
			if (node->op == IL_OP_NOT_EQUAL)
				truth = turn(truth);
			break;
		case IL_KIND_ORDER:
			truth = compare_order(run, node);
			break;
		default:
			truth = compare_booleans(run, node);
			break;
	}
	return far_off(truth, margin);
}

/* A code among literals. */
static IlTruth
text_in(const IlRun *run, const IlNode *node)
{
	const char *text;
	uint32_t	length;
	IlFactState state = il_evaluate_text(run, node + 1, &text, &length);
	bool		apart;

	if (state != IL_FACT_KNOWN)
		return state == IL_FACT_UNKNOWN ? IL_UNKNOWN : IL_FALSE;
	apart = node->flags & IL_NODE_PREFIX || is_list(run, node + 1);
	for (const IlNode *item = node + 2; item < il_node_next(node); item++)
	{
		if (apart &&
			matches_code(il_evaluate_name(run, node + 1),
						 (const char *) run->ruleset + item->text, item->length,
						 (node->flags & IL_NODE_PREFIX) != 0))
			return IL_TRUE;
		if (!apart && item->length == length &&
			memcmp((const char *) run->ruleset + item->text, text, length) == 0)
			return IL_TRUE;
	}
	return IL_FALSE;
}

static IlTruth
evaluate_in(IlRun *run, const IlNode *node)
{
	IlTruth		truth = IL_FALSE;

	if (node->kind == IL_KIND_TEXT)
	{
		truth = text_in(run, node);
		return node->flags & IL_NODE_NEGATED ? turn(truth) : truth;
	}

	for (const IlNode *item = il_node_next(node + 1);
		 item < il_node_next(node) && truth == IL_FALSE; item = il_node_next(item))
	{
		if (node->kind == IL_KIND_DATE)
			truth = compare_dates(run, IL_OP_EQUAL, node + 1, item);
		else
			truth = compare_numbers(run, IL_OP_EQUAL, node + 1, item, false, NULL);
	}
	return node->flags & IL_NODE_NEGATED ? turn(truth) : truth;
}

static APART IlTruth
evaluate_between(IlRun *run, const IlNode *node, double *margin)
{
	const IlNode *low = il_node_next(node + 1);
	const IlNode *high = il_node_next(low);
	double		side[2];
	IlTruth		truth[2];

	if (node->kind == IL_KIND_DATE)
	{
		truth[0] = compare_dates(run, IL_OP_GREATER_EQUAL, node + 1, low);
		truth[1] = compare_dates(run, IL_OP_LESS_EQUAL, node + 1, high);
		side[0] = side[1] = NAN;
	}
	else
	{
		truth[0] = compare_numbers(run, IL_OP_GREATER_EQUAL, node + 1, low, false, &side[0]);
		truth[1] = compare_numbers(run, IL_OP_LESS_EQUAL, node + 1, high, false, &side[1]);
	}
	if (truth[1] < truth[0])
		truth[0] = truth[1];
	if (node->flags & IL_NODE_NEGATED)
		truth[0] = turn(truth[0]);
	if (margin == NULL || node->kind == IL_KIND_DATE)
		return far_off(truth[0], margin);
	*margin = fmax(side[0], side[1]);	/* the one that is a number */
	if (node->flags & IL_NODE_NEGATED)
		*margin = -*margin;
	return truth[0];
}

static APART bool
is_known(IlRun *run, const IlNode *node)
{
	IlReal		real;
	IlFraction	fraction;

	if (node->op == IL_OP_NAME)
		return il_evaluate_name(run, node)->state != IL_FACT_UNKNOWN;
	if (node->op == IL_OP_TEXT || node->op == IL_OP_DATE)
		return true;
	if (node->op != IL_OP_NUMBER && node->op < IL_OP_ADD)
		return il_evaluate(run, node, NULL) != IL_UNKNOWN;
	if (!il_evaluate_real(run, node, &real))
		return false;
	return isfinite(real.error) || il_evaluate_fraction(run, node, &fraction);
}

/* ---- conditions ---- */

/* The larger (smaller) of two, the other one where one is NaN. */
static double
larger(double a, double b)
{
	return !(a >= b) && b == b ? b : a;
}

static double
smaller(double a, double b)
{
	return !(a <= b) && b == b ? b : a;
}

/* and, or: stops as soon as nothing can change any more */
static IlTruth
evaluate_joined(IlRun *run, const IlNode *node, double *margin)
{
	bool		conjunction = node->op == IL_OP_AND;
	IlTruth		decided = conjunction ? IL_FALSE : IL_TRUE;
	IlTruth		truth = conjunction ? IL_TRUE : IL_FALSE;
	double		best = NAN;
	double		part;

	for (const IlNode *child = node + 1; child < il_node_next(node); child = il_node_next(child))
	{
		IlTruth		other = il_evaluate(run, child, margin == NULL ? NULL : &part);

		if (conjunction ? other < truth : other > truth)
			truth = other;
		if (margin != NULL)
			best = conjunction ? larger(best, part) : smaller(best, part);
		if (truth == decided &&
			(margin == NULL || (isinf(best) && signbit(best) != conjunction)))
			break;
	}
	if (margin != NULL)
		*margin = best;
	return truth;
}

/* k-th smallest of the numbers among n values; NaN when there are fewer. */
static double
select_smallest(double *value, uint32_t n, int32_t k)
{
	double		smallest = NAN;

	for (; k > 0; k--)
	{
		uint32_t	at = n;

		smallest = NAN;
		for (uint32_t i = 0; i < n; i++)
		{
			if (!isnan(value[i]) && !(smallest <= value[i]))
			{
				smallest = value[i];
				at = i;
			}
		}
		if (at == n)
			return NAN;
		value[at] = NAN;
	}
	return smallest;
}

static APART IlTruth
evaluate_at_least(IlRun *run, const IlNode *node, double *margin)
{
	int32_t		certain = 0;
	int32_t		possible = 0;
	uint32_t	n = 0;
	double	   *parts = margin == NULL ? NULL
		: il_allocate(run->memory, sizeof(double) * node->count);

	for (const IlNode *child = node + 1; child < il_node_next(node); child = il_node_next(child))
	{
		IlTruth		truth = il_evaluate(run, child, parts == NULL ? NULL : &parts[n++]);

		certain += truth == IL_TRUE;
		possible += truth != IL_FALSE;
	}
	if (margin != NULL)
		*margin = select_smallest(parts, n, node->value);
	return certain >= node->value ? IL_TRUE : possible >= node->value ? IL_UNKNOWN : IL_FALSE;
}

/* Widens the span by the years of each series in the subtree. */
static void
widen_span(const IlRun *run, const IlNode *node, int32_t *first, int32_t *last)
{
	if (node->op == IL_OP_NAME && node->kind == IL_KIND_SERIES)
	{
		const IlFactValue *series = &run->fact[node->at.slot];

		for (uint32_t i = 0; i < series->year_count; i++)
		{
			if (series->year[i] < *first)
				*first = series->year[i];
			if (series->year[i] > *last)
				*last = series->year[i];
		}
	}
	if (il_op_is_benchmark(node->op))
		return;
	for (const IlNode *child = node + 1; child < il_node_next(node); child = il_node_next(child))
		widen_span(run, child, first, last);
}

/*
 * With "year" the n years that end with it; without, all years from the first
 * to the last of the series, if these are n or more.
 */
bool
il_evaluate_span(const IlRun *run, const IlNode *node, int32_t *first, int32_t *last)
{
	if (node->flags & IL_NODE_YEAR)
	{
		*last = run->ruleset->as_of_year + node->year;
		*first = *last - node->value + 1;
		return run->ruleset->as_of != IL_NO_DATE;
	}
	*first = IL_YEAR_LAST + 1;
	*last = IL_YEAR_FIRST - 1;
	widen_span(run, node + 1, first, last);
	return *last - *first + 1 >= node->value;
}

/* True when the condition holds in n years that follow each other. */
static APART IlTruth
evaluate_for_years(IlRun *run, const IlNode *node, double *margin)
{
	int32_t		n = node->value;
	int32_t		first;
	int32_t		last;
	int32_t		certain = 0;
	int32_t		possible = 0;
	IlTruth		truth = IL_FALSE;
	double		ring[RING];

	if (margin != NULL)
		*margin = NAN;
	if (!il_evaluate_span(run, node, &first, &last))
		return IL_UNKNOWN;
	for (run->year = first; run->year <= last; run->year++)
	{
		double		part = NAN;
		IlTruth		one = il_evaluate(run, node + 1, margin == NULL ? NULL : &part);

		look_up(run);
		certain = one == IL_TRUE ? certain + 1 : 0;
		possible = one != IL_FALSE ? possible + 1 : 0;
		if (certain >= n)
			truth = IL_TRUE;
		else if (possible >= n && truth == IL_FALSE)
			truth = IL_UNKNOWN;
		if (margin == NULL)
			continue;
		ring[(run->year - first) % n] = part;
		part = NAN;
		for (int32_t i = 0; i < n && run->year - first >= n - 1; i++)
			part = larger(part, ring[i]);
		*margin = smaller(*margin, part);
	}
	return truth;
}

IlTruth
il_evaluate(IlRun *run, const IlNode *node, double *margin)
{
	const IlFactValue *fact;
	IlTruth		truth;

	if (node->kind == IL_KIND_FACT_LITERAL)
		return compare_fact_literal(run, node, margin);
	switch ((IlOp) node->op)
	{
		case IL_OP_NAME:
			fact = il_evaluate_name(run, node);
			truth = fact->state == IL_FACT_UNKNOWN ? IL_UNKNOWN
				: truth_if(fact->state == IL_FACT_KNOWN && fact->number != 0);
			return far_off(truth, margin);
		case IL_OP_TRUE:
		case IL_OP_FALSE:
			return far_off(truth_if(node->op == IL_OP_TRUE), margin);
		case IL_OP_OR:
		case IL_OP_AND:
			return evaluate_joined(run, node, margin);
		case IL_OP_NOT:
			truth = turn(il_evaluate(run, node + 1, margin));
			if (margin != NULL)
				*margin = -*margin;
			return truth;
		case IL_OP_AT_LEAST:
			return evaluate_at_least(run, node, margin);
		case IL_OP_FOR_YEARS:
			return evaluate_for_years(run, node, margin);
		case IL_OP_IN:
			return far_off(evaluate_in(run, node), margin);
		case IL_OP_BETWEEN:
			return evaluate_between(run, node, margin);
		case IL_OP_KNOWN:
			return far_off(truth_if(is_known(run, node + 1) ==
									((node->flags & IL_NODE_NEGATED) == 0)), margin);
		default:
			return evaluate_comparison(run, node, margin);
	}
}

/* ---- what is missing ---- */

/* A number and a series of one name are missing under that name once. */
static void
mark(IlRun *run, uint32_t slot)
{
	if (slot < run->ruleset->fact_count)
		slot = il_ruleset_fact(run->ruleset, slot)->namesake;
	run->missing[slot] = 1;
}

/* A divisor that is zero leaves the quotient open: what it is made of is to blame. */
static void
mark_all(IlRun *run, const IlNode *node)
{
	if (node->op == IL_OP_NAME)
		mark(run, (uint32_t) node->at.slot);
	if (il_op_is_benchmark(node->op))
	{
		mark(run, il_missing_benchmark(run->ruleset, (uint32_t) node->at.slot));
		return;
	}
	for (const IlNode *child = node + 1; child < il_node_next(node); child = il_node_next(child))
		mark_all(run, child);
}

void
il_collect_names(IlRun *run, const IlNode *node)
{
	mark_all(run, node);
}

static void
collect_peer(IlRun *run, const IlNode *node)
{
	const IlPeerState *peer = il_evaluate_peer(run, node);
	const IlBenchmark *benchmark = il_ruleset_benchmark(run->ruleset, (uint32_t) node->at.slot);
	const uint32_t *key = il_ruleset_list(run->ruleset, benchmark->key);

	if (peer->knowledge == IL_PEER_NO_FIGURE)
		mark(run, il_missing_benchmark(run->ruleset, (uint32_t) node->at.slot));
	for (uint32_t i = 0; i < benchmark->key_count && peer->knowledge == IL_PEER_NO_KEY; i++)
	{
		if (run->fact[key[i]].state != IL_FACT_KNOWN)
			mark(run, key[i]);
	}
}

static void
collect_term(IlRun *run, const IlNode *node)
{
	IlFraction	divisor;

	if (node->op == IL_OP_NAME && il_evaluate_name(run, node)->state == IL_FACT_UNKNOWN)
		mark(run, (uint32_t) node->at.slot);
	if (il_op_is_benchmark(node->op))
	{
		collect_peer(run, node);
		return;
	}
	if (node->op == IL_OP_YEARS_SINCE && run->ruleset->as_of == IL_NO_DATE)
		mark(run, il_missing_as_of(run->ruleset));
	if (node->op == IL_OP_DIVIDE &&
		il_evaluate_fraction(run, il_node_next(node + 1), &divisor) &&
		il_fraction_is_zero(&divisor))
		mark_all(run, il_node_next(node + 1));
	for (const IlNode *child = node + 1; child < il_node_next(node); child = il_node_next(child))
		collect_term(run, child);
}

static void
collect_for_years(IlRun *run, const IlNode *node)
{
	int32_t		first;
	int32_t		last;

	if (!il_evaluate_span(run, node, &first, &last))
	{
		/* too few years, or no reference date: any year is missing */
		if (node->flags & IL_NODE_YEAR)
			mark(run, il_missing_as_of(run->ruleset));
		run->year = IL_YEAR_FIRST - 1;
		collect_term(run, node + 1);
		return;
	}
	for (run->year = first; run->year <= last; run->year++)
	{
		if (il_evaluate(run, node + 1, NULL) == IL_UNKNOWN)
			il_collect_missing(run, node + 1);
		look_up(run);
	}
}

/* A code that is known but not in the order is no answer either. */
static void
collect_order(IlRun *run, const IlNode *node)
{
	const IlNode *side[2] = {node + 1, il_node_next(node + 1)};

	for (int i = 0; i < 2; i++)
	{
		const char *text;
		uint32_t	length;
		int			place;

		if (il_evaluate_text(run, side[i], &text, &length) == IL_FACT_UNKNOWN ||
			is_list(run, side[i]) ||
			!place_in_order(run, node, text, length, &place))
			mark(run, (uint32_t) side[i]->at.slot);
	}
}

void
il_collect_missing(IlRun *run, const IlNode *node)
{
	bool		joins = node->op == IL_OP_AND || node->op == IL_OP_OR ||
		node->op == IL_OP_AT_LEAST || node->op == IL_OP_NOT || node->kind == IL_KIND_BOOLEAN;

	if (node->op == IL_OP_FOR_YEARS)
		collect_for_years(run, node);
	else if (node->kind == IL_KIND_ORDER)
		collect_order(run, node);
	else if (!joins)
		collect_term(run, node);
	else
	{
		for (const IlNode *child = node + 1; child < il_node_next(node);
			 child = il_node_next(child))
		{
			if (il_evaluate(run, child, NULL) == IL_UNKNOWN)
				il_collect_missing(run, child);
		}
	}
}
