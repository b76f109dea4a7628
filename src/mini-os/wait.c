/* Wait queues. Interrupts are masked around all changes, since event handlers wake. */
#include <mini-os/list.h>
#include <mini-os/lib.h>
#include <mini-os/wait.h>

void init_waitqueue_head(struct wait_queue_head *head)
{
	minios_list_init(&head->waiters);
}

void add_waiter(struct wait_queue *waiter, struct wait_queue_head *head)
{
	unsigned long flags;

	local_irq_save(flags);
	if (!waiter->waiting) {
		minios_list_insert(&waiter->entry, &head->waiters);
		waiter->waiting = true;
	}
	local_irq_restore(flags);
}

void remove_waiter(struct wait_queue *waiter, struct wait_queue_head *head)
{
	unsigned long flags;

	(void)head;
	local_irq_save(flags);
	if (waiter->waiting) {
		minios_list_remove(&waiter->entry);
		waiter->waiting = false;
	}
	local_irq_restore(flags);
}

/* Waiters stay on the queue, until they have found their condition true and take themselves off. */
void wake_up(struct wait_queue_head *head)
{
	unsigned long flags;

	local_irq_save(flags);
	for (struct minios_list *entry = head->waiters.next; entry != &head->waiters; entry = entry->next)
		wake(container_of(entry, struct wait_queue, entry)->thread);
	local_irq_restore(flags);
}

/* The waiter is taken off, so that the next call wakes the next one. */
void wake_up_first(struct wait_queue_head *head)
{
	unsigned long flags;

	local_irq_save(flags);
	if (!minios_list_empty(&head->waiters)) {
		struct wait_queue *waiter = container_of(head->waiters.next, struct wait_queue, entry);

		remove_waiter(waiter, head);
		wake(waiter->thread);
	}
	local_irq_restore(flags);
}

void wait_begin(struct wait_queue *waiter, struct wait_queue_head *head, s_time_t deadline)
{
	unsigned long flags;

	local_irq_save(flags);
	add_waiter(waiter, head);
	block(waiter->thread);
	wake_at(waiter->thread, deadline);
	local_irq_restore(flags);
}

void wait_end(struct wait_queue *waiter, struct wait_queue_head *head)
{
	unsigned long flags;

	local_irq_save(flags);
	remove_waiter(waiter, head);
	wake(waiter->thread);
	local_irq_restore(flags);
}
