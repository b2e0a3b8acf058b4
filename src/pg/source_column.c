/*
 * source_column.c - which columns of a relation are its key and its geometry
 *
 * The usual key is the one column of the primary key, else the column id.  The
 * usual geometry is the only column of that type, else the one called geom.
 */
#include "postgres.h"

#include "pg/source.h"

#include "pg/geometry.h"

#include "access/htup_details.h"
#include "access/relation.h"
#include "catalog/index.h"
#include "catalog/pg_class.h"
#include "catalog/pg_index.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "parser/parse_coerce.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/relcache.h"
#include "utils/syscache.h"

#define STRATUM_COLUMN	"stratum"
#define USUAL_STRATUM	"surface"

/* ---- unique columns ---- */

static bool
index_is_on(Oid index, AttrNumber column)
{
	HeapTuple	row = SearchSysCache1(INDEXRELID, ObjectIdGetDatum(index));
	Form_pg_index form;
	bool		is_on;

	if (!HeapTupleIsValid(row))
		return false;
	form = (Form_pg_index) GETSTRUCT(row);
	is_on = form->indisunique && form->indisvalid && form->indimmediate && form->indislive &&
		form->indnkeyatts == 1 && form->indkey.values[0] == column &&
		heap_attisnull(row, Anum_pg_index_indpred, NULL);
	ReleaseSysCache(row);
	return is_on;
}

/* whether a unique index or the primary key says that no value of the column comes twice */
static bool
is_unique(Oid relation, AttrNumber column)
{
	char		kind = get_rel_relkind(relation);
	bool		unique = false;
	Relation	rel;
	List	   *indexes;
	ListCell   *cell;

	if (kind != RELKIND_RELATION && kind != RELKIND_MATVIEW && kind != RELKIND_PARTITIONED_TABLE)
		return false;
	/* an index says nothing of what tables inherit */
	if (kind == RELKIND_RELATION && has_subclass(relation))
		return false;
	rel = relation_open(relation, AccessShareLock);
	indexes = RelationGetIndexList(rel);
	foreach(cell, indexes)
		unique = unique || index_is_on(lfirst_oid(cell), column);
	list_free(indexes);
	relation_close(rel, NoLock);
	return unique;
}

/* ---- columns ---- */

static AttrNumber
require_column(Oid relation, const char *relation_name, const char *name)
{
	AttrNumber	column = get_attnum(relation, name);

	if (column <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("%s has no column \"%s\"", relation_name, name)));
	return column;
}

static AttrNumber
find_primary_key(Oid relation)
{
	Oid			index;
	HeapTuple	row;
	AttrNumber	column = InvalidAttrNumber;
	Relation	rel = relation_open(relation, AccessShareLock);

	index = rel->rd_rel->relhasindex ? RelationGetPrimaryKeyIndex(rel) : InvalidOid;
	relation_close(rel, NoLock);
	row = OidIsValid(index) ? SearchSysCache1(INDEXRELID, ObjectIdGetDatum(index)) : NULL;
	if (HeapTupleIsValid(row))
	{
		Form_pg_index form = (Form_pg_index) GETSTRUCT(row);

		if (form->indnkeyatts == 1)
			column = form->indkey.values[0];
		ReleaseSysCache(row);
	}
	return column;
}

static AttrNumber
find_key(Oid relation, const char *relation_name, const char *argument, const char *name)
{
	AttrNumber	column;

	if (name != NULL)
		return require_column(relation, relation_name, name);
	column = find_primary_key(relation);
	if (column == InvalidAttrNumber)
		column = get_attnum(relation, "id");
	if (column <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("%s has no primary key of one column and no column \"id\"", relation_name),
				 errhint("Name its key column with %s_key.", argument)));
	return column;
}

