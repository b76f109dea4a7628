/* What a network stack asks of the kernel. */
#include <lwip/sys.h>

void sys_init(void)
{
}
