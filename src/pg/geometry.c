/*
 * geometry.c - from a Datum of PostGIS's type geometry to a list of rings
 *
 * The only place that knows how a geometry is stored.  The fast way reads the
 * stored form in place.  That form belongs to PostGIS, so once in each session a
 * known MultiPolygon (hole, Z, SRID) is made by the type's own input function and
 * must read the same from its stored form, from what the type's send function
 * makes of it, and from the numbers below.  Otherwise, and for a value whose form
 * is not known, the way goes through the send function (EWKB).
 *
 * The type is found as "geometry" in the schema of the extension postgis, never
 * by search_path.  What was found is forgotten when that type or its send
 * function changes, so the extension may be dropped and created again within a
 * session.
 */
#include "postgres.h"

#include "pg/geometry.h"

#include "core/ewkb.h"
#include "core/stored_form.h"
#include "pg/settings.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "nodes/value.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

typedef enum Trust
{
	TRUST_UNTESTED,
	TRUST_YES,
	TRUST_NO
} Trust;

static struct
{
	bool		found;
	Oid			type;
	uint32		type_hash;
	uint32		send_hash;
	FmgrInfo	send;
	Trust		trust;
	MemoryContext context;		/* of send; lives as long as the session */
} known = {0};

/* ---- the type ---- */

static void
forget_type(Datum arg, int cache, uint32 hash)
{
	(void) arg;
	if (hash == 0 || hash == (cache == TYPEOID ? known.type_hash : known.send_hash))
	{
		known.found = false;
		known.trust = TRUST_UNTESTED;
	}
}

/* schema of the extension postgis */
static Oid
find_schema(void)
{
	Relation	catalog = table_open(ExtensionRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	row;
	Oid			schema = InvalidOid;

	ScanKeyInit(&key, Anum_pg_extension_extname, BTEqualStrategyNumber, F_NAMEEQ,
				CStringGetDatum("postgis"));
	scan = systable_beginscan(catalog, ExtensionNameIndexId, true, NULL, 1, &key);
	row = systable_getnext(scan);
	if (HeapTupleIsValid(row))
		schema = ((Form_pg_extension) GETSTRUCT(row))->extnamespace;
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return schema;
}

static void
find_type(void)
{
	Oid			schema;
	Oid			send;
	bool		is_varlena;

	if (known.context == NULL)
	{
		known.context = AllocSetContextCreate(TopMemoryContext, "inefficient_land geometry",
											   ALLOCSET_SMALL_SIZES);
		CacheRegisterSyscacheCallback(TYPEOID, forget_type, (Datum) 0);
		CacheRegisterSyscacheCallback(PROCOID, forget_type, (Datum) 0);
	}
	schema = find_schema();
	known.type = OidIsValid(schema) ?
		GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid,
						CStringGetDatum("geometry"), ObjectIdGetDatum(schema)) : InvalidOid;
	if (!OidIsValid(known.type))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("type geometry of extension postgis does not exist")));

	getTypeBinaryOutputInfo(known.type, &send, &is_varlena);
	MemoryContextReset(known.context);
	fmgr_info_cxt(send, &known.send, known.context);
	known.type_hash = GetSysCacheHashValue1(TYPEOID, ObjectIdGetDatum(known.type));
	known.send_hash = GetSysCacheHashValue1(PROCOID, ObjectIdGetDatum(send));
	known.trust = TRUST_UNTESTED;
	known.found = true;
}

Oid
il_geometry_type(void)
{
	if (!known.found)
		find_type();
	return known.type;
}

char *
il_geometry_schema(void)
{
	return get_namespace_name(find_schema());
}

Oid
il_geometry_meets_operator(void)
{
	Oid			type = il_geometry_type();
	char	   *schema = get_namespace_name(find_schema());

	if (schema == NULL)
		return InvalidOid;
	return OpernameGetOprid(list_make2(makeString(schema), makeString("&&")), type, type);
}

/* ---- the two ways ---- */

typedef IlReadStatus (*Reader) (const unsigned char *data, size_t size, IlRingList *list);

/* read, and read again with more room if there are more rings than at hand */
static bool
read_rings(Reader reader, const void *data, size_t size, IlGeometry *geometry)
{
	IlRingList *list = &geometry->list;

	list->ring = geometry->at_hand;
	list->capacity = IL_RINGS_AT_HAND;
	if (reader(data, size, list) != IL_READ_OK)
		return false;
	if (list->n_ring > list->capacity)
	{
		list->ring = palloc_extended(list->n_ring * sizeof(IlRing), MCXT_ALLOC_HUGE);
		list->capacity = list->n_ring;
		if (reader(data, size, list) != IL_READ_OK)
			elog(ERROR, "geometry changed while it was read");
	}
	return true;
}

static bool
read_stored_form(Datum value, IlGeometry *geometry)
{
	struct varlena *stored = PG_DETOAST_DATUM_PACKED(value);

	if (!read_rings(il_stored_form_read, VARDATA_ANY(stored), VARSIZE_ANY_EXHDR(stored), geometry))
		return false;
	if (stored != (struct varlena *) DatumGetPointer(value))
		geometry->detoasted = stored;
	return true;
}

