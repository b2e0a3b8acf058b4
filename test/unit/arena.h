/*
 * arena.h - TAP lines and memory for unit programs of the criterion rooms
 */
#ifndef IL_UNIT_ARENA_H
#define IL_UNIT_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/memory.h"

typedef struct Block
{
	struct Block *next;
	double		body[];
} Block;

static Block *arena_blocks;
static int	test_count;
static int	test_failed;

static void *
arena_allocate(void *owner, size_t size)
{
	Block	   *block = malloc(sizeof(Block) + size);

	(void) owner;
	if (block == NULL)
		abort();
	block->next = arena_blocks;
	arena_blocks = block;
	return block->body;
}

static const IlMemory arena = {arena_allocate, NULL};

static void
arena_reset(void)
{
	while (arena_blocks != NULL)
	{
		Block	   *next = arena_blocks->next;

		free(arena_blocks);
		arena_blocks = next;
	}
}

static bool
ok(bool passed, const char *format, ...)
{
	va_list		arguments;

	printf("%sok %d - ", passed ? "" : "not ", ++test_count);
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	printf("\n");
	if (!passed)
		test_failed++;
	return passed;
}

static int
done(void)
{
	arena_reset();
	printf("1..%d\n", test_count);
	return test_failed != 0;
}

#endif
