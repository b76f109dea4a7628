/*
 * Tests of the kernel from inside: TAP lines on the console, the count of failures as exit code. Figures measured on the
 * way are comments (#).
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <mini-os/events.h>
#include <mini-os/gntmap.h>
#include <mini-os/gnttab.h>
#include <mini-os/lib.h>
#include <mini-os/mm.h>
#include <mini-os/os.h>
#include <mini-os/sched.h>
#include <mini-os/semaphore.h>
#include <mini-os/time.h>
#include <mini-os/wait.h>
#include <mini-os/xenbus.h>
#include <mini-os/xmalloc.h>
#include <xen/vcpu.h>

static unsigned tests, failures;

static void check(bool good, const char *name)
{
	tests++;
	failures += !good;
	minios_printk("%s %u - %s\n", good ? "ok" : "not ok", tests, name);
}

static minios_s_time_t now(void)
{
	return minios_monotonic_clock();
}

/* Longer than what a busy machine keeps a guest from running. */
#define FAR	MINIOS_SECONDS(30)

/* Lets all threads that are runnable run, often enough for those of these tests to get where they wait or end. */
static void let_run(void)
{
	for (unsigned i = 0; i < 100; i++)
		minios_schedule();
}

/*
 * An answer of xenstore takes memory when it comes. As domU, the kernel has just begun to watch for shutdown requests, and
 * reads one in a thread of its own. xenstored answers in order: the first of two reads ends when that thread has been told
 * of its watch, the second when it has its answer too. As initial domain there is no xenstore, and both fail at once.
 */
static void let_xenstore_answer(void)
{
	for (unsigned i = 0; i < 2; i++) {
		char *value = NULL, *error = xenbus_read(MINIOS_XBT_NIL, "domid", &value);

		free(error ? error : value);
	}
	let_run();
}

/* A byte that depends on place and owner, to see whether memory keeps what was written. */
static void fill(void *ptr, size_t size, unsigned seed)
{
	for (size_t i = 0; i < size; i++)
		((uint8_t *)ptr)[i] = i * 7 + seed;
}

static bool filled(const void *ptr, size_t size, unsigned seed)
{
	for (size_t i = 0; i < size; i++)
		if (((const uint8_t *)ptr)[i] != (uint8_t)(i * 7 + seed))
			return false;
	return true;
}

/* ---- pages ---- */

/* Takes every page there is, chained through the pages; returns how many. */
static unsigned long take_all(void **chain)
{
	unsigned long count = 0;
	void **page;

	*chain = NULL;
	while ((page = minios_alloc_page())) {
		*page = *chain;
		*chain = page;
		count++;
	}
	return count;
}

static void test_pages(void)
{
	unsigned long before = minios_nr_free_pages(), taken, left, given;
	int refused;
	char *block, *page, *run;
	void *chain;

	page = minios_alloc_page();
	check(page && !((unsigned long)page & ~MINIOS_PAGE_MASK), "a page begins at a page boundary");
	block = minios_alloc_pages(3);
	check(block && !((unsigned long)block & (8 * MINIOS_PAGE_SIZE - 1)), "a block of order 3 is aligned to its size");
	check(minios_nr_free_pages() == before - 9, "free pages are counted");
	fill(page, MINIOS_PAGE_SIZE, 1);
	fill(block, 8 * MINIOS_PAGE_SIZE, 2);
	check(filled(page, MINIOS_PAGE_SIZE, 1) && filled(block, 8 * MINIOS_PAGE_SIZE, 2), "blocks do not overlap");
	minios_free_page(block + 3 * MINIOS_PAGE_SIZE);
	minios_free_pages(block + 4 * MINIOS_PAGE_SIZE, 2);
	check(minios_nr_free_pages() == before - 4, "parts of a block can be freed");
	minios_free_page(block + 2 * MINIOS_PAGE_SIZE);
	minios_free_pages(block, 1);
	minios_free_page(page);
	check(minios_nr_free_pages() == before, "what is freed is free");

	run = minios_alloc_page_run(5, 1);
	check(run && minios_page_run_length(run) == 5 && minios_nr_free_pages() == before - 5, "a run of 5 pages takes 5 pages");
	minios_free_page_run(run);
	run = minios_alloc_page_run(3, 64);
	check(run && !((unsigned long)run & (64 * MINIOS_PAGE_SIZE - 1)) && minios_nr_free_pages() == before - 3,
	      "a run of 3 pages aligned to 64 takes 3 pages");
	minios_free_page_run(run);

	check(!minios_alloc_pages(24) && !minios_alloc_pages(63), "a block larger than memory is refused");
	/* Nothing is printed meanwhile: where the console makes this thread wait, others run, and take or give pages. */
	before = minios_nr_free_pages();
	taken = take_all(&chain);
	left = minios_nr_free_pages();
	refused = !minios__xmalloc_array(64, 16, 1000) && !minios_create_thread("none", NULL, NULL);
	while (chain) {
		void *next = *(void **)chain;

		minios_free_page(chain);
		chain = next;
	}
	given = minios_nr_free_pages();
	check(taken == before && left == 0, "every free page can be had");
	check(refused, "without memory, heap and threads say so");
	check(given == before, "and given back");
	block = minios_alloc_pages(9);
	check(block != NULL, "pages freed one by one join to large blocks");
	minios_free_pages(block, 9);
}

