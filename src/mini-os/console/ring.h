/* Between the files of the console. */
#ifndef CONSOLE_RING_H
#define CONSOLE_RING_H

#include <mini-os/events.h>

struct xencons_interface;

struct xencons_interface *xencons_ring(void);

/* Bytes of output that the daemon has not read yet; how many more there is room for. */
unsigned xencons_ring_unsent(void);
unsigned xencons_ring_room(void);

/* The port is the toolstack's, and stays open. */
void xencons_ring_open(void *page, evtchn_port_t port, evtchn_handler_t handler);
void xencons_ring_close(void);

#endif
