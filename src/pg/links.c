/*
 * links.c - rows with their values and who is next to whom, read from two relations
 */
#include "postgres.h"

#include "pg/links.h"

#include "pg/interrupt.h"
#include "pg/progress.h"
#include "pg/rows.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

typedef struct Link
{
	uint32_t	from;
	uint32_t	to;
	double		weight;
} Link;

/* a place by key, or by anything else that is searched for */
typedef struct Place
{
	int64		id;
	uint32_t	row;
} Place;

typedef struct Reader
{
	const IlLinkSource *source;
	const char *name;			/* of the relation */
	const char *neighbours_name;
	IlLinkRows	rows;
	size_t		row_room;
	Place	   *place;			/* by id */
	Link	   *link;
	size_t		n_link;
	size_t		link_room;
	uint64		n_read;			/* links, also those left out */
	size_t		n_unknown;
	int64		unknown;		/* the first of them */
	size_t		n_to_itself;
	size_t		n_repeated;
	MemoryContext context;
} Reader;

static void *
grow(Reader *reader, void *memory, size_t size)
{
	return memory == NULL ? MemoryContextAllocHuge(reader->context, size) :
		repalloc_huge(memory, size);
}

/* ---- rows ---- */

static void
refuse_value(const Reader *reader, int64 id, const char *what, double value, int code)
{
	ereport(ERROR,
			(errcode(code),
			 errmsg("%s of row " INT64_FORMAT " of %s is %g", what, id, reader->name, value)));
}

/* NaN where one of them is NULL */
static void
check_value(const Reader *reader, int64 id, double *value, double *denominator)
{
	if (isinf(*value))
		refuse_value(reader, id, "value", *value, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE);
	if (reader->source->zero_or_one && *value != 0 && *value != 1)
		refuse_value(reader, id, "value", *value, ERRCODE_INVALID_PARAMETER_VALUE);
	if (denominator == NULL)
		return;
	if (isinf(*denominator))
		refuse_value(reader, id, "denominator", *denominator, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE);
	if (*denominator < 0)
		refuse_value(reader, id, "denominator", *denominator, ERRCODE_INVALID_PARAMETER_VALUE);
	if (*value < 0)
		refuse_value(reader, id, "numerator", *value, ERRCODE_INVALID_PARAMETER_VALUE);
	if (isnan(*value) || isnan(*denominator) || *denominator == 0)
		*value = *denominator = NAN;
}

/* NULL is missing; a NaN that is there is no number */
static double
get_number(const Reader *reader, int64 id, const char *what, TupleTableSlot *slot, int at)
{
	double		value;

	if (slot->tts_isnull[at])
		return NAN;
	value = DatumGetFloat8(slot->tts_values[at]);
	if (isnan(value))
		refuse_value(reader, id, what, value, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE);
	return value;
}

static void
make_room_for_row(Reader *reader)
{
	IlLinkRows *rows = &reader->rows;

	if (rows->n < reader->row_room)
		return;
	if (rows->n > UINT32_MAX / 2)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%s has too many rows", reader->name)));
	reader->row_room = Max(1024, 2 * reader->row_room);
	rows->id = grow(reader, rows->id, reader->row_room * sizeof(int64));
	rows->value = grow(reader, rows->value, reader->row_room * sizeof(double));
	rows->partition = grow(reader, rows->partition, reader->row_room * sizeof(char *));
	if (reader->source->denominator != NULL)
		rows->denominator = grow(reader, rows->denominator, reader->row_room * sizeof(double));
}

