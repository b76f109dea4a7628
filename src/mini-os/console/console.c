/* The guest's console: the ring as a domU, the hypervisor's console as initial domain and until the ring is there. */
#include <mini-os/console.h>
#include <mini-os/events.h>
#include <mini-os/lib.h>
#include <mini-os/mm.h>
#include <mini-os/os.h>
#include <mini-os/wait.h>
#include "ring.h"

/* The port of input from the hypervisor's console, as initial domain; else 0. */
static evtchn_port_t hypervisor_port;

/* For how long output waits for a daemon that reads nothing, before it is dropped: dom0 may have much to do. */
#define PATIENCE	SECONDS(10)
#define NAP		MILLISECS(1)

/* Output has been dropped: it waits no more, until something is read again. */
static bool dropping;

/* Threads that wait for room in the ring, and for input. */
static DECLARE_WAIT_QUEUE_HEAD(room);
static DECLARE_WAIT_QUEUE_HEAD(input);

/* The default hook is never called: input stays where it is until somebody reads it. */
static void leave_input(char *buf, unsigned len)
{
	(void)buf, (void)len;
}

__attribute__((weak, alias("leave_input"))) void console_input(char *buf, unsigned len);

/* What is there of input, without waiting; 0 or less if there is none. */
static int receive(char *buf, unsigned len)
{
	if (xencons_ring())
		return xencons_ring_recv(NULL, buf, len);
	return HYPERVISOR_console_io(CONSOLEIO_read, len, buf);
}

static void take_input(void)
{
	char buf[64];
	int len;

	wake_up(&input);
	while (console_input != leave_input && (len = receive(buf, sizeof(buf))) > 0)
		console_input(buf, len);
}

static void ring_handler(evtchn_port_t port, struct pt_regs *regs, void *data)
{
	(void)port, (void)regs, (void)data;
	wake_up(&room);
	take_input();
}

static void hypervisor_handler(evtchn_port_t port, struct pt_regs *regs, void *data)
{
	(void)port, (void)regs, (void)data;
	take_input();
}

int console_read(char *buf, unsigned len)
{
	int received;

	if (!len || !(hypervisor_port || xencons_ring()))
		return 0;
	wait_event(input, (received = receive(buf, len)) > 0);
	return received;
}

/* Sleeps in the hypervisor; for where threads cannot wait. */
static void nap(void)
{
	struct sched_poll poll = { .timeout = NOW() + NAP };

	HYPERVISOR_sched_op(SCHEDOP_poll, &poll);
}

static void wait_for_room(s_time_t deadline)
{
	struct thread *thread = get_current();

	if (thread && thread->stack && !irqs_disabled() && !in_event_handler())
		wait_event_deadline(room, xencons_ring_room(), deadline);
	else
		nap();
}

static void ring_write(const char *data, unsigned len)
{
	s_time_t deadline = NOW() + PATIENCE;

	while (len) {
		unsigned sent = xencons_ring_send(NULL, data, len);

		if (sent) {
			deadline = NOW() + PATIENCE;
			dropping = false;
		} else if (dropping || NOW() >= deadline) {
			dropping = true;
			return;
		} else {
			wait_for_room(deadline);
		}
		data += sent;
		len -= sent;
	}
}

/* A newline alone does not begin a line on a terminal. */
static void ring_print(const char *data, int length)
{
	int start = 0;

	for (int i = 0; i < length; i++) {
		if (data[i] != '\n')
			continue;
		ring_write(data + start, i - start);
		ring_write("\r\n", 2);
		start = i + 1;
	}
	ring_write(data + start, length - start);
}

void console_print(struct consfront_dev *dev, const char *data, int length)
{
	(void)dev;
	if (xencons_ring())
		ring_print(data, length);
	else
		HYPERVISOR_console_io(CONSOLEIO_write, length, (char *)data);
}

static void init_hypervisor_console(void)
{
	hypervisor_port = bind_virq(VIRQ_CONSOLE, hypervisor_handler, NULL);
	if (hypervisor_port == (evtchn_port_t)-1)
		hypervisor_port = 0;	/* no input, then */
	else
		unmask_evtchn(hypervisor_port);
}

void init_console(void)
{
	const start_info_t *si = get_start_info();

	if (si->flags & SIF_INITDOMAIN)
		init_hypervisor_console();
	else if (si->console.domU.evtchn)
		xencons_ring_open(mfn_to_virt(si->console.domU.mfn), si->console.domU.evtchn, ring_handler);
}

void fini_console(struct consfront_dev *dev)
{
	s_time_t deadline = NOW() + PATIENCE;

	(void)dev;
	if (hypervisor_port)
		unbind_evtchn(hypervisor_port);
	hypervisor_port = 0;
	if (!xencons_ring())
		return;
	/* What the daemon has not read when the domain is gone is lost. */
	while (xencons_ring_unsent() && !dropping && NOW() < deadline)
		nap();
	xencons_ring_close();
}
