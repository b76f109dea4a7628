/* From the entry to start_kernel: the shared page, traps, callbacks; and the end of the guest. */
#include <mini-os/arch_mm.h>
#include <mini-os/hypervisor.h>
#include <mini-os/lib.h>
#include <mini-os/os.h>
#include <xen/callback.h>
#include <xen/physdev.h>
#include <xen/sched.h>
#include "../../internal/arch.h"
#include "entry.h"

/* Points to the page of the image that the machine's shared page is mapped over. */
shared_info_t *HYPERVISOR_shared_info = (shared_info_t *)shared_info_page;

/* Xen's own structure, in its place in memory that is never freed. */
static start_info_t *xen_start_info;

start_info_t *get_start_info(void)
{
	return xen_start_info;
}

static void register_callback(uint16_t type, void (*entry)(void))
{
	struct callback_register callback = {
		.type = type,
		.flags = CALLBACKF_mask_events,
		.address = (unsigned long)entry,
	};

	if (HYPERVISOR_callback_op(CALLBACKOP_register, &callback))
		panic("Xen does not take callback %u", type);
}

void arch_start(start_info_t *si)
{
	xen_start_info = si;
	if (HYPERVISOR_update_va_mapping((unsigned long)shared_info_page, si->shared_info | L1_PROT, UVMF_INVLPG)) {
		HYPERVISOR_shutdown(SHUTDOWN_crash);
		__builtin_trap();
	}
	trap_init();
	init_vector();
	register_callback(CALLBACKTYPE_event, hypervisor_callback);
	register_callback(CALLBACKTYPE_failsafe, failsafe_callback);
	start_kernel();
}

void force_evtchn_callback(void)
{
	/* Any hypercall does: Xen looks at pending events on the way out. */
	HYPERVISOR_xen_version(0, NULL);
}

/* QEMU's isa-debug-exit ends QEMU with 2 * code + 1. On other machines nothing is at that port. */
static void leave_emulator(int code)
{
	struct physdev_set_iopl iopl = { .iopl = 1 };
	uint32_t value = code < 0 || code > 127 ? 127 : code;

	if (!HYPERVISOR_physdev_op(PHYSDEVOP_set_iopl, &iopl))
		__asm__ volatile("outl %0, %1" : : "a"(value), "Nd"((uint16_t)0xf4));
}

void arch_exit(int code, unsigned reason)
{
	local_irq_disable();
	if (is_initial_domain(xen_start_info))
		leave_emulator(code);
	for (;;)
		HYPERVISOR_shutdown(reason);
}
