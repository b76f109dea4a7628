/* <sys/time.h>: the types of POSIX. gettimeofday is the kernel's, in mini-os/time.h. */
#ifndef _SYS_TIME_H
#define _SYS_TIME_H

#include <sys/types.h>

struct timeval {
	time_t tv_sec;
	suseconds_t tv_usec;
};

#endif
