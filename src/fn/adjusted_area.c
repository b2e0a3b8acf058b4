/*
 * adjusted_area.c - window functions that close parts to a control area
 *
 * The first call in a partition reads all its rows, adjusts them in the order of
 * their keys and keeps the result for the calls that follow.
 */
#include "postgres.h"

#include "pg/export.h"

#include "core/adjust.h"
#include "pg/interrupt.h"
#include "pg/number.h"

#include "catalog/pg_collation.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"
#include "windowapi.h"

IL_FUNCTION(il_adjusted_area);
IL_FUNCTION(il_adjusted_area_detail);

#define UNITS_PER_M2	100.0

enum
{
	ARG_KEY,
	ARG_AREA,
	ARG_CONTROL_AREA,
	ARG_METHOD,
	ARG_TOLERANCE
};

/* units of 0.01 m² */
typedef struct Row
{
	int64		area;			/* adjusted */
	int64		correction;
} Row;

typedef struct Partition
{
	bool		ready;
	bool		unknown;		/* no control area: nothing to close to */
	int64		closure;		/* control - sum */
	int64		largest;		/* correction of largest size */
	Row			row[FLEXIBLE_ARRAY_MEMBER];
} Partition;

typedef struct KeyedRow
{
	Datum		key;
	int64		row;
	int64		area;
} KeyedRow;

typedef struct KeyType
{
	Oid			type;
	int16		length;
	bool		by_value;
	FmgrInfo   *compare;
	Oid			collation;
} KeyType;

/* what a row is called in a message */
static char *
key_text(const KeyType *type, Datum key)
{
	Oid			output;
	bool		is_varlena;

	getTypeOutputInfo(type->type, &output, &is_varlena);
	return OidOutputFunctionCall(output, key);
}

static KeyType
find_key_type(FunctionCallInfo fcinfo)
{
	TypeCacheEntry *entry;
	KeyType		type;

	type.type = get_fn_expr_argtype(fcinfo->flinfo, ARG_KEY);
	entry = lookup_type_cache(type.type, TYPECACHE_CMP_PROC_FINFO);
	if (!OidIsValid(entry->cmp_proc_finfo.fn_oid))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg("key of type %s has no order", format_type_be(type.type))));
	type.length = entry->typlen;
	type.by_value = entry->typbyval;
	type.compare = &entry->cmp_proc_finfo;
	/* ties must not depend on a locale */
	type.collation = OidIsValid(entry->typcollation) ? C_COLLATION_OID : InvalidOid;
	return type;
}

static int
compare_keys(const void *a, const void *b, void *arg)
{
	const KeyType *type = arg;

	CHECK_FOR_INTERRUPTS();
	return DatumGetInt32(FunctionCall2Coll(type->compare, type->collation,
										   ((const KeyedRow *) a)->key,
										   ((const KeyedRow *) b)->key));
}

static Datum
get_argument(WindowObject window, int argument, int64 row, bool *is_null)
{
	bool		is_out;

	return WinGetFuncArgInPartition(window, argument, (int) row, WINDOW_SEEK_HEAD, false,
									is_null, &is_out);
}

static int64
to_units(double area, const char *argument)
{
	il_check_not_negative(area, argument);
	if (area > (double) IL_ADJUST_MAX / UNITS_PER_M2)
		il_raise_out_of_range(argument);
	return (int64) floor(area * UNITS_PER_M2 + 0.5);
}

/* the control area of a row must be that of the first one */
static void
require_same_control(double first, bool first_null, double other, bool other_null)
{
	if (other_null == first_null && (other_null || other == first))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("control_area varies inside a partition: %s and %s",
					first_null ? "null" : psprintf("%.15g", first),
					other_null ? "null" : psprintf("%.15g", other)),
			 errhint("Partition by what the control area belongs to.")));
}

static void
read_row(WindowObject window, const KeyType *type, int64 row, KeyedRow *keyed)
{
	bool		is_null;
	Datum		value = get_argument(window, ARG_KEY, row, &is_null);

	if (is_null)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("key is null"),
				 errhint("Every part needs a key of its own: it decides ties.")));
	keyed->key = datumCopy(value, type->by_value, type->length);
	keyed->row = row;
	value = get_argument(window, ARG_AREA, row, &is_null);
	if (is_null)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("area of key %s is null", key_text(type, keyed->key)),
				 errhint("Parts without area cannot be closed to a control area: "
						 "measure them or leave them out.")));
	keyed->area = to_units(DatumGetFloat8(value), "area");
}

/*
 * All rows in the order of their keys, each key once, and the control area;
 * false if that is unknown.
 */
static bool
read_rows(WindowObject window, KeyType *type, KeyedRow *keyed, int64 n, int64 *control)
{
	bool		first_null;
	double		first = DatumGetFloat8(get_argument(window, ARG_CONTROL_AREA, 0, &first_null));

	for (int64 i = 0; i < n; i++)
	{
		bool		is_null;
		double		other = DatumGetFloat8(get_argument(window, ARG_CONTROL_AREA, i, &is_null));

		CHECK_FOR_INTERRUPTS();
		require_same_control(first, first_null, other, is_null);
		read_row(window, type, i, &keyed[i]);
	}
	qsort_arg(keyed, n, sizeof(KeyedRow), compare_keys, type);
	for (int64 i = 1; i < n; i++)
	{
		if (compare_keys(&keyed[i - 1], &keyed[i], type) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("key %s occurs twice in a partition", key_text(type, keyed[i].key)),
					 errhint("Every part needs a key of its own: it decides ties.")));
	}
	if (!first_null)
		*control = to_units(first, "control_area");
	return !first_null;
}

