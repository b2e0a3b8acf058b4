/*
 * projected_series.h - area on the ellipsoid from the plane of a transverse Mercator system
 */
#ifndef IL_CORE_PROJECTED_SERIES_H
#define IL_CORE_PROJECTED_SERIES_H

#include "core/ring.h"

typedef struct IlTransverseMercator
{
	double		semi_major;		/* metres */
	double		flattening;
	double		scale;			/* on the central meridian */
	double		latitude_of_origin; /* radians */
	double		false_easting;	/* metres */
	double		false_northing; /* metres */
	double		unit;			/* metres in one unit of the coordinates */
} IlTransverseMercator;

/* farther than this from the central meridian the series is not used, metres */
#define IL_SERIES_REACH		400000.0

/*
 * m².  Not finite if a coordinate is not.  *reach: the largest distance of a
 * point from the central meridian, metres, for the caller to refuse.
 */
extern double il_series_measure(const IlRingList *list, const IlTransverseMercator *system,
									   double *reach);

#endif
