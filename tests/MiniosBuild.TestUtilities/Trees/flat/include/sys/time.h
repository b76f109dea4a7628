/* The host's C library has the structure too, behind this macro, and its headers are the compiler's while the kernel is built. */
#ifndef SYS_TIME_H
#define SYS_TIME_H

#ifndef __timeval_defined
#define __timeval_defined 1
struct timeval {
	long tv_sec;
	long tv_usec;
};
#endif

#endif
