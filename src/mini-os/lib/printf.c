/* Output to the console: printf, vprintf, puts, putchar, all through printk. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mini-os/lib.h>

/* No more at once than printk takes without cutting. */
enum { CHUNK = 256 };

static void write_console(const char *text, size_t n)
{
	while (n > 0) {
		size_t part = n < CHUNK ? n : CHUNK;

		printk("%.*s", (int)part, text);
		text += part;
		n -= part;
	}
}

int vprintf(const char *restrict format, va_list args)
{
	char small[CHUNK], *text = small;
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(small, sizeof(small), format, again);
	va_end(again);
	if (n >= (int)sizeof(small) && vasprintf(&text, format, args) < 0)
		return -1;
	write_console(text, strlen(text));
	if (text != small)
		free(text);
	return n;
}

int printf(const char *restrict format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vprintf(format, args);
	va_end(args);
	return n;
}

int puts(const char *s)
{
	return printf("%s\n", s);
}

int putchar(int c)
{
	char text = (char)c;

	write_console(&text, 1);
	return (unsigned char)c;
}
