/*
 * ruleset.c - the verdict on one subject
 *
 * Gates first: one that is true excludes, one that is unknown leaves the case
 * open.  Then criteria C (as many true ones as are needed) and exemptions X
 * (any), each true, false or unknown:
 *
 *            X true                    X false              X unknown
 *   C true   exempt                    inefficient          inefficient, exemption_open
 *   C unkn.  exempt, criterion_open    insufficient_data    insufficient_data
 *   C false  not_inefficient
 */
#include "core/ruleset.h"
#include "core/evaluate.h"

#include <math.h>
#include <string.h>

const char *const il_verdict_words[] = {
	"inefficient", "not_inefficient", "exempt", "excluded", "insufficient_data"
};
const char *const il_flag_words[IL_FLAGS] = {
	"exemption_open", "criterion_open", "exemption_candidate", "decision_contradicts_facts",
	"peer_fallback"
};
const char *const il_truth_words[] = {"false", "unknown", "true"};
const char *const il_role_words[] = {"gate", "criterion", "exemption"};

void
il_run_begin(IlRun *run, const IlMemory *memory, const IlRuleset *ruleset)
{
	uint32_t	n = 0;

	run->ruleset = ruleset;
	run->order = il_allocate(memory, sizeof(uint32_t) * (ruleset->rule_count + 1));
	for (int role = IL_ROLE_GATE; role <= IL_ROLE_EXEMPTION; role++)
	{
		for (uint32_t i = 0; i < ruleset->rule_count; i++)
		{
			const IlRule *rule = il_ruleset_rule(ruleset, i);

			if (rule->role == role && (rule->scope == 0 || rule->variants > 0))
				run->order[n++] = i;
		}
		run->role_end[role] = n;
	}
	run->truth = il_allocate(memory, sizeof(IlTruth) * (ruleset->rule_count + 1));
	run->chosen = il_allocate(memory, sizeof(uint32_t) * (ruleset->rule_count + 1));
	run->missing = il_allocate(memory, il_missing_as_of(ruleset) + 1);
	run->peer = il_allocate(memory, sizeof(IlPeerState) * (ruleset->benchmark_count + 1));
}

static void
reset(IlRun *run)
{
	const IlRuleset *ruleset = run->ruleset;

	for (uint32_t i = 0; i < ruleset->rule_count; i++)
	{
		run->truth[i] = IL_UNKNOWN;
		run->chosen[i] = i;
	}
	memset(run->missing, 0, il_missing_as_of(ruleset) + 1);
	memset(run->peer, 0, sizeof(IlPeerState) * (ruleset->benchmark_count + 1));
	run->overflow = false;
}

/* Where a rule does not apply it is false, whatever its criterion says. */
static IlTruth
evaluate_rule(IlRun *run, const IlRule *rule, double *margin)
{
	IlTruth		applies = IL_TRUE;
	IlTruth		truth;

	if (rule->applicability != IL_NO_NODE)
		applies = il_evaluate(run, il_ruleset_node(run->ruleset, rule->applicability), NULL);
	if (applies == IL_FALSE)
	{
		if (margin != NULL)
			*margin = NAN;
		return IL_FALSE;
	}
	truth = il_evaluate(run, il_ruleset_node(run->ruleset, rule->criterion), margin);
	return truth < applies ? truth : applies;
}

/*
 * Of the variants of a code the most specific that covers the subject.  Where
 * it is not known whether one does, neither is the answer.  Equally specific
 * ones may meet in a subject that has two values, such as a parcel in two
 * management areas: they count if they agree.
 */
