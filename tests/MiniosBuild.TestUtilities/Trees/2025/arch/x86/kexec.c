/* The architecture's part of going on with another kernel. The linker script puts the section into a page of its own. */
#ifdef CONFIG_KEXEC
#include <mini-os/kexec.h>

extern char _kexec_start[], _kexec_end[];

void __attribute__((__section__(".text.kexec"))) kexec_final(char *dst, const char *src, unsigned long size)
{
	while (size--)
		*dst++ = *src++;
}

unsigned long kexec_final_size(void)
{
	return _kexec_end - _kexec_start;
}
#endif
