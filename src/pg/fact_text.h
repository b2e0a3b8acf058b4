/*
 * fact_text.h - facts that are codes, from the server's kinds of text
 */
#ifndef IL_PG_FACT_TEXT_H
#define IL_PG_FACT_TEXT_H

#include "postgres.h"

#include "core/ruleset.h"

extern void il_fact_set_text(IlFactValue *fact, const char *text, Size length);
extern void il_fact_set_varlena(IlFactValue *fact, Datum value, bool padded);
extern void il_fact_set_enum(IlFactValue *fact, Datum value);

/* A list of codes from a text[]. */
extern void il_fact_set_texts(IlFactValue *fact, Datum value);

#endif
