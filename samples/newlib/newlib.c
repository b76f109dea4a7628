/*
 * What a full C library does in a guest: TAP lines on stdout, the count of failures as exit code. The last checks and the
 * plan come from functions that exit calls after app_main has returned, out of a buffer that exit has to write out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <mini-os/kernel.h>
#include "checks.h"

static unsigned tests, failures, at_end;
static char buffer[8192];

void check(bool good, const char *name)
{
	tests++;
	failures += !good;
	printf("%s %u - %s\n", good ? "ok" : "not ok", tests, name);
}

/* Registered first, called last. */
static void end(void)
{
	unsigned before = failures;

	check(at_end == 21, "atexit's functions run in the opposite order");
	printf("1..%u\n", tests);
	/* The exit code was settled before. */
	if (failures != before) {
		fflush(stdout);
		_exit(failures);
	}
}

static void second(void)
{
	at_end = at_end * 10 + 1;
}

static void first(void)
{
	at_end = at_end * 10 + 2;
}

int app_main(start_info_t *si)
{
	(void)si;
	check(!atexit(end) && !atexit(second) && !atexit(first), "atexit takes functions");
	check_numbers();
	check_memory();
	check_text();
	check_time();
	check_jumps();
	check_streams();
	check_threads();
	check_limits();
	check(!setvbuf(stdout, buffer, _IOFBF, sizeof(buffer)), "setvbuf makes stdout wait for its buffer to be full");
	return failures;
}
