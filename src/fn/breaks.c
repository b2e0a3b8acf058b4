/*
 * breaks.c - upper bounds of map classes, and the class of a value
 */
#include "postgres.h"

#include "core/breaks.h"
#include "pg/export.h"
#include "pg/interrupt.h"
#include "pg/memory.h"
#include "pg/number.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/memutils.h"

IL_FUNCTION(il_breaks_natural_of);
IL_FUNCTION(il_breaks_quantile);
IL_FUNCTION(il_breaks_equal);
IL_FUNCTION(il_class_of);

typedef struct Sample
{
	double	   *value;			/* rising */
	int			n;
	int			n_class;
} Sample;

static int
compare(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

/* numbers of a one-dimensional array without those that are NULL */
static double *
get_numbers(ArrayType *array, const char *argument, int *n)
{
	Datum	   *element;
	bool	   *null;
	int			count;
	double	   *number;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s has %d dimensions, not one", argument, ARR_NDIM(array))));
	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
					  &element, &null, &count);
	number = MemoryContextAllocHuge(CurrentMemoryContext, (count + 1) * sizeof(double));
	*n = 0;
	for (int i = 0; i < count; i++)
	{
		if (!null[i])
			number[(*n)++] = il_check_finite(DatumGetFloat8(element[i]), argument);
	}
	return number;
}

static Sample
get_sample(FunctionCallInfo fcinfo)
{
	Sample		sample;

	sample.n_class = PG_GETARG_INT32(1);
	if (sample.n_class < 1 || sample.n_class > IL_BREAKS_MAX_CLASS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("classes is %d", sample.n_class),
				 errhint("Give a number from 1 to %d.", IL_BREAKS_MAX_CLASS)));
	sample.value = get_numbers(PG_GETARG_ARRAYTYPE_P(0), "sample", &sample.n);
	qsort(sample.value, sample.n, sizeof(double), compare);
	return sample;
}

/* bounds that come twice close an empty class and are left out */
static Datum
bounds_datum(const double *bound, int n)
{
	Datum		element[IL_BREAKS_MAX_CLASS];
	int			n_kept = 0;

	for (int i = 0; i < n; i++)
	{
		if (i == 0 || bound[i] > bound[i - 1])
			element[n_kept++] = Float8GetDatum(bound[i]);
	}
	return PointerGetDatum(construct_array(element, n_kept, FLOAT8OID, sizeof(float8),
										   FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

Datum
il_breaks_natural_of(PG_FUNCTION_ARGS)
{
	Sample		sample = get_sample(fcinfo);
	double		bound[IL_BREAKS_MAX_CLASS];
	int			n;

	if (sample.n == 0)
		PG_RETURN_NULL();
	n = il_breaks_natural(sample.value, sample.n, sample.n_class, bound, &il_palloc_memory,
						  &il_interrupt_poll);
	PG_RETURN_DATUM(bounds_datum(bound, n));
}

Datum
il_breaks_quantile(PG_FUNCTION_ARGS)
{
	Sample		sample = get_sample(fcinfo);
	double		bound[IL_BREAKS_MAX_CLASS];

	if (sample.n == 0)
		PG_RETURN_NULL();
	for (int i = 0; i < sample.n_class; i++)
	{
		/* place i + 1 of n_class parts of the way from the first value to the last */
		int64		way = (int64) (sample.n - 1) * (i + 1);
		int64		place = way / sample.n_class;
		double		rest = (double) (way % sample.n_class) / sample.n_class;
		double		low = sample.value[place];
		double		high = sample.value[rest > 0 ? place + 1 : place];

		bound[i] = low + rest * (high - low);
	}
	PG_RETURN_DATUM(bounds_datum(bound, sample.n_class));
}

Datum
il_breaks_equal(PG_FUNCTION_ARGS)
{
	Sample		sample = get_sample(fcinfo);
	double		bound[IL_BREAKS_MAX_CLASS];
	double		low;
	double		high;

	if (sample.n == 0)
		PG_RETURN_NULL();
	low = sample.value[0];
	high = sample.value[sample.n - 1];
	for (int i = 0; i < sample.n_class; i++)
	{
		double		part = (double) (i + 1) / sample.n_class;

		/* by halves: the difference itself may be beyond the range */
		bound[i] = i == sample.n_class - 1 ? high : low * (1 - part) + high * part;
	}
	PG_RETURN_DATUM(bounds_datum(bound, sample.n_class));
}

Datum
il_class_of(PG_FUNCTION_ARGS)
{
	double		value = il_check_finite(PG_GETARG_FLOAT8(0), "value");
	int			n;
	double	   *bound = get_numbers(PG_GETARG_ARRAYTYPE_P(1), "breaks", &n);

	for (int i = 1; i < n; i++)
	{
		if (bound[i] <= bound[i - 1])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("breaks do not rise: %g is followed by %g", bound[i - 1], bound[i])));
	}
	for (int i = 0; i < n; i++)
	{
		if (value <= bound[i])
			PG_RETURN_INT32(i + 1);
	}
	PG_RETURN_NULL();
}
