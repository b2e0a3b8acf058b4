/*
 * point_in_fuzz.c - a point of small whole numbers in a ring of the same, valid or
 * not: the same place as by counting crossings in whole numbers; the side of a line
 * for any doubles: exchanging its ends changes the sign
 */
#include "core/point_in.h"

#include <math.h>
#include <stdlib.h>

#define MOST	40

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
demand(bool holds)
{
	if (!holds)
		abort();
}

/* of the closed ring of n points at x, y; the same rule in other words */
static IlPlace
place_slowly(const int *x, const int *y, size_t n, int px, int py)
{
	bool		inside = false;

	for (size_t i = 0; i < n; i++)
	{
		size_t		j = (i + 1) % n;
		int			turn = (x[j] - x[i]) * (py - y[i]) - (y[j] - y[i]) * (px - x[i]);
		bool		within_x = (px - x[i]) * (px - x[j]) <= 0;
		bool		within_y = (py - y[i]) * (py - y[j]) <= 0;

		if (turn == 0 && within_x && within_y)
			return IL_PLACE_BORDER;
		if ((y[i] > py) != (y[j] > py) && (turn > 0) == (y[j] > y[i]))
			inside = !inside;
	}
	return inside ? IL_PLACE_INSIDE : IL_PLACE_OUTSIDE;
}

static void
try_ring(const uint8_t *data, size_t size)
{
	IlPoint		point[MOST];
	IlRing		ring = {.point = (const unsigned char *) point, .stride = sizeof(IlPoint)};
	IlRingList	list = {.ring = &ring, .capacity = 1, .n_ring = 1, .type = IL_TYPE_POLYGON};
	signed char sign;
	IlPolygon	polygon;
	int			x[MOST];
	int			y[MOST];
	size_t		n = size / 2 < MOST ? size / 2 : MOST;

	if (n < 2)
		return;
	for (size_t i = 0; i < n; i++)
	{
		x[i] = (data[2 * i] & 0x0F) - 8;
		y[i] = (data[2 * i + 1] & 0x0F) - 8;
		point[i] = (IlPoint) {x[i], y[i]};
	}
	ring.n_point = (uint32_t) n - 1;
	polygon = il_polygon_prepare(&list, &sign);
	demand(il_point_in(&polygon, point[n - 1], NULL) ==
		   place_slowly(x, y, n - 1, x[n - 1], y[n - 1]));
}

static void
try_side(const uint8_t *data)
{
	double		v[6];
	IlPoint		a;
	IlPoint		b;
	IlPoint		p;

	memcpy(v, data, sizeof(v));
	for (int i = 0; i < 6; i++)
	{
		if (!(fabs(v[i]) < 1e100) || (v[i] != 0 && fabs(v[i]) < 1e-100))
			return;
	}
	a = (IlPoint) {v[0], v[1]};
	b = (IlPoint) {v[2], v[3]};
	p = (IlPoint) {v[4], v[5]};
	demand(il_point_side(a, b, p) == -il_point_side(b, a, p));
	demand(il_point_side(a, b, p) == il_point_side(b, p, a));
	demand(il_point_side(a, b, b) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	try_ring(data, size);
	if (size >= 6 * sizeof(double))
		try_side(data);
	return 0;
}
