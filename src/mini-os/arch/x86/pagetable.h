/* The page tables. */
#ifndef ARCH_X86_PAGETABLE_H
#define ARCH_X86_PAGETABLE_H

#include <mini-os/mm.h>

/* Bits of page table entries. Xen runs the kernel in ring 3, so what the kernel may see has the user bit. */
#define ENTRY_PRESENT	0x001UL
#define ENTRY_WRITABLE	0x002UL
#define ENTRY_USER	0x004UL
#define ENTRY_ACCESSED	0x020UL

_Static_assert(L1_PROT_RO == (ENTRY_PRESENT | ENTRY_ACCESSED | ENTRY_USER), "the protection that users name");
_Static_assert(L1_PROT == (L1_PROT_RO | ENTRY_WRITABLE), "the protection that users name");

/* The entry of an address in the tables of a level (shift 12: page table, 21, 30, 39); or NULL. */
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
