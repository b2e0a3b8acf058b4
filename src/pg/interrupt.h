/*
 * interrupt.h - cancel and timeout inside long work
 */
#ifndef IL_PG_INTERRUPT_H
#define IL_PG_INTERRUPT_H

#include "postgres.h"

#include "core/poll.h"

/* for loops of the core: CHECK_FOR_INTERRUPTS() */
extern const IlPoll il_interrupt_poll;

/* at load: operations of GEOS stop when a cancel or a timeout is pending */
extern void il_interrupt_init(void);

#endif
