/*
 * ruleset_compile.c - from a specification to the block of ruleset.h
 *
 * Criteria are read and checked one by one and appended to one array of nodes;
 * names become slots of facts, literals slots of a pool, peer and control calls
 * slots of benchmarks.  Texts come first in the block, so that their offsets
 * are known while they are collected.
 */
#include "core/ruleset.h"
#include "core/calendar.h"
#include "core/criterion_lex.h"
#include "core/ruleset_compile.h"

#include <stdio.h>
#include <string.h>

#define NODES	200000			/* of all criteria together */

static const char *const type_words[] = {"number", "text", "boolean", "date", "series"};

IlText
il_compiler_text(IlCompiler *compiler, const char *text)
{
	IlText		kept = {0, 0};

	if (text != NULL)
	{
		kept.length = (uint32_t) strlen(text);
		kept.offset = (uint32_t) (sizeof(IlRuleset) + compiler->text.length);
		il_buffer_put(&compiler->text, text, kept.length);
	}
	return kept;
}

static bool
equal(const char *a, size_t a_length, const char *b, size_t b_length)
{
	return a_length == b_length && memcmp(a, b, a_length) == 0;
}

/* ---- facts ---- */

/* One plain or dotted name; quotes are for the language, not for this. */
static bool
is_fact_name(const char *name)
{
	const char *point = strchr(name, '.');

	if (name[0] == '\0' || strlen(name) > 127)
		return false;
	if (point != NULL && (point == name || point[1] == '\0' || strchr(point + 1, '.') != NULL))
		return false;
	for (; *name != '\0'; name++)
	{
		if ((unsigned char) *name < 0x20)
			return false;
	}
	return true;
}

static bool
find_type(const char *word, uint8_t *type)
{
	for (unsigned i = 0; i < sizeof(type_words) / sizeof(type_words[0]); i++)
	{
		if (word != NULL && strcmp(word, type_words[i]) == 0)
		{
			*type = (uint8_t) (1u << i);
			return true;
		}
	}
	return false;
}

static bool
declare_fact(const IlFactSpec *spec, const IlDeclared *before, size_t count, uint8_t *type,
			 bool *complete, IlFault *fault)
{
	if (spec->name == NULL || !is_fact_name(spec->name))
		return il_fault_set(fault, IL_FAULT_ARGUMENT, 0, "Names are name or name.name.",
							"not a name of a fact: \"%s\"",
							spec->name == NULL ? "NULL" : spec->name);
	if (!find_type(spec->type, type))
		return il_fault_set(fault, IL_FAULT_ARGUMENT, 0,
							"Types are number, text, boolean, date, series.",
							"fact \"%s\" has unknown type \"%s\"", spec->name,
							spec->type == NULL ? "NULL" : spec->type);
	for (size_t i = 0; i < count; i++)
	{
		if (strcmp(before[i].name, spec->name) == 0 &&
			(before[i].types | *type) != (IL_TYPE_NUMBER | IL_TYPE_SERIES))
			return il_fault_set(fault, IL_FAULT_ARGUMENT, 0,
								"Only a number and a series may share a name.",
								"fact \"%s\" is declared twice", spec->name);
	}
	*complete = spec->openness != NULL && strcmp(spec->openness, "complete_list") == 0;
	if (spec->openness != NULL && !*complete && strcmp(spec->openness, "open") != 0)
		return il_fault_set(fault, IL_FAULT_ARGUMENT, 0, "Openness is open or complete_list.",
							"fact \"%s\" has unknown openness \"%s\"", spec->name,
							spec->openness);
	if (*complete && *type != IL_TYPE_BOOLEAN && *type != IL_TYPE_TEXT)
		return il_fault_set(fault, IL_FAULT_ARGUMENT, 0,
							"Declare a boolean fact that says whether the subject is listed.",
							"fact \"%s\" of type %s cannot be a complete list", spec->name,
							spec->type);
	return true;
}