static void test_mapping(void)
{
	volatile unsigned long *page = minios_alloc_page(), *alias;
	unsigned long mfn = minios_virt_to_mfn(page), frames[3] = { mfn, 0xffffffffffUL, mfn };
	int err[3];

	check(minios_mfn_to_virt(mfn) == page && minios_mfn_to_pfn(mfn) == minios_virt_to_pfn(page), "frame numbers go both ways");
	check(minios_pfn_to_mfn(minios_nr_total_pages()) == ~0UL, "a frame outside of memory has no machine frame");
	alias = minios_map_frames(&mfn, 1);
	*page = 42;
	check(alias && alias != page && *alias == 42, "a frame mapped again shows what is written");
	*alias = 43;
	check(*page == 43, "and the other way round");
	check(minios_unmap_frames((unsigned long)alias, 1) == 0, "the mapping can be undone");
	alias = minios_map_frames_ex(frames, 3, 1, 0, 16, DOMID_SELF, err, MINIOS_L1_PROT);
	check(alias && !((unsigned long)alias & (16 * MINIOS_PAGE_SIZE - 1)) && err[0] == 0 && err[1] < 0 && err[2] == 0
	      && alias[2 * MINIOS_PAGE_SIZE / sizeof(*alias)] == 43, "of three frames the bad one is named, the others are mapped");
	minios_unmap_frames((unsigned long)alias, 3);
	check(!minios_map_frames(frames, 3), "without a place for errors a bad frame fails the call");
	minios_free_page((void *)page);
}

/* ---- heap ---- */

enum { OBJECTS = 200 };

static size_t size_of(unsigned i)
{
	return i % 10 == 9 ? 2000 + 37 * i : 1 + 11 * i % 1500;
}

static bool heap_round(void)
{
	void *objects[OBJECTS];
	bool good = true;

	for (unsigned i = 0; i < OBJECTS; i++) {
		objects[i] = minios__xmalloc(size_of(i), 16);
		if (!objects[i] || (unsigned long)objects[i] % 16)
			return false;
		fill(objects[i], size_of(i), i);
	}
	for (unsigned i = 0; i < OBJECTS; i += 2) {
		good &= filled(objects[i], size_of(i), i);
		minios_xfree(objects[i]);
	}
	for (unsigned i = 1; i < OBJECTS; i += 2) {
		good &= filled(objects[i], size_of(i), i);
		minios_xfree(objects[i]);
	}
	return good;
}

static void test_heap(void)
{
	unsigned long before;
	bool good = true;
	char *text;

	check(heap_round(), "200 objects of 1 to 9400 bytes keep their contents");
	before = minios_nr_free_pages();
	good = heap_round();
	check(good && minios_nr_free_pages() == before, "a second round leaves no page behind");
	good = true;
	for (size_t align = 16; align <= 16 * MINIOS_PAGE_SIZE; align *= 2) {
		char *ptr = minios__xmalloc(24, align);

		good &= ptr && (unsigned long)ptr % align == 0;
		minios_xfree(ptr);
	}
	check(good, "alignments from 16 to 64 Ki are kept");
	text = malloc(10);
	strcpy(text, "Mini-OS");
	text = realloc(text, 1000);
	good = !strcmp(text, "Mini-OS");
	text = realloc(text, 100000);
	good &= !strcmp(text, "Mini-OS");
	text = realloc(text, 8);
	check(good && !strcmp(text, "Mini-OS"), "realloc keeps the contents, larger and smaller");
	free(text);
	check(!malloc(~0UL) && !malloc(~0UL - 4096) && !minios__xmalloc(minios_nr_total_pages() * MINIOS_PAGE_SIZE, 16)
	      && !minios__xmalloc_array(1UL << 33, 16, 1UL << 33), "sizes that cannot be are refused");
	text = calloc(3, 700);
	for (unsigned i = 0; i < 2100; i++)
		good &= text[i] == 0;
	check(good, "calloc clears");
	free(text);
}

