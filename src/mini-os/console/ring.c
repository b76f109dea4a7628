/* The ring that the guest shares with the console daemon. Its two sides count bytes, modulo 2^32. */
#include <mini-os/events.h>
#include <mini-os/lib.h>
#include <mini-os/mm.h>
#include <mini-os/os.h>
#include <mini-os/console.h>
#include <xen/io/console.h>
#include "ring.h"

/* NULL while there is none. */
static struct xencons_interface *ring;
static evtchn_port_t ring_port;

struct xencons_interface *xencons_ring(void)
{
	return ring;
}

unsigned xencons_ring_unsent(void)
{
	return ring->out_prod - *(volatile XENCONS_RING_IDX *)&ring->out_cons;
}

unsigned xencons_ring_room(void)
{
	return sizeof(ring->out) - xencons_ring_unsent();
}

int xencons_ring_send(struct consfront_dev *dev, const char *data, unsigned len)
{
	XENCONS_RING_IDX prod;
	unsigned long flags;
	unsigned sent = 0, room;

	(void)dev;
	if (!ring)
		return 0;
	local_irq_save(flags);
	prod = ring->out_prod;
	room = xencons_ring_room();
	mb();	/* see the daemon's count before writing over what it has read */
	for (; sent < len && sent < room; sent++)
		ring->out[MASK_XENCONS_IDX(prod++, ring->out)] = data[sent];
	wmb();	/* the bytes before their count */
	ring->out_prod = prod;
	local_irq_restore(flags);
	if (sent)
		notify_remote_via_evtchn(ring_port);
	return sent;
}

int xencons_ring_avail(struct consfront_dev *dev)
{
	(void)dev;
	return ring ? *(volatile XENCONS_RING_IDX *)&ring->in_prod - ring->in_cons : 0;
}

int xencons_ring_recv(struct consfront_dev *dev, char *data, unsigned len)
{
	unsigned long flags;
	unsigned received = 0, waiting;

	local_irq_save(flags);
	waiting = xencons_ring_avail(dev);
	rmb();	/* the count before the bytes */
	while (received < len && received < waiting) {
		data[received] = ring->in[MASK_XENCONS_IDX(ring->in_cons + received, ring->in)];
		received++;
	}
	if (received) {
		mb();	/* have read them before the daemon may write over them */
		ring->in_cons += received;
	}
	local_irq_restore(flags);
	if (received)
		notify_remote_via_evtchn(ring_port);
	return received;
}

void xencons_ring_open(void *page, evtchn_port_t port, evtchn_handler_t handler)
{
	ring = page;
	ring_port = bind_evtchn(port, handler, NULL);
	unmask_evtchn(port);
}

void xencons_ring_close(void)
{
	mask_evtchn(ring_port);
	bind_evtchn(ring_port, NULL, NULL);
	ring = NULL;
}