static void
read_sent_form(Datum value, IlGeometry *geometry)
{
	if (!known.found)
		find_type();
	geometry->sent = SendFunctionCall(&known.send, value);
	if (!read_rings(il_ewkb_read, VARDATA(geometry->sent), VARSIZE(geometry->sent) - VARHDRSZ,
					geometry))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("geometry is sent in a form that is not extended well-known binary")));
}

/* ---- the self-check ---- */

static char known_text[] =
	"SRID=4548;MULTIPOLYGON Z (((518500 4331600 1,518700 4331600 2,518700 4331750.5 3,"
	"518500 4331600 1),(518650 4331610 4,518690 4331610 5,518690 4331640.25 6,"
	"518650 4331610 4)),((-1 -2 7,3 -2 8,3 5 9,-1 -2 7)))";

static const double known_point[] = {
	518500, 4331600, 1, 518700, 4331600, 2, 518700, 4331750.5, 3, 518500, 4331600, 1,
	518650, 4331610, 4, 518690, 4331610, 5, 518690, 4331640.25, 6, 518650, 4331610, 4,
	-1, -2, 7, 3, -2, 8, 3, 5, 9, -1, -2, 7
};

static bool
reads_known_value(void)
{
	const unsigned char *point = (const unsigned char *) known_point;
	const uint32 stride = 3 * sizeof(double);
	IlRing		ring[] = {
		{point, 4, stride, 0, false},
		{point + 4 * stride, 4, stride, 0, true},
		{point + 8 * stride, 4, stride, 1, false}
	};
	IlRingList	truth = {ring, 3, 3, 2, IL_TYPE_MULTIPOLYGON, 4548, true, false};
	IlGeometry	stored = {0};
	IlGeometry	sent = {0};
	Oid			input;
	Oid			parameter;
	Datum		value;
	bool		same;

	getTypeInputInfo(known.type, &input, &parameter);
	value = OidInputFunctionCall(input, known_text, parameter, -1);
	read_sent_form(value, &sent);
	same = read_stored_form(value, &stored) &&
		il_ring_list_equal(&stored.list, &truth) &&
		il_ring_list_equal(&sent.list, &truth);
	il_geometry_release(&stored);
	il_geometry_release(&sent);
	pfree(DatumGetPointer(value));
	return same;
}

bool
il_geometry_reads_stored_form(void)
{
	if (!il_setting_geometry_fast_path)
		return false;
	if (known.trust == TRUST_UNTESTED)
	{
		bool		same;

		if (!known.found)
			find_type();
		same = reads_known_value();
		known.trust = same ? TRUST_YES : TRUST_NO;
		if (!same)
			elog(DEBUG1, "stored form of geometry is not known, reading through the send function");
	}
	return known.trust == TRUST_YES;
}

/* ---- what others call ---- */

void
il_geometry_read(Datum value, IlGeometry *geometry)
{
	geometry->detoasted = NULL;
	geometry->sent = NULL;
	if (!il_geometry_reads_stored_form() || !read_stored_form(value, geometry))
		read_sent_form(value, geometry);
}

void
il_geometry_release(IlGeometry *geometry)
{
	if (geometry->list.ring != NULL && geometry->list.ring != geometry->at_hand)
		pfree(geometry->list.ring);
	if (geometry->detoasted != NULL)
		pfree(geometry->detoasted);
	if (geometry->sent != NULL)
		pfree(geometry->sent);
	geometry->list.ring = NULL;
	geometry->detoasted = NULL;
	geometry->sent = NULL;
}

void
il_geometry_require_polygon(const IlGeometry *geometry, const char *argument)
{
	uint32		type = geometry->list.type;
	const char *name = il_geometry_type_name(type);

	switch (il_geometry_kind(type))
	{
		case IL_KIND_POLYGON:
			return;
		case IL_KIND_CURVE:
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("%s is a %s, which may hold arcs", argument, name),
					 errhint("Turn arcs into short lines first, "
							 "for example with ST_CurveToLine(%s, 0.001, 1).", argument)));
		case IL_KIND_SURFACE:
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("%s is a %s, a surface in space", argument, name),
					 errhint("Give its ground plan as a Polygon or MultiPolygon.")));
		case IL_KIND_OTHER:
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s is a %s, not a polygon", argument, name),
					 type == IL_TYPE_COLLECTION ?
					 errhint("ST_CollectionExtract(%s, 3) takes the polygons out of a collection.",
							 argument) :
					 errhint("Give a Polygon or MultiPolygon.")));
	}
}

void
il_geometry_require_finite(const IlGeometry *geometry, const char *argument)
{
	const IlRingList *list = &geometry->list;
	size_t		r;
	uint32		i;
	IlPoint		p;

	if (!il_ring_list_find_not_finite(list, &r, &i))
		return;
	p = il_ring_point(&list->ring[r], i);
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("%s has the coordinate (%g %g)", argument, p.x, p.y),
			 errdetail("It is point %u of ring %zu of part %u.",
					   i + 1, il_ring_number(list, r), list->ring[r].part + 1)));
}
