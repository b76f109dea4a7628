/* asprintf and vasprintf of POSIX.1-2024: format into a new piece of the heap. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

int vasprintf(char **restrict out, const char *restrict format, va_list args)
{
	va_list again;
	int n;

	*out = NULL;
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n < 0)
		return -1;
	*out = malloc((size_t)n + 1);
	if (!*out)
		return -1;
	return vsnprintf(*out, (size_t)n + 1, format, args);
}

int asprintf(char **restrict out, const char *restrict format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vasprintf(out, format, args);
	va_end(args);
	return n;
}
