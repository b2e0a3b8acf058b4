/*
 * settings.h - every setting of the extension (inefficient_land.*)
 *
 * No setting changes a result; "language" picks the words of labels, reasons
 * and reports, "geometry_fast_path" only the way a geometry is read.
 */
#ifndef IL_PG_SETTINGS_H
#define IL_PG_SETTINGS_H

#include "postgres.h"

typedef enum
{
	IL_LANGUAGE_EN,
	IL_LANGUAGE_ZH
} IlLanguage;

extern int	il_setting_language;			/* IlLanguage */
extern bool il_setting_geometry_fast_path;

extern void il_settings_init(void);

#endif
