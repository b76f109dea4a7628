/* Start of the kernel, from a known processor state on, and of the guest in its own thread. */
#include <mini-os/console.h>
#include <mini-os/events.h>
#include <mini-os/gnttab.h>
#include <mini-os/hypervisor.h>
#include <mini-os/lib.h>
#include <mini-os/mm.h>
#include <mini-os/os.h>
#include <mini-os/sched.h>
#include <mini-os/shutdown.h>
#ifdef CONFIG_XENBUS
#include <mini-os/xenbus.h>
#endif
#include "internal/arch.h"

/* Set by the linker script; another script may leave them out, then both are 0. */
extern void (*const __init_array_start[])(void) __attribute__((weak));
extern void (*const __init_array_end[])(void) __attribute__((weak));

__attribute__((weak)) int app_main(start_info_t *si)
{
	(void)si;
	printk("This guest has no app_main\n");
	return 0;
}

__attribute__((weak)) void app_shutdown(unsigned reason)
{
	(void)reason;
	kernel_exit(0);
}

__attribute__((weak)) void libc_exit(int code)
{
	kernel_exit(code);
}

static void run_constructors(void)
{
	for (void (*const *constructor)(void) = __init_array_start; constructor < __init_array_end; constructor++)
		(*constructor)();
}

static void main_thread(void *data)
{
	start_info_t *si = data;

#ifdef CONFIG_XENBUS
	if (!is_initial_domain(si)) {
		init_xenbus();
		init_shutdown();
	}
#endif
	run_constructors();
	libc_exit(app_main(si));
}

void start_kernel(void)
{
	start_info_t *si = get_start_info();

	init_events();
	init_mm();
	init_sched();
	local_irq_enable();
	init_time();
	init_gnttab();
#ifdef CONFIG_CONSOLE
	init_console();
#endif
	if (!create_thread("main", main_thread, si))
		panic("No memory for the first thread");
	run_idle_thread();
}
