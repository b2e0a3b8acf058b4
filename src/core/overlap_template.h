/*
 * overlap_template.h - the sum of overlap.c for one kind of number
 *
 * Included once for each kind.  The includer defines
 *     NAME(x)                  names of this kind
 *     NUMBER                   the type
 *     FROM(a, b)               the difference of two doubles
 *     ADD SUBTRACT MULTIPLY DIVIDE LESS   operations
 *     HIGH(x) LOW(x)           the nearest double and what it leaves
 * and they are undefined again at the end.
 */

#define ZERO	FROM(0.0, 0.0)

/*
 * A piece of an edge inside the window, its own lower left corner the origin.
 * Weight: +1 if the polygon lies below it, -1 above.
 */
typedef struct NAME(Segment)
{
	NUMBER		left;
	NUMBER		right;
	NUMBER		y_left;
	NUMBER		y_right;
	NUMBER		slope;
	double		weight;
	bool		rightward;		/* as the border runs */
	bool		flat;			/* at the upper side of the window */
	bool		rounded;		/* an end of it is */
} NAME(Segment);

typedef struct NAME(Window)
{
	NUMBER		width;
	NUMBER		height;
} NAME(Window);

/* segments of one polygon, and a run along the upper side that is not finished */
typedef struct NAME(Pieces)
{
	const NAME(Window) *window;
	NAME(Segment) *segment;
	size_t		n;
	bool		all_rounded;	/* already by taking coordinates from the corner */
	bool		rounded;		/* an end of the present edge */
	bool		open;
	bool		first;			/* the open run is the first one of the ring */
	NUMBER		from;
	NUMBER		to;
	bool		kept;			/* the first run of the ring, held back */
	NUMBER		kept_from;
	NUMBER		kept_to;
} NAME(Pieces);

static bool
NAME(equal)(NUMBER a, NUMBER b)
{
	return !LESS(a, b) && !LESS(b, a);
}

/* a directed piece; the vertical ones enclose nothing with the axis */
static void
NAME(add_segment)(NAME(Pieces) *pieces, NUMBER x1, NUMBER y1, NUMBER x2, NUMBER y2,
				  double sign, bool flat)
{
	NAME(Segment) *s = &pieces->segment[pieces->n];
	bool		rightward = LESS(x1, x2);

	if (NAME(equal)(x1, x2))
		return;
	s->left = rightward ? x1 : x2;
	s->y_left = rightward ? y1 : y2;
	s->right = rightward ? x2 : x1;
	s->y_right = rightward ? y2 : y1;
	s->slope = flat ? ZERO : DIVIDE(SUBTRACT(s->y_right, s->y_left), SUBTRACT(s->right, s->left));
	s->weight = rightward ? -sign : sign;
	s->rightward = rightward;
	s->flat = flat;
	/* what moves the ends of a run moves those of the segments that join there */
	s->rounded = pieces->rounded && !flat;
	pieces->n++;
}

static void
NAME(add_run)(NAME(Pieces) *pieces, NUMBER from, NUMBER to, double sign)
{
	NUMBER		height = pieces->window->height;

	NAME(add_segment)(pieces, from, height, to, height, sign, true);
}

/*
 * What passes above the window counts like its upper side.  Forth and back
 * cancel, so of a chain only the ends count; the first chain of a ring is held
 * back because the last one may continue it.
 */
static void
NAME(extend_run)(NAME(Pieces) *pieces, NUMBER from, NUMBER to, double sign)
{
	if (pieces->open && NAME(equal)(pieces->to, from))
	{
		pieces->to = to;
		return;
	}
	if (pieces->open && pieces->first)
	{
		pieces->kept = true;
		pieces->kept_from = pieces->from;
		pieces->kept_to = pieces->to;
	}
	else if (pieces->open)
		NAME(add_run)(pieces, pieces->from, pieces->to, sign);
	pieces->first = !pieces->open;
	pieces->open = true;
	pieces->from = from;
	pieces->to = to;
}

static void
NAME(finish_run)(NAME(Pieces) *pieces, double sign)
{
	if (pieces->open && pieces->kept && NAME(equal)(pieces->to, pieces->kept_from))
		pieces->to = pieces->kept_to;
	else if (pieces->kept)
		NAME(add_run)(pieces, pieces->kept_from, pieces->kept_to, sign);
	if (pieces->open)
		NAME(add_run)(pieces, pieces->from, pieces->to, sign);
	pieces->open = false;
	pieces->kept = false;
}

