/* What the page allocator gives to the architecture, for init_mm. */
#ifndef MINIOS_INTERNAL_MEMORY_H
#define MINIOS_INTERNAL_MEMORY_H

#include <mini-os/types.h>

/* states has a byte for each of the pages, all of them in use at first. */
void init_page_allocator(uint8_t *states, unsigned long pages);
void add_free_pages(unsigned long first_pfn, unsigned long end_pfn);

#endif
