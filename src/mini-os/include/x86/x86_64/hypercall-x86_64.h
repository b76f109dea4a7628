/*
 * Hypercalls of x86_64: number in the address within the hypercall page (32 bytes each), arguments in rdi, rsi, rdx,
 * r10, r8, result in rax; argument registers are lost, so is what the instruction behind it uses (rcx, r11).
 * The names and arguments are those of Xen's public headers. Results are those of Xen: 0 or more, or -errno.
 */
#ifndef MINIOS_HYPERCALL_X86_64_H
#define MINIOS_HYPERCALL_X86_64_H

#include <mini-os/types.h>
#include <xen/xen.h>
#include <xen/sched.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Not called as it stands: each hypercall has its entry in the page, which Xen fills. */
void hypercall_page(void);

/* A macro, since the entry must be a constant without optimisation too. */
#define MINIOS_HYPERCALL(name, a1, a2, a3, a4, a5) __extension__({				\
	unsigned long minios_rdi = (unsigned long)(a1), minios_rsi = (unsigned long)(a2);	\
	unsigned long minios_rdx = (unsigned long)(a3);						\
	register unsigned long minios_r10 __asm__("r10") = (unsigned long)(a4);			\
	register unsigned long minios_r8 __asm__("r8") = (unsigned long)(a5);			\
	long minios_result;									\
												\
	__asm__ volatile("call %P[entry]"							\
			 : "=a"(minios_result), "+D"(minios_rdi), "+S"(minios_rsi),		\
			   "+d"(minios_rdx), "+r"(minios_r10), "+r"(minios_r8)			\
			 : [entry] "i"((const char *)hypercall_page + __HYPERVISOR_##name * 32) \
			 : "memory", "rcx", "r11", "cc");					\
	minios_result;										\
})

static inline int HYPERVISOR_set_trap_table(const trap_info_t *table)
{
	return MINIOS_HYPERCALL(set_trap_table, table, 0, 0, 0, 0);
}

static inline int HYPERVISOR_mmu_update(const mmu_update_t *reqs, unsigned count, unsigned *done, unsigned domid)
{
	return MINIOS_HYPERCALL(mmu_update, reqs, count, done, domid, 0);
}

static inline int HYPERVISOR_mmuext_op(const struct mmuext_op *ops, unsigned count, unsigned *done, unsigned domid)
{
	return MINIOS_HYPERCALL(mmuext_op, ops, count, done, domid, 0);
}

static inline int HYPERVISOR_update_va_mapping(unsigned long va, uint64_t val, unsigned long flags)
{
	return MINIOS_HYPERCALL(update_va_mapping, va, val, flags, 0, 0);
}

static inline int HYPERVISOR_fpu_taskswitch(int set)
{
	return MINIOS_HYPERCALL(fpu_taskswitch, set, 0, 0, 0, 0);
}

static inline int HYPERVISOR_callback_op(int cmd, const void *arg)
{
	return MINIOS_HYPERCALL(callback_op, cmd, arg, 0, 0, 0);
}

static inline int HYPERVISOR_sched_op(int cmd, const void *arg)
{
	return MINIOS_HYPERCALL(sched_op, cmd, arg, 0, 0, 0);
}

static inline int HYPERVISOR_shutdown(unsigned reason)
{
	struct sched_shutdown arg = { reason };

	return MINIOS_HYPERCALL(sched_op, SCHEDOP_shutdown, &arg, 0, 0, 0);
}

static inline long HYPERVISOR_set_timer_op(uint64_t until)
{
	return MINIOS_HYPERCALL(set_timer_op, until, 0, 0, 0, 0);
}

static inline long HYPERVISOR_memory_op(unsigned cmd, void *arg)
{
	return MINIOS_HYPERCALL(memory_op, cmd, arg, 0, 0, 0);
}

static inline int HYPERVISOR_multicall(void *calls, int count)
{
	return MINIOS_HYPERCALL(multicall, calls, count, 0, 0, 0);
}

static inline int HYPERVISOR_event_channel_op(int cmd, void *arg)
{
	return MINIOS_HYPERCALL(event_channel_op, cmd, arg, 0, 0, 0);
}

static inline int HYPERVISOR_xen_version(int cmd, void *arg)
{
	return MINIOS_HYPERCALL(xen_version, cmd, arg, 0, 0, 0);
}

static inline int HYPERVISOR_console_io(int cmd, int count, char *buffer)
{
	return MINIOS_HYPERCALL(console_io, cmd, count, buffer, 0, 0);
}

static inline int HYPERVISOR_physdev_op(int cmd, void *arg)
{
	return MINIOS_HYPERCALL(physdev_op, cmd, arg, 0, 0, 0);
}

static inline int HYPERVISOR_grant_table_op(unsigned cmd, void *args, unsigned count)
{
	return MINIOS_HYPERCALL(grant_table_op, cmd, args, count, 0, 0);
}

static inline int HYPERVISOR_vm_assist(unsigned cmd, unsigned type)
{
	return MINIOS_HYPERCALL(vm_assist, cmd, type, 0, 0, 0);
}

static inline int HYPERVISOR_vcpu_op(int cmd, int vcpu, void *arg)
{
	return MINIOS_HYPERCALL(vcpu_op, cmd, vcpu, arg, 0, 0);
}

static inline int HYPERVISOR_set_segment_base(int which, unsigned long base)
{
	return MINIOS_HYPERCALL(set_segment_base, which, base, 0, 0, 0);
}

static inline long HYPERVISOR_sysctl(void *op)
{
	return MINIOS_HYPERCALL(sysctl, op, 0, 0, 0, 0);
}

static inline long HYPERVISOR_domctl(void *op)
{
	return MINIOS_HYPERCALL(domctl, op, 0, 0, 0, 0);
}

#ifdef __cplusplus
}
#endif

#endif
