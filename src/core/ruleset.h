/*
 * ruleset.h - a land type's rules, compiled into one block of memory
 *
 * The block holds everything that a verdict needs - facts, rules as nodes with
 * their names resolved, literals, peer figures, texts - and no address, so it
 * can be stored and copied as it is.  Offsets count bytes from its start.
 *
 *   il_ruleset_compile   specification -> block
 *   il_ruleset_print     block -> JSON, from which the same block is made again
 *   il_ruleset_classify  block + facts of one subject -> verdict
 *   il_ruleset_explain   the same, rule by rule, in words
 */
#ifndef IL_CORE_RULESET_H
#define IL_CORE_RULESET_H

#include "core/buffer.h"
#include "core/criterion.h"
#include "core/poll.h"

#define IL_RULESET_FORMAT	2
#define IL_RULESET_PLAIN	1	/* without variants and open keys: all that format 1 knew */
#define IL_NO_DATE			INT32_MIN
#define IL_NO_NODE			UINT32_MAX
#define IL_RULES			2000
#define IL_FACTS			2000
#define IL_YEAR_FIRST		1000	/* of a series */
#define IL_YEAR_LAST		9999

/* ---- specification: what a ruleset is made from; strings may be NULL ---- */

typedef struct IlFactSpec
{
	const char *name;
	const char *type;			/* number text boolean date series */
	const char *unit;
	const char *level;
	const char *openness;		/* open (or NULL), complete_list */
	const char *list_holder;
	const char *label_en;
	const char *label_zh;
} IlFactSpec;

typedef struct IlRuleSpec
{
	const char *code;
	const char *role;			/* gate criterion exemption */
	const char *applicability;
	const char *criterion;
	bool		discretionary;
	const char *route;
	const char *label_en;
	const char *label_zh;
	const char *variant;		/* its name among rules of one code; NULL: the only one */
	const char *scope;			/* a condition; NULL: everywhere */
	int32_t		specificity;	/* of the scope; variants stand in falling order */
} IlRuleSpec;

typedef struct IlBenchmarkSpec
{
	const char *expression;
	const char **key_fact;
	const char **key_value;
	size_t		key_count;
	bool		has_n;
	int32_t		n;
	bool		has_value;
	double		value;
	const char *note;
} IlBenchmarkSpec;

typedef struct IlRulesetSpec
{
	const char *name;
	const char *version;
	int32_t		as_of;			/* days since 2000-01-01, or IL_NO_DATE */
	int32_t		criteria_needed;
	const IlFactSpec *fact;
	size_t		fact_count;
	const IlRuleSpec *rule;
	size_t		rule_count;
	const IlBenchmarkSpec *benchmark;
	size_t		benchmark_count;
} IlRulesetSpec;

/* ---- the block ---- */

typedef struct IlText
{
	uint32_t	offset;			/* 0: no text (NULL) */
	uint32_t	length;
} IlText;

typedef struct IlFact
{
	IlText		name;
	IlText		unit;
	IlText		level;
	IlText		list_holder;
	IlText		label_en;
	IlText		label_zh;
	uint8_t		type;			/* one bit of IlType */
	uint8_t		complete_list;
	uint8_t		used;			/* by a rule or as a key */
	uint8_t		filler;
	uint32_t	namesake;		/* first slot of the same name: this one, mostly */
} IlFact;

typedef enum IlRole
{
	IL_ROLE_GATE,
	IL_ROLE_CRITERION,
	IL_ROLE_EXEMPTION
} IlRole;

typedef struct IlRule
{
	IlText		code;
	IlText		route;
	IlText		label_en;
	IlText		label_zh;
	uint32_t	applicability;	/* index of a node, or IL_NO_NODE */
	uint32_t	criterion;
	uint8_t		role;			/* IlRole */
	uint8_t		discretionary;
	uint16_t	variants;		/* of the first rule of a code: how many; of the others 0 */
	uint32_t	scope;			/* list: IlScope; 0: the only one of its code, everywhere */
} IlRule;

/* Where a variant of a rule holds; stands in the list from word IlRule.scope - 1. */
typedef struct IlScope
{
	IlText		variant;
	uint32_t	node;			/* index of a node, or IL_NO_NODE */
	int32_t		specificity;
} IlScope;

typedef struct IlLiteral
{
	double		value;
	double		error;
	IlText		decimal;		/* exact, readable by il_fraction_of_text */
	uint8_t		is_short;		/* value is the double nearest to it, and it the shortest */
	uint8_t		filler[7];
} IlLiteral;

/* One call such as peer_mean(tax_per_mu) and the figures known for it. */
typedef struct IlBenchmark
{
	IlText		expression;
	uint32_t	key;			/* list: slots of the facts that form the key */
	uint32_t	key_count;
	uint32_t	group;			/* first group, in the order given */
	uint32_t	group_count;
	uint32_t	table;			/* list: hash table of group numbers + 1 */
	uint32_t	table_mask;
	uint8_t		used;			/* by a rule */
	uint8_t		filler[3];
	uint16_t	prefix;			/* bits of the key: parts whose values are prefixes */
	uint16_t	open;			/* ... and parts whose values may be empty, for any */
} IlBenchmark;

