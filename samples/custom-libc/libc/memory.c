/* What compilers call of themselves, and the heap, which is the kernel's. */
#include <stdlib.h>
#include <string.h>

#include <mini-os/xmalloc.h>

void *memcpy(void *__restrict to, const void *__restrict from, size_t count)
{
	void *rest = to;

	__asm__ volatile("rep movsb" : "+D"(rest), "+S"(from), "+c"(count) : : "memory");
	return to;
}

void *memmove(void *to, const void *from, size_t count)
{
	char *rest = (char *)to + count;
	const char *source = (const char *)from + count;

	if ((size_t)((char *)to - (const char *)from) >= count)
		return memcpy(to, from, count);
	/* What is copied lies before where it goes: from its end, then. The empty statement keeps this from becoming a memmove. */
	while (count--) {
		*--rest = *--source;
		__asm__ volatile("");
	}
	return to;
}

void *memset(void *to, int byte, size_t count)
{
	void *rest = to;

	__asm__ volatile("rep stosb" : "+D"(rest), "+c"(count) : "a"(byte) : "memory");
	return to;
}

int memcmp(const void *left, const void *right, size_t count)
{
	const unsigned char *l = left, *r = right;

	for (; count; l++, r++, count--)
		if (*l != *r)
			return *l - *r;
	return 0;
}

void *malloc(size_t size)
{
	return minios__xmalloc(size ? size : 1, 16);
}

void free(void *memory)
{
	minios_xfree(memory);
}
