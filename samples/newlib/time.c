/* Clocks, the calendar, and jumps out of functions. */
#define _POSIX_TIMERS		200112L	/* newlib's clock_gettime and nanosleep */
#define _POSIX_MONOTONIC_CLOCK	200112L	/* and CLOCK_MONOTONIC */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/time.h>
#include <mini-os/sched.h>
#include <mini-os/time.h>
#include "checks.h"

/* The first second of 2020, and the same day 80 years later. */
static const time_t year_2020 = 1577836800, year_2100 = 4102444800;

static void check_clocks(void)
{
	struct timespec before, after, pause = { .tv_nsec = 20000000 }, wrong = { .tv_nsec = 1000000000 };
	time_t now = time(NULL);

	check(!clock_gettime(CLOCK_REALTIME, &before) && before.tv_sec >= now && before.tv_sec <= time(NULL), "CLOCK_REALTIME is that clock too");
	clock_gettime(CLOCK_MONOTONIC, &before);
	check(!nanosleep(&pause, NULL) && !usleep(10000) && !sleep(0), "nanosleep, usleep and sleep come back");
	clock_gettime(CLOCK_MONOTONIC, &after);
	check((after.tv_sec - before.tv_sec) * 1000000000L + after.tv_nsec - before.tv_nsec >= 30000000, "CLOCK_MONOTONIC went on for as long");
	errno = 0;
	check(nanosleep(&wrong, NULL) == -1 && errno == EINVAL, "nanosleep refuses what is no time");
	errno = 0;
	check(clock_gettime((clockid_t)99, &after) == -1 && errno == EINVAL, "and clock_gettime what is no clock");
}

void check_time(void)
{
	struct timeval fine;
	time_t now = time(NULL);
	minios_s_time_t began, ended;
	clock_t before, passed;
	struct tm parts;
	char text[40];

	check(now > year_2020 && now < year_2100, "time knows the century");
	check(!gettimeofday(&fine, NULL) && fine.tv_sec >= now && fine.tv_sec <= time(NULL) && fine.tv_usec < 1000000, "gettimeofday is the same clock");
	/* However long the machine is busy at others: what passed by clock lies between what passed within and around it. */
	began = MINIOS_NOW();
	before = clock();
	minios_msleep(30);
	passed = clock() - before;
	ended = MINIOS_NOW();
	check(passed >= CLOCKS_PER_SEC / 50 && passed <= (clock_t)(ended - began) / (1000000000 / CLOCKS_PER_SEC) + 1, "clock went on for the time that was slept");
	gmtime_r(&year_2020, &parts);
	strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S %a", &parts);
	check(!strcmp(text, "2020-01-01 00:00:00 Wed"), "gmtime and strftime know the calendar");
	check(mktime(&parts) == year_2020, "mktime is the way back");
	check(!strcmp(asctime(&parts), "Wed Jan  1 00:00:00 2020\n"), "asctime");
	check(difftime(year_2100, year_2020) == 2524608000.0, "difftime");
	check_clocks();
}

static jmp_buf place;
static unsigned depth;

static void jump(double value)
{
	if (value > 0)
		longjmp(place, (int)value);
}

static void go_down(double held)
{
	depth++;
	if (depth < 5)
		go_down(held + 0.5);
	else
		jump(held);
	depth = 0;
}

static volatile sig_atomic_t caught;

static void on_signal(int signal)
{
	caught = signal;
}

void check_jumps(void)
{
	volatile int kept = 17;
	int value = setjmp(place);

	if (!value)
		go_down(40.0);
	check(value == 42 && depth == 5 && kept == 17, "longjmp comes back to setjmp from five calls down");
	check(signal(SIGUSR1, on_signal) == SIG_DFL && !raise(SIGUSR1) && caught == SIGUSR1, "raise calls the handler of a signal");
}
