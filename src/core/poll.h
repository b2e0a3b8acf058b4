/*
 * poll.h - how a long loop of the core lets its caller look up
 *
 * The core knows no server.  A loop that may run for long calls il_poll() with
 * its own counter; every IL_POLL_INTERVAL steps the caller's function is called.
 * That function may leave by longjmp: the core owns nothing that would be lost.
 */
#ifndef IL_CORE_POLL_H
#define IL_CORE_POLL_H

#include <stddef.h>
#include <stdint.h>

#define IL_POLL_INTERVAL	4096

typedef struct IlPoll
{
	void		(*call) (void *arg);
	void	   *arg;
} IlPoll;

/* poll may be NULL: nobody wants to know */
static inline void
il_poll(const IlPoll *poll, uint32_t *counter)
{
	if (++*counter >= IL_POLL_INTERVAL)
	{
		*counter = 0;
		if (poll != NULL && poll->call != NULL)
			poll->call(poll->arg);
	}
}

#endif
