/* The hypercalls, by the name that hypervisor.h has for them on every architecture. */
#ifndef MINIOS_ARCH_HYPERCALL_H
#define MINIOS_ARCH_HYPERCALL_H

#include <mini-os/hypercall-x86_64.h>

#endif
