/* One guest for every libc: checks what the compiler, the framework and, where there is one, the libc give. Prints TAP; the exit code is the number of failures. */
#include <mini-os/kernel.h>
#include <mini-os/console.h>
#include <mini-os/sched.h>
#include <mini-os/time.h>
#include <mini-os/xmalloc.h>

/* A guest of the private libc, or of none, has no such headers. */
#if __has_include(<stdio.h>)
#define HAS_LIBC 1
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#endif

static int count, failures;

static void check(bool passed, const char *what)
{
	minios_printk("%sok %d - %s\n", passed ? "" : "not ", ++count, what);
	failures += !passed;
}

/* Larger than what compilers copy by themselves: they call memcpy and memset. */
struct page {
	unsigned char bytes[5000];
};

static unsigned sum(const struct page *page)
{
	unsigned total = 0;

	for (unsigned i = 0; i < sizeof(page->bytes); i++)
		total += page->bytes[i];
	return total;
}

static void check_compiler(volatile unsigned long divisor)
{
	static struct page from, to;
	struct page empty = { { 0 } };
	unsigned __int128 large = (unsigned __int128)1 << 100;

	for (unsigned i = 0; i < sizeof(from.bytes); i++)
		from.bytes[i] = i;
	to = from;
	check(sum(&to) == sum(&from) && sum(&to) == 629340, "a structure is copied");
	to = empty;
	check(sum(&to) == 0, "a structure is cleared");
	check((unsigned)(large / divisor % 1000) == 713, "128 bits are divided");
}

static volatile int turns;

static void turn(void *data)
{
	(void)data;
	for (int i = 0; i < 10; i++) {
		turns++;
		minios_schedule();
	}
}

static void check_framework(void)
{
	minios_s_time_t start = MINIOS_NOW();
	char *memory = minios__xmalloc(100, 16);

	check(memory, "the kernel's heap gives memory");
	minios_xfree(memory);
	check(minios_create_thread("turn", turn, NULL) && minios_create_thread("turn", turn, NULL), "threads are made");
	minios_msleep(20);
	check(turns == 20, "threads run");
	check(MINIOS_NOW() - start >= MINIOS_MILLISECS(20), "time passes");
}

#ifdef HAS_LIBC
static void check_libc(void)
{
	char text[40], *copy, *end;

	check(snprintf(text, sizeof(text), "%05d|%-4s|%x|%c|%.2s", -42, "ab", 0xbeefu, 'z', "xyz") == 20 && !strcmp(text, "-0042|ab  |beef|z|xy"), "numbers and text are formatted");
	check(snprintf(text, 5, "%lu", 1234567890123UL) == 13 && !strcmp(text, "1234"), "what is too long is cut and counted");
	check(strtoul("0x1fg", &end, 0) == 31 && *end == 'g', "text becomes a number");
	check(strtol(" -99999999999999999999", NULL, 10) == (long)(1UL << 63), "too small a number is the smallest");
	copy = strdup("a line of text");
	check(copy && strlen(copy) == 14 && !strcmp(copy, "a line of text"), "a string is copied");
	memmove(copy + 2, copy, 12);
	check(!memcmp(copy, "a a line of te", 14), "memory is moved over itself");
	free(copy);
	copy = malloc(100000);
	check(copy && !((unsigned long)copy % 16), "a large block is aligned");
	memset(copy, 7, 100000);
	check(copy[0] == 7 && copy[99999] == 7, "a large block is written");
	free(copy);
}
#endif

#ifdef __SSE2_MATH__
static void check_floating_point(volatile double one)
{
	double total = 0;

	for (int i = 1; i <= 1000; i++) {
		total += one / i;
		if (i % 100 == 0)
			minios_msleep(1);
	}
	check(total > 7.48547086055 && total < 7.48547086056, "a sum of fractions survives sleeping");
}
#endif

int app_main(start_info_t *si)
{
	(void)si;
	check_compiler(12345678901);
	check_framework();
#ifdef HAS_LIBC
	check_libc();
#endif
#ifdef __SSE2_MATH__
	check_floating_point(1);
#endif
	minios_printk("1..%d\n", count);
	return failures;
}
