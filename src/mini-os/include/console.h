/* Printing, and the console of the guest. */
#ifndef MINIOS_CONSOLE_H
#define MINIOS_CONSOLE_H

#include <stdarg.h>
#include <mini-os/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* To the guest's console; through the hypervisor as initial domain, or as long as there is no console ring. */
void printk(const char *fmt, ...) __attribute__((__format__(__printf__, 1, 2)));

/* To the hypervisor's console, whatever the guest has. */
void xprintk(const char *fmt, ...) __attribute__((__format__(__printf__, 1, 2)));

/* printk, or with direct xprintk. */
void print(int direct, const char *fmt, va_list args) __attribute__((__format__(__printf__, 2, 0)));

/*
 * Waits, in a thread, for input on the guest's console (as initial domain, the hypervisor's), and reads up to len bytes
 * of it; returns how many. 0 at once if len is 0, or if there is no console that input could come from. For guests that
 * do not define console_input, which would get the input first. Several threads may wait; each byte goes to one.
 */
int console_read(char *buf, unsigned len);

/* Library console: the ring shared with the console daemon. dev is NULL, for the guest's first console. */
struct consfront_dev;

/* Hook: called from the event handler with what came in on the console. The default leaves it to console_read. */
void console_input(char *buf, unsigned len);

void init_console(void);
void fini_console(struct consfront_dev *dev);

/* Writes length bytes, each newline preceded by a carriage return. Waits, asleep, for room in the ring. */
void console_print(struct consfront_dev *dev, const char *data, int length);

/* Writes what fits, as it is; the count of bytes written. */
int xencons_ring_send(struct consfront_dev *dev, const char *data, unsigned len);

/* Bytes of input waiting in the ring, and reading up to len of them without waiting. */
int xencons_ring_avail(struct consfront_dev *dev);
int xencons_ring_recv(struct consfront_dev *dev, char *data, unsigned len);

#ifdef __cplusplus
}
#endif

#endif
