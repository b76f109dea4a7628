/*
 * Xenstore client. Its functions wait, asleep, for the answer of xenstore: they are for threads, of which several may
 * wait at once.
 *
 * Those that return char * return NULL, or the name of an error ("ENOENT"). Errors, values and lists belong to the
 * caller, who gives each of them back with one free.
 */
#ifndef MINIOS_XENBUS_H
#define MINIOS_XENBUS_H

#include <mini-os/types.h>
#include <xen/xen.h>
#include <xen/io/xenbus.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef unsigned long xenbus_transaction_t;
#define XBT_NIL ((xenbus_transaction_t)0)

/* What a watch has seen. */
struct xenbus_event {
	char *path;
	char *token;
	struct xenbus_event *next;
};

/* Events of one or more watches, oldest first; NULL is the empty queue. Functions given NULL use a common one. */
typedef struct xenbus_event *xenbus_event_queue;

static inline void xenbus_event_queue_init(xenbus_event_queue *events)
{
	*events = NULL;
}

/* Connects to xenstore. No request may be under way when fini_xenbus is called. */
void init_xenbus(void);
void fini_xenbus(void);

/* The value, terminated. */
char *xenbus_read(xenbus_transaction_t xbt, const char *path, char **value);
char *xenbus_write(xenbus_transaction_t xbt, const char *path, const char *value);

/* Writes dir/node as printf does. */
char *xenbus_printf(xenbus_transaction_t xbt, const char *dir, const char *node, const char *fmt, ...)
	__attribute__((__format__(__printf__, 4, 5)));

/* The names of the children, then NULL: one allocation. */
char *xenbus_ls(xenbus_transaction_t xbt, const char *path, char ***contents);
char *xenbus_rm(xenbus_transaction_t xbt, const char *path);

/* The permissions' first entry, such as "b0"; set makes dom the owner and gives all others perm (n, r, w or b). */
char *xenbus_get_perms(xenbus_transaction_t xbt, const char *path, char **value);
char *xenbus_set_perms(xenbus_transaction_t xbt, const char *path, domid_t dom, char perm);

/* A value that is a decimal number; -1 if there is none. */
int xenbus_read_integer(const char *path);

/* The guest's own domain, DOMID_INVALID if xenstore does not tell. */
domid_t xenbus_get_self_id(void);

/* *retry says that others came in between and that the transaction is to be made again from its start. */
char *xenbus_transaction_start(xenbus_transaction_t *xbt);
char *xenbus_transaction_end(xenbus_transaction_t xbt, int abandon, int *retry);

/*
 * Watches: an event is queued at once and for each change at or below path. A pair of path and token is watched once
 * at a time; after unwatch the queue holds no events of it. Watches are outside of transactions: xbt is not used.
 */
char *xenbus_watch_path_token(xenbus_transaction_t xbt, const char *path, const char *token,
			      xenbus_event_queue *events);
char *xenbus_unwatch_path_token(xenbus_transaction_t xbt, const char *path, const char *token);

/*
 * Waits for an event and takes it off the queue. The second form returns path and token in one allocation, or NULL if
 * memory is short.
 */
void xenbus_wait_for_watch(xenbus_event_queue *events);
char **xenbus_wait_for_watch_return(xenbus_event_queue *events);

/* Wait until a watched node has the value; until it holds another state than *state, which is set to it. */
char *xenbus_wait_for_value(const char *path, const char *value, xenbus_event_queue *events);
char *xenbus_wait_for_state_change(const char *path, XenbusState *state, xenbus_event_queue *events);

/* Writes the state, if the node exists and holds another. */
char *xenbus_switch_state(xenbus_transaction_t xbt, const char *path, XenbusState state);

#ifdef __cplusplus
}
#endif

#endif
