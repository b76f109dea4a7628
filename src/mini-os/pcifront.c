/*
 * PCI front end: the protocol of xen/io/pciif.h, one operation at a time on a shared page. The operation is the
 * backend's from the moment that the active flag is set until the backend clears it.
 */
#include <errno.h>

#include <mini-os/lib.h>
#include <mini-os/mm.h>
#include <mini-os/os.h>
#include <mini-os/pcifront.h>
#include <mini-os/semaphore.h>
#include <mini-os/wait.h>
#include <mini-os/xmalloc.h>

#include "xenbus/frontend.h"

struct pcifront_dev {
	struct xenbus_frontend frontend;
	struct xen_pci_sharedinfo *shared;
	grant_ref_t shared_ref;
	evtchn_port_t port;
	bool has_port;
	struct wait_queue_head answered;
	struct semaphore mutex; /* held during an operation */
};

/* Where a device is; the numbers are those of configuration space. */
struct address {
	unsigned domain, bus, slot, fun;
};

static const struct xenbus_key key_names[] = {
	{ .name = "pci-op-ref" },
	{ .name = "event-channel" },
	{ .name = "magic", .text = XEN_PCI_MAGIC },
};

static void on_event(evtchn_port_t port, struct pt_regs *regs, void *data)
{
	struct pcifront_dev *dev = data;

	(void)port;
	(void)regs;
	wake_up(&dev->answered);
}

static void destroy(struct pcifront_dev *dev)
{
	if (dev->has_port)
		unbind_evtchn(dev->port);
	xenbus_frontend_unshare(&dev->frontend, dev->shared, dev->shared_ref);
	xenbus_frontend_close(&dev->frontend);
	xfree(dev);
}

static bool connect(struct pcifront_dev *dev)
{
	struct xenbus_key keys[ARRAY_SIZE(key_names)];
	struct xenbus_frontend *fe = &dev->frontend;

	dev->shared = xenbus_frontend_share(fe, 0, &dev->shared_ref);
	if (!dev->shared) {
		printk("pcifront: %s: no memory for the shared page\n", fe->node);
		return false;
	}
	if (evtchn_alloc_unbound(fe->backend_id, on_event, dev, &dev->port) != 0) {
		printk("pcifront: %s: no event channel\n", fe->node);
		return false;
	}
	dev->has_port = true;
	unmask_evtchn(dev->port);
	memcpy(keys, key_names, sizeof(keys));
	keys[0].number = dev->shared_ref;
	keys[1].number = dev->port;
	return xenbus_frontend_publish(fe, keys, ARRAY_SIZE(keys), XenbusStateInitialised) &&
	       xenbus_frontend_connected(fe) && xenbus_frontend_switch(fe, XenbusStateConnected);
}

struct pcifront_dev *init_pcifront(const char *nodename)
{
	struct pcifront_dev *dev = xmalloc(struct pcifront_dev);

	if (!dev) {
		printk("pcifront: no memory for a device\n");
		return NULL;
	}
	memset(dev, 0, sizeof(*dev));
	init_waitqueue_head(&dev->answered);
	init_MUTEX(&dev->mutex);
	if (!xenbus_frontend_open(&dev->frontend, "pcifront", "pci", nodename)) {
		destroy(dev);
		return NULL;
	}
	if (!connect(dev)) {
		xenbus_frontend_disconnect(&dev->frontend, key_names, ARRAY_SIZE(key_names));
		destroy(dev);
		return NULL;
	}
	return dev;
}

void shutdown_pcifront(struct pcifront_dev *dev)
{
	xenbus_frontend_disconnect(&dev->frontend, key_names, ARRAY_SIZE(key_names));
	destroy(dev);
}

static bool active(const struct pcifront_dev *dev)
{
	return *(volatile uint32_t *)&dev->shared->flags & XEN_PCIF_active;
}

/* Has the backend do an operation; op holds its answer afterwards. Returns the error. */
static int operate(struct pcifront_dev *dev, struct xen_pci_op *op, struct address at)
{
	op->domain = at.domain;
	op->bus = at.bus;
	op->devfn = at.slot << 3 | at.fun;
	op->err = 0;

	down(&dev->mutex);
	dev->shared->op = *op;
	__atomic_fetch_or(&dev->shared->flags, XEN_PCIF_active, __ATOMIC_SEQ_CST);
	notify_remote_via_evtchn(dev->port);
	wait_event(dev->answered, !active(dev));
	rmb();
	*op = dev->shared->op;
	up(&dev->mutex);
	return op->err;
}