#define IL_OPEN_KEYS	16		/* parts of a key that has such parts */

typedef struct IlGroup
{
	double		value;
	IlText		note;
	uint32_t	key;			/* list: offset and length of each value of the key */
	int32_t		n;
	uint8_t		has_n;
	uint8_t		has_value;
	uint8_t		fallback;		/* not of the group asked for first */
	uint8_t		filler[5];
} IlGroup;

#define IL_FALLBACK_NOTE	"fallback: "	/* begins the note of such a figure */

typedef struct IlRuleset
{
	int32_t		server_word;	/* length word of the server's varlena */
	uint16_t	format;
	uint16_t	filler;
	uint64_t	fingerprint[2]; /* of all that follows */
	int32_t		as_of;
	int32_t		as_of_year;
	int32_t		criteria_needed;
	uint32_t	size;
	IlText		name;
	IlText		version;
	uint32_t	fact;			/* offsets of arrays and their lengths */
	uint32_t	fact_count;
	uint32_t	rule;
	uint32_t	rule_count;
	uint32_t	node;
	uint32_t	node_count;
	uint32_t	literal;
	uint32_t	literal_count;
	uint32_t	benchmark;
	uint32_t	benchmark_count;
	uint32_t	group;
	uint32_t	group_count;
	uint32_t	list;
	uint32_t	list_count;
} IlRuleset;

static inline const void *
il_ruleset_at(const IlRuleset *ruleset, uint32_t offset)
{
	return (const char *) ruleset + offset;
}

static inline const char *
il_ruleset_text(const IlRuleset *ruleset, IlText text)
{
	return text.offset == 0 ? NULL : (const char *) ruleset + text.offset;
}

static inline const IlFact *
il_ruleset_fact(const IlRuleset *ruleset, uint32_t slot)
{
	return (const IlFact *) il_ruleset_at(ruleset, ruleset->fact) + slot;
}

static inline const IlRule *
il_ruleset_rule(const IlRuleset *ruleset, uint32_t index)
{
	return (const IlRule *) il_ruleset_at(ruleset, ruleset->rule) + index;
}

static inline const IlNode *
il_ruleset_node(const IlRuleset *ruleset, uint32_t index)
{
	return (const IlNode *) il_ruleset_at(ruleset, ruleset->node) + index;
}

static inline const IlLiteral *
il_ruleset_literal(const IlRuleset *ruleset, int32_t slot)
{
	return (const IlLiteral *) il_ruleset_at(ruleset, ruleset->literal) + slot;
}

static inline const IlBenchmark *
il_ruleset_benchmark(const IlRuleset *ruleset, uint32_t slot)
{
	return (const IlBenchmark *) il_ruleset_at(ruleset, ruleset->benchmark) + slot;
}

static inline const IlGroup *
il_ruleset_group(const IlRuleset *ruleset, uint32_t index)
{
	return (const IlGroup *) il_ruleset_at(ruleset, ruleset->group) + index;
}

static inline const uint32_t *
il_ruleset_list(const IlRuleset *ruleset, uint32_t index)
{
	return (const uint32_t *) il_ruleset_at(ruleset, ruleset->list) + index;
}

/* NULL: the only rule of its code, without a scope. */
static inline const IlScope *
il_ruleset_scope(const IlRuleset *ruleset, const IlRule *rule)
{
	return rule->scope == 0 ? NULL
		: (const IlScope *) il_ruleset_list(ruleset, rule->scope - 1);
}

/* How a node is evaluated (IlNode.kind). */
typedef enum IlKind
{
	IL_KIND_PLAIN,
	IL_KIND_NUMBER,				/* comparison of numbers */
	IL_KIND_FACT_LITERAL,		/* of a fact with a short literal on its right */
	IL_KIND_DATE,
	IL_KIND_TEXT,
	IL_KIND_BOOLEAN,
	IL_KIND_ORDER,				/* of codes in a stated order */
	IL_KIND_SERIES				/* a name: the number of the year at hand */
} IlKind;

/*
 * NULL with a fault.  Its message names the part of the specification; the
 * position, where there is one, is a character of the criterion in question.
 */
extern IlRuleset *il_ruleset_compile(const IlMemory *memory, const IlRulesetSpec *spec,
									 IlFault *fault);

/* Names and types of one criterion against facts, as il_ruleset_compile does. */
extern bool il_ruleset_check(const IlMemory *memory, const char *criterion,
							 const IlFactSpec *fact, size_t fact_count, IlFault *fault);

/* One line of JSON, the same for the same ruleset always. */
extern char *il_ruleset_print(const IlMemory *memory, const IlRuleset *ruleset, size_t *length);

/* ---- facts of one subject ---- */

