/* Searching in strings. */
#include <string.h>

char *strchr(const char *s, int c)
{
	for (;; s++) {
		if (*s == (char)c)
			return (char *)s;
		if (*s == 0)
			return NULL;
	}
}

char *strrchr(const char *s, int c)
{
	const char *found = NULL;

	for (;; s++) {
		if (*s == (char)c)
			found = s;
		if (*s == 0)
			return (char *)found;
	}
}

size_t strspn(const char *s, const char *accept)
{
	const char *at = s;

	while (*at && strchr(accept, *at))
		at++;
	return (size_t)(at - s);
}

size_t strcspn(const char *s, const char *reject)
{
	const char *at = s;

	/* strchr also finds the terminator, which ends the search */
	while (!strchr(reject, *at))
		at++;
	return (size_t)(at - s);
}

char *strpbrk(const char *s, const char *accept)
{
	s += strcspn(s, accept);
	return *s ? (char *)s : NULL;
}

char *strstr(const char *hay, const char *needle)
{
	size_t n = strlen(needle);

	if (n == 0)
		return (char *)hay;
	for (; (hay = strchr(hay, *needle)); hay++)
		if (strncmp(hay, needle, n) == 0)
			return (char *)hay;
	return NULL;
}
