/*
 * indicator.h - the ratio indicators: what they divide, in which unit
 *
 * Every indicator is numerator / denominator times a constant of units.  Areas
 * are m2, money is 10^4 CNY, energy tce, shares are fractions.  A regional
 * figure is the ratio of the exact sums over the pairs where both parts are known
 * and the denominator is above zero (common support); for one pair it is the
 * figure of that pair.
 */
#ifndef IL_CORE_INDICATOR_H
#define IL_CORE_INDICATOR_H

#include "core/exact.h"

/* Codes are stored with states: append, never renumber. */
typedef enum
{
	IL_NO_INDICATOR = 0,
	IL_RATIO = 1,
	IL_WEIGHTED_MEAN,
	IL_PLOT_RATIO,
	IL_BUILDING_COVERAGE,
	IL_BUILDING_COEFFICIENT,
	IL_GREEN_RATIO,
	IL_VACANCY_RATE,
	IL_OCCUPANCY_RATE,
	IL_DANGER_SHARE,
	IL_OUTPUT_PER_HECTARE,
	IL_OUTPUT_PER_FLOOR_AREA,
	IL_TAX_PER_MU,
	IL_TAX_PER_FLOOR_AREA,
	IL_INVESTMENT_INTENSITY,
	IL_JOBS_PER_HECTARE,
	IL_VALUE_ADDED_PER_ENERGY,
	IL_PER_HECTARE,
	IL_PER_MU,
	IL_INDICATOR_END
} IlIndicatorCode;

typedef struct
{
	const char *name;			/* SQL name */
	const char *numerator;		/* SQL names of the arguments */
	const char *denominator;
	double		up;				/* value = numerator * up / (denominator * down) */
	double		down;
	bool		is_signed;		/* the numerator may be negative (money) */
	bool		is_part;		/* the numerator is a part of the denominator */
	bool		is_complement;	/* what is divided is denominator - numerator */
	bool		is_weighted;	/* what is divided is numerator * denominator */
} IlIndicator;

/* accumulators and counters of a ratio state */
enum
{
	IL_SUM_NUMERATOR,			/* over the common support */
	IL_SUM_DENOMINATOR,			/* over the common support */
	IL_SUM_MISSING,				/* denominators whose numerator is unknown */
	IL_RATIO_WIDTH
};
enum
{
	IL_N,						/* pairs of the common support */
	IL_N_MISSING,				/* numerator or denominator unknown */
	IL_N_ZERO					/* denominator known to be zero */
};

/* what a state of sums amounts to */
typedef struct
{
	bool		has_value;		/* false: n = 0; value, numerator, denominator are not set */
	double		value;
	double		numerator;
	double		denominator;
	int64_t		n;
	int64_t		n_missing;
	int64_t		n_zero;
	bool		has_coverage;	/* false: no denominator is known */
	double		coverage;		/* denominator / all known denominators */
} IlRatioDetail;

extern const IlIndicator *il_indicator(int code);
extern int	il_indicator_code(const char *name, size_t length);
extern double il_scaled_ratio(double numerator, double denominator, double up, double down);
extern double il_scaled_ratio_of_sums(const double numerator[2], const double denominator[2],
									  double up, double down);

extern bool il_ratio_detail(const IlExactValue *state, IlRatioDetail *detail);
extern const char *il_ratio_check(const IlExactValue *state);

#endif
