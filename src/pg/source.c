/*
 * source.c - polygons or points with their keys, read from a relation as the caller may
 *
 * Polygons are looked at as their rows come, nothing is collected.
 */
#include "postgres.h"

#include "pg/source.h"

#include "bridge/geos.h"
#include "core/ewkb.h"
#include "pg/crs.h"
#include "pg/geometry.h"
#include "pg/interrupt.h"
#include "pg/memory.h"
#include "pg/problem.h"
#include "pg/progress.h"
#include "pg/rows.h"

#include <math.h>

#include "access/detoast.h"
#include "access/htup_details.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/value.h"
#include "parser/parse_func.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/syscache.h"
#include "utils/tuplesort.h"
#include "utils/typcache.h"

/* a pass over a source */
typedef struct Pass
{
	IlSource   *source;
	IlShapeSink sink;
	void	   *arg;
	int16		key_length;
	bool		key_by_value;
	Tuplesortstate *keys;		/* NULL: unique as it is */
	MemoryContext context;
	IlShape    *shape;
	Size		shape_room;
	void	   *scratch;
	Size		scratch_room;
	double		value;			/* of the row */
	FmgrInfo	x;				/* of a point */
	FmgrInfo	y;
	char	   *progress;
	bool		has_srid;		/* of the source, known */
} Pass;

const char *const il_on_invalid_words[] = {"error", "skip", "repair", NULL};

/* ---- what two relations must have in common ---- */

void
il_source_require_stratum(const IlSource *a, const IlSource *b)
{
	const char *stratum = a->stratum;

	if (stratum == NULL)
		return;
	if (strcmp(stratum, "surface") != 0 && strcmp(stratum, "above") != 0 &&
		strcmp(stratum, "below") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("stratum is \"%s\"", stratum),
				 errhint("Give surface, above or below.")));
	if (a->has_stratum || (b != NULL && b->has_stratum))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_COLUMN),
			 b == NULL ? errmsg("%s has no column \"stratum\"", a->name) :
			 errmsg("neither %s nor %s has a column \"stratum\"", a->name, b->name)));
}

void
il_source_require_one_system(const IlSource *a, const IlSource *b)
{
	if (a->srid == b->srid || a->srid == 0 || b->srid == 0)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s has SRID %d, %s has SRID %d", a->name, a->srid, b->name, b->srid),
			 errhint("Transform the geometries to one system.")));
}

double
il_source_area_factor(const IlSource *source)
{
	double		unit;

	if (source->srid == 0)
		return 0;
	unit = il_crs_require_plane(source->srid, source->column)->unit_factor;
	return unit * unit;
}

Datum
il_source_key(const IlShape *shape, bool by_value)
{
	void	   *key = il_shape_key(shape);

	return by_value ? *(Datum *) key : PointerGetDatum(key);
}

/* ---- keys ---- */

static char *
key_text(const Pass *pass, Datum key)
{
	Oid			output;
	bool		is_varlena;

	getTypeOutputInfo(pass->source->key_type, &output, &is_varlena);
	return OidOutputFunctionCall(output, key);
}

/* "row 17 of parcel" */
static char *
row_name(const Pass *pass, Datum key)
{
	return psprintf("row %s of %s", key_text(pass, key), pass->source->name);
}

static void
begin_keys(Pass *pass)
{
	Oid			type = pass->source->key_type;
	Oid			collation = InvalidOid;
	TypeCacheEntry *entry = lookup_type_cache(type, TYPECACHE_LT_OPR);

	if (!OidIsValid(entry->lt_opr))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg("keys of type %s have no order", format_type_be(type))));
	if (OidIsValid(entry->typcollation))
		collation = C_COLLATION_OID;
	pass->keys = tuplesort_begin_datum(type, entry->lt_opr, collation, false, work_mem, NULL,
									   TUPLESORT_NONE);
}

