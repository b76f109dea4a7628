/* What most files want: strings, formatted text, memory, printk, and a few macros. */
#ifndef LIB_H
#define LIB_H

#include <stdarg.h>
#include <stddef.h>
#include <mini-os/console.h>
#include <mini-os/kernel.h>
#include <mini-os/types.h>
#include <mini-os/xmalloc.h>

#ifdef HAVE_LIBC
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#else
void *memcpy(void *dst, const void *src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *dst, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);
char *strcpy(char *dst, const char *src);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strerror(int error);
char *strdup(const char *s);
int printf(const char *format, ...) __attribute__((__format__(__printf__, 1, 2)));
int snprintf(char *buf, size_t size, const char *format, ...) __attribute__((__format__(__printf__, 3, 4)));
int vsnprintf(char *buf, size_t size, const char *format, va_list args);
int asprintf(char **out, const char *format, ...) __attribute__((__format__(__printf__, 2, 3)));
int vasprintf(char **out, const char *format, va_list args);
int sscanf(const char *input, const char *format, ...);
int vsscanf(const char *input, const char *format, va_list args);
unsigned long strtoul(const char *s, char **end, int base);
void *malloc(size_t size);
void *realloc(void *ptr, size_t size);
void free(void *ptr);
#endif

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))
#define container_of(ptr, type, member) ((type *)((char *)(ptr) - offsetof(type, member)))

#define BUG()		panic("bug at %s:%d", __FILE__, __LINE__)
#define BUG_ON(cond)	((cond) ? panic("bug at %s:%d: %s", __FILE__, __LINE__, #cond) : (void)0)
#define ASSERT(cond)	((cond) ? (void)0 : panic("%s:%d: not true: %s", __FILE__, __LINE__, #cond))

#endif
