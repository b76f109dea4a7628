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

#define EOF (-1)

int printf(const char *restrict format, ...) __attribute__((format(__printf__, 1, 2)));
int vprintf(const char *restrict format, va_list args) __attribute__((format(__printf__, 1, 0)));
int sprintf(char *restrict buf, const char *restrict format, ...) __attribute__((format(__printf__, 2, 3)));
int vsprintf(char *restrict buf, const char *restrict format, va_list args)
	__attribute__((format(__printf__, 2, 0)));
int snprintf(char *restrict buf, size_t size, const char *restrict format, ...)
	__attribute__((format(__printf__, 3, 4)));
int vsnprintf(char *restrict buf, size_t size, const char *restrict format, va_list args)
	__attribute__((format(__printf__, 3, 0)));
int asprintf(char **restrict out, const char *restrict format, ...) __attribute__((format(__printf__, 2, 3)));
int vasprintf(char **restrict out, const char *restrict format, va_list args) __attribute__((format(__printf__, 2, 0)));
int puts(const char *s);
int putchar(int c);

/* Conversions: d i o u x X c s p [ n %, with *, width and length modifiers. */
int sscanf(const char *restrict input, const char *restrict format, ...) __attribute__((format(__scanf__, 2, 3)));
int vsscanf(const char *restrict input, const char *restrict format, va_list args)
	__attribute__((format(__scanf__, 2, 0)));

#endif
