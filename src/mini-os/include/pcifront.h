/* PCI front end: the devices that the toolstack passed to the guest, through the backend's configuration space. */
#ifndef MINIOS_PCIFRONT_H
#define MINIOS_PCIFRONT_H

#include <mini-os/types.h>
#include <xen/io/pciif.h>

#ifdef __cplusplus
extern "C" {
#endif

struct pcifront_dev;

/* Connects to the bus; nodename is its node, NULL for "device/pci/0". NULL, with a message, if it fails. */
struct pcifront_dev *init_pcifront(const char *nodename);

/* Closes the connection and frees the device. */
void shutdown_pcifront(struct pcifront_dev *dev);

/* Calls func for each device that the backend lists and that answers. */
void pcifront_scan(struct pcifront_dev *dev, void (*func)(unsigned domain, unsigned bus, unsigned slot, unsigned fun));

/* From the place of a device on the host, given in the four, to its place on this bus. 0, or -1 if it is not here. */
int pcifront_physical_to_virtual(struct pcifront_dev *dev, unsigned *domain, unsigned *bus, unsigned *slot,
				 unsigned *fun);

/* All that follow return 0 or a negative XEN_PCI_ERR_*. size is 1, 2 or 4 bytes, off a multiple of it. */
int pcifront_conf_read(struct pcifront_dev *dev, unsigned domain, unsigned bus, unsigned slot, unsigned fun,
		       unsigned off, unsigned size, unsigned *value);
int pcifront_conf_write(struct pcifront_dev *dev, unsigned domain, unsigned bus, unsigned slot, unsigned fun,
			unsigned off, unsigned size, unsigned value);

/* Message signalled interrupt; if it succeeds the physical interrupt, for bind_pirq, is returned. */
int pcifront_enable_msi(struct pcifront_dev *dev, unsigned domain, unsigned bus, unsigned slot, unsigned fun);
int pcifront_disable_msi(struct pcifront_dev *dev, unsigned domain, unsigned bus, unsigned slot, unsigned fun);

/* The same for n (1-SH_INFO_MAX_VEC) entries of the device's table, each of which gets its vector. */
int pcifront_enable_msix(struct pcifront_dev *dev, unsigned domain, unsigned bus, unsigned slot, unsigned fun,
			 struct xen_msix_entry *entries, int n);
int pcifront_disable_msix(struct pcifront_dev *dev, unsigned domain, unsigned bus, unsigned slot, unsigned fun);

#ifdef __cplusplus
}
#endif

#endif
