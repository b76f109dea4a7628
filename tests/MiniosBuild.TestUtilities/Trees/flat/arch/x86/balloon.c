/* What the architecture has to do with the size of memory. */
#ifdef CONFIG_BALLOON
#include <mini-os/balloon.h>
#include <mini-os/mm.h>

unsigned long arch_balloon_frames(void)
{
	return PFN_UP(nr_max_pages * sizeof(unsigned long));
}
#endif
