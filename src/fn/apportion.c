/*
 * apportion.c - whole units to shares in proportion to weights
 */
#include "postgres.h"

#include "pg/export.h"

#include "core/apportion.h"
#include "pg/interrupt.h"
#include "pg/number.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

IL_FUNCTION(il_largest_remainder);

/* sound numbers of an array without dimensions or with one */
static double *
get_weights(ArrayType *array, int *n)
{
	double	   *weight = (double *) ARR_DATA_PTR(array);

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("weights has %d dimensions", ARR_NDIM(array)),
				 errhint("Give an array of one dimension.")));
	if (array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("a weight is null"),
				 errhint("What has no known weight cannot be given a share.")));
	*n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	for (int i = 0; i < *n; i++)
		il_check_not_negative(weight[i], "weight");
	return weight;
}

Datum
il_largest_remainder(PG_FUNCTION_ARGS)
{
	int64		units = PG_GETARG_INT64(0);
	int			n;
	double	   *weight = get_weights(PG_GETARG_ARRAYTYPE_P(1), &n);
	IlAdjustPart *part = palloc(((Size) n + 1) * sizeof(IlAdjustPart));
	Datum	   *share = palloc(((Size) n + 1) * sizeof(Datum));
	IlApportionStatus status;

	if (units < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("units must not be negative: " INT64_FORMAT, units)));
	status = il_apportion(weight, n, units, part, palloc((2 * (Size) n + 1) * sizeof(size_t)),
						  &il_interrupt_poll);
	if (status == IL_APPORTION_OVERFLOW)
		il_raise_out_of_range("units");
	if (status == IL_APPORTION_NOTHING)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("no weight is above 0: nothing is in proportion to them")));
	for (int i = 0; i < n; i++)
		share[i] = Int64GetDatum(part[i].correction);
	PG_RETURN_ARRAYTYPE_P(construct_array(share, n, INT8OID, sizeof(int64), FLOAT8PASSBYVAL,
										  TYPALIGN_DOUBLE));
}
