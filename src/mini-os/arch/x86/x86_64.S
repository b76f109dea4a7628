/*
 * The entry object: ELF notes, start, hypercall page, entries from Xen, switch of threads. Xen enters event handlers and
 * traps on the kernel's own stack with rcx and r11 on top of the frame that the processor would make.
 */
#include <mini-os/arch_mm.h>
#include <mini-os/arch_sched.h>
#include <xen/elfnote.h>
#include <xen/xen.h>

.macro NOTE type, desc:vararg
	.pushsection .note.Xen, "a", @note
	.balign 4
	.long 2f - 1f, 4f - 3f, \type
1:	.asciz "Xen"
2:	.balign 4
3:	\desc
4:	.balign 4
	.popsection
.endm

	NOTE XEN_ELFNOTE_GUEST_OS, .asciz "Mini-OS"
	NOTE XEN_ELFNOTE_LOADER, .asciz "generic"
	NOTE XEN_ELFNOTE_XEN_VERSION, .asciz "xen-3.0"
	NOTE XEN_ELFNOTE_VIRT_BASE, .quad 0
	NOTE XEN_ELFNOTE_ENTRY, .quad _start
	NOTE XEN_ELFNOTE_HYPERCALL_PAGE, .quad hypercall_page

	.text
	.globl _start, hypercall_page
	.type _start, @function
	.type hypercall_page, @function

_start:
	cld
	movq $boot_stack_end, %rsp
	xorl %ebp, %ebp
	movq %rsi, %rdi
	call arch_start
	ud2
	.size _start, . - _start

	.balign 1 << PAGE_SHIFT
hypercall_page:
	.fill 1 << PAGE_SHIFT, 1, 0xcc
	.size hypercall_page, 1 << PAGE_SHIFT

/* struct pt_regs, from the error code down. */
.macro SAVE_ALL_BUT_RDI
	pushq %rsi
	pushq %rdx
	pushq %rcx
	pushq %rax
	pushq %r8
	pushq %r9
	pushq %r10
	pushq %r11
	pushq %rbx
	pushq %rbp
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
.endm

/* Calls a C function with the registers as first argument, on an aligned stack; rbx is saved and kept by C. */
.macro CALL_C function
	movq %rsp, %rdi
	movq %rsp, %rbx
	andq $-16, %rsp
	cld
	call \function
	movq %rbx, %rsp
.endm

/*
 * Back to what was interrupted. Restoring the mask and returning must be one step, or else events that come between the
 * two would pile up frames on the stack: Xen does it in this hypercall. Its entry is jumped to and pushes rcx, r11, rax.
 */
return_from_xen:
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %rbp
	popq %rbx
	popq %r11
	popq %r10
	popq %r9
	popq %r8
	popq %rax
	popq %rcx
	popq %rdx
	popq %rsi
	popq %rdi
	movq $0, (%rsp)
	jmp hypercall_page + __HYPERVISOR_iret * 32

	.globl hypervisor_callback
	.type hypervisor_callback, @function
hypervisor_callback:
	movq (%rsp), %rcx
	movq 8(%rsp), %r11
	addq $8, %rsp
	movq $-1, (%rsp)
	pushq %rdi
	SAVE_ALL_BUT_RDI
	CALL_C arch_handle_events
	jmp return_from_xen
	.size hypervisor_callback, . - hypervisor_callback

/*
 * Xen could not reload the segment registers, whose values follow r11, or could not return at all. The kernel uses none
 * of them: with any of them set, return without; else the frame itself is bad.
 */
	.globl failsafe_callback
	.type failsafe_callback, @function
failsafe_callback:
	movq (%rsp), %rcx
	movq 8(%rsp), %r11
	pushq %rax
	movl 24(%rsp), %eax
	orl 32(%rsp), %eax
	orl 40(%rsp), %eax
	orl 48(%rsp), %eax
	testw %ax, %ax
	popq %rax
	jz 1f
	addq $40, %rsp
	movq $0, (%rsp)
	jmp hypercall_page + __HYPERVISOR_iret * 32
1:	addq $40, %rsp
	movq $0, (%rsp)
	pushq %rdi
	movl $13, %edi
	jmp trap_common
	.size failsafe_callback, . - failsafe_callback

trap_common:
	SAVE_ALL_BUT_RDI
	movl %edi, %esi
	CALL_C do_trap
	jmp return_from_xen

/* One entry per exception, and the table of them; those named have an error code on the stack. */
	.section .rodata
	.balign 8
	.globl trap_entries
	.type trap_entries, @object
trap_entries:
	.text
.set vector, 0
.rept 20
	.if vector == 8 || (vector >= 10 && vector <= 14) || vector == 17
	.set error_code, 1
	.else
	.set error_code, 0
	.endif
1:	movq (%rsp), %rcx
	movq 8(%rsp), %r11
	.if error_code
	addq $16, %rsp
	.else
	addq $8, %rsp
	movq $0, (%rsp)
	.endif
	pushq %rdi
	movl $vector, %edi
	jmp trap_common
	.section .rodata
	.quad 1b
	.text
	.set vector, vector + 1
.endr
	.section .rodata
	.size trap_entries, . - trap_entries
	.text

/* arch_switch_stack(unsigned long *save, unsigned long load): keeps what C functions keep. */
	.globl arch_switch_stack
	.type arch_switch_stack, @function
arch_switch_stack:
	pushq %rbp
	pushq %rbx
	pushq %r12
	pushq %r13
	pushq %r14
	pushq %r15
	movq %rsp, (%rdi)
	movq %rsi, %rsp
	popq %r15
	popq %r14
	popq %r13
	popq %r12
	popq %rbx
	popq %rbp
	ret
	.size arch_switch_stack, . - arch_switch_stack

/* Where a new thread begins: its function is in rbx, the argument in r12. */
	.globl arch_thread_starter
	.type arch_thread_starter, @function
arch_thread_starter:
	movq %rbx, %rdi
	movq %r12, %rsi
	call thread_main
	ud2
	.size arch_thread_starter, . - arch_thread_starter

	.section .bss
	.balign 1 << PAGE_SHIFT
	.globl shared_info_page
	.type shared_info_page, @object
shared_info_page:
	.skip 1 << PAGE_SHIFT
	.size shared_info_page, 1 << PAGE_SHIFT
	.balign 16
	.globl boot_stack
	.type boot_stack, @object
boot_stack:
	.skip 1 << (PAGE_SHIFT + STACK_SIZE_PAGE_ORDER)
boot_stack_end:
	.size boot_stack, . - boot_stack

	.section .note.GNU-stack, "", @progbits
