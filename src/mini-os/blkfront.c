/*
 * Block front end: the protocol of xen/io/blkif.h with one ring of one page, and grants made for each transfer.
 *
 * A request's id on the ring is the number of a slot, so that what the backend answers can be checked. There are as
 * many slots as the ring has entries: who has a slot has room. The event handler only wakes; threads read the answers.
 */
#include <errno.h>

#include <mini-os/blkfront.h>
#include <mini-os/lib.h>
#include <mini-os/mm.h>
#include <mini-os/wait.h>
#include <mini-os/xmalloc.h>
#include <xen/io/protocols.h>

#include "xenbus/frontend.h"

/* Sectors on the ring are of 512 bytes, whatever those of the disk are. */
enum { SECTOR = 512 };

enum { SLOTS = __CONST_RING_SIZE(blkif, PAGE_SIZE) };

struct blkfront_dev {
	struct xenbus_frontend frontend;
	struct blkfront_info info;
	struct blkif_front_ring ring;
	grant_ref_t ring_ref;
	evtchn_port_t port;
	bool has_port;
	blkif_vdev_t handle;
	struct wait_queue_head changed; /* an event, or transfers ended */
	struct blkfront_aiocb *slots[SLOTS]; /* what is under way */
	unsigned under_way;
};

static const struct xenbus_key key_names[] = {
	{ .name = "ring-ref" },
	{ .name = "event-channel" },
	{ .name = "protocol" },
};

static void on_event(evtchn_port_t port, struct pt_regs *regs, void *data)
{
	struct blkfront_dev *dev = data;

	(void)port;
	(void)regs;
	wake_up(&dev->changed);
}

static void destroy(struct blkfront_dev *dev)
{
	if (dev->has_port)
		unbind_evtchn(dev->port);
	xenbus_frontend_unshare(&dev->frontend, dev->ring.sring, dev->ring_ref);
	xenbus_frontend_close(&dev->frontend);
	xfree(dev);
}

static bool connect(struct blkfront_dev *dev)
{
	struct xenbus_key keys[ARRAY_SIZE(key_names)];
	struct blkif_sring *sring = xenbus_frontend_share(&dev->frontend, 0, &dev->ring_ref);

	if (!sring) {
		printk("blkfront: %s: no memory for the ring\n", dev->frontend.node);
		return false;
	}
	XEN_FRONT_RING_INIT(&dev->ring, sring, PAGE_SIZE);
	if (evtchn_alloc_unbound(dev->frontend.backend_id, on_event, dev, &dev->port) != 0) {
		printk("blkfront: %s: no event channel\n", dev->frontend.node);
		return false;
	}
	dev->has_port = true;
	unmask_evtchn(dev->port);

	memcpy(keys, key_names, sizeof(keys));
	keys[0].number = dev->ring_ref;
	keys[1].number = dev->port;
	keys[2].text = XEN_IO_PROTO_ABI_NATIVE;
	return xenbus_frontend_publish(&dev->frontend, keys, ARRAY_SIZE(keys), XenbusStateInitialised) &&
	       xenbus_frontend_connected(&dev->frontend);
}

static bool read_info(struct blkfront_dev *dev)
{
	const struct xenbus_frontend *fe = &dev->frontend;
	char *mode = xenbus_frontend_read_backend(fe, "mode");
	char *device = xenbus_frontend_read(fe, "virtual-device");

	dev->info.mode = mode && *mode == 'w' ? BLKFRONT_RDWR : BLKFRONT_RDONLY;
	dev->info.sectors = xenbus_frontend_number(fe, "sectors", 0);
	dev->info.sector_size = (unsigned)xenbus_frontend_number(fe, "sector-size", SECTOR);
	dev->info.info = (int)xenbus_frontend_number(fe, "info", 0);
	dev->info.barrier = xenbus_frontend_number(fe, "feature-barrier", 0) == 1;
	dev->info.flush = xenbus_frontend_number(fe, "feature-flush-cache", 0) == 1;
	if (dev->info.info & VDISK_READONLY)
		dev->info.mode = BLKFRONT_RDONLY;
	dev->handle = device ? (blkif_vdev_t)strtoul(device, NULL, 10) : 0;
	free(device);
	free(mode);
	if (dev->info.sector_size < SECTOR || dev->info.sector_size > PAGE_SIZE ||
	    (dev->info.sector_size & (dev->info.sector_size - 1))) {
		printk("blkfront: %s: sectors of %u bytes, expected a power of two, %u-%lu\n", fe->node,
		       dev->info.sector_size, SECTOR, PAGE_SIZE);
		return false;
	}
	return true;
}

