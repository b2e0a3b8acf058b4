/*
 * ring_test.c - readers of both forms, structural checks, plane area
 */
#include "core/ewkb.h"
#include "core/ring.h"
#include "core/stored_form.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int	n_test = 0;
static int	n_failed = 0;

static void
ok(bool passed, const char *what)
{
	printf("%sok %d - %s\n", passed ? "" : "not ", ++n_test, what);
	n_failed += !passed;
}

/* ---- bytes put together by hand ---- */

typedef struct Bytes
{
	unsigned char at[4096];
	size_t		size;
} Bytes;

static void
put(Bytes *bytes, const void *data, size_t size)
{
	memcpy(bytes->at + bytes->size, data, size);
	bytes->size += size;
}

static void
put_byte(Bytes *bytes, unsigned value)
{
	unsigned char byte = (unsigned char) value;

	put(bytes, &byte, 1);
}

static void
put_uint(Bytes *bytes, uint32_t value)
{
	put(bytes, &value, sizeof(value));
}

/* a square with its lower left corner at (x, x), further ordinates 77 */
static void
put_square(Bytes *bytes, double x, double side, int n_dimension)
{
	const double corner[5][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}};
	const double other = 77;

	for (int i = 0; i < 5; i++)
	{
		for (int d = 0; d < n_dimension; d++)
		{
			double		value = d < 2 ? x + side * corner[i][d] : other;

			put(bytes, &value, sizeof(value));
		}
	}
}

/* MultiPolygon: a square of 10 with a hole of 2, an empty polygon, a square of 3 */
static void
put_stored_body(Bytes *bytes, int n_dimension)
{
	const uint32_t head[] = {6, 3, 3, 2, 5, 5};

	put(bytes, head, sizeof(head));
	put_square(bytes, 500000, 10, n_dimension);
	put_square(bytes, 500004, 2, n_dimension);
	put_uint(bytes, 3);			/* the empty polygon */
	put_uint(bytes, 0);
	put_uint(bytes, 3);
	put_uint(bytes, 1);
	put_uint(bytes, 5);
	put_uint(bytes, 0xFFFFFFFF);	/* padding after an odd number of rings */
	put_square(bytes, 500020, 3, n_dimension);
}

static void
make_stored(Bytes *bytes, unsigned flags, size_t n_extra, int n_dimension)
{
	bytes->size = 0;
	put_byte(bytes, 4548 >> 16);
	put_byte(bytes, (4548 >> 8) & 0xFF);
	put_byte(bytes, 4548 & 0xFF);
	put_byte(bytes, flags);
	for (size_t i = 0; i < n_extra; i++)
		put_byte(bytes, 0xEE);
	put_stored_body(bytes, n_dimension);
}

static void
put_order(Bytes *bytes)
{
	const uint32_t one = 1;

	put(bytes, &one, 1);		/* 1 on a machine with the low byte first */
}

static void
make_ewkb(Bytes *bytes, uint32_t flags, int n_dimension)
{
	const uint32_t srid_flag = 0x20000000;

	bytes->size = 0;
	put_order(bytes);
	put_uint(bytes, 6 | flags | srid_flag);
	put_uint(bytes, 4548);
	put_uint(bytes, 3);
	put_order(bytes);
	put_uint(bytes, 3 | flags);
	put_uint(bytes, 2);
	put_uint(bytes, 5);
	put_square(bytes, 500000, 10, n_dimension);
	put_uint(bytes, 5);
	put_square(bytes, 500004, 2, n_dimension);
	put_order(bytes);
	put_uint(bytes, 3 | flags);
	put_uint(bytes, 0);
	put_order(bytes);
	put_uint(bytes, 3 | flags);
	put_uint(bytes, 1);
	put_uint(bytes, 5);
	put_square(bytes, 500020, 3, n_dimension);
}

/* ---- readers ---- */

typedef IlReadStatus (*Reader) (const unsigned char *, size_t, IlRingList *);

