/*
 * box_join.c - all pairs of boxes of two lists that share an area
 *
 * The plane is cut into horizontal stripes, twice as high as the boxes are on the
 * average, and each box entered in all stripes that it touches: however the
 * heights differ, that makes half an entry more for each box, and one box that
 * covers everything costs no more than a pass over the stripes.  In each stripe
 * both lists run from left to right; whatever begins next is compared with those
 * of the other list that begin before it ends (forward scan, Brinkhoff et al.
 * 1993).  A pair that meets in several stripes counts in the one where the lower
 * side of what they share lies.
 *
 * From left to right means by a left end rounded down to a grid of 2^32 columns:
 * enough to stop a scan, and sorted in linear time.  Boxes themselves decide.
 */
#include "core/box_join.h"

#include <math.h>
#include <string.h>

#define STRIPE_HEIGHTS	2.0
#define COLUMNS			4294967295.0
#define RADIX_BITS		11
#define RADIX			(1u << RADIX_BITS)

typedef struct Frame
{
	IlBox		extent;
	double		columns;		/* in a unit of x */
	double		stripes;		/* in a unit of y */
	size_t		n_stripe;
} Frame;

typedef struct Entry
{
	uint32_t	left;			/* columns */
	uint32_t	right;
	uint32_t	position;
	double		min_y;
	double		max_y;
} Entry;

/* one list: entries of stripe s stand from first[s] to first[s + 1] */
typedef struct Side
{
	const IlBox *box;
	size_t		n;
	Entry	   *entry;
	size_t	   *first;
} Side;

/* what a scan needs besides the entries */
typedef struct Scan
{
	const Frame *frame;
	const Side *a;
	const Side *b;
	const IlPoll *poll;
	uint32_t	counter;
	IlPairSink	sink;
	void	   *arg;
} Scan;

/* ---- the frame ---- */

static void
extend(IlBox *extent, const IlBox *box)
{
	extent->min_x = fmin(extent->min_x, box->min_x);
	extent->min_y = fmin(extent->min_y, box->min_y);
	extent->max_x = fmax(extent->max_x, box->max_x);
	extent->max_y = fmax(extent->max_y, box->max_y);
}

static double
sum_heights(const Side *side, IlBox *extent)
{
	double		sum = 0.0;

	for (size_t i = 0; i < side->n; i++)
	{
		extend(extent, &side->box[i]);
		sum += side->box[i].max_y - side->box[i].min_y;
	}
	return sum;
}

static Frame
make_frame(const Side *a, const Side *b)
{
	Frame		frame = {.extent = a->box[0], .n_stripe = 1};
	double		sum = sum_heights(a, &frame.extent) + sum_heights(b, &frame.extent);
	double		mean = sum / (double) (a->n + b->n);
	double		width = frame.extent.max_x - frame.extent.min_x;
	double		height = frame.extent.max_y - frame.extent.min_y;

	if (width > 0)
		frame.columns = COLUMNS / width;
	if (height > 0 && mean > 0)
	{
		double		wanted = floor(height / (STRIPE_HEIGHTS * mean));
		double		most = (double) (a->n + b->n);

		frame.n_stripe = (size_t) fmax(1.0, fmin(wanted, most));
		frame.stripes = (double) frame.n_stripe / height;
	}
	return frame;
}

/* both never fall where the coordinate grows */
static uint32_t
column_of(const Frame *frame, double x)
{
	double		column = (x - frame->extent.min_x) * frame->columns;

	return column >= COLUMNS ? UINT32_MAX : (uint32_t) column;
}

static size_t
stripe_of(const Frame *frame, double y)
{
	double		stripe = (y - frame->extent.min_y) * frame->stripes;

	return stripe >= (double) frame->n_stripe ? frame->n_stripe - 1 : (size_t) stripe;
}

/* ---- entries ---- */

typedef struct Order
{
	uint32_t	left;
	uint32_t	position;
} Order;

static void
sort_digit(const Order *from, Order *to, size_t n, unsigned shift)
{
	size_t		start[RADIX + 1];

	memset(start, 0, sizeof(start));
	for (size_t i = 0; i < n; i++)
		start[((from[i].left >> shift) & (RADIX - 1)) + 1]++;
	for (size_t d = 0; d < RADIX; d++)
		start[d + 1] += start[d];
	for (size_t i = 0; i < n; i++)
		to[start[(from[i].left >> shift) & (RADIX - 1)]++] = from[i];
}

