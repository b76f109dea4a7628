/*
 * Reads two lines from the console, each in a thread of its own, the first byte by byte; ends with the count of their
 * letters, or from 100 on if something is not as it should be.
 */
#include <string.h>
#include <mini-os/console.h>
#include <mini-os/events.h>
#include <mini-os/lib.h>
#include <mini-os/sched.h>
#include <mini-os/semaphore.h>

static struct minios_semaphore done;
static unsigned letters;

static void read_line(void *data)
{
	char line[64];
	unsigned length = 0;

	do {
		int count = minios_console_read(line + length, letters ? sizeof(line) - length : 1);

		if (count <= 0 || minios_in_event_handler())
			minios_kernel_exit(100);
		length += count;
	} while (line[length - 1] != '\n');
	line[length - 1] = 0;
	minios_printk("%s has read [%s]\n", (const char *)data, line);
	letters += length - 1;
	minios_up(&done);
}

int app_main(start_info_t *si)
{
	(void)si;
	if (minios_console_read(NULL, 0) != 0)
		return 101;
	minios_init_SEMAPHORE(&done, 0);
	for (unsigned i = 0; i < 2; i++) {
		minios_create_thread("reader", read_line, i ? "the second" : "the first");
		minios_schedule();
		minios_printk("%s line is waited for\n", i ? "another" : "a");
		minios_down(&done);
	}
	return letters;
}
