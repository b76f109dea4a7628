/*
 * memcpy, memmove, memset and memcmp: the four that the compiler calls of its own accord, so nothing else lives here.
 *
 * The empty asm statements in the loops keep the compiler from recognising a loop as the very function that it is in.
 */
#include <stdint.h>
#include <string.h>

typedef uint64_t __attribute__((may_alias, aligned(1))) word;

#define WORD sizeof(word)

/* Forward copy of WORD bytes or more, right also if they overlap with dst < src: the last word is read first. */
static void copy_forward(unsigned char *dst, const unsigned char *src, size_t n)
{
	word tail = *(const word *)(src + n - WORD);
	word *last = (word *)(dst + n - WORD);
#ifdef __x86_64__
	size_t words = n / WORD;

	asm volatile("rep movsq" : "+D"(dst), "+S"(src), "+c"(words) : : "memory");
#else
	for (size_t done = 0; done + WORD <= n; done += WORD) {
		*(word *)(dst + done) = *(const word *)(src + done);
		asm volatile("" : : : "memory");
	}
#endif
	*last = tail;
}

/* The mirror image, for dst > src. */
static void copy_backward(unsigned char *dst, const unsigned char *src, size_t n)
{
	word head = *(const word *)src;

	for (size_t left = n; left >= WORD; left -= WORD) {
		*(word *)(dst + left - WORD) = *(const word *)(src + left - WORD);
		asm volatile("" : : : "memory");
	}
	*(word *)dst = head;
}

/* Fewer than WORD bytes: all are read before any is written, so overlap does not matter. */
static void copy_small(unsigned char *dst, const unsigned char *src, size_t n)
{
	typedef uint32_t __attribute__((may_alias, aligned(1))) half;

	if (n >= sizeof(half)) {
		half first = *(const half *)src, second = *(const half *)(src + n - sizeof(half));

		*(half *)dst = first;
		*(half *)(dst + n - sizeof(half)) = second;
	} else if (n > 0) {
		unsigned char first = src[0], middle = src[n / 2], last = src[n - 1];

		dst[0] = first;
		dst[n / 2] = middle;
		dst[n - 1] = last;
	}
}

void *memcpy(void *restrict dst, const void *restrict src, size_t n)
{
	if (n < WORD)
		copy_small(dst, src, n);
	else
		copy_forward(dst, src, n);
	return dst;
}

void *memmove(void *dst, const void *src, size_t n)
{
	if (n < WORD)
		copy_small(dst, src, n);
	else if ((uintptr_t)dst - (uintptr_t)src >= n)
		copy_forward(dst, src, n);
	else
		copy_backward(dst, src, n);
	return dst;
}

void *memset(void *dst, int c, size_t n)
{
	unsigned char *at = dst;
	word pattern = (unsigned char)c * UINT64_C(0x0101010101010101);

	if (n < WORD) {
		for (size_t i = 0; i < n; i++) {
			at[i] = (unsigned char)c;
			asm volatile("" : : : "memory");
		}
		return dst;
	}
	*(word *)(at + n - WORD) = pattern;
#ifdef __x86_64__
	size_t words = n / WORD;

	asm volatile("rep stosq" : "+D"(at), "+c"(words) : "a"(pattern) : "memory");
#else
	for (size_t done = 0; done + WORD <= n; done += WORD) {
		*(word *)(at + done) = pattern;
		asm volatile("" : : : "memory");
	}
#endif
	return dst;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *x = a, *y = b;

	for (; n >= WORD && *(const word *)x == *(const word *)y; n -= WORD) {
		x += WORD;
		y += WORD;
	}
	for (; n > 0; n--, x++, y++)
		if (*x != *y)
			return *x < *y ? -1 : 1;
	return 0;
}