/* ---- threads ---- */

static char trace[64];

static void trace_char(void *data)
{
	for (unsigned i = 0; i < 3; i++) {
		strncat(trace, data, 1);
		minios_schedule();
	}
}

static void count_up(void *data)
{
	++*(unsigned *)data;
}

static unsigned depth(unsigned n)
{
	volatile char frame[200];

	frame[0] = n;
	return n ? depth(n - 1) + (frame[0] == (char)n) : 0;
}

static void use_stack(void *data)
{
	*(unsigned *)data = depth(150);
}

static void test_threads(void)
{
	unsigned long before;
	unsigned count = 0;
	struct minios_thread *thread = minios_create_thread("counter", count_up, &count);

	check(thread && !strcmp(thread->name, "counter") && minios_is_runnable(thread) && count == 0, "a new thread is runnable and has not run");
	minios_schedule();
	check(count == 1, "it runs when the others let it");
	let_run();
	before = minios_nr_free_pages();
	for (unsigned i = 0; i < 20; i++)
		minios_create_thread("counter", count_up, &count);
	let_run();
	check(count == 21, "20 threads have run to their end");
	check(minios_nr_free_pages() == before, "and their stacks are free again");
	trace[0] = 0;
	minios_create_thread("a", trace_char, "a");
	minios_create_thread("b", trace_char, "b");
	let_run();
	check(!strcmp(trace, "ababab"), "two threads take turns");
	minios_create_thread("deep", use_stack, &count);
	let_run();
	check(count == 150, "a thread has 32 KiB of stack and more");
	check(!strcmp(minios_get_current()->name, "main"), "app_main runs in a thread of its own");
}

/* ---- semaphores ---- */

static struct minios_semaphore mutex, signal_sem;
static struct minios_rw_semaphore rwsem;
static unsigned inside, most_inside, done;

static void enter(unsigned count)
{
	inside += count;
	if (inside > most_inside)
		most_inside = inside;
	minios_schedule();
	inside -= count;
}

static void exclusive(void *data)
{
	(void)data;
	for (unsigned i = 0; i < 10; i++) {
		minios_down(&mutex);
		enter(1);
		minios_up(&mutex);
	}
	done++;
}

static void wait_signal(void *data)
{
	minios_down(&signal_sem);
	strncat(trace, data, 1);
}

static void reader(void *data)
{
	(void)data;
	minios_down_read(&rwsem);
	enter(1);
	minios_up_read(&rwsem);
	done++;
}

static void writer(void *data)
{
	(void)data;
	minios_down_write(&rwsem);
	enter(100);
	minios_up_write(&rwsem);
	done++;
}

static void test_semaphores(void)
{
	minios_init_MUTEX(&mutex);
	check(minios_trydown(&mutex) == 1 && minios_trydown(&mutex) == 0, "a mutex can be had once");
	minios_up(&mutex);
	done = most_inside = 0;
	for (unsigned i = 0; i < 3; i++)
		minios_create_thread("exclusive", exclusive, NULL);
	let_run();
	check(done == 3 && most_inside == 1, "three threads hold a mutex one at a time");

	minios_init_SEMAPHORE(&signal_sem, 0);
	trace[0] = 0;
	minios_create_thread("1", wait_signal, "1");
	minios_create_thread("2", wait_signal, "2");
	minios_create_thread("3", wait_signal, "3");
	let_run();
	check(trace[0] == 0, "down waits at 0");
	minios_up(&signal_sem);
	let_run();
	check(!strcmp(trace, "1"), "up lets one in");
	minios_up(&signal_sem);
	minios_up(&signal_sem);
	let_run();
	check(!strcmp(trace, "123") && minios_trydown(&signal_sem) == 0, "first come, first served, and nothing is left");

	minios_init_rwsem(&rwsem);
	done = most_inside = 0;
	minios_create_thread("r", reader, NULL);
	minios_create_thread("r", reader, NULL);
	let_run();
	check(done == 2 && most_inside == 2, "readers are inside together");
	minios_down_read(&rwsem);
	most_inside = 0;
	minios_create_thread("w", writer, NULL);
	minios_create_thread("r", reader, NULL);
	let_run();
	check(done == 2 && most_inside == 0, "a writer waits for readers and keeps new ones out");
	minios_up_read(&rwsem);
	let_run();
	check(done == 4 && most_inside == 100, "a writer is inside alone");
}

