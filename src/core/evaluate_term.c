/*
 * evaluate_term.c - values of terms: first in doubles with a bound of the
 * error, then, where the bound leaves a comparison open, as fractions
 *
 * The bound: a double x stands for its shortest decimal, which lies within
 * half a unit in the last place of x, hence within |x| * 2^-53 of it.  Every
 * operation rounds once more, by at most 2^-53 of its result or, where it
 * underflows, the smallest double.  Below each 2^-53 is taken as 2^-52 and
 * each sum of bounds as 1 + 2^-40 of itself, which covers the roundings of the
 * bounds themselves; what overflows gets an infinite bound.
 */
#include "core/evaluate.h"
#include "core/calendar.h"
#include "core/ruleset_compile.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define TINY	(4 * 4.9406564584124654e-324)
#define LOOSE	(1 + 0x1p-40)

const IlFactValue *
il_evaluate_name(const IlRun *run, const IlNode *node)
{
	static const IlFactValue unknown = {.state = IL_FACT_UNKNOWN};
	const IlFactValue *fact = &run->fact[node->at.slot];

	if (node->kind != IL_KIND_SERIES)
		return fact;
	for (uint32_t i = 0; i < fact->year_count; i++)
	{
		if (fact->year[i] == run->year)
			return &fact->year_value[i];
	}
	return &unknown;
}

bool
il_evaluate_date(const IlRun *run, const IlNode *node, int32_t *days)
{
	const IlFactValue *fact;

	if (node->op == IL_OP_DATE)
	{
		*days = node->value;
		return true;
	}
	fact = il_evaluate_name(run, node);
	*days = (int32_t) fact->number;
	return fact->state == IL_FACT_KNOWN;
}

IlFactState
il_evaluate_text(const IlRun *run, const IlNode *node, const char **text, uint32_t *length)
{
	const IlFactValue *fact;

	if (node->op == IL_OP_TEXT)
	{
		*text = (const char *) run->ruleset + node->text;
		*length = node->length;
		return IL_FACT_KNOWN;
	}
	fact = il_evaluate_name(run, node);
	*text = fact->text;
	*length = fact->length;
	return fact->state;
}

/* ---- peer figures ---- */

bool
il_evaluate_key(const IlRun *run, uint32_t slot, char buffer[IL_DECIMAL_TEXT_SIZE],
				const char **text, size_t *length)
{
	const IlFactValue *fact = &run->fact[slot];

	*text = buffer;
	if (fact->state != IL_FACT_KNOWN)
		return false;
	switch ((IlType) il_ruleset_fact(run->ruleset, slot)->type)
	{
		case IL_TYPE_BOOLEAN:
			*text = fact->number != 0 ? "true" : "false";
			*length = strlen(*text);
			break;
		case IL_TYPE_DATE:
			*length = il_date_print((int32_t) fact->number, buffer);
			break;
		case IL_TYPE_NUMBER:
			if (!fact->long_decimal)
			{
				*length = il_double_print(run->memory, fact->number, buffer);
				break;
			}
			/* fall through */
		default:
			*text = fact->text;
			*length = fact->length;
			break;
	}
	return true;
}

static bool
key_matches(const IlRun *run, const IlBenchmark *benchmark, const IlGroup *group)
{
	const uint32_t *slot = il_ruleset_list(run->ruleset, benchmark->key);
	const uint32_t *value = il_ruleset_list(run->ruleset, group->key);

	for (uint32_t i = 0; i < benchmark->key_count; i++, value += 2)
	{
		char		buffer[IL_DECIMAL_TEXT_SIZE];
		const char *text;
		size_t		length;

		if (!il_evaluate_key(run, slot[i], buffer, &text, &length) || length != value[1] ||
			memcmp(text, il_ruleset_at(run->ruleset, value[0]), length) != 0)
			return false;
	}
	return true;
}

/* Like key_matches, with parts that are prefixes or open. */
static bool
fits_open(const IlRun *run, const IlBenchmark *benchmark, const IlGroup *group)
{
	const uint32_t *slot = il_ruleset_list(run->ruleset, benchmark->key);
	const uint32_t *value = il_ruleset_list(run->ruleset, group->key);

	for (uint32_t i = 0; i < benchmark->key_count; i++, value += 2)
	{
		bool		prefix = i < IL_OPEN_KEYS && benchmark->prefix >> i & 1;
		bool		open = i < IL_OPEN_KEYS && benchmark->open >> i & 1;
		char		buffer[IL_DECIMAL_TEXT_SIZE];
		const char *text;
		size_t		length;

		if (value[1] == 0 && (prefix || open))
			continue;
		if (!il_evaluate_key(run, slot[i], buffer, &text, &length) ||
			length < value[1] || (length > value[1] && !prefix) ||
			memcmp(text, il_ruleset_at(run->ruleset, value[0]), value[1]) != 0)
			return false;
	}
	return true;
}

