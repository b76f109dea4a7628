/* Clocks from the values that Xen keeps in the shared page, and the timer of the virtual CPU. */
#include <mini-os/events.h>
#include <mini-os/lib.h>
#include <mini-os/os.h>
#include <mini-os/time.h>
#include <xen/vcpu.h>
#include "../../internal/arch.h"
#include "../../internal/threads.h"

/* Port of the timer's event. */
static evtchn_port_t timer_port;

/* Xen changes the values with the version odd, and leaves another version. */
uint64_t monotonic_clock(void)
{
	const volatile struct vcpu_time_info *time_info = &HYPERVISOR_shared_info->vcpu_info[0].time;
	uint64_t base, delta;
	uint32_t version, mul;
	int8_t shift;

	do {
		version = time_info->version & ~1U;
		barrier();
		delta = rdtsc_ordered() - time_info->tsc_timestamp;
		base = time_info->system_time;
		mul = time_info->tsc_to_system_mul;
		shift = time_info->tsc_shift;
		barrier();
	} while (version != time_info->version);

	delta = shift < 0 ? delta >> -shift : delta << shift;
	return base + (uint64_t)((unsigned __int128)delta * mul >> 32);
}

int gettimeofday(struct timeval *tv, void *tz)
{
	const volatile shared_info_t *shared = HYPERVISOR_shared_info;
	uint64_t seconds, nanoseconds;
	uint32_t version;

	(void)tz;
	do {
		version = shared->wc_version & ~1U;
		barrier();
		seconds = (uint64_t)shared->wc_sec_hi << 32 | shared->wc_sec;
		nanoseconds = shared->wc_nsec;
		barrier();
	} while (version != shared->wc_version);

	nanoseconds += monotonic_clock();
	tv->tv_sec = seconds + nanoseconds / 1000000000;
	tv->tv_usec = nanoseconds % 1000000000 / 1000;
	return 0;
}

/* 0 stops the timer. A time that has passed gives an event at once. */
void set_timer(s_time_t deadline)
{
	HYPERVISOR_set_timer_op(deadline);
}

/* The scheduler sets the timer, and the timer calls the scheduler: an idle kernel has nobody else to wake it. */
static void timer_handler(evtchn_port_t port, struct pt_regs *regs, void *data)
{
	s_time_t deadline = wake_sleepers(NOW());

	(void)port, (void)regs, (void)data;
	if (deadline)
		set_timer(deadline);
}

/* Xen unmasks interrupts as part of blocking, so that an event that is already there is not slept over. */
void halt_until_event(void)
{
	HYPERVISOR_sched_op(SCHEDOP_block, NULL);
}

void init_time(void)
{
	/* A new virtual CPU has a periodic timer; nothing here counts ticks. */
	HYPERVISOR_vcpu_op(VCPUOP_stop_periodic_timer, 0, NULL);
	timer_port = bind_virq(VIRQ_TIMER, timer_handler, NULL);
	if (timer_port == (evtchn_port_t)-1)
		panic("Xen gives no timer");
	unmask_evtchn(timer_port);
}
