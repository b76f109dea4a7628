/* The types of wait queues. */
#ifndef MINIOS_WAITTYPES_H
#define MINIOS_WAITTYPES_H

#include <mini-os/list.h>
#include <mini-os/types.h>

struct thread;

struct wait_queue {
	struct thread *thread;
	bool waiting;			/* until taken off the queue */
	struct minios_list entry;
};

struct wait_queue_head {
	struct minios_list waiters;
};

#define DECLARE_WAIT_QUEUE_HEAD(name) \
	struct wait_queue_head name = { MINIOS_LIST_INIT((name).waiters) }

#endif
