/* Waits, for the toolstack to end it. */
#include <mini-os/kernel.h>
#include <mini-os/lib.h>
#include <mini-os/sched.h>

int app_main(start_info_t *si)
{
	(void)si;
	minios_printk("waiting\n");
	for (;;)
		minios_msleep(1000);
}
