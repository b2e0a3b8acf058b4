/*
 * geos.c - the only door to GEOS
 *
 * Objects are built from rings, used and destroyed inside one function.  The
 * message handlers only copy text.  The interrupt callback of GEOS is one for the
 * process: ours asks the server and then calls the one that was there before.
 * (PostGIS, when it is loaded after us, puts its own in place of ours; it asks
 * the same question and serves every context.)
 */
#include "bridge/geos.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

static GEOSContextHandle_t context = NULL;
static char message[256];
static bool (*interrupt_pending) (void) = NULL;
static GEOSInterruptCallback *former_callback = NULL;

static void
keep_message(const char *text, void *unused)
{
	(void) unused;
	snprintf(message, sizeof(message), "%s", text);
}

static void
ask_interrupt(void)
{
	if (interrupt_pending())
		GEOS_interruptRequest();
	if (former_callback != NULL)
		former_callback();
}

void
il_geos_chain_interrupt(bool (*pending) (void))
{
	interrupt_pending = pending;
	former_callback = GEOS_interruptRegisterCallback(ask_interrupt);
}

/* ready for an operation: context made, no message, no request left from a former one */
static bool
start(void)
{
	message[0] = '\0';
	if (context == NULL)
	{
		context = GEOS_init_r();
		if (context == NULL)
		{
			keep_message("out of memory", NULL);
			return false;
		}
		GEOSContext_setErrorMessageHandler_r(context, keep_message, NULL);
	}
	GEOS_interruptCancel();
	return true;
}

static GEOSGeometry *
build_ring(const IlRing *ring)
{
	GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(context, ring->n_point, 2);

	if (sequence == NULL)
		return NULL;
	for (uint32_t i = 0; i < ring->n_point; i++)
	{
		IlPoint		p = il_ring_point(ring, i);

		if (!GEOSCoordSeq_setXY_r(context, sequence, i, p.x, p.y))
		{
			GEOSCoordSeq_destroy_r(context, sequence);
			return NULL;
		}
	}
	/* takes the sequence, also when it fails */
	return GEOSGeom_createLinearRing_r(context, sequence);
}

static void
destroy_all(GEOSGeometry **geometry, size_t n)
{
	for (size_t i = 0; i < n; i++)
		GEOSGeom_destroy_r(context, geometry[i]);
}

/*
 * The polygon whose rings begin at list->ring[first]; work has room for all
 * rings of the list.  *n_used: how many rings it has.
 */
static GEOSGeometry *
build_polygon(const IlRingList *list, size_t first, GEOSGeometry **work, size_t *n_used)
{
	size_t		n = 0;

	do
	{
		work[n] = build_ring(&list->ring[first + n]);
		if (work[n] == NULL)
		{
			destroy_all(work, n);
			return NULL;
		}
		n++;
	} while (first + n < list->n_ring && list->ring[first + n].part == list->ring[first].part);

	*n_used = n;
	/* takes the rings, also when it fails */
	return GEOSGeom_createPolygon_r(context, work[0], work + 1, (unsigned int) (n - 1));
}

static GEOSGeometry *
build_multipolygon(const IlRingList *list)
{
	GEOSGeometry **polygon = calloc(list->n_ring, 2 * sizeof(GEOSGeometry *));
	GEOSGeometry *result = NULL;
	size_t		n_polygon = 0;
	size_t		at = 0;

	if (polygon == NULL)
	{
		keep_message("out of memory", NULL);
		return NULL;
	}
	while (at < list->n_ring)
	{
		size_t		n_used = 0;

		polygon[n_polygon] = build_polygon(list, at, polygon + list->n_ring, &n_used);
		if (polygon[n_polygon] == NULL)
			break;
		n_polygon++;
		at += n_used;
	}
	if (at < list->n_ring)
		destroy_all(polygon, n_polygon);
	else
		/* takes the polygons, also when it fails */
		result = GEOSGeom_createCollection_r(context, GEOS_MULTIPOLYGON, polygon,
											 (unsigned int) n_polygon);
	free(polygon);
	return result;
}

static void
read_place(const GEOSGeometry *point, IlPoint *place)
{
	place->x = NAN;
	place->y = NAN;
	if (point != NULL &&
		(GEOSGeomGetX_r(context, point, &place->x) != 1 ||
		 GEOSGeomGetY_r(context, point, &place->y) != 1))
		place->x = NAN;
}

