/* The heap. All functions may be called with interrupts masked and from event handlers. */
#ifndef MINIOS_XMALLOC_H
#define MINIOS_XMALLOC_H

#include <mini-os/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* size bytes at a multiple of align (a power of two; less than 16 counts as 16), or NULL; size 0 gives NULL. */
void *_xmalloc(size_t size, size_t align);

/* Gives memory back; NULL is ignored. Memory that is not in use is a panic. */
void xfree(const void *ptr);

/* As realloc: NULL leaves the old memory as it was. The result is aligned to 16. */
void *_realloc(void *ptr, size_t size);

/* How many bytes at ptr may be used: the size asked for, rounded up. */
size_t xmalloc_usable(const void *ptr);

#define xmalloc(type)			((type *)_xmalloc(sizeof(type), __alignof__(type)))
#define xmalloc_array(type, num)	((type *)_xmalloc_array(sizeof(type), __alignof__(type), (num)))

static inline void *_xmalloc_array(size_t size, size_t align, size_t num)
{
	size_t bytes;

	return __builtin_mul_overflow(size, num, &bytes) ? NULL : _xmalloc(bytes, align);
}

#ifdef __cplusplus
}
#endif

#endif
