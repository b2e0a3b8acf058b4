/*
 * contiguity.c - whether and how two polygons are neighbours
 *
 * Of each polygon only the edges near the other one are looked at.  For each of
 * them the stretches near edges of the other are collected, united and summed up;
 * T-junctions and other vertices in between make no difference, as edges are
 * compared, not vertices.  Where there are many edges they are sorted from left to
 * right, so that only those are compared that are near in x.
 */
#include "core/contiguity.h"

#include "core/overlap.h"

#include <float.h>
#include <math.h>

#define FEW				24		/* lines that are not worth sorting */
#define FACING_SHARE	1.25
#define CORNER			2.0		/* tolerances: what is no longer is no border */
#define NARROW			1e-6	/* of a gap, where there is no tolerance */

/* edges of one polygon */
typedef struct Lines
{
	IlLine	   *line;
	IlLine	   *other;			/* for sorting */
	double	   *right;			/* of the lines up to this one; only if sorted */
	size_t		n;
	bool		sorted;
} Lines;

typedef struct Pair
{
	const IlPolygon *polygon[2];
	Lines		lines[2];
	IlOrderItem *item;			/* stretches of one line */
	IlOrderItem *scratch;
	void	   *overlap;
	const IlReach *reach;
	const IlPoll *poll;
	uint32_t	counter;
} Pair;

typedef IlStretch (*Measure) (const IlLine *s, const IlLine *t, double distance);

/* ---- the edges near the other ---- */

static double
rounding_of(const IlBox *box)
{
	double		x = il_greatest(fabs(box->min_x), fabs(box->max_x));
	double		y = il_greatest(fabs(box->min_y), fabs(box->max_y));

	return 8.0 * DBL_EPSILON * il_greatest(x, y);
}

double
il_contiguity_reach(const IlReach *reach, const IlBox *box)
{
	return il_greatest(reach->tolerance, reach->max_gap) + rounding_of(box);
}

static IlBox
grow(const IlBox *box, double by)
{
	double		far = by + rounding_of(box);

	return (IlBox) {box->min_x - far, box->min_y - far, box->max_x + far, box->max_y + far};
}

static bool
is_near(const IlLine *line, const IlBox *window)
{
	return line->from.x <= window->max_x && window->min_x <= line->to.x &&
		il_least(line->from.y, line->to.y) <= window->max_y &&
		window->min_y <= il_greatest(line->from.y, line->to.y);
}

static void
sort_lines(Pair *pair, Lines *lines)
{
	const IlOrderItem *sorted;
	double		right = -INFINITY;

	for (size_t i = 0; i < lines->n; i++)
		pair->item[i] = (IlOrderItem) {lines->line[i].from.x, lines->line[i].from.y, i};
	sorted = il_order_sort(pair->item, pair->scratch, lines->n);
	for (size_t i = 0; i < lines->n; i++)
	{
		lines->other[i] = lines->line[sorted[i].position];
		right = il_greatest(right, lines->other[i].to.x);
		lines->right[i] = right;
	}
	memcpy(lines->line, lines->other, lines->n * sizeof(IlLine));
}

static void
collect_lines(Pair *pair, int number, double distance)
{
	const IlRingList *list = pair->polygon[number]->list;
	IlBox		window = grow(&pair->polygon[1 - number]->box, distance);
	Lines	   *lines = &pair->lines[number];

	lines->n = 0;
	for (size_t r = 0; r < list->n_ring; r++)
	{
		const IlRing *ring = &list->ring[r];
		IlPoint		last = il_ring_point(ring, 0);

		for (size_t i = 1; i < ring->n_point; i++)
		{
			IlPoint		p = il_ring_point(ring, i);
			IlLine		line = il_line_make(last, p);

			if (is_near(&line, &window) && (last.x != p.x || last.y != p.y))
				lines->line[lines->n++] = line;
			last = p;
		}
	}
	lines->sorted = lines->n > FEW;
	if (lines->sorted)
		sort_lines(pair, lines);
}

static void
collect(Pair *pair, double distance)
{
	collect_lines(pair, 0, distance);
	collect_lines(pair, 1, distance);
}

