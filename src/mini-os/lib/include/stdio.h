/*
 * <stdio.h>: the formatting functions and output to the console; there are no streams.
 *
 * Conversions: d i o u x X c s p % with all flags, widths, precisions and the lengths hh h l ll j z t. At a conversion
 * that the kernel does not make (floating point, wide characters, %n) the rest of the format is written as it stands,
 * the function returns a negative value and errno is ENOTSUP.
 */
#ifndef _STDIO_H
#define _STDIO_H

#include <stdarg.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EOF (-1)

int printf(const char *__restrict format, ...) __attribute__((__format__(__printf__, 1, 2)));
int vprintf(const char *__restrict format, va_list args) __attribute__((__format__(__printf__, 1, 0)));
int sprintf(char *__restrict buf, const char *__restrict format, ...) __attribute__((__format__(__printf__, 2, 3)));
int vsprintf(char *__restrict buf, const char *__restrict format, va_list args)
	__attribute__((__format__(__printf__, 2, 0)));
int snprintf(char *__restrict buf, size_t size, const char *__restrict format, ...)
	__attribute__((__format__(__printf__, 3, 4)));
int vsnprintf(char *__restrict buf, size_t size, const char *__restrict format, va_list args)
	__attribute__((__format__(__printf__, 3, 0)));
int asprintf(char **__restrict out, const char *__restrict format, ...) __attribute__((__format__(__printf__, 2, 3)));
int vasprintf(char **__restrict out, const char *__restrict format, va_list args) __attribute__((__format__(__printf__, 2, 0)));
int puts(const char *s);
int putchar(int c);

/* Conversions: d i o u x X c s p [ n %, with *, width and length modifiers. */
int sscanf(const char *__restrict input, const char *__restrict format, ...) __attribute__((__format__(__scanf__, 2, 3)));
int vsscanf(const char *__restrict input, const char *__restrict format, va_list args)
	__attribute__((__format__(__scanf__, 2, 0)));

#ifdef __cplusplus
}
#endif

#endif