/* positions of a list from left to right; equal ones as they stand */
static const Order *
sort_side(const Frame *frame, const Side *side, const IlMemory *memory)
{
	Order	   *order = il_allocate(memory, (side->n + 1) * sizeof(Order));
	Order	   *other = il_allocate(memory, (side->n + 1) * sizeof(Order));

	for (size_t i = 0; i < side->n; i++)
		order[i] = (Order) {column_of(frame, side->box[i].min_x), (uint32_t) i};
	sort_digit(order, other, side->n, 0);
	sort_digit(other, order, side->n, RADIX_BITS);
	sort_digit(order, other, side->n, 2 * RADIX_BITS);
	return other;
}

static void
count_entries(const Frame *frame, Side *side)
{
	for (size_t i = 0; i < side->n; i++)
	{
		size_t		last = stripe_of(frame, side->box[i].max_y);

		for (size_t s = stripe_of(frame, side->box[i].min_y); s <= last; s++)
			side->first[s + 2]++;
	}
	for (size_t s = 0; s < frame->n_stripe; s++)
		side->first[s + 2] += side->first[s + 1];
}

/* first[s + 1] counts up from the beginning of stripe s to its end */
static void
enter_box(const Frame *frame, Side *side, uint32_t position)
{
	const IlBox *box = &side->box[position];
	size_t		last = stripe_of(frame, box->max_y);
	Entry		entry = {
		column_of(frame, box->min_x), column_of(frame, box->max_x), position,
		box->min_y, box->max_y
	};

	for (size_t s = stripe_of(frame, box->min_y); s <= last; s++)
		side->entry[side->first[s + 1]++] = entry;
}

static void
enter_side(const Frame *frame, Side *side, const IlMemory *memory)
{
	const Order *order = sort_side(frame, side, memory);

	side->first = il_allocate(memory, (frame->n_stripe + 2) * sizeof(size_t));
	memset(side->first, 0, (frame->n_stripe + 2) * sizeof(size_t));
	count_entries(frame, side);
	side->entry = il_allocate(memory, (side->first[frame->n_stripe + 1] + 1) * sizeof(Entry));
	for (size_t i = 0; i < side->n; i++)
		enter_box(frame, side, order[i].position);
}

/* ---- pairs ---- */

static void
meet(Scan *scan, const Entry *e, const Entry *f, size_t stripe)
{
	const IlBox *a = &scan->a->box[e->position];
	const IlBox *b = &scan->b->box[f->position];

	if (a->min_x < b->max_x && b->min_x < a->max_x &&
		stripe_of(scan->frame, fmax(a->min_y, b->min_y)) == stripe)
		scan->sink(scan->arg, e->position, f->position);
}

static void
scan_stripe(Scan *scan, size_t stripe)
{
	const Entry *e = scan->a->entry + scan->a->first[stripe];
	const Entry *f = scan->b->entry + scan->b->first[stripe];
	const Entry *end_e = scan->a->entry + scan->a->first[stripe + 1];
	const Entry *end_f = scan->b->entry + scan->b->first[stripe + 1];

	while (e < end_e && f < end_f)
	{
		if (e->left <= f->left)
		{
			for (const Entry *g = f; g < end_f && g->left <= e->right; g++)
			{
				il_poll(scan->poll, &scan->counter);
				if (e->min_y < g->max_y && g->min_y < e->max_y)
					meet(scan, e, g, stripe);
			}
			e++;
		}
		else
		{
			for (const Entry *g = e; g < end_e && g->left <= f->right; g++)
			{
				il_poll(scan->poll, &scan->counter);
				if (f->min_y < g->max_y && g->min_y < f->max_y)
					meet(scan, g, f, stripe);
			}
			f++;
		}
	}
}

void
il_box_join(const IlBox *a, size_t n_a, const IlBox *b, size_t n_b,
			const IlMemory *memory, const IlPoll *poll, IlPairSink sink, void *arg)
{
	Side		side_a = {.box = a, .n = n_a};
	Side		side_b = {.box = b, .n = n_b};
	Frame		frame;
	Scan		scan = {&frame, &side_a, &side_b, poll, 0, sink, arg};

	if (n_a == 0 || n_b == 0)
		return;
	frame = make_frame(&side_a, &side_b);
	enter_side(&frame, &side_a, memory);
	enter_side(&frame, &side_b, memory);
	for (size_t s = 0; s < frame.n_stripe; s++)
		scan_stripe(&scan, s);
}