/* the first line that reaches beyond x, or begins beyond it */
static size_t
first_beyond(const Lines *lines, double x)
{
	size_t		low = 0;
	size_t		n = lines->sorted ? lines->n : 0;

	while (n > 0)
	{
		size_t		half = n / 2;

		if (lines->right[low + half] < x)
		{
			low += half + 1;
			n -= half + 1;
		}
		else
			n = half;
	}
	return low;
}

/*
 * The next line from *at on that may be within the window; NULL at the end.  Begin
 * with first_beyond() of its left side.
 */
static const IlLine *
next_near(Pair *pair, const Lines *lines, const IlBox *window, size_t *at)
{
	while (*at < lines->n)
	{
		const IlLine *line = &lines->line[(*at)++];

		il_poll(pair->poll, &pair->counter);
		if (is_near(line, window))
			return line;
		if (lines->sorted && line->from.x > window->max_x)
			return NULL;
	}
	return NULL;
}

static IlBox
box_of(const IlLine *line)
{
	return (IlBox) {line->from.x, il_least(line->from.y, line->to.y),
		line->to.x, il_greatest(line->from.y, line->to.y)};
}

/* ---- lengths ---- */

/* share of a line that the stretches cover */
static double
unite(Pair *pair, size_t n)
{
	const IlOrderItem *item = n == 1 ? pair->item :
		il_order_sort(pair->item, pair->scratch, n);
	double		covered = 0.0;
	double		end = 0.0;

	for (size_t i = 0; i < n; i++)
	{
		if (item[i].low <= end)
			continue;
		covered += item[i].low - il_greatest(item[i].key, end);
		end = item[i].low;
	}
	return covered;
}

/* how much of the first polygon's edges lies near the other's */
static double
sum_stretches(Pair *pair, int number, Measure measure, double distance)
{
	const Lines *lines = &pair->lines[number];
	const Lines *others = &pair->lines[1 - number];
	double		sum = 0.0;

	for (size_t i = 0; i < lines->n; i++)
	{
		const IlLine *s = &lines->line[i];
		IlBox		box = box_of(s);
		IlBox		window = grow(&box, distance);
		size_t		at = first_beyond(others, window.min_x);
		const IlLine *t;
		size_t		n = 0;

		while ((t = next_near(pair, others, &window, &at)) != NULL)
		{
			IlStretch	stretch = measure(s, t, distance);

			if (stretch.low < stretch.high)
				pair->item[n++] = (IlOrderItem) {stretch.low, stretch.high, 0};
		}
		if (n > 0)
			sum += unite(pair, n) * il_line_length(s);
	}
	return sum;
}

static double
mean_length(Pair *pair, Measure measure, double distance)
{
	return (sum_stretches(pair, 0, measure, distance) +
			sum_stretches(pair, 1, measure, distance)) / 2;
}

/* squared distance of the borders; infinite if it is more than the reach */
static double
find_distance(Pair *pair, double reach)
{
	double		nearest = INFINITY;

	for (size_t i = 0; i < pair->lines[0].n && nearest > 0; i++)
	{
		const IlLine *s = &pair->lines[0].line[i];
		IlBox		box = box_of(s);
		IlBox		window = grow(&box, il_least(reach, sqrt(nearest)));
		size_t		at = first_beyond(&pair->lines[1], window.min_x);
		const IlLine *t;

		while (nearest > 0 && (t = next_near(pair, &pair->lines[1], &window, &at)) != NULL)
			nearest = il_least(nearest, il_line_distance_squared(s, t));
	}
	return nearest;
}

/* ---- the bridge ---- */

typedef struct Bridge
{
	double		length;			/* of the stretch; negative: none yet */
	IlPoint		end[2];
} Bridge;

/* the longer one; of equal ones the one to the left, then the lower one */
static bool
is_better(const Bridge *bridge, const Bridge *than)
{
	if (bridge->length != than->length)
		return bridge->length > than->length;
	if (bridge->end[0].x != than->end[0].x)
		return bridge->end[0].x < than->end[0].x;
	return bridge->end[0].y < than->end[0].y;
}

static void
try_bridge(Bridge *best, const IlLine *s, const IlLine *t, double distance)
{
	IlStretch	stretch = il_line_within(s, t, distance);
	Bridge		bridge;

	if (stretch.low > stretch.high)
		return;
	bridge.length = (stretch.high - stretch.low) * il_line_length(s);
	bridge.end[0] = il_line_point(s, (stretch.low + stretch.high) / 2);
	bridge.end[1] = il_line_nearest(t, bridge.end[0]);
	if (is_better(&bridge, best))
		*best = bridge;
}

