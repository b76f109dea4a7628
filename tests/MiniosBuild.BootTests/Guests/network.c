/* Asks by ARP (RFC 826) for the Ethernet address of 192.0.2.1 until it is told. */
#include <string.h>
#include <mini-os/kernel.h>
#include <mini-os/lib.h>
#include <mini-os/netfront.h>
#include <mini-os/sched.h>

struct arp_frame {
	uint8_t to[6], from[6];
	uint8_t type[2];
	uint8_t hardware[2], protocol[2], hardware_length, protocol_length, operation[2];
	uint8_t sender_mac[6], sender_ip[4], target_mac[6], target_ip[4];
};

enum { OPERATION_REPLY = 2 };

static const uint8_t own_ip[4] = { 192, 0, 2, 2 }, other_ip[4] = { 192, 0, 2, 1 };

static volatile bool answered;
static uint8_t other_mac[6];

static void on_frame(unsigned char *data, int len, void *arg)
{
	const struct arp_frame *frame = (const struct arp_frame *)data;

	(void)arg;
	if (len < (int)sizeof(*frame) || frame->type[0] != 0x08 || frame->type[1] != 0x06 ||
	    frame->operation[1] != OPERATION_REPLY || memcmp(frame->sender_ip, other_ip, 4))
		return;
	memcpy(other_mac, frame->sender_mac, 6);
	answered = true;
}

int app_main(start_info_t *si)
{
	struct arp_frame request = {
		.to = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
		.type = { 0x08, 0x06 },
		.hardware = { 0, 1 },
		.protocol = { 0x08, 0x00 },
		.hardware_length = 6,
		.protocol_length = 4,
		.operation = { 0, 1 },
	};
	struct netfront_dev *network;
	unsigned char mac[6];

	(void)si;
	network = netfront_init(NULL, on_frame, mac, NULL);
	if (!network)
		return 100;
	memcpy(request.from, mac, 6);
	memcpy(request.sender_mac, mac, 6);
	memcpy(request.sender_ip, own_ip, 4);
	memcpy(request.target_ip, other_ip, 4);

	for (int tries = 0; tries < 3000 && !answered; tries++) {
		netfront_xmit(network, (const unsigned char *)&request, sizeof(request));
		minios_msleep(100);
	}
	netfront_shutdown(network);
	if (!answered)
		return 1;
	minios_printk("192.0.2.1 is at %02x:%02x:%02x:%02x:%02x:%02x\n", other_mac[0], other_mac[1], other_mac[2],
		      other_mac[3], other_mac[4], other_mac[5]);
	return 0;
}
