/* Pages and page tables of x86_64. */
#ifndef MINIOS_ARCH_MM_H
#define MINIOS_ARCH_MM_H

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))

#define PFN_UP(addr)	(((unsigned long)(addr) + PAGE_SIZE - 1) >> PAGE_SHIFT)
#define PFN_DOWN(addr)	((unsigned long)(addr) >> PAGE_SHIFT)
#define PFN_PHYS(pfn)	((unsigned long)(pfn) << PAGE_SHIFT)

/* All memory is mapped here, in order. */
#define VIRT_START	0

#define _PAGE_PRESENT	0x001UL
#define _PAGE_RW	0x002UL
#define _PAGE_USER	0x004UL
#define _PAGE_PWT	0x008UL
#define _PAGE_PCD	0x010UL
#define _PAGE_ACCESSED	0x020UL
#define _PAGE_DIRTY	0x040UL
#define _PAGE_PAT	0x080UL

/* Xen runs the kernel in ring 3, so what the kernel may see has the user bit. */
#define L1_PROT		(_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED | _PAGE_USER)
#define L1_PROT_RO	(_PAGE_PRESENT | _PAGE_ACCESSED | _PAGE_USER)

#ifndef __ASSEMBLY__
typedef unsigned long pgentry_t;
#endif

#endif
