/*
 * facts.h - the facts of a ruleset in the columns of a row
 *
 * A fact x is column x; contract.x is field x of the composite column
 * contract, else column contract_x; a series s is the array column s_series
 * with the integer array s_years.  The map from slots to columns is made once
 * for each type of row; a row is taken apart once.
 */
#ifndef IL_PG_FACTS_H
#define IL_PG_FACTS_H

#include "postgres.h"

#include "core/ruleset.h"

#include "access/htup.h"

typedef struct IlFactMap IlFactMap;

/* Lives in the given context, and with it. */
extern IlFactMap *il_fact_map_make(MemoryContext context, const IlRuleset *ruleset);

/*
 * Values of all used facts, one for each slot, valid as long as the row and
 * the current memory context.
 */
extern const IlFactValue *il_fact_map_read(IlFactMap *map, HeapTupleHeader row);

/* For each rule whether an exemption was granted; NULL when the row says nothing. */
extern const bool *il_fact_map_decisions(IlFactMap *map);

#endif
