/*
 * progress.c - what other sessions see of a long procedure in pg_stat_activity
 *
 * The name of the application is set for the transaction only, so that an error
 * or a cancel takes it back; other sessions see it at once.
 */
#include "postgres.h"

#include "pg/export.h"

#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/timestamp.h"

IL_FUNCTION(il__show_progress);
IL_FUNCTION(il__count_progress);

#define COUNT_INTERVAL 512		/* rows between two looks at the clock */
#define SHOW_INTERVAL 500		/* milliseconds between two messages */

/* What is being counted; lives as long as the session, and starts anew with every step. */
static char counted_step[NAMEDATALEN];
static int64 counted_done;
static TimestampTz counted_shown;

/*
 * Shows "inefficient_land assess SURVEY: STEP DONE/TOTAL" in the 63 bytes of plain
 * ASCII that there are: a long name is cut, the numbers never.
 */
static void
show_progress(const char *survey, const char *step, int64 done, int64 total)
{
	const char *head = "inefficient_land assess ";
	char		tail[NAMEDATALEN];
	char		name[NAMEDATALEN];
	char		text[NAMEDATALEN];
	int			room;

	snprintf(tail, sizeof(tail), ": %s " INT64_FORMAT "/" INT64_FORMAT, step, done, total);
	strlcpy(name, survey, sizeof(name));
	for (char *c = name; *c != '\0'; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	room = NAMEDATALEN - 1 - (int) strlen(head) - (int) strlen(tail);
	snprintf(text, sizeof(text), "%s%.*s%s", head, Max(room, 1), name, tail);
	(void) set_config_option("application_name", text, PGC_USERSET, PGC_S_SESSION,
							 GUC_ACTION_LOCAL, true, 0, false);
}

Datum
il__show_progress(PG_FUNCTION_ARGS)
{
	char	   *survey = NameStr(*PG_GETARG_NAME(0));
	char	   *step = text_to_cstring(PG_GETARG_TEXT_PP(1));

	counted_step[0] = '\0';
	show_progress(survey, step, PG_GETARG_INT64(2), PG_GETARG_INT64(3));
	PG_RETURN_VOID();
}

/* True for every row, so that it can stand in a WHERE clause. */
Datum
il__count_progress(PG_FUNCTION_ARGS)
{
	text	   *step = PG_GETARG_TEXT_PP(1);
	size_t		length = VARSIZE_ANY_EXHDR(step);

	if (strlen(counted_step) != length || memcmp(counted_step, VARDATA_ANY(step), length) != 0)
	{
		text_to_cstring_buffer(step, counted_step, sizeof(counted_step));
		counted_done = 0;
		counted_shown = GetCurrentTimestamp();
	}
	if (++counted_done % COUNT_INTERVAL == 0 &&
		TimestampDifferenceExceeds(counted_shown, GetCurrentTimestamp(), SHOW_INTERVAL))
	{
		counted_shown = GetCurrentTimestamp();
		show_progress(NameStr(*PG_GETARG_NAME(0)), counted_step, counted_done, PG_GETARG_INT64(2));
	}
	PG_RETURN_BOOL(true);
}
