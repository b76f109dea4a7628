/* posix_memalign, which newlib's aligned_alloc calls and which it does not have itself. */
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

int posix_memalign(void **out, size_t align, size_t size)
{
	void *memory;

	if (align < sizeof(void *) || (align & (align - 1)))
		return EINVAL;
	memory = memalign(align, size);
	if (!memory)
		return ENOMEM;
	*out = memory;
	return 0;
}
