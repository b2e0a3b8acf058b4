/*
 * source_column.h - which columns of a relation are its key and its geometry
 */
#ifndef IL_PG_SOURCE_COLUMN_H
#define IL_PG_SOURCE_COLUMN_H

#include "postgres.h"

#include "access/attnum.h"

/* number of the column named so, or of the usual one where name is NULL; as il_source_open() */
extern AttrNumber il_source_key_column(Oid relation, const char *relation_name,
									   const char *argument, const char *name);
extern AttrNumber il_source_geometry_column(Oid relation, const char *relation_name,
											const char *argument, const char *name);

/* whether a unique index or the primary key says that no value of the column comes twice */
extern bool il_source_column_is_unique(Oid relation, AttrNumber column);

#endif
