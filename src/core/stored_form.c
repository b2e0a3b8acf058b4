/*
 * stored_form.c - reader of the bytes in which PostGIS keeps a geometry
 *
 * The form is private to PostGIS; who uses this reader must first make sure
 * that it agrees with the type's own output.  Layout after the length word:
 *
 *     3 bytes   SRID, 21 bits, high byte first
 *     1 byte    flags: 0x01 Z, 0x02 M, 0x04 box, 0x08 geodetic, 0x40 second version;
 *               second version only: 0x10 eight bytes of further flags follow
 *               (in the first version 0x10 and 0x20 have other meanings)
 *     box       floats, two for each dimension, three dimensions when geodetic
 *     body      4-byte type, 4-byte count, then
 *                 Polygon: a 4-byte point count for each ring, padded to a multiple
 *                          of eight bytes, then all points
 *                 collections: as many bodies
 *
 * Integers and doubles are in the machine's order.  Every read is checked
 * against the end of the data, and no count is trusted before its bytes are.
 */
#include "core/stored_form.h"

#include "core/cursor.h"

#define FLAG_Z			0x01
#define FLAG_M			0x02
#define FLAG_BOX		0x04
#define FLAG_GEODETIC	0x08
#define FLAG_EXTENDED	0x10
#define FLAG_VERSION_2	0x40
#define FLAG_UNKNOWN_2	0xA0	/* reserved in the second version */
#define FLAG_UNKNOWN_1	0x80	/* reserved in the first version */

/* SRID and flags; leaves the cursor at the body */
static bool
read_header(IlCursor *cursor, IlRingList *list)
{
	const unsigned char *head = cursor->at;
	uint32_t	srid;
	unsigned	flags;
	size_t		skipped = 0;

	if (!il_cursor_skip(cursor, 1, 4))
		return false;
	srid = ((uint32_t) head[0] << 16 | (uint32_t) head[1] << 8 | head[2]) & 0x1FFFFF;
	list->srid = srid & 0x100000 ? (int32_t) srid - 0x200000 : (int32_t) srid;

	flags = head[3];
	if (flags & (flags & FLAG_VERSION_2 ? FLAG_UNKNOWN_2 : FLAG_UNKNOWN_1))
		return false;
	list->has_z = (flags & FLAG_Z) != 0;
	list->has_m = (flags & FLAG_M) != 0;
	if ((flags & FLAG_VERSION_2) && (flags & FLAG_EXTENDED))
		skipped += 8;
	if (flags & FLAG_BOX)
	{
		unsigned	n_dimension = 2u + list->has_z + list->has_m;

		skipped += (flags & FLAG_GEODETIC ? 3u : n_dimension) * 2 * sizeof(float);
	}
	return il_cursor_skip(cursor, skipped, 1);
}

/* a polygon after its type */
static bool
read_polygon(IlCursor *cursor, IlRingList *list)
{
	uint32_t	stride = (uint32_t) sizeof(double) * (2u + list->has_z + list->has_m);
	uint32_t	n_ring;
	IlCursor	count;

	if (!il_cursor_read_uint32(cursor, &n_ring))
		return false;
	count = *cursor;
	if (!il_cursor_skip(cursor, (size_t) n_ring + (n_ring & 1), sizeof(uint32_t)))
		return false;
	list->n_part++;
	for (uint32_t i = 0; i < n_ring; i++)
	{
		const unsigned char *point = cursor->at;
		uint32_t	n_point;

		if (!il_cursor_read_uint32(&count, &n_point) ||
			!il_cursor_skip(cursor, n_point, stride))
			return false;
		il_ring_list_add(list, point, n_point, stride, i > 0);
	}
	return true;
}

static bool
read_multipolygon(IlCursor *cursor, IlRingList *list)
{
	uint32_t	n_polygon;

	if (!il_cursor_read_uint32(cursor, &n_polygon))
		return false;
	for (uint32_t i = 0; i < n_polygon; i++)
	{
		uint32_t	type;

		if (!il_cursor_read_uint32(cursor, &type) || type != IL_TYPE_POLYGON ||
			!read_polygon(cursor, list))
			return false;
	}
	return true;
}

IlReadStatus
il_stored_form_read(const unsigned char *data, size_t size, IlRingList *list)
{
	IlCursor	cursor = {data, data + size};
	bool		ok = true;

	list->n_ring = 0;
	list->n_part = 0;
	if (!read_header(&cursor, list) || !il_cursor_read_uint32(&cursor, &list->type))
		return IL_READ_UNKNOWN_FORM;
	if (list->type < IL_TYPE_POINT || list->type > IL_TYPE_TIN)
		return IL_READ_UNKNOWN_FORM;

	if (list->type == IL_TYPE_POLYGON)
		ok = read_polygon(&cursor, list);
	else if (list->type == IL_TYPE_MULTIPOLYGON)
		ok = read_multipolygon(&cursor, list);
	return ok ? IL_READ_OK : IL_READ_UNKNOWN_FORM;
}
