/*
 * Code from before Mini-OS had a namespace: MiniosCompatibility lets it be compiled and linked as it is. Workers take
 * jobs from a bounded queue; each says what it did, and the guest ends with 0 if every job was done once.
 */
#include <mini-os/os.h>
#include <mini-os/lib.h>
#include <mini-os/list.h>
#include <mini-os/mm.h>
#include <mini-os/sched.h>
#include <mini-os/semaphore.h>
#include <mini-os/time.h>
#include <mini-os/wait.h>
#include <mini-os/xmalloc.h>

struct job {
	unsigned number;
	s_time_t posted;
	struct minios_list entry;
};

static const char *const names[] = { "anna", "bela", "clara" };

static struct minios_list jobs = MINIOS_LIST_INIT(jobs);
static DECLARE_WAIT_QUEUE_HEAD(posted);
static DECLARE_MUTEX(results_lock);
static unsigned done[12], working;
static unsigned long handled;

static void post(unsigned number)
{
	struct job *job = xmalloc(struct job);
	unsigned long flags;

	BUG_ON(!job);
	job->number = number;
	job->posted = NOW();
	local_irq_save(flags);
	minios_list_insert(&job->entry, &jobs);
	local_irq_restore(flags);
	wake_up(&posted);
}

static struct job *take(void)
{
	struct job *job = NULL;
	unsigned long flags;

	local_irq_save(flags);
	if (!minios_list_empty(&jobs)) {
		job = container_of(jobs.next, struct job, entry);
		minios_list_remove(&job->entry);
	}
	local_irq_restore(flags);
	return job;
}

static void work(void *name)
{
	struct job *job;

	for (;;) {
		wait_event(posted, !minios_list_empty(&jobs));
		job = take();
		if (!job)
			continue;
		if (job->number >= ARRAY_SIZE(done))
			break;
		down(&results_lock);
		printk("%s does job %u\n", (const char *)name, job->number);
		done[job->number]++;
		up(&results_lock);
		synch_set_bit(job->number, &handled);
		ASSERT(NOW() >= job->posted);
		xfree(job);
		msleep(1);
		schedule();
	}
	xfree(job);
	working--;
}

static int check_memory(void)
{
	unsigned long free = nr_free_pages();
	char *page = alloc_page();
	struct thread *self = current;

	if (!page || to_virt(to_phys(page)) != (void *)page || mfn_to_virt(virt_to_mfn(page)) != (void *)page)
		return 1;
	if (PFN_PHYS(PFN_UP(PAGE_SIZE + 1)) != 2 * PAGE_SIZE || get_order(3 * PAGE_SIZE) != 2)
		return 1;
	free_page(page);
	return nr_free_pages() != free || self != get_current() || strcmp(self->name, "main");
}

int app_main(start_info_t *si)
{
	unsigned i, failures = check_memory();
	s_time_t start = NOW();

	(void)si;
	for (i = 0; i < ARRAY_SIZE(names); i++, working++)
		if (!create_thread(names[i], work, (void *)names[i]))
			return 1;
	for (i = 0; i < ARRAY_SIZE(done); i++)
		post(i);
	while (handled != (1UL << ARRAY_SIZE(done)) - 1 && NOW() < start + SECONDS(60))
		msleep(10);
	for (i = 0; i < ARRAY_SIZE(names); i++)
		post(~0U);
	while (working && NOW() < start + SECONDS(60))
		schedule();
	for (i = 0; i < ARRAY_SIZE(done); i++)
		failures += done[i] != 1;
	printk("%lu jobs, %u failures\n", (unsigned long)ARRAY_SIZE(done), failures + working);
	return failures + working;
}
