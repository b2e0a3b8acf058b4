/*
 * contiguity.h - all pairs of neighbours of a set of polygons
 */
#ifndef IL_PG_CONTIGUITY_H
#define IL_PG_CONTIGUITY_H

#include "postgres.h"

#include "core/contiguity.h"
#include "core/shape.h"
#include "pg/barrier.h"

typedef struct IlContacts IlContacts;

/* barrier: class of the highest one that the bridge of a gap crosses, else NULL */
typedef void (*IlContactSink) (void *arg, const IlShape *a, const IlShape *b,
								 const IlContact *contact, const text *barrier);
typedef void (*IlIslandSink) (void *arg, const IlShape *shape);

/* in a context of its own within the current one */
extern IlContacts *il_contacts_begin(void);

/* copies the shape */
extern void il_contacts_add(IlContacts *set, const IlShape *shape);

/* each pair once, gaps that a third shape fills left out; barriers may be NULL */
extern void il_contacts_run(IlContacts *set, const IlReach *reach,
							  const IlBarrierList *barriers, IlContactSink sink, void *arg);

/* after the run: shapes that were in no pair */
extern void il_contacts_islands(const IlContacts *set, IlIslandSink sink, void *arg);

extern void il_contacts_end(IlContacts *set);

#endif
