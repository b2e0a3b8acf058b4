/*
 * random.h - random numbers that are a function of seed and place
 *
 * Philox 4x32-10 (Salmon et al. 2011): a counter-based generator.  What a stream
 * yields depends on the seed, the number of the stream and that of the draw alone, so
 * results are the same on any machine, in any order, by any number of workers.
 */
#ifndef IL_CORE_RANDOM_H
#define IL_CORE_RANDOM_H

#include <stdint.h>

typedef struct IlRandom
{
	uint32_t	key[2];
	uint32_t	counter[4];		/* draw, block, 0, stream */
	uint32_t	block[4];
	int			left;			/* numbers of the block that are not used yet */
} IlRandom;

extern void il_random_block(const uint32_t counter[4], const uint32_t key[2], uint32_t block[4]);

extern void il_random_begin(IlRandom *random, uint64_t seed, uint32_t stream, uint32_t draw);

/* uniform on 0 .. bound - 1, without bias (Lemire 2019); bound > 0 */
extern uint32_t il_random_below(IlRandom *random, uint32_t bound);

#endif