static IlTruth
evaluate_code(IlRun *run, uint32_t i, double *margin)
{
	const IlRule *rule = il_ruleset_rule(run->ruleset, i);
	uint32_t	end = i + rule->variants;
	IlTruth		truth = IL_FALSE;
	uint32_t   *chosen = &run->chosen[i];

	if (rule->scope == 0)
		return evaluate_rule(run, rule, margin);
	if (margin != NULL)
		*margin = NAN;
	*chosen = IL_VARIANT_NONE;
	for (uint32_t at = i; at < end; at++)
	{
		const IlRule *variant = il_ruleset_rule(run->ruleset, at);
		const IlScope *scope = il_ruleset_scope(run->ruleset, variant);
		IlTruth		covers = scope->node == IL_NO_NODE ? IL_TRUE
			: il_evaluate(run, il_ruleset_node(run->ruleset, scope->node), NULL);
		double		distance = NAN;
		IlTruth		one;

		if (*chosen != IL_VARIANT_NONE && scope->specificity <
			il_ruleset_scope(run->ruleset, variant - 1)->specificity)
			break;
		if (covers == IL_UNKNOWN)
		{
			*chosen = IL_VARIANT_OPEN;
			if (margin != NULL)
				*margin = NAN;
			return IL_UNKNOWN;
		}
		if (covers == IL_FALSE)
			continue;
		one = evaluate_rule(run, variant, margin == NULL ? NULL : &distance);
		if (*chosen == IL_VARIANT_NONE)
		{
			*chosen = at;
			truth = one;
			if (margin != NULL)
				*margin = distance;
		}
		else if (one != truth)
		{
			*chosen = IL_VARIANT_TIE;
			truth = IL_UNKNOWN;
		}
		if (margin != NULL && distance < *margin)
			*margin = distance;
	}
	if (*chosen == IL_VARIANT_TIE && margin != NULL)
		*margin = NAN;
	return truth;
}

void
il_ruleset_choose(IlRun *run, uint32_t i)
{
	evaluate_code(run, i, NULL);
}

/* What keeps open which variant holds. */
static void
collect_scopes(IlRun *run, uint32_t i)
{
	uint32_t	end = i + il_ruleset_rule(run->ruleset, i)->variants;

	for (uint32_t at = i; at < end; at++)
	{
		const IlScope *scope = il_ruleset_scope(run->ruleset, il_ruleset_rule(run->ruleset, at));
		const IlNode *node;
		IlTruth		covers;

		if (scope->node == IL_NO_NODE)
			continue;
		node = il_ruleset_node(run->ruleset, scope->node);
		covers = il_evaluate(run, node, NULL);
		if (covers == IL_UNKNOWN)
			il_collect_missing(run, node);
		else if (covers == IL_TRUE && run->chosen[i] == IL_VARIANT_TIE)
			il_collect_names(run, node);
	}
}

/* What keeps an unknown rule open. */
static void
collect_rule(IlRun *run, uint32_t i)
{
	const IlRule *rule;
	const IlNode *node;

	if (run->chosen[i] >= IL_VARIANT_TIE)
	{
		collect_scopes(run, i);
		return;
	}
	rule = il_ruleset_rule(run->ruleset, run->chosen[i]);
	if (rule->applicability != IL_NO_NODE)
	{
		node = il_ruleset_node(run->ruleset, rule->applicability);
		if (il_evaluate(run, node, NULL) == IL_UNKNOWN)
			il_collect_missing(run, node);
	}
	node = il_ruleset_node(run->ruleset, rule->criterion);
	if (il_evaluate(run, node, NULL) == IL_UNKNOWN)
		il_collect_missing(run, node);
}

/* First place of a role in IlRun.order. */
static uint32_t
role_start(const IlRun *run, IlRole role)
{
	return role == IL_ROLE_GATE ? 0 : run->role_end[role - 1];
}

static void
collect_role(IlRun *run, IlRole role, IlVerdict *verdict)
{
	for (uint32_t at = role_start(run, role); at < run->role_end[role]; at++)
	{
		if (run->truth[run->order[at]] == IL_UNKNOWN)
		{
			collect_rule(run, run->order[at]);
			verdict->has_missing = true;
		}
	}
}

/* True as soon as one gate is; its route, or that of the next with one. */
static IlTruth
evaluate_gates(IlRun *run, IlVerdict *verdict)
{
	IlTruth		gates = IL_FALSE;

	for (uint32_t at = role_start(run, IL_ROLE_GATE);
		 at < run->role_end[IL_ROLE_GATE]; at++)
	{
		uint32_t	i = run->order[at];

		run->truth[i] = evaluate_code(run, i, NULL);
		if (run->truth[i] > gates)
			gates = run->truth[i];
		if (run->truth[i] == IL_TRUE && verdict->route < 0 &&
			il_ruleset_rule(run->ruleset, run->chosen[i])->route.offset != 0)
			verdict->route = (int32_t) run->chosen[i];
	}
	return gates;
}

