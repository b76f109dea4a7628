/* Asks how much memory the guest may have. */
#ifndef CONFIG_BALLOON
#error "balloon.c is compiled without its switch"
#endif
#include <mini-os/balloon.h>
#include <mini-os/hypervisor.h>
#include <mini-os/lib.h>
#include <xen/memory.h>

unsigned long nr_max_pages;

void init_balloon(void)
{
	domid_t domid = DOMID_SELF;
	long pages = HYPERVISOR_memory_op(XENMEM_maximum_reservation, &domid);

	nr_max_pages = pages > 0 ? pages : 0;
	printk("At most %lu pages, %lu for their table\n", nr_max_pages, arch_balloon_frames());
}