int pcifront_conf_read(struct pcifront_dev *dev, unsigned domain, unsigned bus, unsigned slot, unsigned fun,
		       unsigned off, unsigned size, unsigned *value)
{
	struct xen_pci_op op = { .cmd = XEN_PCI_OP_conf_read, .offset = (int32_t)off, .size = (int32_t)size };
	int error = operate(dev, &op, (struct address){ domain, bus, slot, fun });

	if (error == XEN_PCI_ERR_success)
		*value = op.value;
	return error;
}

int pcifront_conf_write(struct pcifront_dev *dev, unsigned domain, unsigned bus, unsigned slot, unsigned fun,
			unsigned off, unsigned size, unsigned value)
{
	struct xen_pci_op op = {
		.cmd = XEN_PCI_OP_conf_write,
		.offset = (int32_t)off,
		.size = (int32_t)size,
		.value = value,
	};

	return operate(dev, &op, (struct address){ domain, bus, slot, fun });
}

int pcifront_enable_msi(struct pcifront_dev *dev, unsigned domain, unsigned bus, unsigned slot, unsigned fun)
{
	struct xen_pci_op op = { .cmd = XEN_PCI_OP_enable_msi };
	int error = operate(dev, &op, (struct address){ domain, bus, slot, fun });

	return error ? error : (int)op.value;
}

int pcifront_disable_msi(struct pcifront_dev *dev, unsigned domain, unsigned bus, unsigned slot, unsigned fun)
{
	struct xen_pci_op op = { .cmd = XEN_PCI_OP_disable_msi };

	return operate(dev, &op, (struct address){ domain, bus, slot, fun });
}

int pcifront_enable_msix(struct pcifront_dev *dev, unsigned domain, unsigned bus, unsigned slot, unsigned fun,
			 struct xen_msix_entry *entries, int n)
{
	struct xen_pci_op op = { .cmd = XEN_PCI_OP_enable_msix };
	int error;

	if (n < 1 || n > SH_INFO_MAX_VEC)
		return XEN_PCI_ERR_op_failed;
	op.value = (uint32_t)n;
	memcpy(op.msix_entries, entries, (size_t)n * sizeof(*entries));
	error = operate(dev, &op, (struct address){ domain, bus, slot, fun });
	/* value is the backend's second word: 0, or how many it could have given */
	if (error || op.value)
		return error ? error : XEN_PCI_ERR_op_failed;
	memcpy(entries, op.msix_entries, (size_t)n * sizeof(*entries));
	return XEN_PCI_ERR_success;
}

int pcifront_disable_msix(struct pcifront_dev *dev, unsigned domain, unsigned bus, unsigned slot, unsigned fun)
{
	struct xen_pci_op op = { .cmd = XEN_PCI_OP_disable_msix };

	return operate(dev, &op, (struct address){ domain, bus, slot, fun });
}

/* The address that the backend has written as kind-number; kind is dev for the host's, vdev for the guest's. */
static bool read_address(const struct pcifront_dev *dev, const char *kind, unsigned number, struct address *at)
{
	char name[sizeof("vdev-4294967295")], *text;
	int fields;

	snprintf(name, sizeof(name), "%s-%u", kind, number);
	text = xenbus_frontend_read_backend(&dev->frontend, name);
	fields = text ? sscanf(text, "%x:%x:%x.%x", &at->domain, &at->bus, &at->slot, &at->fun) : 0;
	free(text);
	return fields == 4;
}

/* The backend's numbers run from 0 below this; a device that has gone leaves a gap. */
static unsigned device_count(const struct pcifront_dev *dev)
{
	return (unsigned)xenbus_frontend_number(&dev->frontend, "num_devs", 0);
}

void pcifront_scan(struct pcifront_dev *dev, void (*func)(unsigned domain, unsigned bus, unsigned slot, unsigned fun))
{
	struct address at;
	unsigned vendor;

	for (unsigned i = 0; i < device_count(dev); i++)
		if (read_address(dev, "vdev", i, &at) &&
		    pcifront_conf_read(dev, at.domain, at.bus, at.slot, at.fun, 0, 2, &vendor) == XEN_PCI_ERR_success &&
		    vendor != 0xffff)
			func(at.domain, at.bus, at.slot, at.fun);
}

int pcifront_physical_to_virtual(struct pcifront_dev *dev, unsigned *domain, unsigned *bus, unsigned *slot,
				 unsigned *fun)
{
	struct address host, guest;

	for (unsigned i = 0; i < device_count(dev); i++) {
		if (!read_address(dev, "dev", i, &host) || host.domain != *domain || host.bus != *bus ||
		    host.slot != *slot || host.fun != *fun || !read_address(dev, "vdev", i, &guest))
			continue;
		*domain = guest.domain;
		*bus = guest.bus;
		*slot = guest.slot;
		*fun = guest.fun;
		return 0;
	}
	return -1;
}
