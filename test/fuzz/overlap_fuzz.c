/*
 * overlap_fuzz.c - two polygons of small whole numbers: axis-aligned, snapped and
 * flush ones come up all the time, valid or not
 */
#include "core/overlap.h"

#include <math.h>
#include <stdlib.h>

#define MOST	40

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Shape
{
	double		xy[2 * (MOST + 1)];
	IlRing		ring[3];
	IlRingList	list;
	signed char sign[3];
} Shape;

static void
demand(bool holds)
{
	if (!holds)
		abort();
}

/* up to three rings; the highest bit of a byte begins one, the next makes it a part */
static size_t
build(Shape *shape, const uint8_t *data, size_t size)
{
	size_t		n = 0;
	size_t		used = 0;
	IlRing	   *ring = NULL;

	memset(shape, 0, sizeof(*shape));
	for (; used + 1 < size && n < MOST - 3; used += 2)
	{
		if (ring == NULL || ((data[used] & 0x80) && shape->list.n_ring < 3 && ring->n_point > 2))
		{
			bool		part = ring != NULL && (data[used] & 0x40);

			ring = &shape->ring[shape->list.n_ring++];
			ring->point = (const unsigned char *) &shape->xy[2 * n];
			ring->stride = 16;
			ring->part = shape->list.n_part + part;
			ring->hole = shape->list.n_ring > 1 && !part;
			shape->list.n_part = ring->part;
		}
		shape->xy[2 * n] = (data[used] & 0x1F) - 16;
		shape->xy[2 * n + 1] = (data[used + 1] & 0x1F) - 16;
		n++;
		ring->n_point++;
	}
	shape->list.ring = shape->ring;
	shape->list.capacity = 3;
	return used;
}

static double
measure(const IlPolygon *a, const IlPolygon *b)
{
	void	   *room = malloc(il_overlap_room(a, b) + 1);
	double		area = il_overlap_measure(a, b, room, NULL, NULL);

	free(room);
	return area;
}

static bool
is_plain(const IlPolygon *polygon)
{
	void	   *room = malloc(il_polygon_plain_room(polygon) + 1);
	bool		plain = il_polygon_is_plain(polygon, room, NULL);

	free(room);
	return plain;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Shape		first;
	Shape		second;
	IlPolygon	a;
	IlPolygon	b;
	double		smaller;
	double		area;
	size_t		used;

	if (size == 0)
		return 0;
	used = build(&first, data + 1, size - 1 < data[0] ? size - 1 : data[0]);
	if (used == 0 || build(&second, data + 1 + used, size - 1 - used) == 0)
		return 0;
	a = il_polygon_prepare(&first.list, first.sign);
	b = il_polygon_prepare(&second.list, second.sign);
	area = measure(&a, &b);
	demand(!isnan(area));
	if (!is_plain(&a) || !is_plain(&b))
		return 0;
	smaller = fmin(a.area, b.area);
	demand(smaller > 0 && area >= 0 && area <= smaller * (1 + 1e-12));
	demand(fabs(area - measure(&b, &a)) <= 2e-12 * smaller);
	demand(fabs(a.area - measure(&a, &a)) <= 1e-12 * a.area);
	return 0;
}
