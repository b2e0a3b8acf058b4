/*
 * memory.h - where code of this floor takes memory from
 *
 * The caller hands in one function.  Memory is never given back piece by
 * piece: the owner (a memory context, an arena of a test) drops it at once.
 */
#ifndef IL_CORE_MEMORY_H
#define IL_CORE_MEMORY_H

#include <stddef.h>

typedef struct IlMemory
{
	void	   *(*allocate) (void *owner, size_t size);	/* never returns NULL */
	void	   *owner;
} IlMemory;

static inline void *
il_allocate(const IlMemory *memory, size_t size)
{
	return memory->allocate(memory->owner, size);
}

#endif
