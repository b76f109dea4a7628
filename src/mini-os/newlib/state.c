/*
 * The state that newlib keeps for each thread: errno, strtok's place, the random numbers, buffers. The thread of app_main
 * has newlib's own first one, every other thread one on the kernel's heap from its first use of newlib to its end, and
 * event handlers have one among them, so that they leave that of the thread that they interrupt alone.
 */
#include <reent.h>
#include <stdlib.h>
#include <string.h>
#include <mini-os/console.h>
#include <mini-os/events.h>
#include <mini-os/kernel.h>
#include <mini-os/sched.h>
#include <mini-os/xmalloc.h>

/* Closes all streams. Weak, so that a guest that has none does not get the code for them. */
extern void _cleanup_r(struct _reent *state) __attribute__((__weak__));

static struct thread *first;
static struct _reent handlers;

/* Before app_main and the guest's own constructors, in the same thread. */
__attribute__((__constructor__(101))) static void begin(void)
{
	first = get_current();
	_REENT_INIT_PTR(&handlers);
	/* newlib notes this with the state of a thread that uses streams, and at exit asks the first one. */
	if (_cleanup_r)
		_global_impure_ptr->__cleanup = _cleanup_r;
}

/* There is nobody to report the lack of memory to: even errno would be in what is lacking. */
static struct _reent *new_state(struct thread *thread)
{
	struct _reent *state = xmalloc(struct _reent);

	if (!state)
		panic("No memory for the C library's state of thread %s", thread->name);
	_REENT_INIT_PTR(state);
	thread->libc = state;
	return state;
}

struct _reent *__getreent(void)
{
	struct thread *thread = get_current();

	if (in_event_handler())
		return &handlers;
	if (!first || thread == first)
		return _global_impure_ptr;
	return thread->libc ? thread->libc : new_state(thread);
}

void libc_thread_end(struct thread *thread)
{
	struct _reent *state = thread->libc;

	if (!state)
		return;
	/* newlib locks its heap for this, and a lock may need errno. */
	_reclaim_reent(state);
	thread->libc = NULL;
	xfree(state);
}

void libc_exit(int code)
{
	exit(code);
}
