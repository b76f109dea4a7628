/* The compiler's own limits.h has all that a libc without files and processes can say. */
#ifndef TINY_LIMITS_H
#define TINY_LIMITS_H

#define _LIBC_LIMITS_H_ 1	/* gcc's asks for another limits.h behind it otherwise */
#include_next <limits.h>

#endif
