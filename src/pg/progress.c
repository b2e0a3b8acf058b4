/*
 * progress.c - how far a long pass is, where other sessions see it
 */
#include "postgres.h"

#include "pg/progress.h"

#include "utils/backend_status.h"
#include "utils/guc.h"
#include "utils/timestamp.h"

#define CALLS_BETWEEN	64		/* that do not look at the clock */
#define MILLISECONDS	1000

static struct
{
	unsigned	calls;
	TimestampTz last;
	bool		shown;
} state = {0};

void
il_progress_show(const char *what, uint64 done, uint64 total)
{
	TimestampTz now;
	char		text[NAMEDATALEN];

	if (++state.calls % CALLS_BETWEEN != 0)
		return;
	now = GetCurrentTimestamp();
	if (!TimestampDifferenceExceeds(state.last, now, MILLISECONDS))
		return;
	state.last = now;
	state.shown = true;
	if (total > 0)
		snprintf(text, sizeof(text), "%s: " UINT64_FORMAT "/" UINT64_FORMAT, what, done, total);
	else
		snprintf(text, sizeof(text), "%s: " UINT64_FORMAT, what, done);
	pgstat_report_appname(text);
}

void
il_progress_end(void)
{
	if (state.shown)
		pgstat_report_appname(application_name);
	state.shown = false;
}
