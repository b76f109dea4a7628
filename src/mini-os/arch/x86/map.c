/* Mapping of frames, at addresses above all memory. Which of them are in use, the page tables themselves tell. */
#include <errno.h>
#include <mini-os/hypervisor.h>
#include <mini-os/lib.h>
#include <mini-os/mm.h>
#include "pagetable.h"

#define DEMAND_START	(1UL << 40)
#define DEMAND_END	(DEMAND_START + (1UL << 38))

enum { BATCH = 64 };

/* Where the search for free addresses goes on. */
static unsigned long demand_next = DEMAND_START;

static void flush_tlb(void)
{
	struct mmuext_op op = { .cmd = MMUEXT_TLB_FLUSH_LOCAL };

	HYPERVISOR_mmuext_op(&op, 1, NULL, DOMID_SELF);
}

/*
 * Writes a batch of entries. Xen stops at the first that it refuses: with err, that is noted and passed over; without,
 * it is the result.
 */
static int write_entries(const mmu_update_t *batch, unsigned count, domid_t id, int *err)
{
	unsigned next = 0;

	while (next < count) {
		unsigned done = 0;
		int rc = HYPERVISOR_mmu_update(batch + next, count - next, &done, id);

		if (rc >= 0)
			break;
		if (!err)
			return rc;
		next += done;
		err[next++] = rc;
	}
	return 0;
}

int do_map_frames(unsigned long addr, const unsigned long *frames, unsigned long count, unsigned long stride,
		  unsigned long incr, domid_t id, int *err, unsigned long prot)
{
	mmu_update_t batch[BATCH];
	bool replaced = false;
	int rc = 0;

	if (err)
		memset(err, 0, count * sizeof(*err));
	for (unsigned long done = 0; done < count && !rc; done += BATCH) {
		unsigned n = count - done < BATCH ? count - done : BATCH;

		for (unsigned i = 0; i < n; i++) {
			unsigned long nr = done + i;
			const pgentry_t *entry = need_pgt(addr + PFN_PHYS(nr));

			if (!entry)
				return -ENOMEM;
			replaced |= *entry & ENTRY_PRESENT;
			batch[i].ptr = entry_maddr(entry) | MMU_NORMAL_PT_UPDATE;
			batch[i].val = PFN_PHYS(frames[nr * stride] + nr * incr) | prot;
		}
		rc = write_entries(batch, n, id, err ? err + done : NULL);
	}
	if (replaced)
		flush_tlb();
	return rc;
}

int unmap_frames(unsigned long va, unsigned long count)
{
	mmu_update_t batch[BATCH];
	unsigned n = 0;
	int rc = 0;

	for (unsigned long i = 0; i < count && !rc; i++) {
		const pgentry_t *entry = find_entry(va + PFN_PHYS(i), PAGE_SHIFT);

		if (entry && *entry)
			batch[n++] = (mmu_update_t){ .ptr = entry_maddr(entry) | MMU_NORMAL_PT_UPDATE };
		if (n == BATCH || i + 1 == count) {
			rc = n ? write_entries(batch, n, DOMID_SELF, NULL) : 0;
			n = 0;
		}
	}
	flush_tlb();
	return rc;
}

static bool is_free(unsigned long addr)
{
	const pgentry_t *entry = find_entry(addr, PAGE_SHIFT);

	return !entry || !*entry;
}

static unsigned long search(unsigned long from, unsigned long end, unsigned long count, unsigned long align)
{
	unsigned long addr = (from + align - 1) & -align;
	unsigned long length = 0;

	while (length < count && addr + PFN_PHYS(count) <= end) {
		if (is_free(addr + PFN_PHYS(length))) {
			length++;
			continue;
		}
		addr = (addr + PFN_PHYS(length + 1) + align - 1) & -align;
		length = 0;
	}
	return length == count ? addr : 0;
}

unsigned long allocate_ondemand(unsigned long count, unsigned long alignment)
{
	unsigned long align = PFN_PHYS(alignment ? alignment : 1);
	unsigned long addr = 0;

	if (count == 0 || count > PFN_DOWN(DEMAND_END - DEMAND_START))
		return 0;
	addr = search(demand_next, DEMAND_END, count, align);
	if (!addr)
		addr = search(DEMAND_START, DEMAND_END, count, align);
	if (addr)
		demand_next = addr + PFN_PHYS(count);
	return addr;
}

void *map_frames_ex(const unsigned long *frames, unsigned long count, unsigned long stride, unsigned long incr,
		    unsigned long alignment, domid_t id, int *err, unsigned long prot)
{
	unsigned long addr = allocate_ondemand(count, alignment);

	if (!addr)
		return NULL;
	if (do_map_frames(addr, frames, count, stride, incr, id, err, prot)) {
		unmap_frames(addr, count);
		return NULL;
	}
	return (void *)addr;
}

void *map_frames(const unsigned long *frames, unsigned long count)
{
	return map_frames_ex(frames, count, 1, 0, 1, DOMID_SELF, NULL, L1_PROT);
}

int map_frame_rw(unsigned long addr, unsigned long mfn)
{
	return do_map_frames(addr, &mfn, 1, 1, 0, DOMID_SELF, NULL, L1_PROT);
}

unsigned long map_frame_virt(unsigned long mfn)
{
	return (unsigned long)map_frames(&mfn, 1);
}