/* columns: key, value, denominator, partition, as far as they are asked for */
static void
take_row(void *arg, TupleTableSlot *slot)
{
	Reader	   *reader = arg;
	IlLinkRows *rows = &reader->rows;
	const IlLinkSource *source = reader->source;
	int			at = 1;
	size_t		row = rows->n;
	int64		id;

	if (slot->tts_isnull[0])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a key of %s is null", reader->name)));
	make_room_for_row(reader);
	id = rows->id[row] = DatumGetInt64(slot->tts_values[0]);
	rows->value[row] = source->value == NULL ? 0 :
		get_number(reader, id, "value", slot, at++);
	if (source->denominator != NULL)
		rows->denominator[row] = get_number(reader, id, "denominator", slot, at++);
	if (!isnan(rows->value[row]) || source->denominator != NULL)
		check_value(reader, id, &rows->value[row],
					source->denominator == NULL ? NULL : &rows->denominator[row]);
	rows->partition[row] = NULL;
	if (source->partition != NULL && !slot->tts_isnull[at])
	{
		text	   *partition = DatumGetTextPP(slot->tts_values[at]);
		const char *former = row > 0 ? rows->partition[row - 1] : NULL;
		size_t		length = VARSIZE_ANY_EXHDR(partition);

		/* rows of one partition follow each other and share its name */
		if (former != NULL && strlen(former) == length &&
			memcmp(former, VARDATA_ANY(partition), length) == 0)
			rows->partition[row] = former;
		else
		{
			MemoryContext row_context = MemoryContextSwitchTo(reader->context);

			rows->partition[row] = text_to_cstring(partition);
			MemoryContextSwitchTo(row_context);
		}
	}
	il_progress_show("neighbours, rows", ++rows->n, 0);
}

