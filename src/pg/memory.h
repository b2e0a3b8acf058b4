/*
 * memory.h - memory for the core
 */
#ifndef IL_PG_MEMORY_H
#define IL_PG_MEMORY_H

#include "postgres.h"

#include "core/memory.h"

/* Memory of the context that is current when it is asked for. */
extern const IlMemory il_palloc_memory;

#endif
