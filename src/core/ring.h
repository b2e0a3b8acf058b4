/*
 * ring.h - a polygonal geometry as a read-only list of rings
 *
 * A ring borrows the bytes of whoever holds the geometry: nothing is copied,
 * points may be unaligned and carry Z and M, which are stepped over.  Rings come
 * in the order of the geometry; the first ring of a polygon is its outer ring,
 * the others are holes whatever their direction.
 */
#ifndef IL_CORE_RING_H
#define IL_CORE_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* numbers as PostGIS stores them; well-known binary has others from 13 on */
typedef enum IlGeometryType
{
	IL_TYPE_POINT = 1,
	IL_TYPE_LINESTRING = 2,
	IL_TYPE_POLYGON = 3,
	IL_TYPE_MULTIPOINT = 4,
	IL_TYPE_MULTILINESTRING = 5,
	IL_TYPE_MULTIPOLYGON = 6,
	IL_TYPE_COLLECTION = 7,
	IL_TYPE_CIRCULARSTRING = 8,
	IL_TYPE_COMPOUNDCURVE = 9,
	IL_TYPE_CURVEPOLYGON = 10,
	IL_TYPE_MULTICURVE = 11,
	IL_TYPE_MULTISURFACE = 12,
	IL_TYPE_POLYHEDRALSURFACE = 13,
	IL_TYPE_TRIANGLE = 14,
	IL_TYPE_TIN = 15
} IlGeometryType;

typedef enum IlGeometryKind
{
	IL_KIND_POLYGON,			/* Polygon, MultiPolygon: what we measure */
	IL_KIND_CURVE,				/* types that may hold arcs */
	IL_KIND_SURFACE,			/* PolyhedralSurface, Triangle, TIN */
	IL_KIND_OTHER				/* points, lines, collections */
} IlGeometryKind;

typedef struct IlPoint
{
	double		x;
	double		y;
} IlPoint;

typedef struct IlRing
{
	const unsigned char *point; /* first ordinate of the first point */
	uint32_t	n_point;
	uint32_t	stride;			/* bytes from a point to the next */
	uint32_t	part;			/* position of its polygon, from 0, empty ones counted */
	bool		hole;
} IlRing;

/*
 * The caller gives room for `capacity` rings.  A reader counts all rings in
 * n_ring but stores no more than that: if n_ring > capacity, read again with
 * more room.  Types other than polygons have no rings.
 */
typedef struct IlRingList
{
	IlRing	   *ring;
	size_t		capacity;
	size_t		n_ring;
	uint32_t	n_part;			/* polygons, empty ones counted */
	uint32_t	type;			/* IlGeometryType */
	int32_t		srid;			/* 0 = none */
	bool		has_z;
	bool		has_m;
} IlRingList;

typedef enum IlReadStatus
{
	IL_READ_OK,
	IL_READ_UNKNOWN_FORM		/* not this form, a later version of it, or cut off */
} IlReadStatus;

/* what is structurally wrong with a list of rings */
typedef enum IlFlawKind
{
	IL_FLAW_NONE,
	IL_FLAW_NOT_FINITE,			/* a coordinate is NaN or infinite */
	IL_FLAW_TOO_FEW_POINTS,		/* fewer than four, the closing one counted */
	IL_FLAW_NOT_CLOSED
} IlFlawKind;

typedef struct IlFlaw
{
	IlFlawKind	kind;
	size_t		ring;			/* index into the list */
	uint32_t	point;			/* of a coordinate that is not finite */
} IlFlaw;

static inline IlPoint
il_ring_point(const IlRing *ring, size_t i)
{
	IlPoint		p;

	memcpy(&p, ring->point + i * ring->stride, sizeof(p));
	return p;
}

/* for readers */
extern void il_ring_list_add(IlRingList *list, const unsigned char *point, uint32_t n_point,
							 uint32_t stride, bool hole);

extern bool il_ring_list_equal(const IlRingList *a, const IlRingList *b);
extern IlFlaw il_ring_list_flaw(const IlRingList *list);
extern bool il_ring_list_find_not_finite(const IlRingList *list, size_t *ring, uint32_t *point);
extern size_t il_ring_number(const IlRingList *list, size_t ring);

/* plane area in squared units of the coordinates */
extern double il_ring_signed_area(const IlRing *ring);
extern double il_ring_list_area(const IlRingList *list);

extern IlGeometryKind il_geometry_kind(uint32_t type);
extern const char *il_geometry_type_name(uint32_t type);

#endif
