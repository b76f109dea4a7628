/* Whom the guest runs on. */
#include <mini-os/hypervisor.h>
#include <xen/version.h>

int xenos_version(void)
{
	return HYPERVISOR_xen_version(XENVER_version, NULL);
}
