/*
 * The memory of newlib's heap: one range of addresses, as large as all memory, in which pages are mapped from its start
 * on as the heap grows, and given back as it shrinks. What the kernel needs for threads and page tables is left to it.
 */
#include <errno.h>
#include <stddef.h>
#include <mini-os/mm.h>

enum {
	KERNEL_PART = 32,		/* the kernel keeps one page of so many */
	BATCH = 64,
};

/* Where an entry of a page table has the frame (Intel SDM, volume 3A, section 4.5). */
#define ENTRY_FRAME	0x000ffffffffff000UL

static unsigned long start, end;	/* of the range */
static unsigned long top;		/* where the heap ends; all pages that it touches are mapped */

static bool reserve(void)
{
	unsigned long pages = nr_total_pages();

	start = allocate_ondemand(pages, 1);
	top = start;
	end = start + PFN_PHYS(pages);
	return start;
}

static void unmap(unsigned long from, unsigned long to)
{
	void *pages[BATCH];

	while (from < to) {
		unsigned long count = PFN_DOWN(to - from) < BATCH ? PFN_DOWN(to - from) : BATCH;

		for (unsigned long i = 0; i < count; i++)
			pages[i] = mfn_to_virt(PFN_DOWN(*need_pgt(from + PFN_PHYS(i)) & ENTRY_FRAME));
		unmap_frames(from, count);
		for (unsigned long i = 0; i < count; i++)
			free_page(pages[i]);
		from += PFN_PHYS(count);
	}
}

static bool map_page(unsigned long addr)
{
	const pgentry_t *entry = need_pgt(addr);
	void *page;

	/* The range is not marked anywhere: when address space is short, others may have got addresses in it. */
	if (!entry || *entry || nr_free_pages() <= nr_total_pages() / KERNEL_PART)
		return false;
	page = alloc_page();
	if (!page)
		return false;
	if (map_frame_rw(addr, virt_to_mfn(page))) {
		free_page(page);
		return false;
	}
	return true;
}

static bool map(unsigned long from, unsigned long to)
{
	for (unsigned long addr = from; addr < to; addr += PAGE_SIZE) {
		if (map_page(addr))
			continue;
		unmap(from, addr);
		return false;
	}
	return true;
}

/* The page at or above an address. */
static unsigned long page_up(unsigned long addr)
{
	return PFN_PHYS(PFN_UP(addr));
}

void *_sbrk(ptrdiff_t incr)
{
	unsigned long old = top;

	if (!start && !reserve())
		goto no_memory;
	old = top;
	if (incr < 0 ? (unsigned long)-incr > top - start : (unsigned long)incr > end - top)
		goto no_memory;
	if (incr > 0 && !map(page_up(top), page_up(top + incr)))
		goto no_memory;
	if (incr < 0)
		unmap(page_up(top + incr), page_up(top));
	top += incr;
	return (void *)old;

no_memory:
	errno = ENOMEM;
	return (void *)-1;
}
