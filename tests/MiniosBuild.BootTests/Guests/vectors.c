/*
 * Threads and event handlers that use x87, SSE and AVX, compiled with floating point: nobody's registers change but by
 * their owner. TAP lines on the console; the exit code is the count of failures.
 */
#include <stdlib.h>
#include <string.h>
#include <mini-os/events.h>
#include <mini-os/lib.h>
#include <mini-os/mm.h>
#include <mini-os/os.h>
#include <mini-os/sched.h>
#include <mini-os/time.h>
#include <mini-os/xenbus.h>
#include <xen/vcpu.h>

/* Functions that must not use the registers by themselves. */
#define PLAIN __attribute__((target("general-regs-only"), noinline))

/* All that can be in the registers. */
struct registers {
	uint8_t vector[16][32];
	uint8_t stack[8][16];		/* x87, st(0) first; 10 bytes each */
	uint32_t mxcsr, fcw;
};

/*
 * Loads the registers, makes a call and stores them as they are then. Written by hand, so that nothing between uses them.
 * The upper halves of the vectors count only with wide.
 */
void hold(const struct registers *in, struct registers *out, void (*call)(void *), void *data, bool wide);

__asm__(".text\n"
	"hold:	pushq %rbx; pushq %r12; pushq %r13\n"
	"	subq $16, %rsp\n"
	"	movq %rsi, %rbx; movl %r8d, %r12d; movq %rcx, %rsi\n"
	"	stmxcsr (%rsp); fnstcw 8(%rsp)\n"
	"	fldcw 644(%rdi)\n"
	"	.irp n, 7,6,5,4,3,2,1,0; fldt 512+\\n*16(%rdi); .endr\n"
	"	ldmxcsr 640(%rdi)\n"
	"	testl %r12d, %r12d; jnz 1f\n"
	"	.irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15; movups \\n*32(%rdi), %xmm\\n; .endr\n"
	"	jmp 2f\n"
	"1:	.irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15; vmovups \\n*32(%rdi), %ymm\\n; .endr\n"
	"2:	movq %rsi, %rdi; call *%rdx\n"
	"	testl %r12d, %r12d; jnz 1f\n"
	"	.irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15; movups %xmm\\n, \\n*32(%rbx); .endr\n"
	"	jmp 2f\n"
	"1:	.irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15; vmovups %ymm\\n, \\n*32(%rbx); .endr\n"
	"	vzeroupper\n"
	"2:	stmxcsr 640(%rbx); fnstcw 644(%rbx)\n"
	"	.irp n, 0,1,2,3,4,5,6,7; fstpt 512+\\n*16(%rbx); .endr\n"
	"	fninit; ldmxcsr (%rsp); fldcw 8(%rsp)\n"
	"	addq $16, %rsp\n"
	"	popq %r13; popq %r12; popq %rbx; ret\n");

static unsigned tests, failures;
static bool wide;

static void check(bool good, const char *name)
{
	tests++;
	failures += !good;
	minios_printk("%s %u - %s\n", good ? "ok" : "not ok", tests, name);
}

static void let_run(unsigned times)
{
	while (times--)
		minios_schedule();
}

/*
 * As domU, the kernel has begun to watch for shutdown requests, and the answers take memory when they come: here, before
 * pages are counted. xenstored answers in order; as initial domain there is none, and both reads fail at once.
 */
static void let_xenstore_answer(void)
{
	for (unsigned i = 0; i < 2; i++) {
		char *value = NULL, *error = xenbus_read(MINIOS_XBT_NIL, "domid", &value);

		free(error ? error : value);
	}
	let_run(10);
}

/* Numbers with the highest bit of their mantissa set, as x87 wants them; rounding, in both control words, by seed. */
static void fill(struct registers *registers, unsigned seed)
{
	memset(registers, 0, sizeof(*registers));
	for (unsigned i = 0; i < 16 * 32; i++)
		registers->vector[i / 32][i % 32] = i % 32 < 16 || wide ? i * 7 + seed * 31 + 1 : 0;
	for (unsigned i = 0; i < 8; i++) {
		memset(registers->stack[i], 0x80 | (i + seed), 8);
		registers->stack[i][8] = seed + i;
		registers->stack[i][9] = 0x40;
	}
	registers->mxcsr = 0x1f80 | seed % 4 << 13;
	registers->fcw = (0x37f & ~0xc00) | seed % 4 << 10;
}

/* Whether a thread or handler keeps what it has in the registers over a call. */
static bool keeps(unsigned seed, void (*call)(void *), void *data)
{
	struct registers before, after = { 0 };

	fill(&before, seed);
	hold(&before, &after, call, data, wide);
	return !memcmp(&before, &after, sizeof(before));
}

/* ---- fresh registers ---- */

struct fxsave_area {
	uint16_t fcw, fsw;
	uint8_t used, reserved;
	uint16_t others[9];
	uint32_t mxcsr, mask;
	uint8_t stack[128], vector[256], rest[96];
} __attribute__((aligned(16)));

