/*
 * exact_fuzz.c - states of exact sums from arbitrary bytes
 *
 * The first byte chooses the width, the second where the rest is cut in two;
 * each part is read as canonical bytes and as text.  What is accepted must
 * come back unchanged, and merging must not depend on the order.
 *
 * clang -Isrc -fsanitize=fuzzer,address,undefined test/fuzz/exact_fuzz.c src/core/exact*.c \
 *     src/core/indicator.c -lm
 */
#include "core/exact.h"
#include "core/indicator.h"

#include <stdlib.h>

static void
require(int condition)
{
	if (!condition)
		abort();
}

static bool
sound(const IlExactValue *value)
{
	return value->width == 1 ? il_exact_within(&value->number[0], value->counter[0]) :
		il_ratio_check(value) == NULL;
}

/* What is accepted as bytes is what would be written. */
static bool
read_bytes(const uint8_t *data, size_t size, int width, IlExactValue *value)
{
	uint8_t		bytes[IL_EXACT_MAX_BYTES];

	if (il_exact_decode(data, size, width, value) != NULL)
		return false;
	require(il_exact_encode(value, bytes) == size && memcmp(bytes, data, size) == 0);
	return sound(value);
}

/* What is accepted as text comes back as the same number. */
static void
read_text(const char *data, size_t size)
{
	IlExactNumber number;
	IlExactNumber again;
	char		text[IL_EXACT_NUMBER_TEXT];
	double		x;

	if (il_exact_parse(data, size, &number) != NULL)
		return;
	require(il_exact_parse(text, il_exact_print(&number, text), &again) == NULL);
	require(il_exact_compare(&number, &again) == 0 && number.first == again.first &&
			number.count == again.count);
	(void) il_exact_round(&number, &x);
}

/* a + b as canonical bytes, 0 when the counters overflow */
static size_t
merged(const IlExactValue *a, const IlExactValue *b, uint8_t *bytes)
{
	IlExactWindow window = il_exact_window_union(il_exact_window_of(a), il_exact_window_of(b));
	IlExact    *state = malloc(il_exact_size(a->width, window));
	IlExactValue sum;
	IlRatioDetail detail;
	size_t		length = 0;

	il_exact_init(state, a->width, a->kind, window);
	if (il_exact_merge(state, a) && il_exact_merge(state, b))
	{
		il_exact_finish(state, &sum);
		if (sum.width > 1)
			(void) il_ratio_detail(&sum, &detail);
		if (a->kind == b->kind)
			require(sound(&sum));
		length = il_exact_encode(&sum, bytes);
	}
	free(state);
	return length;
}

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	IlExactValue a;
	IlExactValue b;
	uint8_t		x[IL_EXACT_MAX_BYTES];
	uint8_t		y[IL_EXACT_MAX_BYTES];
	size_t		cut;
	size_t		length;
	int			width;

	if (size < 2)
		return 0;
	width = data[0] & 1 ? 1 : IL_RATIO_WIDTH;
	cut = data[1];
	data += 2;
	size -= 2;
	if (cut > size)
		cut = size;
	read_text((const char *) data, cut);
	read_text((const char *) data + cut, size - cut);
	if (!read_bytes(data, cut, width, &a) || !read_bytes(data + cut, size - cut, width, &b))
		return 0;
	length = merged(&a, &b, x);
	if (a.kind == b.kind)
		require(merged(&b, &a, y) == length && memcmp(x, y, length) == 0);
	return 0;
}
