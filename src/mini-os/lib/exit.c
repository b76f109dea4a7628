/* exit ends the guest with that code; abort ends it as one that has gone wrong. There is nothing to flush. */
#include <stdlib.h>

#include <mini-os/kernel.h>

void exit(int status)
{
	kernel_exit(status);
}

void abort(void)
{
	do_exit();
}
