/*
 * geometry_fuzz.c - bytes of any origin through both readers and the ring kernels
 */
#include "core/ewkb.h"
#include "core/ring.h"
#include "core/stored_form.h"

#include <math.h>
#include <stdlib.h>

#define ROOM	64

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
use(IlRingList *list)
{
	IlFlaw		flaw;
	size_t		ring;
	uint32_t	point;
	bool		finite;

	/* what was not stored is not there to be looked at */
	if (list->n_ring > list->capacity)
		list->n_ring = list->capacity;
	flaw = il_ring_list_flaw(list);
	finite = !il_ring_list_find_not_finite(list, &ring, &point);
	if (!finite && flaw.kind == IL_FLAW_NONE)
		abort();
	if (isnan(il_ring_list_area(list)) && finite && list->n_ring == 0)
		abort();
	if (!il_ring_list_equal(list, list))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	IlRing		ring[ROOM];
	IlRingList	list = {.ring = ring, .capacity = ROOM};

	if (il_stored_form_read(data, size, &list) == IL_READ_OK)
		use(&list);
	memset(&list, 0, sizeof(list));
	list.ring = ring;
	list.capacity = ROOM;
	if (il_ewkb_read(data, size, &list) == IL_READ_OK)
		use(&list);
	return 0;
}
