/*
 * Network front end: the protocol of xen/io/netif.h with one queue, frames copied by the backend, no offloads.
 *
 * Each buffer is a page that is granted once and stays so; a request's id on the ring is the number of its buffer. The
 * event handler hands incoming frames on and their buffers back, and frees the buffers of what has been sent. Beside
 * it, only netfront_xmit touches the transmit ring, with interrupts masked.
 */
#include <errno.h>

#include <mini-os/lib.h>
#include <mini-os/mm.h>
#include <mini-os/netfront.h>
#include <mini-os/os.h>
#include <mini-os/semaphore.h>
#include <mini-os/xmalloc.h>
#include <xen/io/netif.h>

#include "xenbus/frontend.h"

/* Fewer than the 256 entries of a ring: enough for bursts, at 256 KiB for each direction. */
enum { BUFFERS = 64 };

struct buffer {
	unsigned char *page;
	grant_ref_t ref;
};

struct netfront_dev {
	struct xenbus_frontend frontend;
	struct netif_tx_front_ring tx;
	struct netif_rx_front_ring rx;
	grant_ref_t tx_ref, rx_ref;
	evtchn_port_t port;
	bool has_port;
	bool skipping; /* in a frame of several buffers, which nobody has asked for */

	struct buffer rx_buffers[BUFFERS];
	struct buffer tx_buffers[BUFFERS];
	uint16_t tx_free[BUFFERS]; /* a stack of numbers of buffers */
	unsigned tx_free_count;
	struct semaphore tx_available; /* counts the stack */

	void (*on_frame)(unsigned char *data, int len, void *arg);
	void *arg;
};

static const struct xenbus_key key_names[] = {
	{ .name = "tx-ring-ref" },
	{ .name = "rx-ring-ref" },
	{ .name = "event-channel" },
	{ .name = "request-rx-copy", .number = 1 },
	{ .name = "feature-rx-notify", .number = 1 },
	{ .name = "feature-no-csum-offload", .number = 1 },
};

__attribute__((weak)) void netif_rx(unsigned char *data, int len, void *arg)
{
	(void)data;
	(void)len;
	(void)arg;
}

__attribute__((weak)) void net_app_main(void *arg, unsigned char *mac)
{
	(void)arg;
	(void)mac;
}

static void offer_buffer(struct netfront_dev *dev, unsigned number)
{
	struct netif_rx_request *request = RING_GET_REQUEST(&dev->rx, dev->rx.req_prod_pvt);

	request->id = (uint16_t)number;
	request->gref = dev->rx_buffers[number].ref;
	dev->rx.req_prod_pvt++;
}

static void push_rx(struct netfront_dev *dev)
{
	int notify;

	RING_PUSH_REQUESTS_AND_CHECK_NOTIFY(&dev->rx, notify);
	if (notify)
		notify_remote_via_evtchn(dev->port);
}

static void receive_one(struct netfront_dev *dev, const struct netif_rx_response *response)
{
	bool whole = !dev->skipping && !(response->flags & (NETRXF_more_data | NETRXF_extra_info));

	dev->skipping = (response->flags & NETRXF_more_data) != 0;
	if (!whole || response->status <= 0)
		return;
	if (response->offset + response->status > (int)PAGE_SIZE)
		printk("netfront: %s: a frame of %d bytes at %u goes beyond its page\n", dev->frontend.node,
		       response->status, response->offset);
	else
		dev->on_frame(dev->rx_buffers[response->id].page + response->offset, response->status, dev->arg);
}

static void receive(struct netfront_dev *dev)
{
	int more;

	do {
		while (dev->rx.rsp_cons != *(volatile RING_IDX *)&dev->rx.sring->rsp_prod) {
			struct netif_rx_response response;

			xen_rmb(); /* the response is there before it is read */
			RING_COPY_RESPONSE(&dev->rx, dev->rx.rsp_cons, &response);
			dev->rx.rsp_cons++;
			if (response.id >= BUFFERS) {
				printk("netfront: %s: answer for buffer %u of %u\n", dev->frontend.node, response.id,
				       BUFFERS);
				continue;
			}
			receive_one(dev, &response);
			offer_buffer(dev, response.id);
		}
		push_rx(dev);
		RING_FINAL_CHECK_FOR_RESPONSES(&dev->rx, more);
	} while (more);
}

