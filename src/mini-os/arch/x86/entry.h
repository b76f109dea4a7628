/* x86_64.S and setup.c: where Xen enters the kernel. */
#ifndef ARCH_X86_ENTRY_H
#define ARCH_X86_ENTRY_H

#include <mini-os/arch_mm.h>
#include <xen/xen.h>

struct pt_regs;

/* x86_64.S */
extern char shared_info_page[PAGE_SIZE], boot_stack[];
extern const unsigned long trap_entries[20];
void hypervisor_callback(void);
void failsafe_callback(void);
void arch_switch_stack(unsigned long *save, unsigned long load);
void arch_thread_starter(void);

/* What it calls: setup.c, vector.c, traps.c. */
void arch_start(start_info_t *si);
void arch_handle_events(struct pt_regs *regs);
void do_trap(struct pt_regs *regs, unsigned vector);

/* What arch_start calls: traps.c, vector.c. */
void trap_init(void);
void init_vector(void);

#endif
