/*
 * facts.c - the facts of a ruleset in the columns of a row
 */
#include "postgres.h"

#include "pg/facts.h"

#include "pg/criterion.h"
#include "pg/fact_text.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/numeric.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

#include "common/shortest_dec.h"

#include <math.h>

/* A row, or a composite column of it. */
typedef struct Row
{
	Oid			type;			/* of the tuples that fit the description below */
	int32		typmod;
	uint64		identifier;		/* of that description, 0: none yet */
	TupleDesc	desc;
	Datum	   *value;
	bool	   *null;
	/* of a composite column */
	MemoryContext context;		/* of its description, which may change from row to row */
	int			column;			/* in the row, from 0 */
	bool		is_record;		/* of no named type */
} Row;

typedef enum Source
{
	SOURCE_NONE,				/* no such column: unknown */
	SOURCE_SMALL,
	SOURCE_INTEGER,
	SOURCE_BIGINT,
	SOURCE_REAL,
	SOURCE_DOUBLE,
	SOURCE_NUMERIC,
	SOURCE_TEXT,
	SOURCE_PADDED_TEXT,
	SOURCE_NAME,
	SOURCE_ENUM,
	SOURCE_BOOLEAN,
	SOURCE_DATE,
	SOURCE_TIMESTAMP,
	SOURCE_TEXTS,				/* an array of codes */
	SOURCE_SERIES
} Source;

typedef struct Place
{
	int			part;			/* -1: the row, else a composite column */
	int			column;
} Place;

typedef struct FactPlace
{
	Source		source;
	Source		element;		/* of a series */
	Place		at;
	Place		years;			/* of a series */
} FactPlace;

struct IlFactMap
{
	MemoryContext context;
	MemoryContext plan;			/* what depends on the type of the row */
	const IlRuleset *ruleset;
	Row			row;
	Row		   *part;
	int			part_count;
	FactPlace  *place;
	uint32	   *placed;			/* slots that have a column */
	uint32		placed_count;
	IlFactValue *fact;
	int			decision;		/* column, or -1 */
	bool	   *decided;
};

#define DECISION_COLUMN	"exemption_decision"

IlFactMap *
il_fact_map_make(MemoryContext context, const IlRuleset *ruleset)
{
	IlFactMap  *map = MemoryContextAllocZero(context, sizeof(IlFactMap));

	map->context = context;
	map->ruleset = ruleset;
	map->place = MemoryContextAllocZero(context,
										sizeof(FactPlace) * (ruleset->fact_count + 1));
	map->placed = MemoryContextAllocZero(context, sizeof(uint32) * (ruleset->fact_count + 1));
	map->fact = MemoryContextAllocZero(context,
									   sizeof(IlFactValue) * (ruleset->fact_count + 1));
	map->decided = MemoryContextAllocZero(context, ruleset->rule_count + 1);
	map->plan = AllocSetContextCreate(context, "columns of facts", ALLOCSET_SMALL_SIZES);
	return map;
}

/* ---- which column holds a fact ---- */

static int
find_column(TupleDesc desc, const char *name, Size length)
{
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute column = TupleDescAttr(desc, i);

		if (!column->attisdropped && strlen(NameStr(column->attname)) == length &&
			memcmp(NameStr(column->attname), name, length) == 0)
			return i;
	}
	return -1;
}

static TupleDesc
place_desc(const IlFactMap *map, Place place)
{
	return place.part < 0 ? map->row.desc : map->part[place.part].desc;
}

static bool
is_composite(Oid type)
{
	return type == RECORDOID || get_typtype(type) == TYPTYPE_COMPOSITE;
}

/* A composite column of this name among the parts; -1 if there is none. */
static int
find_part(const IlFactMap *map, const char *name, Size length)
{
	for (int i = 0; i < map->part_count; i++)
	{
		const char *column = NameStr(TupleDescAttr(map->row.desc, map->part[i].column)->attname);

		if (strlen(column) == length && memcmp(column, name, length) == 0)
			return i;
	}
	return -1;
}

