/*
 * What an architecture has to bring, in a folder of arch: what is declared here, and of the public headers
 *
 *	hypervisor.h	HYPERVISOR_shared_info, force_evtchn_callback
 *	kernel.h	get_start_info, dump_stack
 *	mm.h		the map between frames, and all mapping
 *	time.h		monotonic_clock, gettimeofday
 *
 * Its own public headers are arch_hypercall.h, arch_mm.h, arch_sched.h, os.h and traps.h. They are in a folder of include,
 * not here, since the include paths of users end there. For newlib it has getentropy, in a folder newlib of its own. What it
 * finds in the kernel, the other headers of this folder say.
 */
#ifndef MINIOS_INTERNAL_ARCH_H
#define MINIOS_INTERNAL_ARCH_H

#include <mini-os/types.h>
#include <xen/xen.h>

struct thread;

/* Where the entry code ends, with the start info, traps and callbacks in place. */
_Noreturn void start_kernel(void);

/* The last step: code to the outside as initial domain, or reason to the toolstack. */
_Noreturn void arch_exit(int code, unsigned reason);

/* Maps all memory, then gives what is not in use to add_free_pages. */
void init_mm(void);

/* The timer calls wake_sleepers; 0 stops it, and a time that has passed ends at once. */
void init_time(void);
void set_timer(s_time_t deadline);

/* With interrupts masked; not afterwards. An event that is already there is not slept over. */
void halt_until_event(void);

/* A new thread begins in thread_main. */
void arch_init_stack(struct thread *thread, void (*function)(void *), void *data);
void arch_fini_stack(struct thread *thread);
void arch_switch_threads(struct thread *prev, struct thread *next);

static inline bool is_initial_domain(const start_info_t *si)
{
	return si->flags & SIF_INITDOMAIN;
}

#endif
