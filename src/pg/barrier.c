/*
 * barrier.c - lines that part neighbours, read from a relation as the caller may
 *
 * PostGIS takes the geometries apart, so any type of it will do; the server hands
 * out one row for each point, in order.
 */
#include "postgres.h"

#include "pg/barrier.h"

#include "pg/geometry.h"
#include "pg/progress.h"
#include "pg/rows.h"
#include "pg/source.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#define USUAL_CLASS		"class"

/* columns of the query */
enum
{
	CLASS, SRID, X, Y, FIRST_OF_ROW, FIRST_OF_LINE
};

typedef struct Pass
{
	const IlBarrierSource *source;
	const char *name;
	IlBarrierList *list;
	IlPoint		last;
	uint64		n_point;
} Pass;

int
il_barrier_compare(const text *a, const text *b)
{
	size_t		size_a = VARSIZE_ANY_EXHDR(a);
	size_t		size_b = VARSIZE_ANY_EXHDR(b);
	int			order = memcmp(VARDATA_ANY(a), VARDATA_ANY(b), Min(size_a, size_b));

	return order != 0 ? order : (size_a > size_b) - (size_a < size_b);
}

static void *
extend(IlBarrierList *list, void *block, size_t size)
{
	return block == NULL ? MemoryContextAllocHuge(list->context, size) :
		repalloc_huge(block, size);
}

static void
add_class(IlBarrierList *list, Datum value)
{
	MemoryContext former = MemoryContextSwitchTo(list->context);

	if (list->n_class == list->class_room)
	{
		list->class_room = list->class_room == 0 ? 64 : 2 * list->class_room;
		list->class_name = extend(list, list->class_name, list->class_room * sizeof(text *));
	}
	list->class_name[list->n_class++] = DatumGetTextPCopy(value);
	MemoryContextSwitchTo(former);
}

static void
add_line(IlBarrierList *list, IlPoint p, IlPoint q)
{
	if (list->n == list->room)
	{
		list->room = list->room == 0 ? 1024 : 2 * list->room;
		list->line = extend(list, list->line, list->room * sizeof(IlLine));
		list->box = extend(list, list->box, list->room * sizeof(IlBox));
		list->class_of = extend(list, list->class_of, list->room * sizeof(uint32));
	}
	list->line[list->n] = il_line_make(p, q);
	list->box[list->n] = (IlBox) {Min(p.x, q.x), Min(p.y, q.y), Max(p.x, q.x), Max(p.y, q.y)};
	list->class_of[list->n++] = (uint32) (list->n_class - 1);
}

static void
require_point(const Pass *pass, IlPoint p, int32 srid)
{
	if (!isfinite(p.x) || !isfinite(p.y))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s has a coordinate that is not finite", pass->name)));
	if (srid != pass->source->srid && pass->source->srid != 0 && srid != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s has SRID %d, the parcels have SRID %d", pass->name, srid,
						pass->source->srid),
				 errhint("Transform the geometries to one system.")));
}

static void
take_point(void *arg, TupleTableSlot *slot)
{
	Pass	   *pass = arg;
	IlPoint		p;

	if (slot->tts_isnull[X])
		return;
	if (slot->tts_isnull[CLASS])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a class of %s is null", pass->name)));
	p.x = DatumGetFloat8(slot->tts_values[X]);
	p.y = DatumGetFloat8(slot->tts_values[Y]);
	require_point(pass, p, DatumGetInt32(slot->tts_values[SRID]));
	if (DatumGetBool(slot->tts_values[FIRST_OF_ROW]))
		add_class(pass->list, slot->tts_values[CLASS]);
	if (!DatumGetBool(slot->tts_values[FIRST_OF_LINE]) &&
		(p.x != pass->last.x || p.y != pass->last.y))
		add_line(pass->list, pass->last, p);
	pass->last = p;
	il_progress_show("contiguity, reading barriers", ++pass->n_point, 0);
}

/* PostGIS is named by its schema, so the path does not matter */
static char *
write_query(const IlSource *source, const char *class_column)
{
	const char *relation;
	const char *postgis;
	const char *geometry;
	AttrNumber	column;
	StringInfoData query;

	column = il_source_find_geometry(source);
	geometry = quote_identifier(get_attname(source->relation, column, false));
	relation = quote_qualified_identifier(
		get_namespace_name(get_rel_namespace(source->relation)), get_rel_name(source->relation));
	postgis = quote_identifier(il_geometry_schema());
	initStringInfo(&query);
	appendStringInfo(&query,
					 "SELECT t.%s::pg_catalog.text, %s.ST_SRID(t.%s), %s.ST_X(d.geom), "
					 "%s.ST_Y(d.geom), d.ordinality OPERATOR(pg_catalog.=) 1, "
					 "COALESCE(d.path[pg_catalog.cardinality(d.path)], 1) "
					 "OPERATOR(pg_catalog.=) 1 "
					 "FROM %s t CROSS JOIN LATERAL %s.ST_DumpPoints(t.%s) WITH ORDINALITY d",
					 quote_identifier(class_column), postgis, geometry, postgis, postgis,
					 relation, postgis, geometry);
	return query.data;
}

void
il_barrier_read(const IlBarrierSource *from, IlBarrierList *list)
{
	IlSource	source = {
		.argument = "barriers", .relation = from->relation, .geometry = from->geometry
	};
	Pass		pass = {
		.source = from, .list = list
	};
	const char *class_column = from->class_column == NULL ? USUAL_CLASS : from->class_column;

	il_source_require_rows(&source);
	pass.name = source.name;
	list->context = CurrentMemoryContext;
	if (get_attnum(from->relation, class_column) <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("%s has no column \"%s\"", source.name, class_column),
				 errhint("Name the column of its classes with barriers_class.")));
	il_rows_read(write_query(&source, class_column), NULL, take_point, &pass);
}
