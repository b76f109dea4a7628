/* Requests of the toolstack: it writes a word to control/shutdown in xenstore. */
#include <mini-os/shutdown.h>
#ifdef CONFIG_XENBUS
#include <mini-os/hypervisor.h>
#include <mini-os/lib.h>
#include <mini-os/sched.h>
#include <mini-os/xenbus.h>

static const char path[] = "control/shutdown", token[] = "shutdown";

static const struct {
	const char *word;
	unsigned reason;
} requests[] = {
	{ "poweroff", SHUTDOWN_poweroff },
	{ "halt", SHUTDOWN_poweroff },
	{ "reboot", SHUTDOWN_reboot },
};

/* The watch's events. */
static xenbus_event_queue events;

static void handle_request(const char *word)
{
	for (unsigned i = 0; i < ARRAY_SIZE(requests); i++) {
		if (strcmp(word, requests[i].word))
			continue;
		/* An empty word tells the toolstack that the request has been taken. */
		free(xenbus_write(XBT_NIL, path, ""));
		app_shutdown(requests[i].reason);
		return;
	}
	if (*word)
		printk("Shutdown request %s is not known\n", word);
}

static void watch_requests(void *data)
{
	(void)data;
	for (;;) {
		char *word = NULL, *error;

		xenbus_wait_for_watch(&events);
		error = xenbus_read(XBT_NIL, path, &word);
		if (!error)
			handle_request(word);
		free(error ? error : word);
	}
}

void init_shutdown(void)
{
	char *error;

	xenbus_event_queue_init(&events);
	error = xenbus_watch_path_token(XBT_NIL, path, token, &events);
	if (error || !create_thread("shutdown", watch_requests, NULL))
		printk("Shutdown requests are not heard: %s\n", error ? error : "no memory");
	free(error);
}
#endif
