/* Copies of strings on the heap. */
#include <stdlib.h>
#include <string.h>

char *strndup(const char *s, size_t n)
{
	size_t used = strnlen(s, n);
	char *copy = malloc(used + 1);

	if (copy) {
		memcpy(copy, s, used);
		copy[used] = 0;
	}
	return copy;
}

char *strdup(const char *s)
{
	return strndup(s, strlen(s));
}
