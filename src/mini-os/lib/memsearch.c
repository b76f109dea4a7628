/* Searching in memory: memchr, memccpy, memmem. */
#include <string.h>

void *memchr(const void *s, int c, size_t n)
{
	for (const unsigned char *at = s; n > 0; n--, at++)
		if (*at == (unsigned char)c)
			return (void *)at;
	return NULL;
}

void *memccpy(void *restrict dst, const void *restrict src, int c, size_t n)
{
	const void *found = memchr(src, c, n);
	size_t count = found ? (size_t)((const char *)found - (const char *)src) + 1 : n;

	memcpy(dst, src, count);
	return found ? (char *)dst + count : NULL;
}

void *memmem(const void *hay, size_t haylen, const void *needle, size_t needlelen)
{
	const char *at = hay, *end = at + haylen;

	if (needlelen == 0)
		return (void *)hay;
	while ((size_t)(end - at) >= needlelen) {
		at = memchr(at, *(const char *)needle, (size_t)(end - at) - needlelen + 1);
		if (!at)
			return NULL;
		if (memcmp(at, needle, needlelen) == 0)
			return (void *)at;
		at++;
	}
	return NULL;
}