static IlAdjustMethod
read_method(WindowObject window)
{
	bool		is_null;
	Datum		value = get_argument(window, ARG_METHOD, 0, &is_null);
	char	   *word = is_null ? pstrdup("null") : TextDatumGetCString(value);

	if (strcmp(word, "proportional") == 0)
		return IL_ADJUST_PROPORTIONAL;
	if (strcmp(word, "equal") == 0)
		return IL_ADJUST_EQUAL;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("method \"%s\" is not known", word),
			 errhint("Methods are proportional and equal.")));
	return IL_ADJUST_EQUAL;		/* not reached */
}

static void
require_tolerance(WindowObject window, int64 closure, int64 control)
{
	bool		is_null;
	double		tolerance = DatumGetFloat8(get_argument(window, ARG_TOLERANCE, 0, &is_null));

	if (is_null)
		return;
	il_check_not_negative(tolerance, "tolerance");
	if (fabs((double) closure) > tolerance * (double) control)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("parts miss control_area %.2f by %.2f, more than the tolerance of %g",
						control / UNITS_PER_M2, closure / UNITS_PER_M2, tolerance),
				 errhint("Look for missing, doubled or overlapping parts; "
						 "a larger tolerance can be given as a fraction of control_area.")));
}

static void *
get_room(int64 n, Size size)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, n * size);
}

static void
refuse(IlAdjustStatus status, const KeyType *type, Datum key, const IlAdjustPart *part)
{
	if (status == IL_ADJUST_OVERFLOW)
		il_raise_out_of_range("sum of area");
	if (status == IL_ADJUST_NOTHING)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("all areas are 0: nothing is in proportion to control_area")));
	if (status == IL_ADJUST_NEGATIVE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("area of key %s would become %.2f", key_text(type, key),
						(part->area + part->correction) / UNITS_PER_M2),
				 errhint("The method proportional keeps every area above 0.")));
}

static void
adjust(WindowObject window, KeyType *type, Partition *partition, int64 n)
{
	IlAdjustMethod method = read_method(window);
	KeyedRow   *keyed = get_room(n, sizeof(KeyedRow));
	IlAdjustPart *part = get_room(n, sizeof(IlAdjustPart));
	size_t	   *order = get_room(2 * n, sizeof(size_t));
	IlAdjustStatus status = IL_ADJUST_OVERFLOW;
	int64		control = 0;
	int64		sum;
	size_t		bad = 0;

	partition->unknown = !read_rows(window, type, keyed, n, &control);
	if (partition->unknown)
		return;
	for (int64 i = 0; i < n; i++)
		part[i].area = keyed[i].area;
	if (il_adjust_sum(part, n, &sum))
	{
		partition->closure = control - sum;
		require_tolerance(window, partition->closure, control);
		status = il_adjust(part, n, control, method, order, &il_interrupt_poll, &bad);
	}
	refuse(status, type, keyed[bad].key, &part[bad]);
	for (int64 i = 0; i < n; i++)
	{
		Row		   *row = &partition->row[keyed[i].row];

		row->correction = part[i].correction;
		row->area = part[i].area + part[i].correction;
		if (Abs(row->correction) > Abs(partition->largest))
			partition->largest = row->correction;
	}
}

/* the partition, adjusted */
static Partition *
get_partition(FunctionCallInfo fcinfo)
{
	WindowObject window = PG_WINDOW_OBJECT();
	int64		n = WinGetPartitionRowCount(window);
	Partition  *partition;

	if (n > (int64) ((MaxAllocSize - sizeof(Partition)) / sizeof(Row)))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a partition of " INT64_FORMAT " parts is too large", n)));
	partition = WinGetPartitionLocalMemory(window, offsetof(Partition, row) + n * sizeof(Row));
	if (!partition->ready)
	{
		KeyType		type = find_key_type(fcinfo);
		MemoryContext work = AllocSetContextCreate(CurrentMemoryContext, "adjusted_area",
												   ALLOCSET_DEFAULT_SIZES);
		MemoryContext former = MemoryContextSwitchTo(work);

		adjust(window, &type, partition, n);
		MemoryContextSwitchTo(former);
		MemoryContextDelete(work);
		partition->ready = true;
	}
	return partition;
}

Datum
il_adjusted_area(PG_FUNCTION_ARGS)
{
	Partition  *partition = get_partition(fcinfo);
	int64		at = WinGetCurrentPosition(PG_WINDOW_OBJECT());

	if (partition->unknown)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(partition->row[at].area / UNITS_PER_M2);
}

Datum
il_adjusted_area_detail(PG_FUNCTION_ARGS)
{
	Partition  *partition = get_partition(fcinfo);
	Row		   *row = &partition->row[WinGetCurrentPosition(PG_WINDOW_OBJECT())];
	TupleDesc	desc;
	Datum		value[4];
	bool		null[4] = {false};

	if (partition->unknown)
		PG_RETURN_NULL();
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "adjusted_area_detail must return a row");
	value[0] = Float8GetDatum(row->area / UNITS_PER_M2);
	value[1] = Float8GetDatum(row->correction / UNITS_PER_M2);
	value[2] = Float8GetDatum(partition->largest / UNITS_PER_M2);
	value[3] = Float8GetDatum(partition->closure / UNITS_PER_M2);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), value, null)));
}
