/* The clocks of POSIX, and sleeping. Weak as in posix.c; nothing interrupts a sleep, since there are no signals. */
#include <errno.h>
#include <time.h>
#include <unistd.h>
#include <sys/time.h>
#include <mini-os/time.h>
#include <mini-os/wait.h>

#define WEAK __attribute__((__weak__))

enum { NANOSECONDS = 1000000000, MICROSECOND = 1000 };

/* Longer than any guest runs, and short enough to be added to the time that it has run. */
#define LONGEST	((s_time_t)1 << 62)

static int refuse(int error)
{
	errno = error;
	return -1;
}

/* Only a deadline ends a wait here. */
static void sleep_until(s_time_t deadline)
{
	static DECLARE_WAIT_QUEUE_HEAD(never);

	wait_event_deadline(never, false, deadline);
}

WEAK int clock_gettime(clockid_t clock, struct timespec *now)
{
	struct timeval day;
	s_time_t passed;

	switch (clock) {
	case CLOCK_REALTIME:
		gettimeofday(&day, NULL);
		*now = (struct timespec){ .tv_sec = day.tv_sec, .tv_nsec = day.tv_usec * MICROSECOND };
		return 0;
	case CLOCK_MONOTONIC:
		passed = NOW();
		*now = (struct timespec){ .tv_sec = passed / NANOSECONDS, .tv_nsec = passed % NANOSECONDS };
		return 0;
	}
	return refuse(EINVAL);
}

WEAK int clock_getres(clockid_t clock, struct timespec *resolution)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return refuse(EINVAL);
	if (resolution)
		*resolution = (struct timespec){ .tv_nsec = clock == CLOCK_REALTIME ? MICROSECOND : 1 };
	return 0;
}

/* The time of day is the hypervisor's. */
WEAK int clock_settime(clockid_t clock, const struct timespec *time)
{
	(void)time;
	return refuse(clock == CLOCK_REALTIME ? EPERM : EINVAL);
}

WEAK int nanosleep(const struct timespec *time, struct timespec *left)
{
	(void)left;
	if (time->tv_sec < 0 || time->tv_nsec < 0 || time->tv_nsec >= NANOSECONDS)
		return refuse(EINVAL);
	sleep_until(NOW() + (time->tv_sec < LONGEST / NANOSECONDS ? SECONDS(time->tv_sec) + time->tv_nsec : LONGEST));
	return 0;
}

WEAK int usleep(useconds_t microseconds)
{
	sleep_until(NOW() + MICROSECS(microseconds));
	return 0;
}

WEAK unsigned sleep(unsigned seconds)
{
	sleep_until(NOW() + SECONDS(seconds));
	return 0;
}
