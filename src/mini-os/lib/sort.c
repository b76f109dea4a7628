/*
 * qsort and bsearch. The sort is a heap sort: no worst case, no recursion on the small stacks of the kernel, no memory.
 */
#include <stdlib.h>
#include <string.h>

struct heap {
	char *base;
	size_t size;
	int (*compare)(const void *, const void *);
};

static void swap(char *a, char *b, size_t size)
{
	char buffer[64];

	for (; size > 0;) {
		size_t n = size < sizeof(buffer) ? size : sizeof(buffer);

		memcpy(buffer, a, n);
		memcpy(a, b, n);
		memcpy(b, buffer, n);
		a += n;
		b += n;
		size -= n;
	}
}

/* Lets the element at root sink until no child is greater. */
static void sift_down(const struct heap *heap, size_t root, size_t count)
{
	for (size_t child; (child = 2 * root + 1) < count; root = child) {
		char *at = heap->base + child * heap->size;

		if (child + 1 < count && heap->compare(at, at + heap->size) < 0) {
			child++;
			at += heap->size;
		}
		if (heap->compare(heap->base + root * heap->size, at) >= 0)
			return;
		swap(heap->base + root * heap->size, at, heap->size);
	}
}

void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	struct heap heap = { base, size, compare };

	for (size_t root = count / 2; root-- > 0;)
		sift_down(&heap, root, count);
	for (size_t last = count; last-- > 1;) {
		swap(heap.base, heap.base + last * size, size);
		sift_down(&heap, 0, last);
	}
}

void *bsearch(const void *key, const void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	for (const char *low = base; count > 0;) {
		const char *middle = low + count / 2 * size;
		int order = compare(key, middle);

		if (order == 0)
			return (void *)middle;
		if (order > 0) {
			low = middle + size;
			count--;
		}
		count /= 2;
	}
	return NULL;
}
