/*
 * memory.c - memory for the core
 */
#include "postgres.h"

#include "pg/memory.h"

#include "miscadmin.h"
#include "utils/memutils.h"

static void *
allocate(void *owner, size_t size)
{
	(void) owner;
	/* whatever the core does at length asks for memory on the way */
	CHECK_FOR_INTERRUPTS();
	return palloc_extended(size, MCXT_ALLOC_HUGE);
}

const IlMemory il_palloc_memory = {allocate, NULL};

void *
il_need_room(MemoryContext context, void **memory, Size *room, Size size)
{
	if (*room < size)
	{
		void	   *former = *memory;

		*memory = NULL;
		*room = 0;
		if (former != NULL)
			pfree(former);
		*memory = MemoryContextAllocHuge(context, size + size / 2);
		*room = size + size / 2;
	}
	return *memory;
}