PLAIN static bool is_fresh(void)
{
	static const uint8_t none[256];
	struct fxsave_area area;

	__asm__ volatile("fxsave64 %0" : "=m"(area) : : "memory");
	return area.fcw == 0x37f && area.used == 0 && area.mxcsr == 0x1f80 && !memcmp(area.vector, none, sizeof(none));
}

/* ---- threads ---- */

static bool all_kept, all_fresh;
static unsigned ended;

PLAIN static void call_nothing(void *data)
{
	(void)data;
}

PLAIN static void call_schedule(void *data)
{
	(void)data;
	minios_schedule();
}

PLAIN static void call_msleep(void *data)
{
	minios_msleep((unsigned long)data);
}

static void hold_often(void *data)
{
	for (unsigned i = 0; i < 200; i++)
		all_kept &= keeps((unsigned long)data + i, call_schedule, NULL);
	for (unsigned i = 0; i < 3; i++)
		all_kept &= keeps((unsigned long)data, call_msleep, (void *)(i + (unsigned long)data % 3));
	ended++;
}

PLAIN static void look(void *data)
{
	*(bool *)data = !minios_get_current()->vector_state && is_fresh() && minios_get_current()->vector_state;
	ended++;
}

PLAIN static void make_looker(void *data)
{
	minios_create_thread("look", look, data);
	let_run(3);
}

/* A series whose terms need every bit, with others running between them. */
static double series(unsigned start, bool alone)
{
	long double sum = 0;
	double product = 1;

	for (unsigned i = start; i < start + 300; i++) {
		sum += 1.0L / ((long double)i * i);
		product *= 1 + 1.0 / i;
		if (!alone && i % 3 == 0)
			minios_schedule();
	}
	return sum * product;
}

static double sums[4];

static void sum_up(void *data)
{
	sums[(unsigned long)data] = series(1 + (unsigned long)data, false);
	ended++;
}

static void test_threads(void)
{
	bool seen = false, same = true;

	all_kept = true;
	ended = 0;
	for (unsigned long i = 0; i < 4; i++)
		minios_create_thread("hold", hold_often, (void *)i);
	while (ended < 4)
		minios_msleep(1);
	check(all_kept, "four threads keep all registers over schedule and msleep, each with its own rounding");
	ended = 0;
	for (unsigned long i = 0; i < 4; i++)
		minios_create_thread("sum", sum_up, (void *)i);
	while (ended < 4)
		minios_schedule();
	for (unsigned i = 0; i < 4; i++)
		same &= sums[i] == series(1 + i, true);
	check(same && sums[0] > 400 && sums[0] < 500, "double and long double in four threads give what one alone gives");
	check(keeps(9, make_looker, &seen) && seen, "a thread made while another has the registers begins with fresh ones");
}

static void use(void *data)
{
	all_fresh &= is_fresh();
	all_kept &= keeps((unsigned long)data, call_schedule, NULL);
	ended++;
}

/* Memory, all of it that can be had in blocks as large as a stack, once a thread that had the registers has ended. */
static char *blocks[1024];
static unsigned block_count;

PLAIN static void take_stacks(void *data)
{
	(void)data;
	while (block_count < 1024 && (blocks[block_count] = minios_alloc_pages(MINIOS_STACK_SIZE_PAGE_ORDER)))
		memset(blocks[block_count++], 0x55, MINIOS_STACK_SIZE);
}

static bool free_stacks(void)
{
	bool untouched = true;

	while (block_count) {
		char *block = blocks[--block_count];

		for (unsigned i = 0; i < MINIOS_STACK_SIZE; i++)
			untouched &= block[i] == 0x55;
		minios_free_pages(block, MINIOS_STACK_SIZE_PAGE_ORDER);
	}
	return untouched;
}

static void test_ends(void)
{
	unsigned long before;

	let_xenstore_answer();
	before = minios_nr_free_pages();
	all_kept = all_fresh = true;
	ended = 0;
	for (unsigned long i = 0; i < 1000; i++) {
		if (!minios_create_thread("use", use, (void *)i))
			break;
		if (i % 10 == 9)
			let_run(5);
	}
	let_run(10);
	check(ended == 1000 && all_kept, "1000 threads use the registers and end");
	check(all_fresh, "each begins with fresh ones, whoever had its stack before");
	check(minios_nr_free_pages() == before, "and all that they had is free again");
	minios_create_thread("use", use, NULL);
	minios_schedule();
	minios_create_thread("take", take_stacks, NULL);
	let_run(3);
	check(ended == 1001 && block_count > 100 && free_stacks(), "nothing is written to where their registers were kept");
}

/* ---- event handlers ---- */

static evtchn_port_t listener[2], sender[2];
static volatile unsigned events;

