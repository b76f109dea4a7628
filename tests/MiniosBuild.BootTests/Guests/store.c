/* Answers a question that comes through xenstore, in capitals. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <mini-os/kernel.h>
#include <mini-os/lib.h>
#include <mini-os/xenbus.h>

static int failed(const char *what, char *error)
{
	minios_printk("%s: %s\n", what, error);
	free(error);
	return 1;
}

int app_main(start_info_t *si)
{
	xenbus_event_queue events;
	char *error, *value;

	(void)si;
	if ((error = xenbus_read(MINIOS_XBT_NIL, "name", &value)))
		return failed("name", error);
	minios_printk("my name is %s\n", value);
	free(value);

	error = xenbus_read(MINIOS_XBT_NIL, "data/nothing", &value);
	minios_printk("data/nothing: %s\n", error ? error : "is there");
	free(error ? error : value);

	xenbus_event_queue_init(&events);
	if ((error = xenbus_watch_path_token(MINIOS_XBT_NIL, "data/question", "question", &events)))
		return failed("watch", error);
	minios_printk("waiting for data/question\n");
	for (;;) {
		xenbus_wait_for_watch(&events);
		error = xenbus_read(MINIOS_XBT_NIL, "data/question", &value);
		if (!error)
			break;
		free(error);
	}
	for (char *letter = value; *letter; letter++)
		*letter = toupper((unsigned char)*letter);
	if ((error = xenbus_write(MINIOS_XBT_NIL, "data/answer", value)))
		return failed("answer", error);
	free(value);
	return 0;
}
