/* What front ends do with nodes: waiting for values and states, and changing their own state. */
#include "internal.h"

char *xenbus_wait_for_value(const char *path, const char *value, xenbus_event_queue *events)
{
	for (;;) {
		char *now, *error = xenbus_read(XBT_NIL, path, &now);
		bool equal;

		if (error)
			return error;
		equal = strcmp(now, value) == 0;
		free(now);
		if (equal)
			return NULL;
		xenbus_wait_for_watch(events);
	}
}

char *xenbus_wait_for_state_change(const char *path, XenbusState *state, xenbus_event_queue *events)
{
	for (;;) {
		char *value, *error = xenbus_read(XBT_NIL, path, &value);
		XenbusState now;

		if (error)
			return error;
		now = (XenbusState)strtoul(value, NULL, 10);
		free(value);
		if (now != *state) {
			*state = now;
			return NULL;
		}
		xenbus_wait_for_watch(events);
	}
}

static char *change_state(xenbus_transaction_t xbt, const char *path, XenbusState state)
{
	char text[12], *value, *error = xenbus_read(xbt, path, &value);
	bool same;

	if (error)
		return error;
	same = strtoul(value, NULL, 10) == (unsigned long)state;
	free(value);
	if (same)
		return NULL;
	snprintf(text, sizeof(text), "%u", (unsigned)state);
	return xenbus_write(xbt, path, text);
}

char *xenbus_switch_state(xenbus_transaction_t xbt, const char *path, XenbusState state)
{
	char *error, *end_error;
	int retry;

	if (xbt != XBT_NIL)
		return change_state(xbt, path, state);
	/* without a transaction the write could bring back a node that the toolstack has just removed */
	do {
		error = xenbus_transaction_start(&xbt);
		if (error)
			return error;
		error = change_state(xbt, path, state);
		end_error = xenbus_transaction_end(xbt, error != NULL, &retry);
		if (error) {
			free(end_error);
			return error;
		}
	} while (retry);
	return end_error;
}
