/*
 * shape_test.c - polygons in blocks: what goes in comes out, also after a move
 */
#include "arena.h"

#include "core/shape.h"

#include <string.h>

static const double outer[] = {0, 0, 7, 10, 0, 7, 10, 10, 7, 0, 10, 7, 0, 0, 7};	/* x y z */
static const double hole[] = {4, 4, 7, 6, 4, 7, 6, 6, 7, 4, 4, 7};
static const double island[] = {20, 0, 7, 22, 0, 7, 22, 2, 7, 20, 0, 7};

static IlRingList
make_list(IlRing *ring)
{
	ring[0] = (IlRing) {(const unsigned char *) outer, 5, 24, 0, false};
	ring[1] = (IlRing) {(const unsigned char *) hole, 4, 24, 0, true};
	ring[2] = (IlRing) {(const unsigned char *) island, 4, 24, 1, false};
	return (IlRingList) {ring, 3, 3, 2, IL_TYPE_MULTIPOLYGON, 4548, true, false};
}

static bool
is_as_made(const IlShape *shape, const char *key)
{
	IlRing		ring[3];
	IlRingList	list = make_list(ring);

	list.has_z = false;
	return il_ring_list_equal(&shape->list, &list) && shape->polygon.list == &shape->list &&
		shape->polygon.area == 100 - 2 + 2 && shape->polygon.n_point == 13 &&
		shape->polygon.box.min_x == 0 && shape->polygon.box.max_x == 22 &&
		shape->polygon.box.min_y == 0 && shape->polygon.box.max_y == 10 &&
		shape->polygon.sign[0] == 1 && shape->polygon.sign[2] == 1 &&
		shape->key_size == strlen(key) && memcmp(il_shape_key(shape), key, strlen(key)) == 0;
}

int
main(void)
{
	const char *keys[] = {"", "7", "12345678", "120101001001GB00017"};

	for (int i = 0; i < 4; i++)
	{
		IlRing		ring[3];
		IlRingList	list = make_list(ring);
		size_t		size = il_shape_size(&list, strlen(keys[i]));
		IlShape    *shape = malloc(size);
		IlShape    *moved = malloc(size);

		il_shape_pack(shape, &list, keys[i], strlen(keys[i]));
		ok(shape->size == size && size % 8 == 0, "key of %zu bytes: size", strlen(keys[i]));
		ok(is_as_made(shape, keys[i]), "key of %zu bytes: what went in", strlen(keys[i]));
		memcpy(moved, shape, size);
		memset(shape, 0xA5, size);
		free(shape);
		il_shape_bind(moved);
		ok(is_as_made(moved, keys[i]), "key of %zu bytes: after a move", strlen(keys[i]));
		free(moved);
	}
	return done();
}