static void
find_bridge(Pair *pair, double gap, IlPoint end[2])
{
	double		slack = il_greatest(pair->reach->tolerance, NARROW * gap);
	Bridge		best = {.length = -1.0};

	for (; best.length < 0; slack *= 2)
	{
		for (size_t i = 0; i < pair->lines[0].n; i++)
		{
			const IlLine *s = &pair->lines[0].line[i];
			IlBox		box = box_of(s);
			IlBox		window = grow(&box, gap + slack);
			size_t		at = first_beyond(&pair->lines[1], window.min_x);
			const IlLine *t;

			while ((t = next_near(pair, &pair->lines[1], &window, &at)) != NULL)
				try_bridge(&best, s, t, gap + slack);
		}
	}
	end[0] = best.end[0];
	end[1] = best.end[1];
}

/* ---- two polygons ---- */

static int
compare(double x, double y)
{
	return (x > y) - (x < y);
}

static int
compare_points(const IlRingList *a, const IlRingList *b)
{
	for (size_t r = 0; r < a->n_ring; r++)
	{
		if (a->ring[r].n_point != b->ring[r].n_point)
			return a->ring[r].n_point < b->ring[r].n_point ? -1 : 1;
		for (size_t i = 0; i < a->ring[r].n_point; i++)
		{
			IlPoint		p = il_ring_point(&a->ring[r], i);
			IlPoint		q = il_ring_point(&b->ring[r], i);
			int			order = compare(p.x, q.x);

			if (order == 0)
				order = compare(p.y, q.y);
			if (order != 0)
				return order;
		}
	}
	return 0;
}

/* an order of polygons that depends on them alone */
static int
compare_polygons(const IlPolygon *a, const IlPolygon *b)
{
	int			order = compare(a->box.min_x, b->box.min_x);

	if (order == 0)
		order = compare(a->box.min_y, b->box.min_y);
	if (order == 0)
		order = compare(a->box.max_x, b->box.max_x);
	if (order == 0)
		order = compare(a->box.max_y, b->box.max_y);
	if (order == 0)
		order = compare((double) a->list->n_ring, (double) b->list->n_ring);
	if (order == 0)
		order = compare_points(a->list, b->list);
	return order;
}

/* a block of working room, aligned for doubles */
static void *
take(unsigned char **room, size_t size)
{
	void	   *block = *room;

	*room += (size + 7) & ~(size_t) 7;
	return block;
}

size_t
il_contiguity_room(const IlPolygon *a, const IlPolygon *b)
{
	size_t		n = a->n_point + b->n_point;

	return n * (2 * sizeof(IlLine) + sizeof(double) + 2 * sizeof(IlOrderItem)) +
		il_overlap_room(a, b) + 64;
}

static Pair
make_pair(const IlPolygon *a, const IlPolygon *b, const IlReach *reach, void *room,
		  const IlPoll *poll)
{
	bool		exchange = compare_polygons(a, b) > 0;
	Pair		pair = {
		.polygon = {exchange ? b : a, exchange ? a : b}, .reach = reach, .poll = poll
	};
	unsigned char *left = room;

	for (int i = 0; i < 2; i++)
	{
		size_t		n = pair.polygon[i]->n_point;

		pair.lines[i].line = take(&left, n * sizeof(IlLine));
		pair.lines[i].other = take(&left, n * sizeof(IlLine));
		pair.lines[i].right = take(&left, n * sizeof(double));
	}
	pair.item = take(&left, (a->n_point + b->n_point) * sizeof(IlOrderItem));
	pair.scratch = take(&left, (a->n_point + b->n_point) * sizeof(IlOrderItem));
	pair.overlap = left;
	return pair;
}

static bool
holds(const IlBox *outer, const IlBox *inner)
{
	return outer->min_x <= inner->min_x && inner->max_x <= outer->max_x &&
		outer->min_y <= inner->min_y && inner->max_y <= outer->max_y;
}

