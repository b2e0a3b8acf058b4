/*
 * number.c - the errors of number.h
 */
#include "postgres.h"

#include "pg/number.h"

#include "utils/float.h"

void
il_raise_not_finite(double x, const char *argument)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s must be a finite number: %s", argument, float8out_internal(x)),
			 errhint("An unknown value is NULL.")));
}

void
il_raise_negative(double x, const char *argument)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must not be negative: %s", argument, float8out_internal(x)),
			 errhint("An unknown value is NULL.")));
}

void
il_raise_part(double part, const char *part_name, double whole, const char *whole_name)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must not be larger than %s: %s > %s", part_name, whole_name,
					float8out_internal(part), float8out_internal(whole)),
			 errhint("Correct the row, or leave it out by a WHERE or FILTER condition.")));
}

/* a result, or a sum on the way to it, is beyond what its type can hold */
void
il_raise_out_of_range(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s is out of range", what)));
}
