/*
 * ruleset_json.c - the external form of a ruleset, read with the server's jsonb
 */
#include "postgres.h"

#include "pg/ruleset.h"

#include "core/calendar.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

/* One object, of which every key must be asked for. */
typedef struct Object
{
	JsonbContainer *container;
	const char *what;			/* for messages */
	uint32		found;			/* keys asked for and there */
} Object;

static void
refuse(const char *what, const char *key, const char *wanted)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid ruleset: \"%s\" of %s must be %s", key, what, wanted)));
}

/* False when the key is absent or null. */
static bool
find(Object *object, const char *key, JsonbValue *value)
{
	if (getKeyJsonValueFromContainer(object->container, key, (int) strlen(key), value) == NULL)
		return false;
	object->found++;
	return value->type != jbvNull;
}

static const char *
string_of(const JsonbValue *value)
{
	return pnstrdup(value->val.string.val, value->val.string.len);
}

static const char *
find_string(Object *object, const char *key)
{
	JsonbValue	value;

	if (!find(object, key, &value))
		return NULL;
	if (value.type != jbvString)
		refuse(object->what, key, "a string");
	return string_of(&value);
}

static bool
find_integer(Object *object, const char *key, int32 *integer)
{
	JsonbValue	value;
	bool		error = false;

	if (!find(object, key, &value))
		return false;
	if (value.type == jbvNumeric)
		*integer = numeric_int4_opt_error(value.val.numeric, &error);
	if (value.type != jbvNumeric || error)
		refuse(object->what, key, "a whole number");
	return true;
}

static bool
find_number(Object *object, const char *key, double *number)
{
	JsonbValue	value;

	if (!find(object, key, &value))
		return false;
	if (value.type != jbvNumeric)
		refuse(object->what, key, "a number");
	*number = DatumGetFloat8(DirectFunctionCall1(numeric_float8,
												 NumericGetDatum(value.val.numeric)));
	return true;
}

static bool
find_boolean(Object *object, const char *key)
{
	JsonbValue	value;

	if (!find(object, key, &value))
		return false;
	if (value.type != jbvBool)
		refuse(object->what, key, "true or false");
	return value.val.boolean;
}

/* The container of an array, and its length; absent counts as empty. */
static JsonbContainer *
find_array(Object *object, const char *key, size_t *count)
{
	JsonbValue	value;

	*count = 0;
	if (!find(object, key, &value))
		return NULL;
	if (value.type != jbvBinary || !JsonContainerIsArray(value.val.binary.data))
		refuse(object->what, key, "an array");
	*count = JsonContainerSize(value.val.binary.data);
	return value.val.binary.data;
}

static const char **
find_strings(Object *object, const char *key, size_t *count)
{
	JsonbContainer *array = find_array(object, key, count);
	const char **strings = palloc(sizeof(char *) * (*count + 1));

	for (size_t i = 0; i < *count; i++)
	{
		JsonbValue *value = getIthJsonbValueFromContainer(array, (uint32) i);

		if (value->type != jbvString)
			refuse(object->what, key, "an array of strings");
		strings[i] = string_of(value);
	}
	return strings;
}

static Object
open_element(JsonbContainer *array, size_t i, const char *what)
{
	JsonbValue *value = getIthJsonbValueFromContainer(array, (uint32) i);

	if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid ruleset: each of its %ss must be an object", what)));
	return (Object) {value->val.binary.data, what, 0};
}

static void
close_object(const Object *object)
{
	if (object->found != JsonContainerSize(object->container))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid ruleset: a %s has a key that is not known", object->what)));
}

static void
read_facts(Object *ruleset, IlRulesetSpec *spec)
{
	JsonbContainer *array = find_array(ruleset, "facts", &spec->fact_count);
	IlFactSpec *facts = palloc0(sizeof(IlFactSpec) * (spec->fact_count + 1));

	for (size_t i = 0; i < spec->fact_count; i++)
	{
		Object		object = open_element(array, i, "fact");

		facts[i].name = find_string(&object, "name");
		facts[i].type = find_string(&object, "type");
		facts[i].unit = find_string(&object, "unit");
		facts[i].level = find_string(&object, "level");
		facts[i].openness = find_string(&object, "openness");
		facts[i].list_holder = find_string(&object, "list_holder");
		facts[i].label_en = find_string(&object, "label_en");
		facts[i].label_zh = find_string(&object, "label_zh");
		close_object(&object);
	}
	spec->fact = facts;
}

