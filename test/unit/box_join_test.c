/*
 * box_join_test.c - pairs of boxes against comparing all with all; tiles
 */
#include "arena.h"

#include "core/box_join.h"
#include "core/tiling.h"

#include <math.h>
#include <string.h>

#define MOST		400
#define TILES		16

static uint64_t state;

/* splitmix64; a double in [0, 1) */
static double
uniform(void)
{
	uint64_t	z = (state += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (double) ((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
}

static unsigned char seen[MOST][MOST];
static size_t n_pair;

static void
note(void *arg, size_t a, size_t b)
{
	(void) arg;
	seen[a][b]++;
	n_pair++;
}

static bool
share(const IlBox *a, const IlBox *b)
{
	return a->min_x < b->max_x && b->min_x < a->max_x &&
		a->min_y < b->max_y && b->min_y < a->max_y;
}

/* each pair once, no other */
static bool
join_is_right(const IlBox *a, size_t n_a, const IlBox *b, size_t n_b)
{
	bool		right = true;

	memset(seen, 0, sizeof(seen));
	n_pair = 0;
	il_box_join(a, n_a, b, n_b, &arena, NULL, note, NULL);
	for (size_t i = 0; i < n_a; i++)
	{
		for (size_t k = 0; k < n_b; k++)
			right = right && seen[i][k] == share(&a[i], &b[k]);
	}
	return right;
}

typedef enum Kind
{
	ORDINARY,
	SNAPPED,
	WITH_GIANTS,
	STANDING,
	LYING,
	POINTS,
	SAME,
	N_KIND
} Kind;

static const char *kind_name[] = {
	"ordinary boxes", "boxes on a grid, borders in common", "some that cover all",
	"standing strips", "lying strips", "points and lines", "the same box again and again"
};

static IlBox
make_box(Kind kind)
{
	double		x = 518500 + 1000 * uniform();
	double		y = 4331600 + 1000 * uniform();
	double		w = 60 * uniform();
	double		h = 60 * uniform();

	switch (kind)
	{
		case SNAPPED:
			x = floor(x / 50);
			y = floor(y / 50);
			return (IlBox) {x, y, x + floor(w / 20), y + floor(h / 20)};
		case WITH_GIANTS:
			if (uniform() < 0.03)
				return (IlBox) {518000, 4331000, 520000, 4333000};
			break;
		case STANDING:
			return (IlBox) {x, 4331600, x + w / 60, 4332600};
		case LYING:
			return (IlBox) {518500, y, 519500, y + h / 60};
		case POINTS:
			return (IlBox) {x, y, uniform() < 0.5 ? x : x + w, uniform() < 0.5 ? y : y + h};
		case SAME:
			return (IlBox) {518500, 4331600, 518600, 4331700};
		default:
			break;
	}
	return (IlBox) {x, y, x + w, y + h};
}

static void
test_kind(Kind kind)
{
	static IlBox a[MOST];
	static IlBox b[MOST];
	bool		right = true;
	size_t		total = 0;

	for (int round = 0; round < 12; round++)
	{
		size_t		n_a = (size_t) (uniform() * MOST);
		size_t		n_b = (size_t) (uniform() * MOST);

		for (size_t i = 0; i < n_a; i++)
			a[i] = make_box(kind);
		for (size_t i = 0; i < n_b; i++)
			b[i] = make_box(kind == STANDING ? LYING : kind);
		right = right && join_is_right(a, n_a, b, n_b);
		total += n_pair;
		arena_reset();
	}
	ok(right && (kind == POINTS || total > 500),
	   "%s: %zu pairs", kind_name[kind], total);
}

static void
test_small(void)
{
	IlBox		one = {0, 0, 1, 1};
	IlBox		beside = {1, 0, 2, 1};
	IlBox		point = {0.5, 0.5, 0.5, 0.5};

	ok(join_is_right(&one, 1, &one, 1) && n_pair == 1, "a box with itself");
	ok(join_is_right(&one, 1, &beside, 1) && n_pair == 0, "a common border is no area");
	ok(join_is_right(&one, 1, &point, 1), "a point inside is seen as by comparison");
	ok(join_is_right(&point, 1, &point, 1) && n_pair == 0, "a point with itself");
	ok(join_is_right(NULL, 0, &one, 1) && join_is_right(&one, 1, NULL, 0) && n_pair == 0,
	   "empty lists");
}

static bool
holds(const size_t *tile, size_t n, size_t wanted)
{
	for (size_t i = 0; i < n; i++)
	{
		if (tile[i] == wanted)
			return true;
	}
	return false;
}

/* a point of the box lies in a tile that the box touches, and so does its corner */
static bool
is_covered(const IlTiling *tiling, const IlBox *box)
{
	size_t		tile[4 * TILES];
	size_t		n = il_tiling_cover(tiling, box, tile, 4 * TILES);
	double		x = box->min_x + (box->max_x - box->min_x) * uniform();
	double		y = box->min_y + (box->max_y - box->min_y) * uniform();

	return n >= 1 && holds(tile, n, il_tiling_find(tiling, x, y)) &&
		holds(tile, n, il_tiling_find(tiling, box->max_x, box->max_y)) &&
		(n == 1 || il_tiling_cover(tiling, box, tile, n - 1) == n);
}

static void
test_tiling(size_t n_tile, Kind kind)
{
	IlPoint		sample[MOST];
	size_t		held[4 * TILES] = {0};
	size_t		most = 0;
	bool		covered = true;
	IlTiling	tiling;

	for (size_t i = 0; i < MOST; i++)
	{
		IlBox		box = make_box(kind);

		sample[i] = (IlPoint) {box.min_x, box.min_y};
	}
	tiling = il_tiling_make(sample, MOST, n_tile, &arena);
	for (size_t i = 0; i < MOST; i++)
	{
		size_t		found = il_tiling_find(&tiling, sample[i].x, sample[i].y);

		held[found]++;
		most = held[found] > most ? held[found] : most;
	}
	for (int i = 0; i < 1000; i++)
	{
		IlBox		box = make_box(ORDINARY);

		covered = covered && is_covered(&tiling, &box);
	}
	ok(covered, "%zu tiles for %s: boxes are in the tiles of their points",
	   n_tile, kind_name[kind]);
	if (kind == ORDINARY)
		ok(most <= 2 * MOST / n_tile + 2, "%zu tiles: at most %zu of %d points in one",
		   n_tile, most, MOST);
	arena_reset();
}

int
main(void)
{
	test_small();
	for (Kind kind = ORDINARY; kind < N_KIND; kind++)
		test_kind(kind);
	for (size_t n_tile = 1; n_tile <= TILES; n_tile += 5)
	{
		test_tiling(n_tile, ORDINARY);
		test_tiling(n_tile, SAME);
	}
	return done();
}
