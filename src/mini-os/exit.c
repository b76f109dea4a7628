/* The end of the guest, planned or not. */
#include <mini-os/console.h>
#include <mini-os/hypervisor.h>
#include <mini-os/lib.h>
#include <mini-os/os.h>
#ifdef CONFIG_XENBUS
#include <mini-os/xenbus.h>
#endif
#include "internal/arch.h"

enum { PANIC_CODE = 126 };

#ifdef CONFIG_XENBUS
/* Relative to the guest's own place in xenstore, which the toolstack lets it write to. */
static void report_code(int code)
{
	char text[12], *error;

	snprintf(text, sizeof(text), "%d", code);
	error = xenbus_write(XBT_NIL, "data/exit-code", text);
	if (error) {
		printk("Exit code %d cannot be written to xenstore: %s\n", code, error);
		free(error);
	}
}
#endif

void kernel_exit(int code)
{
#ifdef CONFIG_XENBUS
	if (code && !is_initial_domain(get_start_info()))
		report_code(code);
#endif
#ifdef CONFIG_CONSOLE
	fini_console(NULL);
#endif
	arch_exit(code, SHUTDOWN_poweroff);
}

void do_exit(void)
{
	local_irq_disable();
#ifdef CONFIG_CONSOLE
	fini_console(NULL);
#endif
	arch_exit(PANIC_CODE, SHUTDOWN_crash);
}

/* Called from every layer: what cannot go on has nobody to tell above it, and the way out leads through the console. */
void panic(const char *fmt, ...)
{
	/* A panic that the printing of a panic runs into ends at once. */
	static unsigned depth;
	va_list args;

	local_irq_disable();
	if (depth++)
		do_exit();
	va_start(args, fmt);
	printk("Panic: ");
	print(0, fmt, args);
	printk("\n");
	va_end(args);
	dump_stack();
	do_exit();
}
