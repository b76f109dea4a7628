/* The string functions that the framework needs, and those of them that guests like. */
#ifndef TINY_STRING_H
#define TINY_STRING_H

#include <stddef.h>

void *memcpy(void *__restrict to, const void *__restrict from, size_t count);
void *memmove(void *to, const void *from, size_t count);
void *memset(void *to, int byte, size_t count);
int memcmp(const void *left, const void *right, size_t count);

size_t strlen(const char *text);
size_t strnlen(const char *text, size_t limit);
int strcmp(const char *left, const char *right);
int strncmp(const char *left, const char *right, size_t limit);
char *strdup(const char *text);

#endif