/* Spoils everything, also for further handlers of the same upcall, and leaves the x87 stack full, with another rounding. */
static void spoil(evtchn_port_t port, struct minios_pt_regs *regs, void *data)
{
	struct registers junk, ignored;

	(void)port, (void)regs, (void)data;
	all_fresh &= is_fresh();
	fill(&junk, 0x5b + events);
	hold(&junk, &ignored, call_nothing, NULL, wide);
	__asm__ volatile("fldpi; fldpi; fldpi; fldpi; fldpi; fldpi; fldpi; fldpi; fldcw %0; ldmxcsr %1"
			 : : "m"(*(uint16_t *)&junk.fcw), "m"(junk.mxcsr));
	events++;
}

/* Keeps its own while another handler interrupts it. */
PLAIN static void call_nested(void *data)
{
	(void)data;
	minios_local_irq_enable();
	minios_notify_remote_via_evtchn(sender[1]);
	minios_local_irq_disable();
}

static void be_nested(evtchn_port_t port, struct minios_pt_regs *regs, void *data)
{
	(void)port, (void)regs, (void)data;
	all_kept &= keeps(77, call_nested, NULL);
}

PLAIN static void call_event(void *data)
{
	minios_notify_remote_via_evtchn(sender[(unsigned long)data]);
}

/* A thread without vector state, in which handlers use the registers; then it uses them itself. */
PLAIN static void stay_plain(void *data)
{
	for (unsigned i = 0; i < 20; i++) {
		minios_schedule();
		call_event(data);
	}
	all_kept &= !minios_get_current()->vector_state;
	all_fresh &= is_fresh();
	ended++;
}

static void connect(unsigned i, minios_evtchn_handler_t handler)
{
	minios_evtchn_alloc_unbound(DOMID_SELF, handler, NULL, &listener[i]);
	minios_evtchn_bind_interdomain(DOMID_SELF, listener[i], handler, NULL, &sender[i]);
	minios_unmask_evtchn(listener[i]);
}

static void test_events(unsigned long way, const char *in_vector, const char *in_plain)
{
	bool kept = true;

	all_kept = all_fresh = true;
	events = ended = 0;
	for (unsigned i = 0; i < 50; i++)
		kept &= keeps(i, call_event, (void *)way);
	check(kept && all_kept && all_fresh && events == 50, in_vector);
	minios_create_thread("plain", stay_plain, (void *)way);
	for (unsigned i = 0; i < 30; i++)
		kept &= keeps(i, call_schedule, NULL);
	check(kept && all_kept && all_fresh && ended == 1 && events == 70, in_plain);
}

/* ---- the timer, at any instruction ---- */

PLAIN static void wait_tick(void *data)
{
	unsigned seen = events;

	(void)data;
	while (events == seen)
		;
}

/* Last, since the kernel's own handler of the timer is gone then. */
static void test_timer(void)
{
	struct vcpu_set_periodic_timer period = { .period_ns = 1000000 };
	struct evtchn_status status = { .dom = DOMID_SELF, .port = 1 };
	double alone = series(5, true);
	bool kept = true, same = true;

	while (HYPERVISOR_event_channel_op(EVTCHNOP_status, &status) == 0
	       && !(status.status == EVTCHNSTAT_virq && status.u.virq == VIRQ_TIMER))
		status.port++;
	minios_bind_evtchn(status.port, spoil, NULL);
	events = 0;
	check(HYPERVISOR_vcpu_op(VCPUOP_set_periodic_timer, 0, &period) == 0, "a timer ticks 1000 times a second");
	for (unsigned i = 0; i < 100; i++)
		kept &= keeps(i, wait_tick, NULL);
	check(kept && events >= 100, "a handler that spoils all registers changes none of a thread that spins");
	events = 0;
	while (events < 200) {
		kept &= keeps(events, call_nothing, NULL);
		same &= series(5, true) == alone;
	}
	check(kept && same, "nor of one that computes");
	HYPERVISOR_vcpu_op(VCPUOP_stop_periodic_timer, 0, NULL);
}

static bool xcr0_has(uint32_t components)
{
	uint32_t low, high;

	__asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	return (low & components) == components;
}

static void test_width(void)
{
	uint32_t eax = 1, ebx, ecx = 0, edx;

	__asm__ volatile("ud2; .ascii \"xen\"; cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
	wide = ecx & 1 << 28;
	check(!wide || (ecx & 1 << 27 && xcr0_has(7)), "where the processor has AVX, it can be used");
	minios_printk("# %s AVX\n", wide ? "with" : "without");
}

int app_main(start_info_t *si)
{
	(void)si;
	check(is_fresh(), "app_main begins with fresh registers");
	test_width();
	test_threads();
	test_ends();
	connect(0, spoil);
	connect(1, spoil);
	test_events(0, "a handler that spoils all registers begins with fresh ones and changes none of a thread",
		    "nor of one that waits while another thread without any is interrupted");
	minios_bind_evtchn(listener[0], be_nested, NULL);
	test_events(0, "a handler keeps its own while another one interrupts it, over a thread with registers",
		    "and over one without");
	test_timer();
	minios_printk("1..%u\n", tests);
	return failures;
}