/* the point of an edge at a height */
static NUMBER
NAME(x_at)(NUMBER x1, NUMBER y1, NUMBER x2, NUMBER y2, NUMBER y)
{
	return ADD(x1, MULTIPLY(SUBTRACT(y, y1), DIVIDE(SUBTRACT(x2, x1), SUBTRACT(y2, y1))));
}

static NUMBER
NAME(y_at)(NUMBER x1, NUMBER y1, NUMBER x2, NUMBER y2, NUMBER x)
{
	return ADD(y1, MULTIPLY(SUBTRACT(x, x1), DIVIDE(SUBTRACT(y2, y1), SUBTRACT(x2, x1))));
}

/*
 * An edge within the width of the window, split at its lower and upper side:
 * below it counts nothing, above as a run.
 */
static void
NAME(split_edge)(NAME(Pieces) *pieces, NUMBER x1, NUMBER y1, NUMBER x2, NUMBER y2, double sign)
{
	NUMBER		height = pieces->window->height;
	NUMBER		zero = ZERO;

	if (!LESS(zero, y1) && !LESS(zero, y2))
		return;
	if (!LESS(y1, height) && !LESS(y2, height))
	{
		NAME(extend_run)(pieces, x1, x2, sign);
		return;
	}
	if (LESS(y1, zero) || LESS(y2, zero))
	{
		NUMBER		x = NAME(x_at)(x1, y1, x2, y2, zero);

		pieces->rounded = true;
		if (LESS(y1, zero))
		{
			x1 = x;
			y1 = zero;
		}
		else
		{
			x2 = x;
			y2 = zero;
		}
	}
	if (LESS(height, y1) || LESS(height, y2))
	{
		NUMBER		x = NAME(x_at)(x1, y1, x2, y2, height);

		pieces->rounded = true;
		if (LESS(height, y1))
		{
			NAME(extend_run)(pieces, x1, x, sign);
			x1 = x;
			y1 = height;
		}
		else
		{
			NAME(extend_run)(pieces, x, x2, sign);
			x2 = x;
			y2 = height;
		}
	}
	NAME(add_segment)(pieces, x1, y1, x2, y2, sign, false);
}

/* an edge, cut to the width of the window */
static void
NAME(add_edge)(NAME(Pieces) *pieces, NUMBER x1, NUMBER y1, NUMBER x2, NUMBER y2, double sign)
{
	NUMBER		width = pieces->window->width;
	NUMBER		zero = ZERO;
	NUMBER		a_x = x1;
	NUMBER		a_y = y1;
	NUMBER		b_x = x2;
	NUMBER		b_y = y2;

	if ((!LESS(zero, x1) && !LESS(zero, x2)) || (!LESS(x1, width) && !LESS(x2, width)))
		return;
	pieces->rounded = pieces->all_rounded || LESS(x1, zero) || LESS(width, x1) ||
		LESS(x2, zero) || LESS(width, x2);
	if (LESS(x1, zero) || LESS(width, x1))
	{
		a_x = LESS(x1, zero) ? zero : width;
		a_y = NAME(y_at)(x1, y1, x2, y2, a_x);
	}
	if (LESS(x2, zero) || LESS(width, x2))
	{
		b_x = LESS(x2, zero) ? zero : width;
		b_y = NAME(y_at)(x1, y1, x2, y2, b_x);
	}
	NAME(split_edge)(pieces, a_x, a_y, b_x, b_y, sign);
}

/* the rings of a polygon; x, y: corner of the window */
static size_t
NAME(cut_polygon)(const IlPolygon *polygon, double x, double y, const NAME(Window) *window,
				  NAME(Segment) *segment)
{
	NAME(Pieces) pieces = {
		.window = window, .segment = segment, .all_rounded = !exact_from(polygon, x, y)
	};

	for (size_t r = 0; r < polygon->list->n_ring; r++)
	{
		const IlRing *ring = &polygon->list->ring[r];
		double		sign = polygon->sign[r];
		IlPoint		p;
		NUMBER		x1;
		NUMBER		y1;

		if (ring->n_point == 0)
			continue;
		p = il_ring_point(ring, ring->n_point - 1);
		x1 = FROM(p.x, x);
		y1 = FROM(p.y, y);
		for (size_t i = 0; i < ring->n_point; i++)
		{
			NUMBER		x2;
			NUMBER		y2;

			p = il_ring_point(ring, i);
			x2 = FROM(p.x, x);
			y2 = FROM(p.y, y);
			NAME(add_edge)(&pieces, x1, y1, x2, y2, sign);
			x1 = x2;
			y1 = y2;
		}
		NAME(finish_run)(&pieces, sign);
	}
	return pieces.n;
}

