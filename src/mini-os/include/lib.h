/* What most files want: the C library's functions, printk, and a few macros. */
#ifndef MINIOS_LIB_H
#define MINIOS_LIB_H

#include <stdarg.h>
/* A guest without a C library has no such headers, and one with a small one not all of them. */
#if __has_include(<stdio.h>)
#if __has_include(<ctype.h>)
#include <ctype.h>
#endif
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#endif
#include <mini-os/console.h>
#include <mini-os/kernel.h>
#include <mini-os/types.h>
#include <mini-os/xmalloc.h>

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))
#define container_of(ptr, type, member) ((type *)((char *)(ptr) - offsetof(type, member)))

#define BUG()		panic("bug at %s:%d", __FILE__, __LINE__)
#define BUG_ON(cond)	((cond) ? panic("bug at %s:%d: %s", __FILE__, __LINE__, #cond) : (void)0)
#define ASSERT(cond)	((cond) ? (void)0 : panic("%s:%d: not true: %s", __FILE__, __LINE__, #cond))

#endif
