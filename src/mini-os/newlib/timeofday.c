/*
 * gettimeofday for the guest. The kernel has a function of that name too, the same one; where policies leave it the name,
 * the linker comes to it first.
 */
#include <reent.h>
#include <sys/time.h>

int posix_gettimeofday(struct timeval *now, void *zone) __asm__("gettimeofday");

__attribute__((__weak__)) int posix_gettimeofday(struct timeval *now, void *zone)
{
	return _gettimeofday_r(_REENT, now, zone);
}
