/*
 * compiler-oracle COUNT: what a guest gets for the names that compilers call of themselves, renamed to ours_*, against what the host has for them:
 * build/compiler/division.c on COUNT pairs of random numbers of every length, build/libc/private/mem*.c on as many random blocks. Prints the
 * differences; ends with 1 if there are any.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *ours_memcpy(void *restrict to, const void *restrict from, size_t count);
void *ours_memmove(void *to, const void *from, size_t count);
void *ours_memset(void *to, int byte, size_t count);
int ours_memcmp(const void *left, const void *right, size_t count);

typedef __int128 wide;
typedef unsigned __int128 uwide;

uwide ours_udivti3(uwide number, uwide divisor);
uwide ours_umodti3(uwide number, uwide divisor);
wide ours_divti3(wide number, wide divisor);
wide ours_modti3(wide number, wide divisor);
uwide ours_udivmodti4(uwide number, uwide divisor, uwide *remainder);
wide ours_divmodti4(wide number, wide divisor, wide *remainder);

static unsigned long state = 88172645463325252UL;

static unsigned long next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	return state ^= state << 17;
}

/* Of any length, many of them small, all ones, or a power of two. */
static uwide number(void)
{
	uwide all = (uwide)next() << 64 | next();
	unsigned shift = next() % 128;

	switch (next() % 4) {
	case 0:
		return ~(uwide)0 >> shift;
	case 1:
		return (uwide)1 << shift;
	default:
		return all >> shift;
	}
}

enum { ROOM = 600 };

static int sign(int value)
{
	return (value > 0) - (value < 0);
}

/* One call of each on the same bytes as the host's; all around what it should write has to stay. */
static long try_memory(void)
{
	unsigned char ours[ROOM], theirs[ROOM];
	unsigned size = next() % 200, to = next() % (ROOM - 200), from = next() % (ROOM - 200);
	int byte = (int)next();
	long failures = 0;

	for (unsigned i = 0; i < ROOM; i++)
		ours[i] = theirs[i] = next() % 3;
	failures += ours_memmove(ours + to, ours + from, size) != ours + to;
	memmove(theirs + to, theirs + from, size);
	failures += memcmp(ours, theirs, ROOM) != 0;
	if (to + size <= from || from + size <= to) {
		failures += ours_memcpy(ours + from, ours + to, size) != ours + from;
		memcpy(theirs + from, theirs + to, size);
		failures += memcmp(ours, theirs, ROOM) != 0;
	}
	failures += sign(ours_memcmp(ours + to, ours + from, size)) != sign(memcmp(theirs + to, theirs + from, size));
	failures += ours_memset(ours + from, byte, size) != ours + from;
	memset(theirs + from, byte, size);
	return failures + (memcmp(ours, theirs, ROOM) != 0);
}

int main(int argc, char **argv)
{
	long count = argc > 1 ? atol(argv[1]) : 1000000, failures = 0;

	for (long i = 0; i < count; i++)
		failures += try_memory();
	for (long i = 0; i < count; i++) {
		uwide n = number(), d = number(), rest;
		wide sn = n, sd, srest;

		if (!d)
			continue;
		if (next() % 2)
			sn = -n;
		sd = next() % 2 ? -d : d;
		failures += ours_udivti3(n, d) != n / d || ours_umodti3(n, d) != n % d;
		failures += ours_udivmodti4(n, d, &rest) != n / d || rest != n % d || ours_udivmodti4(n, d, NULL) != n / d;
		if (sd == -1)	/* the smallest number by -1 has no quotient */
			continue;
		failures += ours_divti3(sn, sd) != sn / sd || ours_modti3(sn, sd) != sn % sd;
		failures += ours_divmodti4(sn, sd, &srest) != sn / sd || srest != sn % sd || ours_divmodti4(sn, sd, NULL) != sn / sd;
	}
	printf("%ld cases, %ld differences\n", count, failures);
	return failures != 0;
}