/* ---- wait queues and time ---- */

static MINIOS_DECLARE_WAIT_QUEUE_HEAD(queue);
static volatile bool condition;

static void waiter(void *data)
{
	minios_wait_event(queue, condition);
	count_up(data);
}

static void raise_later(void *data)
{
	minios_msleep((unsigned long)data);
	condition = true;
	minios_wake_up(&queue);
}

static void note_run(void *data)
{
	*(volatile bool *)data = true;
}

static void test_wait_queues(void)
{
	unsigned count = 0;
	minios_s_time_t start, deadline;
	volatile bool ran;
	bool forgotten;

	condition = false;
	for (unsigned i = 0; i < 4; i++)
		minios_create_thread("waiter", waiter, &count);
	let_run();
	minios_wake_up(&queue);
	let_run();
	check(count == 0, "a thread woken too early waits on");
	condition = true;
	minios_wake_up(&queue);
	let_run();
	check(count == 4, "wake_up wakes all");

	condition = false;
	start = now();
	minios_wait_event_deadline(queue, condition, start + MINIOS_MILLISECS(10));
	check(now() - start >= MINIOS_MILLISECS(10) && !condition, "a deadline ends the wait");
	minios_create_thread("later", raise_later, (void *)5);
	deadline = now() + FAR;
	minios_wait_event_deadline(queue, condition, deadline);
	check(condition && now() < deadline, "an event ends it before the deadline");
	forgotten = minios_get_current()->wakeup_time == 0;
	minios_msleep(1);
	check(forgotten && now() < deadline, "a deadline that was not needed is forgotten");
	minios_init_waitqueue_head(&queue);
	ran = false;
	minios_create_thread("ran", note_run, (void *)&ran);
	minios_wait_event_deadline(queue, false, now() - 1);
	check(!ran && queue.waiters.next == &queue.waiters, "a deadline in the past does not wait");
	let_run();
}

/* What a thread waits for that only its deadline ends. */
static MINIOS_DECLARE_WAIT_QUEUE_HEAD(never);
static minios_s_time_t first_deadline;
static unsigned sleeping, woken;

static void sleep_and_trace(void *data)
{
	unsigned turn = *(const char *)data == 'a' ? 2 : *(const char *)data == 'b' ? 0 : 1;

	sleeping++;
	minios_wait_event_deadline(never, false, first_deadline + turn * MINIOS_MILLISECS(10));
	strncat(trace, data, 1);
	woken++;
}

/* Whether three threads sleep before the first is to wake, so that only their deadlines decide which wakes when. */
static bool start_sleepers(minios_s_time_t from_now)
{
	trace[0] = 0;
	sleeping = woken = 0;
	first_deadline = now() + from_now;
	minios_create_thread("a", sleep_and_trace, "a");
	minios_create_thread("b", sleep_and_trace, "b");
	minios_create_thread("c", sleep_and_trace, "c");
	while (sleeping < 3)
		minios_schedule();
	return now() < first_deadline;
}

static void test_order(void)
{
	bool in_time;
	minios_s_time_t from_now = MINIOS_MILLISECS(10);

	do {
		in_time = start_sleepers(from_now);
		while (woken < 3)
			minios_msleep(1);
		from_now *= 2;	/* where the machine was busy at others for so long */
	} while (!in_time && from_now < FAR);
	check(in_time && !strcmp(trace, "bca"), "sleepers wake in the order of their deadlines");
}

static minios_s_time_t blocked_time(void)
{
	struct vcpu_runstate_info info;

	HYPERVISOR_vcpu_op(VCPUOP_get_runstate_info, 0, &info);
	return info.time[RUNSTATE_blocked];
}

