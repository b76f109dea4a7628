/* The grant table, version 1, and who may have its entries. */
#include <mini-os/gnttab.h>
#include <mini-os/lib.h>
#include <mini-os/mm.h>
#include <mini-os/os.h>
#include <mini-os/wait.h>
#include "internal/threads.h"

enum { MAX_FRAMES = 8, ENTRIES_PER_FRAME = PAGE_SIZE / sizeof(grant_entry_t) };

/* The table, shared with Xen, and the count of its entries. */
static grant_entry_t *table;
static unsigned entries;

/* Free entries: the first, and behind each the next; 0 ends the list. Bit set: given out. */
static uint16_t first_free, next_free[MAX_FRAMES * ENTRIES_PER_FRAME];
static unsigned long in_use[MAX_FRAMES * ENTRIES_PER_FRAME / 64];

/* Threads that wait for a free entry. */
static DECLARE_WAIT_QUEUE_HEAD(freed);

static grant_ref_t take_entry(void)
{
	unsigned long flags;
	grant_ref_t ref;

	local_irq_save(flags);
	ref = first_free;
	if (ref != GRANT_INVALID_REF) {
		first_free = next_free[ref];
		in_use[ref / 64] |= 1UL << ref % 64;
	}
	local_irq_restore(flags);
	return ref;
}

static grant_ref_t get_entry(void)
{
	grant_ref_t ref = take_entry();

	if (ref == GRANT_INVALID_REF && scheduler_runs() && !irqs_disabled())
		wait_event(freed, (ref = take_entry()) != GRANT_INVALID_REF);
	return ref;
}

static void put_entry(grant_ref_t ref)
{
	unsigned long flags;

	local_irq_save(flags);
	in_use[ref / 64] &= ~(1UL << ref % 64);
	next_free[ref] = first_free;
	first_free = ref;
	wake_up(&freed);
	local_irq_restore(flags);
}

static grant_entry_t *entry_of(grant_ref_t ref)
{
	if (ref >= entries || !(in_use[ref / 64] & 1UL << ref % 64))
		panic("Grant %u is not in use", ref);
	return &table[ref];
}

/* Xen may look at the entry as soon as the flags are set. */
static grant_ref_t grant(domid_t domid, unsigned long frame, uint16_t flags)
{
	grant_ref_t ref = get_entry();

	if (ref == GRANT_INVALID_REF)
		return ref;
	table[ref].frame = frame;
	table[ref].domid = domid;
	wmb();
	*(volatile uint16_t *)&table[ref].flags = flags;
	return ref;
}

grant_ref_t gnttab_grant_access(domid_t domid, unsigned long frame, int readonly)
{
	return grant(domid, frame, GTF_permit_access | (readonly ? GTF_readonly : 0));
}

grant_ref_t gnttab_grant_transfer(domid_t domid, unsigned long pfn)
{
	return grant(domid, pfn, GTF_accept_transfer);
}

int gnttab_end_access(grant_ref_t ref)
{
	grant_entry_t *entry = entry_of(ref);
	uint16_t flags = *(volatile uint16_t *)&entry->flags, seen;

	do {
		if (flags & (GTF_reading | GTF_writing))
			return 0;
		seen = flags;
		flags = synch_cmpxchg(&entry->flags, seen, GTF_invalid);
	} while (flags != seen);
	put_entry(ref);
	return 1;
}

unsigned long gnttab_end_transfer(grant_ref_t ref)
{
	grant_entry_t *entry = entry_of(ref);
	uint16_t flags = *(volatile uint16_t *)&entry->flags, seen;
	unsigned long frame;

	do {
		if (flags & GTF_transfer_committed)
			break;
		seen = flags;
		flags = synch_cmpxchg(&entry->flags, seen, GTF_invalid);
		if (flags == seen) {
			put_entry(ref);
			return 0;
		}
	} while (1);

	/* Xen finishes what it has committed to in a moment: grant_table.h allows to spin for it. */
	while (!(*(volatile uint16_t *)&entry->flags & GTF_transfer_completed))
		barrier();
	rmb();
	frame = entry->frame;
	entry->flags = GTF_invalid;
	put_entry(ref);
	return frame;
}

grant_ref_t gnttab_alloc_and_grant(void **map)
{
	void *page = alloc_page();
	grant_ref_t ref = page ? gnttab_grant_access(0, virt_to_mfn(page), 0) : GRANT_INVALID_REF;

	if (page && ref == GRANT_INVALID_REF) {
		free_page(page);
		page = NULL;
	}
	*map = page;
	return ref;
}

const char *gnttabop_error(int16_t status)
{
	static const char *const texts[] = {
		"okay", "general error", "unknown domain", "bad grant reference", "bad handle", "bad virtual address",
		"bad device address", "no space in the I/O MMU", "permission denied", "bad page",
		"copy crosses a page boundary", "page address too large", "try again", "out of space",
	};

	return status <= 0 && (unsigned)-status < ARRAY_SIZE(texts) ? texts[-status] : "unknown error";
}

void init_gnttab(void)
{
	struct gnttab_query_size size = { .dom = DOMID_SELF };
	struct gnttab_setup_table setup = { .dom = DOMID_SELF };
	unsigned long frames[MAX_FRAMES];

	if (HYPERVISOR_grant_table_op(GNTTABOP_query_size, &size, 1) || size.status != GNTST_okay)
		panic("Xen does not tell the size of the grant table: %s", gnttabop_error(size.status));
	setup.nr_frames = size.max_nr_frames < MAX_FRAMES ? size.max_nr_frames : MAX_FRAMES;
	set_xen_guest_handle(setup.frame_list, frames);
	if (HYPERVISOR_grant_table_op(GNTTABOP_setup_table, &setup, 1) || setup.status != GNTST_okay)
		panic("Xen sets up no grant table: %s", gnttabop_error(setup.status));
	table = map_frames(frames, setup.nr_frames);
	if (!table)
		panic("The grant table cannot be mapped");
	entries = setup.nr_frames * ENTRIES_PER_FRAME;
	for (grant_ref_t ref = entries - 1; ref >= GNTTAB_NR_RESERVED_ENTRIES; ref--)
		put_entry(ref);
}

void fini_gnttab(void)
{
	unmap_frames((unsigned long)table, entries / ENTRIES_PER_FRAME);
	table = NULL;
	entries = 0;
	first_free = GRANT_INVALID_REF;
}