/*
 * Segments cut again to a part of their window.  They stand in the order of the
 * border, so runs are found as along a ring; what is missing between them was
 * outside.
 */
static size_t
NAME(cut_segments)(const NAME(Segment) *from, size_t n, double x, double y,
				   const NAME(Window) *window, NAME(Segment) *segment)
{
	NAME(Pieces) pieces = {.window = window, .segment = segment};
	NUMBER		dx = FROM(x, 0.0);
	NUMBER		dy = FROM(y, 0.0);
	double		sign = 0.0;

	for (size_t i = 0; i < n; i++)
	{
		const NAME(Segment) *s = &from[i];
		double		own = s->rightward ? -s->weight : s->weight;
		NUMBER		left = SUBTRACT(s->left, dx);
		NUMBER		right = SUBTRACT(s->right, dx);
		NUMBER		y_left = SUBTRACT(s->y_left, dy);
		NUMBER		y_right = SUBTRACT(s->y_right, dy);

		if (own != sign)
			NAME(finish_run)(&pieces, sign);
		sign = own;
		pieces.all_rounded = s->rounded;
		if (s->rightward)
			NAME(add_edge)(&pieces, left, y_left, right, y_right, sign);
		else
			NAME(add_edge)(&pieces, right, y_right, left, y_left, sign);
	}
	NAME(finish_run)(&pieces, sign);
	return pieces.n;
}

/* twice the integral of the lower of two segments over what they have in common in x */
static NUMBER
NAME(integrate)(const NAME(Segment) *e, const NAME(Segment) *f, NUMBER *width)
{
	NUMBER		a = LESS(e->left, f->left) ? f->left : e->left;
	NUMBER		b = LESS(e->right, f->right) ? e->right : f->right;
	NUMBER		e_a, e_b, f_a, f_b, d_a, d_b, sum;

	*width = SUBTRACT(b, a);
	if (!LESS(a, b))
	{
		*width = ZERO;
		return ZERO;
	}
	f_a = LESS(f->left, a) ? ADD(f->y_left, MULTIPLY(SUBTRACT(a, f->left), f->slope)) : f->y_left;
	f_b = LESS(b, f->right) ? ADD(f->y_right, MULTIPLY(SUBTRACT(b, f->right), f->slope)) :
		f->y_right;
	sum = ADD(f_a, f_b);
	if (e->flat)
		return MULTIPLY(*width, sum);
	e_a = LESS(e->left, a) ? ADD(e->y_left, MULTIPLY(SUBTRACT(a, e->left), e->slope)) : e->y_left;
	e_b = LESS(b, e->right) ? ADD(e->y_right, MULTIPLY(SUBTRACT(b, e->right), e->slope)) :
		e->y_right;
	if (f->flat)
		return MULTIPLY(*width, ADD(e_a, e_b));
	d_a = SUBTRACT(e_a, f_a);
	d_b = SUBTRACT(e_b, f_b);
	if (!LESS(d_a, ZERO) && !LESS(d_b, ZERO))
		return MULTIPLY(*width, sum);
	if (!LESS(ZERO, d_a) && !LESS(ZERO, d_b))
		return MULTIPLY(*width, ADD(e_a, e_b));
	/* they cross: the triangle in which e is the lower one, twice its mean height */
	if (LESS(d_a, ZERO))
		sum = SUBTRACT(sum, DIVIDE(MULTIPLY(d_a, d_a), SUBTRACT(d_b, d_a)));
	else
		sum = SUBTRACT(sum, DIVIDE(MULTIPLY(d_b, d_b), SUBTRACT(d_a, d_b)));
	return MULTIPLY(*width, sum);
}

typedef struct NAME(Sum)
{
	NUMBER		total;			/* twice the area */
	double		lost;			/* what rounding took from total */
	double		width;			/* of the pairs of one window */
	Effort		effort;
} NAME(Sum);

static void
NAME(add_pair)(NAME(Sum) *sum, const NAME(Segment) *e, const NAME(Segment) *f)
{
	NUMBER		width;
	NUMBER		term = NAME(integrate)(e, f, &width);
	NUMBER		next;

	if (e->weight * f->weight < 0)
		term = SUBTRACT(ZERO, term);
	next = ADD(sum->total, term);
	sum->lost += fabs(HIGH(sum->total)) >= fabs(HIGH(term)) ?
		HIGH(ADD(SUBTRACT(sum->total, next), term)) :
		HIGH(ADD(SUBTRACT(term, next), sum->total));
	sum->total = next;
	sum->width += HIGH(width);
	sum->effort.pairs++;
}