static IlTruth
evaluate_criteria(IlRun *run, IlVerdict *verdict)
{
	int32_t		certain = 0;
	int32_t		possible = 0;

	for (uint32_t at = role_start(run, IL_ROLE_CRITERION);
		 at < run->role_end[IL_ROLE_CRITERION]; at++)
	{
		uint32_t	i = run->order[at];
		double		margin;

		run->truth[i] = evaluate_code(run, i, &margin);
		certain += run->truth[i] == IL_TRUE;
		possible += run->truth[i] != IL_FALSE;
		if (isfinite(margin) && (!verdict->has_margin || margin < verdict->margin))
		{
			verdict->margin = margin;
			verdict->has_margin = true;
		}
	}
	return certain >= run->ruleset->criteria_needed ? IL_TRUE
		: possible >= run->ruleset->criteria_needed ? IL_UNKNOWN : IL_FALSE;
}

/* A discretionary exemption takes a recorded decision besides its facts. */
static IlTruth
evaluate_exemptions(IlRun *run, unsigned *flags)
{
	IlTruth		exemptions = IL_FALSE;

	for (uint32_t at = role_start(run, IL_ROLE_EXEMPTION);
		 at < run->role_end[IL_ROLE_EXEMPTION]; at++)
	{
		uint32_t	i = run->order[at];
		bool		decided = run->decided != NULL && run->decided[i];
		IlTruth		truth = evaluate_code(run, i, NULL);

		if (truth == IL_FALSE && decided)
			*flags |= IL_FLAG_DECISION_CONTRADICTS;
		if (truth == IL_TRUE && !decided &&
			il_ruleset_rule(run->ruleset, run->chosen[i])->discretionary)
		{
			*flags |= IL_FLAG_EXEMPTION_CANDIDATE;
			truth = IL_FALSE;
		}
		run->truth[i] = truth;
		if (truth > exemptions)
			exemptions = truth;
	}
	return exemptions;
}

/* The table at the top of this file, with the flags that belong to each field. */
static void
decide(IlTruth criteria, IlTruth exemptions, unsigned flags, IlVerdict *verdict)
{
	verdict->flags = flags & IL_FLAG_DECISION_CONTRADICTS;
	if (criteria == IL_FALSE)
		verdict->word = IL_NOT_INEFFICIENT;
	else if (exemptions == IL_TRUE)
	{
		verdict->word = IL_EXEMPT;
		if (criteria == IL_UNKNOWN)
			verdict->flags |= IL_FLAG_CRITERION_OPEN;
	}
	else
	{
		verdict->word = criteria == IL_TRUE ? IL_INEFFICIENT : IL_INSUFFICIENT_DATA;
		verdict->flags |= flags & IL_FLAG_EXEMPTION_CANDIDATE;
		if (criteria == IL_TRUE && exemptions == IL_UNKNOWN)
			verdict->flags |= IL_FLAG_EXEMPTION_OPEN;
	}
}

/* A figure that was asked for is of another group than the first. */
static unsigned
fallback_flag(const IlRun *run)
{
	for (uint32_t i = 0; i < run->ruleset->benchmark_count; i++)
	{
		if (run->peer[i].knowledge == IL_PEER_FIGURE && run->peer[i].group->fallback)
			return IL_FLAG_PEER_FALLBACK;
	}
	return 0;
}

static void
classify(IlRun *run, IlVerdict *verdict)
{
	IlTruth		gates;
	IlTruth		criteria;
	IlTruth		exemptions;
	unsigned	flags = 0;

	gates = evaluate_gates(run, verdict);
	if (gates == IL_TRUE)
	{
		verdict->word = IL_EXCLUDED;
		return;
	}
	criteria = evaluate_criteria(run, verdict);
	exemptions = evaluate_exemptions(run, &flags);
	if (gates == IL_UNKNOWN)
	{
		verdict->word = IL_INSUFFICIENT_DATA;
		verdict->flags = flags & IL_FLAG_DECISION_CONTRADICTS;
		collect_role(run, IL_ROLE_GATE, verdict);
		return;
	}
	decide(criteria, exemptions, flags, verdict);
	if (criteria == IL_UNKNOWN)
		collect_role(run, IL_ROLE_CRITERION, verdict);
	if (criteria != IL_FALSE && exemptions == IL_UNKNOWN)
		collect_role(run, IL_ROLE_EXEMPTION, verdict);
}

bool
il_ruleset_classify(IlRun *run, IlVerdict *verdict)
{
	reset(run);
	memset(verdict, 0, sizeof(*verdict));
	verdict->route = -1;
	classify(run, verdict);
	verdict->flags |= fallback_flag(run);
	return !run->overflow;
}