typedef enum IlFactState
{
	IL_FACT_UNKNOWN,
	IL_FACT_KNOWN,
	IL_FACT_NOT_LISTED			/* a complete list that does not name the subject */
} IlFactState;

typedef struct IlFactValue
{
	uint8_t		state;			/* IlFactState */
	bool		long_decimal;	/* a number with more digits than a double: see text */
	bool		is_list;		/* codes in year_value, and in text for people to read */
	double		number;			/* number; days of a date; 1 or 0 for a truth value */
	double		error;			/* of the number as an approximation of the decimal */
	const char *text;			/* text code; digits of a long decimal */
	uint32_t	length;
	uint32_t	year_count;		/* of a series; of a list of codes, which has no years */
	const int32_t *year;
	const struct IlFactValue *year_value;
} IlFactValue;

/* A number that its double stands for in full (il_decimal_of_double). */
static inline void
il_fact_set_number(IlFactValue *fact, double number)
{
	fact->state = IL_FACT_KNOWN;
	fact->long_decimal = false;
	fact->number = number;
}

/* ---- verdict ---- */

typedef enum IlTruth
{
	IL_FALSE,
	IL_UNKNOWN,
	IL_TRUE
} IlTruth;

typedef enum IlVerdictWord
{
	IL_INEFFICIENT,
	IL_NOT_INEFFICIENT,
	IL_EXEMPT,
	IL_EXCLUDED,
	IL_INSUFFICIENT_DATA
} IlVerdictWord;

typedef enum IlFlag
{
	IL_FLAG_EXEMPTION_OPEN = 1,
	IL_FLAG_CRITERION_OPEN = 2,
	IL_FLAG_EXEMPTION_CANDIDATE = 4,
	IL_FLAG_DECISION_CONTRADICTS = 8,
	IL_FLAG_PEER_FALLBACK = 16
} IlFlag;

#define IL_FLAGS	5

extern const char *const il_verdict_words[];
extern const char *const il_flag_words[IL_FLAGS];	/* by bit */
extern const char *const il_truth_words[];
extern const char *const il_role_words[];

/*
 * Working space for verdicts under one ruleset; nothing of it need be cleared
 * between two subjects but "decided".
 */
typedef struct IlRun
{
	const IlRuleset *ruleset;
	const IlFactValue *fact;	/* one for each slot */
	const bool *decided;		/* one for each rule: an exemption was granted; or NULL */
	const IlMemory *memory;		/* for exact arithmetic; may be emptied between subjects */
	const IlPoll *poll;			/* may be NULL */
	/* set by il_run_begin */
	uint32_t   *order;			/* codes (first rules of) by role, in their order within it */
	uint32_t	role_end[3];	/* where in that list each role ends */
	IlTruth    *truth;			/* one for each code, at its first rule */
	uint32_t   *chosen;			/* likewise: the variant that holds, or IL_VARIANT_... */
	uint8_t    *missing;		/* one for each fact, each benchmark, and the reference date */
	struct IlPeerState *peer;	/* one for each benchmark */
	int32_t		year;			/* inside for_years */
	bool		overflow;		/* a number grew beyond all bounds */
} IlRun;

#define IL_VARIANT_NONE	UINT32_MAX			/* none covers the subject */
#define IL_VARIANT_OPEN	(UINT32_MAX - 1)	/* a fact that decides which one is unknown */
#define IL_VARIANT_TIE	(UINT32_MAX - 2)	/* equally specific ones hold and disagree */

typedef struct IlVerdict
{
	IlVerdictWord word;
	unsigned	flags;			/* IlFlag */
	bool		has_missing;
	bool		has_margin;
	double		margin;
	int32_t		route;			/* rule whose route is to be followed, or -1 */
} IlVerdict;

/* Allocates the working space (from the given memory, to be kept). */
extern void il_run_begin(IlRun *run, const IlMemory *memory, const IlRuleset *ruleset);

/* False when the arithmetic of a rule overflows. */
extern bool il_ruleset_classify(IlRun *run, IlVerdict *verdict);

/* Finds the variant of a code (by its first rule), also where classify needed none. */
extern void il_ruleset_choose(IlRun *run, uint32_t first);

/* ---- explanation ---- */

typedef enum IlTongue
{
	IL_TONGUE_ENGLISH,
	IL_TONGUE_CHINESE
} IlTongue;

typedef struct IlExplanation
{
	uint32_t	rule;			/* the variant that is explained */
	uint32_t	chosen;			/* it, or IL_VARIANT_... */
	IlTruth		applies;
	IlTruth		truth;			/* of the rule: what counts for the verdict */
	char	   *operands;		/* JSON */
	char	   *reason;
	const char *decision;		/* recorded, not_recorded; NULL where none is asked for */
} IlExplanation;

/* One code, by its first rule, after il_ruleset_classify has run over the same facts. */
extern void il_ruleset_explain(IlRun *run, uint32_t rule, IlTongue tongue,
							   IlExplanation *explanation);

#endif