/* every pair; for few segments */
static void
NAME(sum_all)(const NAME(Segment) *a, size_t n_a, const NAME(Segment) *b, size_t n_b,
			  NAME(Sum) *sum)
{
	for (size_t i = 0; i < n_a; i++)
	{
		for (size_t k = 0; k < n_b; k++)
			NAME(add_pair)(sum, &a[i], &b[k]);
	}
}

/* from left to right; *open: room for as many, for those that are still open */
static IlOrderItem *
NAME(sort)(const NAME(Segment) *segment, size_t n, IlOrderItem *item, IlOrderItem **open)
{
	IlOrderItem *order;

	for (size_t i = 0; i < n; i++)
		item[i] = (IlOrderItem) {HIGH(segment[i].left), LOW(segment[i].left), i};
	order = il_order_sort(item, item + n, n);
	*open = order == item ? item + n : item;
	return order;
}

/* pairs of one new segment with the open ones of the other polygon; those that ended are dropped */
static void
NAME(sum_open)(const NAME(Segment) *segment, const NAME(Segment) *other, IlOrderItem *open,
			   size_t *n_open, NAME(Sum) *sum, const IlPoll *poll, uint32_t *counter)
{
	size_t		kept = 0;

	for (size_t k = 0; k < *n_open; k++)
	{
		const NAME(Segment) *o = &other[open[k].position];

		if (!LESS(segment->left, o->right))
			continue;
		NAME(add_pair)(sum, segment, o);
		il_poll(poll, counter);
		open[kept++] = open[k];
	}
	*n_open = kept;
}

/* from left to right, only pairs that meet in x; for many segments */
static void
NAME(sum_swept)(const NAME(Segment) *a, size_t n_a, const NAME(Segment) *b, size_t n_b,
				IlOrderItem *item, NAME(Sum) *sum, const IlPoll *poll)
{
	IlOrderItem *open_a;
	IlOrderItem *open_b;
	IlOrderItem *order_a = NAME(sort)(a, n_a, item, &open_a);
	IlOrderItem *order_b = NAME(sort)(b, n_b, item + 2 * n_a, &open_b);
	size_t		n_open_a = 0;
	size_t		n_open_b = 0;
	size_t		i = 0;
	size_t		k = 0;
	uint32_t	counter = 0;

	while (i < n_a || k < n_b)
	{
		if (k >= n_b || (i < n_a && LESS(a[order_a[i].position].left, b[order_b[k].position].left)))
		{
			NAME(sum_open)(&a[order_a[i].position], b, open_b, &n_open_b, sum, poll, &counter);
			open_a[n_open_a++] = order_a[i++];
		}
		else
		{
			NAME(sum_open)(&b[order_b[k].position], a, open_a, &n_open_a, sum, poll, &counter);
			open_b[n_open_b++] = order_b[k++];
		}
	}
}

/* what rounded ends may move: see error_bound() */
static double
NAME(count_moved)(const NAME(Segment) *segment, size_t n, const IlBox *box)
{
	double		width = box->max_x - box->min_x;
	double		height = box->max_y - box->min_y;
	double		moved = 0.0;

	for (size_t i = 0; i < n; i++)
	{
		if (segment[i].rounded)
			moved += width * fabs(HIGH(SUBTRACT(segment[i].y_right, segment[i].y_left))) +
				height * HIGH(SUBTRACT(segment[i].right, segment[i].left));
	}
	return moved;
}

/* both polygons in one window */
typedef struct NAME(Part)
{
	NAME(Window) window;
	NAME(Segment) *a;
	NAME(Segment) *b;
	size_t		n_a;
	size_t		n_b;
} NAME(Part);

static void
NAME(sum_part)(const NAME(Part) *part, const Room *room, NAME(Sum) *sum, const IlPoll *poll)
{
	sum->width = 0.0;
	if (part->n_a * part->n_b <= FEW_PAIRS)
		NAME(sum_all)(part->a, part->n_a, part->b, part->n_b, sum);
	else
		NAME(sum_swept)(part->a, part->n_a, part->b, part->n_b, room->item, sum, poll);
	sum->effort.size += sum->width * HIGH(part->window.height);
	sum->effort.moved += NAME(count_moved)(part->a, part->n_a, room->box) +
		NAME(count_moved)(part->b, part->n_b, room->box);
}

