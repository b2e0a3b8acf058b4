/*
 * memory.h - memory for the core
 */
#ifndef IL_PG_MEMORY_H
#define IL_PG_MEMORY_H

#include "postgres.h"

#include "core/memory.h"

/* Memory of the context that is current when it is asked for. */
extern const IlMemory il_palloc_memory;

/* at least size bytes that stay until more is asked for; what was in them is lost */
extern void *il_need_room(MemoryContext context, void **memory, Size *room, Size size);

#endif