struct blkfront_dev *init_blkfront(const char *nodename, struct blkfront_info *info)
{
	struct blkfront_dev *dev = xmalloc(struct blkfront_dev);

	if (!dev) {
		printk("blkfront: no memory for a device\n");
		return NULL;
	}
	memset(dev, 0, sizeof(*dev));
	init_waitqueue_head(&dev->changed);
	if (!xenbus_frontend_open(&dev->frontend, "blkfront", "vbd", nodename)) {
		destroy(dev);
		return NULL;
	}
	if (!connect(dev) || !read_info(dev) || !xenbus_frontend_switch(&dev->frontend, XenbusStateConnected)) {
		xenbus_frontend_disconnect(&dev->frontend, key_names, ARRAY_SIZE(key_names));
		destroy(dev);
		return NULL;
	}
	if (info)
		*info = dev->info;
	return dev;
}

void shutdown_blkfront(struct blkfront_dev *dev)
{
	int error = blkfront_sync(dev);

	if (error)
		printk("blkfront: %s: what was written may be lost: %s\n", dev->frontend.node, strerror(-error));
	xenbus_frontend_disconnect(&dev->frontend, key_names, ARRAY_SIZE(key_names));
	destroy(dev);
}

static void finish(struct blkfront_aiocb *aiocb, int ret)
{
	if (aiocb->aio_cb)
		aiocb->aio_cb(aiocb, ret);
}

static void end_grants(struct blkfront_aiocb *aiocb)
{
	while (aiocb->n > 0)
		if (!gnttab_end_access(aiocb->gref[--aiocb->n]))
			printk("blkfront: %s: the backend keeps a page of a transfer\n", aiocb->aio_dev->frontend.node);
}

static int find_slot(const struct blkfront_dev *dev)
{
	for (int slot = 0; slot < SLOTS; slot++)
		if (!dev->slots[slot])
			return slot;
	return -1;
}

/* Takes a free slot, ending transfers until there is one. */
static int take_slot(struct blkfront_dev *dev, struct blkfront_aiocb *aiocb)
{
	int slot;

	while ((slot = find_slot(dev)) < 0)
		blkfront_aio_wait(dev);
	dev->slots[slot] = aiocb;
	dev->under_way++;
	return slot;
}

static void release_slot(struct blkfront_dev *dev, int slot)
{
	dev->slots[slot] = NULL;
	dev->under_way--;
}

static void push(struct blkfront_dev *dev)
{
	int notify;

	dev->ring.req_prod_pvt++;
	RING_PUSH_REQUESTS_AND_CHECK_NOTIFY(&dev->ring, notify);
	if (notify)
		notify_remote_via_evtchn(dev->port);
}

static size_t segments_of(const struct blkfront_aiocb *aiocb)
{
	return (((unsigned long)aiocb->aio_buf & ~PAGE_MASK) + aiocb->aio_nbytes + PAGE_SIZE - 1) / PAGE_SIZE;
}