/*
 * Place of a name with a suffix (for series).  contract.x: the field, else -
 * where contract is no composite, or of a type without such a field - the
 * column contract_x.
 */
static bool
find_place(const IlFactMap *map, const char *name, Size length, const char *suffix, Place *place)
{
	const char *point = memchr(name, '.', length);
	char	   *column = palloc(length + strlen(suffix) + 1);
	int			part;

	memcpy(column, name, length);
	strcpy(column + length, suffix);
	if (point != NULL)
	{
		Size		prefix = (Size) (point - name);

		part = find_part(map, name, prefix);
		if (part >= 0 && map->part[part].desc != NULL)
		{
			place->part = part;
			place->column = find_column(map->part[part].desc, column + prefix + 1,
										strlen(column + prefix + 1));
			if (place->column >= 0)
				return true;
		}
		/* the fields of a record are known from values only: no second guess by row */
		if (part >= 0 && map->part[part].is_record)
			return false;
		column[prefix] = '_';
	}
	place->part = -1;
	place->column = find_column(map->row.desc, column, strlen(column));
	return place->column >= 0;
}

static Source
number_source(Oid type)
{
	switch (type)
	{
		case INT2OID:
			return SOURCE_SMALL;
		case INT4OID:
			return SOURCE_INTEGER;
		case INT8OID:
			return SOURCE_BIGINT;
		case FLOAT4OID:
			return SOURCE_REAL;
		case FLOAT8OID:
			return SOURCE_DOUBLE;
		case NUMERICOID:
			return SOURCE_NUMERIC;
		default:
			return SOURCE_NONE;
	}
}

static Source
scalar_source(unsigned fact_type, Oid type)
{
	if (fact_type == IL_TYPE_NUMBER)
		return number_source(type);
	if (fact_type == IL_TYPE_BOOLEAN)
		return type == BOOLOID ? SOURCE_BOOLEAN : SOURCE_NONE;
	if (fact_type == IL_TYPE_DATE)
		return type == DATEOID ? SOURCE_DATE
			: type == TIMESTAMPOID ? SOURCE_TIMESTAMP : SOURCE_NONE;
	switch (type)
	{
		case TEXTOID:
		case VARCHAROID:
			return SOURCE_TEXT;
		case BPCHAROID:
			return SOURCE_PADDED_TEXT;
		case NAMEOID:
			return SOURCE_NAME;
		case TEXTARRAYOID:
			return SOURCE_TEXTS;
		default:
			return type_is_enum(type) ? SOURCE_ENUM : SOURCE_NONE;
	}
}

static void
refuse_type(const IlFactMap *map, const IlFact *fact, Place place, const char *wanted)
{
	Form_pg_attribute column = TupleDescAttr(place_desc(map, place), place.column);
	char		type[64];

	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("column \"%s\" of type %s cannot be the fact \"%s\" of type %s",
					NameStr(column->attname), format_type_be(column->atttypid),
					pnstrdup(il_ruleset_text(map->ruleset, fact->name), fact->name.length),
					il_type_name(fact->type, "", type)),
			 errhint("%s", wanted)));
}

static Oid
column_type(const IlFactMap *map, Place place)
{
	return getBaseType(TupleDescAttr(place_desc(map, place), place.column)->atttypid);
}

static void
place_series(IlFactMap *map, const IlFact *fact, FactPlace *place)
{
	const char *name = il_ruleset_text(map->ruleset, fact->name);

	if (!find_place(map, name, fact->name.length, "_series", &place->at) ||
		!find_place(map, name, fact->name.length, "_years", &place->years))
		return;
	place->element = number_source(get_element_type(column_type(map, place->at)));
	if (place->element == SOURCE_NONE)
		refuse_type(map, fact, place->at, "The values of a series are an array of numbers.");
	if (column_type(map, place->years) != INT4ARRAYOID)
		refuse_type(map, fact, place->years, "The years of a series are of type integer[].");
	place->source = SOURCE_SERIES;
}

