/* Pseudo random numbers: a Weyl sequence through a 32-bit mixer, so every seed has the full period of 2^32. */
#include <stdint.h>
#include <stdlib.h>

static unsigned state = 1;

int rand_r(unsigned *seed)
{
	uint32_t x = *seed += 0x9e3779b9;

	x = (x ^ x >> 16) * 0x85ebca6b;
	x = (x ^ x >> 13) * 0xc2b2ae35;
	return (int)((x ^ x >> 16) & RAND_MAX);
}

int rand(void)
{
	return rand_r(&state);
}

void srand(unsigned seed)
{
	state = seed;
}
