/*
 * ewkb.c - reader of extended well-known binary
 *
 * Layout: one byte of byte order, the 4-byte type with the flags 0x80000000 Z,
 * 0x40000000 M and 0x20000000 SRID, the SRID if flagged, then for a polygon the
 * number of rings and each ring as a count and its points, for a multipolygon
 * the number of polygons and each as a geometry of its own.  Only the byte order
 * of this machine is read: rings borrow the bytes, and a server sends its own.
 */
#include "core/ewkb.h"

#include "core/cursor.h"

#define FLAG_Z		0x80000000u
#define FLAG_M		0x40000000u
#define FLAG_SRID	0x20000000u

/* 1 = least significant byte first, as in the first byte of the format */
static unsigned char
machine_order(void)
{
	const uint32_t one = 1;
	unsigned char first;

	memcpy(&first, &one, 1);
	return first;
}

/* the type as PostGIS stores it, 0 if it is none */
static uint32_t
stored_type(uint32_t code)
{
	switch (code)
	{
		case 15:
			return IL_TYPE_POLYHEDRALSURFACE;
		case 16:
			return IL_TYPE_TIN;
		case 17:
			return IL_TYPE_TRIANGLE;
		default:
			return code <= IL_TYPE_MULTISURFACE ? code : 0;
	}
}

/* byte order and type word; the flags stay in the word */
static bool
read_type(IlCursor *cursor, uint32_t *type)
{
	const unsigned char *order = cursor->at;

	return il_cursor_skip(cursor, 1, 1) && *order == machine_order() &&
		il_cursor_read_uint32(cursor, type);
}

/* a polygon after its type */
static bool
read_polygon(IlCursor *cursor, IlRingList *list)
{
	uint32_t	stride = (uint32_t) sizeof(double) * (2u + list->has_z + list->has_m);
	uint32_t	n_ring;

	if (!il_cursor_read_uint32(cursor, &n_ring))
		return false;
	list->n_part++;
	for (uint32_t i = 0; i < n_ring; i++)
	{
		const unsigned char *point;
		uint32_t	n_point;

		if (!il_cursor_read_uint32(cursor, &n_point))
			return false;
		point = cursor->at;
		if (!il_cursor_skip(cursor, n_point, stride))
			return false;
		il_ring_list_add(list, point, n_point, stride, i > 0);
	}
	return true;
}

static bool
read_multipolygon(IlCursor *cursor, IlRingList *list, uint32_t dimension)
{
	uint32_t	n_polygon;

	if (!il_cursor_read_uint32(cursor, &n_polygon))
		return false;
	for (uint32_t i = 0; i < n_polygon; i++)
	{
		uint32_t	type;

		if (!read_type(cursor, &type) || type != (IL_TYPE_POLYGON | dimension) ||
			!read_polygon(cursor, list))
			return false;
	}
	return true;
}

IlReadStatus
il_ewkb_read(const unsigned char *data, size_t size, IlRingList *list)
{
	IlCursor	cursor = {data, data + size};
	uint32_t	word;
	uint32_t	srid = 0;
	bool		ok = true;

	list->n_ring = 0;
	list->n_part = 0;
	if (!read_type(&cursor, &word) ||
		((word & FLAG_SRID) && !il_cursor_read_uint32(&cursor, &srid)))
		return IL_READ_UNKNOWN_FORM;
	list->srid = (int32_t) srid;
	list->has_z = (word & FLAG_Z) != 0;
	list->has_m = (word & FLAG_M) != 0;
	list->type = stored_type(word & ~(FLAG_Z | FLAG_M | FLAG_SRID));
	if (list->type == 0)
		return IL_READ_UNKNOWN_FORM;

	if (list->type == IL_TYPE_POLYGON)
		ok = read_polygon(&cursor, list);
	else if (list->type == IL_TYPE_MULTIPOLYGON)
		ok = read_multipolygon(&cursor, list, word & (FLAG_Z | FLAG_M));
	return ok ? IL_READ_OK : IL_READ_UNKNOWN_FORM;
}