static void
place_fact(IlFactMap *map, uint32 slot)
{
	const IlFact *fact = il_ruleset_fact(map->ruleset, slot);
	FactPlace  *place = &map->place[slot];

	place->source = SOURCE_NONE;
	if (!fact->used)
		return;
	if (fact->type == IL_TYPE_SERIES)
	{
		place_series(map, fact, place);
		return;
	}
	if (!find_place(map, il_ruleset_text(map->ruleset, fact->name), fact->name.length, "",
					&place->at))
		return;
	place->source = scalar_source(fact->type, column_type(map, place->at));
	if (place->source == SOURCE_NONE)
		refuse_type(map, fact, place->at,
					column_type(map, place->at) == TIMESTAMPTZOID && fact->type == IL_TYPE_DATE
					? "Say in which time zone: (column AT TIME ZONE 'Asia/Shanghai')::date."
					: "Rename the column or cast it in a subquery.");
}

static void
place_facts(IlFactMap *map)
{
	map->placed_count = 0;
	for (uint32 i = 0; i < map->ruleset->fact_count; i++)
	{
		place_fact(map, i);
		map->fact[i].state = IL_FACT_UNKNOWN;
		map->fact[i].year_count = 0;
		map->fact[i].is_list = false;
		if (map->place[i].source != SOURCE_NONE)
			map->placed[map->placed_count++] = i;
	}
	map->decision = find_column(map->row.desc, DECISION_COLUMN, strlen(DECISION_COLUMN));
	if (map->decision >= 0)
	{
		Oid			type = getBaseType(TupleDescAttr(map->row.desc, map->decision)->atttypid);

		if (type != TEXTARRAYOID && type != VARCHARARRAYOID)
			ereport(ERROR,
					(errcode(ERRCODE_DATATYPE_MISMATCH),
					 errmsg("column \"%s\" is of type %s, not text[]", DECISION_COLUMN,
							format_type_be(type)),
					 errdetail("It lists the codes of exemptions that were granted.")));
	}
}

/* ---- types of rows ---- */

static void
refuse_anonymous(TupleDesc desc)
{
	for (int i = 0; i < desc->natts; i++)
	{
		char		name[16];

		snprintf(name, sizeof(name), "f%d", i + 1);
		if (strcmp(NameStr(TupleDescAttr(desc, i)->attname), name) != 0)
			return;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the row has no column names"),
			 errdetail("Facts are found by the names of columns, which ROW(...) does not have."),
			 errhint("Give a table or subquery by its alias: "
					 "FROM my_parcels p, classify(p, ...).")));
}

/* Takes over the description of a tuple; true when it is another one than before. */
static bool
adopt_type(Row *row, Oid type, int32 typmod)
{
	uint64		identifier;

	if (row->identifier != 0 && row->type == type && row->typmod == typmod &&
		type == RECORDOID)
		return false;			/* a blessed record never changes */
	identifier = assign_record_type_identifier(type, typmod);
	if (identifier == row->identifier)
		return false;
	row->type = type;
	row->typmod = typmod;
	row->identifier = identifier;
	row->desc = NULL;
	return true;
}

static void
describe_row(Row *row, MemoryContext context)
{
	TupleDesc	desc = lookup_rowtype_tupdesc(row->type, row->typmod);
	MemoryContext old = MemoryContextSwitchTo(context);

	row->desc = CreateTupleDescCopy(desc);
	row->value = palloc(sizeof(Datum) * (desc->natts + 1));
	row->null = palloc(sizeof(bool) * (desc->natts + 1));
	MemoryContextSwitchTo(old);
	ReleaseTupleDesc(desc);
}

static void
describe_part(IlFactMap *map, Row *part)
{
	if (part->context == NULL)
		part->context = AllocSetContextCreate(map->plan, "inefficient_land part of a row",
											  ALLOCSET_SMALL_SIZES);
	MemoryContextReset(part->context);
	describe_row(part, part->context);
}

