/*
 * Stacks of threads: making, switching, printing. The lowest page of each is not mapped: a stack that overflows ends the
 * guest, with a register dump by Xen, who cannot put a fault on it either.
 */
#include <mini-os/hypervisor.h>
#include <mini-os/lib.h>
#include <mini-os/mm.h>
#include <mini-os/sched.h>
#include "../../internal/arch.h"
#include "entry.h"
#include "stack.h"

extern const char _text[], _etext[];

static bool map_guard(struct thread *thread, unsigned long prot)
{
	unsigned long entry = prot ? PFN_PHYS(virt_to_mfn(thread->stack)) | prot : 0;

	return HYPERVISOR_update_va_mapping((unsigned long)thread->stack, entry, UVMF_INVLPG) == 0;
}

void arch_fini_stack(struct thread *thread)
{
	vector_forget(thread);
	if (!map_guard(thread, L1_PROT))
		panic("The stack of thread %s cannot be mapped again", thread->name);
}

void arch_init_stack(struct thread *thread, void (*function)(void *), void *data)
{
	/* From the top: room for the vector registers; two empty words, so that the stack is aligned where the thread begins; the return address of
	   arch_switch_stack; the registers that it takes off, rbp to r15. */
	unsigned long *top = (unsigned long *)(thread->stack + STACK_SIZE - vector_space());

	top[-1] = top[-2] = 0;
	top[-3] = (unsigned long)arch_thread_starter;
	top[-4] = 0;				/* rbp: the end of the chain of frames */
	top[-5] = (unsigned long)function;	/* rbx */
	top[-6] = (unsigned long)data;		/* r12 */
	top[-7] = top[-8] = top[-9] = 0;
	thread->sp = (unsigned long)&top[-9];
	if (!map_guard(thread, 0))
		panic("The end of the stack of thread %s cannot be unmapped", thread->name);
}

void arch_switch_threads(struct thread *prev, struct thread *next)
{
	vector_switch(next);
	arch_switch_stack(&prev->sp, next->sp);
}

/* The first address behind the stack that sp is in, 0 if it is in none. */
static unsigned long stack_end(unsigned long sp)
{
	const struct thread *thread = get_current();
	unsigned long stack = (unsigned long)(thread && thread->stack ? thread->stack : boot_stack);

	return sp >= stack && sp < stack + STACK_SIZE ? stack + STACK_SIZE : 0;
}

/*
 * Without frame pointers nothing tells return addresses from other words: everything on the stack that points into the
 * text is shown, oldest last.
 */
void dump_stack_from(unsigned long sp, unsigned long rip)
{
	unsigned long end = stack_end(sp);
	unsigned shown = 0;

	printk("Stack at %016lx, addresses of text on it:\n %016lx", sp, rip);
	for (sp = (sp + 7) & ~7UL; sp < end && shown < 31; sp += 8) {
		unsigned long value = *(const unsigned long *)sp;

		if (value > (unsigned long)_text && value < (unsigned long)_etext)
			printk(++shown % 4 ? " %016lx" : "\n %016lx", value);
	}
	printk("\n");
}

void dump_stack(void)
{
	/* Behind the caller's frame pointer and the return address, which is shown first anyway. */
	dump_stack_from((unsigned long)__builtin_frame_address(0) + 16, (unsigned long)__builtin_return_address(0));
}
