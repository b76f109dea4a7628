/* Mapping of grants. Each area remembers the handles that Xen wants back. */
#include <errno.h>
#include <mini-os/gntmap.h>
#include <mini-os/gnttab.h>
#include <mini-os/hypervisor.h>
#include <mini-os/lib.h>
#include <mini-os/mm.h>

struct area {
	struct minios_list entry;
	unsigned long address;
	uint32_t count;
	grant_handle_t handles[];
};

void gntmap_init(struct gntmap *map)
{
	minios_list_init(&map->areas);
}

/* Unmaps the first count pages of the area. */
static int unmap(struct area *area, uint32_t count)
{
	int rc = 0;

	for (uint32_t i = 0; i < count; i++) {
		struct gnttab_unmap_grant_ref op = {
			.host_addr = area->address + PFN_PHYS(i),
			.handle = area->handles[i],
		};

		if (HYPERVISOR_grant_table_op(GNTTABOP_unmap_grant_ref, &op, 1) || op.status != GNTST_okay) {
			printk("Grant at %lx cannot be unmapped: %s\n", (unsigned long)op.host_addr, gnttabop_error(op.status));
			rc = -EINVAL;
		}
	}
	return rc;
}

static int release(struct area *area)
{
	int rc = unmap(area, area->count);

	minios_list_remove(&area->entry);
	xfree(area);
	return rc;
}

void gntmap_fini(struct gntmap *map)
{
	while (!minios_list_empty(&map->areas))
		release(container_of(map->areas.next, struct area, entry));
}

int gntmap_munmap(struct gntmap *map, unsigned long start_address, uint32_t count)
{
	for (struct minios_list *entry = map->areas.next; entry != &map->areas; entry = entry->next) {
		struct area *area = container_of(entry, struct area, entry);

		if (area->address == start_address && area->count == count)
			return release(area);
	}
	return -ENOENT;
}

void *gntmap_map_grant_refs(struct gntmap *map, uint32_t count, const uint32_t *domids, int domids_stride,
			    const uint32_t *refs, int writable)
{
	struct area *area = _xmalloc(sizeof(*area) + count * sizeof(area->handles[0]), 16);

	if (!area)
		return NULL;
	area->address = allocate_ondemand(count, 1);
	area->count = count;
	for (uint32_t i = 0; i < count; i++) {
		struct gnttab_map_grant_ref op = {
			.host_addr = area->address + PFN_PHYS(i),
			.dom = domids[i * domids_stride],
			.ref = refs[i],
			.flags = GNTMAP_host_map | (writable ? 0 : GNTMAP_readonly),
		};

		/* Xen wants the table that leads to the address to be there. */
		if (!area->address || !need_pgt(op.host_addr)
		    || HYPERVISOR_grant_table_op(GNTTABOP_map_grant_ref, &op, 1) || op.status != GNTST_okay) {
			printk("Grant %u of domain %u cannot be mapped: %s\n", op.ref, op.dom, gnttabop_error(op.status));
			unmap(area, i);
			xfree(area);
			return NULL;
		}
		area->handles[i] = op.handle;
	}
	minios_list_insert(&area->entry, &map->areas);
	return (void *)area->address;
}
