/* Event channels: who handles which port, and the upcall from Xen. */
#include <mini-os/events.h>
#include <mini-os/lib.h>
#include <mini-os/os.h>
#include "internal/events.h"

/* Handler and its argument of each port; NULL where nobody has bound. */
static struct {
	evtchn_handler_t handler;
	void *data;
} ports[NR_EVENT_CHANNELS];

/* Upcalls that have begun and not ended: more than one where a handler lets others interrupt it. */
static unsigned upcalls;

void mask_evtchn(uint32_t port)
{
	synch_set_bit(port, HYPERVISOR_shared_info->evtchn_mask);
}

void clear_evtchn(uint32_t port)
{
	synch_clear_bit(port, HYPERVISOR_shared_info->evtchn_pending);
}

/* Xen makes no upcall for an event that came while the port was masked: that is done here. */
void unmask_evtchn(uint32_t port)
{
	shared_info_t *shared = HYPERVISOR_shared_info;
	vcpu_info_t *vcpu = &shared->vcpu_info[0];

	synch_clear_bit(port, shared->evtchn_mask);
	if (!synch_test_bit(port, shared->evtchn_pending))
		return;
	synch_set_bit(port / 64, &vcpu->evtchn_pending_sel);
	vcpu->evtchn_upcall_pending = 1;
	if (!irqs_disabled())
		force_evtchn_callback();
}

int do_event(evtchn_port_t port, struct pt_regs *regs)
{
	if (port >= NR_EVENT_CHANNELS || !ports[port].handler) {
		mask_evtchn(port);
		printk("Event on port %u, which nobody handles\n", port);
		return 0;
	}
	ports[port].handler(port, regs, ports[port].data);
	return 1;
}

/* Each port once, of those of a word that were pending at first; a handler may have masked the next one. */
static void do_word(unsigned word, struct pt_regs *regs)
{
	shared_info_t *shared = HYPERVISOR_shared_info;
	unsigned long bits = *(volatile xen_ulong_t *)&shared->evtchn_pending[word];

	for (; bits; bits &= bits - 1) {
		evtchn_port_t port = word * 64 + __builtin_ctzl(bits);

		if (!synch_test_bit(port, shared->evtchn_mask) && synch_test_and_clear_bit(port, shared->evtchn_pending))
			do_event(port, regs);
	}
}

/*
 * Xen has masked interrupts. A handler may unmask them: what is still to be done here is then done by whoever finds it
 * first, since a bit is taken before its event is handled.
 */
void do_hypervisor_callback(struct pt_regs *regs)
{
	vcpu_info_t *vcpu = &HYPERVISOR_shared_info->vcpu_info[0];

	upcalls++;
	while (xchg(&vcpu->evtchn_upcall_pending, 0)) {
		unsigned long words = xchg(&vcpu->evtchn_pending_sel, 0);

		for (; words; words &= words - 1)
			do_word(__builtin_ctzl(words), regs);
	}
	upcalls--;
}

bool in_event_handler(void)
{
	return upcalls;
}

evtchn_port_t bind_evtchn(evtchn_port_t port, evtchn_handler_t handler, void *data)
{
	unsigned long flags;

	if (port >= NR_EVENT_CHANNELS)
		panic("Port %u is bound, there are %lu", port, (unsigned long)NR_EVENT_CHANNELS);
	local_irq_save(flags);
	ports[port].handler = handler;
	ports[port].data = data;
	local_irq_restore(flags);
	return port;
}

void unbind_evtchn(evtchn_port_t port)
{
	struct evtchn_close op = { .port = port };

	if (port >= NR_EVENT_CHANNELS) /* such as the -1 of a bind that failed */
		return;
	mask_evtchn(port);
	clear_evtchn(port);
	bind_evtchn(port, NULL, NULL);
	if (HYPERVISOR_event_channel_op(EVTCHNOP_close, &op))
		printk("Port %u cannot be closed\n", port);
}

void unbind_all_ports(void)
{
	for (evtchn_port_t port = 0; port < NR_EVENT_CHANNELS; port++)
		if (ports[port].handler)
			unbind_evtchn(port);
}

evtchn_port_t bind_virq(uint32_t virq, evtchn_handler_t handler, void *data)
{
	struct evtchn_bind_virq op = { .virq = virq };

	if (HYPERVISOR_event_channel_op(EVTCHNOP_bind_virq, &op))
		return -1;
	return bind_evtchn(op.port, handler, data);
}

evtchn_port_t bind_pirq(uint32_t pirq, int will_share, evtchn_handler_t handler, void *data)
{
	struct evtchn_bind_pirq op = { .pirq = pirq, .flags = will_share ? BIND_PIRQ__WILL_SHARE : 0 };

	if (HYPERVISOR_event_channel_op(EVTCHNOP_bind_pirq, &op))
		return -1;
	return bind_evtchn(op.port, handler, data);
}

int evtchn_alloc_unbound(domid_t pal, evtchn_handler_t handler, void *data, evtchn_port_t *port)
{
	struct evtchn_alloc_unbound op = { .dom = DOMID_SELF, .remote_dom = pal };
	int rc = HYPERVISOR_event_channel_op(EVTCHNOP_alloc_unbound, &op);

	if (rc == 0)
		*port = bind_evtchn(op.port, handler, data);
	return rc;
}

int evtchn_bind_interdomain(domid_t pal, evtchn_port_t remote_port, evtchn_handler_t handler, void *data,
			    evtchn_port_t *local_port)
{
	struct evtchn_bind_interdomain op = { .remote_dom = pal, .remote_port = remote_port };
	int rc = HYPERVISOR_event_channel_op(EVTCHNOP_bind_interdomain, &op);

	if (rc == 0)
		*local_port = bind_evtchn(op.local_port, handler, data);
	return rc;
}

int notify_remote_via_evtchn(evtchn_port_t port)
{
	struct evtchn_send op = { .port = port };

	return HYPERVISOR_event_channel_op(EVTCHNOP_send, &op);
}

void init_events(void)
{
	memset(HYPERVISOR_shared_info->evtchn_mask, 0xff, sizeof(HYPERVISOR_shared_info->evtchn_mask));
}
