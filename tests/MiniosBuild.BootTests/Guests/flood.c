/* Prints far more than its console's ring holds. */
#include <mini-os/kernel.h>
#include <mini-os/lib.h>

int app_main(start_info_t *si)
{
	(void)si;
	for (unsigned i = 0; i < 20000; i++)
		minios_printk("line %u of many\n", i);
	return 0;
}
