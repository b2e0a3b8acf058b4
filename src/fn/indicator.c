/*
 * indicator.c - the indicators of one parcel, building or firm, and units
 *
 * All of them: NULL in, NULL out; denominator 0 gives NULL; NaN and infinities
 * are 22003, negative areas and counts 22023.
 */
#include "postgres.h"

#include "core/indicator.h"
#include "pg/export.h"
#include "pg/number.h"

/* A result, or 22003 where it left the range of double precision. */
static double
check_result(double result, double numerator, const char *name)
{
	if (unlikely(!isfinite(result) || (result == 0 && numerator != 0)))
		il_raise_out_of_range(name);
	return result;
}

/* Arguments 0 and 1 are numerator and denominator. */
static Datum
evaluate(FunctionCallInfo fcinfo, int code)
{
	const IlIndicator *indicator = il_indicator(code);
	double		numerator = il_check_finite(PG_GETARG_FLOAT8(0), indicator->numerator);
	double		denominator = il_check_not_negative(PG_GETARG_FLOAT8(1), indicator->denominator);

	if (!indicator->is_signed)
		il_check_not_negative(numerator, indicator->numerator);
	if (denominator == 0)
		PG_RETURN_NULL();
	if (indicator->is_part)
		numerator = il_check_part(numerator, indicator->numerator,
								  denominator, indicator->denominator);
	if (indicator->is_complement)
		numerator = denominator - numerator;
	PG_RETURN_FLOAT8(check_result(il_scaled_ratio(numerator, denominator,
												  indicator->up, indicator->down),
								  numerator, indicator->name));
}

#define INDICATOR(function, code) \
	IL_FUNCTION(function); \
	Datum function(PG_FUNCTION_ARGS) \
	{ \
		return evaluate(fcinfo, code); \
	}

INDICATOR(il_plot_ratio, IL_PLOT_RATIO)
INDICATOR(il_building_coverage, IL_BUILDING_COVERAGE)
INDICATOR(il_building_coefficient, IL_BUILDING_COEFFICIENT)
INDICATOR(il_green_ratio, IL_GREEN_RATIO)
INDICATOR(il_vacancy_rate, IL_VACANCY_RATE)
INDICATOR(il_occupancy_rate, IL_OCCUPANCY_RATE)
INDICATOR(il_danger_share, IL_DANGER_SHARE)
INDICATOR(il_output_per_hectare, IL_OUTPUT_PER_HECTARE)
INDICATOR(il_output_per_floor_area, IL_OUTPUT_PER_FLOOR_AREA)
INDICATOR(il_tax_per_mu, IL_TAX_PER_MU)
INDICATOR(il_tax_per_floor_area, IL_TAX_PER_FLOOR_AREA)
INDICATOR(il_investment_intensity, IL_INVESTMENT_INTENSITY)
INDICATOR(il_jobs_per_hectare, IL_JOBS_PER_HECTARE)
INDICATOR(il_value_added_per_energy, IL_VALUE_ADDED_PER_ENERGY)
INDICATOR(il_per_hectare, IL_PER_HECTARE)
INDICATOR(il_per_mu, IL_PER_MU)

IL_FUNCTION(il_hectares);
IL_FUNCTION(il_from_hectares);
IL_FUNCTION(il_mu);
IL_FUNCTION(il_from_mu);
IL_FUNCTION(il_from_yuan);

/* Argument 0, not negative, times up / down; correctly rounded. */
static Datum
convert_area(FunctionCallInfo fcinfo, double up, double down, const char *argument)
{
	double		x = il_check_not_negative(PG_GETARG_FLOAT8(0), argument);

	PG_RETURN_FLOAT8(check_result(il_scaled_ratio(x, 1, up, down), x, "the area"));
}

Datum
il_hectares(PG_FUNCTION_ARGS)
{
	return convert_area(fcinfo, 1, 10000, "area");
}

Datum
il_from_hectares(PG_FUNCTION_ARGS)
{
	return convert_area(fcinfo, 10000, 1, "hectares");
}

Datum
il_mu(PG_FUNCTION_ARGS)
{
	return convert_area(fcinfo, 3, 2000, "area");
}

Datum
il_from_mu(PG_FUNCTION_ARGS)
{
	return convert_area(fcinfo, 2000, 3, "mu");
}

/* Money may be negative. */
Datum
il_from_yuan(PG_FUNCTION_ARGS)
{
	double		yuan = il_check_finite(PG_GETARG_FLOAT8(0), "amount");

	PG_RETURN_FLOAT8(check_result(yuan / 10000, yuan, "the amount"));
}
