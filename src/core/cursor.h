/*
 * cursor.h - bounds-checked steps through bytes of unknown origin
 */
#ifndef IL_CORE_CURSOR_H
#define IL_CORE_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct IlCursor
{
	const unsigned char *at;
	const unsigned char *end;
} IlCursor;

/* step over n items of the given size (> 0); false, without a step, beyond the end */
static inline bool
il_cursor_skip(IlCursor *cursor, size_t n, size_t size)
{
	if ((size_t) (cursor->end - cursor->at) / size < n)
		return false;
	cursor->at += n * size;
	return true;
}

static inline bool
il_cursor_read_uint32(IlCursor *cursor, uint32_t *value)
{
	const unsigned char *at = cursor->at;

	if (!il_cursor_skip(cursor, 1, sizeof(*value)))
		return false;
	memcpy(value, at, sizeof(*value));
	return true;
}

#endif
