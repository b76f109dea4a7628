namespace MiniosBuild.BuildTests;

/// <summary>
/// The files of small trees, of our own writing. They have the layout and the habits of including that trees in use have, and
/// as much code as a link needs.
/// </summary>
internal static class TreeFiles
{
    private const string LinkerScript = """
        ENTRY(_start)
        SECTIONS
        {
            . = ORIGIN_OF_IMAGE;
            _text = .;
            .text : { *(.text .text.*) }
            _etext = .;
            .rodata : { *(.rodata .rodata.*) }
            . = ALIGN(4096);
            .data : { *(.data .data.*) }
            .bss : { *(.bss .bss.*) }
            _end = .;
        }

        """;

    private const string Entry = """
            .globl _start, stack
        _start:
            lea stack + STACK_SIZE(%rip), %rsp
            call start_kernel
            ud2
            .bss
            .balign 16
        stack:
            .skip STACK_SIZE

        """;

    /// <summary>
    /// The newer shape: headers in include/, include/FAMILY and include/FAMILY/ARCH, all of them known as mini-os/ through a link,
    /// and by their bare names as well.
    /// </summary>
    public static Dictionary<string, string> Newer() => new()
    {
        ["include/types.h"] = Guarded("TYPES_H", "#include <stdint.h>\ntypedef unsigned long vaddr_t;\n"),
        ["include/x86/x86_64/arch_limits.h"] = Guarded("ARCH_LIMITS_H", "#define STACK_SIZE 8192\n"),
        ["include/x86/os.h"] = Guarded("OS_H", "#include <types.h>\n#include <mini-os/arch_limits.h>\n#include <xen/xen.h>\nvoid arch_halt(void);\n"),
        ["include/lib.h"] = Guarded("LIB_H", "#include <stddef.h>\n#include <mini-os/types.h>\nvoid printk(const char *text);\nvoid *xmalloc(size_t size);\nsize_t strlen(const char *text);\n"),
        ["include/list.h"] = Guarded("LIST_H", "#define MINIOS_LIST_HEAD(name, type) struct name { type *lh_first; }\n#define MINIOS_LIST_ENTRY(type) struct { type *le_next; }\n"),
        ["include/sched.h"] = Guarded("SCHED_H", """
            #include <os.h>
            #if __has_include(<list.h>)
            #  include "list.h"
            #endif
            #include <mini-os/lib.h>
            struct thread {
                vaddr_t sp;
                MINIOS_LIST_ENTRY(struct thread) others;
            };
            MINIOS_LIST_HEAD(thread_list, struct thread);
            extern struct thread_list threads;
            void schedule(void);

            """),
        ["include/blkfront.h"] = Guarded("BLKFRONT_H", "#include \"x86/os.h\"\nint init_blkfront(void);\nvaddr_t blkfront_sector(void);\n"),
        ["include/tpm_tis.h"] = Guarded("TPM_TIS_H", "#include <os.h>\nint init_tpm_tis(void);\n"),
        ["arch/x86/x86_64.S"] = "#include <arch_limits.h>\n#include <mini-os/arch_limits.h>\n" + Entry,
        ["arch/x86/x86_hvm.S"] = "#error \"only ever included\"\n",
        ["arch/x86/minios-x86.lds.S"] = "#include <mini-os/arch_limits.h>\n#define ORIGIN_OF_IMAGE (STACK_SIZE * 128)\n" + LinkerScript,
        ["arch/x86/setup.c"] = "#include <os.h>\nvoid arch_halt(void)\n{\n\tfor (;;)\n\t\t;\n}\n",
        ["kernel.c"] = Kernel("sched.h"),
        ["sched.c"] = "#include <mini-os/sched.h>\nstruct thread_list threads;\nvoid schedule(void)\n{\n\tthreads.lh_first = NULL;\n}\n",
        ["balloon.c"] = Switched("BALLOON", "int balloon_up(void);\nint balloon_up(void)\n{\n\treturn 1;\n}\n"),
        ["test.c"] = Switched("TEST", ""),
        ["daytime.c"] = Switched("DAYTIME", ""),
        ["main.c"] = Switched("MAIN", ""),
        ["lwip-arch.c"] = Switched("LWIP", ""),
        ["lwip-net.c"] = Switched("LWIP", ""),
        ["blkfront.c"] = Switched("BLKFRONT", "#include <mini-os/blkfront.h>\nint init_blkfront(void)\n{\n\treturn 0;\n}\nvaddr_t blkfront_sector(void)\n{\n\treturn STACK_SIZE;\n}\n"),
        ["tpmback.c"] = Switched("TPMBACK", "int tpmback_open(void);\nint tpmback_open(void)\n{\n\treturn 0;\n}\n"),
        ["tpm_tis.c"] = Switched("TPM_TIS", "#include <tpm_tis.h>\nint init_tpm_tis(void)\n{\n\treturn 0;\n}\n"),
        ["console/console.c"] = Switched("CONSOLE", "#include <lib.h>\nvoid printk(const char *text)\n{\n\t(void)strlen(text);\n}\n"),
        ["xenbus/xenbus.c"] = Switched("XENBUS", "void init_xenbus(void);\nvoid init_xenbus(void)\n{\n}\n"),
        ["lib/string.c"] = "#include <mini-os/lib.h>\n" + StringLength,
        ["lib/xmalloc.c"] = "#include <mini-os/lib.h>\n" + Allocator,
        ["lib/xs.c"] = "int xs_open(void);\nint xs_open(void)\n{\n\treturn 0;\n}\n",
    };

