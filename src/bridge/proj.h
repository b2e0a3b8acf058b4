/*
 * proj.h - the only door to PROJ: what an SRID means
 *
 * An SRID is read as a code of PROJ's own EPSG register, codes above 32767 also
 * as one of its ESRI register.  No table of a database is read: a row of
 * spatial_ref_sys that gives such a code another meaning is not followed.
 */
#ifndef IL_BRIDGE_PROJ_H
#define IL_BRIDGE_PROJ_H

#include "core/ring.h"

typedef enum IlCrsKind
{
	IL_CRS_UNKNOWN,				/* 0 or not in the registers */
	IL_CRS_PROJECTED,
	IL_CRS_GEOGRAPHIC,
	IL_CRS_MERCATOR,
	IL_CRS_GEOCENTRIC,
	IL_CRS_OTHER				/* vertical, engineering ... */
} IlCrsKind;

typedef struct IlCrs
{
	int32_t		srid;
	IlCrsKind	kind;
	char		name[96];
	char		unit[48];		/* of the coordinates, empty where unknown */
	double		unit_factor;	/* metres or radians in one unit */
	double		semi_major;		/* ellipsoid, metres; 0 where unknown */
	double		flattening;

	/* Transverse Mercator with its easting to the east; the rest only then */
	bool		transverse_mercator;
	double		central_meridian;	/* radians */
	double		latitude_of_origin; /* radians */
	double		scale;
	double		false_easting;	/* metres */
	double		false_northing; /* metres */
} IlCrs;

/*
 * Never NULL; valid until the next call with another SRID.  Answers are kept
 * for the life of the process.
 */
extern const IlCrs *il_proj_crs(int32_t srid);

/*
 * Coordinates of the system, in PostGIS's order (easting, northing or
 * longitude, latitude), to degrees of longitude and latitude on its own
 * ellipsoid.  A point that has no image comes back not finite.  False if PROJ
 * has no inverse for the system.
 */
extern bool il_proj_to_degrees(int32_t srid, IlPoint *point, size_t n);

/* false where PROJ finds no register (proj.db), so that no SRID is known */
extern bool il_proj_has_register(void);

extern const char *il_crs_kind_name(IlCrsKind kind);

#endif
