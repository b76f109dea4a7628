/*
 * Transport of xenstore messages over the shared page of xen/io/xs_wire.h.
 *
 * Requests are written by threads, one at a time. Answers and watch events are read by the event handler, which puts
 * them together from the pieces that the ring brings, and wakes the thread that waits for that request's id.
 */
#include "internal.h"

#include <mini-os/events.h>
#include <mini-os/mm.h>
#include <mini-os/semaphore.h>

enum { REQUESTS = 32 };

/* A request under way; its index is the id. */
struct request {
	bool used;
	bool answered;
	uint32_t type; /* of the answer */
	char *payload; /* NULL: there was no memory for it */
	size_t len;
};

static struct xenstore_domain_interface *ring;
static evtchn_port_t port;
static bool broken; /* what came in made no sense, nothing will any more */

static struct request requests[REQUESTS];
static DECLARE_WAIT_QUEUE_HEAD(changed); /* an answer, room in the ring */
static struct semaphore free_requests;
static struct semaphore writer;

/* The message that is being read. */
static struct xsd_sockmsg header;
static char *payload;
static size_t received; /* bytes of header and payload */

char *xenbus_error(const char *name)
{
	char *error = strdup(name);

	/* NULL would say that all is well */
	if (!error)
		panic("xenbus: no memory to report %s", name);
	return error;
}

static bool ring_valid(void)
{
	return ring->req_prod - ring->req_cons <= XENSTORE_RING_SIZE &&
	       ring->rsp_prod - ring->rsp_cons <= XENSTORE_RING_SIZE;
}

static bool room(void)
{
	return broken || *(volatile uint32_t *)&ring->req_cons + XENSTORE_RING_SIZE != ring->req_prod;
}

static void write_ring(const void *data, size_t len)
{
	const char *at = data;

	while (len > 0) {
		uint32_t prod = ring->req_prod, offset = MASK_XENSTORE_IDX(prod);
		size_t part;

		if (!room()) {
			notify_remote_via_evtchn(port);
			wait_event(changed, room());
		}
		if (broken)
			return;
		part = XENSTORE_RING_SIZE - (prod - *(volatile uint32_t *)&ring->req_cons);
		if (part > XENSTORE_RING_SIZE - offset)
			part = XENSTORE_RING_SIZE - offset;
		if (part > len)
			part = len;
		mb(); /* the room is seen before it is written to */
		memcpy(ring->req + offset, at, part);
		wmb();
		ring->req_prod = prod + (uint32_t)part;
		at += part;
		len -= part;
	}
}

/* Up to len bytes of the ring; how many there were. */
static size_t read_ring(void *data, size_t len)
{
	uint32_t cons = ring->rsp_cons, offset = MASK_XENSTORE_IDX(cons);
	size_t part = *(volatile uint32_t *)&ring->rsp_prod - cons;

	if (part > XENSTORE_RING_SIZE - offset)
		part = XENSTORE_RING_SIZE - offset;
	if (part > len)
		part = len;
	rmb();
	if (data)
		memcpy(data, ring->rsp + offset, part);
	mb(); /* read before it may be overwritten */
	ring->rsp_cons = cons + (uint32_t)part;
	return part;
}

static void deliver(void)
{
	if (payload)
		payload[header.len] = 0;
	if (header.type == XS_WATCH_EVENT) {
		if (payload)
			xenbus_queue_event(payload, header.len);
		else
			printk("xenbus: no memory for a watch event\n");
	} else if (header.req_id < REQUESTS && requests[header.req_id].used && !requests[header.req_id].answered) {
		struct request *request = &requests[header.req_id];

		request->type = header.type;
		request->payload = payload;
		request->len = header.len;
		request->answered = true;
	} else {
		printk("xenbus: answer to request %u, which nobody made\n", header.req_id);
		xfree(payload);
	}
	payload = NULL;
	received = 0;
}

/* The header is whole: is it one? Makes room for its payload. */
static bool accept_header(void)
{
	if (header.len > XENSTORE_PAYLOAD_MAX) {
		printk("xenbus: a message of %u bytes, allowed are %u; not listening any more\n", header.len,
		       XENSTORE_PAYLOAD_MAX);
		broken = true;
		return false;
	}
	payload = _xmalloc(header.len + 1, 1);
	return true;
}

