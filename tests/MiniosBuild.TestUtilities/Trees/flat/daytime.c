/* A server of the time, for a tree with a network stack beside it. */
#include <lwip/api.h>

void run_server(void *p)
{
	netconn_new(NETCONN_TCP);
}