static void reap_sent(struct netfront_dev *dev)
{
	int more;

	do {
		while (dev->tx.rsp_cons != *(volatile RING_IDX *)&dev->tx.sring->rsp_prod) {
			struct netif_tx_response response;

			xen_rmb();
			RING_COPY_RESPONSE(&dev->tx, dev->tx.rsp_cons, &response);
			dev->tx.rsp_cons++;
			if (response.id >= BUFFERS || dev->tx_free_count == BUFFERS) {
				printk("netfront: %s: frame %u was not sent by anybody\n", dev->frontend.node,
				       response.id);
				continue;
			}
			dev->tx_free[dev->tx_free_count++] = response.id;
			up(&dev->tx_available);
		}
		RING_FINAL_CHECK_FOR_RESPONSES(&dev->tx, more);
	} while (more);
}

static void on_event(evtchn_port_t port, struct pt_regs *regs, void *data)
{
	(void)port;
	(void)regs;
	reap_sent(data);
	receive(data);
}

void netfront_xmit(struct netfront_dev *dev, const unsigned char *data, int len)
{
	struct netif_tx_request *request;
	unsigned long flags;
	uint16_t number;
	int notify;

	if (len <= 0 || len > (int)PAGE_SIZE)
		return;
	/* where one cannot wait, a frame is dropped, as on any network */
	if (!irqs_disabled())
		down(&dev->tx_available);
	else if (!trydown(&dev->tx_available))
		return;
	local_irq_save(flags);
	number = dev->tx_free[--dev->tx_free_count];
	local_irq_restore(flags);
	memcpy(dev->tx_buffers[number].page, data, (size_t)len);

	local_irq_save(flags);
	request = RING_GET_REQUEST(&dev->tx, dev->tx.req_prod_pvt);
	request->gref = dev->tx_buffers[number].ref;
	request->offset = 0;
	request->flags = 0;
	request->id = number;
	request->size = (uint16_t)len;
	dev->tx.req_prod_pvt++;
	RING_PUSH_REQUESTS_AND_CHECK_NOTIFY(&dev->tx, notify);
	local_irq_restore(flags);
	if (notify)
		notify_remote_via_evtchn(dev->port);
}

void netfront_set_rx_handler(struct netfront_dev *dev, void (*on_frame)(unsigned char *data, int len, void *arg),
			     void *arg)
{
	unsigned long flags;

	local_irq_save(flags);
	dev->on_frame = on_frame ? on_frame : netif_rx;
	dev->arg = arg;
	local_irq_restore(flags);
}

static bool make_buffers(struct netfront_dev *dev)
{
	void *tx = xenbus_frontend_share(&dev->frontend, 0, &dev->tx_ref);
	void *rx = xenbus_frontend_share(&dev->frontend, 0, &dev->rx_ref);

	dev->tx.sring = tx;
	dev->rx.sring = rx;
	if (!tx || !rx)
		return false;
	XEN_FRONT_RING_INIT(&dev->tx, (struct netif_tx_sring *)tx, PAGE_SIZE);
	XEN_FRONT_RING_INIT(&dev->rx, (struct netif_rx_sring *)rx, PAGE_SIZE);
	for (unsigned i = 0; i < BUFFERS; i++) {
		dev->rx_buffers[i].page = xenbus_frontend_share(&dev->frontend, 0, &dev->rx_buffers[i].ref);
		dev->tx_buffers[i].page = xenbus_frontend_share(&dev->frontend, 1, &dev->tx_buffers[i].ref);
		if (!dev->rx_buffers[i].page || !dev->tx_buffers[i].page)
			return false;
		offer_buffer(dev, i);
		dev->tx_free[dev->tx_free_count++] = (uint16_t)i;
	}
	init_SEMAPHORE(&dev->tx_available, BUFFERS);
	return true;
}

