/* <strings.h> of POSIX.1-2024. */
#ifndef _STRINGS_H
#define _STRINGS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t n);

/* Number of the lowest bit set, counted from 1; 0 if there is none. */
int ffs(int value);
int ffsl(long value);
int ffsll(long long value);

#ifdef __cplusplus
}
#endif

#endif