/* what the bytes above stand for */
static bool
is_truth(const IlRingList *list, bool has_z, bool has_m)
{
	const double side[] = {10, 2, 3};
	const double from[] = {500000, 500004, 500020};

	if (list->type != IL_TYPE_MULTIPOLYGON || list->srid != 4548 || list->n_ring != 3 ||
		list->n_part != 3 || list->has_z != has_z || list->has_m != has_m)
		return false;
	for (int r = 0; r < 3; r++)
	{
		IlPoint		p = il_ring_point(&list->ring[r], 2);

		if (list->ring[r].n_point != 5 || list->ring[r].hole != (r == 1) ||
			list->ring[r].part != (r == 2 ? 2u : 0u) ||
			p.x != from[r] + side[r] || p.y != from[r] + side[r] ||
			il_ring_signed_area(&list->ring[r]) != side[r] * side[r])
			return false;
	}
	return il_ring_list_area(list) == 100 - 4 + 9;
}

/* from every alignment, on memory of exactly that size so that the sanitizer sees a step beyond */
static bool
reads(Reader reader, const Bytes *bytes, bool has_z, bool has_m)
{
	bool		good = true;

	for (size_t shift = 0; shift < 8; shift++)
	{
		unsigned char *copy = malloc(shift + bytes->size);
		IlRing		ring[3];
		IlRingList	list = {.ring = ring, .capacity = 3};

		memcpy(copy + shift, bytes->at, bytes->size);
		good = good && reader(copy + shift, bytes->size, &list) == IL_READ_OK &&
			is_truth(&list, has_z, has_m);
		free(copy);
	}
	return good;
}

static bool
refuses_every_prefix(Reader reader, const Bytes *bytes)
{
	bool		good = true;

	for (size_t size = 0; size < bytes->size; size++)
	{
		unsigned char *copy = malloc(size > 0 ? size : 1);
		IlRing		ring[3];
		IlRingList	list = {.ring = ring, .capacity = 3};

		memcpy(copy, bytes->at, size);
		good = good && reader(copy, size, &list) == IL_READ_UNKNOWN_FORM;
		free(copy);
	}
	return good;
}

static IlReadStatus
read_any(Reader reader, const Bytes *bytes, IlRingList *list)
{
	static IlRing ring[8];

	memset(list, 0, sizeof(*list));
	list->ring = ring;
	list->capacity = 8;
	return reader(bytes->at, bytes->size, list);
}

static void
test_stored_form(void)
{
	Bytes		bytes;
	IlRingList	list;

	make_stored(&bytes, 0x40, 0, 2);
	ok(reads(il_stored_form_read, &bytes, false, false), "second version, no box");
	ok(refuses_every_prefix(il_stored_form_read, &bytes), "cut off anywhere it is refused");
	make_stored(&bytes, 0x44, 16, 2);
	ok(reads(il_stored_form_read, &bytes, false, false), "second version, box");
	make_stored(&bytes, 0x45, 24, 3);
	ok(reads(il_stored_form_read, &bytes, true, false), "second version, Z, box");
	make_stored(&bytes, 0x46, 24, 3);
	ok(reads(il_stored_form_read, &bytes, false, true), "second version, M, box");
	make_stored(&bytes, 0x47, 32, 4);
	ok(reads(il_stored_form_read, &bytes, true, true), "second version, Z and M, box");
	make_stored(&bytes, 0x4C, 24, 2);
	ok(reads(il_stored_form_read, &bytes, false, false), "second version, geodetic box");
	make_stored(&bytes, 0x57, 8 + 32, 4);
	ok(reads(il_stored_form_read, &bytes, true, true), "second version, further flags, box");

	make_stored(&bytes, 0x00, 0, 2);
	ok(reads(il_stored_form_read, &bytes, false, false), "first version, no box");
	make_stored(&bytes, 0x07, 32, 4);
	ok(reads(il_stored_form_read, &bytes, true, true), "first version, Z and M, box");
	make_stored(&bytes, 0x10 | 0x20 | 0x04, 16, 2);
	ok(reads(il_stored_form_read, &bytes, false, false),
	   "first version: 0x10 and 0x20 say nothing about the layout");

	make_stored(&bytes, 0x40 | 0x20, 0, 2);
	ok(read_any(il_stored_form_read, &bytes, &list) == IL_READ_UNKNOWN_FORM,
	   "second version with a reserved flag is not known");
	make_stored(&bytes, 0x80, 0, 2);
	ok(read_any(il_stored_form_read, &bytes, &list) == IL_READ_UNKNOWN_FORM,
	   "first version with a reserved flag is not known");

	make_stored(&bytes, 0x40, 0, 2);
	bytes.at[0] = 0x1F;
	bytes.at[1] = 0xFF;
	bytes.at[2] = 0xFE;
	ok(read_any(il_stored_form_read, &bytes, &list) == IL_READ_OK && list.srid == -2,
	   "a negative SRID of 21 bits");
	bytes.at[12] = 2;			/* the first member becomes a LineString */
	ok(read_any(il_stored_form_read, &bytes, &list) == IL_READ_UNKNOWN_FORM,
	   "a multipolygon of something else is not known");
	bytes.at[4] = 16;
	ok(read_any(il_stored_form_read, &bytes, &list) == IL_READ_UNKNOWN_FORM,
	   "a type beyond the known ones is not known");
	bytes.at[4] = 10;
	ok(read_any(il_stored_form_read, &bytes, &list) == IL_READ_OK && list.n_ring == 0 &&
	   list.type == IL_TYPE_CURVEPOLYGON, "other types are named and have no rings");
}

