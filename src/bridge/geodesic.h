/*
 * geodesic.h - area of polygons whose edges are geodesics (PROJ's geodesic.h)
 */
#ifndef IL_BRIDGE_GEODESIC_H
#define IL_BRIDGE_GEODESIC_H

#include "bridge/proj.h"
#include "core/poll.h"

typedef enum IlGeodesicStatus
{
	IL_GEODESIC_OK,
	IL_GEODESIC_NO_INVERSE,		/* PROJ cannot go from this system to degrees */
	IL_GEODESIC_BAD_POINT		/* not finite, or no latitude */
} IlGeodesicStatus;

typedef struct IlGeodesicArea
{
	IlGeodesicStatus status;
	double		area;			/* m²; negative if holes are larger than what they are cut from */
	size_t		ring;			/* of a bad point */
	uint32_t	point;
} IlGeodesicArea;

/* crs: of a known ellipsoid */
extern IlGeodesicArea il_geodesic_measure(const IlRingList *list, const IlCrs *crs,
									   const IlPoll *poll);

#endif