static void receive(void)
{
	size_t part;

	/* a read ends at the end of the ring, so only one that brings nothing means that there is nothing */
	do {
		if (received < sizeof(header)) {
			part = read_ring((char *)&header + received, sizeof(header) - received);
			received += part;
			if (received == sizeof(header) && !accept_header())
				return;
		} else {
			size_t have = received - sizeof(header);

			part = read_ring(payload ? payload + have : NULL, header.len - have);
			received += part;
		}
		if (received >= sizeof(header) && received == sizeof(header) + header.len)
			deliver();
	} while (part > 0);
}

static void on_event(evtchn_port_t from, struct pt_regs *regs, void *data)
{
	uint32_t before = ring->rsp_cons;

	(void)regs;
	(void)data;
	if (broken)
		return;
	if (!ring_valid()) {
		printk("xenbus: the ring is not valid: req %u-%u rsp %u-%u\n", ring->req_cons, ring->req_prod,
		       ring->rsp_cons, ring->rsp_prod);
		broken = true;
	} else {
		receive();
	}
	if (ring->rsp_cons != before)
		notify_remote_via_evtchn(from);
	wake_up(&changed);
}

/* The id of a new request; waits until there is one. */
static uint32_t begin_request(void)
{
	unsigned long flags;
	uint32_t id = 0;

	down(&free_requests);
	local_irq_save(flags);
	while (requests[id].used)
		id++;
	requests[id] = (struct request){ .used = true };
	local_irq_restore(flags);
	return id;
}

static struct request end_request(uint32_t id)
{
	unsigned long flags;
	struct request request;

	local_irq_save(flags);
	request = requests[id];
	requests[id].used = false;
	local_irq_restore(flags);
	up(&free_requests);
	return request;
}

static size_t total(const struct xenbus_piece *pieces, unsigned count)
{
	size_t len = 0;

	while (count-- > 0)
		len += pieces[count].len;
	return len;
}

char *xenbus_request(uint32_t type, xenbus_transaction_t xbt, const struct xenbus_piece *pieces, unsigned count,
		     char **reply, size_t *len)
{
	struct xsd_sockmsg message = { .type = type, .tx_id = (uint32_t)xbt, .len = (uint32_t)total(pieces, count) };
	struct request answer;
	char *error = NULL;

	if (!ring || broken)
		return xenbus_error("EIO");
	if (total(pieces, count) > XENSTORE_PAYLOAD_MAX)
		return xenbus_error("E2BIG");

	message.req_id = begin_request();
	down(&writer);
	write_ring(&message, sizeof(message));
	for (unsigned i = 0; i < count; i++)
		write_ring(pieces[i].data, pieces[i].len);
	up(&writer);
	notify_remote_via_evtchn(port);
	wait_event(changed, requests[message.req_id].answered || broken);
	answer = end_request(message.req_id);

	if (!answer.answered)
		error = xenbus_error("EIO");
	else if (!answer.payload)
		error = xenbus_error("ENOMEM");
	else if (answer.type == XS_ERROR)
		error = xenbus_error(answer.payload);
	else if (answer.type != type)
		error = xenbus_error("EIO");
	if (error || !reply) {
		xfree(answer.payload);
		return error;
	}
	*reply = answer.payload;
	*len = answer.len;
	return NULL;
}

void init_xenbus(void)
{
	start_info_t *si = get_start_info();
	unsigned long flags;

	ring = mfn_to_virt(si->store_mfn);
	init_SEMAPHORE(&free_requests, REQUESTS);
	init_MUTEX(&writer);
	port = bind_evtchn(si->store_evtchn, on_event, NULL);

	/* what came before there was a handler */
	local_irq_save(flags);
	on_event(port, NULL, NULL);
	local_irq_restore(flags);
	unmask_evtchn(port);
}

void fini_xenbus(void)
{
	/* the port stays open for a later client: it cannot be had again */
	mask_evtchn(port);
	ring = NULL;
}
