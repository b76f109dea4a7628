/* Exceptions: a dump of what is known, then the end. Breakpoints, single steps, first uses of vector registers go on. */
#include <mini-os/lib.h>
#include <mini-os/os.h>
#include <mini-os/sched.h>
#include <mini-os/traps.h>
#include "entry.h"
#include "pagetable.h"
#include "stack.h"

enum { DEBUG_EXCEPTION = 1, NMI = 2, BREAKPOINT = 3, NO_COPROCESSOR = 7, PAGE_FAULT = 14, MASK_EVENTS = 4 };

static const char *const names[] = {
	"divide error", "debug exception", "NMI", "breakpoint", "overflow", "bounds check", "invalid opcode",
	"no coprocessor", "double fault", "coprocessor overrun", "invalid TSS", "segment not present",
	"stack segment fault", "general protection fault", "page fault", "reserved", "coprocessor error",
	"misaligned access", "machine check", "SIMD error",
};

/* How deep in do_trap: a fault while dumping must not dump again. */
static unsigned depth;

void dump_regs(const struct pt_regs *regs)
{
	printk("rip %016lx  cs %04lx  rflags %08lx\n", regs->rip, regs->cs & 0xffff, regs->eflags);
	printk("rsp %016lx  ss %04lx  error %08lx\n", regs->rsp, regs->ss & 0xffff, regs->orig_rax);
	printk("rax %016lx rbx %016lx rcx %016lx rdx %016lx\n", regs->rax, regs->rbx, regs->rcx, regs->rdx);
	printk("rsi %016lx rdi %016lx rbp %016lx r8  %016lx\n", regs->rsi, regs->rdi, regs->rbp, regs->r8);
	printk("r9  %016lx r10 %016lx r11 %016lx r12 %016lx\n", regs->r9, regs->r10, regs->r11, regs->r12);
	printk("r13 %016lx r14 %016lx r15 %016lx\n", regs->r13, regs->r14, regs->r15);
}

static void dump_fault(const struct pt_regs *regs)
{
	unsigned long addr = HYPERVISOR_shared_info->vcpu_info[0].arch.cr2;

	printk("cr2 %016lx: %s of %s page\n", addr,
	       regs->orig_rax & 16 ? "execution" : regs->orig_rax & 2 ? "write" : "read",
	       regs->orig_rax & 1 ? "a protected" : "no");
	for (unsigned shift = 39; shift >= PAGE_SHIFT; shift -= 9) {
		const pgentry_t *entry = find_entry(addr, shift);

		if (!entry)
			break;
		printk("  level %u entry %016lx\n", (shift - 3) / 9, *entry);
	}
}

void do_trap(struct pt_regs *regs, unsigned vector)
{
	struct thread *thread = get_current();

	if (vector == NO_COPROCESSOR && vector_trap())
		return;
	if (depth++)
		do_exit();
	printk("%s (%u) in thread %s\n", names[vector], vector, thread ? thread->name : "-");
	dump_regs(regs);
	if (vector == PAGE_FAULT)
		dump_fault(regs);
	dump_stack_from(regs->rsp, regs->rip);
	if (vector != BREAKPOINT && vector != DEBUG_EXCEPTION)
		do_exit();
	regs->eflags &= ~0x100UL;	/* no further single step */
	depth--;
}

void trap_init(void)
{
	static trap_info_t table[ARRAY_SIZE(trap_entries) + 1];
	unsigned used = 0;

	for (unsigned vector = 0; vector < ARRAY_SIZE(trap_entries); vector++) {
		if (vector == NMI)
			continue;
		table[used++] = (trap_info_t){
			.vector = vector,
			.flags = MASK_EVENTS | (vector == BREAKPOINT || vector == 4 ? 3 : 0),
			.cs = FLAT_KERNEL_CS,
			.address = trap_entries[vector],
		};
	}
	if (HYPERVISOR_set_trap_table(table))
		panic("Xen does not take the trap table");
}
