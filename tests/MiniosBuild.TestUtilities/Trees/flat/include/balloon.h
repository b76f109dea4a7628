/* How much memory the guest may have. */
#ifndef BALLOON_H
#define BALLOON_H

#ifdef CONFIG_BALLOON
extern unsigned long nr_max_pages;

void init_balloon(void);
unsigned long arch_balloon_frames(void);
#else
static inline void init_balloon(void)
{
}
#endif

#endif
