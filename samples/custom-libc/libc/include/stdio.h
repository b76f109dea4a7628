/* Formatting: d i u x X p s c %, with width, precision, the flags 0 and -, and the lengths l, ll and z. */
#ifndef TINY_STDIO_H
#define TINY_STDIO_H

#include <stdarg.h>
#include <stddef.h>

int snprintf(char *__restrict buf, size_t size, const char *__restrict format, ...) __attribute__((__format__(__printf__, 3, 4)));
int vsnprintf(char *__restrict buf, size_t size, const char *__restrict format, va_list args) __attribute__((__format__(__printf__, 3, 0)));
int asprintf(char **__restrict out, const char *__restrict format, ...) __attribute__((__format__(__printf__, 2, 3)));
int vasprintf(char **__restrict out, const char *__restrict format, va_list args) __attribute__((__format__(__printf__, 2, 0)));

#endif