/* Is a composite column the first part of a dotted fact? */
static bool
is_wanted_part(const IlFactMap *map, const char *column)
{
	for (uint32 i = 0; i < map->ruleset->fact_count; i++)
	{
		const IlFact *fact = il_ruleset_fact(map->ruleset, i);
		const char *name = il_ruleset_text(map->ruleset, fact->name);
		Size		length = strlen(column);

		if (fact->used && fact->name.length > length && name[length] == '.' &&
			memcmp(name, column, length) == 0)
			return true;
	}
	return false;
}

static void
plan_row(IlFactMap *map)
{
	TupleDesc	desc;

	MemoryContextReset(map->plan);
	map->part_count = 0;
	describe_row(&map->row, map->plan);
	desc = map->row.desc;
	if (map->row.type == RECORDOID)
		refuse_anonymous(desc);
	map->part = MemoryContextAllocZero(map->plan, sizeof(Row) * (desc->natts + 1));
	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute column = TupleDescAttr(desc, i);
		Row		   *part = &map->part[map->part_count];
		Oid			type;

		if (column->attisdropped || !is_wanted_part(map, NameStr(column->attname)))
			continue;
		type = getBaseType(column->atttypid);
		if (!is_composite(type))
			continue;
		part->column = i;
		part->is_record = type == RECORDOID;
		map->part_count++;
		if (!part->is_record && adopt_type(part, type, -1))
			describe_part(map, part);
	}
	place_facts(map);
}

static void
take_apart(Row *row, HeapTupleHeader header)
{
	HeapTupleData tuple;

	tuple.t_len = HeapTupleHeaderGetDatumLength(header);
	ItemPointerSetInvalid(&tuple.t_self);
	tuple.t_tableOid = InvalidOid;
	tuple.t_data = header;
	heap_deform_tuple(&tuple, row->desc, row->value, row->null);
}

static void
read_part(IlFactMap *map, Row *part)
{
	HeapTupleHeader header;

	if (map->row.null[part->column])
	{
		if (part->desc != NULL)
			memset(part->null, true, part->desc->natts);
		return;
	}
	header = DatumGetHeapTupleHeader(map->row.value[part->column]);
	if (adopt_type(part, HeapTupleHeaderGetTypeId(header),
				   HeapTupleHeaderGetTypMod(header)))
	{
		describe_part(map, part);
		place_facts(map);
	}
	take_apart(part, header);
}

/* ---- values ---- */

static void
refuse_value(const IlFactMap *map, const IlFact *fact, const char *value)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("fact \"%s\" is %s",
					pnstrdup(il_ruleset_text(map->ruleset, fact->name), fact->name.length),
					value),
			 errhint("What is not known is NULL.")));
}

/* A decimal text: as its double where that stands for it, else in full. */
static void
set_decimal(IlFactValue *fact, const char *text, Size length)
{
	IlDecimal	decimal;
	IlReal		real;

	fact->state = IL_FACT_KNOWN;
	if (!il_decimal_scan(text, length, &decimal))
		elog(ERROR, "not a decimal: \"%s\"", text);
	fact->long_decimal = !il_decimal_is_short(&decimal, &fact->number);
	if (!fact->long_decimal)
		return;
	real = il_decimal_approximate(&decimal);
	fact->number = real.value;
	fact->error = real.error;
	fact->text = text;
	fact->length = (uint32) length;
}

static void
set_numeric(const IlFactMap *map, const IlFact *declared, Datum value, IlFactValue *fact)
{
	Numeric		numeric = DatumGetNumeric(value);
	char	   *text;

	if (numeric_is_nan(numeric) || numeric_is_inf(numeric))
		refuse_value(map, declared, numeric_is_nan(numeric) ? "NaN" : "infinite");
	text = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(numeric)));
	set_decimal(fact, text, strlen(text));
}

static void
set_float(const IlFactMap *map, const IlFact *declared, double value, IlFactValue *fact)
{
	if (!isfinite(value))
		refuse_value(map, declared, isnan(value) ? "NaN" : "infinite");
	il_fact_set_number(fact, value);
}

