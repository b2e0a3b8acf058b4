/*
 * exact_text.c - input and output of the states of exact sums
 *
 * Text: 1:COUNT:SUM for exact_sum, and for exact_ratio
 * 1:INDICATOR:N:N_MISSING:N_ZERO:NUMERATOR:DENOMINATOR:MISSING_DENOMINATOR,
 * where the name of an indicator alone is its empty state.  Sums are written
 * as in core/exact_form.c.  Nothing that accumulating could not have produced
 * is accepted.
 */
#include "postgres.h"

#include "pg/exact.h"

#include "common/int.h"
#include "core/indicator.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"

#define MAX_FIELDS (2 + IL_EXACT_COUNTERS + IL_EXACT_MAX_WIDTH)

typedef struct
{
	const char *start;
	size_t		length;
} Field;

/* Split at colons; returns the number of fields, or -1 for more than MAX_FIELDS. */
static int
split(const char *text, Field *field)
{
	int			n = 0;

	for (;;)
	{
		size_t		length = strcspn(text, ":");

		if (n == MAX_FIELDS)
			return -1;
		field[n].start = text;
		field[n++].length = length;
		if (text[length] == '\0')
			return n;
		text += length + 1;
	}
}

static bool
parse_count(Field field, int64 *count)
{
	*count = 0;
	if (field.length == 0 || field.length > 19)
		return false;
	for (size_t i = 0; i < field.length; i++)
	{
		if (field.start[i] < '0' || field.start[i] > '9' ||
			pg_mul_s64_overflow(*count, 10, count) ||
			pg_add_s64_overflow(*count, field.start[i] - '0', count))
			return false;
	}
	return true;
}

static const char *
parse_fields(const Field *field, int n, int width, IlExactValue *value)
{
	int			at = 0;
	int			counters = il_exact_counters(width);

	if (width > 1 && n == 1)
	{
		value->kind = il_indicator_code(field->start, field->length);
		return value->kind ? NULL : "Its indicator is unknown.";
	}
	if (n != (width > 1 ? 2 : 1) + counters + width)
		return "It has the wrong number of fields.";
	if (field[at].length != 1 || field[at].start[0] != '0' + IL_EXACT_VERSION)
		return "Its format version is unknown.";
	at++;
	if (width > 1)
	{
		value->kind = il_indicator_code(field[at].start, field[at].length);
		at++;
	}
	for (int i = 0; i < counters; i++)
		if (!parse_count(field[at++], &value->counter[i]))
			return "A count is not a number from 0 to 9223372036854775807.";
	for (int i = 0; i < width; i++, at++)
	{
		const char *wrong = il_exact_parse(field[at].start, field[at].length, &value->number[i]);

		if (wrong)
			return wrong;
	}
	return NULL;
}

/* What accumulating could not have produced. */
static const char *
check(const IlExactValue *value)
{
	if (value->width > 1)
		return il_ratio_check(value);
	return il_exact_within(&value->number[0], value->counter[0]) ? NULL :
		"The sum is larger than its count allows.";
}

Datum
il_exact_input(const char *text, int width)
{
	Field		field[MAX_FIELDS];
	IlExactValue value = {.width = width};
	const char *wrong = parse_fields(field, split(text, field), width, &value);

	if (!wrong)
		wrong = check(&value);
	if (wrong)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: \"%s\"",
						il_exact_type_name(width), text),
				 errdetail("%s", wrong)));
	return il_exact_pack(&value);
}

char *
il_exact_output(Datum datum, int width)
{
	StringInfoData text;
	IlExactValue value;
	char		number[IL_EXACT_NUMBER_TEXT];

	il_exact_read(datum, width, &value);
	initStringInfo(&text);
	appendStringInfo(&text, "%d", IL_EXACT_VERSION);
	if (width > 1)
		appendStringInfo(&text, ":%s", il_indicator(value.kind)->name);
	for (int i = 0; i < il_exact_counters(width); i++)
		appendStringInfo(&text, ":" INT64_FORMAT, value.counter[i]);
	for (int i = 0; i < width; i++)
	{
		il_exact_print(&value.number[i], number);
		appendStringInfo(&text, ":%s", number);
	}
	return text.data;
}

Datum
il_exact_receive(FunctionCallInfo fcinfo, int width)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			length = message->len - message->cursor;
	IlExactValue value;
	const char *wrong;

	wrong = il_exact_decode((const uint8 *) pq_getmsgbytes(message, length), (size_t) length,
							width, &value);
	if (!wrong)
		wrong = check(&value);
	if (wrong)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary form of type %s", il_exact_type_name(width)),
				 errdetail("%s", wrong)));
	return il_exact_pack(&value);
}