/* part of a window into free room; false if there is too little of it */
static bool
NAME(cut_part)(const NAME(Part) *whole, double x, double y, Room *room, NAME(Part) *part)
{
	size_t		most = 2 * (whole->n_a + whole->n_b) + 4;

	part->a = (NAME(Segment) *) room->free;
	if ((size_t) (room->end - room->free) / sizeof(NAME(Segment)) < most)
		return false;
	part->n_a = NAME(cut_segments)(whole->a, whole->n_a, x, y, &part->window, part->a);
	part->b = part->a + part->n_a;
	part->n_b = part->n_a == 0 ? 0 :
		NAME(cut_segments)(whole->b, whole->n_b, x, y, &part->window, part->b);
	room->free = (unsigned char *) (part->b + part->n_b);
	return part->n_a <= whole->n_a && part->n_b <= whole->n_b;
}

/*
 * The two halves of a window, across its longer side.  The cut is a number of few
 * digits, so that taking it off is exact.  False if that saves too few pairs.
 */
static bool
NAME(halve)(const NAME(Part) *whole, Room *room, NAME(Part) half[2])
{
	double		width = HIGH(whole->window.width);
	double		height = HIGH(whole->window.height);
	double		x = width >= height ? (double) (float) (width / 2) : 0.0;
	double		y = width >= height ? 0.0 : (double) (float) (height / 2);

	half[0].window = whole->window;
	half[1].window = whole->window;
	if (width >= height)
	{
		half[0].window.width = FROM(x, 0.0);
		half[1].window.width = SUBTRACT(whole->window.width, FROM(x, 0.0));
	}
	else
	{
		half[0].window.height = FROM(y, 0.0);
		half[1].window.height = SUBTRACT(whole->window.height, FROM(y, 0.0));
	}
	return NAME(cut_part)(whole, 0.0, 0.0, room, &half[0]) &&
		NAME(cut_part)(whole, x, y, room, &half[1]) &&
		half[0].n_a * half[0].n_b + half[1].n_a * half[1].n_b <=
		whole->n_a * whole->n_b / 4 * 3;
}

/* how many segments a vertical line meets on the average */
static double
NAME(mean_open)(const NAME(Segment) *segment, size_t n, const NAME(Window) *window)
{
	double		sum = 0.0;

	for (size_t i = 0; i < n; i++)
		sum += HIGH(segment[i].right) - HIGH(segment[i].left);
	return sum / HIGH(window->width);
}

/* whether to halve a window: not for few pairs, nor where a sweep meets few */
static bool
NAME(is_crowded)(const NAME(Part) *part)
{
	double		n_a = (double) part->n_a;
	double		n_b = (double) part->n_b;

	return part->n_a * part->n_b > FEW_PAIRS &&
		n_a * NAME(mean_open)(part->b, part->n_b, &part->window) +
		n_b * NAME(mean_open)(part->a, part->n_a, &part->window) > FEW_OPEN * (n_a + n_b);
}

static void
NAME(sum_window)(const NAME(Part) *part, int depth, Room *room, NAME(Sum) *sum,
				 const IlPoll *poll)
{
	unsigned char *mark = room->free;
	NAME(Part)	half[2];

	if (part->n_a == 0 || part->n_b == 0)
		return;
	if (depth < DEEPEST && NAME(is_crowded)(part) && NAME(halve)(part, room, half))
	{
		NAME(sum_window)(&half[0], depth + 1, room, sum, poll);
		NAME(sum_window)(&half[1], depth + 1, room, sum, poll);
		room->free = mark;
		return;
	}
	room->free = mark;
	NAME(sum_part)(part, room, sum, poll);
}

/* twice the area */
static double
NAME(measure)(const IlPolygon *a, const IlPolygon *b, const IlBox *box, void *memory,
			  const IlPoll *poll, Effort *effort)
{
	NAME(Sum)	sum = {.total = ZERO};
	NAME(Part)	part = {
		.window = {FROM(box->max_x, box->min_x), FROM(box->max_y, box->min_y)}
	};
	Room		room = {.box = box, .item = memory};

	part.a = (NAME(Segment) *) (room.item + 2 * (SEGMENTS(a) + SEGMENTS(b)));
	part.n_a = NAME(cut_polygon)(a, box->min_x, box->min_y, &part.window, part.a);
	part.b = part.a + part.n_a;
	part.n_b = part.n_a == 0 ? 0 :
		NAME(cut_polygon)(b, box->min_x, box->min_y, &part.window, part.b);
	room.free = (unsigned char *) (part.b + part.n_b);
	room.end = (unsigned char *) memory + il_overlap_room(a, b);
	NAME(sum_window)(&part, 0, &room, &sum, poll);
	*effort = sum.effort;
	return HIGH(sum.total) + sum.lost;
}

#undef ZERO
#undef NAME
#undef NUMBER
#undef FROM
#undef ADD
#undef SUBTRACT
#undef MULTIPLY
#undef DIVIDE
#undef LESS
#undef HIGH
#undef LOW
