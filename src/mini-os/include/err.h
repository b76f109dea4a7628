/* Error numbers carried in pointers: the last page of the address space is never mapped. */
#ifndef MINIOS_ERR_H
#define MINIOS_ERR_H

#include <mini-os/types.h>

static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

static inline long PTR_ERR(const void *ptr)
{
	return (long)ptr;
}

static inline bool IS_ERR(const void *ptr)
{
	return (unsigned long)ptr >= -4095UL;
}

#endif
