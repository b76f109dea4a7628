/* Wait queues: threads that wait for a condition, woken, also by event handlers, to look at it again. */
#ifndef MINIOS_WAIT_H
#define MINIOS_WAIT_H

#include <mini-os/os.h>
#include <mini-os/sched.h>
#include <mini-os/waittypes.h>

#ifdef __cplusplus
extern "C" {
#endif

void init_waitqueue_head(struct wait_queue_head *head);
void add_waiter(struct wait_queue *waiter, struct wait_queue_head *head);
void remove_waiter(struct wait_queue *waiter, struct wait_queue_head *head);

/* Wakes all threads on the queue; only the first. */
void wake_up(struct wait_queue_head *head);
void wake_up_first(struct wait_queue_head *head);

/* One round of waiting, for wait_event: go on the queue and stop being runnable; the opposite. */
void wait_begin(struct wait_queue *waiter, struct wait_queue_head *head, s_time_t deadline);
void wait_end(struct wait_queue *waiter, struct wait_queue_head *head);

/* What a thread is on a queue with. */
#define DEFINE_WAIT(name) \
	struct wait_queue name = { get_current(), false, { NULL, NULL } }

/* Waits until the condition is true, or the deadline (0: none) has passed. */
#define wait_event_deadline(head, condition, deadline) do {				\
	struct wait_queue minios_waiter = { get_current(), false, { NULL, NULL } };	\
	s_time_t minios_deadline = (deadline);						\
	while (!(condition)) {								\
		wait_begin(&minios_waiter, &(head), minios_deadline);			\
		if ((condition) || (minios_deadline && NOW() >= minios_deadline)) {	\
			wait_end(&minios_waiter, &(head));				\
			break;								\
		}									\
		schedule();								\
		wait_end(&minios_waiter, &(head));					\
	}										\
} while (0)

#define wait_event(head, condition) wait_event_deadline(head, condition, 0)

#ifdef __cplusplus
}
#endif

#endif