static void
read_rules(Object *ruleset, int32 format, IlRulesetSpec *spec)
{
	JsonbContainer *array = find_array(ruleset, "rules", &spec->rule_count);
	IlRuleSpec *rules = palloc0(sizeof(IlRuleSpec) * (spec->rule_count + 1));

	for (size_t i = 0; i < spec->rule_count; i++)
	{
		Object		object = open_element(array, i, "rule");

		rules[i].code = find_string(&object, "code");
		rules[i].role = find_string(&object, "role");
		rules[i].applicability = find_string(&object, "applicability");
		rules[i].criterion = find_string(&object, "criterion");
		rules[i].discretionary = find_boolean(&object, "discretionary");
		rules[i].route = find_string(&object, "route");
		rules[i].label_en = find_string(&object, "label_en");
		rules[i].label_zh = find_string(&object, "label_zh");
		if (format > IL_RULESET_PLAIN)
		{
			rules[i].variant = find_string(&object, "variant");
			rules[i].scope = find_string(&object, "scope");
			find_integer(&object, "specificity", &rules[i].specificity);
		}
		close_object(&object);
	}
	spec->rule = rules;
}

static void
read_benchmarks(Object *ruleset, IlRulesetSpec *spec)
{
	JsonbContainer *array = find_array(ruleset, "benchmarks", &spec->benchmark_count);
	IlBenchmarkSpec *benchmarks = palloc0(sizeof(IlBenchmarkSpec) * (spec->benchmark_count + 1));

	for (size_t i = 0; i < spec->benchmark_count; i++)
	{
		Object		object = open_element(array, i, "benchmark");
		size_t		values;

		benchmarks[i].expression = find_string(&object, "expression");
		benchmarks[i].key_fact = find_strings(&object, "key_fact", &benchmarks[i].key_count);
		benchmarks[i].key_value = find_strings(&object, "key_value", &values);
		if (values != benchmarks[i].key_count)
			refuse("benchmark", "key_value", "as long as \"key_fact\"");
		benchmarks[i].has_n = find_integer(&object, "n", &benchmarks[i].n);
		benchmarks[i].has_value = find_number(&object, "value", &benchmarks[i].value);
		benchmarks[i].note = find_string(&object, "note");
		close_object(&object);
	}
	spec->benchmark = benchmarks;
}

static int32
read_date(Object *ruleset)
{
	const char *text = find_string(ruleset, "as_of");
	int32		days = IL_NO_DATE;

	if (text != NULL && !il_date_scan(text, strlen(text), &days))
		refuse("ruleset", "as_of", "a date such as \"2024-02-29\"");
	return days;
}

void
il_ruleset_read_json(char *json, IlRulesetSpec *spec)
{
	Jsonb	   *jsonb = DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum(json)));
	Object		ruleset = {&jsonb->root, "ruleset", 0};
	int32		format = 0;

	if (!JB_ROOT_IS_OBJECT(jsonb) || !find_integer(&ruleset, "ruleset", &format))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid ruleset: not an object with a number \"ruleset\"")));
	if (format < IL_RULESET_PLAIN || format > IL_RULESET_FORMAT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid ruleset: unknown format %d", format)));
	memset(spec, 0, sizeof(*spec));
	spec->name = find_string(&ruleset, "name");
	spec->version = find_string(&ruleset, "version");
	if (spec->name == NULL || spec->version == NULL)
		refuse("ruleset", spec->name == NULL ? "name" : "version", "a string");
	spec->as_of = read_date(&ruleset);
	if (!find_integer(&ruleset, "criteria_needed", &spec->criteria_needed))
		refuse("ruleset", "criteria_needed", "a whole number");
	read_facts(&ruleset, spec);
	read_rules(&ruleset, format, spec);
	read_benchmarks(&ruleset, spec);
	close_object(&ruleset);
}
