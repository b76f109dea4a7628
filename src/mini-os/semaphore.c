/* Semaphores. up hands its unit to the first waiter itself, so that none can be overtaken for ever. */
#include <mini-os/lib.h>
#include <mini-os/semaphore.h>

void init_SEMAPHORE(struct semaphore *sem, int count)
{
	sem->count = count;
	init_waitqueue_head(&sem->wait);
}

void init_MUTEX(struct semaphore *sem)
{
	init_SEMAPHORE(sem, 1);
}

int trydown(struct semaphore *sem)
{
	unsigned long flags;
	int taken;

	local_irq_save(flags);
	taken = sem->count > 0;
	sem->count -= taken;
	local_irq_restore(flags);
	return taken;
}

void down(struct semaphore *sem)
{
	DEFINE_WAIT(waiter);
	unsigned long flags;

	local_irq_save(flags);
	if (!trydown(sem)) {
		add_waiter(&waiter, &sem->wait);
		while (waiter.waiting) {	/* up takes it off the queue */
			block(waiter.thread);
			schedule();
			barrier();
		}
	}
	local_irq_restore(flags);
}

void up(struct semaphore *sem)
{
	unsigned long flags;

	local_irq_save(flags);
	if (minios_list_empty(&sem->wait.waiters))
		sem->count++;
	else
		wake_up_first(&sem->wait);
	local_irq_restore(flags);
}

void init_rwsem(struct rw_semaphore *sem)
{
	sem->count = 0;
	sem->writers = 0;
	init_waitqueue_head(&sem->wait);
}

void down_read(struct rw_semaphore *sem)
{
	wait_event(sem->wait, sem->count >= 0 && sem->writers == 0);
	sem->count++;
}

void up_read(struct rw_semaphore *sem)
{
	if (--sem->count == 0)
		wake_up(&sem->wait);
}

void down_write(struct rw_semaphore *sem)
{
	sem->writers++;
	wait_event(sem->wait, sem->count == 0);
	sem->writers--;
	sem->count = -1;
}

void up_write(struct rw_semaphore *sem)
{
	sem->count = 0;
	wake_up(&sem->wait);
}
