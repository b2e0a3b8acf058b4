/*
 * geos.h - the only door to GEOS
 *
 * One re-entrant context of our own; nothing raised here leaves through a GEOS
 * frame, every GEOS object is destroyed before a function returns.
 */
#ifndef IL_BRIDGE_GEOS_H
#define IL_BRIDGE_GEOS_H

#include "core/ring.h"

typedef enum IlGeosStatus
{
	IL_GEOS_OK,
	IL_GEOS_FAILED				/* out of memory, interrupted or refused: see the message */
} IlGeosStatus;

typedef struct IlValidity
{
	bool		valid;
	char		reason[64];		/* in GEOS's words */
	IlPoint		place;			/* not finite if GEOS gives none */
} IlValidity;

/*
 * Ask `pending` during long operations and stop them when it says so, in
 * addition to whoever asked before us.
 */
extern void il_geos_chain_interrupt(bool (*pending) (void));

/* list: without structural flaw, at least one ring */
extern IlGeosStatus il_geos_validity(const IlRingList *list, IlValidity *validity);

/*
 * The polygon that the lines of an invalid one make, as PostGIS's ST_MakeValid with
 * method=linework; lines and points that are left over are dropped.  A MultiPolygon
 * in well-known binary of this machine's byte order, empty if nothing is left;
 * il_geos_free() it.  List as above.
 */
extern IlGeosStatus il_geos_repair(const IlRingList *list, unsigned char **binary, size_t *size);
extern void il_geos_free(void *memory);

/* what GEOS said about the last failure of this process */
extern const char *il_geos_message(void);

#endif
