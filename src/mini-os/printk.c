/*
 * Formatted output, on the guest's console or on the hypervisor's. Every layer calls it, also those that the console is
 * made of: what goes wrong there has to be seen where everything else is. So the console itself prints nothing.
 */
#include <mini-os/console.h>
#include <mini-os/hypervisor.h>
#include <mini-os/lib.h>

static void write_direct(const char *text, int length)
{
	HYPERVISOR_console_io(CONSOLEIO_write, length, (char *)text);
}

static void write_text(int direct, const char *text, int length)
{
#ifdef CONFIG_CONSOLE
	if (!direct) {
		console_print(NULL, text, length);
		return;
	}
#endif
	(void)direct;
	write_direct(text, length);
}

#ifndef CONFIG_CONSOLE
int console_read(char *buf, unsigned len)
{
	(void)buf, (void)len;
	return 0;
}
#endif

void print(int direct, const char *fmt, va_list args)
{
	char line[512];
	char *longer = NULL;
	va_list again;
	int length;

	va_copy(again, args);
	length = vsnprintf(line, sizeof(line), fmt, args);
	if (length >= (int)sizeof(line)) {
		longer = _xmalloc(length + 1, 1);
		if (longer)
			vsnprintf(longer, length + 1, fmt, again);
		else
			length = sizeof(line) - 1;
	}
	va_end(again);
	if (length > 0)
		write_text(direct, longer ? longer : line, length);
	xfree(longer);
}

void printk(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	print(0, fmt, args);
	va_end(args);
}

void xprintk(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	print(1, fmt, args);
	va_end(args);
}
