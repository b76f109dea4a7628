/* Mapping of pages that other domains have granted. */
#ifndef MINIOS_GNTMAP_H
#define MINIOS_GNTMAP_H

#include <mini-os/list.h>
#include <mini-os/types.h>
#include <xen/grant_table.h>

#ifdef __cplusplus
extern "C" {
#endif

struct gntmap {
	struct minios_list areas;	/* what is mapped now */
};

void gntmap_init(struct gntmap *map);

/* Unmaps what is still mapped. */
void gntmap_fini(struct gntmap *map);

/*
 * Maps count grants, of domain domids[0] or, with domids_stride 1, each of its own, side by side. NULL if one of them
 * cannot be mapped; then none is.
 */
void *gntmap_map_grant_refs(struct gntmap *map, uint32_t count, const uint32_t *domids, int domids_stride,
			    const uint32_t *refs, int writable);

/* Unmaps what was mapped at that address. 0, or a negative error number. */
int gntmap_munmap(struct gntmap *map, unsigned long start_address, uint32_t count);

#ifdef __cplusplus
}
#endif

#endif
