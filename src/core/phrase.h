/*
 * phrase.h - conditions and terms in words, in English or Chinese
 *
 * The words are fit for a letter to an owner: labels instead of names, values
 * with their units, limits with where they come from.
 */
#ifndef IL_CORE_PHRASE_H
#define IL_CORE_PHRASE_H

#include "core/evaluate.h"

typedef struct IlPhrase
{
	IlBuffer	buffer;
	IlRun	   *run;
	IlTongue	tongue;
} IlPhrase;

/* The phrase in the tongue at hand. */
static inline const char *
il_tongue(const IlPhrase *phrase, const char *english, const char *chinese)
{
	return phrase->tongue == IL_TONGUE_CHINESE ? chinese : english;
}

static inline void
il_say(IlPhrase *phrase, const char *english, const char *chinese)
{
	il_buffer_put_string(&phrase->buffer, il_tongue(phrase, english, chinese));
}

/* Label of a fact, its name where it has none. */
extern void il_phrase_fact(IlPhrase *phrase, uint32_t slot);

/* A number term by its value, rounded to so many digits, 15 at most; false when unknown. */
extern bool il_phrase_value(IlRun *run, const IlNode *node, bool percent, int digits,
							char text[IL_DECIMAL_TEXT_SIZE]);

/* Digits that a reader wants of it: two behind the point, but never fewer than four in all. */
extern int	il_phrase_digits(IlPhrase *phrase, const IlNode *node, bool percent);

/* A term in words: what it is made of. */
extern void il_phrase_term(IlPhrase *phrase, const IlNode *node);

/* A peer or control figure that is not known, with its group. */
extern void il_phrase_no_figure(IlPhrase *phrase, const IlNode *node);

/* Unit of a number term, without offset where it has none. */
extern IlText il_phrase_unit(const IlRuleset *ruleset, const IlNode *node);

/* The unit behind a number: " × 10^4 CNY/mu", in Chinese "万元/亩". */
extern void il_phrase_say_unit(IlPhrase *phrase, IlText unit);

/* What is known about a predicate: "plot ratio is 0.95, below the limit of 1". */
extern void il_phrase_predicate(IlPhrase *phrase, const IlNode *node);

/* Which two children of a comparison are subject and limit. */
extern const IlNode *il_phrase_subject(const IlNode *comparison);
extern const IlNode *il_phrase_limit(const IlNode *comparison);

#endif
