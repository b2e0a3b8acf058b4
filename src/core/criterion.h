/*
 * criterion.h - the language in which standards state their rules
 *
 *   plot_ratio < 60% * contract.plot_ratio and not (danger_grade in ('C', 'D'))
 *
 * A criterion is read into a flat array of nodes: a node, then its children,
 * each followed by its own.  The same array is printed, checked, and - with
 * names resolved by ruleset.c - evaluated.
 *
 *   condition  = conjunction { "or" conjunction }
 *   conjunction = negation { "and" negation }
 *   negation   = "not" negation | predicate
 *   predicate  = sum [ ("<" | "<=" | ">" | ">=" | "=" | "<>") sum [ "of" list ]
 *                    | ["not"] "in" list | ["not"] "between" sum "and" sum
 *                    | "is" ["not"] ("known" | "unknown") ]
 *   sum        = product { ("+" | "-") product }
 *   product    = factor { ("*" | "/") factor }
 *   factor     = "-" factor | number ["%"] | 'text' | date 'yyyy-mm-dd'
 *              | "true" | "false" | name ["." name] | call | "(" condition ")"
 *   list       = "(" literal { "," literal } ")"
 *   call       = at_least(k, condition, ...) | for_years(n, condition [, year => -1])
 *              | years_since(date) | peer_mean(sum [, year => -1])
 *              | peer_ratio(sum, sum [, year => -1]) | peer_median(sum [, year => -1])
 *              | peer_percentile(sum, share [, year => -1]) | control_indicator(name)
 */
#ifndef IL_CORE_CRITERION_H
#define IL_CORE_CRITERION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/decimal.h"
#include "core/memory.h"

#define IL_CRITERION_DEPTH	200			/* nesting of conditions and terms */
#define IL_CRITERION_NODES	4096
#define IL_CRITERION_TEXT	32768		/* bytes */
#define IL_NUMBER_DIGITS	60			/* digits of a literal */

typedef enum IlOp
{
	/* leaves */
	IL_OP_NAME,
	IL_OP_NUMBER,
	IL_OP_TEXT,
	IL_OP_DATE,					/* value: days since 2000-01-01 */
	IL_OP_TRUE,
	IL_OP_FALSE,
	/* conditions */
	IL_OP_OR,
	IL_OP_AND,
	IL_OP_NOT,
	IL_OP_AT_LEAST,				/* value: how many */
	IL_OP_FOR_YEARS,			/* value: how many years; year: the last one */
	/* predicates */
	IL_OP_LESS,					/* six comparisons: further children are an order of codes */
	IL_OP_LESS_EQUAL,
	IL_OP_GREATER,
	IL_OP_GREATER_EQUAL,
	IL_OP_EQUAL,
	IL_OP_NOT_EQUAL,
	IL_OP_IN,					/* operand, then literals */
	IL_OP_BETWEEN,				/* operand, low, high */
	IL_OP_KNOWN,
	/* terms */
	IL_OP_ADD,
	IL_OP_SUBTRACT,
	IL_OP_MULTIPLY,
	IL_OP_DIVIDE,
	IL_OP_NEGATE,
	IL_OP_YEARS_SINCE,
	/* figures computed elsewhere; the call's text is their key */
	IL_OP_PEER_MEAN,
	IL_OP_PEER_RATIO,
	IL_OP_PEER_MEDIAN,
	IL_OP_PEER_PERCENTILE,
	IL_OP_CONTROL_INDICATOR
} IlOp;

#define IL_NODE_NEGATED		1			/* not in, not between, is unknown */
#define IL_NODE_PERCENT		2			/* a literal written with % */
#define IL_NODE_YEAR		4			/* "year" was given */
#define IL_NODE_LIMIT_LEFT	8			/* comparison: the left side is the limit (ruleset.c) */
#define IL_NODE_PREFIX		16			/* in: codes below those listed, too (a scope) */

