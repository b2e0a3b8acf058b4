/*
 * random.c - random numbers that are a function of seed and place
 */
#include "core/random.h"

#define ROUNDS		10
#define MULTIPLIER0	UINT32_C(0xD2511F53)
#define MULTIPLIER1	UINT32_C(0xCD9E8D57)
#define WEYL0		UINT32_C(0x9E3779B9)
#define WEYL1		UINT32_C(0xBB67AE85)

void
il_random_block(const uint32_t counter[4], const uint32_t key[2], uint32_t block[4])
{
	uint32_t	c0 = counter[0];
	uint32_t	c1 = counter[1];
	uint32_t	c2 = counter[2];
	uint32_t	c3 = counter[3];
	uint32_t	k0 = key[0];
	uint32_t	k1 = key[1];

	for (int round = 0; round < ROUNDS; round++)
	{
		uint64_t	p0 = (uint64_t) MULTIPLIER0 * c0;
		uint64_t	p1 = (uint64_t) MULTIPLIER1 * c2;

		c0 = (uint32_t) (p1 >> 32) ^ c1 ^ k0;
		c1 = (uint32_t) p1;
		c2 = (uint32_t) (p0 >> 32) ^ c3 ^ k1;
		c3 = (uint32_t) p0;
		k0 += WEYL0;
		k1 += WEYL1;
	}
	block[0] = c0;
	block[1] = c1;
	block[2] = c2;
	block[3] = c3;
}

void
il_random_begin(IlRandom *random, uint64_t seed, uint32_t stream, uint32_t draw)
{
	*random = (IlRandom) {
		.key = {(uint32_t) seed, (uint32_t) (seed >> 32)},
		.counter = {draw, 0, 0, stream}
	};
}

static uint32_t
next(IlRandom *random)
{
	if (random->left == 0)
	{
		il_random_block(random->counter, random->key, random->block);
		random->counter[1]++;
		random->left = 4;
	}
	return random->block[4 - random->left--];
}

uint32_t
il_random_below(IlRandom *random, uint32_t bound)
{
	uint64_t	product = (uint64_t) next(random) * bound;
	uint32_t	floor;

	if ((uint32_t) product >= bound)
		return (uint32_t) (product >> 32);
	/* 2^32 mod bound: smaller remainders come once too often */
	floor = (UINT32_MAX - bound + 1) % bound;
	while ((uint32_t) product < floor)
		product = (uint64_t) next(random) * bound;
	return (uint32_t) (product >> 32);
}
