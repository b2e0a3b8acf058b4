/*
 * contiguity.c - all pairs of neighbours of a set of polygons
 *
 * All shapes are held in memory: whether a third one stands in a gap can only be
 * told where all are at hand.  Pairs come from one join of the extents, grown by half
 * of what neighbours may be apart; the gaps among them are kept until their
 * bridges have been joined with all shapes and with the barriers.
 */
#include "postgres.h"

#include "pg/contiguity.h"

#include "core/box_join.h"
#include "pg/interrupt.h"
#include "pg/memory.h"
#include "pg/progress.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#define ARENA_BLOCK		(1024 * 1024)
#define HAIR			1e-6	/* of a bridge: what is inside by rounding */

typedef struct Gap
{
	uint32		a;
	uint32		b;
	bool		filled;
	const text *barrier;
	IlContact	contact;
} Gap;

struct IlContacts
{
	MemoryContext context;
	MemoryContext shapes;
	IlShape   **shape;
	size_t		n;
	size_t		room;
	bool	   *linked;

	/* while it runs */
	IlReach		reach;
	const IlBarrierList *barriers;
	IlContactSink sink;
	void	   *arg;
	IlBox	   *box;
	Gap		   *gap;
	size_t		n_gap;
	size_t		gap_room;
	void	   *scratch;
	Size		scratch_room;
	uint64		n_pair;
};

IlContacts *
il_contacts_begin(void)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "neighbours",
												  ALLOCSET_DEFAULT_SIZES);
	IlContacts *set = MemoryContextAllocZero(context, sizeof(IlContacts));

	set->context = context;
	set->shapes = GenerationContextCreate(context, "shapes of neighbours", 0, ARENA_BLOCK,
										  ARENA_BLOCK);
	return set;
}

void
il_contacts_add(IlContacts *set, const IlShape *shape)
{
	IlShape    *copy = MemoryContextAllocHuge(set->shapes, shape->size);

	memcpy(copy, shape, shape->size);
	il_shape_bind(copy);
	if (set->n == set->room)
	{
		set->room = set->room == 0 ? 1024 : 2 * set->room;
		set->shape = set->shape == NULL ?
			MemoryContextAllocHuge(set->context, set->room * sizeof(IlShape *)) :
			repalloc_huge(set->shape, set->room * sizeof(IlShape *));
	}
	if (set->n >= PG_UINT32_MAX - 1)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("more than %u polygons", PG_UINT32_MAX - 1)));
	set->shape[set->n++] = copy;
}

/* ---- pairs ---- */

static void
keep_gap(IlContacts *set, size_t a, size_t b, const IlContact *contact)
{
	if (set->n_gap == set->gap_room)
	{
		set->gap_room = set->gap_room == 0 ? 1024 : 2 * set->gap_room;
		set->gap = set->gap == NULL ?
			MemoryContextAllocHuge(set->context, set->gap_room * sizeof(Gap)) :
			repalloc_huge(set->gap, set->gap_room * sizeof(Gap));
	}
	set->gap[set->n_gap++] = (Gap) {
		.a = (uint32) a, .b = (uint32) b, .contact = *contact
	};
}

static void
hand_out(IlContacts *set, size_t a, size_t b, const IlContact *contact, const text *barrier)
{
	set->linked[a] = true;
	set->linked[b] = true;
	set->sink(set->arg, set->shape[a], set->shape[b], contact, barrier);
}

static void
take_pair(void *arg, size_t a, size_t b)
{
	IlContacts *set = arg;
	const IlPolygon *p = &set->shape[a]->polygon;
	const IlPolygon *q = &set->shape[b]->polygon;
	IlContact	contact;

	/* the list is joined with itself */
	if (a >= b)
		return;
	il_progress_show("contiguity, pairs", ++set->n_pair, 0);
	contact = il_contiguity_measure(p, q, &set->reach,
									il_need_room(set->context, &set->scratch, &set->scratch_room,
												 il_contiguity_room(p, q)),
									&il_interrupt_poll);
	if (contact.kind == IL_CONTACT_GAP)
		keep_gap(set, a, b, &contact);
	else if (contact.kind != IL_CONTACT_NONE)
		hand_out(set, a, b, &contact, NULL);
}

/* ---- gaps ---- */

