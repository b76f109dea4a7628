/* What most files want: the C library's functions, printk, and a few macros. */
#ifndef MINIOS_LIB_H
#define MINIOS_LIB_H

#include <ctype.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <mini-os/console.h>
#include <mini-os/kernel.h>
#include <mini-os/types.h>
#include <mini-os/xmalloc.h>

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#endif

#ifndef container_of
#define container_of(ptr, type, member) ((type *)((char *)(ptr) - offsetof(type, member)))
#endif

#define BUG()		panic("bug at %s:%d", __FILE__, __LINE__)
#define BUG_ON(cond)	((cond) ? panic("bug at %s:%d: %s", __FILE__, __LINE__, #cond) : (void)0)
#define ASSERT(cond)	((cond) ? (void)0 : panic("%s:%d: not true: %s", __FILE__, __LINE__, #cond))

#endif