/* by more than a tolerance would */
static bool
overlap(const Pair *pair)
{
	double		width = CORNER * pair->reach->tolerance;

	return il_overlap_measure(pair->polygon[0], pair->polygon[1], pair->overlap,
							  pair->poll, NULL) > width * width;
}

static void
settle_touch(Pair *pair, IlContact *contact)
{
	double		tolerance = pair->reach->tolerance;

	contact->length = mean_length(pair, il_line_along, tolerance);
	contact->facing = contact->length;
	contact->kind = contact->length > CORNER * tolerance ||
		(contact->gap == 0 && overlap(pair)) ? IL_CONTACT_TOUCH : IL_CONTACT_CORNER;
}

static void
settle_gap(Pair *pair, IlContact *contact)
{
	double		depth = il_greatest(FACING_SHARE * contact->gap,
									contact->gap + pair->reach->margin);

	contact->kind = IL_CONTACT_GAP;
	collect(pair, depth);
	contact->facing = mean_length(pair, il_line_within, depth);
	find_bridge(pair, contact->gap, contact->bridge);
}

IlContact
il_contiguity_measure(const IlPolygon *a, const IlPolygon *b, const IlReach *reach,
					  void *room, const IlPoll *poll)
{
	Pair		pair = make_pair(a, b, reach, room, poll);
	double		far = il_greatest(reach->tolerance, reach->max_gap);
	IlContact	contact = {.kind = IL_CONTACT_NONE};

	collect(&pair, far);
	contact.gap = sqrt(find_distance(&pair, far));
	if (contact.gap <= reach->tolerance)
		settle_touch(&pair, &contact);
	else if ((holds(&a->box, &b->box) || holds(&b->box, &a->box)) && overlap(&pair))
	{
		contact.kind = IL_CONTACT_TOUCH;
		contact.gap = 0.0;
	}
	else if (contact.gap <= reach->max_gap)
		settle_gap(&pair, &contact);
	return contact;
}

/* ---- what lies between ---- */

/* crossings of the line of the bridge, as shares of it */
static size_t
find_crossings(const IlPolygon *polygon, const IlPoint bridge[2], bool right, double *at)
{
	double		dx = bridge[1].x - bridge[0].x;
	double		dy = bridge[1].y - bridge[0].y;
	double		square = dx * dx + dy * dy;
	size_t		n = 0;

	for (size_t r = 0; r < polygon->list->n_ring; r++)
	{
		const IlRing *ring = &polygon->list->ring[r];
		double		last_side = 0;
		double		last_along = 0;

		for (size_t i = 0; i < ring->n_point; i++)
		{
			IlPoint		p = il_ring_point(ring, i);
			double		x = p.x - bridge[0].x;
			double		y = p.y - bridge[0].y;
			double		side = dx * y - dy * x;
			double		along = (dx * x + dy * y) / square;
			bool		left = right ? side > 0 : side >= 0;

			if (i > 0 && left != (right ? last_side > 0 : last_side >= 0))
				at[n++] = last_along + (along - last_along) * (last_side / (last_side - side));
			last_side = side;
			last_along = along;
		}
	}
	return n;
}

static double
sum_inside(double *at, size_t n)
{
	double		sum = 0.0;

	/* few as a rule */
	for (size_t i = 1; i < n; i++)
	{
		double		value = at[i];
		size_t		k = i;

		for (; k > 0 && at[k - 1] > value; k--)
			at[k] = at[k - 1];
		at[k] = value;
	}
	for (size_t i = 0; i + 1 < n; i += 2)
		sum += il_greatest(0.0, il_least(at[i + 1], 1.0) - il_greatest(at[i], 0.0));
	return sum;
}

/*
 * Taken once a hair to the left and once a hair to the right: what runs along a
 * border is inside on one side only.
 */
double
il_contiguity_inside(const IlPolygon *polygon, const IlPoint bridge[2], double *room)
{
	double		left = sum_inside(room, find_crossings(polygon, bridge, false, room));
	double		right = sum_inside(room, find_crossings(polygon, bridge, true, room));

	return il_least(left, right) * hypot(bridge[1].x - bridge[0].x, bridge[1].y - bridge[0].y);
}

bool
il_contiguity_crosses(const IlPoint bridge[2], const IlLine *barrier)
{
	IlLine		line = il_line_make(bridge[0], bridge[1]);

	return il_line_meets(&line, barrier);
}
