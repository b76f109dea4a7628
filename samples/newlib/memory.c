/* The heap under stress, with all contents checked; how it grows and shrinks; what happens when there is no more. */
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <mini-os/mm.h>
#include "checks.h"

enum { BLOCKS = 200, ROUNDS = 20000 };

static struct {
	unsigned char *data;
	size_t size;
	unsigned char mark;
} blocks[BLOCKS];

static bool is_whole(unsigned i)
{
	for (size_t at = 0; at < blocks[i].size; at++)
		if (blocks[i].data[at] != (unsigned char)(blocks[i].mark + at))
			return false;
	return true;
}

static void fill(unsigned i, size_t size)
{
	blocks[i].size = size;
	blocks[i].mark = rand();
	for (size_t at = 0; at < size; at++)
		blocks[i].data[at] = blocks[i].mark + at;
}

/* Whether the part that both sizes have is still the same. */
static bool resize(unsigned i, size_t size)
{
	unsigned char *data = realloc(blocks[i].data, size);

	if (!data)
		return false;
	blocks[i].data = data;
	if (size < blocks[i].size)
		blocks[i].size = size;
	if (!is_whole(i))
		return false;
	fill(i, size);
	return true;
}

static void check_stress(void)
{
	unsigned damaged = 0;

	srand(1);
	for (unsigned round = 0; round < ROUNDS; round++) {
		unsigned i = rand() % BLOCKS;
		size_t size = 1 + rand() % (round % 50 ? 600 : 60000);

		damaged += !is_whole(i);
		if (blocks[i].data && rand() % 3 == 0) {
			free(blocks[i].data);
			blocks[i].data = NULL;
			blocks[i].size = 0;
		} else {
			damaged += !resize(i, size);
		}
	}
	for (unsigned i = 0; i < BLOCKS; i++) {
		damaged += !is_whole(i);
		free(blocks[i].data);
	}
	check(!damaged, "20000 calls of malloc, realloc and free leave all contents as they were");
}

static void check_kinds(void)
{
	void *aligned = NULL;
	unsigned char *zero;
	unsigned sum = 0;

	check(!posix_memalign(&aligned, 4096, 100) && (uintptr_t)aligned % 4096 == 0, "posix_memalign aligns");
	free(aligned);
	aligned = aligned_alloc(64, 640);
	check(aligned && (uintptr_t)aligned % 64 == 0, "aligned_alloc aligns");
	free(aligned);
	zero = malloc(5000);
	memset(zero, 1, 5000);
	free(zero);
	zero = calloc(50, 100);
	for (unsigned i = 0; i < 5000; i++)
		sum += zero[i];
	check(!sum, "calloc clears what was in use before");
	free(zero);
}

/* The last of all, since the memory is not given back. */
void check_limits(void)
{
	unsigned long free_pages = minios_nr_free_pages(), kept;
	char *top, *large;

	errno = 0;
	check(!malloc(SIZE_MAX / 2) && errno == ENOMEM, "too much is refused with ENOMEM");
	large = malloc(4 << 20);
	memset(large, 0x5a, 4 << 20);
	check(minios_nr_free_pages() <= free_pages - 1000, "a large block takes pages from the kernel");
	free(large);
	malloc_trim(0);
	check(minios_nr_free_pages() + 50 >= free_pages, "and gives them back when it is freed");

	/* The kernel keeps enough to go on. */
	while (malloc(64 << 10))
		;
	kept = minios_nr_free_pages();
	check(errno == ENOMEM && kept >= minios_nr_total_pages() / 40, "the heap leaves the kernel its part of the memory");
	while (sbrk(4096) != (void *)-1)
		;
	top = sbrk(0);
	check(sbrk(4096) == (void *)-1 && sbrk(0) == top, "sbrk that fails changes nothing");
}

void check_memory(void)
{
	check_stress();
	check_kinds();
}
