/* Each macro and inline function of the public headers at work: what their texts refer to has to be there under the same names. */
#include <mini-os/blkfront.h>
#include <mini-os/byteorder.h>
#include <mini-os/err.h>
#include <mini-os/events.h>
#include <mini-os/gnttab.h>
#include <mini-os/lib.h>
#include <mini-os/mm.h>
#include <mini-os/os.h>
#include <mini-os/sched.h>
#include <mini-os/semaphore.h>
#include <mini-os/time.h>
#include <mini-os/wait.h>
#include <mini-os/xenbus.h>
#include <mini-os/xmalloc.h>

struct holder {
	int before;
	struct minios_thread held;
};

unsigned long use_memory(struct minios_thread *held);
unsigned long use_threads(volatile int *flag);
unsigned long use_bits(unsigned long word);

static MINIOS_DECLARE_WAIT_QUEUE_HEAD(queue);
static MINIOS_DECLARE_MUTEX(mutex);
static struct minios_list list = MINIOS_LIST_INIT(list);

unsigned long use_memory(struct minios_thread *held)
{
	struct holder *holder = minios_container_of(held, struct holder, held);
	int *number = minios_xmalloc(int);
	long *numbers = minios_xmalloc_array(long, 4);
	minios_pgentry_t *entry = minios_need_pgt(MINIOS_STACK_SIZE);
	unsigned long sum = MINIOS_PAGE_SIZE + MINIOS_PAGE_MASK + MINIOS_PFN_UP(5) + MINIOS_PFN_DOWN(6) + MINIOS_PFN_PHYS(7);

	MINIOS_BUG_ON(holder->before);
	MINIOS_ASSERT(number);
	if (!numbers)
		MINIOS_BUG();
	sum += minios_to_phys(number) + (unsigned long)minios_to_virt(4) + minios_virt_to_pfn(number) + minios_virt_to_mfn(number);
	sum += (unsigned long)minios_pfn_to_virt(3) + (unsigned long)minios_mfn_to_virt(5) + *entry + MINIOS_L1_PROT + MINIOS_L1_PROT_RO;
	sum += minios_get_order(sum) + minios_IS_ERR(minios_ERR_PTR(-1)) + (unsigned long)minios_PTR_ERR(number);
	minios_xfree(number);
	minios_xfree(numbers);
	return sum + MINIOS_XBT_NIL + MINIOS_GRANT_INVALID_REF + BLKFRONT_MAX_BYTES + BLKFRONT_RDWR;
}

unsigned long use_threads(volatile int *flag)
{
	MINIOS_DEFINE_WAIT(waiter);
	minios_s_time_t deadline = MINIOS_NOW() + MINIOS_SECONDS(1) + MINIOS_MILLISECS(2) + MINIOS_MICROSECS(3);
	unsigned long flags, mask;

	minios_local_irq_save(flags);
	minios_local_save_flags(mask);
	minios_local_irq_restore(flags);
	minios_add_waiter(&waiter, &queue);
	minios_remove_waiter(&waiter, &queue);
	minios_wait_event(queue, *flag);
	minios_wait_event_deadline(queue, *flag > 1, deadline);
	minios_down(&mutex);
	HYPERVISOR_shutdown(SHUTDOWN_poweroff);
	if (minios_current == minios_get_current() && minios_is_runnable(minios_current) && minios_list_empty(&list))
		minios_exit_thread();
	return mask + minios_irqs_disabled();
}

unsigned long use_bits(unsigned long word)
{
	static const int numbers[3] = { 1, 2, 3 };

	word += minios_xchg(&word, 5) + minios_synch_cmpxchg(&word, 5, 6);
	minios_synch_set_bit(1, &word);
	minios_synch_clear_bit(2, &word);
	minios_barrier();
	xen_mb();
	xen_rmb();
	xen_wmb();
	word += minios_be16_to_cpu(1) + minios_cpu_to_be32(2) + minios_be64_to_cpu(3) + minios_rdtsc_ordered();
	return word + MINIOS_ARRAY_SIZE(numbers) + numbers[0] + MINIOS_RUNNABLE_FLAG + minios_synch_test_bit(3, &word);
}