static void test_time(void)
{
	minios_s_time_t last = now(), start, soonest = MINIOS_SECONDS(1), before[2], after[2];
	struct timeval tv[2];
	bool forward = true, blocks = false;
	long passed;

	for (unsigned i = 0; i < 100000; i++) {
		minios_s_time_t t = now();

		forward &= t >= last;
		last = t;
	}
	check(forward, "100000 readings of the clock never go back");
	/*
	 * 20 times, and more where the host is busy at others: a kernel that is late by itself is late each time. Not always as
	 * long, since a host may have a period of its own in which it lets the guest run.
	 */
	for (unsigned i = 0; i < 20 || (i < 1000 && soonest >= MINIOS_MILLISECS(2)); i++) {
		unsigned millisecs = 10 - i % 10;
		minios_s_time_t late;

		start = now();
		minios_msleep(millisecs);
		late = now() - start - MINIOS_MILLISECS(millisecs);
		forward &= late >= 0;
		soonest = late < soonest ? late : soonest;
	}
	check(forward, "msleep of 1 to 10 ms takes as long");
	check(soonest < MINIOS_MILLISECS(2), "and hardly more, at the best");
	minios_printk("# soonest wake-up: %ld us late\n", (long)soonest / 1000);
	test_order();
	for (unsigned i = 0; i < 20 && !blocks; i++) {
		start = blocked_time();
		minios_msleep(100);
		blocks = blocked_time() - start > MINIOS_MILLISECS(50);
	}
	check(blocks, "the virtual CPU is blocked while all threads sleep");

	for (unsigned i = 0; i < 2; i++) {
		before[i] = now();
		minios_gettimeofday(&tv[i], NULL);
		after[i] = now();
		minios_msleep(50);
	}
	check(tv[0].tv_sec > 1577836800 && tv[0].tv_usec >= 0 && tv[0].tv_usec < 1000000, "the time of day is after 2019");
	passed = (tv[1].tv_sec - tv[0].tv_sec) * 1000000 + tv[1].tv_usec - tv[0].tv_usec;
	check(passed >= (before[1] - after[0]) / 1000 - 1 && passed <= (after[1] - before[0]) / 1000 + 1,
	      "and goes as fast as the clock");
}

/* ---- event channels ---- */

/* A pair of ports bound to each other: an event sent on one arrives at the other. */
static evtchn_port_t listener, sender;
static volatile unsigned events;
static volatile bool in_handler;
static void *volatile event_data;
static domid_t self;

static void on_event(evtchn_port_t port, struct minios_pt_regs *regs, void *data)
{
	(void)regs;
	if (port == listener)
		events++;
	event_data = data;
	in_handler = minios_in_event_handler();
}

static void on_event_twice(evtchn_port_t port, struct minios_pt_regs *regs, void *data)
{
	on_event(port, regs, data);
	if (events == 1) {
		minios_notify_remote_via_evtchn(sender);
		minios_local_irq_enable();	/* the second comes in here */
		event_data = (void *)(unsigned long)events;
		minios_local_irq_disable();
	}
}

static void on_event_up(evtchn_port_t port, struct minios_pt_regs *regs, void *data)
{
	on_event(port, regs, data);
	minios_up(data);
}

static void test_events(void)
{
	struct evtchn_status status = { .dom = DOMID_SELF };
	minios_s_time_t start;

	check(minios_evtchn_alloc_unbound(DOMID_SELF, on_event, &listener, &listener) == 0, "a port is given out");
	check(minios_evtchn_bind_interdomain(DOMID_SELF, listener, on_event, NULL, &sender) == 0 && sender != listener,
	      "and bound to from the other side");
	status.port = listener;
	HYPERVISOR_event_channel_op(EVTCHNOP_status, &status);
	check(status.status == EVTCHNSTAT_interdomain && status.u.interdomain.port == sender, "Xen sees the two connected");
	self = status.u.interdomain.dom;
	minios_clear_evtchn(sender);
	minios_notify_remote_via_evtchn(sender);
	check(events == 0, "a port that has been bound is masked");
	minios_unmask_evtchn(listener);
	check(events == 1 && event_data == &listener, "unmasking lets the waiting event in");
	minios_notify_remote_via_evtchn(sender);
	check(events == 2, "an event arrives at once");
	check(in_handler && !minios_in_event_handler(), "a handler can be told from a thread");
	minios_mask_evtchn(listener);
	minios_notify_remote_via_evtchn(sender);
	minios_clear_evtchn(listener);
	minios_unmask_evtchn(listener);
	check(events == 2, "an event that is cleared does not arrive");
	minios_local_irq_disable();
	minios_notify_remote_via_evtchn(sender);
	minios_notify_remote_via_evtchn(sender);
	check(events == 2 && minios_irqs_disabled(), "nothing arrives while interrupts are masked");
	minios_local_irq_enable();
	check(events == 3, "then two events are one");
	events = 0;
	minios_bind_evtchn(listener, on_event_twice, NULL);
	minios_notify_remote_via_evtchn(sender);
	check(events == 2 && event_data == (void *)2 && !minios_irqs_disabled(), "a handler can be interrupted if it allows it");
	minios_init_SEMAPHORE(&signal_sem, 0);
	minios_bind_evtchn(listener, on_event_up, &signal_sem);
	start = now();
	for (unsigned i = 0; i < 1000; i++) {
		minios_notify_remote_via_evtchn(sender);
		minios_down(&signal_sem);
	}
	minios_printk("# event to handler and back: %ld ns\n", (long)(now() - start) / 1000);
	check(events == 1002, "1000 events from handler to thread");
	check(minios_bind_virq(VIRQ_TIMER, on_event, NULL) == (evtchn_port_t)-1, "the timer's interrupt has one port only");
	minios_unbind_evtchn(sender);
	minios_unbind_evtchn(listener);
	status.port = listener;
	HYPERVISOR_event_channel_op(EVTCHNOP_status, &status);
	check(status.status == EVTCHNSTAT_closed, "a port unbound is closed");
}

