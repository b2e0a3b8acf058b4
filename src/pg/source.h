/*
 * source.h - polygons or points with their keys, read from a relation as the caller may
 */
#ifndef IL_PG_SOURCE_H
#define IL_PG_SOURCE_H

#include "postgres.h"

#include "core/shape.h"

#include "access/attnum.h"

typedef enum IlOnInvalid
{
	IL_INVALID_ERROR,
	IL_INVALID_SKIP,
	IL_INVALID_REPAIR
} IlOnInvalid;

/* shape: until the call returns; its key as il_source_key() reads it */
typedef void (*IlShapeSink) (void *arg, const IlShape *shape);

typedef struct IlSource
{
	/* given */
	const char *argument;		/* name of the relation's argument in SQL */
	Oid			relation;
	const char *key;			/* column, NULL: the usual one */
	const char *geometry;		/* the same */
	Oid			key_type;		/* that the keys are read as */
	const char *stratum;		/* only these rows, NULL: all */
	IlOnInvalid on_invalid;
	bool		points;			/* not polygons; see il_source_read() */
	const char *value;			/* column of numbers that are not negative, NULL: none */
	bool		any_system;		/* also degrees, and no SRID */
	const char *work;			/* as progress shows it; NULL: overlap */

	/* found by il_source_open() */
	char	   *name;			/* as in messages */
	char	   *column;			/* the geometry, the same */
	bool		unique;			/* the keys certainly are */
	bool		has_stratum;
	char	   *query;

	/* of what was read; 0 if there was none */
	int32		srid;
	uint64		n_row;
} IlSource;

/*
 * Finds the columns, or raises: 42809 not a relation with rows, 42703 no such column,
 * 42804 key or geometry of another type.
 */
extern void il_source_open(IlSource *source);

/* relation has rows, else 42809; its name is found */
extern void il_source_require_rows(IlSource *source);

/* of the given name, NULL: the usual one; errors as above */
extern AttrNumber il_source_find_geometry(const IlSource *source);

/*
 * One pass.  Rows without geometry or with an empty one are passed over; what is not
 * a sound polygon goes by on_invalid, each case reported by its key.  Errors name the
 * relation and the key: 23502 a key is NULL, 23505 it comes twice, 22023 and others as
 * in pg/geometry.h and pg/crs.h, or two SRIDs; 22003 or 22023 a value.  Rows are
 * numbered from 0; where a value is asked for and NULL, the shape's is NaN.
 *
 * Points: every row comes, as a shape without rings if it has no place, else with one
 * ring of the point alone and the smallest box around it that has an area.
 */
extern void il_source_read(IlSource *source, IlShapeSink sink, void *arg);

extern Datum il_source_key(const IlShape *shape, bool by_value);

/* of IlOnInvalid, the last NULL; argument "on_invalid" */
extern const char *const il_on_invalid_words[];

/* 22023 another word than surface, above, below, 42703 no relation has a stratum; b may be NULL */
extern void il_source_require_stratum(const IlSource *a, const IlSource *b);

/* 22023 where what was read has two SRIDs; a relation without rows has none */
extern void il_source_require_one_system(const IlSource *a, const IlSource *b);

/* square metres of a unit of what was read; 0 without rows; errors of pg/crs.h */
extern double il_source_area_factor(const IlSource *source);

#endif
