/*
 * shape.c - a polygon and its key in one block of memory
 */
#include "core/shape.h"

#define ALIGNED(size)	(((size) + 7) & ~(size_t) 7)

static size_t
count_points(const IlRingList *list)
{
	size_t		n = 0;

	for (size_t r = 0; r < list->n_ring; r++)
		n += list->ring[r].n_point;
	return n;
}

static IlRing *
rings_of(const IlShape *shape)
{
	return (IlRing *) (void *) (shape + 1);
}

static unsigned char *
points_of(const IlShape *shape)
{
	return (unsigned char *) (rings_of(shape) + shape->list.n_ring);
}

void *
il_shape_key(const IlShape *shape)
{
	return points_of(shape) + shape->polygon.n_point * sizeof(IlPoint);
}

size_t
il_shape_size(const IlRingList *list, size_t key_size)
{
	return ALIGNED(sizeof(IlShape) + list->n_ring * sizeof(IlRing) +
				   count_points(list) * sizeof(IlPoint) + ALIGNED(key_size) + list->n_ring);
}

void
il_shape_bind(IlShape *shape)
{
	unsigned char *point = points_of(shape);

	shape->list.ring = rings_of(shape);
	for (size_t r = 0; r < shape->list.n_ring; r++)
	{
		shape->list.ring[r].point = point;
		point += shape->list.ring[r].n_point * sizeof(IlPoint);
	}
	shape->polygon.list = &shape->list;
	shape->polygon.sign = (signed char *) il_shape_key(shape) + ALIGNED(shape->key_size);
}

void
il_shape_pack(IlShape *shape, const IlRingList *list, const void *key, size_t key_size)
{
	unsigned char *to;

	memset(shape, 0, sizeof(*shape));
	shape->size = il_shape_size(list, key_size);
	shape->key_size = key_size;
	shape->list = *list;
	shape->list.has_z = false;
	shape->list.has_m = false;
	shape->list.ring = rings_of(shape);
	shape->list.capacity = list->n_ring;
	shape->polygon.n_point = count_points(list);

	to = points_of(shape);
	for (size_t r = 0; r < list->n_ring; r++)
	{
		shape->list.ring[r] = list->ring[r];
		shape->list.ring[r].stride = sizeof(IlPoint);
		for (size_t i = 0; i < list->ring[r].n_point; i++)
		{
			memcpy(to, list->ring[r].point + i * list->ring[r].stride, sizeof(IlPoint));
			to += sizeof(IlPoint);
		}
	}
	if (key_size > 0)
		memcpy(il_shape_key(shape), key, key_size);
	il_shape_bind(shape);
	shape->polygon = il_polygon_prepare(&shape->list, (signed char *) il_shape_key(shape) +
										ALIGNED(key_size));
}
