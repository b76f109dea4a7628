/* <time.h>: the types of POSIX. What reads the clocks is in mini-os/time.h. */
#ifndef _TIME_H
#define _TIME_H

#include <stddef.h>
#include <sys/types.h>

struct timespec {
	time_t tv_sec;
	long tv_nsec;
};

#endif
