/* The hypervisor: hypercalls, the shared page, masks of event channels. */
#ifndef MINIOS_HYPERVISOR_H
#define MINIOS_HYPERVISOR_H

#include <mini-os/types.h>
#include <xen/xen.h>
#include <xen/event_channel.h>
#include <xen/sched.h>
#include <mini-os/arch_hypercall.h>
#include <mini-os/kernel.h>

#ifdef __cplusplus
extern "C" {
#endif

extern shared_info_t *HYPERVISOR_shared_info;

/* Has events that came while interrupts were masked delivered. */
void force_evtchn_callback(void);

void mask_evtchn(uint32_t port);
void unmask_evtchn(uint32_t port);
void clear_evtchn(uint32_t port);

#ifdef __cplusplus
}
#endif

#endif
