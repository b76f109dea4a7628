/* The page allocator: blocks of 2^order pages, each block's free neighbour of the same order (its buddy) joined to it. */
#include <mini-os/lib.h>
#include <mini-os/list.h>
#include <mini-os/mm.h>
#include <mini-os/os.h>
#include "internal/memory.h"

enum { MAX_ORDER = 24 };

/*
 * One byte for each page: 0, unless it is the first page of a block, then its order with FREE or USED; MORE means that
 * the run of pages that it belongs to goes on in the block behind it.
 */
enum { FREE = 0x80, USED = 0x40, MORE = 0x20 };

static uint8_t *page_states;
static unsigned long page_count, free_count;

/* Free blocks by order, linked through the blocks themselves; bit n of the mask is set if list n has any. */
static struct minios_list free_blocks[MAX_ORDER + 1];
static unsigned long free_orders;

void init_page_allocator(uint8_t *states, unsigned long pages)
{
	page_states = states;
	page_count = pages;
	memset(states, 0, pages);
	for (unsigned order = 0; order <= MAX_ORDER; order++)
		minios_list_init(&free_blocks[order]);
}

static void put_block(unsigned long pfn, unsigned order)
{
	minios_list_insert(pfn_to_virt(pfn), free_blocks[order].next);
	page_states[pfn] = FREE | order;
	free_orders |= 1UL << order;
}

static void take_block(unsigned long pfn, unsigned order)
{
	minios_list_remove(pfn_to_virt(pfn));
	page_states[pfn] = 0;
	if (minios_list_empty(&free_blocks[order]))
		free_orders &= ~(1UL << order);
}

static void free_block(unsigned long pfn, unsigned order)
{
	free_count += 1UL << order;
	page_states[pfn] = 0;
	for (; order < MAX_ORDER; order++) {
		unsigned long buddy = pfn ^ 1UL << order;

		if (buddy >= page_count || page_states[buddy] != (FREE | order))
			break;
		take_block(buddy, order);
		pfn &= buddy;
	}
	put_block(pfn, order);
}

/* Frees any range, as the largest aligned blocks that it is made of. */
void add_free_pages(unsigned long first_pfn, unsigned long end_pfn)
{
	while (first_pfn < end_pfn) {
		unsigned order = first_pfn ? __builtin_ctzl(first_pfn) : MAX_ORDER;

		while (order > MAX_ORDER || first_pfn + (1UL << order) > end_pfn)
			order--;
		free_block(first_pfn, order);
		first_pfn += 1UL << order;
	}
}

/* The first page of a free block, taken out of the lists and split to size; 0 if there is none. */
static unsigned long alloc_block(unsigned order)
{
	unsigned long orders = order <= MAX_ORDER ? free_orders >> order << order : 0;
	unsigned long pfn;
	unsigned found;

	if (!orders)
		return 0;
	found = __builtin_ctzl(orders);
	pfn = virt_to_pfn(free_blocks[found].next);
	take_block(pfn, found);
	while (found > order) {
		found--;
		put_block(pfn + (1UL << found), found);
	}
	page_states[pfn] = USED | order;
	free_count -= 1UL << order;
	return pfn;
}

void *alloc_pages(unsigned order)
{
	unsigned long flags, pfn;

	local_irq_save(flags);
	pfn = alloc_block(order);
	local_irq_restore(flags);
	return pfn ? pfn_to_virt(pfn) : NULL;
}

/* Splits the used block around a page until the page begins one of that order; whether it did. */
static bool split_used(unsigned long pfn, unsigned order)
{
	for (unsigned outer = order; outer <= MAX_ORDER; outer++) {
		unsigned long first = pfn & -(1UL << outer);

		if (page_states[first] != (USED | outer))
			continue;
		while (outer > order) {
			outer--;
			page_states[first] = page_states[first + (1UL << outer)] = USED | outer;
			if (pfn >= first + (1UL << outer))
				first += 1UL << outer;
		}
		return first == pfn;
	}
	return false;
}

void free_pages(void *ptr, unsigned order)
{
	unsigned long pfn = virt_to_pfn(ptr);
	unsigned long flags;

	local_irq_save(flags);
	if ((unsigned long)ptr & ~PAGE_MASK || pfn >= page_count || order > MAX_ORDER || !split_used(pfn, order))
		panic("free_pages: %p is no block of order %u in use", ptr, order);
	free_block(pfn, order);
	local_irq_restore(flags);
}

void *alloc_page(void)
{
	return alloc_pages(0);
}

void free_page(void *ptr)
{
	free_pages(ptr, 0);
}

void *alloc_page_run(unsigned long count, unsigned long align)
{
	unsigned order = get_order(PFN_PHYS(count > align ? count : align));
	unsigned long flags, pfn, end;

	if (count == 0 || count > page_count || align > page_count)
		return NULL;
	local_irq_save(flags);
	pfn = alloc_block(order);
	if (pfn) {
		end = pfn + (1UL << order);
		for (unsigned long page = pfn; count; page += 1UL << order) {
			while (1UL << order > count)
				order--;
			count -= 1UL << order;
			page_states[page] = USED | order | (count ? MORE : 0);
			if (!count)
				add_free_pages(page + (1UL << order), end);
		}
	}
	local_irq_restore(flags);
	return pfn ? pfn_to_virt(pfn) : NULL;
}

/* The state of a run's first block. */
static uint8_t run_state(const void *ptr)
{
	unsigned long pfn = virt_to_pfn(ptr);

	if ((unsigned long)ptr & ~PAGE_MASK || pfn >= page_count || !(page_states[pfn] & USED))
		panic("%p is no run of pages in use", ptr);
	return page_states[pfn];
}

unsigned long page_run_length(const void *ptr)
{
	unsigned long pfn = virt_to_pfn(ptr), length = 0;
	uint8_t state = run_state(ptr);

	for (;; state = page_states[pfn + length]) {
		length += 1UL << (state & ~(USED | MORE));
		if (!(state & MORE))
			return length;
	}
}

void free_page_run(void *ptr)
{
	unsigned long pfn = virt_to_pfn(ptr);
	unsigned long flags;
	uint8_t state;

	local_irq_save(flags);
	state = run_state(ptr);
	for (;;) {
		unsigned order = state & ~(USED | MORE);

		free_block(pfn, order);
		if (!(state & MORE))
			break;
		pfn += 1UL << order;
		state = page_states[pfn];
	}
	local_irq_restore(flags);
}

unsigned long nr_total_pages(void)
{
	return page_count;
}

unsigned long nr_free_pages(void)
{
	return free_count;
}
