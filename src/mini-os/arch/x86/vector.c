/*
 * The registers of x87, SSE and AVX, for guests that use them; the kernel itself does not.
 *
 * The registers are open or closed, which is CR0.TS: closed, the first instruction that uses them traps. They start closed.
 * A thread that gets there has from then on an area for its state, at the top of its stack, and is a vector thread.
 *
 *	runs			registers
 *	vector thread		open, with its state in them: it is the owner
 *	other thread		closed; they may still hold the state of the owner, a vector thread that ran before
 *	idle thread		as the thread before it left them
 *	event handler, open	open and fresh; the state that was in them is on the stack until the upcall ends
 *	event handler, closed	closed until it uses them; then open and fresh, without an owner, until the upcall ends
 *				(fresh for the first handler of an upcall; the next finds what that one left)
 *
 * So vector threads that take turns trap once each; a vector thread that runs again before another one finds its state
 * still there; and in a guest without vector threads nothing of this ever happens.
 */
#include <mini-os/events.h>
#include <mini-os/hypervisor.h>
#include <mini-os/lib.h>
#include <mini-os/os.h>
#include <mini-os/sched.h>
#include "../../internal/events.h"
#include "entry.h"
#include "stack.h"

/* CPUID leaf 1, ecx; control register 4; components of the extended state: x87, SSE, AVX, AVX-512. */
enum { CPUID_XSAVE = 1 << 26, CR4_OSXSAVE = 1 << 18, X87_AND_SSE = 0x3, COMPONENTS = 0xe7 };

enum { STATE_ALIGN = 64, LEGACY_SIZE = 512, HEADER_SIZE = 64 };

/* Intel SDM volume 1, 13.4: the area of XSAVE, whose first part is that of FXSAVE. */
struct state {
	uint16_t fcw;
	uint16_t others[11];
	uint32_t mxcsr;
	uint8_t registers[LEGACY_SIZE - 28];
	uint64_t header[HEADER_SIZE / 8];
	uint8_t more[];
} __attribute__((aligned(STATE_ALIGN)));

_Static_assert(offsetof(struct state, mxcsr) == 24 && offsetof(struct state, header) == LEGACY_SIZE, "as the processor has it");

/* What a thread begins with: all exceptions masked, x87 with its full precision. The header says that nothing more is set. */
static const struct state fresh = { .fcw = 0x37f, .mxcsr = 0x1f80 };

/* Components that XSAVE and XRSTOR handle; 0: FXSAVE and FXRSTOR are used. And the size of a state. */
static uint32_t components;
static unsigned long state_size = LEGACY_SIZE;

static bool is_open;

/* The vector thread whose state is in the registers, unless an event handler's is; or NULL. */
static struct thread *owner;

/*
 * With several domains, Xen may have another one's state in the registers, and gives this one its own when it uses them. The
 * processor traps at XSAVE and XRSTOR too, but QEMU (7.2, without KVM) does not: so an instruction that traps stands before.
 */
static void save(struct state *state)
{
	if (!components) {
		__asm__ volatile("fxsave64 %0" : "=m"(*state));
		return;
	}
	/* The instruction leaves alone what is reserved here, and that has to be 0. Not memset, which is the libc's and may
	   use the registers that are to be saved. */
	for (unsigned i = 0; i < ARRAY_SIZE(state->header); i++)
		*(volatile uint64_t *)&state->header[i] = 0;
	__asm__ volatile("fnstcw %0; xsave64 %0" : "+m"(*state) : "a"(components), "d"(0) : "memory");
}

static void load(const struct state *state)
{
	uint16_t fcw;

	if (components)
		__asm__ volatile("fnstcw %0; xrstor64 %1" : "=m"(fcw) : "m"(*state), "a"(components), "d"(0) : "memory");
	else
		__asm__ volatile("fxrstor64 %0" : : "m"(*state));
}

static void set_open(bool wanted)
{
	if (is_open != wanted)
		HYPERVISOR_fpu_taskswitch(!wanted);
	is_open = wanted;
}

static void set_owner(struct thread *thread)
{
	if (owner)
		save(owner->vector_state);
	owner = thread;
}

bool vector_trap(void)
{
	struct thread *thread = get_current();

	if (is_open)
		return false;
	is_open = true;	/* Xen has done that when it passed the trap on */
	if (in_event_handler() || !thread || !thread->stack) {
		set_owner(NULL);
	} else {
		thread->vector_state = thread->stack + STACK_SIZE - vector_space();
		set_owner(thread);
	}
	load(&fresh);
	return true;
}

void vector_switch(struct thread *next)
{
	if (next->vector_state) {
		set_open(true);
		if (owner != next) {
			set_owner(next);
			load(next->vector_state);
		}
	} else if (next->stack) {
		set_open(false);
	}
}

void vector_forget(struct thread *thread)
{
	if (owner == thread)
		owner = NULL;
}

/* A function of its own, since the state takes up much of the stack. */
static __attribute__((__noinline__)) void handle_while_saved(struct pt_regs *regs)
{
	struct state *state = __builtin_alloca_with_align(state_size, STATE_ALIGN * 8);

	save(state);
	load(&fresh);
	do_hypervisor_callback(regs);
	load(state);
}

void arch_handle_events(struct pt_regs *regs)
{
	if (is_open) {
		handle_while_saved(regs);
	} else {
		do_hypervisor_callback(regs);
		local_irq_disable();	/* a handler may return without */
		set_open(false);
	}
}

unsigned long vector_space(void)
{
	return (state_size + STATE_ALIGN - 1) & -STATE_ALIGN;
}

/* As Xen has it for this guest, which the bytes in front ask for; the instruction alone gives what the machine has. */
static void cpuid(uint32_t leaf, uint32_t *eax, uint32_t *ebx, uint32_t *ecx, uint32_t *edx)
{
	__asm__ volatile("ud2; .ascii \"xen\"; cpuid" : "=a"(*eax), "=b"(*ebx), "=c"(*ecx), "=d"(*edx) : "a"(leaf), "c"(0));
}

static void init_extended_state(void)
{
	uint32_t eax, ebx, ecx, edx;
	unsigned long cr4;

	cpuid(1, &eax, &ebx, &ecx, &edx);
	if (!(ecx & CPUID_XSAVE))
		return;
	cpuid(13, &eax, &ebx, &ecx, &edx);
	if ((eax & X87_AND_SSE) != X87_AND_SSE)
		return;
	components = eax & COMPONENTS;
	__asm__ volatile("movq %%cr4, %0" : "=r"(cr4));
	__asm__ volatile("movq %0, %%cr4" : : "r"(cr4 | CR4_OSXSAVE));
	__asm__ volatile("xsetbv" : : "a"(components), "d"(0), "c"(0));
	cpuid(13, &eax, &ebx, &ecx, &edx);
	state_size = ebx;	/* for the components set right now */
}

void init_vector(void)
{
	init_extended_state();
	is_open = true;
	set_open(false);
}