/* ---- grants ---- */

static void test_grants(void)
{
	char *page = minios_alloc_page(), *copy = minios_alloc_page(), *mapped;
	grant_ref_t ref = minios_gnttab_grant_access(self, minios_virt_to_mfn(page), 0);
	grant_ref_t other = minios_gnttab_grant_access(self, minios_virt_to_mfn(page), 1);
	struct gnttab_copy op = {
		.source = { .u.ref = ref, .domid = DOMID_SELF, .offset = 16 },
		.dest = { .u.gmfn = minios_virt_to_mfn(copy), .domid = DOMID_SELF },
		.len = 64, .flags = GNTCOPY_source_gref,
	};
	uint32_t domid = self, refs[2] = { ref, ref };
	struct minios_gntmap map;
	void *fresh;

	check(ref >= GNTTAB_NR_RESERVED_ENTRIES && other >= GNTTAB_NR_RESERVED_ENTRIES && ref != other, "grants have entries of their own");
	fill(page, MINIOS_PAGE_SIZE, 3);
	HYPERVISOR_grant_table_op(GNTTABOP_copy, &op, 1);
	check(op.status == GNTST_okay && !memcmp(copy, page + 16, 64), "Xen copies out of a granted page");
	minios_gntmap_init(&map);
	mapped = minios_gntmap_map_grant_refs(&map, 2, &domid, 0, refs, 1);
	check(mapped && filled(mapped, MINIOS_PAGE_SIZE, 3) && filled(mapped + MINIOS_PAGE_SIZE, MINIOS_PAGE_SIZE, 3), "a grant can be mapped, twice");
	check(minios_gnttab_end_access(ref) == 0, "a grant in use cannot be ended");
	check(minios_gntmap_munmap(&map, (unsigned long)mapped, 2) == 0 && minios_gnttab_end_access(ref) == 1
	      && minios_gnttab_end_access(other) == 1, "when unmapped it can");
	op.source.u.ref = ref;
	HYPERVISOR_grant_table_op(GNTTABOP_copy, &op, 1);
	check(op.status != GNTST_okay, "and then gives no access");
	ref = minios_gnttab_grant_transfer(self, minios_virt_to_pfn(page));
	check(ref && minios_gnttab_end_transfer(ref) == 0, "a transfer that nobody makes gives no frame");
	ref = minios_gnttab_alloc_and_grant(&fresh);
	check(ref && fresh && minios_gnttab_end_access(ref) == 1, "a page is allocated and granted in one");
	minios_free_page(fresh);
	minios_free_page(page);
	minios_free_page(copy);
	check(!strcmp(minios_gnttabop_error(GNTST_bad_handle), "bad handle"), "a status has a text");
}

/* ---- C library ---- */

