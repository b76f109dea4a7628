/* What the scheduler gives to the architecture and to the layers above. */
#ifndef MINIOS_INTERNAL_THREADS_H
#define MINIOS_INTERNAL_THREADS_H

#include <mini-os/types.h>

/* Where a thread begins: on its own stack, with interrupts masked. */
_Noreturn void thread_main(void (*function)(void *), void *data);

/* For the timer: makes runnable whose time has come; the next deadline, or 0. */
s_time_t wake_sleepers(s_time_t now);

/* Whether the caller is a thread that may wait. */
bool scheduler_runs(void);

#endif