static void
set_number(const IlFactMap *map, const IlFact *declared, Source source, Datum value,
		   IlFactValue *fact)
{
	char		text[32];
	int64		integer;

	switch (source)
	{
		case SOURCE_SMALL:
			il_fact_set_number(fact, DatumGetInt16(value));
			break;
		case SOURCE_INTEGER:
			il_fact_set_number(fact, DatumGetInt32(value));
			break;
		case SOURCE_BIGINT:
			integer = DatumGetInt64(value);
			if (integer > -INT64CONST(1000000000000000) && integer < INT64CONST(1000000000000000))
				il_fact_set_number(fact, (double) integer);
			else
			{
				int			length = pg_lltoa(integer, text);

				set_decimal(fact, pnstrdup(text, (Size) length), (Size) length);
			}
			break;
		case SOURCE_REAL:
			if (!isfinite(DatumGetFloat4(value)))
				refuse_value(map, declared, isnan(DatumGetFloat4(value)) ? "NaN" : "infinite");
			float_to_shortest_decimal_buf(DatumGetFloat4(value), text);
			set_decimal(fact, pstrdup(text), strlen(text));
			break;
		case SOURCE_DOUBLE:
			set_float(map, declared, DatumGetFloat8(value), fact);
			break;
		default:
			set_numeric(map, declared, value, fact);
			break;
	}
}

static void
set_date(const IlFactMap *map, const IlFact *declared, DateADT date, IlFactValue *fact)
{
	if (DATE_NOT_FINITE(date))
		refuse_value(map, declared, "infinite");
	il_fact_set_number(fact, date);
}

static void
set_timestamp(const IlFactMap *map, const IlFact *declared, Datum value, IlFactValue *fact)
{
	if (TIMESTAMP_NOT_FINITE(DatumGetTimestamp(value)))
		refuse_value(map, declared, "infinite");
	il_fact_set_number(fact, DatumGetDateADT(DirectFunctionCall1(timestamp_date, value)));
}

/* ---- series ---- */

static void
refuse_series(const IlFactMap *map, const IlFact *fact, const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("series \"%s\" %s",
					pnstrdup(il_ruleset_text(map->ruleset, fact->name), fact->name.length),
					what),
			 errdetail("Each value needs a year of its own between %d and %d.", IL_YEAR_FIRST,
					   IL_YEAR_LAST)));
}

static void
check_years(const IlFactMap *map, const IlFact *fact, const int32 *year, int count)
{
	for (int i = 0; i < count; i++)
	{
		if (year[i] < IL_YEAR_FIRST || year[i] > IL_YEAR_LAST)
			refuse_series(map, fact, "has a year out of range");
		for (int j = 0; j < i; j++)
		{
			if (year[j] == year[i])
				refuse_series(map, fact, "has a year twice");
		}
	}
}

static bool
is_vector(const ArrayType *array)
{
	return ARR_NDIM(array) <= 1;
}

static void
set_series(const IlFactMap *map, const IlFact *declared, const FactPlace *place, Datum values,
		   Datum years, IlFactValue *fact)
{
	ArrayType  *value_array = DatumGetArrayTypeP(values);
	ArrayType  *year_array = DatumGetArrayTypeP(years);
	Oid			type = ARR_ELEMTYPE(value_array);
	int16		length;
	bool		by_value;
	char		align;
	Datum	   *value;
	bool	   *null;
	int			count;
	IlFactValue *year_value;

	get_typlenbyvalalign(type, &length, &by_value, &align);
	deconstruct_array(value_array, type, length, by_value, align, &value, &null, &count);
	if (!is_vector(value_array) || !is_vector(year_array) || array_contains_nulls(year_array) ||
		ArrayGetNItems(ARR_NDIM(year_array), ARR_DIMS(year_array)) != count)
		refuse_series(map, declared, "does not fit its years");
	check_years(map, declared, (int32 *) ARR_DATA_PTR(year_array), count);
	year_value = palloc0(sizeof(IlFactValue) * (Size) (count + 1));
	for (int i = 0; i < count; i++)
	{
		if (!null[i])
			set_number(map, declared, place->element, value[i], &year_value[i]);
	}
	fact->state = IL_FACT_KNOWN;
	fact->year_count = (uint32) count;
	fact->year = (int32 *) ARR_DATA_PTR(year_array);
	fact->year_value = year_value;
}

