/*
 * indicator.c - the table of ratio indicators and their arithmetic
 *
 * Sources of the formulas: the control indicators for industrial land (plot
 * ratio, building coefficient, investment intensity), the efficiency-per-mu
 * evaluation (tax per mu, value added per energy) and the intensive-use
 * procedures TD/T 1018 and TD/T 1029 (ratios of sums).  1 mu is 2000/3 m2,
 * exactly; the usual divisor 666.6667 is off by 5e-8.
 */
#include "core/indicator.h"

#include <math.h>

#define PER_UNIT 1, 1
#define PER_HECTARE 10000, 1
#define PER_MU 2000, 3

#define PLAIN false, false, false, false
#define SIGNED true, false, false, false
#define PART false, true, false, false
#define COMPLEMENT false, true, true, false
#define WEIGHTED true, false, false, true

static const IlIndicator indicators[IL_INDICATOR_END] = {
	[IL_RATIO] = {"ratio", "numerator", "denominator",
		PER_UNIT, SIGNED},
	[IL_WEIGHTED_MEAN] = {"weighted_mean", "value", "weight",
		PER_UNIT, WEIGHTED},
	[IL_PLOT_RATIO] = {"plot_ratio", "floor_area", "land_area",
		PER_UNIT, PLAIN},
	[IL_BUILDING_COVERAGE] = {"building_coverage", "footprint_area", "land_area",
		PER_UNIT, PLAIN},
	[IL_BUILDING_COEFFICIENT] = {"building_coefficient", "occupied_area", "land_area",
		PER_UNIT, PLAIN},
	[IL_GREEN_RATIO] = {"green_ratio", "green_area", "land_area",
		PER_UNIT, PLAIN},
	[IL_VACANCY_RATE] = {"vacancy_rate", "vacant_area", "rentable_area",
		PER_UNIT, PART},
	[IL_OCCUPANCY_RATE] = {"occupancy_rate", "vacant_area", "rentable_area",
		PER_UNIT, COMPLEMENT},
	[IL_DANGER_SHARE] = {"danger_share", "dangerous", "total",
		PER_UNIT, PART},
	[IL_OUTPUT_PER_HECTARE] = {"output_per_hectare", "output", "land_area",
		PER_HECTARE, SIGNED},
	[IL_OUTPUT_PER_FLOOR_AREA] = {"output_per_floor_area", "output", "floor_area",
		PER_HECTARE, SIGNED},
	[IL_TAX_PER_MU] = {"tax_per_mu", "tax", "land_area",
		PER_MU, SIGNED},
	[IL_TAX_PER_FLOOR_AREA] = {"tax_per_floor_area", "tax", "floor_area",
		PER_HECTARE, SIGNED},
	[IL_INVESTMENT_INTENSITY] = {"investment_intensity", "investment", "land_area",
		PER_HECTARE, SIGNED},
	[IL_JOBS_PER_HECTARE] = {"jobs_per_hectare", "jobs", "land_area",
		PER_HECTARE, PLAIN},
	[IL_VALUE_ADDED_PER_ENERGY] = {"value_added_per_energy", "value_added", "energy",
		PER_UNIT, SIGNED},
	[IL_PER_HECTARE] = {"per_hectare", "amount", "land_area",
		PER_HECTARE, SIGNED},
	[IL_PER_MU] = {"per_mu", "amount", "land_area",
		PER_MU, SIGNED},
};

/* NULL for a code that does not exist */
const IlIndicator *
il_indicator(int code)
{
	return code > IL_NO_INDICATOR && code < IL_INDICATOR_END ? &indicators[code] : NULL;
}

/* IL_NO_INDICATOR for a name that does not exist */
int
il_indicator_code(const char *name, size_t length)
{
	for (int code = IL_NO_INDICATOR + 1; code < IL_INDICATOR_END; code++)
		if (strlen(indicators[code].name) == length &&
			memcmp(indicators[code].name, name, length) == 0)
			return code;
	return IL_NO_INDICATOR;
}

/* far enough from both ends that no intermediate result leaves the range */
static bool
is_moderate(double x)
{
	return fabs(x) > 1e-250 && fabs(x) < 1e250;
}

