/* Threads: a queue of those that are runnable, a list of those with a deadline, and the idle thread for when none runs. */
#include <mini-os/lib.h>
#include <mini-os/list.h>
#include <mini-os/mm.h>
#include <mini-os/os.h>
#include <mini-os/sched.h>
#include "internal/arch.h"
#include "internal/threads.h"

/* Runnable threads in the order of their turns, without the one that runs and without the idle thread. */
static struct minios_list run_queue = MINIOS_LIST_INIT(run_queue);

/* Threads with a wakeup_time, the earliest first. */
static struct minios_list sleepers = MINIOS_LIST_INIT(sleepers);

/* Threads that have ended, linked by run_entry: whoever runs next frees them, since none can free its own stack. */
static struct minios_list ended = MINIOS_LIST_INIT(ended);

/* On the stack that the kernel was started on. Always runnable. */
static struct thread idle = { .name = "idle", .flags = RUNNABLE_FLAG };

/* NULL until there is a scheduler. */
static struct thread *running;

struct thread *get_current(void)
{
	return running;
}

bool scheduler_runs(void)
{
	return running && running != &idle;
}

static void free_thread(struct thread *thread)
{
	arch_fini_stack(thread);
	free_pages(thread->stack, STACK_SIZE_PAGE_ORDER);
	xfree(thread);
}

/* Event handlers end no threads, so interrupts may come. */
static void reap(void)
{
	while (!minios_list_empty(&ended)) {
		struct thread *thread = container_of(ended.next, struct thread, run_entry);

		minios_list_remove(&thread->run_entry);
		free_thread(thread);
	}
}

/* With interrupts masked. */
static void stop_sleeping(struct thread *thread)
{
	thread->wakeup_time = 0;
	minios_list_remove(&thread->timer_entry);
}

void wake(struct thread *thread)
{
	unsigned long flags;

	local_irq_save(flags);
	stop_sleeping(thread);
	if (!is_runnable(thread)) {
		thread->flags |= RUNNABLE_FLAG;
		if (thread != running)
			minios_list_insert(&thread->run_entry, &run_queue);
	}
	local_irq_restore(flags);
}

void block(struct thread *thread)
{
	unsigned long flags;

	if (thread == &idle)
		panic("The kernel waits before there are threads");
	local_irq_save(flags);
	thread->flags &= ~RUNNABLE_FLAG;
	minios_list_remove(&thread->run_entry);
	local_irq_restore(flags);
}

void wake_at(struct thread *thread, s_time_t deadline)
{
	struct minios_list *place = sleepers.next;
	unsigned long flags;

	local_irq_save(flags);
	stop_sleeping(thread);
	if (deadline) {
		for (place = sleepers.next; place != &sleepers; place = place->next)
			if (container_of(place, struct thread, timer_entry)->wakeup_time > deadline)
				break;
		thread->wakeup_time = deadline;
		minios_list_insert(&thread->timer_entry, place);
		if (sleepers.next == &thread->timer_entry)
			set_timer(deadline);
	}
	local_irq_restore(flags);
}

static s_time_t next_deadline(void)
{
	return minios_list_empty(&sleepers) ? 0 : container_of(sleepers.next, struct thread, timer_entry)->wakeup_time;
}

s_time_t wake_sleepers(s_time_t now)
{
	s_time_t deadline;

	while ((deadline = next_deadline()) && deadline <= now)
		wake(container_of(sleepers.next, struct thread, timer_entry));
	return deadline;
}

void block_domain(s_time_t until)
{
	s_time_t deadline = next_deadline();

	if (NOW() >= until) {
		local_irq_enable();
		return;
	}
	set_timer(deadline && deadline < until ? deadline : until);
	halt_until_event();
	deadline = next_deadline();
	if (deadline)
		set_timer(deadline);
}

void schedule(void)
{
	struct thread *prev = running, *next = &idle;
	unsigned long flags;

	local_irq_save(flags);
	if (is_runnable(prev) && prev != &idle)
		minios_list_insert(&prev->run_entry, &run_queue);
	if (!minios_list_empty(&run_queue)) {
		next = container_of(run_queue.next, struct thread, run_entry);
		minios_list_remove(&next->run_entry);
	}
	if (next != prev) {
		running = next;
		arch_switch_threads(prev, next);
	}
	local_irq_restore(flags);
	reap();
}

/* The switch that brings a thread here first leaves interrupts masked. */
void thread_main(void (*function)(void *), void *data)
{
	local_irq_enable();
	reap();
	function(data);
	exit_thread();
}

struct thread *create_thread(const char *name, void (*function)(void *), void *data)
{
	struct thread *thread = xmalloc(struct thread);

	if (!thread)
		return NULL;
	*thread = (struct thread){ .name = name, .stack = alloc_pages(STACK_SIZE_PAGE_ORDER) };
	if (!thread->stack) {
		xfree(thread);
		return NULL;
	}
	minios_list_init(&thread->run_entry);
	minios_list_init(&thread->timer_entry);
	arch_init_stack(thread, function, data);
	wake(thread);
	return thread;
}

__attribute__((weak)) void libc_thread_end(struct thread *thread)
{
	(void)thread;
}

void exit_thread(void)
{
	local_irq_enable();
	libc_thread_end(running);
	local_irq_disable();
	block(running);
	stop_sleeping(running);
	minios_list_insert(&running->run_entry, &ended);
	schedule();
	panic("Thread %s runs after its end", running->name);
}

void msleep(uint32_t millisecs)
{
	s_time_t deadline = NOW() + MILLISECS(millisecs);

	do {
		block(running);
		wake_at(running, deadline);
		schedule();
	} while (NOW() < deadline);
}

void init_sched(void)
{
	minios_list_init(&idle.run_entry);
	minios_list_init(&idle.timer_entry);
	running = &idle;
}

void run_idle_thread(void)
{
	for (;;) {
		local_irq_disable();
		if (minios_list_empty(&run_queue))
			halt_until_event();
		local_irq_enable();
		schedule();
	}
}
