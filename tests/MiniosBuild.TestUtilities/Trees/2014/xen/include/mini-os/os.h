/* The processor; what it can do is the architecture's to say. */
#ifndef MINIOS_COMMON_OS_H
#define MINIOS_COMMON_OS_H

#include <mini-os/machine/os.h>

#endif
