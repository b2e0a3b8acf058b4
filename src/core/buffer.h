/*
 * buffer.h - text that grows
 */
#ifndef IL_CORE_BUFFER_H
#define IL_CORE_BUFFER_H

#include "core/memory.h"

typedef struct IlBuffer
{
	const IlMemory *memory;
	char	   *text;			/* not terminated; NULL while empty */
	size_t		length;
	size_t		room;
} IlBuffer;

extern void il_buffer_put(IlBuffer *buffer, const char *text, size_t length);
extern void il_buffer_put_string(IlBuffer *buffer, const char *text);
extern void il_buffer_put_integer(IlBuffer *buffer, long long value);

/* A JSON string with its quotes; NULL gives null. */
extern void il_buffer_put_json(IlBuffer *buffer, const char *text, size_t length);

/* The text with a terminating zero. */
extern char *il_buffer_finish(IlBuffer *buffer);

#endif