static void
test_ewkb(void)
{
	Bytes		bytes;
	IlRingList	list;

	make_ewkb(&bytes, 0, 2);
	ok(reads(il_ewkb_read, &bytes, false, false), "EWKB");
	ok(refuses_every_prefix(il_ewkb_read, &bytes), "EWKB cut off anywhere is refused");
	make_ewkb(&bytes, 0x80000000u, 3);
	ok(reads(il_ewkb_read, &bytes, true, false), "EWKB with Z");
	make_ewkb(&bytes, 0x40000000u, 3);
	ok(reads(il_ewkb_read, &bytes, false, true), "EWKB with M");
	make_ewkb(&bytes, 0xC0000000u, 4);
	ok(reads(il_ewkb_read, &bytes, true, true), "EWKB with Z and M");
	bytes.at[0] ^= 1;
	ok(read_any(il_ewkb_read, &bytes, &list) == IL_READ_UNKNOWN_FORM,
	   "EWKB in the other byte order is not read");
	make_ewkb(&bytes, 0, 2);
	bytes.at[13] ^= 1;
	ok(read_any(il_ewkb_read, &bytes, &list) == IL_READ_UNKNOWN_FORM,
	   "EWKB with a member in the other byte order is not read");
}

static void
test_ewkb_types(void)
{
	const uint32_t code[] = {1, 7, 8, 12, 15, 16, 17};
	const uint32_t type[] = {
		IL_TYPE_POINT, IL_TYPE_COLLECTION, IL_TYPE_CIRCULARSTRING, IL_TYPE_MULTISURFACE,
		IL_TYPE_POLYHEDRALSURFACE, IL_TYPE_TIN, IL_TYPE_TRIANGLE
	};
	const uint32_t unknown[] = {0, 13, 14, 18, 1003};
	bool		good = true;
	Bytes		bytes;
	IlRingList	list;

	for (size_t i = 0; i < sizeof(code) / sizeof(code[0]); i++)
	{
		bytes.size = 0;
		put_order(&bytes);
		put_uint(&bytes, code[i]);
		good = good && read_any(il_ewkb_read, &bytes, &list) == IL_READ_OK &&
			list.type == type[i] && list.n_ring == 0;
	}
	ok(good, "type codes of EWKB");
	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
	{
		bytes.size = 0;
		put_order(&bytes);
		put_uint(&bytes, unknown[i]);
		good = good && read_any(il_ewkb_read, &bytes, &list) == IL_READ_UNKNOWN_FORM;
	}
	ok(good, "other codes are not known");
}

