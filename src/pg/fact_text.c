/*
 * fact_text.c - facts that are codes, from the server's kinds of text
 */
#include "postgres.h"

#include "pg/fact_text.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"

void
il_fact_set_text(IlFactValue *fact, const char *text, Size length)
{
	fact->state = IL_FACT_KNOWN;
	fact->text = text;
	fact->length = (uint32) length;
}

void
il_fact_set_varlena(IlFactValue *fact, Datum value, bool padded)
{
	struct varlena *text = PG_DETOAST_DATUM_PACKED(value);
	Size		length = VARSIZE_ANY_EXHDR(text);

	while (padded && length > 0 && VARDATA_ANY(text)[length - 1] == ' ')
		length--;
	il_fact_set_text(fact, VARDATA_ANY(text), length);
}

void
il_fact_set_enum(IlFactValue *fact, Datum value)
{
	char	   *label = DatumGetCString(DirectFunctionCall1(enum_out, value));

	il_fact_set_text(fact, label, strlen(label));
}

/* Each code for itself, and all of them in one text for people; NULL among them is skipped. */
void
il_fact_set_texts(IlFactValue *fact, Datum value)
{
	ArrayType  *array = DatumGetArrayTypeP(value);
	Datum	   *element;
	bool	   *null;
	int			count;
	StringInfoData all;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &element, &null, &count);
	fact->year_value = palloc0(sizeof(IlFactValue) * (Size) (count + 1));
	initStringInfo(&all);
	for (int i = 0; i < count; i++)
	{
		IlFactValue *one = (IlFactValue *) &fact->year_value[fact->year_count];

		if (null[i])
			continue;
		il_fact_set_varlena(one, element[i], false);
		appendStringInfoString(&all, fact->year_count++ > 0 ? ", " : "");
		appendBinaryStringInfo(&all, one->text, (int) one->length);
	}
	il_fact_set_text(fact, all.data, (Size) all.len);
	fact->is_list = true;
}
