/* What is on the stacks of threads. */
#ifndef ARCH_X86_STACK_H
#define ARCH_X86_STACK_H

#include <mini-os/types.h>

struct thread;

void dump_stack_from(unsigned long sp, unsigned long rip);

/* vector.c: whether a trap was for want of the vector registers, which can now be used; before a switch, interrupts masked. */
bool vector_trap(void);
void vector_switch(struct thread *next);
void vector_forget(struct thread *thread);

/* Bytes at the top of each stack for the state of vector registers, a multiple of 64. */
unsigned long vector_space(void);

#endif