/* ---- rows ---- */

static bool
get_value(const IlFactMap *map, Place place, Datum *value)
{
	const Row  *row = place.part < 0 ? &map->row : &map->part[place.part];

	if (row->null[place.column])
		return false;
	*value = row->value[place.column];
	return true;
}

static void
read_fact(const IlFactMap *map, uint32 slot, IlFactValue *fact)
{
	const FactPlace *place = &map->place[slot];
	const IlFact *declared = il_ruleset_fact(map->ruleset, slot);
	Datum		value;
	Datum		years;

	fact->state = IL_FACT_UNKNOWN;
	fact->year_count = 0;
	fact->is_list = false;
	if (!get_value(map, place->at, &value))
	{
		if (declared->complete_list)
			fact->state = IL_FACT_NOT_LISTED;
		return;
	}
	switch (place->source)
	{
		case SOURCE_DOUBLE:
			set_float(map, declared, DatumGetFloat8(value), fact);
			break;
		case SOURCE_INTEGER:
			il_fact_set_number(fact, DatumGetInt32(value));
			break;
		case SOURCE_TEXT:
		case SOURCE_PADDED_TEXT:
			il_fact_set_varlena(fact, value, place->source == SOURCE_PADDED_TEXT);
			break;
		case SOURCE_NAME:
			il_fact_set_text(fact, NameStr(*DatumGetName(value)),
							 strlen(NameStr(*DatumGetName(value))));
			break;
		case SOURCE_ENUM:
			il_fact_set_enum(fact, value);
			break;
		case SOURCE_BOOLEAN:
			il_fact_set_number(fact, DatumGetBool(value));
			break;
		case SOURCE_DATE:
			set_date(map, declared, DatumGetDateADT(value), fact);
			break;
		case SOURCE_TIMESTAMP:
			set_timestamp(map, declared, value, fact);
			break;
		case SOURCE_TEXTS:
			il_fact_set_texts(fact, value);
			break;
		case SOURCE_SERIES:
			if (get_value(map, place->years, &years))
				set_series(map, declared, place, value, years, fact);
			break;
		default:
			set_number(map, declared, place->source, value, fact);
			break;
	}
}

const IlFactValue *
il_fact_map_read(IlFactMap *map, HeapTupleHeader row)
{
	if (adopt_type(&map->row, HeapTupleHeaderGetTypeId(row), HeapTupleHeaderGetTypMod(row)))
		plan_row(map);
	take_apart(&map->row, row);
	for (int i = 0; i < map->part_count; i++)
		read_part(map, &map->part[i]);
	for (uint32 i = 0; i < map->placed_count; i++)
		read_fact(map, map->placed[i], &map->fact[map->placed[i]]);
	return map->fact;
}

const bool *
il_fact_map_decisions(IlFactMap *map)
{
	const IlRuleset *ruleset = map->ruleset;
	Datum	   *code;
	bool	   *null;
	int			count;

	if (map->decision < 0 || map->row.null[map->decision])
		return NULL;
	deconstruct_array(DatumGetArrayTypeP(map->row.value[map->decision]), TEXTOID, -1, false,
					  TYPALIGN_INT, &code, &null, &count);
	memset(map->decided, 0, ruleset->rule_count + 1);
	for (int i = 0; i < count; i++)
	{
		text	   *wanted = null[i] ? NULL : DatumGetTextPP(code[i]);

		for (uint32 j = 0; j < ruleset->rule_count && wanted != NULL; j++)
		{
			const IlRule *rule = il_ruleset_rule(ruleset, j);

			if (rule->code.length == VARSIZE_ANY_EXHDR(wanted) &&
				memcmp(il_ruleset_text(ruleset, rule->code), VARDATA_ANY(wanted),
					   rule->code.length) == 0)
				map->decided[j] = true;
		}
	}
	return map->decided;
}