/* Both fit, so where their values are of one length they are the same. */
static bool
is_narrower(const IlRun *run, const IlBenchmark *benchmark, const IlGroup *group,
			const IlGroup *other)
{
	const uint32_t *a = il_ruleset_list(run->ruleset, group->key);
	const uint32_t *b = il_ruleset_list(run->ruleset, other->key);

	for (uint32_t i = 0; i < benchmark->key_count; i++)
	{
		if (a[2 * i + 1] != b[2 * i + 1])
			return a[2 * i + 1] > b[2 * i + 1];
	}
	return false;
}

/*
 * Among groups with open parts the narrowest that fits: part by part of the
 * key, a longer prefix before a shorter one and anything before an empty value.
 */
static void
find_open_group(const IlRun *run, const IlBenchmark *benchmark, IlPeerState *peer)
{
	const uint32_t *slot = il_ruleset_list(run->ruleset, benchmark->key);
	uint32_t	end = benchmark->group + benchmark->group_count;

	for (uint32_t i = 0; i < benchmark->key_count; i++)
	{
		char		buffer[IL_DECIMAL_TEXT_SIZE];
		const char *text;
		size_t		length;

		if (!il_evaluate_key(run, slot[i], buffer, &text, &length))
		{
			peer->knowledge = IL_PEER_NO_KEY;
			return;
		}
	}
	for (uint32_t at = benchmark->group; at < end; at++)
	{
		const IlGroup *group = il_ruleset_group(run->ruleset, at);

		if (fits_open(run, benchmark, group) &&
			(peer->group == NULL || is_narrower(run, benchmark, group, peer->group)))
			peer->group = group;
	}
	if (peer->group != NULL && peer->group->has_value)
		peer->knowledge = IL_PEER_FIGURE;
}

static void
find_group(const IlRun *run, const IlBenchmark *benchmark, IlPeerState *peer)
{
	const uint32_t *slot = il_ruleset_list(run->ruleset, benchmark->key);
	const uint32_t *table = il_ruleset_list(run->ruleset, benchmark->table);
	uint32_t	hash = IL_KEY_HASH_START;

	peer->group = NULL;
	peer->knowledge = IL_PEER_NO_FIGURE;
	if (benchmark->group_count == 0)
		return;
	if (benchmark->prefix != 0 || benchmark->open != 0)
	{
		find_open_group(run, benchmark, peer);
		return;
	}
	for (uint32_t i = 0; i < benchmark->key_count; i++)
	{
		char		buffer[IL_DECIMAL_TEXT_SIZE];
		const char *text;
		size_t		length;

		if (!il_evaluate_key(run, slot[i], buffer, &text, &length))
		{
			peer->knowledge = IL_PEER_NO_KEY;
			return;
		}
		hash = il_key_hash(hash, text, length);
	}
	for (; table[hash & benchmark->table_mask] != 0; hash++)
	{
		const IlGroup *group =
			il_ruleset_group(run->ruleset, table[hash & benchmark->table_mask] - 1);

		if (key_matches(run, benchmark, group))
		{
			peer->group = group;
			peer->knowledge = group->has_value ? IL_PEER_FIGURE : IL_PEER_NO_FIGURE;
			return;
		}
	}
}

const IlPeerState *
il_evaluate_peer(IlRun *run, const IlNode *node)
{
	IlPeerState *peer = &run->peer[node->at.slot];

	if (peer->knowledge == IL_PEER_NOT_ASKED)
		find_group(run, il_ruleset_benchmark(run->ruleset, (uint32_t) node->at.slot), peer);
	return peer;
}

/* ---- doubles ---- */

static bool
years_since(const IlRun *run, const IlNode *node, int32_t *years)
{
	int32_t		days;

	if (run->ruleset->as_of == IL_NO_DATE || !il_evaluate_date(run, node + 1, &days))
		return false;
	*years = il_years_between(days, run->ruleset->as_of);
	return true;
}

static void
set_real(IlReal *real, double value)
{
	real->value = value;
	real->error = fabs(value) * DBL_EPSILON;
}

static bool
real_of_leaf(IlRun *run, const IlNode *node, IlReal *real)
{
	const IlFactValue *fact;
	const IlLiteral *literal;
	const IlPeerState *peer;
	int32_t		years;

	switch ((IlOp) node->op)
	{
		case IL_OP_NAME:
			fact = il_evaluate_name(run, node);
			set_real(real, fact->number);
			if (fact->long_decimal)
				real->error = fact->error;
			return fact->state == IL_FACT_KNOWN;
		case IL_OP_NUMBER:
			literal = il_ruleset_literal(run->ruleset, node->at.slot);
			real->value = literal->value;
			real->error = literal->error;
			return true;
		case IL_OP_YEARS_SINCE:
			if (!years_since(run, node, &years))
				return false;
			real->value = years;
			real->error = 0;
			return true;
		default:
			peer = il_evaluate_peer(run, node);
			if (peer->knowledge != IL_PEER_FIGURE)
				return false;
			set_real(real, peer->group->value);
			return true;
	}
}

