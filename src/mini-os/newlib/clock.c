/* The time of day, and the time that the guest has run. All processor time there is counts as the guest's own. */
#include <errno.h>
#include <time.h>
#include <sys/time.h>
#include <sys/times.h>
#include <mini-os/time.h>

static s_time_t began;

__attribute__((__constructor__)) static void begin(void)
{
	began = NOW();
}

int _gettimeofday(struct timeval *now, void *zone)
{
	(void)zone;	/* obsolete in POSIX; the time is UTC */
	return now ? gettimeofday(now, NULL) : 0;
}

clock_t _times(struct tms *times)
{
	clock_t ran = (NOW() - began) / (SECONDS(1) / CLOCKS_PER_SEC);

	*times = (struct tms){ .tms_utime = ran };
	return ran;
}