static void
test_room(void)
{
	Bytes		bytes;
	IlRing		ring[2];
	IlRingList	list = {.ring = ring, .capacity = 2};

	make_stored(&bytes, 0x40, 0, 2);
	memset(ring, 0, sizeof(ring));
	ok(il_stored_form_read(bytes.at, bytes.size, &list) == IL_READ_OK && list.n_ring == 3 &&
	   ring[1].n_point == 5, "all rings are counted, no more stored than there is room for");
	list.capacity = 0;
	list.ring = NULL;
	ok(il_stored_form_read(bytes.at, bytes.size, &list) == IL_READ_OK && list.n_ring == 3,
	   "rings are counted without any room");
}

/* ---- lists ---- */

static void
test_equality(void)
{
	Bytes		stored;
	Bytes		sent;
	IlRing		a_ring[3];
	IlRing		b_ring[3];
	IlRingList	a = {.ring = a_ring, .capacity = 3};
	IlRingList	b = {.ring = b_ring, .capacity = 3};
	size_t		last;

	make_stored(&stored, 0x45, 24, 3);
	make_ewkb(&sent, 0x80000000u, 3);
	il_stored_form_read(stored.at, stored.size, &a);
	il_ewkb_read(sent.at, sent.size, &b);
	ok(il_ring_list_equal(&a, &b), "both forms give the same list");
	b.srid = 4549;
	ok(!il_ring_list_equal(&a, &b), "another SRID is seen");
	b.srid = 4548;
	b.has_z = false;
	ok(!il_ring_list_equal(&a, &b), "another dimension is seen");
	b.has_z = true;
	b.ring[1].hole = false;
	ok(!il_ring_list_equal(&a, &b), "a ring that is not a hole is seen");
	b.ring[1].hole = true;
	b.ring[2].part = 1;
	ok(!il_ring_list_equal(&a, &b), "another part is seen");
	b.ring[2].part = 2;
	b.n_ring = 2;
	ok(!il_ring_list_equal(&a, &b), "a missing ring is seen");
	b.n_ring = 3;
	last = sent.size - 16;		/* the last y; a Z follows */
	sent.at[last] ^= 1;
	ok(!il_ring_list_equal(&a, &b), "one bit of the last y is seen");
}

static IlRing
ring_of(const double *xy, uint32_t n)
{
	IlRing		ring = {(const unsigned char *) xy, n, 2 * sizeof(double), 0, false};

	return ring;
}

static void
test_flaws(void)
{
	const double good[] = {0, 0, 4, 0, 4, 3, 0, 0};
	const double open[] = {0, 0, 4, 0, 4, 3, 1, 1};
	const double hollow[] = {0, 0, 4, 0, 4, NAN, 0, 0};
	const double huge[] = {0, 0, 4, 0, INFINITY, 3, 0, 0};
	IlRing		ring[3] = {ring_of(good, 4), ring_of(good, 4), ring_of(good, 4)};
	IlRingList	list = {.ring = ring, .capacity = 3, .n_ring = 3};
	IlFlaw		flaw;
	size_t		r = 9;
	uint32_t	i = 9;

	ring[1].hole = true;
	ring[2].part = 1;
	ok(il_ring_list_flaw(&list).kind == IL_FLAW_NONE, "a sound list");
	ok(!il_ring_list_find_not_finite(&list, &r, &i), "all coordinates are finite");
	ok(il_ring_number(&list, 0) == 1 && il_ring_number(&list, 1) == 2 &&
	   il_ring_number(&list, 2) == 1, "rings are numbered within their part");

	ring[1] = ring_of(open, 4);
	flaw = il_ring_list_flaw(&list);
	ok(flaw.kind == IL_FLAW_NOT_CLOSED && flaw.ring == 1, "an open ring");
	ring[1] = ring_of(good, 3);
	flaw = il_ring_list_flaw(&list);
	ok(flaw.kind == IL_FLAW_TOO_FEW_POINTS && flaw.ring == 1, "three points");
	ring[1] = ring_of(good, 0);
	ok(il_ring_list_flaw(&list).kind == IL_FLAW_TOO_FEW_POINTS, "no points");
	ring[1] = ring_of(hollow, 4);
	flaw = il_ring_list_flaw(&list);
	ok(flaw.kind == IL_FLAW_NOT_FINITE && flaw.ring == 1 && flaw.point == 2, "NaN");
	ring[0] = ring_of(open, 4);
	ring[1] = ring_of(huge, 4);
	ok(il_ring_list_flaw(&list).kind == IL_FLAW_NOT_CLOSED, "the first flaw comes first");
	ok(il_ring_list_find_not_finite(&list, &r, &i) && r == 1 && i == 2,
	   "infinity is found behind another flaw");
}

