/* Semaphores, first come first served. up may be called from event handlers. */
#ifndef MINIOS_SEMAPHORE_H
#define MINIOS_SEMAPHORE_H

#include <mini-os/wait.h>

#ifdef __cplusplus
extern "C" {
#endif

struct semaphore {
	int count;
	struct wait_queue_head wait;
};

#define DECLARE_MUTEX(name) \
	struct semaphore name = { 1, { MINIOS_LIST_INIT((name).wait.waiters) } }

void init_SEMAPHORE(struct semaphore *sem, int count);
void init_MUTEX(struct semaphore *sem);
void down(struct semaphore *sem);
int trydown(struct semaphore *sem);	/* 1 if it was free and is now taken, else 0 */
void up(struct semaphore *sem);

/* Many readers or one writer; a waiting writer keeps new readers out. Not for event handlers. */
struct rw_semaphore {
	int count;			/* readers inside, or -1 for a writer */
	unsigned writers;		/* waiting */
	struct wait_queue_head wait;
};

void init_rwsem(struct rw_semaphore *sem);
void down_read(struct rw_semaphore *sem);
void up_read(struct rw_semaphore *sem);
void down_write(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);

#ifdef __cplusplus
}
#endif

#endif
