/* Writes to a page that is not there. */
#include <mini-os/kernel.h>

int app_main(start_info_t *si)
{
	(void)si;
	*(volatile int *)8 = 1;
	return 0;
}
