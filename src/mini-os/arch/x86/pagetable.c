/*
 * The page tables. They are mapped where their memory is mapped, read-only since Xen wants it so, and are changed by
 * hypercalls. Tables are made as they are needed and never freed.
 */
#include <mini-os/lib.h>
#include <mini-os/mm.h>
#include <mini-os/os.h>
#include <xen/memory.h>
#include "pagetable.h"

#define FRAME_MASK	0x000ffffffffff000UL

/* Until there is a page allocator, the next frame for a table; then 0. */
static unsigned long boot_pfn;

void init_pagetable(unsigned long first_pfn)
{
	boot_pfn = first_pfn;
}

unsigned long fini_boot_tables(void)
{
	unsigned long end = boot_pfn;

	boot_pfn = 0;
	return end;
}

unsigned long pfn_to_mfn(unsigned long pfn)
{
	const start_info_t *si = get_start_info();

	return pfn < si->nr_pages ? ((const unsigned long *)si->mfn_list)[pfn] : ~0UL;
}

unsigned long mfn_to_pfn(unsigned long mfn)
{
	/* Frames of memory that the machine has, 0 until asked for: Xen's table ends there. */
	static unsigned long machine_frames;
	unsigned long pfn;

	if (!machine_frames)
		machine_frames = HYPERVISOR_memory_op(XENMEM_maximum_ram_page, NULL) + 1;
	/* The table has what the owner of each frame calls it; whether that is us, our own table tells. */
	pfn = mfn < machine_frames ? machine_to_phys_mapping[mfn] : ~0UL;

	return pfn_to_mfn(pfn) == mfn ? pfn : ~0UL;
}

static void *new_table(void)
{
	void *table = boot_pfn ? pfn_to_virt(boot_pfn++) : alloc_page();

	if (table)
		memset(table, 0, PAGE_SIZE);
	return table;
}

/* Makes a page a table and sets an entry of the next level to it. */
bool hook_table(pgentry_t *entry, void *table)
{
	unsigned long frame = PFN_PHYS(virt_to_mfn(table));
	mmu_update_t update = { .ptr = entry_maddr(entry) | MMU_NORMAL_PT_UPDATE, .val = frame | L1_PROT };

	return HYPERVISOR_update_va_mapping((unsigned long)table, frame | L1_PROT_RO, UVMF_INVLPG) == 0
	       && HYPERVISOR_mmu_update(&update, 1, NULL, DOMID_SELF) == 0;
}

static pgentry_t *walk(unsigned long addr, unsigned shift, bool make)
{
	pgentry_t *table = (pgentry_t *)get_start_info()->pt_base;

	for (unsigned level = 39;; level -= 9) {
		pgentry_t *entry = &table[addr >> level & 511];

		if (level == shift)
			return entry;
		if (!(*entry & ENTRY_PRESENT)) {
			void *fresh = make ? new_table() : NULL;

			if (!fresh)
				return NULL;
			if (!hook_table(entry, fresh))
				panic("Xen refuses a page table for %lx", addr);
			barrier();
		}
		table = mfn_to_virt(PFN_DOWN(*entry & FRAME_MASK));
	}
}

pgentry_t *find_entry(unsigned long addr, unsigned shift)
{
	/* Xen's own range: its tables are not ours to read, nor are addresses that are none. */
	if (addr >> 47)
		return NULL;
	return walk(addr, shift, false);
}

pgentry_t *make_entry(unsigned long addr, unsigned shift)
{
	return walk(addr, shift, true);
}

pgentry_t *need_pgt(unsigned long addr)
{
	return make_entry(addr, PAGE_SHIFT);
}
