/*
 * Event channels. A port is masked when it has been bound: unmask_evtchn lets its events in. Handlers run with
 * interrupts masked, on the stack of whatever they interrupt, and must not wait.
 */
#ifndef MINIOS_EVENTS_H
#define MINIOS_EVENTS_H

#include <mini-os/hypervisor.h>
#include <mini-os/traps.h>
#include <mini-os/types.h>
#include <xen/event_channel.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*evtchn_handler_t)(evtchn_port_t port, struct pt_regs *regs, void *data);

/* Sets the handler of a port that the caller has got by other means; returns the port. */
evtchn_port_t bind_evtchn(evtchn_port_t port, evtchn_handler_t handler, void *data);

/* Masks and closes the port. unbind_all_ports does so with all that have a handler. */
void unbind_evtchn(evtchn_port_t port);
void unbind_all_ports(void);

/* New port for a virtual or a physical interrupt; (evtchn_port_t)-1 if Xen refuses. */
evtchn_port_t bind_virq(uint32_t virq, evtchn_handler_t handler, void *data);
evtchn_port_t bind_pirq(uint32_t pirq, int will_share, evtchn_handler_t handler, void *data);

/* New port that domain pal may bind to; new port bound to such a one. 0, or a negative error number of Xen. */
int evtchn_alloc_unbound(domid_t pal, evtchn_handler_t handler, void *data, evtchn_port_t *port);
int evtchn_bind_interdomain(domid_t pal, evtchn_port_t remote_port, evtchn_handler_t handler, void *data,
			    evtchn_port_t *local_port);

int notify_remote_via_evtchn(evtchn_port_t port);

/* Runs the handler of a port. 1 if there was a handler, else 0 (and the port is masked). */
int do_event(evtchn_port_t port, struct pt_regs *regs);

/* Whether the caller runs in the upcall that handlers are called from, where nothing may wait. */
bool in_event_handler(void);

void init_events(void);

#ifdef __cplusplus
}
#endif

#endif
