/* Ends with a code. */
#include <mini-os/kernel.h>

int app_main(start_info_t *si)
{
	(void)si;
	return 3;
}