static void
test_area(void)
{
	const double triangle[] = {0, 0, 4, 0, 4, 3, 0, 0};
	const double reversed[] = {0, 0, 4, 3, 4, 0, 0, 0};
	const double open[] = {0, 0, 4, 0, 4, 3};
	const double line[] = {0, 0, 4, 0, 0, 0};
	/* easting with zone prefix, millimetres: the area is 0.37 x 0.53 */
	const double small[] = {39518500.123, 4331600.456, 39518500.493, 4331600.456,
	39518500.493, 4331600.986, 39518500.123, 4331600.986, 39518500.123, 4331600.456};
	static double circle[2 * 100001];
	const uint32_t n = 100000;
	IlRing		ring = ring_of(triangle, 4);
	double		expected;

	ok(il_ring_signed_area(&ring) == 6, "triangle, counter-clockwise");
	ring = ring_of(reversed, 4);
	ok(il_ring_signed_area(&ring) == -6, "triangle, clockwise");
	ring = ring_of(open, 3);
	ok(il_ring_signed_area(&ring) == 6, "an open ring is closed by its last edge");
	ring = ring_of(line, 3);
	ok(il_ring_signed_area(&ring) == 0, "there and back encloses nothing");
	ring = ring_of(line, 2);
	ok(il_ring_signed_area(&ring) == 0, "two points enclose nothing");
	ring = ring_of(small, 5);
	ok(fabs(il_ring_signed_area(&ring) - (small[2] - small[0]) * (small[5] - small[3])) < 1e-17,
	   "large coordinates do not touch a small area");

	/* a regular polygon at survey coordinates; n/2 r^2 sin(2 pi/n) in closed form */
	for (uint32_t i = 0; i <= n; i++)
	{
		double		turn = 2 * 3.14159265358979323846 * (i % n) / n;

		circle[2 * i] = 518500 + 1024 * cos(turn);
		circle[2 * i + 1] = 4331600 + 1024 * sin(turn);
	}
	ring = ring_of(circle, n + 1);
	expected = n / 2.0 * 1024 * 1024 * sin(2 * 3.14159265358979323846 / n);
	/* the coordinates themselves are rounded to 1e-9 m: 1e-9 x perimeter at the very most */
	ok(fabs(il_ring_signed_area(&ring) - expected) < 1e-7, "a circle of 100,000 points");
}

static void
test_names(void)
{
	ok(il_geometry_kind(IL_TYPE_POLYGON) == IL_KIND_POLYGON &&
	   il_geometry_kind(IL_TYPE_MULTIPOLYGON) == IL_KIND_POLYGON &&
	   il_geometry_kind(IL_TYPE_MULTISURFACE) == IL_KIND_CURVE &&
	   il_geometry_kind(IL_TYPE_TIN) == IL_KIND_SURFACE &&
	   il_geometry_kind(IL_TYPE_COLLECTION) == IL_KIND_OTHER, "kinds of types");
	ok(strcmp(il_geometry_type_name(15), "TIN") == 0 &&
	   strcmp(il_geometry_type_name(16), "unknown type") == 0, "names of types");
}

int
main(void)
{
	test_stored_form();
	test_ewkb();
	test_ewkb_types();
	test_room();
	test_equality();
	test_flaws();
	test_area();
	test_names();
	printf("1..%d\n", n_test);
	return n_failed > 0;
}
