/*
 * interrupt.c - cancel and timeout inside long work
 *
 * After an operation of GEOS has failed, its caller runs CHECK_FOR_INTERRUPTS()
 * first, so that a cancelled query reports the cancel and not a library error.
 */
#include "postgres.h"

#include "pg/interrupt.h"

#include "bridge/geos.h"

#include "miscadmin.h"

static void
check_interrupts(void *unused)
{
	(void) unused;
	CHECK_FOR_INTERRUPTS();
}

const IlPoll il_interrupt_poll = {check_interrupts, NULL};

static bool
stop_is_pending(void)
{
	return QueryCancelPending || ProcDiePending;
}

void
il_interrupt_init(void)
{
	il_geos_chain_interrupt(stop_is_pending);
}
