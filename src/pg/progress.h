/*
 * progress.h - how far a long pass is, where other sessions see it
 */
#ifndef IL_PG_PROGRESS_H
#define IL_PG_PROGRESS_H

#include "postgres.h"

/*
 * Shows "what: done" or "what: done/total" (total > 0) as application_name in
 * pg_stat_activity, once a second at most.  Cheap enough for every row.  The
 * setting of the session stays as it is.
 */
extern void il_progress_show(const char *what, uint64 done, uint64 total);

/* shows the session's own application_name again; call it after an error too */
extern void il_progress_end(void);

#endif
