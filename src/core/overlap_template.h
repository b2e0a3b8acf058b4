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
	bool		flat;			/* at the upper side of the window */
} NAME(Segment);

typedef struct NAME(Window)
{
	double		x;				/* lower left corner, as in the coordinates */
	double		y;
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
	double		moved;			/* size of what rounded ends may move: see error_bound() */
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
	s->flat = flat;
	pieces->n++;
	/* what moves the ends of a run moves those of the segments that join there */
	if (pieces->rounded && !flat)
		pieces->moved += HIGH(pieces->window->width) * fabs(HIGH(SUBTRACT(y2, y1))) +
			HIGH(pieces->window->height) * fabs(HIGH(SUBTRACT(x2, x1)));
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

static size_t
NAME(cut)(const IlPolygon *polygon, const NAME(Window) *window, NAME(Segment) *segment,
		  double *moved)
{
	NAME(Pieces) pieces = {
		.window = window, .segment = segment,
		.all_rounded = !exact_from(polygon, window->x, window->y)
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
		x1 = FROM(p.x, window->x);
		y1 = FROM(p.y, window->y);
		for (size_t i = 0; i < ring->n_point; i++)
		{
			NUMBER		x2;
			NUMBER		y2;

			p = il_ring_point(ring, i);
			x2 = FROM(p.x, window->x);
			y2 = FROM(p.y, window->y);
			NAME(add_edge)(&pieces, x1, y1, x2, y2, sign);
			x1 = x2;
			y1 = y2;
		}
		NAME(finish_run)(&pieces, sign);
	}
	*moved += pieces.moved;
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
	double		width;			/* of all pairs */
	uint64_t	pairs;
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
	sum->pairs++;
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

/* twice the area */
static double
NAME(measure)(const IlPolygon *a, const IlPolygon *b, const IlBox *box, void *room,
			  const IlPoll *poll, Effort *effort)
{
	NAME(Segment) *segment_a = room;
	NAME(Segment) *segment_b = segment_a + SEGMENTS(a);
	IlOrderItem *item = (IlOrderItem *) (segment_b + SEGMENTS(b));
	NAME(Window) window = {
		box->min_x, box->min_y, FROM(box->max_x, box->min_x), FROM(box->max_y, box->min_y)
	};
	NAME(Sum)	sum = {.total = ZERO};
	double		moved = 0.0;
	size_t		n_a = NAME(cut)(a, &window, segment_a, &moved);
	size_t		n_b = n_a > 0 ? NAME(cut)(b, &window, segment_b, &moved) : 0;

	if (n_a * n_b <= FEW_PAIRS)
		NAME(sum_all)(segment_a, n_a, segment_b, n_b, &sum);
	else
		NAME(sum_swept)(segment_a, n_a, segment_b, n_b, item, &sum, poll);
	effort->moved = moved;
	effort->pairs = sum.pairs;
	effort->width = sum.width;
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
