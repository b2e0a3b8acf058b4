/*
 * module.c - entry of the shared library
 */
#include "postgres.h"

#include "pg/export.h"
#include "pg/interrupt.h"
#include "pg/settings.h"

PG_MODULE_MAGIC;

extern PGDLLEXPORT void _PG_init(void);

void
_PG_init(void)
{
	il_settings_init();
	il_interrupt_init();
}
