/* The guest's consoles besides the first. */
#ifndef CONFIG_XENBUS
#error "the consoles are compiled without xenbus"
#endif
#include <stdlib.h>
#include <sys/queue.h>
#include <mini-os/console.h>
#include <mini-os/lib.h>
#include <mini-os/xenbus.h>

struct consfront_dev {
	const char *node;
	SLIST_ENTRY(consfront_dev) others;
};

static SLIST_HEAD(consoles, consfront_dev) consoles;

int init_consfront(void)
{
	char **nodes = NULL, *error = xenbus_ls(XBT_NIL, "device/console", &nodes);
	int count = 0;

	free(error);
	for (; nodes && nodes[count]; count++) {
		struct consfront_dev *dev = malloc(sizeof(*dev));

		if (!dev)
			break;
		dev->node = nodes[count];
		SLIST_INSERT_HEAD(&consoles, dev, others);
	}
	return count;
}
