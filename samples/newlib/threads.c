/* What each thread has for itself, and what threads share without getting into each other's way. */
#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <mini-os/mm.h>
#include <mini-os/sched.h>
#include <mini-os/semaphore.h>
#include "checks.h"

enum { WRITERS = 4, LINES = 25 };

static struct minios_semaphore done;

static void let_others_run(void)
{
	minios_msleep(1);
}

struct errno_use {
	int value;
	unsigned wrong;
};

static void use_errno(void *data)
{
	struct errno_use *use = data;

	for (int i = 0; i < 20; i++) {
		errno = use->value;
		let_others_run();
		use->wrong += errno != use->value;
	}
	minios_up(&done);
}

struct words {
	char text[32];
	char found[32];
	unsigned random;
};

static void use_state(void *data)
{
	struct words *words = data;

	srand(5);
	for (char *word = strtok(words->text, " "); word; word = strtok(NULL, " ")) {
		strcat(words->found, word);
		let_others_run();
	}
	words->random = rand();
	minios_up(&done);
}

struct sums {
	double from, sum;
};

/* Sums that differ in their last digits if any register is lost while another thread runs. */
static void use_floats(void *data)
{
	struct sums *sums = data;

	for (int i = 1; i <= 200; i++) {
		sums->sum += sqrt(sums->from + i) * 1.0000001;
		if (i % 10 == 0)
			let_others_run();
	}
	minios_up(&done);
}

/* A stream whose writing takes its time: other threads run in the middle of it. */
static struct {
	char text[WRITERS * LINES * 40];
	size_t length;
} slow;

static ssize_t write_slowly(void *cookie, const char *data, size_t length)
{
	(void)cookie;
	for (size_t i = 0; i < length && slow.length < sizeof(slow.text) - 1; i++) {
		slow.text[slow.length++] = data[i];
		if (i % 16 == 8)
			minios_schedule();
	}
	return length;
}

static FILE *slow_stream;

static void write_lines(void *data)
{
	for (int i = 0; i < LINES; i++)
		fprintf(slow_stream, "writer %d writes line %2d of %.1f\n", *(int *)data, i, (double)LINES);
	minios_up(&done);
}

/* How many lines are as one writer wrote them, in the order in which that one did. */
static int whole_lines(void)
{
	int next[WRITERS] = { 0 }, whole = 0, writer, number, end;
	char *line = slow.text;

	while (*line && sscanf(line, "writer %d writes line %d of 25.0%n", &writer, &number, &end) == 2 && line[end] == '\n') {
		if (writer >= 0 && writer < WRITERS && number == next[writer]++)
			whole++;
		line += end + 1;
	}
	return whole;
}

/* Holds the lock of stdout while it sleeps: the others have to wait for it, not only to take turns. */
static void hold_stream(void *data)
{
	flockfile(stdout);
	printf("# held by one thread, ");
	for (int i = 0; i < 5; i++)
		let_others_run();
	printf("and ended by it\n");
	*(bool *)data = true;
	funlockfile(stdout);
	minios_up(&done);
}

static void start(void (*function)(void *), void *data)
{
	if (!minios_create_thread("checks", function, data))
		abort();
}

static void wait_for(unsigned count)
{
	while (count--)
		minios_down(&done);
}

static void check_own_state(void)
{
	struct errno_use one = { .value = ENOENT }, other = { .value = EBADF };
	struct words first = { .text = "one two three four" }, second = { .text = "five six seven eight" };

	errno = ERANGE;
	start(use_errno, &one);
	start(use_errno, &other);
	wait_for(2);
	check(!one.wrong && !other.wrong && errno == ERANGE, "errno is each thread's own");
	srand(5);
	start(use_state, &first);
	start(use_state, &second);
	wait_for(2);
	check(!strcmp(first.found, "onetwothreefour") && !strcmp(second.found, "fivesixseveneight"), "so is strtok's place");
	check(first.random == second.random && first.random == (unsigned)rand(), "and so are random numbers");
}

static void check_floats(void)
{
	struct sums alone = { .from = 3 }, one = alone, other = { .from = 1e6 };

	start(use_floats, &alone);
	wait_for(1);
	start(use_floats, &one);
	start(use_floats, &other);
	wait_for(2);
	check(one.sum == alone.sum && other.sum > 1e5, "floating point is not disturbed by other threads");
}

static void check_shared_stream(void)
{
	static int marks[WRITERS] = { 0, 1, 2, 3 };
	bool released = false;

	slow_stream = fopencookie(NULL, "w", (cookie_io_functions_t){ .write = write_slowly });
	check(slow_stream && !setvbuf(slow_stream, NULL, _IOLBF, 512), "a stream that a function writes");
	for (int i = 0; i < WRITERS; i++)
		start(write_lines, &marks[i]);
	wait_for(WRITERS);
	check(!fclose(slow_stream) && whole_lines() == WRITERS * LINES, "lines that four threads write at once stay whole");
	start(hold_stream, &released);
	let_others_run();
	printf("# after the lock was free\n");
	check(released, "a thread waits for the stream that another one has");
	wait_for(1);
}

static void end_at_once(void *data)
{
	sprintf(data, "%.40f", 0.1);
	minios_up(&done);
}

/* The state of a thread, and the large numbers that newlib keeps with it for printing, go when the thread does. */
static void check_ends(void)
{
	unsigned long pages = 0;
	char text[64];

	for (int i = 0; i < 60; i++) {
		start(end_at_once, text);
		wait_for(1);
		let_others_run();
		malloc_trim(0);
		if (i == 9)
			pages = minios_nr_free_pages();
	}
	check(!strncmp(text, "0.1000000000000000055511151231257827", 36), "a thread that ends has done its work");
	check(minios_nr_free_pages() + 4 >= pages, "and leaves nothing in the memory");
}

void check_threads(void)
{
	minios_init_SEMAPHORE(&done, 0);
	check_own_state();
	check_floats();
	check_shared_stream();
	check_ends();
}