static bool prints(const char *expected, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool prints(const char *expected, const char *format, ...)
{
	char text[128];
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return length == (int)strlen(expected) && !strcmp(text, expected);
}

static int by_value(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void test_libc(void)
{
	char text[32] = "one two three", *end;
	int a = 0, b = 0, numbers[] = { 5, -1, 3, 3, 0, 9 };
	unsigned long long big = 0;

	check(prints("-5|  42|0x2a|00042|+7|x%", "%d|%4d|%#x|%05d|%+d|%c%%", -5, 42, 42, 42, 7, 'x'), "printf of integers");
	check(prints("ab|   ab|ab   |a", "%s|%5s|%-5s|%.1s", "ab", "ab", "ab", "ab"), "printf of strings");
	check(prints("18446744073709551615 -9223372036854775808 ff", "%llu %ld %hhx", ~0ULL, (long)(1UL << 63), (unsigned char)255),
	      "printf of the longest and the shortest integers");
	check(prints("  007|7  |", "%5.3d|%-*d|", 7, 3, 7), "printf with width and precision");
	check(snprintf(text, 5, "%s", "abcdefgh") == 8 && !strcmp(text, "abcd"), "snprintf cuts and tells the whole length");
	check(sscanf("10 -0x1f", "%d %i", &a, &b) == 2 && a == 10 && b == -31, "sscanf of integers");
	check(sscanf("key=value:77", "%31[^=]=%*[a-z]:%llu", text, &big) == 2 && !strcmp(text, "key") && big == 77,
	      "sscanf of sets and skipped parts");
	check(sscanf("x", "%d", &a) == 0 && a == 10, "sscanf of what is no number");
	check(strtoul("0x1fz", &end, 0) == 31 && *end == 'z' && strtol("-12", NULL, 10) == -12, "strtol and strtoul");
	strcpy(text, "one two three");
	check(strchr(text, 't') == text + 4 && strrchr(text, 't') == text + 8 && strstr(text, "two") == text + 4
	      && strstr(text, "four") == NULL, "searching a string");
	check(strcmp("abc", "abd") < 0 && strncmp("abc", "abd", 2) == 0 && memcmp("\x80", "\x7f", 1) > 0, "comparing");
	memmove(text + 2, text, 8);
	check(!memcmp(text, "ononeee", 3) && !strncmp(text + 2, "one two ", 8), "memmove of what overlaps");
	qsort(numbers, 6, sizeof(int), by_value);
	check(numbers[0] == -1 && numbers[1] == 0 && numbers[2] == 3 && numbers[3] == 3 && numbers[5] == 9, "qsort");
}

/* ---- figures ---- */

static void turn(void *data)
{
	for (unsigned i = 0; i < 10000; i++)
		minios_schedule();
	count_up(data);
}

/* From here on the thread that runs has vector registers, which are kept for it. */
static void use_vectors(void)
{
	__asm__ volatile("xorps %xmm0, %xmm0");
}

static void turn_with_vectors(void *data)
{
	use_vectors();
	turn(data);
}

static void measure_switch(void (*function)(void *), const char *name)
{
	unsigned ended = 0;
	minios_s_time_t start = now();

	minios_create_thread("turn", function, &ended);
	while (!ended)
		minios_schedule();
	minios_printk("# switch of threads%s: %ld ns\n", name, (long)(now() - start) / 20000);
}

static void measure(void)
{
	minios_s_time_t start;

	measure_switch(turn, "");
	measure_switch(turn_with_vectors, ", one of them with vector registers");
	start = now();
	for (unsigned i = 0; i < 10000; i++)
		minios_free_page(minios_alloc_page());
	minios_printk("# page allocated and freed: %ld ns\n", (long)(now() - start) / 10000);
	start = now();
	for (unsigned i = 0; i < 10000; i++)
		minios_xfree(minios__xmalloc(100, 16));
	minios_printk("# 100 bytes allocated and freed: %ld ns\n", (long)(now() - start) / 10000);
	start = now();
	for (unsigned i = 0; i < 10000; i++)
		minios_force_evtchn_callback();
	minios_printk("# hypercall: %ld ns\n", (long)(now() - start) / 10000);
	use_vectors();
	measure_switch(turn_with_vectors, ", both with vector registers");
}

int app_main(start_info_t *si)
{
	let_xenstore_answer();
	minios_printk("# %s, %lu pages, %lu free\n", si->magic, minios_nr_total_pages(), minios_nr_free_pages());
	test_pages();
	test_mapping();
	test_heap();
	test_threads();
	test_semaphores();
	test_wait_queues();
	test_time();
	test_events();
	test_grants();
	test_libc();
	measure();
	minios_printk("1..%u\n", tests);
	return failures;
}
