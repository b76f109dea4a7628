/* What all front ends do alike on the way from their node in xenstore to a connected backend and back. */
#ifndef XENBUS_FRONTEND_H
#define XENBUS_FRONTEND_H

#include <mini-os/events.h>
#include <mini-os/gnttab.h>
#include <mini-os/xenbus.h>

struct xenbus_frontend {
	const char *driver;	/* for messages */
	char *node;
	char *backend;		/* its node */
	char *backend_state;	/* the path of its state, which is watched */
	domid_t backend_id;
	xenbus_event_queue events;
};

/* A node to be written: text, or number if text is NULL. */
struct xenbus_key {
	const char *name;
	const char *text;
	unsigned long number;
};

/*
 * Finds the backend of a node (NULL: the first of that class, such as "vbd") and waits until it is ready for a front
 * end. These return whether all went well; if not, they have said what was wrong, and xenbus_frontend_close is still
 * to be called.
 */
bool xenbus_frontend_open(struct xenbus_frontend *fe, const char *driver, const char *device_class, const char *node);

/* Writes keys and state in one transaction. */
bool xenbus_frontend_publish(struct xenbus_frontend *fe, const struct xenbus_key *keys, unsigned count,
			     XenbusState state);

/* Waits until the backend is connected. */
bool xenbus_frontend_connected(struct xenbus_frontend *fe);

bool xenbus_frontend_switch(struct xenbus_frontend *fe, XenbusState state);

/* Takes leave of the backend, such that nothing is shared any more, and removes the keys. */
void xenbus_frontend_disconnect(struct xenbus_frontend *fe, const struct xenbus_key *keys, unsigned count);

/* Frees what open has made. */
void xenbus_frontend_close(struct xenbus_frontend *fe);

/* The value of name in the front end's own node or that of the backend, NULL if there is none: freed by the caller. */
char *xenbus_frontend_read(const struct xenbus_frontend *fe, const char *name);
char *xenbus_frontend_read_backend(const struct xenbus_frontend *fe, const char *name);

/* A number of the backend, or otherwise. */
unsigned long long xenbus_frontend_number(const struct xenbus_frontend *fe, const char *name,
					  unsigned long long otherwise);

/* A new, clear page that the backend may use; ref gets its grant. NULL if memory is short. */
void *xenbus_frontend_share(const struct xenbus_frontend *fe, int readonly, grant_ref_t *ref);

/* The opposite; a page that the backend will not let go is lost, with a message. NULL is ignored. */
void xenbus_frontend_unshare(const struct xenbus_frontend *fe, void *page, grant_ref_t ref);

#endif