static int
compare_places(const void *a, const void *b)
{
	const Place *x = a;
	const Place *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static void
read_rows(Reader *reader)
{
	const IlLinkSource *source = reader->source;
	IlColumn	column[4] = {{"key", source->key, IL_COLUMN_KEY}};
	int			n = 1;
	char	   *query;

	if (source->value != NULL)
		column[n++] = (IlColumn) {"value", source->value, IL_COLUMN_NUMBER};
	if (source->denominator != NULL)
		column[n++] = (IlColumn) {"denominator", source->denominator, IL_COLUMN_NUMBER};
	if (source->partition != NULL)
		column[n++] = (IlColumn) {"partition", source->partition, IL_COLUMN_TEXT};
	query = il_rows_query(source->relation, "relation", column, n, &reader->name);
	query = source->partition == NULL ? psprintf("%s ORDER BY 1", query) :
		psprintf("%s ORDER BY t.%s::pg_catalog.text COLLATE pg_catalog.\"C\", 1", query,
				 quote_identifier(source->partition));
	il_rows_read(query, NULL, take_row, reader);

	reader->place = MemoryContextAllocHuge(reader->context, (reader->rows.n + 1) * sizeof(Place));
	for (size_t i = 0; i < reader->rows.n; i++)
		reader->place[i] = (Place) {reader->rows.id[i], (uint32_t) i};
	if (source->partition != NULL)
		qsort(reader->place, reader->rows.n, sizeof(Place), compare_places);
	for (size_t i = 1; i < reader->rows.n; i++)
	{
		if (reader->place[i].id == reader->place[i - 1].id)
			ereport(ERROR,
					(errcode(ERRCODE_UNIQUE_VIOLATION),
					 errmsg("key " INT64_FORMAT " comes more than once in %s",
							reader->place[i].id, reader->name)));
	}
}

/* ---- links ---- */

static bool
find_row(Reader *reader, int64 id, uint32_t *row)
{
	Place		sought = {id, 0};
	Place	   *place = bsearch(&sought, reader->place, reader->rows.n, sizeof(Place),
								compare_places);

	if (place != NULL)
	{
		*row = place->row;
		return true;
	}
	if (reader->n_unknown++ == 0)
		reader->unknown = id;
	return false;
}

static double
get_weight(const Reader *reader, TupleTableSlot *slot)
{
	double		weight;

	if (reader->source->weight == NULL)
		return 1;
	weight = slot->tts_isnull[2] ? NAN : DatumGetFloat8(slot->tts_values[2]);
	if (!(weight > 0) || isinf(weight))
		ereport(ERROR,
				(errcode(isfinite(weight) ? ERRCODE_INVALID_PARAMETER_VALUE :
						 ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("weight of the link from " INT64_FORMAT " to " INT64_FORMAT " in %s is %s",
						DatumGetInt64(slot->tts_values[0]), DatumGetInt64(slot->tts_values[1]),
						reader->neighbours_name,
						slot->tts_isnull[2] ? "null" : psprintf("%g", weight)),
				 errhint("Weights are positive numbers; leave out what is not linked.")));
	return weight;
}

static void
take_link(void *arg, TupleTableSlot *slot)
{
	Reader	   *reader = arg;
	double		weight;
	uint32_t	from;
	uint32_t	to;

	il_progress_show("neighbours, links", ++reader->n_read, 0);
	if (slot->tts_isnull[0] || slot->tts_isnull[1])
		ereport(ERROR,
				(errcode(ERRCODE_NOT_NULL_VIOLATION),
				 errmsg("a key of %s is null", reader->neighbours_name)));
	weight = get_weight(reader, slot);
	if (!find_row(reader, DatumGetInt64(slot->tts_values[0]), &from) ||
		!find_row(reader, DatumGetInt64(slot->tts_values[1]), &to))
		return;
	if (from == to)
	{
		reader->n_to_itself++;
		return;
	}
	if (reader->n_link == reader->link_room)
	{
		reader->link_room = Max(4096, 2 * reader->link_room);
		reader->link = grow(reader, reader->link, reader->link_room * sizeof(Link));
	}
	reader->link[reader->n_link++] = (Link) {from, to, weight};
}

static int
compare_links(const void *a, const void *b)
{
	const Link *x = a;
	const Link *y = b;

	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	return (x->weight > y->weight) - (x->weight < y->weight);
}

/* links by from, and to; each once */
static void
sort_links(Reader *reader)
{
	size_t		n = reader->rows.n;
	size_t	   *end = MemoryContextAllocHuge(reader->context, (n + 1) * sizeof(size_t));
	Link	   *sorted = MemoryContextAllocHuge(reader->context,
												(reader->n_link + 1) * sizeof(Link));
	size_t		kept = 0;
	size_t		begin = 0;

	memset(end, 0, (n + 1) * sizeof(size_t));
	for (size_t i = 0; i < reader->n_link; i++)
		end[reader->link[i].from + 1]++;
	for (size_t i = 0; i < n; i++)
		end[i + 1] += end[i];
	/* end[i] is where row i begins, and moves on to where it ends */
	for (size_t i = 0; i < reader->n_link; i++)
		sorted[end[reader->link[i].from]++] = reader->link[i];
	for (size_t i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		qsort(sorted + begin, end[i] - begin, sizeof(Link), compare_links);
		for (size_t j = begin; j < end[i]; j++)
		{
			if (j > begin && sorted[j].to == sorted[j - 1].to)
			{
				if (reader->source->weight != NULL)
					ereport(ERROR,
							(errcode(ERRCODE_UNIQUE_VIOLATION),
							 errmsg("link from " INT64_FORMAT " to " INT64_FORMAT
									" comes more than once in %s", reader->rows.id[i],
									reader->rows.id[sorted[j].to], reader->neighbours_name)));
				reader->n_repeated++;
			}
			else
				reader->link[kept++] = sorted[j];
		}
		begin = end[i];
	}
	reader->n_link = kept;
	pfree(sorted);
	pfree(end);
}

static void
read_links(Reader *reader)
{
	const IlLinkSource *source = reader->source;
	IlColumn	column[3] = {
		{"from_key", source->from_key, IL_COLUMN_KEY},
		{"to_key", source->to_key, IL_COLUMN_KEY},
		{"weight", source->weight, IL_COLUMN_NUMBER}
	};
	char	   *query = il_rows_query(source->neighbours, "neighbours", column,
									  source->weight == NULL ? 2 : 3, &reader->neighbours_name);

	il_rows_read(query, NULL, take_link, reader);
	if (reader->n_link > 0)
		sort_links(reader);
}

/* ---- partitions ---- */

static bool
same_partition(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* local: place of a row among those with a value, by row - part->from */
static void
set_neighbours(const Reader *reader, IlLinkPart *part, const uint32_t *local, size_t link_from,
			   size_t link_end)
{
	size_t	   *start = MemoryContextAllocHuge(CurrentMemoryContext,
											   (part->n + 1) * sizeof(size_t));
	uint32_t   *to = MemoryContextAllocHuge(CurrentMemoryContext,
											(link_end - link_from + 1) * sizeof(uint32_t));
	double	   *weight = reader->source->weight == NULL ? NULL :
		MemoryContextAllocHuge(CurrentMemoryContext,
							   (link_end - link_from + 1) * sizeof(double));
	size_t		at = link_from;
	size_t		n = 0;

	for (size_t i = 0; i < part->n; i++)
	{
		start[i] = n;
		while (at < link_end && reader->link[at].from < part->row[i])
			at++;
		for (; at < link_end && reader->link[at].from == part->row[i]; at++)
		{
			const Link *link = &reader->link[at];

			if (link->to < part->from || link->to >= part->end ||
				local[link->to - part->from] == UINT32_MAX)
				continue;
			to[n] = local[link->to - part->from];
			if (weight != NULL)
				weight[n] = link->weight;
			n++;
		}
	}
	start[part->n] = n;
	part->neighbours = (IlNeighbours) {part->n, start, to, weight};
}

static void
make_part(const Reader *reader, IlLinkPart *part, size_t link_from, size_t link_end)
{
	size_t		n_row = part->end - part->from;
	uint32_t   *local = MemoryContextAllocHuge(CurrentMemoryContext,
											   (n_row + 1) * sizeof(uint32_t));

	part->n = 0;
	part->row = MemoryContextAllocHuge(CurrentMemoryContext, (n_row + 1) * sizeof(size_t));
	for (size_t row = part->from; row < part->end; row++)
	{
		local[row - part->from] = UINT32_MAX;
		if (isnan(reader->rows.value[row]))
			continue;
		local[row - part->from] = (uint32_t) part->n;
		part->row[part->n++] = row;
	}
	set_neighbours(reader, part, local, link_from, link_end);
}

typedef struct Audience
{
	IlLinkSink	sink;
	void	   *arg;
} Audience;

/* in a context that is emptied after each partition */
static void
hand_out(Reader *reader, void *arg)
{
	const Audience *audience = arg;
	const IlLinkRows *rows = &reader->rows;
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "partition",
												  ALLOCSET_DEFAULT_SIZES);
	IlLinkPart	part = {0};
	size_t		link_end = 0;

	if (reader->n_unknown > 0)
		ereport(NOTICE,
				(errmsg("links left out because %s has no such row: %zu", reader->name,
						reader->n_unknown),
				 errdetail("The first is of key " INT64_FORMAT ".", reader->unknown)));
	do
	{
		size_t		link_from = link_end;
		MemoryContext former = MemoryContextSwitchTo(context);

		part.from = part.end;
		while (part.end < rows->n &&
			   same_partition(rows->partition[part.end], rows->partition[part.from]))
			part.end++;
		while (link_end < reader->n_link && reader->link[link_end].from < part.end)
			link_end++;
		make_part(reader, &part, link_from, link_end);
		audience->sink(audience->arg, rows, &part);
		il_progress_show("neighbours, judged", part.end, rows->n);
		MemoryContextSwitchTo(former);
		MemoryContextReset(context);
	}
	while (part.end < rows->n);
	MemoryContextDelete(context);
}

typedef void (*Task) (Reader *reader, void *arg);

/* reads both and works on them, with progress shown until it ends */
static void
run(const IlLinkSource *source, Task task, void *arg)
{
	Reader		reader = {.source = source, .context = CurrentMemoryContext};

	PG_TRY();
	{
		read_rows(&reader);
		read_links(&reader);
		task(&reader, arg);
	}
	PG_CATCH();
	{
		il_progress_end();
		PG_RE_THROW();
	}
	PG_END_TRY();
	il_progress_end();
}

void
il_links_read(const IlLinkSource *source, IlLinkSink sink, void *arg)
{
	Audience	audience = {sink, arg};

	run(source, hand_out, &audience);
}

/* ---- what the links are like ---- */

/* the row that stands for all that hang together with this one */
static uint32_t
find_head(uint32_t *head, uint32_t row)
{
	while (head[row] != row)
	{
		head[row] = head[head[row]];
		row = head[row];
	}
	return row;
}

static int
compare_falling(const void *a, const void *b)
{
	int64		x = DatumGetInt64(*(const Datum *) a);
	int64		y = DatumGetInt64(*(const Datum *) b);

	return (x < y) - (x > y);
}

static ArrayType *
component_sizes(const Reader *reader)
{
	size_t		n = reader->rows.n;
	uint32_t   *head = MemoryContextAllocHuge(reader->context, (n + 1) * sizeof(uint32_t));
	Datum	   *size = MemoryContextAllocHuge(reader->context, (n + 1) * sizeof(Datum));
	size_t		n_size = 0;

	for (size_t i = 0; i < n; i++)
	{
		head[i] = (uint32_t) i;
		size[i] = Int64GetDatum(0);
	}
	for (size_t i = 0; i < reader->n_link; i++)
	{
		uint32_t	a = find_head(head, reader->link[i].from);
		uint32_t	b = find_head(head, reader->link[i].to);

		head[Max(a, b)] = Min(a, b);
		if (i % IL_POLL_INTERVAL == 0)
			CHECK_FOR_INTERRUPTS();
	}
	for (size_t i = 0; i < n; i++)
	{
		uint32_t	own = find_head(head, (uint32_t) i);

		size[own] = Int64GetDatum(DatumGetInt64(size[own]) + 1);
	}
	for (size_t i = 0; i < n; i++)
	{
		if (DatumGetInt64(size[i]) > 0)
			size[n_size++] = size[i];
	}
	qsort(size, n_size, sizeof(Datum), compare_falling);
	return construct_array(size, (int) n_size, INT8OID, sizeof(int64), FLOAT8PASSBYVAL,
						   TYPALIGN_DOUBLE);
}

static bool
has_link(const Reader *reader, uint32_t from, uint32_t to)
{
	size_t		low = 0;
	size_t		end = reader->n_link;

	while (low < end)
	{
		size_t		middle = low + (end - low) / 2;
		const Link *link = &reader->link[middle];

		if (link->from < from || (link->from == from && link->to < to))
			low = middle + 1;
		else
			end = middle;
	}
	return low < reader->n_link && reader->link[low].from == from && reader->link[low].to == to;
}

static void
check(Reader *reader, void *arg)
{
	IlLinkCheck *found = arg;
	bool	   *linked = MemoryContextAllocHuge(reader->context, reader->rows.n + 1);

	memset(linked, 0, reader->rows.n + 1);
	for (size_t i = 0; i < reader->n_link; i++)
	{
		const Link *link = &reader->link[i];

		linked[link->from] = linked[link->to] = true;
		found->n_one_way += !has_link(reader, link->to, link->from);
		if (i % IL_POLL_INTERVAL == 0)
			CHECK_FOR_INTERRUPTS();
	}
	for (size_t i = 0; i < reader->rows.n; i++)
		found->n_isolated += !linked[i];
	found->n_row = reader->rows.n;
	found->n_link = reader->n_link;
	found->n_repeated = reader->n_repeated;
	found->n_to_itself = reader->n_to_itself;
	found->n_unknown = reader->n_unknown;
	found->component_size = component_sizes(reader);
}

IlLinkCheck
il_links_check(const IlLinkSource *source)
{
	IlLinkCheck found = {0};

	run(source, check, &found);
	return found;
}
