/* How a guest begins and ends. */
#ifndef MINIOS_KERNEL_H
#define MINIOS_KERNEL_H

#include <mini-os/types.h>
#include <xen/xen.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Hooks: the kernel has weak definitions, a guest may define its own.
 * app_main runs in a thread of its own once everything is initialised; its return value is the exit code of the guest.
 * app_shutdown is called, in a thread, when the toolstack asks for a shutdown; reason is one of SHUTDOWN_* of
 * xen/sched.h. The default ends the guest with code 0.
 * libc_exit gets what app_main returns, in the same thread: for a C library that has work to do at the end, such as
 * writing out what it has buffered. It does not return; the default is kernel_exit.
 */
int app_main(start_info_t *si);
void app_shutdown(unsigned reason);
void libc_exit(int code) __attribute__((__noreturn__));

/* What Xen passed to the guest at its start. Valid as long as the guest runs. */
start_info_t *get_start_info(void);

/*
 * Ends the guest. The code reaches the outside: as initial domain through QEMU's isa-debug-exit port 0xf4 (0 to 127,
 * others count as 127); as another domain a code other than 0 is written to data/exit-code in xenstore.
 */
void kernel_exit(int code) __attribute__((__noreturn__));

/* Ends the guest as one that has gone wrong: domain crash, or code 126 as initial domain. */
void do_exit(void) __attribute__((__noreturn__));

/* Prints the message and a stack trace, then does the same. Callable from anywhere. */
void panic(const char *fmt, ...) __attribute__((__noreturn__, __format__(__printf__, 1, 2)));

/* Prints what on the stack may be return addresses, from the caller on. */
void dump_stack(void);

#ifdef __cplusplus
}
#endif

#endif
