/* Start of memory: Xen has mapped the first part of it, in order; the rest is mapped behind. */
#include <mini-os/lib.h>
#include <mini-os/mm.h>
#include <mini-os/os.h>
#include "../../internal/arch.h"
#include "../../internal/memory.h"
#include "pagetable.h"

#define LARGE_SHIFT	21
#define LARGE_PAGES	512UL

extern const char _text[], _erodata[], _end[];

static unsigned long later(unsigned long a, unsigned long b)
{
	return a > b ? a : b;
}

/* The first frame behind everything that Xen has put there: image, modules, frame list, rings, page tables. */
static unsigned long first_free_pfn(const start_info_t *si)
{
	unsigned long pfn = PFN_UP(to_phys(_end));

	if (si->mod_len && !(si->flags & SIF_MOD_START_PFN))
		pfn = later(pfn, PFN_UP(to_phys(si->mod_start + si->mod_len)));
	pfn = later(pfn, PFN_UP(to_phys(si->mfn_list + si->nr_pages * sizeof(xen_pfn_t))));
	pfn = later(pfn, PFN_UP(to_phys(si + 1)));
	pfn = later(pfn, PFN_UP(to_phys(si->pt_base)) + si->nr_pt_frames);
	if (!is_initial_domain(si)) {
		pfn = later(pfn, mfn_to_pfn(si->store_mfn) + 1);
		pfn = later(pfn, mfn_to_pfn(si->console.domU.mfn) + 1);
	}
	return pfn;
}

/* Fills the holes of a table that Xen has made. */
static void complete_table(unsigned long pfn, unsigned long end)
{
	for (; pfn < end; pfn++) {
		unsigned long addr = (unsigned long)pfn_to_virt(pfn);
		unsigned long mfn = pfn_to_mfn(pfn);

		if (!(*find_entry(addr, PAGE_SHIFT) & ENTRY_PRESENT) && do_map_frames(addr, &mfn, 1, 1, 0, DOMID_SELF, NULL, L1_PROT))
			panic("Frame %lx cannot be mapped", mfn);
	}
}

/* A whole table at a time: made while the page is ordinary memory, checked by Xen once. */
static void add_table(pgentry_t *entry, unsigned long pfn, unsigned long end, unsigned long *table_pfn)
{
	pgentry_t *table = pfn_to_virt((*table_pfn)++);

	memset(table, 0, PAGE_SIZE);
	for (unsigned long i = 0; i < end - pfn; i++)
		table[i] = PFN_PHYS(pfn_to_mfn(pfn + i)) | L1_PROT;
	if (!hook_table(entry, table))
		panic("Xen refuses a page table for frames from %lx", pfn);
}

static void map_all_memory(unsigned long pages)
{
	for (unsigned long pfn = 0; pfn < pages; pfn += LARGE_PAGES) {
		unsigned long end = pfn + LARGE_PAGES < pages ? pfn + LARGE_PAGES : pages;
		pgentry_t *entry = make_entry((unsigned long)pfn_to_virt(pfn), LARGE_SHIFT);
		unsigned long table_pfn;

		if (*entry & ENTRY_PRESENT) {
			complete_table(pfn, end);
			continue;
		}
		table_pfn = fini_boot_tables();
		add_table(entry, pfn, end, &table_pfn);
		init_pagetable(table_pfn);
	}
}

static void protect(void)
{
	/* A page that is not there catches null pointers. */
	HYPERVISOR_update_va_mapping(0, 0, UVMF_INVLPG);
	for (const char *page = _text; page < _erodata; page += PAGE_SIZE)
		if (HYPERVISOR_update_va_mapping((unsigned long)page, PFN_PHYS(virt_to_mfn(page)) | L1_PROT_RO, UVMF_INVLPG))
			panic("Text at %p cannot be protected", (const void *)page);
}

void init_mm(void)
{
	const start_info_t *si = get_start_info();
	unsigned long first, states;

	init_pagetable(first_free_pfn(si));
	map_all_memory(si->nr_pages);
	protect();

	states = fini_boot_tables();
	first = states + PFN_UP(si->nr_pages);
	init_page_allocator(pfn_to_virt(states), si->nr_pages);
	add_free_pages(first, si->nr_pages);
	add_free_pages(1, PFN_DOWN(to_phys(_text)));
}
