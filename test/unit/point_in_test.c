/*
 * point_in_test.c - points in polygons, on borders and beside them, exactly
 */
#include "core/point_in.h"

#include <math.h>

#include "arena.h"

static uint64_t state = 7;

static int64_t
draw(int64_t most)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (int64_t) ((state >> 11) % (uint64_t) most);
}

static IlPlace
place(IlRing *ring, size_t n_ring, double x, double y)
{
	IlRingList	list = {
		.ring = ring, .capacity = n_ring, .n_ring = n_ring, .type = IL_TYPE_POLYGON
	};
	signed char sign[4];
	IlPolygon	polygon = il_polygon_prepare(&list, sign);

	return il_point_in(&polygon, (IlPoint) {x, y}, NULL);
}

static IlRing
ring_of(const IlPoint *point, uint32_t n, bool hole)
{
	return (IlRing) {(const unsigned char *) point, n, sizeof(IlPoint), 0, hole};
}

/* a square with a hole that holds an island, and a corner at the level of others */
static void
test_examples(void)
{
	const IlPoint outer[] = {{0, 0}, {10, 0}, {10, 10}, {5, 5}, {0, 10}, {0, 0}};
	const IlPoint hole[] = {{2, 2}, {2, 4}, {6, 4}, {6, 2}, {2, 2}};
	const IlPoint island[] = {{3, 2.5}, {5, 2.5}, {5, 3.5}, {3, 3.5}, {3, 2.5}};
	IlRing		ring[] = {
		ring_of(outer, 6, false), ring_of(hole, 5, true), ring_of(island, 5, false)
	};

	ok(place(ring, 3, 1, 5) == IL_PLACE_INSIDE, "inside, level with a corner");
	ok(place(ring, 3, 5, 5) == IL_PLACE_BORDER, "on a corner");
	ok(place(ring, 3, 5, 6) == IL_PLACE_OUTSIDE, "in the notch");
	ok(place(ring, 3, 2.5, 3) == IL_PLACE_OUTSIDE, "in the hole");
	ok(place(ring, 3, 4, 3) == IL_PLACE_INSIDE, "on the island");
	ok(place(ring, 3, 3, 4) == IL_PLACE_BORDER, "on a level edge of the hole");
	ok(place(ring, 3, 1, 4) == IL_PLACE_INSIDE, "left of a level edge");
	ok(place(ring, 3, 8, 4) == IL_PLACE_INSIDE, "right of a level edge");
	ok(place(ring, 3, 7.5, 7.5) == IL_PLACE_BORDER, "on a slanting edge");
	ok(place(ring, 3, nextafter(7.5, 0), 7.5) == IL_PLACE_OUTSIDE, "beside it");
	ok(place(ring, 3, nextafter(7.5, 8), 7.5) == IL_PLACE_INSIDE, "on the other side");
	ok(place(ring, 3, -1, 0) == IL_PLACE_OUTSIDE, "left of everything");
	ok(place(ring, 3, 0, -0.0) == IL_PLACE_BORDER, "zero with a sign");
}

static int
sign_of(__int128 x)
{
	return x > 0 ? 1 : x < 0 ? -1 : 0;
}

/* nearly on the line: whole numbers of 50 bits, where doubles alone are wrong */
static void
test_side(void)
{
	bool		same = true;
	int			on = 0;
	int			doubtful = 0;

	for (int turn = 0; turn < 200000; turn++)
	{
		int64_t		dx = 1 + draw(INT64_C(1) << 24);
		int64_t		dy = draw(INT64_C(1) << 24);
		int64_t		ax = draw(INT64_C(1) << 48);
		int64_t		ay = draw(INT64_C(1) << 48);
		int64_t		k = draw(INT64_C(1) << 20);
		int64_t		px = ax + k * dx + (turn % 4 == 0 ? 0 : draw(3) - 1);
		int64_t		py = ay + k * dy + (turn % 4 == 0 ? 0 : draw(3) - 1);
		int64_t		bx = ax + 2 * k * dx;
		int64_t		by = ay + 2 * k * dy;
		int			truth = sign_of((__int128) (ax - px) * (by - py) -
									(__int128) (ay - py) * (bx - px));
		double		plain = (double) (ax - px) * (double) (by - py) -
			(double) (ay - py) * (double) (bx - px);

		on += truth == 0;
		doubtful += truth != (plain > 0) - (plain < 0);
		same = same && truth == il_point_side((IlPoint) {(double) ax, (double) ay},
											  (IlPoint) {(double) bx, (double) by},
											  (IlPoint) {(double) px, (double) py});
	}
	ok(same, "the side of a line, as whole numbers of 128 bits tell");
	ok(on > 40000, "many of them on the line");
	printf("# doubles alone are wrong %d times\n", doubtful);
}

/* coordinates of different size, where differences are not doubles */
static void
test_differences(void)
{
	const IlPoint a = {0.1, 0.1};
	const IlPoint b = {1e15, 1e15};

	ok(il_point_side(a, b, (IlPoint) {0.5, 0.5}) == 0, "on the diagonal");
	ok(il_point_side(a, b, (IlPoint) {0.5, nextafter(0.5, 1)}) == 1, "left of it");
	ok(il_point_side(a, b, (IlPoint) {0.5, nextafter(0.5, 0)}) == -1, "right of it");
	ok(il_point_side(a, b, (IlPoint) {1e-30, 1e-30}) == 0, "far below");
}

/* lattice points in random triangles: sides by whole numbers */
static void
test_triangles(void)
{
	bool		same = true;

	for (int turn = 0; turn < 100000; turn++)
	{
		int64_t		x[4];
		int64_t		y[4];
		int			s[3];
		IlPoint		point[4];
		IlRing		ring;
		IlPlace		truth;

		for (int i = 0; i < 4; i++)
		{
			x[i] = draw(7);
			y[i] = draw(7);
		}
		if ((x[1] - x[0]) * (y[2] - y[0]) == (y[1] - y[0]) * (x[2] - x[0]))
			continue;
		for (int i = 0; i < 3; i++)
		{
			int			j = (i + 1) % 3;

			s[i] = sign_of((x[i] - x[3]) * (y[j] - y[3]) - (y[i] - y[3]) * (x[j] - x[3]));
		}
		truth = (s[0] > 0 || s[1] > 0 || s[2] > 0) && (s[0] < 0 || s[1] < 0 || s[2] < 0) ?
			IL_PLACE_OUTSIDE : s[0] * s[1] * s[2] == 0 ? IL_PLACE_BORDER : IL_PLACE_INSIDE;
		for (int i = 0; i < 4; i++)
			point[i] = (IlPoint) {(double) x[i % 3], (double) y[i % 3]};
		ring = ring_of(point, 4, false);
		same = same && place(&ring, 1, (double) x[3], (double) y[3]) == truth;
	}
	ok(same, "lattice points in triangles");
}

int
main(void)
{
	test_examples();
	test_side();
	test_differences();
	test_triangles();
	return done();
}