/* the only column of type geometry, else the one called geom */
static AttrNumber
guess_geometry(Oid relation, const char *relation_name, const char *argument)
{
	Oid			type = il_geometry_type();
	Relation	rel = relation_open(relation, AccessShareLock);
	TupleDesc	desc = RelationGetDescr(rel);
	AttrNumber	column = InvalidAttrNumber;
	int			n = 0;

	for (int i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute attribute = TupleDescAttr(desc, i);

		if (attribute->attisdropped || getBaseType(attribute->atttypid) != type)
			continue;
		n++;
		if (n == 1 || strcmp(NameStr(attribute->attname), "geom") == 0)
			column = attribute->attnum;
	}
	relation_close(rel, NoLock);
	if (n == 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("%s has no column of type geometry", relation_name)));
	if (n > 1 && strcmp(get_attname(relation, column, false), "geom") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("%s has %d columns of type geometry, none called geom", relation_name, n),
				 errhint("Name one with %s_geometry.", argument)));
	return column;
}

AttrNumber
il_source_find_geometry(const IlSource *source)
{
	AttrNumber	column;
	Oid			type;

	if (source->geometry == NULL)
		return guess_geometry(source->relation, source->name, source->argument);
	column = require_column(source->relation, source->name, source->geometry);
	type = get_atttype(source->relation, column);
	if (getBaseType(type) != il_geometry_type())
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" of %s is of type %s, not geometry", source->geometry,
						source->name, format_type_be(type))));
	return column;
}

/* ---- the query ---- */

static void
require_key_type(const IlSource *source, AttrNumber column)
{
	Oid			type = getBaseType(get_atttype(source->relation, column));

	if (source->key_type == INT8OID && (type == INT2OID || type == INT4OID))
		return;
	if (!IsBinaryCoercible(type, source->key_type))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("key column \"%s\" of %s is of type %s, not %s",
						get_attname(source->relation, column, false), source->name,
						format_type_be(type), format_type_be(source->key_type)),
				 errhint("Keys of another type are read with key_type, for example "
						 "key_type => NULL::%s.", format_type_be(type))));
}

void
il_source_require_rows(IlSource *source)
{
	char		kind = get_rel_relkind(source->relation);

	if (kind == '\0')
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation %s with OID %u does not exist", source->argument,
						source->relation)));
	source->name = DatumGetCString(DirectFunctionCall1(regclassout,
													   ObjectIdGetDatum(source->relation)));
	if (strchr("rpvmf", kind) == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("%s is not a table or view", source->name)));
}

/* a column of numbers as double precision */
static void
add_value(const IlSource *source, StringInfo query)
{
	AttrNumber	column = require_column(source->relation, source->name, source->value);
	Oid			type = getBaseType(get_atttype(source->relation, column));

	if (type != INT2OID && type != INT4OID && type != INT8OID && type != NUMERICOID &&
		type != FLOAT4OID && type != FLOAT8OID)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" of %s is of type %s, not a number", source->value,
						source->name, format_type_be(type))));
	appendStringInfo(query, ", t.%s::pg_catalog.float8", quote_identifier(source->value));
}

static void
write_query(IlSource *source, AttrNumber key, AttrNumber geometry)
{
	Oid			relation = source->relation;
	StringInfoData query;

	initStringInfo(&query);
	appendStringInfo(&query, "SELECT t.%s::%s, t.%s",
					 quote_identifier(get_attname(relation, key, false)),
					 format_type_be_qualified(source->key_type),
					 quote_identifier(get_attname(relation, geometry, false)));
	if (source->value != NULL)
		add_value(source, &query);
	appendStringInfo(&query, " FROM %s t",
					 quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)),
												get_rel_name(relation)));
	source->has_stratum = source->stratum != NULL &&
		get_attnum(relation, STRATUM_COLUMN) > 0;
	if (source->has_stratum)
		appendStringInfoString(&query, " WHERE COALESCE(t." STRATUM_COLUMN "::pg_catalog.text, '"
							   USUAL_STRATUM "') OPERATOR(pg_catalog.=) $1");
	source->query = query.data;
}

void
il_source_open(IlSource *source)
{
	AttrNumber	key;
	AttrNumber	geometry;

	il_source_require_rows(source);
	key = find_key(source->relation, source->name, source->argument, source->key);
	geometry = il_source_find_geometry(source);
	require_key_type(source, key);
	source->column = psprintf("%s.%s", source->name,
							  quote_identifier(get_attname(source->relation, geometry, false)));
	source->unique = is_unique(source->relation, key);
	source->srid = 0;
	source->n_row = 0;
	write_query(source, key, geometry);
}
