/*
 * buffer.c - text that grows
 */
#include "core/buffer.h"

#include <stdio.h>
#include <string.h>

void
il_buffer_put(IlBuffer *buffer, const char *text, size_t length)
{
	if (buffer->length + length >= buffer->room)
	{
		size_t		room = (buffer->length + length) * 2 + 120;
		char	   *larger = il_allocate(buffer->memory, room);

		if (buffer->length > 0)
			memcpy(larger, buffer->text, buffer->length);
		buffer->text = larger;
		buffer->room = room;
	}
	if (length > 0)
		memcpy(buffer->text + buffer->length, text, length);
	buffer->length += length;
}

void
il_buffer_put_string(IlBuffer *buffer, const char *text)
{
	il_buffer_put(buffer, text, strlen(text));
}

void
il_buffer_put_integer(IlBuffer *buffer, long long value)
{
	char		text[24];

	il_buffer_put(buffer, text, (size_t) snprintf(text, sizeof(text), "%lld", value));
}

void
il_buffer_put_json(IlBuffer *buffer, const char *text, size_t length)
{
	if (text == NULL)
	{
		il_buffer_put(buffer, "null", 4);
		return;
	}
	il_buffer_put(buffer, "\"", 1);
	for (size_t i = 0; i < length; i++)
	{
		unsigned char c = (unsigned char) text[i];
		char		escaped[8];

		if (c == '"' || c == '\\')
			il_buffer_put(buffer, "\\", 1);
		if (c >= 0x20)
			il_buffer_put(buffer, text + i, 1);
		else
			il_buffer_put(buffer, escaped,
						  (size_t) snprintf(escaped, sizeof(escaped), "\\u%04x", c));
	}
	il_buffer_put(buffer, "\"", 1);
}

char *
il_buffer_finish(IlBuffer *buffer)
{
	il_buffer_put(buffer, "", 1);
	buffer->length--;
	return buffer->text;
}
