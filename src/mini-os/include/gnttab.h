/* Grant table: pages that other domains may map or fill. Frames are machine frame numbers. */
#ifndef MINIOS_GNTTAB_H
#define MINIOS_GNTTAB_H

#include <mini-os/types.h>
#include <xen/grant_table.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Never given out: the first entries of the table are the toolstack's. */
#define GRANT_INVALID_REF 0

/*
 * New grants. When all are in use, a thread waits for one; where waiting is not possible (in event handlers, with
 * interrupts masked) GRANT_INVALID_REF is returned.
 */
grant_ref_t gnttab_grant_access(domid_t domid, unsigned long frame, int readonly);
grant_ref_t gnttab_grant_transfer(domid_t domid, unsigned long pfn);

/* 1 and the grant is free again; 0 while the other domain still uses it, then it is left as it is. */
int gnttab_end_access(grant_ref_t ref);

/* The machine frame that was received, 0 if nothing was. */
unsigned long gnttab_end_transfer(grant_ref_t ref);

/* A new page at *map, granted to domain 0. GRANT_INVALID_REF and *map NULL if memory is short. */
grant_ref_t gnttab_alloc_and_grant(void **map);

/* The text for a GNTST_* status. */
const char *gnttabop_error(int16_t status);

void init_gnttab(void);
void fini_gnttab(void);

#ifdef __cplusplus
}
#endif

#endif
