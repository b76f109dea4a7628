#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/util.h>
#include <stdio.h>
#include <unistd.h>

static void on_event(evutil_socket_t fd, short what, void *data)
{
	char byte = 0;

	if ((what & EV_READ) && read(fd, &byte, 1) == 1)
		printf("read %c ", byte);
	else
		event_base_loopbreak(data);
}

void USE(void)
{
	struct event_base *base = event_base_new();
	struct evbuffer *buffer = evbuffer_new();
	struct timeval soon = { 0, 50000 };
	evutil_socket_t pair[2];
	struct event *reading, *timer;

	evutil_socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	reading = event_new(base, pair[0], EV_READ, on_event, base);
	timer = evtimer_new(base, on_event, base);
	event_add(reading, NULL);
	evtimer_add(timer, &soon);
	printf("%d ", (int)write(pair[1], "e", 1));
	printf("%d ", event_base_dispatch(base));
	evbuffer_add_printf(buffer, "%d-%s", 3, "three");
	printf("%zu %d\n", evbuffer_get_length(buffer), event_base_got_break(base));
	event_free(reading);
	event_free(timer);
	evbuffer_free(buffer);
	event_base_free(base);
	evutil_closesocket(pair[0]);
	evutil_closesocket(pair[1]);
}
