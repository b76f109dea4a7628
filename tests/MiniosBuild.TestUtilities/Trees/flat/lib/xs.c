/* Xenstore under the names of its own library. */
#ifndef CONFIG_XENBUS
#error "lib/xs.c is compiled without xenbus"
#endif
#include <strings.h>
#include <mini-os/lib.h>
#include <mini-os/xenbus.h>

struct xs_handle;

void *xs_read(struct xs_handle *handle, xenbus_transaction_t transaction, const char *path, unsigned *len);

void *xs_read(struct xs_handle *handle, xenbus_transaction_t transaction, const char *path, unsigned *len)
{
	char *value = NULL, *error = xenbus_read(transaction, path, &value);

	(void)handle;
	free(error);
	*len = value ? strlen(value) : 0;
	return value;
}
