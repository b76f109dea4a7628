/* Going on with another kernel: it is put where this one ends. */
#ifndef CONFIG_KEXEC
#error "kexec.c is compiled without its switch"
#endif
#include <errno.h>
#include <mini-os/export.h>
#include <mini-os/kexec.h>
#include <mini-os/lib.h>
#include <mini-os/mm.h>

extern char _end[];

int kexec(const void *kernel, unsigned long size, const char *cmdline)
{
	if (!size || !cmdline || kexec_final_size() > PAGE_SIZE)
		return -EINVAL;
	kexec_final(_end, kernel, size);
	return 0;
}
EXPORT_SYMBOL(kexec);