static int check(const struct blkfront_aiocb *aiocb, int write)
{
	const struct blkfront_info *info = &aiocb->aio_dev->info;
	unsigned long all = (unsigned long)aiocb->aio_buf | aiocb->aio_nbytes | (unsigned long)aiocb->aio_offset;
	uint64_t size;

	if (write && info->mode == BLKFRONT_RDONLY)
		return -EROFS;
	if ((all & (info->sector_size - 1)) || aiocb->aio_nbytes == 0 || aiocb->aio_offset < 0 ||
	    segments_of(aiocb) > BLKIF_MAX_SEGMENTS_PER_REQUEST)
		return -EINVAL;
	size = info->sectors * info->sector_size;
	if ((uint64_t)aiocb->aio_offset > size || aiocb->aio_nbytes > size - (uint64_t)aiocb->aio_offset)
		return -EINVAL;
	return 0;
}

/* Grants the pages of the buffer; false if there are no grants to be had. */
static bool grant_buffer(struct blkfront_aiocb *aiocb, int write)
{
	unsigned long page = (unsigned long)aiocb->aio_buf & PAGE_MASK;
	int count = (int)segments_of(aiocb);

	for (aiocb->n = 0; aiocb->n < count; aiocb->n++, page += PAGE_SIZE) {
		aiocb->gref[aiocb->n] = gnttab_grant_access(aiocb->aio_dev->frontend.backend_id, virt_to_mfn(page),
							    write);
		if (aiocb->gref[aiocb->n] == GRANT_INVALID_REF) {
			end_grants(aiocb);
			return false;
		}
	}
	return true;
}

void blkfront_aio(struct blkfront_aiocb *aiocb, int write)
{
	struct blkfront_dev *dev = aiocb->aio_dev;
	unsigned long offset = (unsigned long)aiocb->aio_buf & ~PAGE_MASK, end = offset + aiocb->aio_nbytes;
	struct blkif_request *request;
	int slot, error = check(aiocb, write);

	if (error) {
		finish(aiocb, error);
		return;
	}
	slot = take_slot(dev, aiocb);
	if (!grant_buffer(aiocb, write)) {
		release_slot(dev, slot);
		finish(aiocb, -ENOMEM);
		return;
	}
	request = RING_GET_REQUEST(&dev->ring, dev->ring.req_prod_pvt);
	request->operation = write ? BLKIF_OP_WRITE : BLKIF_OP_READ;
	request->nr_segments = (uint8_t)aiocb->n;
	request->handle = dev->handle;
	request->id = (uint64_t)slot;
	request->sector_number = (uint64_t)aiocb->aio_offset / SECTOR;
	for (int i = 0; i < aiocb->n; i++, offset = 0, end -= PAGE_SIZE) {
		request->seg[i].gref = aiocb->gref[i];
		request->seg[i].first_sect = (uint8_t)(offset / SECTOR);
		request->seg[i].last_sect = (uint8_t)((end < PAGE_SIZE ? end : PAGE_SIZE) / SECTOR - 1);
	}
	push(dev);
}

void blkfront_aio_push_operation(struct blkfront_aiocb *aiocb, uint8_t op)
{
	struct blkfront_dev *dev = aiocb->aio_dev;
	struct blkif_request *request;
	int slot;

	if (!(op == BLKIF_OP_WRITE_BARRIER && dev->info.barrier) &&
	    !(op == BLKIF_OP_FLUSH_DISKCACHE && dev->info.flush)) {
		finish(aiocb, -EOPNOTSUPP);
		return;
	}
	slot = take_slot(dev, aiocb);
	aiocb->n = 0;
	request = RING_GET_REQUEST(&dev->ring, dev->ring.req_prod_pvt);
	request->operation = op;
	request->nr_segments = 0;
	request->handle = dev->handle;
	request->id = (uint64_t)slot;
	request->sector_number = 0;
	push(dev);
}