    /// <summary>
    /// The older shape: a real include/mini-os, whose folder of the family goes by the name machine; the libc's headers directly in
    /// include/; a linker script for each machine, as the linker reads it.
    /// </summary>
    public static Dictionary<string, string> Older() => new()
    {
        ["include/string.h"] = Guarded("STRING_H", "#include <stddef.h>\nsize_t strlen(const char *text);\n"),
        ["include/sys/types.h"] = Guarded("SYS_TYPES_H", "typedef long ssize_t;\n"),
        ["include/mini-os/types.h"] = Guarded("TYPES_H", "typedef unsigned long vaddr_t;\n"),
        ["include/mini-os/x86/x86_64/limits.h"] = Guarded("LIMITS_H", "#define STACK_SIZE 8192\n"),
        ["include/mini-os/x86/traps.h"] = Guarded("TRAPS_H", "#include <mini-os/types.h>\nvoid trap_init(void);\n"),
        ["include/mini-os/x86/os.h"] = Guarded("MACHINE_OS_H", "#include \"traps.h\"\n#include <mini-os/x86/x86_64/limits.h>\nvoid arch_halt(void);\n"),
        ["include/mini-os/os.h"] = Guarded("OS_H", "#include <mini-os/machine/os.h>\n"),
        ["include/mini-os/lib.h"] = Guarded("LIB_H", "#include <string.h>\n#include <mini-os/os.h>\nvoid printk(const char *text);\nvoid *xmalloc(size_t size);\n"),
        ["arch/x86/x86_64.S"] = "#include <mini-os/machine/x86_64/limits.h>\n" + Entry,
        ["arch/x86/x86_32.S"] = "#error \"another machine's\"\n",
        ["arch/x86/minios-x86_64.lds"] = LinkerScript.Replace("ORIGIN_OF_IMAGE", "0x100000", StringComparison.Ordinal),
        ["arch/x86/minios-x86_32.lds"] = "another machine's",
        ["arch/x86/traps.c"] = "#include <mini-os/machine/os.h>\nvoid trap_init(void)\n{\n}\nvoid arch_halt(void)\n{\n\tfor (;;)\n\t\t;\n}\n",
        ["kernel.c"] = Kernel("lib.h"),
        ["netfront.c"] = Switched("NETFRONT", "int init_netfront(void);\nint init_netfront(void)\n{\n\treturn 0;\n}\n"),
        ["console/console.c"] = "#include <mini-os/lib.h>\nvoid printk(const char *text)\n{\n\t(void)strlen(text);\n}\n",
        ["xenbus/xenbus.c"] = "void init_xenbus(void);\nvoid init_xenbus(void)\n{\n}\n",
        ["lib/string.c"] = "#include <string.h>\n" + StringLength,
        ["lib/xmalloc.c"] = "#include <mini-os/lib.h>\n" + Allocator,
        ["lib/xs.c"] = "int xs_open(void);\nint xs_open(void)\n{\n\treturn 0;\n}\n",
    };

    /// <summary>A header of lists as BSD has it: macros that take tags, some of them made of others.</summary>
    public const string QueueHeader = """
        #ifndef _SYS_QUEUE_H_
        #define	_SYS_QUEUE_H_
        #include <sys/cdefs.h>
        /* LIST_HEAD(name, type) takes a struct type. */
        #define	LIST_HEAD(name, type)	\
        struct name {			\
        	struct type *lh_first;	\
        }
        #define	LIST_ENTRY(type)	\
        struct {			\
        	struct type *le_next;	\
        	struct	type **le_prev;	\
        }
        #define	LIST_FIRST(head)	((head)->lh_first)
        #define	LIST_NEXT(elm, field)	((elm)->field.le_next)
        #define	LIST_FOREACH(var, head, field) for ((var) = LIST_FIRST(head); (var); (var) = LIST_NEXT(var, field))
        #define	LIST_OFFSET(type, field) __offsetof(struct type, field)
        #endif

        """;

    private const string StringLength = "size_t strlen(const char *text)\n{\n\tsize_t length = 0;\n\twhile (text[length])\n\t\tlength++;\n\treturn length;\n}\n";

    private const string Allocator = "static char heap[64];\nvoid *xmalloc(size_t size)\n{\n\treturn size <= sizeof(heap) ? heap : NULL;\n}\n";

    private static string Kernel(string header) => $$"""
        #include <mini-os/{{header}}>
        int app_main(void *info);
        __attribute__((weak)) int app_main(void *info)
        {
            return info != NULL;
        }
        void init_xenbus(void);
        void start_kernel(void);
        void start_kernel(void)
        {
            printk("start");
        #ifdef CONFIG_XENBUS
            init_xenbus();
        #endif
            app_main(xmalloc(1));
            arch_halt();
        }

        """;

    private static string Guarded(string guard, string text) => $"#ifndef {guard}\n#define {guard}\n{text}#endif\n";

    /// <summary>A source that must not be compiled without its switch.</summary>
    private static string Switched(string name, string text) =>
        $"#ifndef CONFIG_{name}\n#error \"CONFIG_{name} is off\"\n#endif\nextern int of_this_file;\n{text}";
}
