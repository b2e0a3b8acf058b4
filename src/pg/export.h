/*
 * export.h - how a C function becomes callable from SQL
 *
 * The module is built with hidden visibility, because PostGIS exports names
 * such as "area" that would capture ours.  Only functions declared here leave
 * the shared library; their C symbol is "il_" plus the SQL name.
 */
#ifndef IL_PG_EXPORT_H
#define IL_PG_EXPORT_H

#include "postgres.h"
#include "fmgr.h"

#define IL_FUNCTION(name) \
	extern PGDLLEXPORT Datum name(PG_FUNCTION_ARGS); \
	PG_FUNCTION_INFO_V1(name)

#endif
