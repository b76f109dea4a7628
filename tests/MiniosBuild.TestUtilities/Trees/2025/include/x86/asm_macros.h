/* Nothing of the architecture's own. */
#ifndef X86_ASM_MACROS_H
#define X86_ASM_MACROS_H

#include <asm_macros.h>

#endif
