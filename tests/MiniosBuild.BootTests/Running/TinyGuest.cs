using MiniosBuild.TestUtilities;

namespace MiniosBuild.BootTests.Running;

/// <summary>Assembles paravirtual guests of a few instructions: they greet, print their arguments, and do one more thing.</summary>
internal static class TinyGuest
{
    public const string Greeting = "hello from the guest\n";

    // Hypercall numbers, the structures' offsets and the notes are those of xen/xen.h, xen/elfnote.h, xen/physdev.h and xen/sched.h.
    private const string Source = """
        .macro note type, value:vararg
            .balign 4
            .long 4, 2f - 1f, \type
            .asciz "Xen"
        1:  \value
        2:  .balign 4
        .endm
        .macro hypercall number
            call hypercall_page + \number * 32
        .endm
        .macro print text, length             # console_io(CONSOLEIO_write, length, text)
            xor %edi, %edi
            mov \length, %esi
            mov \text, %rdx
            hypercall 18
        .endm
        .macro exit code                      # physdev_op(PHYSDEVOP_set_iopl, { 1 }), then the port
            mov $6, %edi
            mov $iopl, %rsi
            hypercall 33
            mov \code, %eax
            mov $0xf4, %edx
            outl %eax, %dx
        .endm
        .macro shutdown why                   # sched_op(SCHEDOP_shutdown, { why })
            movl $\why, reason
            mov $2, %edi
            mov $reason, %rsi
            hypercall 29
        .endm
            .section .note.Xen, "a", @note
            note 6, .asciz "tiny"
            note 5, .asciz "xen-3.0"
            note 8, .asciz "generic"
            note 3, .quad 0
            note 2, .quad hypercall_page
            .text
            .globl _start
        _start:
            cld
            mov $stack_end, %rsp
            lea 128(%rsi), %rbx               # start_info.cmd_line
            print $greeting, $greeting_end-greeting
            xor %ecx, %ecx
        1:  cmpb $0, (%rbx, %rcx)
            je 2f
            inc %ecx
            jmp 1b
        2:  print %rbx, %ecx
            ACTION
        3:  jmp 3b
            .balign 4096
        hypercall_page:
            .skip 4096
            .data
        iopl:
            .long 1
        reason:
            .long 0
        greeting:
            .ascii "hello from the guest\n"
        greeting_end:
            .bss
            .balign 16
            .skip 4096
        stack_end:

        """;

    /// <summary>Makes a guest.</summary>
    /// <param name="image">Where it goes.</param>
    /// <param name="action">Instructions after the printing, or the macros <c>exit</c> and <c>shutdown</c>; then it loops for ever.</param>
    public static string Assemble(string image, string action)
    {
        using var folder = new TemporaryFolder();
        string source = folder.Write("guest.S", Source.Replace("ACTION", action));
        RealTool.Run("gcc", "-nostdlib", "-static", "-no-pie", "-Wl,-Ttext=0x100000,--build-id=none,-z,noexecstack", "-o", image, source);
        return image;
    }
}
