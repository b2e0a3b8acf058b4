/*
 * ring.c - checks and plane area of a list of rings
 *
 * The area is the sum of the trapezoids between each edge and the parallel to
 * the y axis through the ring's first point.  The shift of origin keeps the
 * terms at the size of the ring instead of the size of its coordinates (an
 * easting of 39,518,500 m squared leaves nothing of a square centimetre), and
 * the sum is compensated, so the error is about 1e-16 x extent x perimeter
 * whatever the number of points.  The areas of holes are subtracted whatever
 * the direction of the rings.
 */
#include "core/ring.h"

#include <math.h>

void
il_ring_list_add(IlRingList *list, const unsigned char *point, uint32_t n_point,
				 uint32_t stride, bool hole)
{
	if (list->n_ring < list->capacity)
	{
		IlRing	   *ring = &list->ring[list->n_ring];

		ring->point = point;
		ring->n_point = n_point;
		ring->stride = stride;
		ring->part = list->n_part - 1;
		ring->hole = hole;
	}
	list->n_ring++;
}

static bool
ring_equal(const IlRing *a, const IlRing *b)
{
	if (a->n_point != b->n_point || a->part != b->part || a->hole != b->hole)
		return false;
	for (size_t i = 0; i < a->n_point; i++)
	{
		IlPoint		p = il_ring_point(a, i);
		IlPoint		q = il_ring_point(b, i);

		/* bits, so that NaN equals itself */
		if (memcmp(&p, &q, sizeof(p)) != 0)
			return false;
	}
	return true;
}

/*
 * Same type, SRID, dimensions and rings with the same bits.  Both lists must be
 * complete (n_ring <= capacity).
 */
bool
il_ring_list_equal(const IlRingList *a, const IlRingList *b)
{
	if (a->type != b->type || a->srid != b->srid || a->has_z != b->has_z ||
		a->has_m != b->has_m || a->n_part != b->n_part || a->n_ring != b->n_ring)
		return false;
	for (size_t r = 0; r < a->n_ring; r++)
	{
		if (!ring_equal(&a->ring[r], &b->ring[r]))
			return false;
	}
	return true;
}

static bool
find_not_finite(const IlRing *ring, uint32_t *point)
{
	for (uint32_t i = 0; i < ring->n_point; i++)
	{
		IlPoint		p = il_ring_point(ring, i);

		if (!isfinite(p.x) || !isfinite(p.y))
		{
			*point = i;
			return true;
		}
	}
	return false;
}

/* where the first coordinate that is NaN or infinite stands */
bool
il_ring_list_find_not_finite(const IlRingList *list, size_t *ring, uint32_t *point)
{
	for (size_t r = 0; r < list->n_ring; r++)
	{
		if (find_not_finite(&list->ring[r], point))
		{
			*ring = r;
			return true;
		}
	}
	return false;
}

/* number of a ring within its polygon, the outer ring being 1 */
size_t
il_ring_number(const IlRingList *list, size_t ring)
{
	size_t		first = ring;

	while (first > 0 && list->ring[first - 1].part == list->ring[ring].part)
		first--;
	return ring - first + 1;
}

static IlFlaw
ring_flaw(const IlRing *ring, size_t index)
{
	IlFlaw		flaw = {IL_FLAW_NONE, index, 0};
	IlPoint		first;
	IlPoint		last;

	if (find_not_finite(ring, &flaw.point))
	{
		flaw.kind = IL_FLAW_NOT_FINITE;
		return flaw;
	}
	if (ring->n_point < 4)
	{
		flaw.kind = IL_FLAW_TOO_FEW_POINTS;
		return flaw;
	}
	first = il_ring_point(ring, 0);
	last = il_ring_point(ring, ring->n_point - 1);
	if (first.x != last.x || first.y != last.y)
		flaw.kind = IL_FLAW_NOT_CLOSED;
	return flaw;
}

/* the first structural flaw, in the order of the rings */
IlFlaw
il_ring_list_flaw(const IlRingList *list)
{
	IlFlaw		flaw = {IL_FLAW_NONE, 0, 0};

	for (size_t r = 0; r < list->n_ring; r++)
	{
		flaw = ring_flaw(&list->ring[r], r);
		if (flaw.kind != IL_FLAW_NONE)
			break;
	}
	return flaw;
}

/*
 * Positive where the ring runs counter-clockwise.  An open ring is closed by
 * the straight line to its first point.
 */
double
il_ring_signed_area(const IlRing *ring)
{
	IlPoint		origin;
	IlPoint		last;
	double		sum = 0.0;
	double		lost = 0.0;

	if (ring->n_point < 3)
		return 0.0;
	origin = il_ring_point(ring, 0);
	last.x = 0.0;
	last.y = 0.0;
	for (size_t i = 1; i <= ring->n_point; i++)
	{
		IlPoint		p = il_ring_point(ring, i < ring->n_point ? i : 0);
		double		term;
		double		next;

		p.x -= origin.x;
		p.y -= origin.y;
		term = (last.x + p.x) * (p.y - last.y);
		next = sum + term;
		lost += fabs(sum) >= fabs(term) ? (sum - next) + term : (term - next) + sum;
		sum = next;
		last = p;
	}
	return (sum + lost) / 2.0;
}

/*
 * Outer rings minus holes.  Not finite if a coordinate is not, negative if the
 * holes are larger than what they are cut from; the caller decides.
 */
double
il_ring_list_area(const IlRingList *list)
{
	double		area = 0.0;

	for (size_t r = 0; r < list->n_ring; r++)
	{
		double		ring_area = fabs(il_ring_signed_area(&list->ring[r]));

		area += list->ring[r].hole ? -ring_area : ring_area;
	}
	return area;
}

IlGeometryKind
il_geometry_kind(uint32_t type)
{
	switch (type)
	{
		case IL_TYPE_POLYGON:
		case IL_TYPE_MULTIPOLYGON:
			return IL_KIND_POLYGON;
		case IL_TYPE_CIRCULARSTRING:
		case IL_TYPE_COMPOUNDCURVE:
		case IL_TYPE_CURVEPOLYGON:
		case IL_TYPE_MULTICURVE:
		case IL_TYPE_MULTISURFACE:
			return IL_KIND_CURVE;
		case IL_TYPE_POLYHEDRALSURFACE:
		case IL_TYPE_TRIANGLE:
		case IL_TYPE_TIN:
			return IL_KIND_SURFACE;
		default:
			return IL_KIND_OTHER;
	}
}

const char *
il_geometry_type_name(uint32_t type)
{
	static const char *const name[] = {
		"unknown type", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString",
		"MultiPolygon", "GeometryCollection", "CircularString", "CompoundCurve",
		"CurvePolygon", "MultiCurve", "MultiSurface", "PolyhedralSurface", "Triangle", "TIN"
	};

	return name[type < sizeof(name) / sizeof(name[0]) ? type : 0];
}
