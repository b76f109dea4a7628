/* Memory from the kernel's heap, and numbers from text. */
#ifndef TINY_STDLIB_H
#define TINY_STDLIB_H

#include <stddef.h>

void *malloc(size_t size);
void free(void *memory);

long strtol(const char *__restrict text, char **__restrict end, int base);
unsigned long strtoul(const char *__restrict text, char **__restrict end, int base);
unsigned long long strtoull(const char *__restrict text, char **__restrict end, int base);

#endif
