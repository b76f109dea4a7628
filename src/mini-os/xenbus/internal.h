/* What the files of the xenstore client have in common: transport.c moves messages, the others give them a meaning. */
#ifndef XENBUS_INTERNAL_H
#define XENBUS_INTERNAL_H

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <mini-os/lib.h>
#include <mini-os/os.h>
#include <mini-os/wait.h>
#include <mini-os/xenbus.h>
#include <mini-os/xmalloc.h>
#include <xen/io/xs_wire.h>

/* A piece of a request's payload. */
struct xenbus_piece {
	const void *data;
	size_t len;
};

/* A string and its terminator. */
static inline struct xenbus_piece xenbus_string(const char *text)
{
	return (struct xenbus_piece){ text, strlen(text) + 1 };
}

/*
 * Sends a request and waits for the answer. NULL or an error. With reply not NULL, *reply gets the payload, to be given
 * back with xfree, of *len bytes, behind which there is a terminator.
 */
char *xenbus_request(uint32_t type, xenbus_transaction_t xbt, const struct xenbus_piece *pieces, unsigned count,
		     char **reply, size_t *len);

/* The same for a request that is one path and an answer that says nothing. */
char *xenbus_path_request(uint32_t type, xenbus_transaction_t xbt, const char *path);

/* An error for the caller. */
char *xenbus_error(const char *name);

/* A watch event has come in, in the event handler; text holds path and token and is taken over. */
void xenbus_queue_event(char *text, size_t len);

#endif
