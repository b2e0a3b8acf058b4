/*
 * tiling.c - the plane in tiles that hold about as many objects each
 *
 * Sort-tile: the sample is cut into slices by x, each slice into rows by y
 * (Leutenegger et al. 1997).  The outer tiles reach to infinity.
 */
#include "core/tiling.h"

#include <math.h>

/* cuts between n sorted items, for n_part parts; without items all parts but one are empty */
static void
cut(const IlOrderItem *item, size_t n, size_t n_part, double *at)
{
	for (size_t i = 1; i < n_part; i++)
		at[i - 1] = n > 0 ? item[n * i / n_part].key : INFINITY;
}

IlTiling
il_tiling_make(const IlPoint *sample, size_t n, size_t n_tile, const IlMemory *memory)
{
	IlTiling	tiling;
	IlOrderItem *item = il_allocate(memory, 2 * n * sizeof(IlOrderItem));
	IlOrderItem *row = il_allocate(memory, 2 * n * sizeof(IlOrderItem));
	IlOrderItem *by_x;

	tiling.n_slice = (size_t) ceil(sqrt((double) n_tile));
	tiling.n_row = (n_tile + tiling.n_slice - 1) / tiling.n_slice;
	tiling.x = il_allocate(memory, tiling.n_slice * sizeof(double));
	tiling.y = il_allocate(memory, tiling.n_slice * tiling.n_row * sizeof(double));
	for (size_t i = 0; i < n; i++)
		item[i] = (IlOrderItem) {sample[i].x, sample[i].y, i};
	by_x = il_order_sort(item, item + n, n);
	cut(by_x, n, tiling.n_slice, tiling.x);

	for (size_t s = 0; s < tiling.n_slice; s++)
	{
		size_t		from = n * s / tiling.n_slice;
		size_t		n_here = n * (s + 1) / tiling.n_slice - from;

		for (size_t i = 0; i < n_here; i++)
			row[i] = (IlOrderItem) {sample[by_x[from + i].position].y, 0.0, i};
		cut(il_order_sort(row, row + n, n_here), n_here, tiling.n_row,
			tiling.y + s * (tiling.n_row - 1));
	}
	return tiling;
}

size_t
il_tiling_count(const IlTiling *tiling)
{
	return tiling->n_slice * tiling->n_row;
}

/* how many cuts are not above the value */
static size_t
find_part(const double *at, size_t n, double value)
{
	size_t		low = 0;

	while (n > 0)
	{
		size_t		half = n / 2;

		if (at[low + half] <= value)
		{
			low += half + 1;
			n -= half + 1;
		}
		else
			n = half;
	}
	return low;
}

static size_t
find_slice(const IlTiling *tiling, double x)
{
	return find_part(tiling->x, tiling->n_slice - 1, x);
}

static size_t
find_row(const IlTiling *tiling, size_t slice, double y)
{
	return find_part(tiling->y + slice * (tiling->n_row - 1), tiling->n_row - 1, y);
}

size_t
il_tiling_find(const IlTiling *tiling, double x, double y)
{
	size_t		slice = find_slice(tiling, x);

	return slice * tiling->n_row + find_row(tiling, slice, y);
}

size_t
il_tiling_cover(const IlTiling *tiling, const IlBox *box, size_t *tile, size_t most)
{
	size_t		last_slice = find_slice(tiling, box->max_x);
	size_t		n = 0;

	for (size_t s = find_slice(tiling, box->min_x); s <= last_slice; s++)
	{
		size_t		last_row = find_row(tiling, s, box->max_y);

		for (size_t r = find_row(tiling, s, box->min_y); r <= last_row; r++)
		{
			if (n == most)
				return most + 1;
			tile[n++] = s * tiling->n_row + r;
		}
	}
	return n;
}