static bool connect(struct netfront_dev *dev)
{
	struct xenbus_key keys[ARRAY_SIZE(key_names)];
	struct xenbus_frontend *fe = &dev->frontend;

	if (xenbus_frontend_number(fe, "feature-rx-copy", 0) != 1) {
		printk("netfront: %s: the backend %s does not copy (feature-rx-copy)\n", fe->node, fe->backend);
		return false;
	}
	if (!make_buffers(dev)) {
		printk("netfront: %s: no memory for the buffers\n", fe->node);
		return false;
	}
	if (evtchn_alloc_unbound(fe->backend_id, on_event, dev, &dev->port) != 0) {
		printk("netfront: %s: no event channel\n", fe->node);
		return false;
	}
	dev->has_port = true;
	memcpy(keys, key_names, sizeof(keys));
	keys[0].number = dev->tx_ref;
	keys[1].number = dev->rx_ref;
	keys[2].number = dev->port;
	if (!xenbus_frontend_publish(fe, keys, ARRAY_SIZE(keys), XenbusStateConnected) ||
	    !xenbus_frontend_connected(fe))
		return false;
	/* before the event handler, which pushes too and must not come in between */
	push_rx(dev);
	unmask_evtchn(dev->port);
	return true;
}

static void destroy(struct netfront_dev *dev)
{
	struct xenbus_frontend *fe = &dev->frontend;

	if (dev->has_port)
		unbind_evtchn(dev->port);
	for (unsigned i = 0; i < BUFFERS; i++) {
		xenbus_frontend_unshare(fe, dev->rx_buffers[i].page, dev->rx_buffers[i].ref);
		xenbus_frontend_unshare(fe, dev->tx_buffers[i].page, dev->tx_buffers[i].ref);
	}
	xenbus_frontend_unshare(fe, dev->tx.sring, dev->tx_ref);
	xenbus_frontend_unshare(fe, dev->rx.sring, dev->rx_ref);
	xenbus_frontend_close(fe);
	xfree(dev);
}

static bool read_mac(const struct netfront_dev *dev, unsigned char mac[6])
{
	char *text = xenbus_frontend_read(&dev->frontend, "mac");
	int fields = 0;

	if (text)
		fields = sscanf(text, "%2hhx:%2hhx:%2hhx:%2hhx:%2hhx:%2hhx", mac, mac + 1, mac + 2, mac + 3, mac + 4,
				mac + 5);
	if (fields != 6)
		printk("netfront: %s: mac is %s, expected six bytes in hexadecimal\n", dev->frontend.node,
		       text ? text : "missing");
	free(text);
	return fields == 6;
}

struct netfront_dev *init_netfront(const char *nodename, void (*on_frame)(unsigned char *data, int len, void *arg),
				   unsigned char rawmac[6], char **ip)
{
	struct netfront_dev *dev = xmalloc(struct netfront_dev);

	if (!dev) {
		printk("netfront: no memory for a device\n");
		return NULL;
	}
	memset(dev, 0, sizeof(*dev));
	netfront_set_rx_handler(dev, on_frame, NULL);
	if (!xenbus_frontend_open(&dev->frontend, "netfront", "vif", nodename)) {
		destroy(dev);
		return NULL;
	}
	if ((rawmac && !read_mac(dev, rawmac)) || !connect(dev)) {
		xenbus_frontend_disconnect(&dev->frontend, key_names, ARRAY_SIZE(key_names));
		destroy(dev);
		return NULL;
	}
	if (ip)
		*ip = xenbus_frontend_read_backend(&dev->frontend, "ip");
	return dev;
}

void shutdown_netfront(struct netfront_dev *dev)
{
	xenbus_frontend_disconnect(&dev->frontend, key_names, ARRAY_SIZE(key_names));
	destroy(dev);
}
