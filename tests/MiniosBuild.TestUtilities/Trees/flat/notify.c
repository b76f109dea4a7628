/* Who is told when the guest ends: a list of the generated header. */
#include <limits.h>
#include <mini-os/notify.h>

PREFIX_LIST_HEAD(notifier_list, struct notifier);
static struct notifier_list notifiers;

void add_notifier(struct notifier *notifier)
{
	PREFIX_LIST_INSERT_HEAD(&notifiers, notifier, others);
}

unsigned call_notifiers(void)
{
	struct notifier *notifier;
	unsigned called = 0;

	PREFIX_LIST_FOREACH(notifier, &notifiers, others) {
		if (called == UINT_MAX)
			break;
		notifier->call(notifier);
		called++;
	}
	return called;
}