typedef struct IlNode
{
	uint8_t		op;				/* IlOp */
	uint8_t		flags;
	uint8_t		kind;			/* how to evaluate, set by ruleset.c */
	int8_t		year;			/* offset to the year of the reference date */
	uint16_t	count;			/* children */
	uint16_t	size;			/* nodes of the subtree, this one included */
	uint32_t	text;			/* name or literal: offset and bytes in the text pool */
	uint32_t	length;
	int32_t		value;			/* see IlOp; days of a date */
	union
	{
		uint32_t	position;	/* character of the source, from 1 */
		int32_t		slot;		/* fact, literal or benchmark (ruleset.c) */
	}			at;
} IlNode;

/* Bits: what a term may be. */
typedef enum IlType
{
	IL_TYPE_NUMBER = 1,
	IL_TYPE_TEXT = 2,
	IL_TYPE_BOOLEAN = 4,
	IL_TYPE_DATE = 8,
	IL_TYPE_SERIES = 16,		/* one number a year; only inside for_years */
	IL_TYPE_SCALAR = 15
} IlType;

typedef enum IlFaultKind
{
	IL_FAULT_NONE,
	IL_FAULT_SYNTAX,
	IL_FAULT_VALUE,				/* a literal or an argument that cannot be */
	IL_FAULT_LIMIT,				/* too long, too deep, too many nodes */
	IL_FAULT_NAME,				/* a fact that is not declared */
	IL_FAULT_TYPE,				/* a fact of another type */
	IL_FAULT_ARGUMENT,			/* a specification that cannot be (ruleset.h) */
	IL_FAULT_NULL,				/* something needed is not given */
	IL_FAULT_RANGE				/* not a finite number */
} IlFaultKind;

typedef struct IlFault
{
	IlFaultKind kind;
	uint32_t	position;		/* character, from 1; 0 = none */
	char		message[240];
	char		hint[240];
	char		near[64];		/* the source from there on, where the caller does not have it */
} IlFault;

typedef struct IlCriterion
{
	IlNode	   *node;
	uint32_t	count;
	const char *pool;
	uint32_t	pool_length;
} IlCriterion;

/* A fact a standard declares, for the check of names and types. */
typedef struct IlDeclared
{
	const char *name;
	size_t		length;
	unsigned	types;			/* IlType bits; two entries may share a name: number and series */
} IlDeclared;

/* One place where a criterion uses a fact. */
typedef struct IlUse
{
	const char *name;
	uint32_t	length;
	unsigned	types;			/* what would do here */
} IlUse;

extern bool il_criterion_parse(const IlMemory *memory, const char *text, size_t length,
							   IlCriterion *criterion, IlFault *fault);

/* The same for a term without condition around it, as inside peer_mean(). */
extern bool il_term_parse(const IlMemory *memory, const char *text, size_t length,
						  IlCriterion *criterion, IlFault *fault);

/* Canonical text of a node and all below it, with a terminating zero. */
extern char *il_criterion_print(const IlMemory *memory, const IlNode *node, const char *pool,
								size_t *length);

/*
 * The canonical text of a text: read, checked as far as it can be without
 * facts, printed.  NULL with a fault.
 */
extern char *il_criterion_canonical(const IlMemory *memory, const char *text, size_t length,
									size_t *canonical_length, IlFault *fault);

/*
 * Types fit together and, when facts are declared, every name is one of them.
 * With "uses", room for one entry a node, the names found are listed there.
 */
extern bool il_criterion_check(const IlCriterion *criterion, const IlDeclared *declared,
							   size_t count, IlUse *uses, size_t *use_count, IlFault *fault);

/* Value of a literal number; 40% is 0.4. */
extern IlDecimal il_node_decimal(const IlNode *node, const char *pool);

/* "number", or several in the order of the bits with a separator between. */
extern const char *il_type_name(unsigned types, const char *separator, char text[64]);

/*
 * The candidate (candidate(list, 0), 1, ... until NULL) that a misspelt name
 * most likely meant; NULL when none is near.
 */
extern const char *il_nearest_name(const char *name, size_t length,
								   const char *(*candidate) (const void *list, size_t i),
								   const void *list);

static inline const IlNode *
il_node_next(const IlNode *node)
{
	return node + node->size;
}

static inline bool
il_op_is_comparison(unsigned op)
{
	return op >= IL_OP_LESS && op <= IL_OP_NOT_EQUAL;
}

static inline bool
il_op_is_benchmark(unsigned op)
{
	return op >= IL_OP_PEER_MEAN;
}

#endif
