using MiniosBuild.TestUtilities;

namespace MiniosBuild.BootTests.DomU;

/// <summary>Assembles PVH guests of a few instructions: they greet on their console ring, print their command line, and do one more thing.</summary>
internal static class TinyPvhGuest
{
    public const string Greeting = "hello from pvh\n";

    // The entry's state is that of Xen, docs/misc/pvh.pandoc; numbers and offsets are those of xen/elfnote.h, xen/xen.h, arch-x86/cpuid.h,
    // arch-x86/hvm/start_info.h, hvm/hvm_op.h, hvm/params.h, io/console.h, event_channel.h and sched.h.
    private const string Source = """
        .macro hypercall number
            call hypercall_page + \number * 32
        .endm
        .macro parameter index                # hvm_op(HVMOP_get_param, { DOMID_SELF, index, value }); value to eax
            movl $\index, parameter_index
            mov $1, %ebx
            mov $parameter, %ecx
            hypercall 34
            mov parameter_value, %eax
        .endm
        .macro shutdown why                   # sched_op(SCHEDOP_shutdown, { why })
            movl $\why, reason
            mov $2, %ebx
            mov $reason, %ecx
            hypercall 29
        .endm
            .section .note.Xen, "a", @note
            .balign 4
            .long 4, 4, 18
            .asciz "Xen"
            .long _start
            .text
            .code32
            .globl _start
        _start:
            cld
            mov $stack_end, %esp
            mov 24(%ebx), %ebp                # hvm_start_info.cmdline_paddr
            mov $0x40000002, %eax             # XEN_CPUID leaf 3: ebx is the register that makes the hypercall page
            cpuid
            mov %ebx, %ecx
            mov $hypercall_page, %eax
            xor %edx, %edx
            wrmsr
            parameter 17                      # HVM_PARAM_CONSOLE_PFN
            shl $12, %eax
            mov %eax, %edx                    # struct xencons_interface
            lea 1024(%edx), %edi              # .out
            mov $greeting, %esi
            mov $greeting_end - greeting, %ecx
            rep movsb
            mov %ebp, %esi
        1:  lodsb
            test %al, %al
            jz 2f
            stosb
            jmp 1b
        2:  lea 1024(%edx), %eax
            sub %eax, %edi
            mov %edi, 3084(%edx)              # .out_prod
            mov %edx, %ebp
            parameter 18                      # HVM_PARAM_CONSOLE_EVTCHN
            mov %eax, port
            mov $4, %ebx                      # event_channel_op(EVTCHNOP_send, { port })
            mov $port, %ecx
            hypercall 32
        3:  mov 3080(%ebp), %eax              # Until it is read: .out_cons is .out_prod.
            cmp 3084(%ebp), %eax
            jne 3b
            ACTION
        4:  jmp 4b
            .balign 4096
        hypercall_page:
            .skip 4096
            .data
        parameter:
            .short 0x7ff0, 0
        parameter_index:
            .long 0
        parameter_value:
            .quad 0
        port:
            .long 0
        reason:
            .long 0
        greeting:
            .ascii "hello from pvh\n"
        greeting_end:
            .bss
            .balign 16
            .skip 4096
        stack_end:

        """;

    /// <summary>Makes a guest.</summary>
    /// <param name="image">Where it goes.</param>
    /// <param name="action">Instructions after the printing, or the macro <c>shutdown</c>; then it loops for ever.</param>
    public static string Assemble(string image, string action)
    {
        using var folder = new TemporaryFolder();
        string source = folder.Write("guest.S", Source.Replace("ACTION", action));
        RealTool.Run("as", "--32", "-o", folder.File("guest.o"), source);
        RealTool.Run("ld", "-m", "elf_i386", "-static", "-Ttext-segment=0x100000", "-z", "noexecstack", "-o", image, folder.File("guest.o"));
        return image;
    }
}