/*
 * numerator * up / (denominator * down), up and down small integers, numerator
 * and denominator each an unevaluated sum of a double and a small rest.
 *
 * The two products are kept as such pairs as well (the error of a product is
 * exact by fma) and the quotient is corrected once by its remainder: the result
 * is within 0.500001 units of the last place, and correctly rounded when the
 * rests are zero and denominator * down is a small integer.  Beyond 1e-250 ..
 * 1e250 it is within 2 units.
 */
double
il_scaled_ratio_of_sums(const double numerator[2], const double denominator[2],
						double up, double down)
{
	double		n = numerator[0] * up;
	double		d = denominator[0] * down;
	double		n_rest = fma(numerator[0], up, -n) + numerator[1] * up;
	double		d_rest = fma(denominator[0], down, -d) + denominator[1] * down;
	double		quotient;
	double		rest;

	if (!is_moderate(n) || !is_moderate(d))
		return numerator[0] / denominator[0] * (up / down);
	quotient = n / d;
	if (!is_moderate(quotient))
		return quotient;
	rest = fma(-quotient, d, n) + (n_rest - quotient * d_rest);
	return quotient + rest / d;
}

/* The same of two plain numbers; where up = down = 1 one division. */
double
il_scaled_ratio(double numerator, double denominator, double up, double down)
{
	const double n[2] = {numerator, 0};
	const double d[2] = {denominator, 0};

	if (up == 1 && down == 1)
		return numerator / denominator;
	return il_scaled_ratio_of_sums(n, d, up, down);
}

/* Read a ratio state out; false when a sum is beyond the range of double. */
bool
il_ratio_detail(const IlExactValue *state, IlRatioDetail *detail)
{
	const IlIndicator *indicator = il_indicator(state->kind);
	double		numerator[2];
	double		denominator[2];
	double		known;

	if (!il_exact_round_pair(&state->number[IL_SUM_NUMERATOR], &numerator[0], &numerator[1]) ||
		!il_exact_round_pair(&state->number[IL_SUM_DENOMINATOR],
							 &denominator[0], &denominator[1]) ||
		!il_exact_round_total(&state->number[IL_SUM_DENOMINATOR],
							  &state->number[IL_SUM_MISSING], &known))
		return false;

	memset(detail, 0, sizeof(*detail));
	detail->n = state->counter[IL_N];
	detail->n_missing = state->counter[IL_N_MISSING];
	detail->n_zero = state->counter[IL_N_ZERO];
	detail->numerator = numerator[0];
	detail->denominator = denominator[0];
	detail->has_value = detail->n > 0 && detail->denominator > 0;
	if (detail->has_value)
		detail->value = il_scaled_ratio_of_sums(numerator, denominator,
												indicator->up, indicator->down);
	detail->has_coverage = known > 0;
	if (detail->has_coverage)
		detail->coverage = detail->denominator / known;
	return true;
}

/*
 * Could this state have come from accumulating pairs?  Returns NULL, or a
 * sentence that says why not.
 */
const char *
il_ratio_check(const IlExactValue *state)
{
	const IlIndicator *indicator = il_indicator(state->kind);
	const IlExactNumber *numerator = &state->number[IL_SUM_NUMERATOR];
	const IlExactNumber *denominator = &state->number[IL_SUM_DENOMINATOR];
	const IlExactNumber *missing = &state->number[IL_SUM_MISSING];

	if (indicator == NULL)
		return "Its indicator is unknown.";
	if (!il_exact_within(numerator, state->counter[IL_N]) ||
		!il_exact_within(denominator, state->counter[IL_N]) ||
		!il_exact_within(missing, state->counter[IL_N_MISSING]))
		return "A sum is larger than its count allows.";
	if (denominator->negative || missing->negative ||
		(state->counter[IL_N] > 0) != (denominator->count > 0))
		return "The sum of the denominators does not fit its count.";
	if (!indicator->is_signed && numerator->negative)
		return "The sum of the numerators is negative.";
	if (indicator->is_part && il_exact_compare(numerator, denominator) > 0)
		return "The part is larger than the whole.";
	return NULL;
}
