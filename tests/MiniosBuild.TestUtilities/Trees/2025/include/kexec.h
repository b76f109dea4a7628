/* Going on with another kernel. */
#ifndef KEXEC_H
#define KEXEC_H

int kexec(const void *kernel, unsigned long size, const char *cmdline);

/* arch/x86/kexec.c: what runs while the image is written over, in one page of its own. */
void kexec_final(char *dst, const char *src, unsigned long size);
unsigned long kexec_final_size(void);

#endif