static bool
compile_facts(IlCompiler *compiler)
{
	const IlRulesetSpec *spec = compiler->spec;

	if (spec->fact_count > IL_FACTS)
		return il_fault_set(compiler->fault, IL_FAULT_LIMIT, 0, "", "more than %d facts",
							IL_FACTS);
	for (size_t i = 0; i < spec->fact_count; i++)
	{
		const IlFactSpec *given = &spec->fact[i];
		IlFact	   *fact = &compiler->fact[i];
		bool		complete;

		if (!declare_fact(given, compiler->declared, i, &fact->type, &complete,
						  compiler->fault))
			return false;
		fact->complete_list = complete;
		fact->name = il_compiler_text(compiler, given->name);
		fact->unit = il_compiler_text(compiler, given->unit);
		fact->level = il_compiler_text(compiler, given->level);
		fact->list_holder = il_compiler_text(compiler, given->list_holder);
		fact->label_en = il_compiler_text(compiler, given->label_en);
		fact->label_zh = il_compiler_text(compiler, given->label_zh);
		compiler->declared[i].name = given->name;
		compiler->declared[i].length = fact->name.length;
		compiler->declared[i].types = fact->type;
		fact->namesake = (uint32_t) i;
		for (size_t j = 0; j < i && fact->namesake == i; j++)
		{
			if (strcmp(spec->fact[j].name, given->name) == 0)
				fact->namesake = (uint32_t) j;
		}
	}
	return true;
}

bool
il_ruleset_check(const IlMemory *memory, const char *criterion, const IlFactSpec *fact,
				 size_t fact_count, IlFault *fault)
{
	IlCriterion parsed;
	IlDeclared *declared = il_allocate(memory, sizeof(IlDeclared) * (fact_count + 1));

	memset(fault, 0, sizeof(*fault));
	for (size_t i = 0; i < fact_count; i++)
	{
		uint8_t		type;
		bool		complete;

		if (!declare_fact(&fact[i], declared, i, &type, &complete, fault))
			return false;
		declared[i].name = fact[i].name;
		declared[i].length = strlen(fact[i].name);
		declared[i].types = type;
	}
	return il_criterion_parse(memory, criterion, strlen(criterion), &parsed, fault) &&
		il_criterion_check(&parsed, declared, fact_count, NULL, NULL, fault);
}

/* ---- names, literals and calls inside a criterion ---- */

/* Slot of a fact; among two of one name the series when it is wanted. */
int32_t
il_compiler_fact(const IlCompiler *compiler, const char *name, size_t length, bool series)
{
	int32_t		found = -1;

	for (size_t i = 0; i < compiler->spec->fact_count; i++)
	{
		const IlDeclared *declared = &compiler->declared[i];

		if (equal(declared->name, declared->length, name, length) &&
			(found < 0 || (declared->types == IL_TYPE_SERIES) == series))
			found = (int32_t) i;
	}
	return found;
}

static void
resolve_literal(IlCompiler *compiler, IlNode *node, const char *pool)
{
	IlDecimal	decimal = il_node_decimal(node, pool);
	IlLiteral  *literal = &compiler->literal[compiler->literal_count];
	IlReal		real = il_decimal_approximate(&decimal);

	literal->value = real.value;
	literal->error = real.error;
	literal->is_short = il_decimal_is_short(&decimal, &real.value);
	literal->decimal.offset = (uint32_t) (sizeof(IlRuleset) + compiler->text.length);
	literal->decimal.length = node->length;
	il_buffer_put(&compiler->text, pool + node->text, node->length);
	if (node->flags & IL_NODE_PERCENT)
	{
		il_buffer_put(&compiler->text, "e-2", 3);
		literal->decimal.length += 3;
	}
	node->at.slot = (int32_t) compiler->literal_count++;
}