static void
refuse_repeated(Pass *pass)
{
	Datum		last = (Datum) 0;
	Datum		key;
	bool		null;
	bool		first = true;

	if (pass->keys == NULL)
		return;
	tuplesort_performsort(pass->keys);
	while (tuplesort_getdatum(pass->keys, true, &key, &null, NULL))
	{
		CHECK_FOR_INTERRUPTS();
		if (!first && datum_image_eq(last, key, pass->key_by_value, pass->key_length))
			ereport(ERROR,
					(errcode(ERRCODE_UNIQUE_VIOLATION),
					 errmsg("key %s comes more than once in %s", key_text(pass, key),
							pass->source->name)));
		if (!first && !pass->key_by_value)
			pfree(DatumGetPointer(last));
		last = key;
		first = false;
	}
	tuplesort_end(pass->keys);
}

/* ---- polygons ---- */

static void
pack(Pass *pass, const IlRingList *list, Datum key)
{
	const void *bytes = pass->key_by_value ? (const void *) &key : DatumGetPointer(key);
	Size		size = pass->key_by_value ? sizeof(Datum) :
		datumGetSize(key, false, pass->key_length);

	il_need_room(pass->context, (void **) &pass->shape, &pass->shape_room,
				 il_shape_size(list, size));
	il_shape_pack(pass->shape, list, bytes, size);
}

static bool
is_plain(Pass *pass)
{
	il_need_room(pass->context, &pass->scratch, &pass->scratch_room,
				 il_polygon_plain_room(&pass->shape->polygon));
	return il_polygon_is_plain(&pass->shape->polygon, pass->scratch, &il_interrupt_poll);
}

static void
require_srid(Pass *pass, int32 srid, Datum key)
{
	IlSource   *source = pass->source;

	if (pass->has_srid && source->srid == srid)
		return;
	if (!pass->has_srid)
	{
		if (!source->any_system)
			il_crs_require_plane(srid, source->column);
	}
	else
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s has SRID %d, rows before it have SRID %d", row_name(pass, key),
						srid, source->srid),
				 errhint("Transform the geometries to one system.")));
	source->srid = srid;
	pass->has_srid = true;
}

static int
error_code(const IlRingList *list)
{
	IlGeometryKind kind = il_geometry_kind(list->type);

	if (kind == IL_KIND_CURVE || kind == IL_KIND_SURFACE)
		return ERRCODE_FEATURE_NOT_SUPPORTED;
	if (kind == IL_KIND_POLYGON && il_ring_list_flaw(list).kind == IL_FLAW_NOT_FINITE)
		return ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
	return ERRCODE_INVALID_PARAMETER_VALUE;
}

static void
refuse(const Pass *pass, const IlGeometry *geometry, const char *problem, Datum key)
{
	bool		can_repair = pass->source->on_invalid == IL_INVALID_ERROR &&
		strncmp(problem, "invalid", strlen("invalid")) == 0;

	ereport(ERROR,
			(errcode(error_code(&geometry->list)),
			 errmsg("%s is not a sound polygon: %s", row_name(pass, key), problem),
			 can_repair ? errhint("Repair it, or pass on_invalid => 'repair' or 'skip'.") :
			 errhint("Mend it, or pass on_invalid => 'skip'.")));
}

/* the bytes that GEOS gave, as ours */
static unsigned char *
take_binary(unsigned char *binary, size_t size)
{
	unsigned char *copy = palloc_extended(size, MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM);

	if (copy != NULL)
		memcpy(copy, binary, size);
	il_geos_free(binary);
	if (copy == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("out of memory")));
	return copy;
}

