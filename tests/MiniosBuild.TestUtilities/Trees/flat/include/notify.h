/* Who is told when the guest ends. */
#ifndef NOTIFY_H
#define NOTIFY_H

#include <mini-os/list.h>
#include <mini-os/types.h>

struct notifier {
	void (*call)(struct notifier *notifier);
	PREFIX_LIST_ENTRY(struct notifier) others;
};

void add_notifier(struct notifier *notifier);
unsigned call_notifiers(void);

#endif
