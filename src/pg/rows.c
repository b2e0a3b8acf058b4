/*
 * rows.c - rows of a relation, read as the caller may
 *
 * Rows are looked at as the executor hands them out; nothing is collected.
 */
#include "postgres.h"

#include "pg/rows.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "nodes/params.h"
#include "tcop/dest.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

/* ---- the query ---- */

static const char *
require_rows(Oid relation, const char *argument)
{
	char		kind = get_rel_relkind(relation);
	const char *name;

	if (kind == '\0')
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation %s with OID %u does not exist", argument, relation)));
	name = DatumGetCString(DirectFunctionCall1(regclassout, ObjectIdGetDatum(relation)));
	if (strchr("rpvmf", kind) == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("%s is not a table or view", name)));
	return name;
}

static bool
has_kind(Oid type, IlColumnKind kind)
{
	char		category;
	bool		preferred;

	if (kind == IL_COLUMN_TEXT)
		return true;
	if (kind == IL_COLUMN_KEY)
		return type == INT2OID || type == INT4OID || type == INT8OID;
	get_type_category_preferred(type, &category, &preferred);
	return type == BOOLOID || category == TYPCATEGORY_NUMERIC;
}

static void
add_column(StringInfo query, Oid relation, const char *relation_name, const IlColumn *column)
{
	AttrNumber	number = get_attnum(relation, column->name);
	const char *name = quote_identifier(column->name);
	Oid			type;

	if (number <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("%s has no column \"%s\"", relation_name, column->name),
				 errhint("Name one of its columns with %s.", column->argument)));
	type = getBaseType(get_atttype(relation, number));
	if (!has_kind(type, column->kind))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" of %s is of type %s", column->name, relation_name,
						format_type_be(get_atttype(relation, number))),
				 column->kind == IL_COLUMN_KEY ?
				 errdetail("Argument %s names a column of whole numbers.", column->argument) :
				 errdetail("Argument %s names a column of numbers.", column->argument)));
	if (column->kind == IL_COLUMN_KEY)
		appendStringInfo(query, "t.%s::pg_catalog.int8", name);
	else if (column->kind == IL_COLUMN_TEXT)
		appendStringInfo(query, "t.%s::pg_catalog.text", name);
	else if (type == BOOLOID)
		appendStringInfo(query, "t.%s::pg_catalog.int4::pg_catalog.float8", name);
	else
		appendStringInfo(query, "t.%s::pg_catalog.float8", name);
}

char *
il_rows_query(Oid relation, const char *argument, const IlColumn *column, int n,
			  const char **name)
{
	StringInfoData query;

	*name = require_rows(relation, argument);
	initStringInfo(&query);
	for (int i = 0; i < n; i++)
	{
		appendStringInfoString(&query, i == 0 ? "SELECT " : ", ");
		add_column(&query, relation, *name, &column[i]);
	}
	appendStringInfo(&query, " FROM %s t",
					 quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)),
												get_rel_name(relation)));
	return query.data;
}

/* ---- reading ---- */

typedef struct Pass
{
	DestReceiver receiver;		/* first: the executor sees this */
	IlRowSink	sink;
	void	   *arg;
	MemoryContext row;
} Pass;

static bool
take_row(TupleTableSlot *slot, DestReceiver *receiver)
{
	Pass	   *pass = (Pass *) receiver;
	MemoryContext former = MemoryContextSwitchTo(pass->row);

	slot_getallattrs(slot);
	pass->sink(pass->arg, slot);
	MemoryContextSwitchTo(former);
	MemoryContextReset(pass->row);
	return true;
}

static void
start_up(DestReceiver *receiver, int operation, TupleDesc desc)
{
	(void) receiver;
	(void) operation;
	(void) desc;
}

static void
do_nothing(DestReceiver *receiver)
{
	(void) receiver;
}

void
il_rows_read(const char *query, const char *parameter, IlRowSink sink, void *arg)
{
	Pass		pass = {
		.receiver = {take_row, start_up, do_nothing, do_nothing, DestNone},
		.sink = sink, .arg = arg
	};
	SPIExecuteOptions options = {.read_only = true, .dest = &pass.receiver};
	Oid			type = TEXTOID;
	SPIPlanPtr	plan;

	pass.row = AllocSetContextCreate(CurrentMemoryContext, "row", ALLOCSET_DEFAULT_SIZES);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	if (parameter != NULL)
	{
		options.params = makeParamList(1);
		options.params->params[0] = (ParamExternData) {
			.value = CStringGetTextDatum(parameter), .isnull = false,
			.pflags = PARAM_FLAG_CONST, .ptype = type
		};
	}
	plan = SPI_prepare(query, parameter == NULL ? 0 : 1, &type);
	if (plan == NULL)
		elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
	if (SPI_execute_plan_extended(plan, &options) < 0)
		elog(ERROR, "reading failed: %s", query);
	SPI_finish();
	MemoryContextDelete(pass.row);
}
