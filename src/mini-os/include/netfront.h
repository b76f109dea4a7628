/* Network front end: Ethernet frames, copied by the backend, received in event handlers. */
#ifndef MINIOS_NETFRONT_H
#define MINIOS_NETFRONT_H

#include <mini-os/types.h>

#ifdef __cplusplus
extern "C" {
#endif

struct netfront_dev;

/*
 * Connects to a network; nodename is its node, such as "device/vif/0", NULL for the first. on_frame is called for each
 * frame, with interrupts masked, arg NULL at first; if it is NULL, netif_rx is. rawmac (if not NULL) gets the address;
 * *ip (likewise) the IP address of the configuration or NULL, given back with free. NULL, with a message, if it fails.
 */
struct netfront_dev *init_netfront(const char *nodename, void (*on_frame)(unsigned char *data, int len, void *arg),
				   unsigned char rawmac[6], char **ip);

void netfront_set_rx_handler(struct netfront_dev *dev, void (*on_frame)(unsigned char *data, int len, void *arg),
			     void *arg);

/*
 * Sends a frame of at most a page, which has been copied at the return. Waits for a free buffer; where that is not
 * possible, in event handlers, the frame is dropped, as longer ones are.
 */
void netfront_xmit(struct netfront_dev *dev, const unsigned char *data, int len);

/* Closes the connection and frees the device. */
void shutdown_netfront(struct netfront_dev *dev);

/*
 * Hooks: a guest may define its own. netif_rx drops the frame. net_app_main is for the network stack of a guest to call
 * when it is up; it does nothing.
 */
void netif_rx(unsigned char *data, int len, void *arg);
void net_app_main(void *arg, unsigned char *mac);

#ifdef __cplusplus
}
#endif

#endif