/* Entry for a call by its canonical text; made when it is new. */
uint32_t
il_compiler_benchmark(IlCompiler *compiler, const char *expression)
{
	uint32_t	i;

	for (i = 0; i < compiler->benchmark_count; i++)
	{
		if (strcmp(compiler->expression[i], expression) == 0)
			return i;
	}
	compiler->expression[i] = expression;
	compiler->benchmark[i].expression = il_compiler_text(compiler, expression);
	compiler->benchmark_count++;
	return i;
}

/* The one type of a term whose names are declared. */
static unsigned
term_type(const IlCompiler *compiler, const IlNode *node)
{
	switch ((IlOp) node->op)
	{
		case IL_OP_NAME:
			return compiler->fact[node->at.slot].type == IL_TYPE_SERIES ? IL_TYPE_NUMBER
				: compiler->fact[node->at.slot].type;
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

/*
 * Does a term hold a plain fact of the subject?  What has none - a literal, a
 * peer figure, a contract or plan value - is a limit.
 */
static bool
holds_plain_fact(const IlNode *node, const char *pool)
{
	if (il_op_is_benchmark(node->op))
		return false;
	if (node->op == IL_OP_NAME)
		return memchr(pool + node->text, '.', node->length) == NULL;
	for (const IlNode *child = node + 1; child < il_node_next(node); child = il_node_next(child))
	{
		if (holds_plain_fact(child, pool))
			return true;
	}
	return false;
}

/* Children are resolved. */
static void
resolve_comparison(const IlCompiler *compiler, IlNode *node, const char *pool)
{
	const IlNode *left = node + 1;
	const IlNode *right = il_node_next(left);

	switch (term_type(compiler, left))
	{
		case IL_TYPE_NUMBER:
			node->kind = IL_KIND_NUMBER;
			break;
		case IL_TYPE_DATE:
			node->kind = IL_KIND_DATE;
			break;
		case IL_TYPE_TEXT:
			node->kind = node->count > 2 && il_op_is_comparison(node->op) ? IL_KIND_ORDER
				: IL_KIND_TEXT;
			break;
		default:
			node->kind = IL_KIND_BOOLEAN;
			break;
	}
	if (!holds_plain_fact(left, pool) && holds_plain_fact(right, pool))
		node->flags |= IL_NODE_LIMIT_LEFT;
	if (node->kind == IL_KIND_NUMBER && il_op_is_comparison(node->op) &&
		left->op == IL_OP_NAME && left->kind == IL_KIND_PLAIN &&
		right->op == IL_OP_NUMBER && compiler->literal[right->at.slot].is_short)
		node->kind = IL_KIND_FACT_LITERAL;
}

static void
resolve(IlCompiler *compiler, IlNode *node, const char *pool, bool in_years)
{
	if (node->op == IL_OP_NAME)
	{
		int32_t		slot = il_compiler_fact(compiler, pool + node->text, node->length, in_years);

		node->at.slot = slot;
		if (slot >= 0 && compiler->fact[slot].type == IL_TYPE_SERIES)
			node->kind = IL_KIND_SERIES;
		if (slot >= 0)
			compiler->fact[slot].used = 1;
		return;
	}
	if (node->op == IL_OP_NUMBER)
		resolve_literal(compiler, node, pool);
	if (il_op_is_benchmark(node->op))
	{
		/* what stands inside is computed elsewhere */
		size_t		length;

		node->at.slot = (int32_t) il_compiler_benchmark(compiler,
												 il_criterion_print(compiler->memory, node, pool,
																	&length));
		compiler->benchmark[node->at.slot].used = 1;
		return;
	}
	in_years = in_years || node->op == IL_OP_FOR_YEARS;
	for (IlNode *child = node + 1; child < node + node->size; child += child->size)
		resolve(compiler, child, pool, in_years);
	if (il_op_is_comparison(node->op) || node->op == IL_OP_IN || node->op == IL_OP_BETWEEN)
		resolve_comparison(compiler, node, pool);
}

/* ---- rules ---- */

static bool
find_role(const char *word, uint8_t *role)
{
	for (uint8_t i = 0; i <= IL_ROLE_EXEMPTION; i++)
	{
		if (word != NULL && strcmp(word, il_role_words[i]) == 0)
		{
			*role = i;
			return true;
		}
	}
	return false;
}

/* A fault inside a criterion, told with the rule it belongs to. */
static bool
blame_rule(IlFault *fault, const IlRuleSpec *rule, const char *part, const char *text)
{
	IlFault		inner = *fault;

	fault->kind = IL_FAULT_NONE;
	il_fault_set(fault, inner.kind, inner.position, inner.hint, "rule \"%.*s\", %s: %s",
				 il_excerpt(rule->code, strlen(rule->code)), rule->code, part, inner.message);
	for (uint32_t i = 1; i < inner.position && *text != '\0';)
		i += ((unsigned char) *++text & 0xC0) != 0x80;
	snprintf(fault->near, sizeof(fault->near), "%.*s", il_excerpt(text, strlen(text)), text);
	return false;
}

/* Rules of one code are its variants: side by side, with names, the narrowest first. */
static bool
check_variant(IlCompiler *compiler, size_t i)
{
	const IlRuleSpec *rule = &compiler->spec->rule[i];
	const IlRuleSpec *before = i == 0 ? NULL : rule - 1;
	bool		follows = i > 0 && strcmp(before->code, rule->code) == 0;

	for (size_t j = 0; j < i; j++)
	{
		const IlRuleSpec *other = &compiler->spec->rule[j];

		if (strcmp(other->code, rule->code) == 0 &&
			(!follows || other->variant == NULL || rule->variant == NULL ||
			 strcmp(other->variant, rule->variant) == 0))
			return il_fault_set(compiler->fault, IL_FAULT_ARGUMENT, 0,
								"Variants of a rule follow each other and have names of their own.",
								"rule \"%s\" is given twice", rule->code);
	}
	if (follows && (rule->role == NULL || before->role == NULL ||
					strcmp(rule->role, before->role) != 0))
		return il_fault_set(compiler->fault, IL_FAULT_ARGUMENT, 0, "",
							"variants of rule \"%s\" have different roles", rule->code);
	if (follows && rule->specificity > before->specificity)
		return il_fault_set(compiler->fault, IL_FAULT_ARGUMENT, 0, "",
							"variants of rule \"%s\" do not stand most specific first",
							rule->code);
	return true;
}

static bool
check_rule(IlCompiler *compiler, size_t i)
{
	const IlRuleSpec *rule = &compiler->spec->rule[i];
	IlFault    *fault = compiler->fault;

	if (rule->code == NULL || rule->code[0] == '\0')
		return il_fault_set(fault, IL_FAULT_NULL, 0, "", "rule %zu has no code", i + 1);
	if (!check_variant(compiler, i))
		return false;
	if (!find_role(rule->role, &compiler->rule[i].role))
		return il_fault_set(fault, IL_FAULT_ARGUMENT, 0,
							"Roles are gate, criterion, exemption.",
							"rule \"%s\" has unknown role \"%s\"", rule->code,
							rule->role == NULL ? "NULL" : rule->role);
	if (rule->discretionary && compiler->rule[i].role != IL_ROLE_EXEMPTION)
		return il_fault_set(fault, IL_FAULT_ARGUMENT, 0,
							"Only an exemption can depend on a decision.",
							"rule \"%s\" is a %s and cannot be discretionary", rule->code,
							rule->role);
	if (rule->criterion == NULL)
		return il_fault_set(fault, IL_FAULT_NULL, 0, "", "rule \"%s\" has no criterion",
							rule->code);
	return true;
}

static bool
parse_part(IlCompiler *compiler, const IlRuleSpec *rule, const char *text, const char *part,
		   IlCriterion *parsed)
{
	parsed->count = 0;
	if (text == NULL)
		return true;
	if (il_criterion_parse(compiler->memory, text, strlen(text), parsed, compiler->fault) &&
		il_criterion_check(parsed, compiler->declared, compiler->spec->fact_count, NULL, NULL,
						   compiler->fault))
		return true;
	return blame_rule(compiler->fault, rule, part, text);
}

static bool
parse_rules(IlCompiler *compiler, size_t *nodes, size_t *calls)
{
	const IlRulesetSpec *spec = compiler->spec;
	int32_t		criteria = 0;

	if (spec->rule_count > IL_RULES)
		return il_fault_set(compiler->fault, IL_FAULT_LIMIT, 0, "", "more than %d rules",
							IL_RULES);
	for (size_t i = 0; i < spec->rule_count; i++)
	{
		const IlRuleSpec *rule = &spec->rule[i];
		IlCriterion *parsed = &compiler->parsed[i * 3];

		if (!check_rule(compiler, i) ||
			!parse_part(compiler, rule, rule->applicability, "applicability", &parsed[0]) ||
			!parse_part(compiler, rule, rule->criterion, "criterion", &parsed[1]) ||
			!parse_part(compiler, rule, rule->scope, "scope", &parsed[2]))
			return false;
		criteria += compiler->rule[i].role == IL_ROLE_CRITERION &&
			(i == 0 || strcmp(rule->code, rule[-1].code) != 0);
		for (int part = 0; part < 3; part++)
		{
			*nodes += parsed[part].count;
			for (uint32_t j = 0; j < parsed[part].count; j++)
				*calls += il_op_is_benchmark(parsed[part].node[j].op);
		}
	}
	if (spec->criteria_needed < 1 || spec->criteria_needed > criteria)
		return il_fault_set(compiler->fault, IL_FAULT_ARGUMENT, 0, "",
							"criteria_needed is %d, but there are %d criteria",
							spec->criteria_needed, criteria);
	if (*nodes > NODES)
		return il_fault_set(compiler->fault, IL_FAULT_LIMIT, 0, "",
							"criteria of more than %d parts together", NODES);
	return true;
}

/* Nodes of one criterion behind those there are; index of the first. */
static uint32_t
append_nodes(IlCompiler *compiler, IlCriterion *parsed)
{
	uint32_t	first = compiler->node_count;
	uint32_t	base;

	if (parsed->count == 0)
		return IL_NO_NODE;
	resolve(compiler, parsed->node, parsed->pool, false);
	base = (uint32_t) (sizeof(IlRuleset) + compiler->text.length);
	il_buffer_put(&compiler->text, parsed->pool, parsed->pool_length);
	memcpy(compiler->node + first, parsed->node, sizeof(IlNode) * parsed->count);
	for (uint32_t i = first; i < first + parsed->count; i++)
		compiler->node[i].text += base;
	compiler->node_count += parsed->count;
	return first;
}

/* In a scope an industry stands for all that its code begins. */
static void
match_prefixes(IlCriterion *scope)
{
	static const char name[] = "industry_code";

	for (uint32_t i = 0; i + 1 < scope->count; i++)
	{
		const IlNode *operand = &scope->node[i + 1];

		if (scope->node[i].op == IL_OP_IN && operand->op == IL_OP_NAME &&
			operand->length == sizeof(name) - 1 &&
			memcmp(scope->pool + operand->text, name, sizeof(name) - 1) == 0)
			scope->node[i].flags |= IL_NODE_PREFIX;
	}
}

static void
compile_scope(IlCompiler *compiler, size_t i)
{
	const IlRuleSpec *given = &compiler->spec->rule[i];
	IlRule	   *rule = &compiler->rule[i];
	IlScope		scope;
	size_t		head = i;

	while (head > 0 && strcmp(compiler->spec->rule[head - 1].code, given->code) == 0)
		head--;
	if (given->variant == NULL && given->scope == NULL)
		return;
	compiler->extended = true;
	compiler->rule[head].variants++;
	match_prefixes(&compiler->parsed[i * 3 + 2]);
	scope.variant = il_compiler_text(compiler, given->variant);
	scope.node = append_nodes(compiler, &compiler->parsed[i * 3 + 2]);
	scope.specificity = given->specificity;
	rule->scope = (uint32_t) (compiler->list.length / sizeof(uint32_t)) + 1;
	il_buffer_put(&compiler->list, (const char *) &scope, sizeof(scope));
}

static void
compile_rules(IlCompiler *compiler)
{
	for (size_t i = 0; i < compiler->spec->rule_count; i++)
	{
		const IlRuleSpec *given = &compiler->spec->rule[i];
		IlRule	   *rule = &compiler->rule[i];

		rule->code = il_compiler_text(compiler, given->code);
		rule->route = il_compiler_text(compiler, given->route);
		rule->label_en = il_compiler_text(compiler, given->label_en);
		rule->label_zh = il_compiler_text(compiler, given->label_zh);
		rule->discretionary = given->discretionary;
		rule->applicability = append_nodes(compiler, &compiler->parsed[i * 3]);
		rule->criterion = append_nodes(compiler, &compiler->parsed[i * 3 + 1]);
		compile_scope(compiler, i);
	}
}

/* ---- the block ---- */

static uint32_t
place(char *block, uint32_t *used, const void *part, size_t size)
{
	uint32_t	offset = (*used + 7) & ~7u;

	memset(block + *used, 0, offset - *used);
	if (size > 0)
		memcpy(block + offset, part, size);
	*used = offset + (uint32_t) size;
	return offset;
}

/* Two passes of FNV-1a with different starts, over everything behind them. */
static void
set_fingerprint(IlRuleset *ruleset)
{
	const unsigned char *byte = (const unsigned char *) ruleset;
	uint64_t	hash[2] = {UINT64_C(14695981039346656037), UINT64_C(1099511628211) * 31};

	for (size_t i = offsetof(IlRuleset, as_of); i < ruleset->size; i++)
	{
		hash[0] = (hash[0] ^ byte[i]) * UINT64_C(1099511628211);
		hash[1] = (hash[1] + byte[i]) * UINT64_C(6364136223846793005) + (hash[1] >> 47);
	}
	memcpy(ruleset->fingerprint, hash, sizeof(hash));
}

static IlRuleset *
assemble(const IlCompiler *compiler, IlText name, IlText version)
{
	const IlRulesetSpec *spec = compiler->spec;
	size_t		size = sizeof(IlRuleset) + compiler->text.length + compiler->list.length +
		sizeof(IlFact) * spec->fact_count + sizeof(IlRule) * spec->rule_count +
		sizeof(IlNode) * compiler->node_count + sizeof(IlLiteral) * compiler->literal_count +
		sizeof(IlBenchmark) * compiler->benchmark_count +
		sizeof(IlGroup) * compiler->group_count + 8 * 8;
	char	   *block;
	IlRuleset  *ruleset;
	uint32_t	used = sizeof(IlRuleset);

	if (size > INT32_MAX / 4)
	{
		il_fault_set(compiler->fault, IL_FAULT_LIMIT, 0, "", "ruleset of %zu bytes", size);
		return NULL;
	}
	block = il_allocate(compiler->memory, size);
	ruleset = (IlRuleset *) block;
	memset(ruleset, 0, sizeof(*ruleset));
	memcpy(block + used, compiler->text.text, compiler->text.length);
	used += (uint32_t) compiler->text.length;
	ruleset->format = compiler->extended ? IL_RULESET_FORMAT : IL_RULESET_PLAIN;
	ruleset->as_of = spec->as_of;
	ruleset->criteria_needed = spec->criteria_needed;
	ruleset->name = name;
	ruleset->version = version;
	ruleset->fact_count = (uint32_t) spec->fact_count;
	ruleset->fact = place(block, &used, compiler->fact, sizeof(IlFact) * spec->fact_count);
	ruleset->rule_count = (uint32_t) spec->rule_count;
	ruleset->rule = place(block, &used, compiler->rule, sizeof(IlRule) * spec->rule_count);
	ruleset->node_count = compiler->node_count;
	ruleset->node = place(block, &used, compiler->node, sizeof(IlNode) * compiler->node_count);
	ruleset->literal_count = compiler->literal_count;
	ruleset->literal = place(block, &used, compiler->literal,
							 sizeof(IlLiteral) * compiler->literal_count);
	ruleset->benchmark_count = compiler->benchmark_count;
	ruleset->benchmark = place(block, &used, compiler->benchmark,
							   sizeof(IlBenchmark) * compiler->benchmark_count);
	ruleset->group_count = compiler->group_count;
	ruleset->group = place(block, &used, compiler->group,
						   sizeof(IlGroup) * compiler->group_count);
	ruleset->list_count = (uint32_t) (compiler->list.length / sizeof(uint32_t));
	ruleset->list = place(block, &used, compiler->list.text, compiler->list.length);
	ruleset->size = used;
	if (spec->as_of != IL_NO_DATE)
	{
		int32_t		unused;

		il_date_split(spec->as_of, &ruleset->as_of_year, &unused, &unused);
	}
	set_fingerprint(ruleset);
	return ruleset;
}

/* The years that the external form can write. */
static bool
check_date(int32_t as_of, IlFault *fault)
{
	int32_t		year;
	int32_t		unused;

	if (as_of == IL_NO_DATE)
		return true;
	il_date_split(as_of, &year, &unused, &unused);
	return (year >= 1 && year <= 9999) ||
		il_fault_set(fault, IL_FAULT_ARGUMENT, 0, "",
					 "as_of must lie in the years 1 to 9999, not %d", year);
}

static void *
allocate_zero(const IlMemory *memory, size_t size, size_t count)
{
	void	   *array = il_allocate(memory, size * (count + 1));

	memset(array, 0, size * (count + 1));
	return array;
}

IlRuleset *
il_ruleset_compile(const IlMemory *memory, const IlRulesetSpec *spec, IlFault *fault)
{
	IlCompiler	compiler = {
		.memory = memory, .spec = spec, .fault = fault,
		.text = {.memory = memory}, .list = {.memory = memory}
	};
	size_t		nodes = 0;
	size_t		calls = 0;
	IlText		name;
	IlText		version;

	memset(fault, 0, sizeof(*fault));
	if (!check_date(spec->as_of, fault))
		return NULL;
	name = il_compiler_text(&compiler, spec->name);
	version = il_compiler_text(&compiler, spec->version);
	compiler.fact = allocate_zero(memory, sizeof(IlFact), spec->fact_count);
	compiler.declared = allocate_zero(memory, sizeof(IlDeclared), spec->fact_count);
	compiler.rule = allocate_zero(memory, sizeof(IlRule), spec->rule_count);
	compiler.parsed = allocate_zero(memory, sizeof(IlCriterion), spec->rule_count * 3);
	if (!compile_facts(&compiler) || !parse_rules(&compiler, &nodes, &calls))
		return NULL;
	calls += spec->benchmark_count;
	compiler.node = allocate_zero(memory, sizeof(IlNode), nodes);
	compiler.literal = allocate_zero(memory, sizeof(IlLiteral), nodes);
	compiler.benchmark = allocate_zero(memory, sizeof(IlBenchmark), calls);
	compiler.expression = allocate_zero(memory, sizeof(char *), calls);
	compiler.group = allocate_zero(memory, sizeof(IlGroup), spec->benchmark_count);
	compile_rules(&compiler);
	if (!il_compiler_benchmarks(&compiler))
		return NULL;
	return assemble(&compiler, name, version);
}
