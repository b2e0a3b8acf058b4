/*
 * links.h - rows with their values and who is next to whom, read from two relations
 */
#ifndef IL_PG_LINKS_H
#define IL_PG_LINKS_H

#include "postgres.h"

#include "core/neighbours.h"
#include "utils/array.h"

typedef struct IlLinkSource
{
	Oid			relation;
	Oid			neighbours;
	/* columns; NULL: there is none */
	const char *key;
	const char *value;
	const char *denominator;
	const char *partition;
	const char *from_key;
	const char *to_key;
	const char *weight;
	bool		zero_or_one;	/* values are nothing else */
} IlLinkSource;

/* rows in the order of partition and key */
typedef struct IlLinkRows
{
	size_t		n;
	int64	   *id;
	double	   *value;			/* NaN: missing */
	double	   *denominator;	/* NULL: there is none; NaN where the value is */
	const char **partition;		/* NULL: none */
} IlLinkRows;

/* rows from .. end - 1; n of them have a value, their places are row[0] .. row[n - 1] */
typedef struct IlLinkPart
{
	size_t		from;
	size_t		end;
	size_t		n;
	size_t	   *row;
	IlNeighbours neighbours;	/* among those n */
} IlLinkPart;

typedef struct IlLinkCheck
{
	size_t		n_row;
	size_t		n_link;			/* without repeated ones, those to itself and unknown ones */
	size_t		n_isolated;
	size_t		n_one_way;
	size_t		n_repeated;
	size_t		n_to_itself;
	size_t		n_unknown;
	ArrayType  *component_size; /* falling */
} IlLinkCheck;

typedef void (*IlLinkSink) (void *arg, const IlLinkRows *rows, const IlLinkPart *part);

/*
 * Reads both and hands out each partition, in a context of its own.  Links that name no
 * row of the relation are told by a NOTICE and left out, as are links of a row to itself;
 * links between partitions are left out.  Without partition there is one part, also of no
 * rows.  Errors: as pg/rows.h; 23502 a key is NULL, 23505 a key, or with weights a link,
 * comes twice, 22003 and 22023 a value, denominator or weight that cannot be.
 */
extern void il_links_read(const IlLinkSource *source, IlLinkSink sink, void *arg);

/* without value, denominator, partition and weight */
extern IlLinkCheck il_links_check(const IlLinkSource *source);

#endif
