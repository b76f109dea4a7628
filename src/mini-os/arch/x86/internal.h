/* What the files of this folder share with each other and with the entry object. */
#ifndef ARCH_X86_INTERNAL_H
#define ARCH_X86_INTERNAL_H

#include <mini-os/mm.h>
#include <mini-os/sched.h>
#include <mini-os/traps.h>
#include <xen/xen.h>

/* Bits of page table entries. Xen runs the kernel in ring 3, so what the kernel may see has the user bit. */
#define ENTRY_PRESENT	0x001UL
#define ENTRY_WRITABLE	0x002UL
#define ENTRY_USER	0x004UL
#define ENTRY_ACCESSED	0x020UL

_Static_assert(L1_PROT_RO == (ENTRY_PRESENT | ENTRY_ACCESSED | ENTRY_USER), "the protection that users name");
_Static_assert(L1_PROT == (L1_PROT_RO | ENTRY_WRITABLE), "the protection that users name");

/* x86_64.S */
extern char shared_info_page[PAGE_SIZE], boot_stack[];
extern const unsigned long trap_entries[20];
void hypervisor_callback(void);
void failsafe_callback(void);
void arch_switch_stack(unsigned long *save, unsigned long load);
void arch_thread_starter(void);

/* Called from x86_64.S */
void arch_start(start_info_t *si);
void arch_handle_events(struct pt_regs *regs);
void do_trap(struct pt_regs *regs, unsigned vector);

void trap_init(void);

/* vector.c: whether a trap was for want of the vector registers, which can now be used; before a switch, interrupts masked. */
void init_vector(void);
bool vector_trap(void);
void vector_switch(struct thread *next);
void vector_forget(struct thread *thread);

/* Bytes at the top of each stack for the state of vector registers, a multiple of 64. */
unsigned long vector_space(void);

/* pagetable.c: the entry of an address in the tables of a level (shift 12: page table, 21, 30, 39); or NULL. */
pgentry_t *find_entry(unsigned long addr, unsigned shift);
pgentry_t *make_entry(unsigned long addr, unsigned shift);
bool hook_table(pgentry_t *entry, void *table);
void init_pagetable(unsigned long first_pfn);
unsigned long fini_boot_tables(void);

static inline maddr_t entry_maddr(const pgentry_t *entry)
{
	return PFN_PHYS(virt_to_mfn(entry)) | ((unsigned long)entry & ~PAGE_MASK);
}

#endif