/* replaces the shape; false if nothing is left of it */
static bool
repair(Pass *pass, const IlGeometry *geometry, const char *problem, Datum key)
{
	IlRingList	list = {0};
	unsigned char *binary;
	size_t		size;

	if (il_ring_list_flaw(&geometry->list).kind != IL_FLAW_NONE)
		refuse(pass, geometry, problem, key);
	if (il_geos_repair(&geometry->list, &binary, &size) != IL_GEOS_OK)
	{
		CHECK_FOR_INTERRUPTS();
		refuse(pass, geometry, problem, key);
	}
	binary = take_binary(binary, size);
	il_ewkb_read(binary, size, &list);
	list.ring = palloc_extended((list.n_ring + 1) * sizeof(IlRing), MCXT_ALLOC_HUGE);
	list.capacity = list.n_ring + 1;
	if (il_ewkb_read(binary, size, &list) != IL_READ_OK)
		elog(ERROR, "repaired polygon is not well-known binary");
	list.srid = geometry->list.srid;
	pack(pass, &list, key);
	ereport(NOTICE,
			(errmsg("%s is repaired: %s", row_name(pass, key), problem)));
	return list.n_ring > 0;
}

/* a shape that is not plain, or no polygon: whether it is to be kept */
static bool
settle(Pass *pass, const IlGeometry *geometry, Datum key)
{
	char	   *problem = il_problem_of(&geometry->list);

	if (problem == NULL)
		return true;
	if (pass->source->on_invalid == IL_INVALID_SKIP)
	{
		ereport(NOTICE,
				(errmsg("%s is skipped: %s", row_name(pass, key), problem)));
		return false;
	}
	if (pass->source->on_invalid == IL_INVALID_ERROR ||
		il_geometry_kind(geometry->list.type) != IL_KIND_POLYGON)
		refuse(pass, geometry, problem, key);
	return repair(pass, geometry, problem, key);
}

static void
take_polygon(Pass *pass, Datum key, Datum value)
{
	IlGeometry	geometry;
	const IlRingList *list = &geometry.list;
	bool		keep;

	il_geometry_read(value, &geometry);
	if (il_geometry_kind(list->type) == IL_KIND_POLYGON)
	{
		if (list->n_ring == 0)
			return;
		require_srid(pass, list->srid, key);
		pack(pass, list, key);
		/* a coordinate that is not finite leaves no finite area */
		keep = isfinite(pass->shape->polygon.area) && is_plain(pass);
		if (!keep)
			keep = settle(pass, &geometry, key);
	}
	else
		keep = settle(pass, &geometry, key);
	if (!keep)
		return;
	pass->shape->number = pass->source->n_row;
	pass->shape->value = pass->value;
	pass->sink(pass->arg, pass->shape);
}

/* ---- points ---- */

/* a row that has a geometry without being a point */
static bool
settle_point(Pass *pass, const char *problem, int code, Datum key)
{
	if (pass->source->on_invalid != IL_INVALID_SKIP)
		ereport(ERROR,
				(errcode(code),
				 errmsg("%s is not a sound point: %s", row_name(pass, key), problem),
				 errhint("Mend it, or pass on_invalid => 'skip'.")));
	ereport(NOTICE,
			(errmsg("%s is skipped: %s", row_name(pass, key), problem)));
	return false;
}

/* PostGIS's function of one geometry */
static void
find_function(const char *name, FmgrInfo *function, MemoryContext context)
{
	Oid			type = il_geometry_type();
	HeapTuple	row = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
	List	   *path;

	if (!HeapTupleIsValid(row))
		elog(ERROR, "type %u does not exist", type);
	path = list_make2(makeString(get_namespace_name(((Form_pg_type) GETSTRUCT(row))->typnamespace)),
					  makeString(pstrdup(name)));
	ReleaseSysCache(row);
	fmgr_info_cxt(LookupFuncName(path, 1, &type, false), function, context);
}

/* an ordinate; false for an empty point */
static bool
get_ordinate(FmgrInfo *function, Datum value, double *ordinate)
{
	LOCAL_FCINFO(call, 1);
	Datum		result;

	InitFunctionCallInfoData(*call, function, 1, InvalidOid, NULL, NULL);
	call->args[0].value = value;
	call->args[0].isnull = false;
	result = FunctionCallInvoke(call);
	if (call->isnull)
		return false;
	*ordinate = DatumGetFloat8(result);
	return true;
}

