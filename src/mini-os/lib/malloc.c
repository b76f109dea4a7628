/* The allocation functions of ISO C and POSIX on the kernel's heap. Size 0 gives memory like any other size. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <mini-os/xmalloc.h>

/* Enough for every type of C. */
enum { ALIGNMENT = 16 };

static void *checked(void *ptr)
{
	if (!ptr)
		errno = ENOMEM;
	return ptr;
}

void *malloc(size_t size)
{
	return checked(_xmalloc(size ? size : 1, ALIGNMENT));
}

void *calloc(size_t count, size_t size)
{
	size_t bytes;
	void *ptr;

	if (__builtin_mul_overflow(count, size, &bytes))
		return checked(NULL);
	/* not malloc: the compiler would make the pair into a call of calloc */
	ptr = checked(_xmalloc(bytes ? bytes : 1, ALIGNMENT));
	return ptr ? memset(ptr, 0, bytes) : NULL;
}

void *realloc(void *ptr, size_t size)
{
	return ptr ? checked(_realloc(ptr, size ? size : 1)) : malloc(size);
}

void *reallocarray(void *ptr, size_t count, size_t size)
{
	size_t bytes;

	return __builtin_mul_overflow(count, size, &bytes) ? checked(NULL) : realloc(ptr, bytes);
}

int posix_memalign(void **out, size_t align, size_t size)
{
	void *ptr;

	if (align < sizeof(void *) || (align & (align - 1)))
		return EINVAL;
	ptr = _xmalloc(size ? size : 1, align);
	if (!ptr)
		return ENOMEM;
	*out = ptr;
	return 0;
}

void *aligned_alloc(size_t align, size_t size)
{
	if (align == 0 || (align & (align - 1))) {
		errno = EINVAL;
		return NULL;
	}
	return checked(_xmalloc(size ? size : 1, align));
}

void free(void *ptr)
{
	xfree(ptr);
}