static int result_of(struct blkfront_dev *dev, const struct blkif_response *response)
{
	switch (response->status) {
	case BLKIF_RSP_OKAY: return 0;
	case BLKIF_RSP_EOPNOTSUPP:
		/* may come in spite of what was announced, and then stays so */
		if (response->operation == BLKIF_OP_FLUSH_DISKCACHE)
			dev->info.flush = 0;
		if (response->operation == BLKIF_OP_WRITE_BARRIER)
			dev->info.barrier = 0;
		return -EOPNOTSUPP;
	default: return -EIO;
	}
}

int blkfront_aio_poll(struct blkfront_dev *dev)
{
	int ended = 0, more;

	do {
		while (dev->ring.rsp_cons != *(volatile RING_IDX *)&dev->ring.sring->rsp_prod) {
			struct blkif_response response;
			struct blkfront_aiocb *aiocb;

			xen_rmb(); /* the response is there before it is read */
			RING_COPY_RESPONSE(&dev->ring, dev->ring.rsp_cons, &response);
			dev->ring.rsp_cons++;
			aiocb = response.id < SLOTS ? dev->slots[response.id] : NULL;
			if (!aiocb) {
				printk("blkfront: %s: answer to request %llu, which nobody made\n", dev->frontend.node,
				       (unsigned long long)response.id);
				continue;
			}
			end_grants(aiocb);
			release_slot(dev, (int)response.id);
			finish(aiocb, result_of(dev, &response));
			ended++;
		}
		RING_FINAL_CHECK_FOR_RESPONSES(&dev->ring, more);
	} while (more);
	/* threads other than this one may wait for what has ended */
	if (ended > 0)
		wake_up(&dev->changed);
	return ended;
}

int blkfront_aio_wait(struct blkfront_dev *dev)
{
	int ended = 0;
	unsigned before = dev->under_way;

	wait_event(dev->changed,
		   (ended = blkfront_aio_poll(dev)) > 0 || dev->under_way == 0 || dev->under_way < before);
	return ended;
}

/* For blkfront_io and blkfront_sync: what aio_cb was given. */
struct outcome {
	bool ended;
	int ret;
	struct blkfront_aiocb *aiocb;
	void *data;
	void (*callback)(struct blkfront_aiocb *, int);
};

static void note_outcome(struct blkfront_aiocb *aiocb, int ret)
{
	struct outcome *outcome = aiocb->data;

	outcome->ret = ret;
	outcome->ended = true;
}

static struct outcome begin_wait(struct blkfront_aiocb *aiocb)
{
	return (struct outcome){ .aiocb = aiocb, .data = aiocb->data, .callback = aiocb->aio_cb };
}

static int end_wait(struct outcome *outcome)
{
	struct blkfront_dev *dev = outcome->aiocb->aio_dev;

	wait_event(dev->changed, outcome->ended || (blkfront_aio_poll(dev), outcome->ended));
	outcome->aiocb->data = outcome->data;
	outcome->aiocb->aio_cb = outcome->callback;
	finish(outcome->aiocb, outcome->ret);
	return outcome->ret;
}

int blkfront_io(struct blkfront_aiocb *aiocb, int write)
{
	struct outcome outcome = begin_wait(aiocb);

	aiocb->data = &outcome;
	aiocb->aio_cb = note_outcome;
	blkfront_aio(aiocb, write);
	return end_wait(&outcome);
}

int blkfront_sync(struct blkfront_dev *dev)
{
	struct blkfront_aiocb aiocb = { .aio_dev = dev };
	struct outcome outcome = begin_wait(&aiocb);
	int ret;

	while (dev->under_way > 0)
		blkfront_aio_wait(dev);
	if (dev->info.mode == BLKFRONT_RDONLY || (!dev->info.flush && !dev->info.barrier))
		return 0;
	aiocb.data = &outcome;
	aiocb.aio_cb = note_outcome;
	blkfront_aio_push_operation(&aiocb, dev->info.flush ? BLKIF_OP_FLUSH_DISKCACHE : BLKIF_OP_WRITE_BARRIER);
	ret = end_wait(&outcome);
	return ret == -EOPNOTSUPP ? 0 : ret;
}