static void
combine_reals(IlOp op, IlReal a, IlReal b, IlReal *real)
{
	double		error;

	switch (op)
	{
		case IL_OP_ADD:
			real->value = a.value + b.value;
			error = a.error + b.error;
			break;
		case IL_OP_SUBTRACT:
			real->value = a.value - b.value;
			error = a.error + b.error;
			break;
		case IL_OP_MULTIPLY:
			real->value = a.value * b.value;
			error = fabs(a.value) * b.error + fabs(b.value) * a.error + a.error * b.error;
			break;
		default:
			real->value = a.value / b.value;
			error = (a.error + fabs(real->value) * b.error) / (fabs(b.value) - b.error);
			if (!(fabs(b.value) > b.error * LOOSE))
				error = INFINITY;	/* the divisor may be zero */
			break;
	}
	real->error = (error + fabs(real->value) * DBL_EPSILON + TINY) * LOOSE;
}

bool
il_evaluate_real(IlRun *run, const IlNode *node, IlReal *real)
{
	IlReal		a;
	IlReal		b;

	switch ((IlOp) node->op)
	{
		case IL_OP_NEGATE:
			if (!il_evaluate_real(run, node + 1, real))
				return false;
			real->value = -real->value;
			return true;
		case IL_OP_ADD:
		case IL_OP_SUBTRACT:
		case IL_OP_MULTIPLY:
		case IL_OP_DIVIDE:
			if (!il_evaluate_real(run, node + 1, &a) ||
				!il_evaluate_real(run, il_node_next(node + 1), &b))
				return false;
			combine_reals((IlOp) node->op, a, b, real);
			return true;
		default:
			return real_of_leaf(run, node, real);
	}
}

/* ---- fractions ---- */

static bool
overflow_unless(IlRun *run, bool fits)
{
	if (!fits)
		run->overflow = true;
	return fits;
}

static bool
fraction_of_leaf(IlRun *run, const IlNode *node, IlFraction *fraction)
{
	const IlFactValue *fact;
	const IlLiteral *literal;
	IlReal		real;

	if (node->op == IL_OP_NUMBER)
	{
		literal = il_ruleset_literal(run->ruleset, node->at.slot);
		return overflow_unless(run, il_fraction_of_text(run->memory,
														il_ruleset_text(run->ruleset,
																		literal->decimal),
														literal->decimal.length, fraction));
	}
	if (node->op == IL_OP_NAME)
	{
		fact = il_evaluate_name(run, node);
		if (fact->state != IL_FACT_KNOWN)
			return false;
		if (fact->long_decimal)
			return overflow_unless(run, il_fraction_of_text(run->memory, fact->text,
															fact->length, fraction));
	}
	if (!real_of_leaf(run, node, &real))
		return false;
	return overflow_unless(run, il_fraction_of_double(run->memory, real.value, fraction));
}

bool
il_evaluate_fraction(IlRun *run, const IlNode *node, IlFraction *fraction)
{
	const IlMemory *memory = run->memory;
	IlFraction	a;
	IlFraction	b;

	if (node->op < IL_OP_ADD || node->op > IL_OP_NEGATE)
		return fraction_of_leaf(run, node, fraction);
	if (!il_evaluate_fraction(run, node + 1, &a))
		return false;
	if (node->op == IL_OP_NEGATE)
	{
		*fraction = a;
		fraction->negative = !a.negative;
		return true;
	}
	if (!il_evaluate_fraction(run, il_node_next(node + 1), &b))
		return false;
	if (node->op == IL_OP_MULTIPLY)
		return overflow_unless(run, il_fraction_multiply(memory, &a, &b, fraction));
	if (node->op != IL_OP_DIVIDE)
		return overflow_unless(run, il_fraction_add(memory, &a, &b,
													node->op == IL_OP_SUBTRACT, fraction));
	if (il_fraction_is_zero(&b))
		return false;
	return overflow_unless(run, il_fraction_divide(memory, &a, &b, fraction));
}

/* ---- comparison ---- */

bool
il_evaluate_compare(IlRun *run, const IlNode *left, const IlNode *right, int *sign,
					IlReal value[2])
{
	IlReal		a;
	IlReal		b;
	IlFraction	exact_a;
	IlFraction	exact_b;

	if (!il_evaluate_real(run, left, &a) || !il_evaluate_real(run, right, &b))
		return false;
	value[0] = a;
	value[1] = b;
	if (fabs(a.value - b.value) > (a.error + b.error) * LOOSE)
	{
		*sign = a.value < b.value ? -1 : 1;
		return true;
	}
	return il_evaluate_fraction(run, left, &exact_a) &&
		il_evaluate_fraction(run, right, &exact_b) &&
		overflow_unless(run, il_fraction_compare(run->memory, &exact_a, &exact_b, sign));
}
