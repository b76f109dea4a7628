/* The integer types of the kernel: those of the compiler's own freestanding headers. */
#ifndef MINIOS_TYPES_H
#define MINIOS_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t paddr_t;		/* address in the guest's own, contiguous memory */
typedef uint64_t maddr_t;		/* address in the machine's memory */
typedef int64_t s_time_t;		/* nanoseconds since the machine was started */

#endif