/* false: it has no place; *srid is that of a point that has one */
static bool
read_point(Pass *pass, Datum key, Datum value, IlPoint *point, int32 *srid)
{
	IlGeometry	geometry;

	il_geometry_read(value, &geometry);
	if (geometry.list.type != IL_TYPE_POINT)
		return settle_point(pass, psprintf("it is a %s", il_geometry_type_name(geometry.list.type)),
							ERRCODE_INVALID_PARAMETER_VALUE, key);
	if (!get_ordinate(&pass->x, value, &point->x) || !get_ordinate(&pass->y, value, &point->y))
		return false;
	if (!isfinite(point->x) || !isfinite(point->y))
		return settle_point(pass, "a coordinate is not finite",
							ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, key);
	*srid = geometry.list.srid;
	return true;
}

static void
take_point(Pass *pass, Datum key, Datum value, bool null)
{
	IlPoint		point = {0};
	IlRing		ring = {.point = (unsigned char *) &point, .n_point = 1, .stride = sizeof(point)};
	IlRingList	list = {.ring = &ring, .type = IL_TYPE_POINT};
	int32		srid = 0;
	bool		has_place = !null && read_point(pass, key, value, &point, &srid);

	if (has_place)
		require_srid(pass, srid, key);
	list.n_ring = has_place ? 1 : 0;
	pack(pass, &list, key);
	pass->shape->number = pass->source->n_row;
	if (has_place)
		pass->shape->polygon.box = (IlBox) {
			nextafter(point.x, -INFINITY), nextafter(point.y, -INFINITY),
			nextafter(point.x, INFINITY), nextafter(point.y, INFINITY)
		};
	pass->sink(pass->arg, pass->shape);
}

/* ---- rows ---- */

static double
get_value(const Pass *pass, const TupleTableSlot *slot, Datum key)
{
	double		value;

	if (pass->source->value == NULL || slot->tts_isnull[2])
		return NAN;
	value = DatumGetFloat8(slot->tts_values[2]);
	if (!isfinite(value) || value < 0)
		ereport(ERROR,
				(errcode(value < 0 && isfinite(value) ? ERRCODE_INVALID_PARAMETER_VALUE :
						 ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s of %s must be a finite number, 0 or more: %g",
						pass->source->value, row_name(pass, key), value)));
	return value;
}

static void
take_row(void *arg, TupleTableSlot *slot)
{
	Pass	   *pass = arg;
	Datum		key;

	if (slot->tts_isnull[0])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a key of %s is null", pass->source->name)));
	key = slot->tts_values[0];
	if (pass->key_length == -1)
		key = PointerGetDatum(PG_DETOAST_DATUM_PACKED(key));
	if (pass->keys != NULL)
		tuplesort_putdatum(pass->keys, key, false);
	pass->value = get_value(pass, slot, key);
	if (pass->source->points)
		take_point(pass, key, slot->tts_values[1], slot->tts_isnull[1]);
	else if (!slot->tts_isnull[1])
		take_polygon(pass, key, slot->tts_values[1]);
	il_progress_show(pass->progress, ++pass->source->n_row, 0);
}

void
il_source_read(IlSource *source, IlShapeSink sink, void *arg)
{
	Pass		pass = {.source = source, .sink = sink, .arg = arg};

	get_typlenbyval(source->key_type, &pass.key_length, &pass.key_by_value);
	pass.context = AllocSetContextCreate(CurrentMemoryContext, "polygon source",
										 ALLOCSET_DEFAULT_SIZES);
	pass.progress = psprintf("%s, reading %s", source->work == NULL ? "overlap" : source->work,
							 source->argument);
	if (source->points)
	{
		find_function("st_x", &pass.x, pass.context);
		find_function("st_y", &pass.y, pass.context);
	}
	if (!source->unique)
		begin_keys(&pass);
	il_rows_read(source->query, source->has_stratum ? source->stratum : NULL, take_row, &pass);
	refuse_repeated(&pass);
	MemoryContextDelete(pass.context);
}
