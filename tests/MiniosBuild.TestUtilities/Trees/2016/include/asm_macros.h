/* Macros of assembly files. */
#ifndef ASM_MACROS_H
#define ASM_MACROS_H

#if defined(__i386__) || defined(__x86_64__)
#include <x86/asm_macros.h>
#endif

#endif
