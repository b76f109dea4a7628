/* The lock of a stream, for threads that put several calls together: stdio.h declares these, and newlib has none. */
#include <reent.h>
#include <stdio.h>
#include <sys/lock.h>

/* The standard streams get their locks when streams are first used. */
extern void __sinit(struct _reent *state);

static _LOCK_RECURSIVE_T lock_of(FILE *stream)
{
	struct _reent *state = _REENT;

	if (!state->__sdidinit)
		__sinit(state);
	return stream->_lock;
}

void flockfile(FILE *stream)
{
	__lock_acquire_recursive(lock_of(stream));
}

int ftrylockfile(FILE *stream)
{
	return !__lock_try_acquire_recursive(lock_of(stream));
}

void funlockfile(FILE *stream)
{
	__lock_release_recursive(stream->_lock);
}
