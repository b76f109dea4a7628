/* The states of front ends, as xen/io/xenbus.h has them, and their pages. */
#include "internal.h"
#include "frontend.h"

#include <mini-os/mm.h>

/* Prints and frees the error, if there is one; whether there is none. */
static bool good(const struct xenbus_frontend *fe, const char *doing, const char *what, char *error)
{
	if (error)
		printk("%s: %s: cannot %s %s: %s\n", fe->driver, fe->node ? fe->node : "no device", doing, what, error);
	free(error);
	return !error;
}

static char *read_node(const char *dir, const char *name)
{
	char *path, *value = NULL;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		return NULL;
	free(xenbus_read(XBT_NIL, path, &value));
	free(path);
	return value;
}

char *xenbus_frontend_read(const struct xenbus_frontend *fe, const char *name)
{
	return read_node(fe->node, name);
}

char *xenbus_frontend_read_backend(const struct xenbus_frontend *fe, const char *name)
{
	return read_node(fe->backend, name);
}

unsigned long long xenbus_frontend_number(const struct xenbus_frontend *fe, const char *name,
					  unsigned long long otherwise)
{
	char *end, *value = xenbus_frontend_read_backend(fe, name);
	unsigned long long number;

	if (!value)
		return otherwise;
	number = strtoull(value, &end, 10);
	if (end == value || *end)
		number = otherwise;
	free(value);
	return number;
}

/* The first node of a class, in the order of xenstore. */
static char *first_node(const char *device_class)
{
	char *dir, *node = NULL, **names;

	if (asprintf(&dir, "device/%s", device_class) < 0)
		return NULL;
	free(xenbus_ls(XBT_NIL, dir, &names));
	if (names && names[0] && asprintf(&node, "%s/%s", dir, names[0]) < 0)
		node = NULL;
	free(names);
	free(dir);
	return node;
}

/* Waits for a state from first to last. Unless patient, an end of the backend ends the wait. */
static bool wait_for_backend(struct xenbus_frontend *fe, XenbusState first, XenbusState last, bool patient)
{
	XenbusState state = XenbusStateUnknown;

	for (;;) {
		if (!good(fe, "follow", fe->backend_state,
			  xenbus_wait_for_state_change(fe->backend_state, &state, &fe->events)))
			return false;
		if (state >= first && state <= last)
			return true;
		if (!patient && (state == XenbusStateClosing || state == XenbusStateClosed)) {
			printk("%s: %s: the backend %s has closed\n", fe->driver, fe->node, fe->backend);
			return false;
		}
	}
}

bool xenbus_frontend_switch(struct xenbus_frontend *fe, XenbusState state)
{
	char *path;

	if (asprintf(&path, "%s/state", fe->node) < 0)
		return good(fe, "write", "state", xenbus_error("ENOMEM"));
	if (!good(fe, "write", path, xenbus_switch_state(XBT_NIL, path, state))) {
		free(path);
		return false;
	}
	free(path);
	return true;
}

bool xenbus_frontend_open(struct xenbus_frontend *fe, const char *driver, const char *device_class, const char *node)
{
	char *id;

	*fe = (struct xenbus_frontend){ .driver = driver };
	fe->node = node ? strdup(node) : first_node(device_class);
	if (!fe->node)
		return good(fe, "find", device_class, xenbus_error("ENOENT"));
	fe->backend = xenbus_frontend_read(fe, "backend");
	id = xenbus_frontend_read(fe, "backend-id");
	fe->backend_id = id ? (domid_t)strtoul(id, NULL, 10) : 0;
	if (!fe->backend || !id) {
		free(id);
		return good(fe, "read", "backend, backend-id", xenbus_error("ENOENT"));
	}
	free(id);
	if (asprintf(&fe->backend_state, "%s/state", fe->backend) < 0 ||
	    !good(fe, "watch", fe->backend_state,
		  xenbus_watch_path_token(XBT_NIL, fe->backend_state, fe->node, &fe->events))) {
		free(fe->backend_state);
		fe->backend_state = NULL;
		return false;
	}
	/* after an earlier connection it is the front end's turn to begin again */
	return xenbus_frontend_switch(fe, XenbusStateInitialising) &&
	       wait_for_backend(fe, XenbusStateInitWait, XenbusStateConnected, true);
}

static char *write_keys(const struct xenbus_frontend *fe, xenbus_transaction_t xbt, const struct xenbus_key *keys,
			unsigned count, XenbusState state)
{
	char *error = NULL;

	for (unsigned i = 0; i < count && !error; i++)
		error = keys[i].text ? xenbus_printf(xbt, fe->node, keys[i].name, "%s", keys[i].text)
				     : xenbus_printf(xbt, fe->node, keys[i].name, "%lu", keys[i].number);
	return error ? error : xenbus_printf(xbt, fe->node, "state", "%u", (unsigned)state);
}

bool xenbus_frontend_publish(struct xenbus_frontend *fe, const struct xenbus_key *keys, unsigned count,
			     XenbusState state)
{
	xenbus_transaction_t xbt;
	char *error;
	int retry;

	do {
		if (!good(fe, "write", "nodes", xenbus_transaction_start(&xbt)))
			return false;
		error = write_keys(fe, xbt, keys, count, state);
		if (!good(fe, "write", "nodes", error)) {
			free(xenbus_transaction_end(xbt, 1, &retry));
			return false;
		}
		if (!good(fe, "write", "nodes", xenbus_transaction_end(xbt, 0, &retry)))
			return false;
	} while (retry);
	return true;
}

bool xenbus_frontend_connected(struct xenbus_frontend *fe)
{
	return wait_for_backend(fe, XenbusStateConnected, XenbusStateConnected, false);
}

void xenbus_frontend_disconnect(struct xenbus_frontend *fe, const struct xenbus_key *keys, unsigned count)
{
	if (xenbus_frontend_switch(fe, XenbusStateClosing) &&
	    wait_for_backend(fe, XenbusStateClosing, XenbusStateClosed, true) &&
	    xenbus_frontend_switch(fe, XenbusStateClosed))
		wait_for_backend(fe, XenbusStateClosed, XenbusStateClosed, true);
	for (unsigned i = 0; i < count; i++) {
		char *path;

		if (asprintf(&path, "%s/%s", fe->node, keys[i].name) < 0)
			continue;
		free(xenbus_rm(XBT_NIL, path));
		free(path);
	}
}

void xenbus_frontend_close(struct xenbus_frontend *fe)
{
	if (fe->backend_state)
		free(xenbus_unwatch_path_token(XBT_NIL, fe->backend_state, fe->node));
	free(fe->backend_state);
	free(fe->backend);
	free(fe->node);
}

void *xenbus_frontend_share(const struct xenbus_frontend *fe, int readonly, grant_ref_t *ref)
{
	void *page = alloc_page();

	if (!page)
		return NULL;
	memset(page, 0, PAGE_SIZE);
	*ref = gnttab_grant_access(fe->backend_id, virt_to_mfn(page), readonly);
	if (*ref == GRANT_INVALID_REF) {
		free_page(page);
		return NULL;
	}
	return page;
}

void xenbus_frontend_unshare(const struct xenbus_frontend *fe, void *page, grant_ref_t ref)
{
	if (!page)
		return;
	if (gnttab_end_access(ref))
		free_page(page);
	else
		printk("%s: the backend still uses a page, which stays lost\n", fe->driver);
}
