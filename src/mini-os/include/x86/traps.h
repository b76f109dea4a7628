/* The registers as the entry code saves them. */
#ifndef MINIOS_TRAPS_H
#define MINIOS_TRAPS_H

#ifdef __cplusplus
extern "C" {
#endif

struct pt_regs {
	unsigned long r15, r14, r13, r12, rbp, rbx, r11, r10, r9, r8, rax, rcx, rdx, rsi, rdi;
	unsigned long orig_rax;		/* trap: error code; event: ~0 */
	unsigned long rip, cs, eflags, rsp, ss;
};

void dump_regs(const struct pt_regs *regs);

#ifdef __cplusplus
}
#endif

#endif
