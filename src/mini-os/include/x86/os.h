/* The processor: barriers, interrupt mask, atomic bits. The mask is that of the virtual CPU: no event is delivered. */
#ifndef MINIOS_OS_H
#define MINIOS_OS_H

#include <mini-os/types.h>
#include <mini-os/hypervisor.h>
#include <mini-os/kernel.h>
#include <xen/io/ring.h>

static inline void barrier(void)
{
	__asm__ volatile("" : : : "memory");
}

static inline void mb(void)
{
	__asm__ volatile("mfence" : : : "memory");
}

static inline void rmb(void)
{
	__asm__ volatile("lfence" : : : "memory");
}

static inline void wmb(void)
{
	__asm__ volatile("sfence" : : : "memory");
}

/*
 * What the macros of xen/io/ring.h ask for: x86 keeps loads and stores in order among themselves. For old versions of the
 * interface that header has definitions that ask for more, and for names that a guest may have for other things.
 */
#undef xen_mb
#undef xen_rmb
#undef xen_wmb
#define xen_mb()	mb()
#define xen_rmb()	barrier()
#define xen_wmb()	barrier()

static inline bool irqs_disabled(void)
{
	return *(volatile uint8_t *)&HYPERVISOR_shared_info->vcpu_info[0].evtchn_upcall_mask;
}

static inline void local_irq_disable(void)
{
	*(volatile uint8_t *)&HYPERVISOR_shared_info->vcpu_info[0].evtchn_upcall_mask = 1;
	barrier();
}

static inline void local_irq_enable(void)
{
	barrier();
	*(volatile uint8_t *)&HYPERVISOR_shared_info->vcpu_info[0].evtchn_upcall_mask = 0;
	barrier();	/* unmask, then look: an event in between is delivered by Xen */
	if (*(volatile uint8_t *)&HYPERVISOR_shared_info->vcpu_info[0].evtchn_upcall_pending)
		force_evtchn_callback();
}

static inline unsigned long minios_irq_save(void)
{
	unsigned long masked = irqs_disabled();

	local_irq_disable();
	return masked;
}

static inline void minios_irq_restore(unsigned long masked)
{
	if (!masked)
		local_irq_enable();
}

#define local_irq_save(flags)		((void)((flags) = minios_irq_save()))
#define local_irq_restore(flags)	minios_irq_restore(flags)
#define local_save_flags(flags)		((void)((flags) = irqs_disabled()))

/* Bits of an array of words shared with Xen or other domains. */
static inline void synch_set_bit(unsigned long nr, volatile void *words)
{
	__atomic_fetch_or((volatile unsigned long *)words + nr / 64, 1UL << nr % 64, __ATOMIC_SEQ_CST);
}

static inline void synch_clear_bit(unsigned long nr, volatile void *words)
{
	__atomic_fetch_and((volatile unsigned long *)words + nr / 64, ~(1UL << nr % 64), __ATOMIC_SEQ_CST);
}

static inline int synch_test_bit(unsigned long nr, const volatile void *words)
{
	return *((const volatile unsigned long *)words + nr / 64) >> nr % 64 & 1;
}

static inline int synch_test_and_set_bit(unsigned long nr, volatile void *words)
{
	return __atomic_fetch_or((volatile unsigned long *)words + nr / 64, 1UL << nr % 64, __ATOMIC_SEQ_CST) >> nr % 64 & 1;
}

static inline int synch_test_and_clear_bit(unsigned long nr, volatile void *words)
{
	return __atomic_fetch_and((volatile unsigned long *)words + nr / 64, ~(1UL << nr % 64), __ATOMIC_SEQ_CST) >> nr % 64 & 1;
}

#define xchg(ptr, value)	__atomic_exchange_n((ptr), (value), __ATOMIC_SEQ_CST)

/* Returns what was there before; it was replaced if that is old. */
#define synch_cmpxchg(ptr, old, new) __extension__({					\
	__typeof__(*(ptr)) minios_expected = (old);					\
	__atomic_compare_exchange_n((ptr), &minios_expected, (new), 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
	minios_expected;								\
})

static inline uint64_t rdtsc_ordered(void)
{
	uint32_t low, high;

	__asm__ volatile("lfence; rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return (uint64_t)high << 32 | low;
}

#endif
