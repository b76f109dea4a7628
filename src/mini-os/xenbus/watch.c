/*
 * Watches. Events are queued by the event handler, so the lists are touched only with interrupts masked. Events that no
 * longer have a watch are dropped.
 */
#include "internal.h"

struct watch {
	struct watch *next;
	xenbus_event_queue *events;
	const char *path; /* both behind the structure */
	const char *token;
};

static struct watch *watches;
static xenbus_event_queue common;
static DECLARE_WAIT_QUEUE_HEAD(arrived);

static bool covers(const struct watch *watch, const char *path, const char *token)
{
	size_t n = strlen(watch->path);

	if (strcmp(watch->token, token) != 0 || strncmp(watch->path, path, n) != 0)
		return false;
	return path[n] == 0 || path[n] == '/' || (n > 0 && path[n - 1] == '/');
}

/* With interrupts masked. NULL if there is no watch for it. */
static struct watch *find(const char *path, const char *token)
{
	struct watch *watch = watches;

	while (watch && !covers(watch, path, token))
		watch = watch->next;
	return watch;
}

void xenbus_queue_event(char *text, size_t len)
{
	size_t path_len = strnlen(text, len);
	struct xenbus_event *event;
	struct watch *watch;
	xenbus_event_queue *end;

	if (path_len == len) {
		printk("xenbus: a watch event without token: %s\n", text);
		xfree(text);
		return;
	}
	watch = find(text, text + path_len + 1);
	event = watch ? _xmalloc(sizeof(*event) + len + 1, __alignof__(*event)) : NULL;
	if (event) {
		event->path = (char *)(event + 1);
		event->token = event->path + path_len + 1;
		event->next = NULL;
		memcpy(event->path, text, len + 1);
		for (end = watch->events; *end; end = &(*end)->next)
			;
		*end = event;
		wake_up(&arrived);
	} else if (watch) {
		printk("xenbus: no memory for the event of %s\n", text);
	}
	xfree(text);
}

static char *watch_request(uint32_t type, const char *path, const char *token)
{
	struct xenbus_piece pieces[] = { xenbus_string(path), xenbus_string(token) };

	return xenbus_request(type, XBT_NIL, pieces, ARRAY_SIZE(pieces), NULL, NULL);
}

/* Takes away a watch and its events. */
static void forget(const char *path, const char *token)
{
	struct watch **link = &watches, *watch;
	unsigned long flags;

	local_irq_save(flags);
	while (*link && (strcmp((*link)->path, path) != 0 || strcmp((*link)->token, token) != 0))
		link = &(*link)->next;
	watch = *link;
	if (watch) {
		*link = watch->next;
		for (xenbus_event_queue *event = watch->events; *event;) {
			struct xenbus_event *found = *event;

			if (!covers(watch, found->path, found->token)) {
				event = &found->next;
				continue;
			}
			*event = found->next;
			xfree(found);
		}
		xfree(watch);
	}
	local_irq_restore(flags);
}

char *xenbus_watch_path_token(xenbus_transaction_t xbt, const char *path, const char *token, xenbus_event_queue *events)
{
	size_t path_size = strlen(path) + 1, token_size = strlen(token) + 1;
	struct watch *watch = _xmalloc(sizeof(*watch) + path_size + token_size, __alignof__(*watch));
	unsigned long flags;
	char *copy, *error;

	(void)xbt;
	if (!watch)
		return xenbus_error("ENOMEM");
	copy = (char *)(watch + 1);
	watch->path = memcpy(copy, path, path_size);
	watch->token = memcpy(copy + path_size, token, token_size);
	watch->events = events ? events : &common;

	/* the first event comes before the answer */
	local_irq_save(flags);
	watch->next = watches;
	watches = watch;
	local_irq_restore(flags);
	error = watch_request(XS_WATCH, path, token);
	if (error)
		forget(path, token);
	return error;
}

char *xenbus_unwatch_path_token(xenbus_transaction_t xbt, const char *path, const char *token)
{
	char *error = watch_request(XS_UNWATCH, path, token);

	(void)xbt;
	forget(path, token);
	return error;
}

static struct xenbus_event *next_event(xenbus_event_queue *events)
{
	struct xenbus_event *event;
	unsigned long flags;

	if (!events)
		events = &common;
	wait_event(arrived, *(struct xenbus_event *volatile *)events);
	local_irq_save(flags);
	event = *events;
	*events = event->next;
	local_irq_restore(flags);
	return event;
}

void xenbus_wait_for_watch(xenbus_event_queue *events)
{
	xfree(next_event(events));
}

char **xenbus_wait_for_watch_return(xenbus_event_queue *events)
{
	struct xenbus_event *event = next_event(events);
	size_t path_size = strlen(event->path) + 1, token_size = strlen(event->token) + 1;
	char **result = malloc(2 * sizeof(char *) + path_size + token_size);

	if (result) {
		result[0] = memcpy((char *)(result + 2), event->path, path_size);
		result[1] = memcpy(result[0] + path_size, event->token, token_size);
	}
	xfree(event);
	return result;
}
