/*
 * geodesic.c - area of polygons whose edges are geodesics (PROJ's geodesic.h)
 *
 * Points go to longitude and latitude in batches, on the ellipsoid of their own
 * system; no datum is changed.
 */
#include "bridge/geodesic.h"

#include <math.h>

#include <geodesic.h>

#define BATCH	512

/* signed in no useful way: only the size of the result counts */
static IlGeodesicStatus
ring_area(const IlRing *ring, const IlCrs *crs, const struct geod_geodesic *ellipsoid,
		  const IlPoll *poll, double *area, uint32_t *bad)
{
	struct geod_polygon polygon;
	IlPoint		point[BATCH];
	uint32_t	n = ring->n_point;
	uint32_t	counter = 0;

	geod_polygon_init(&polygon, 0);
	for (uint32_t from = 0; from < n; from += BATCH)
	{
		uint32_t	size = n - from < BATCH ? n - from : BATCH;

		for (uint32_t i = 0; i < size; i++)
			point[i] = il_ring_point(ring, from + i);
		if (!il_proj_to_degrees(crs->srid, point, size))
			return IL_GEODESIC_NO_INVERSE;
		for (uint32_t i = 0; i < size; i++)
		{
			if (!(fabs(point[i].y) <= 90) || !isfinite(point[i].x))
			{
				*bad = from + i;
				return IL_GEODESIC_BAD_POINT;
			}
			geod_polygon_addpoint(ellipsoid, &polygon, point[i].y, point[i].x);
			il_poll(poll, &counter);
		}
	}
	geod_polygon_compute(ellipsoid, &polygon, 0, 1, area, NULL);
	*area = fabs(*area);
	return IL_GEODESIC_OK;
}

IlGeodesicArea
il_geodesic_measure(const IlRingList *list, const IlCrs *crs, const IlPoll *poll)
{
	IlGeodesicArea result = {IL_GEODESIC_OK, 0.0, 0, 0};
	struct geod_geodesic ellipsoid;

	geod_init(&ellipsoid, crs->semi_major, crs->flattening);
	for (size_t r = 0; r < list->n_ring && result.status == IL_GEODESIC_OK; r++)
	{
		double		area = 0.0;

		result.ring = r;
		result.status = ring_area(&list->ring[r], crs, &ellipsoid, poll, &area, &result.point);
		result.area += list->ring[r].hole ? -area : area;
	}
	return result;
}
