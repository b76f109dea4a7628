/* The one errno; see errno.h for how long it is good. */
#include <errno.h>

int errno;
