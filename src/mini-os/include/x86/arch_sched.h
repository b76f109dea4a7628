/* Stacks of threads on x86. */
#ifndef MINIOS_ARCH_SCHED_H
#define MINIOS_ARCH_SCHED_H

#ifndef STACK_SIZE_PAGE_ORDER
#define STACK_SIZE_PAGE_ORDER 4
#endif
#define STACK_SIZE (4096UL << STACK_SIZE_PAGE_ORDER)

#endif