/* a third shape and the bridge of a gap */
static void
take_third(void *arg, size_t number, size_t c)
{
	IlContacts *set = arg;
	Gap		   *gap = &set->gap[number];
	const IlPolygon *polygon = &set->shape[c]->polygon;
	double		inside;

	if (gap->filled || c == gap->a || c == gap->b)
		return;
	inside = il_contiguity_inside(polygon, gap->contact.bridge,
								  il_need_room(set->context, &set->scratch, &set->scratch_room,
												 polygon->n_point * sizeof(double)));
	gap->filled = inside > Max(set->reach.tolerance, HAIR * gap->contact.gap);
}

static void
take_barrier(void *arg, size_t number, size_t line)
{
	IlContacts *set = arg;
	Gap		   *gap = &set->gap[number];
	const IlBarrierList *barriers = set->barriers;
	const text *name = barriers->class_name[barriers->class_of[line]];

	if (gap->filled || (gap->barrier != NULL && il_barrier_compare(name, gap->barrier) <= 0))
		return;
	if (il_contiguity_crosses(gap->contact.bridge, &barriers->line[line]))
		gap->barrier = name;
}

/* box of a bridge, a hair larger so that it has an area */
static IlBox
box_of_bridge(const IlPoint *bridge, double hair)
{
	return (IlBox) {
		Min(bridge[0].x, bridge[1].x) - hair, Min(bridge[0].y, bridge[1].y) - hair,
		Max(bridge[0].x, bridge[1].x) + hair, Max(bridge[0].y, bridge[1].y) + hair
	};
}

static void *
allocate(void *owner, size_t size)
{
	return MemoryContextAllocHuge(owner, size);
}

/* pairs of two lists of boxes, in memory that is given back */
static void
join_boxes(IlContacts *set, const IlBox *a, size_t n_a, const IlBox *b, size_t n_b,
		   IlPairSink sink)
{
	MemoryContext context = AllocSetContextCreate(set->context, "pairs of neighbours",
												  ALLOCSET_DEFAULT_SIZES);
	const IlMemory memory = {allocate, context};

	il_box_join(a, n_a, b, n_b, &memory, &il_interrupt_poll, sink, set);
	MemoryContextDelete(context);
}

static void
settle_gaps(IlContacts *set)
{
	IlBox	   *bridge;

	if (set->n_gap == 0)
		return;
	if (set->n_gap >= PG_UINT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("more than %u gaps between polygons", PG_UINT32_MAX),
				 errhint("Lower max_gap.")));
	bridge = MemoryContextAllocHuge(set->context, set->n_gap * sizeof(IlBox));
	for (size_t i = 0; i < set->n_gap; i++)
	{
		const IlContact *contact = &set->gap[i].contact;

		bridge[i] = box_of_bridge(contact->bridge, HAIR * contact->gap);
	}
	for (size_t i = 0; i < set->n; i++)
		set->box[i] = set->shape[i]->polygon.box;
	join_boxes(set, bridge, set->n_gap, set->box, set->n, take_third);
	if (set->barriers != NULL)
		join_boxes(set, bridge, set->n_gap, set->barriers->box, set->barriers->n, take_barrier);
	for (size_t i = 0; i < set->n_gap; i++)
	{
		const Gap  *gap = &set->gap[i];

		CHECK_FOR_INTERRUPTS();
		if (!gap->filled)
			hand_out(set, gap->a, gap->b, &gap->contact, gap->barrier);
	}
}

void
il_contacts_run(IlContacts *set, const IlReach *reach, const IlBarrierList *barriers,
				  IlContactSink sink, void *arg)
{
	set->reach = *reach;
	set->barriers = barriers;
	set->sink = sink;
	set->arg = arg;
	set->linked = MemoryContextAllocHuge(set->context, set->n + 1);
	memset(set->linked, 0, set->n + 1);
	set->box = MemoryContextAllocHuge(set->context, (set->n + 1) * sizeof(IlBox));
	for (size_t i = 0; i < set->n; i++)
	{
		const IlBox *box = &set->shape[i]->polygon.box;
		double		half = il_contiguity_reach(reach, box) / 2;

		set->box[i] = (IlBox) {box->min_x - half, box->min_y - half,
			box->max_x + half, box->max_y + half};
	}
	join_boxes(set, set->box, set->n, set->box, set->n, take_pair);
	settle_gaps(set);
}

void
il_contacts_islands(const IlContacts *set, IlIslandSink sink, void *arg)
{
	for (size_t i = 0; i < set->n; i++)
	{
		if (!set->linked[i])
			sink(arg, set->shape[i]);
	}
}

void
il_contacts_end(IlContacts *set)
{
	MemoryContextDelete(set->context);
}
