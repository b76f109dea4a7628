/* Strings. */
#include <stdlib.h>
#include <string.h>

size_t strnlen(const char *text, size_t limit)
{
	size_t length = 0;

	while (length < limit && text[length])
		length++;
	return length;
}

size_t strlen(const char *text)
{
	return strnlen(text, -1);
}

int strncmp(const char *left, const char *right, size_t limit)
{
	for (; limit; left++, right++, limit--)
		if (*left != *right || !*left)
			return (unsigned char)*left - (unsigned char)*right;
	return 0;
}

int strcmp(const char *left, const char *right)
{
	return strncmp(left, right, -1);
}

char *strdup(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = malloc(size);

	return copy ? memcpy(copy, text, size) : NULL;
}
