/*
 * settings.c - definition of the settings in settings.h
 */
#include "postgres.h"

#include "pg/settings.h"

#include "utils/guc.h"

int			il_setting_language = IL_LANGUAGE_EN;
bool		il_setting_geometry_fast_path = true;

static const struct config_enum_entry language_options[] = {
	{"en", IL_LANGUAGE_EN, false},
	{"zh", IL_LANGUAGE_ZH, false},
	{NULL, 0, false}
};

void
il_settings_init(void)
{
	DefineCustomEnumVariable("inefficient_land.language",
							 "Language of labels, reasons and reports: en or zh.",
							 NULL,
							 &il_setting_language,
							 IL_LANGUAGE_EN,
							 language_options,
							 PGC_USERSET,
							 0,
							 NULL, NULL, NULL);

	DefineCustomBoolVariable("inefficient_land.geometry_fast_path",
							 "Read geometries from their stored form where a self-check allows it.",
							 "Off: always through the send function of the type; "
							 "the result is the same.",
							 &il_setting_geometry_fast_path,
							 true,
							 PGC_USERSET,
							 0,
							 NULL, NULL, NULL);

	MarkGUCPrefixReserved("inefficient_land");
}
