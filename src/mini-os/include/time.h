/*
 * Clocks. Where this folder itself is searched, it stands before the C library's, and <time.h> is this file: so it goes
 * on to the next one, outside of the guard.
 */
#ifndef MINIOS_TIME_H
#define MINIOS_TIME_H

#include <mini-os/types.h>
#if __has_include(<sys/time.h>)
#include <sys/time.h>
#else
struct timeval;	/* of POSIX: whoever has no C library and wants the time of day defines it */
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define NOW()			((s_time_t)monotonic_clock())
#define SECONDS(count)		((s_time_t)(count) * 1000000000)
#define MILLISECS(count)	((s_time_t)(count) * 1000000)
#define MICROSECS(count)	((s_time_t)(count) * 1000)

/* Nanoseconds since the machine was started. */
uint64_t monotonic_clock(void);

/* The time of day, in UTC; tz is not used. Returns 0. */
int gettimeofday(struct timeval *tv, void *tz);

/*
 * Halts the virtual CPU, all threads with it, until an event or that time. Interrupts have to be masked and are not
 * afterwards. Threads wait with msleep or wait_event_deadline.
 */
void block_domain(s_time_t until);

#ifdef __cplusplus
}
#endif

#endif

#if __has_include_next(<time.h>)
#include_next <time.h>
#endif
