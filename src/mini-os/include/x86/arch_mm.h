/* Pages and page tables of x86_64. */
#ifndef MINIOS_ARCH_MM_H
#define MINIOS_ARCH_MM_H

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))

#define PFN_UP(addr)	(((unsigned long)(addr) + PAGE_SIZE - 1) >> PAGE_SHIFT)
#define PFN_DOWN(addr)	((unsigned long)(addr) >> PAGE_SHIFT)
#define PFN_PHYS(pfn)	((unsigned long)(pfn) << PAGE_SHIFT)

/* All memory is mapped in order, from address 0 on. */
#define to_phys(virt)	((unsigned long)(virt))
#define to_virt(phys)	((void *)(unsigned long)(phys))

/* What the kernel maps pages with: writable or not, and visible in ring 3, where Xen has it run. */
#define L1_PROT		0x027UL
#define L1_PROT_RO	0x025UL

#ifndef __ASSEMBLY__
typedef unsigned long pgentry_t;
#endif

#endif
