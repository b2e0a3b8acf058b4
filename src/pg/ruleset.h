/*
 * ruleset.h - values of type ruleset, from SQL arrays, from JSON, by their datum
 */
#ifndef IL_PG_RULESET_H
#define IL_PG_RULESET_H

#include "postgres.h"

#include "core/ruleset.h"

/* Compiles and makes the block a value of the server; raises faults. */
extern Datum il_ruleset_make(const IlRulesetSpec *spec);

/* The block of a value, detoasted; error when its format is of a later release. */
extern const IlRuleset *il_ruleset_from_datum(Datum value);

/* A specification from the text that il_ruleset_print writes. */
extern void il_ruleset_read_json(char *json, IlRulesetSpec *spec);

/* From arrays of ruleset_fact, ruleset_rule, ruleset_scope (after them), ruleset_benchmark. */
struct ArrayType;
extern void il_ruleset_read_facts(struct ArrayType *array, IlRulesetSpec *spec);
extern void il_ruleset_read_rules(struct ArrayType *array, IlRulesetSpec *spec);
extern void il_ruleset_read_scopes(struct ArrayType *array, IlRulesetSpec *spec);
extern void il_ruleset_read_benchmarks(struct ArrayType *array, IlRulesetSpec *spec);

#endif