IlGeosStatus
il_geos_validity(const IlRingList *list, IlValidity *validity)
{
	GEOSGeometry *geometry;
	GEOSGeometry *place = NULL;
	char	   *reason = NULL;
	char		answer;

	if (!start())
		return IL_GEOS_FAILED;
	geometry = build_multipolygon(list);
	if (geometry == NULL)
		return IL_GEOS_FAILED;

	answer = GEOSisValidDetail_r(context, geometry, 0, &reason, &place);
	validity->valid = answer == 1;
	validity->reason[0] = '\0';
	if (answer == 0)
	{
		snprintf(validity->reason, sizeof(validity->reason), "%s", reason ? reason : "unknown");
		read_place(place, &validity->place);
	}

	if (reason != NULL)
		GEOSFree_r(context, reason);
	if (place != NULL)
		GEOSGeom_destroy_r(context, place);
	GEOSGeom_destroy_r(context, geometry);
	return answer == 0 || answer == 1 ? IL_GEOS_OK : IL_GEOS_FAILED;
}

/* polygons of a geometry as one multipolygon; lines and points that a repair leaves are dropped */
static GEOSGeometry *
keep_polygons(const GEOSGeometry *geometry)
{
	int			n = GEOSGetNumGeometries_r(context, geometry);
	GEOSGeometry **polygon = calloc((size_t) (n > 0 ? n : 1), sizeof(GEOSGeometry *));
	unsigned int n_polygon = 0;
	GEOSGeometry *result;

	if (polygon == NULL)
		return NULL;
	for (int i = 0; i < n; i++)
	{
		const GEOSGeometry *part = GEOSGetGeometryN_r(context, geometry, i);

		if (part == NULL || GEOSGeomTypeId_r(context, part) != GEOS_POLYGON ||
			GEOSisEmpty_r(context, part) != 0)
			continue;
		polygon[n_polygon] = GEOSGeom_clone_r(context, part);
		if (polygon[n_polygon] == NULL)
		{
			destroy_all(polygon, n_polygon);
			free(polygon);
			return NULL;
		}
		n_polygon++;
	}
	/* takes the polygons, also when it fails */
	result = GEOSGeom_createCollection_r(context, GEOS_MULTIPOLYGON, polygon, n_polygon);
	free(polygon);
	return result;
}

/* a collection may hold a multipolygon beside lines: one level of it is taken apart */
static GEOSGeometry *
keep_area(const GEOSGeometry *geometry)
{
	int			n = GEOSGetNumGeometries_r(context, geometry);

	for (int i = 0; GEOSGeomTypeId_r(context, geometry) == GEOS_GEOMETRYCOLLECTION && i < n; i++)
	{
		const GEOSGeometry *part = GEOSGetGeometryN_r(context, geometry, i);

		if (part != NULL && GEOSGeomTypeId_r(context, part) == GEOS_MULTIPOLYGON)
			return keep_polygons(part);
	}
	return keep_polygons(geometry);
}

static unsigned char *
write_binary(const GEOSGeometry *geometry, size_t *size)
{
	GEOSWKBWriter *writer = GEOSWKBWriter_create_r(context);
	unsigned char *binary = NULL;

	if (writer != NULL)
	{
		GEOSWKBWriter_setOutputDimension_r(context, writer, 2);
		binary = GEOSWKBWriter_write_r(context, writer, geometry, size);
		GEOSWKBWriter_destroy_r(context, writer);
	}
	return binary;
}

IlGeosStatus
il_geos_repair(const IlRingList *list, unsigned char **binary, size_t *size)
{
	GEOSGeometry *geometry;
	GEOSGeometry *valid = NULL;
	GEOSGeometry *area = NULL;

	*binary = NULL;
	if (!start())
		return IL_GEOS_FAILED;
	geometry = build_multipolygon(list);
	if (geometry != NULL)
		valid = GEOSMakeValid_r(context, geometry);
	if (valid != NULL)
		area = keep_area(valid);
	if (area != NULL)
		*binary = write_binary(area, size);
	if (area != NULL)
		GEOSGeom_destroy_r(context, area);
	if (valid != NULL)
		GEOSGeom_destroy_r(context, valid);
	if (geometry != NULL)
		GEOSGeom_destroy_r(context, geometry);
	return *binary != NULL ? IL_GEOS_OK : IL_GEOS_FAILED;
}

void
il_geos_free(void *memory)
{
	GEOSFree_r(context, memory);
}

const char *
il_geos_message(void)
{
	return message;
}
