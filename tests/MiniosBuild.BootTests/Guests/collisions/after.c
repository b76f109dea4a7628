/* Mini-OS's headers first, then names of the guest's own. */
#include "every.h"
#include "tailor.h"

static minios_s_time_t woken_at;
static MINIOS_DECLARE_WAIT_QUEUE_HEAD(queue);
static MINIOS_DECLARE_MUTEX(mutex);
static volatile bool rung;

static void ring(void *data)
{
	struct minios_thread *self = data;

	minios_msleep(5);
	minios_down(&mutex);
	rung = minios_current != self;
	minios_up(&mutex);
	minios_wake_up(&queue);
}

/* The kernel under its new names: 0 if threads, time, memory and interrupts do what they do. */
int try_kernel(void)
{
	static const int numbers[3] = { 1, 2, 3 };
	minios_s_time_t start = MINIOS_NOW();
	struct minios_thread *self = minios_get_current();
	unsigned long *page = minios_alloc_page(), *words = minios_xmalloc_array(unsigned long, 4), flags, mask;

	MINIOS_BUG_ON(!page || !words);
	*page = MINIOS_PAGE_SIZE;
	*words = minios_xchg(page, MINIOS_ARRAY_SIZE(numbers));
	minios_local_irq_save(flags);
	minios_local_save_flags(mask);
	minios_local_irq_restore(flags);
	minios_barrier();
	minios_mb();
	if (!minios_create_thread("ring", ring, self))
		return 1;
	minios_wait_event(queue, rung);
	woken_at = MINIOS_NOW();
	minios_schedule();
	if (*words != 4096 || *page != 3 || !mask || flags || woken_at - start < MINIOS_MILLISECS(5))
		return 2;
	if (minios_container_of(&self->flags, struct minios_thread, flags) != self || !(self->flags & MINIOS_RUNNABLE_FLAG))
		return 3;
	minios_xfree(words);
	minios_free_page(page);
	return 0;
}

/* What the shop's names are behind the headers, for before.c to compare. */
int shop_sum(void)
{
	pt_regs stairs = up;

	return ARRAY_SIZE + barrier(4) + likely(3) + current + wait_event + container_of(80) + xchg(1, 2) + mb(2)
	       + (int)sizeof(s_time_t) + stairs + RUNNABLE_FLAG + PAGE_MASK(3) + (int)sizeof(PAGE_SIZE) + (int)sizeof(NOW local_irq_save);
}
