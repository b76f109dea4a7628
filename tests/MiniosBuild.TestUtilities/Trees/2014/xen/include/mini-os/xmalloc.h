/* Memory. Whoever links the kernel has it, and defines these two functions. */
#ifndef MINIOS_XMALLOC_H
#define MINIOS_XMALLOC_H

#include <mini-os/types.h>

void *client_memalloc(size_t size, size_t align);
void client_memfree(void *ptr);

#define xmalloc(type)			((type *)client_memalloc(sizeof(type), __alignof__(type)))
#define xmalloc_array(type, num)	((type *)client_memalloc(sizeof(type) * (num), __alignof__(type)))

static inline void *_xmalloc(size_t size, size_t align)
{
	return client_memalloc(size, align);
}

static inline void xfree(const void *ptr)
{
	client_memfree((void *)ptr);
}

#endif
