/* Names of the guest's own first, then Mini-OS's headers. Ends with 42 if the names mean in both files what they say here. */
#include "tailor.h"
#include "every.h"

int try_kernel(void);
int shop_sum(void);

static struct thread spool;
struct thread *print = &spool, get_order = { 2, "blue" };

int schedule(const struct thread *thread, int days)
{
	return thread->metres / days;
}

const char *wake(const char *who)
{
	return who[0] == 'k' ? "the kernel" : "nobody";
}

struct thread alloc_page(int metres, const char *colour)
{
	return (struct thread){ metres, colour };
}

int free_page(block panic)
{
	int metres = panic->metres;

	panic->metres = 0;
	return metres;
}

static int sum(void)
{
	pt_regs stairs = up;

	return ARRAY_SIZE + barrier(4) + likely(3) + current + wait_event + container_of(80) + xchg(1, 2) + mb(2)
	       + (int)sizeof(s_time_t) + stairs + RUNNABLE_FLAG + PAGE_MASK(3) + (int)sizeof(PAGE_SIZE) + (int)sizeof(NOW local_irq_save);
}

int app_main(start_info_t *si)
{
	int failed = try_kernel();

	(void)si;
	*print = alloc_page(84, "red");
	minios_printk("%s wakes, %s thread, %d\n", wake("kettle"), print->colour, sum());
	if (failed || sum() != shop_sum() || sum() != 5 + 8 + 2 + 16 + 7 + 8 + 21 + 5 + 6 + 3 + 50 + 1 + 10 + 15)
		return failed + 100;
	return schedule(print, get_order.metres) + free_page(print) - 84;
}
