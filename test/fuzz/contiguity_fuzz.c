/*
 * contiguity_fuzz.c - two polygons of small whole numbers, flush, touching and crossing
 * ones all the time, valid or not
 */
#include "core/contiguity.h"

#include <math.h>
#include <stdlib.h>

#define MOST	60

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Shape
{
	double		xy[2 * (MOST + 1)];
	IlRing		ring;
	IlRingList	list;
	signed char sign;
} Shape;

static void
demand(bool holds)
{
	if (!holds)
		abort();
}

static IlPolygon
build(Shape *shape, const uint8_t *data, size_t size)
{
	uint32_t	n = 0;

	for (; 2 * n + 1 < size && n < MOST; n++)
	{
		shape->xy[2 * n] = (data[2 * n] & 0x1F) - 16;
		shape->xy[2 * n + 1] = (data[2 * n + 1] & 0x1F) - 16;
	}
	memcpy(shape->xy + 2 * n, shape->xy, 2 * sizeof(double));
	shape->ring = (IlRing) {(const unsigned char *) shape->xy, n + 1, 16, 0, false};
	shape->list = (IlRingList) {&shape->ring, 1, 1, 1, IL_TYPE_POLYGON, 0, false, false};
	return il_polygon_prepare(&shape->list, &shape->sign);
}

static IlContact
measure(const IlPolygon *a, const IlPolygon *b, const IlReach *reach)
{
	void	   *room = malloc(il_contiguity_room(a, b));
	IlContact	contact = il_contiguity_measure(a, b, reach, room, NULL);

	free(room);
	return contact;
}

static double
perimeter(const Shape *shape)
{
	double		sum = 0;

	for (size_t i = 1; i < shape->ring.n_point; i++)
	{
		IlPoint		p = il_ring_point(&shape->ring, i - 1);
		IlPoint		q = il_ring_point(&shape->ring, i);

		sum += hypot(p.x - q.x, p.y - q.y);
	}
	return sum;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Shape		first = {0};
	Shape		second = {0};
	IlPolygon	a;
	IlPolygon	b;
	IlReach		reach;
	IlContact	there;
	IlContact	back;
	double		most;

	if (size < 15 || data[0] < 6 || data[0] > size - 9)
		return 0;
	reach = (IlReach) {(data[1] & 3) * 0.25, data[1] >> 4, 0.5};
	a = build(&first, data + 2, data[0]);
	b = build(&second, data + 2 + data[0], size - 2 - data[0]);
	there = measure(&a, &b, &reach);
	back = measure(&b, &a, &reach);
	demand(there.kind == back.kind && there.length == back.length &&
		   there.facing == back.facing);
	if (there.kind == IL_CONTACT_NONE)
		return 0;
	most = (perimeter(&first) + perimeter(&second)) / 2 * (1 + 1e-12);
	demand(there.gap == back.gap && there.gap >= 0);
	demand(there.gap <= fmax(reach.tolerance, reach.max_gap));
	demand(there.length >= 0 && there.length <= most);
	demand(there.facing >= 0 && there.facing <= most);
	if (there.kind == IL_CONTACT_GAP)
	{
		double		inside[MOST + 1];
		double		length = hypot(there.bridge[0].x - there.bridge[1].x,
								   there.bridge[0].y - there.bridge[1].y);

		demand(there.gap > reach.tolerance && there.length == 0 && there.facing > 0);
		demand(length <= there.gap + reach.tolerance + 1e-4 && length >= there.gap - 1e-9);
		demand(il_contiguity_inside(&a, there.bridge, inside) <= length + 1e-9);
	}
	return 0;
}
