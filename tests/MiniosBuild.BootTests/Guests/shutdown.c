/* Waits, and ends in a way of its own when the toolstack asks for it. */
#include <mini-os/kernel.h>
#include <mini-os/lib.h>
#include <mini-os/sched.h>
#include <xen/sched.h>

void app_shutdown(unsigned reason)
{
	minios_printk("asked to %s\n", reason == SHUTDOWN_poweroff ? "power off" : reason == SHUTDOWN_reboot ? "reboot" : "do what?");
	minios_kernel_exit(20 + reason);
}

int app_main(start_info_t *si)
{
	(void)si;
	minios_printk("waiting\n");
	for (;;)
		minios_msleep(1000);
}
