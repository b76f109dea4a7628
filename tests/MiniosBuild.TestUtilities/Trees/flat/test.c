/* A program that tries the kernel, in place of one that is linked with it. */
#include <inttypes.h>
#include <mini-os/kernel.h>
#include <mini-os/lib.h>
#include <mini-os/mm.h>

int app_main(start_info_t *si)
{
	printk("Test of %s with %" PRIu64 " pages\n", si->magic, (uint64_t)nr_free_pages());
	return 0;
}
