/* Threads. They are cooperative: one runs until it waits, calls schedule or ends. */
#ifndef MINIOS_SCHED_H
#define MINIOS_SCHED_H

#include <mini-os/arch_sched.h>
#include <mini-os/list.h>
#include <mini-os/time.h>
#include <mini-os/types.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
	RUNNABLE_FLAG = 1,
};

struct thread {
	const char *name;
	char *stack;			/* lowest address, a page that is not mapped; NULL for the kernel's first */
	unsigned long sp;		/* while it does not run */
	uint32_t flags;
	s_time_t wakeup_time;		/* 0: no deadline */
	struct minios_list run_entry;	/* in the run queue, while runnable and not running */
	struct minios_list timer_entry;	/* among the sleepers, while wakeup_time counts */
	void *vector_state;		/* of a thread that uses vector registers: where they are while others have them */
	void *libc;			/* the C library's own; NULL until it sets it */
};

struct thread *get_current(void);
#define current get_current()

static inline bool is_runnable(const struct thread *thread)
{
	return thread->flags & RUNNABLE_FLAG;
}

/* A new, runnable thread, or NULL if memory is short. name is kept, not copied. The thread ends when function returns. */
struct thread *create_thread(const char *name, void (*function)(void *), void *data);
void exit_thread(void) __attribute__((__noreturn__));

/*
 * Hook: called by a thread at its own end, however it ends, while it may still do all that threads may: for a C library
 * to give back what it has in thread->libc. The default does nothing. Threads that run when the guest ends do not end.
 */
void libc_thread_end(struct thread *thread);

/* Lets the other runnable threads run; returns at once if there are none and the caller is runnable itself. */
void schedule(void);

/* Makes a thread runnable, also from event handlers; no longer runnable (it runs on until it calls schedule). */
void wake(struct thread *thread);
void block(struct thread *thread);

/* Has the thread made runnable at a time; with block, before schedule. */
void wake_at(struct thread *thread, s_time_t deadline);

void msleep(uint32_t millisecs);

void init_sched(void);
void run_idle_thread(void) __attribute__((__noreturn__));

#ifdef __cplusplus
}
#endif

#endif
