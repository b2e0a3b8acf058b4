/*
 * evaluate.h - truth of a condition and value of a term under one ruleset
 *
 * Kleene's logic throughout: and is the minimum, or the maximum, not the
 * mirror image of false < unknown < true.
 */
#ifndef IL_CORE_EVALUATE_H
#define IL_CORE_EVALUATE_H

#include "core/ruleset.h"

typedef enum IlPeerKnowledge
{
	IL_PEER_NOT_ASKED,
	IL_PEER_NO_KEY,				/* a fact of the key is unknown */
	IL_PEER_NO_FIGURE,			/* no row for the key, or one without value */
	IL_PEER_FIGURE
} IlPeerKnowledge;

typedef struct IlPeerState
{
	IlPeerKnowledge knowledge;
	const IlGroup *group;		/* NULL: no row */
} IlPeerState;

/*
 * Truth of a condition.  With a margin, also how far the subject is from the
 * other answer, relative to the limits: comparisons give (value - limit) /
 * |limit|, negative where they hold; "and" takes the largest, "or" the
 * smallest, "not" turns the sign; what is no comparison of numbers counts as
 * infinitely far, what is unknown is passed over (NaN where nothing is left).
 */
extern IlTruth il_evaluate(IlRun *run, const IlNode *node, double *margin);

/* Value of a number term; false when unknown.  An infinite error: ask for the fraction. */
extern bool il_evaluate_real(IlRun *run, const IlNode *node, IlReal *real);
extern bool il_evaluate_fraction(IlRun *run, const IlNode *node, IlFraction *fraction);

/* Sign of left - right, decided exactly, and both as doubles; false when unknown. */
extern bool il_evaluate_compare(IlRun *run, const IlNode *left, const IlNode *right, int *sign,
								IlReal value[2]);

/* Of a date or text term; false when unknown (or, for a text, not listed). */
extern bool il_evaluate_date(const IlRun *run, const IlNode *node, int32_t *days);
extern IlFactState il_evaluate_text(const IlRun *run, const IlNode *node, const char **text,
									uint32_t *length);

/* Value of a name: the fact itself, or of a series that of the year at hand. */
extern const IlFactValue *il_evaluate_name(const IlRun *run, const IlNode *node);

extern const IlPeerState *il_evaluate_peer(IlRun *run, const IlNode *node);

/* A fact as a part of the key of a peer group; false when it is not known. */
extern bool il_evaluate_key(const IlRun *run, uint32_t slot, char buffer[IL_DECIMAL_TEXT_SIZE],
							const char **text, size_t *length);

/* First and last year for which for_years looks; false when there is no series with years. */
extern bool il_evaluate_span(const IlRun *run, const IlNode *node, int32_t *first, int32_t *last);

/* Marks in run->missing what keeps an unknown condition open. */
extern void il_collect_missing(IlRun *run, const IlNode *node);

/* Marks all names of a condition there. */
extern void il_collect_names(IlRun *run, const IlNode *node);

static inline uint32_t
il_missing_benchmark(const IlRuleset *ruleset, uint32_t slot)
{
	return ruleset->fact_count + slot;
}

static inline uint32_t
il_missing_as_of(const IlRuleset *ruleset)
{
	return ruleset->fact_count + ruleset->benchmark_count;
}

#endif
