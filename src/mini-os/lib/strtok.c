/* strtok_r, and strtok with the one position that it is defined to keep. */
#include <string.h>

char *strtok_r(char *restrict s, const char *restrict delim, char **restrict save)
{
	char *token = s ? s : *save;

	token += strspn(token, delim);
	*save = token + strcspn(token, delim);
	if (*save == token)
		return NULL;
	if (**save)
		*(*save)++ = 0;
	return token;
}

char *strtok(char *restrict s, const char *restrict delim)
{
	static char *position;

	if (!s && !position)
		return NULL;
	return strtok_r(s, delim, &position);
}
