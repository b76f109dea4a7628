/* Memory: pages, the map between the guest's frames (pfn) and the machine's (mfn), and mapping of frames. */
#ifndef MINIOS_MM_H
#define MINIOS_MM_H

#include <mini-os/arch_mm.h>
#include <mini-os/types.h>
#include <xen/xen.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * 2^order pages, aligned to their size, or NULL. A block may be given back whole or in aligned parts; giving back what
 * is not in use is a panic. Callable with interrupts masked and from event handlers.
 */
void *alloc_pages(unsigned order);
void free_pages(void *ptr, unsigned order);
void *alloc_page(void);
void free_page(void *ptr);

/* Exactly count pages, at a multiple of align pages (a power of two). Such a run is freed whole. */
void *alloc_page_run(unsigned long count, unsigned long align);
void free_page_run(void *ptr);
unsigned long page_run_length(const void *ptr);

/* Pages of memory the guest has, and those of them that are free. */
unsigned long nr_total_pages(void);
unsigned long nr_free_pages(void);

/* The smallest order of a block of at least that many bytes. */
static inline unsigned get_order(unsigned long size)
{
	unsigned long pages = PFN_UP(size);

	return pages <= 1 ? 0 : 64 - __builtin_clzl(pages - 1);
}

/*
 * Mapping. Frame number i of a mapping is frames[i * stride] + i * incr, so that stride 1, incr 0 maps a list and
 * stride 0, incr 1 a contiguous range. id is the domain that owns the frames; prot is made of L1_PROT or L1_PROT_RO.
 * With err not NULL, err[i] is set to 0 or a negative error number for each frame and those that can be mapped are;
 * without it, one that cannot be mapped makes the whole call fail.
 */
int do_map_frames(unsigned long addr, const unsigned long *frames, unsigned long count, unsigned long stride,
		  unsigned long incr, domid_t id, int *err, unsigned long prot);

/* The same at a free address, a multiple of alignment pages; NULL if it fails. */
void *map_frames_ex(const unsigned long *frames, unsigned long count, unsigned long stride, unsigned long incr,
		    unsigned long alignment, domid_t id, int *err, unsigned long prot);

/* One's own frames, or machine memory that one may access: a list; one frame at addr; one frame anywhere, 0 if not. */
void *map_frames(const unsigned long *frames, unsigned long count);
int map_frame_rw(unsigned long addr, unsigned long mfn);
unsigned long map_frame_virt(unsigned long mfn);

/* Undoes a mapping. 0, or a negative error number. */
int unmap_frames(unsigned long va, unsigned long count);

/* The first of count free pages of address space, a multiple of alignment pages; 0 if there is no room. */
unsigned long allocate_ondemand(unsigned long count, unsigned long alignment);

/* The page table entry of an address, with the tables that lead to it made; NULL if memory is short. Read only. */
pgentry_t *need_pgt(unsigned long addr);

/* Machine frame of a frame of the guest and back; ~0UL where there is none. */
unsigned long pfn_to_mfn(unsigned long pfn);
unsigned long mfn_to_pfn(unsigned long mfn);

/* For memory of the kernel or from the allocators, and addresses in the map of all memory. */
#define virt_to_pfn(virt)	(PFN_DOWN(to_phys(virt)))
#define pfn_to_virt(pfn)	(to_virt(PFN_PHYS(pfn)))
#define virt_to_mfn(virt)	(pfn_to_mfn(virt_to_pfn(virt)))
#define mfn_to_virt(mfn)	(pfn_to_virt(mfn_to_pfn(mfn)))

#ifdef __cplusplus
}
#endif

#endif
