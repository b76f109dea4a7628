/* A guest that greets, says how much memory it has, and ends with code 0. */
#include <mini-os/console.h>
#include <mini-os/kernel.h>
#include <mini-os/mm.h>
#include <mini-os/time.h>

int app_main(start_info_t *si)
{
	(void)si;
	minios_printk("Hello from Mini-OS, %lu ms after the machine was started\n",
		      (unsigned long)(minios_monotonic_clock() / 1000000));
	minios_printk("%lu of %lu pages of memory are free\n", minios_nr_free_pages(), minios_nr_total_pages());
	return 0;
}
