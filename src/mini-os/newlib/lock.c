/*
 * newlib's locks: of its heap, its list of streams, each stream, and a few tables. Threads wait for them asleep. Event
 * handlers cannot wait, so they must not use what needs a lock; that is told at the first try, not only when one is held.
 */
#include <sys/lock.h>
#include <mini-os/console.h>
#include <mini-os/events.h>
#include <mini-os/kernel.h>
#include <mini-os/sched.h>
#include <mini-os/wait.h>
#include <mini-os/xmalloc.h>

struct __lock {
	struct wait_queue_head free;
	struct thread *owner;		/* NULL: free */
	unsigned depth;			/* how often the owner has taken it */
};

#define STATIC_LOCK(name) \
	struct __lock __lock_ ## name = { .free = { MINIOS_LIST_INIT(__lock_ ## name.free.waiters) } }

STATIC_LOCK(__sinit_recursive_mutex);
STATIC_LOCK(__sfp_recursive_mutex);
STATIC_LOCK(__atexit_recursive_mutex);
STATIC_LOCK(__at_quick_exit_mutex);
STATIC_LOCK(__malloc_recursive_mutex);
STATIC_LOCK(__env_recursive_mutex);
STATIC_LOCK(__tz_mutex);
STATIC_LOCK(__dd_hash_mutex);
STATIC_LOCK(__arc4random_mutex);

/* newlib takes it for granted that there is a lock. */
void __retarget_lock_init(_LOCK_T *out)
{
	struct __lock *lock = xmalloc(struct __lock);

	if (!lock)
		panic("No memory for a lock of the C library");
	*lock = (struct __lock){ .depth = 0 };
	init_waitqueue_head(&lock->free);
	*out = lock;
}

void __retarget_lock_close(_LOCK_T lock)
{
	xfree(lock);
}

static void require_thread(void)
{
	if (in_event_handler())
		panic("An event handler uses the C library's heap or streams, which it would have to wait for");
}

static void take(struct __lock *lock)
{
	lock->owner = get_current();
	lock->depth++;
}

/* Whether the caller may take it now. */
static bool open_to(const struct __lock *lock, bool recursive)
{
	return !lock->owner || (recursive && lock->owner == get_current());
}

void __retarget_lock_acquire(_LOCK_T lock)
{
	require_thread();
	if (lock->owner == get_current())
		panic("Thread %s waits for a lock of the C library that it has itself", lock->owner->name);
	wait_event(lock->free, !lock->owner);
	take(lock);
}

void __retarget_lock_acquire_recursive(_LOCK_T lock)
{
	require_thread();
	wait_event(lock->free, open_to(lock, true));
	take(lock);
}

static int try_acquire(struct __lock *lock, bool recursive)
{
	if (in_event_handler() || !open_to(lock, recursive))
		return 0;
	take(lock);
	return 1;
}

int __retarget_lock_try_acquire(_LOCK_T lock)
{
	return try_acquire(lock, false);
}

int __retarget_lock_try_acquire_recursive(_LOCK_T lock)
{
	return try_acquire(lock, true);
}

void __retarget_lock_release(_LOCK_T lock)
{
	if (lock->owner != get_current())
		panic("Thread %s releases a lock of the C library that it does not have", get_current()->name);
	if (--lock->depth)
		return;
	lock->owner = NULL;
	wake_up_first(&lock->free);
}

/* A lock is made, closed and released in one way, whichever way it is taken. */
void __retarget_lock_init_recursive(_LOCK_T *lock) __attribute__((__alias__("__retarget_lock_init")));
void __retarget_lock_close_recursive(_LOCK_T lock) __attribute__((__alias__("__retarget_lock_close")));
void __retarget_lock_release_recursive(_LOCK_T lock) __attribute__((__alias__("__retarget_lock_release")));
