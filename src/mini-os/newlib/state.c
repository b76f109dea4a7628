/*
 * The state that newlib keeps for each thread: errno, strtok's place, the random numbers, buffers. The thread of app_main
 * has newlib's own first one, every other thread one on the kernel's heap from its first use of newlib to its end, and
 * event handlers have one among them, so that they leave that of the thread that they interrupt alone.
 */
#include <reent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <mini-os/console.h>
#include <mini-os/events.h>
#include <mini-os/kernel.h>
#include <mini-os/sched.h>
#include <mini-os/xmalloc.h>

/* Calls a function for all streams. Weak, so that a guest that has none does not get the code for them. */
extern int _fwalk_reent(struct _reent *state, int (*function)(struct _reent *, FILE *)) __attribute__((__weak__));
extern __typeof__(_fflush_r) _fflush_r __attribute__((__weak__));

static struct thread *first;
static struct _reent handlers;

static int write_out(struct _reent *state, FILE *stream)
{
	return stream->_flags & __SWR ? _fflush_r(state, stream) : 0;
}

/*
 * In place of newlib's own end of streams, which closes all: it would wait for ever for the lock of one that a thread waits
 * for input from, and other threads, which go on until the guest is gone, would find their streams without a lock.
 */
static void write_out_all(struct _reent *state)
{
	_fwalk_reent(state, write_out);
	write_out(state, state->_stdout);	/* these may have been set to streams that are passed over above */
	write_out(state, state->_stderr);
}

/* exit asks the first state for what to do with streams, after all functions of atexit. */
static void end(void)
{
	if (_fwalk_reent && _fflush_r)
		_global_impure_ptr->__cleanup = write_out_all;
}

/* Before app_main and the guest's own constructors, in the same thread. */
__attribute__((__constructor__(101))) static void begin(void)
{
	first = get_current();
	_REENT_INIT_PTR(&handlers);
	atexit(end);	/* the last to be called; what is set now, the first use of a stream would replace */
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
