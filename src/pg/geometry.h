/*
 * geometry.h - from a Datum of PostGIS's type geometry to a list of rings
 */
#ifndef IL_PG_GEOMETRY_H
#define IL_PG_GEOMETRY_H

#include "postgres.h"

#include "core/ring.h"

#define IL_RINGS_AT_HAND	4

/*
 * A geometry while it is looked at.  The rings point into the value, so both
 * live until il_geometry_release() or the end of the memory context.  Do not
 * copy the struct: the list may point into it.
 */
typedef struct IlGeometry
{
	IlRingList	list;
	IlRing		at_hand[IL_RINGS_AT_HAND];
	void	   *detoasted;		/* our copy of the value, NULL if it was used in place */
	bytea	   *sent;			/* EWKB, NULL if the stored form was read */
} IlGeometry;

extern void il_geometry_read(Datum value, IlGeometry *geometry);
extern void il_geometry_release(IlGeometry *geometry);

/* error unless Polygon or MultiPolygon; argument: its name in SQL */
extern void il_geometry_require_polygon(const IlGeometry *geometry, const char *argument);

/* error 22003 that names the first coordinate that is not finite; returns if there is none */
extern void il_geometry_require_finite(const IlGeometry *geometry, const char *argument);

/* OID of the type geometry of the extension postgis */
extern Oid	il_geometry_type(void);

/* name of the schema of the extension postgis */
extern char *il_geometry_schema(void);

/* OID of PostGIS's operator && (extents meet) between two geometries, 0 if there is none */
extern Oid	il_geometry_meets_operator(void);

/* whether this session reads the stored form */
extern bool il_geometry_reads_stored_form(void);

#endif
