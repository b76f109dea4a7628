/* Names of a library with large files, which the kernel is not: nobody defines them. */
#ifndef FCNTL_H
#define FCNTL_H

#define O_RDONLY 0
#define O_RDWR 2

int open(const char *path, int flags, ...) __asm__("open64");
int creat(const char *path, unsigned mode) __asm__("creat64");

#endif
