/*
 * publication.c - which cells of a table with margins must not be published
 */
#include "postgres.h"

#include "pg/export.h"

#include "core/withhold.h"
#include "pg/interrupt.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

IL_FUNCTION(il__withheld_cell);

#define SENSITIVE_BELOW 3		/* contributors */
#define MAX_INDEX 1000000

/* The elements of an integer array, not negative, as many as the first array has. */
static const int32 *
read_numbers(FunctionCallInfo fcinfo, int argument, const char *name, int expected)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argument);
	int			n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	const int32 *number = (const int32 *) ARR_DATA_PTR(array);

	if (ARR_ELEMTYPE(array) != INT4OID || ARR_HASNULL(array) || n != expected)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must have %d numbers and no NULL", name, expected)));
	for (int i = 0; i < n; i++)
		if (number[i] < 0 || number[i] > MAX_INDEX)
			if (number[i] < 0 || argument < 2)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("%s must be between 0 and %d, not %d", name,
								MAX_INDEX, number[i])));
	return number;
}

static int
compare_cells(const void *a, const void *b)
{
	const IlCell *x = *(IlCell *const *) a;
	const IlCell *y = *(IlCell *const *) b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return 0;
}

static void
refuse_duplicates(IlCell *cell, int n)
{
	IlCell	  **sorted = palloc(Max(n, 1) * sizeof(IlCell *));

	for (int i = 0; i < n; i++)
		sorted[i] = &cell[i];
	qsort(sorted, n, sizeof(IlCell *), compare_cells);
	for (int i = 1; i < n; i++)
		if (compare_cells(&sorted[i - 1], &sorted[i]) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("cell in row %u and column %u is given twice",
							sorted[i]->row, sorted[i]->column)));
	pfree(sorted);
}

Datum
il__withheld_cell(PG_FUNCTION_ARGS)
{
	ArrayType  *rows = PG_GETARG_ARRAYTYPE_P(0);
	int			n = ArrayGetNItems(ARR_NDIM(rows), ARR_DIMS(rows));
	const int32 *row = read_numbers(fcinfo, 0, "row_index", n);
	const int32 *column = read_numbers(fcinfo, 1, "column_index", n);
	const int32 *contributors = read_numbers(fcinfo, 2, "contributors", n);
	const int32 *sole = read_numbers(fcinfo, 3, "sole_contributor", n);
	IlCell	   *cell = palloc0(Max(n, 1) * sizeof(IlCell));
	Datum	   *result = palloc(Max(n, 1) * sizeof(Datum));
	uint32		n_row = 0;
	uint32		n_column = 0;

	for (int i = 0; i < n; i++)
	{
		cell[i].row = row[i];
		cell[i].column = column[i];
		cell[i].contributors = contributors[i];
		cell[i].sole = sole[i];
		n_row = Max(n_row, cell[i].row + 1);
		n_column = Max(n_column, cell[i].column + 1);
	}
	refuse_duplicates(cell, n);
	il_withhold_cells(cell, n, n_row, n_column, SENSITIVE_BELOW,
					  palloc((n_row + n_column) * sizeof(uint32)), &il_interrupt_poll);
	for (int i = 0; i < n; i++)
		result[i] = BoolGetDatum(cell[i].withheld);
	PG_RETURN_ARRAYTYPE_P(construct_array(result, n, BOOLOID, 1, true, TYPALIGN_CHAR));
}
