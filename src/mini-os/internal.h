/* What the kernel's own files share: initialisation in its order, and what the architecture gives. */
#ifndef MINIOS_INTERNAL_H
#define MINIOS_INTERNAL_H

#include <mini-os/mm.h>
#include <mini-os/sched.h>
#include <mini-os/types.h>
#include <xen/xen.h>

struct pt_regs;

_Noreturn void start_kernel(void);

/* events.c: called for each upcall, with interrupts masked, and such that what it interrupts keeps all its registers. */
void do_hypervisor_callback(struct pt_regs *regs);

static inline bool is_initial_domain(const start_info_t *si)
{
	return si->flags & SIF_INITDOMAIN;
}

/* arch/x86/mm.c: maps all memory, then gives what is not in use to add_free_pages. */
void init_mm(void);
void init_page_allocator(uint8_t *states, unsigned long pages);
void add_free_pages(unsigned long first_pfn, unsigned long end_pfn);

/* arch/x86/time.c. The timer's handler calls wake_sleepers, which returns the next deadline or 0. */
void init_time(void);
void set_timer(s_time_t deadline);
s_time_t wake_sleepers(s_time_t now);

/* sched.c, and what it takes from the architecture. */
void thread_main(void (*function)(void *), void *data);
bool scheduler_runs(void);
void arch_init_stack(struct thread *thread, void (*function)(void *), void *data);
void arch_fini_stack(struct thread *thread);
void arch_switch_threads(struct thread *prev, struct thread *next);
void halt_until_event(void);

/* The last step: code to the outside as initial domain, or reason to the toolstack. */
_Noreturn void arch_exit(int code, unsigned reason);
void dump_stack_from(unsigned long sp, unsigned long rip);

#endif
