/*
 * ruleset_compile.h - what the two files that compile a ruleset share
 */
#ifndef IL_CORE_RULESET_COMPILE_H
#define IL_CORE_RULESET_COMPILE_H

#include "core/ruleset.h"

typedef struct IlCompiler
{
	const IlMemory *memory;
	const IlRulesetSpec *spec;
	IlFault    *fault;
	IlBuffer	text;			/* stands right behind the head of the block */
	IlBuffer	list;			/* of uint32_t */
	IlFact	   *fact;
	IlDeclared *declared;
	IlRule	   *rule;
	IlCriterion *parsed;		/* three for each rule: applicability, criterion, scope */
	IlNode	   *node;
	uint32_t	node_count;
	IlLiteral  *literal;
	uint32_t	literal_count;
	IlBenchmark *benchmark;
	const char **expression;	/* of each benchmark */
	uint32_t	benchmark_count;
	IlGroup    *group;
	uint32_t	group_count;
	bool		extended;		/* holds what format 1 did not know */
} IlCompiler;

/* Copies a text into the block; NULL stays NULL. */
extern IlText il_compiler_text(IlCompiler *compiler, const char *text);

/* Slot of a fact, -1 if none; among two of one name the series when it is wanted. */
extern int32_t il_compiler_fact(const IlCompiler *compiler, const char *name, size_t length,
								bool series);

/* Entry for a call by its canonical text; made when it is new. */
extern uint32_t il_compiler_benchmark(IlCompiler *compiler, const char *expression);

/* All rows of the specification; the rules are compiled before. */
extern bool il_compiler_benchmarks(IlCompiler *compiler);

/* Hash of a key, part by part: the same here and when a subject looks its group up. */
#define IL_KEY_HASH_START	2166136261u

static inline uint32_t
il_key_hash(uint32_t hash, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char) text[i]) * 16777619u;
	return (hash ^ 0xFF) * 16777619u;	/* the end of one part */
}

#endif
