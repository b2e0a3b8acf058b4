/*
 * memory.c - memory for the core
 */
#include "postgres.h"

#include "pg/memory.h"

#include "miscadmin.h"

static void *
allocate(void *owner, size_t size)
{
	(void) owner;
	/* whatever the core does at length asks for memory on the way */
	CHECK_FOR_INTERRUPTS();
	return palloc_extended(size, MCXT_ALLOC_HUGE);
}

const IlMemory il_palloc_memory = {allocate, NULL};
