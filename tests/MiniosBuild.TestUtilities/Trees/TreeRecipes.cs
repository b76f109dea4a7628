namespace MiniosBuild.TestUtilities.Trees;

/// <summary>How the reference tree becomes one of another shape: what is moved, and what is said otherwise.</summary>
internal static class TreeRecipes
{
    public static void Apply(GeneratedTree tree)
    {
        ForeignKernel(tree);
        switch (tree.Shape)
        {
            case TreeShape.Fork2014:
                Fork2014(tree);
                break;
            case TreeShape.Subfolder2015:
                Flat(tree, "stack");
                Folders(tree);
                Subfolder2015(tree);
                break;
            case TreeShape.Release2016:
                Flat(tree, "minios");
                Folders(tree);
                TwoEntries(tree, "include/x86/asm_macros.h");
                FloatingPoint(tree, "");
                tree.Overlay("2016", "");
                break;
            default:
                Flat(tree, "minios");
                TwoEntries(tree, "include/asm_macros.h");
                FloatingPoint(tree, "CONFIG_FLOAT");
                Upstream2025(tree);
                break;
        }
    }

    /// <summary>A kernel that is a domain like others: it always has a console of its own, and no exit code.</summary>
    private static void ForeignKernel(GeneratedTree tree)
    {
        tree.Remove("newlib");
        tree.Remove("arch/x86/newlib");
        tree.EditAll("#ifdef CONFIG_CONSOLE", "#ifndef WITHOUT_CONSOLE");
        tree.EditAll("#ifndef CONFIG_CONSOLE", "#ifdef WITHOUT_CONSOLE");
        tree.Edit("kernel.c", "\tif (!is_initial_domain(si)) {\n\t\tinit_xenbus();\n\t\tinit_shutdown();\n\t}\n", "\tinit_xenbus();\n\tinit_shutdown();\n");
        tree.Cut("console/console.c", "static void init_hypervisor_console", "void init_console");
        tree.Edit("console/console.c", "\tif (si->flags & SIF_INITDOMAIN)\n\t\tinit_hypervisor_console();\n\telse if (si->console.domU.evtchn)\n\t", "");
        tree.Cut("console/console.c", "static void hypervisor_handler", "int console_read");
        tree.Cut("arch/x86/setup.c", "/* QEMU's isa-debug-exit", "void arch_exit");
        tree.Edit("arch/x86/setup.c", "\tif (is_initial_domain(xen_start_info))\n\t\tleave_emulator(code);\n", "\t(void)code;\n");
        tree.Cut("exit.c", "#ifdef CONFIG_XENBUS\n/* Relative", "void kernel_exit");
        tree.Cut("exit.c", "#ifdef CONFIG_XENBUS\n\tif (code", "#ifndef WITHOUT_CONSOLE");
        tree.Append("include/console.h", "\n#ifdef CONFIG_CONSFRONT\n/* Finds the guest's consoles besides the first; how many there are. */\nint init_consfront(void);\n#endif\n");
        tree.Edit("include/time.h", "#if __has_include_next(<time.h>)\n#include_next <time.h>\n#endif\n", "");
        TextHypercalls(tree);
        HeaderOfItsIncluder(tree);
        NamesOfTheScript(tree);
    }

    /// <summary>Names that only the tree's linker script defines, in a public header.</summary>
    private static void NamesOfTheScript(GeneratedTree tree)
    {
        tree.Edit("arch/x86/minios-x86_64.lds.S", "\t_erodata = .;\n", "\t_erodata = .;\n\tPROVIDE(_moved_start = .);\n\t_moved_end = .;\n");
        tree.Append("include/kernel.h", "\n/* What is moved before the start of another kernel. */\nextern char _moved_start[], _moved_end[];\n");
        tree.Edit("kernel.c", "\trun_constructors();\n", "\tif (_moved_end != _moved_start)\n\t\tprintk(\"%lu bytes move\\n\", (unsigned long)(_moved_end - _moved_start));\n\trun_constructors();\n");
    }

    /// <summary>Hypercalls by a name that stands in the text of assembly, where no compiler sees it.</summary>
    private static void TextHypercalls(GeneratedTree tree)
    {
        const string Header = "include/x86/x86_64/hypercall-x86_64.h";
        tree.Edit(Header, "/* A macro, since the entry", "#define HYPERCALL_TEXT(number) #number\n#define HYPERCALL_ENTRY(number) \"hypercall_page + (\" HYPERCALL_TEXT(number) \" * 32)\"\n\n/* A macro, since the entry");
        tree.Edit(Header, "\"call %P[entry]\"", "\"call \" HYPERCALL_ENTRY(__HYPERVISOR_##name)");
        tree.Edit(Header, ": [entry] \"i\"((const char *)hypercall_page + __HYPERVISOR_##name * 32) \\\n\t\t\t : \"memory\"", ": : \"memory\"");
    }

    /// <summary>A header that is there for another one alone.</summary>
    private static void HeaderOfItsIncluder(GeneratedTree tree)
    {
        string clock = tree.Cut("include/x86/os.h", "static inline uint64_t rdtsc_ordered", "#endif", "#include <mini-os/arch_clock.h>\n\n");
        tree.Write("include/x86/arch_clock.h", "#ifndef MINIOS_OS_H\n#error \"Include os.h, not arch_clock.h alone\"\n#endif\n\n" + clock.TrimEnd() + "\n");
    }

    /// <summary>All headers in include, include/x86 and include/x86/x86_64; the C library's from the host, but for a few.</summary>
    private static void Flat(GeneratedTree tree, string prefix)
    {
        foreach (string header in new[] { "assert.h", "ctype.h", "errno.h" })
        {
            tree.Move("lib/include/" + header, "include/" + header);
        }

        tree.Remove("lib/include");
        foreach (string source in new[] { "div", "rand", "sort", "strtok" })
        {
            tree.Remove($"lib/{source}.c");
        }

        tree.Edit("lib/vsnprintf.c", "#include <stdio.h>", "#include <stdarg.h>\n#include <stdio.h>");
        tree.Edit("lib/sscanf.c", "#include <stdio.h>", "#include <mini-os/lib.h>\n#define EOF (-1)"); // The host's header gives the functions other names.

        tree.Edit("lib/asprintf.c", "#include <stdlib.h>\n", "#include <stdlib.h>\n#include <mini-os/lib.h>\n");
        tree.Edit("lib/printf.c", "#include <errno.h>\n", "#include <errno.h>\n#include <stdarg.h>\n");
        tree.Edit("xenbus/store.c", "#include <stdarg.h>\n", "#include <limits.h>\n#include <stdarg.h>\n");
        tree.Move("include/list.h", "include/ring_list.h");
        tree.EditAll("<mini-os/list.h>", "<mini-os/ring_list.h>");
        tree.EditAll("<mini-os/hypercall-x86_64.h>", "<hypercall-x86_64.h>");
        tree.EditAll("<mini-os/arch_clock.h>", "<x86/arch_clock.h>");
        tree.Overlay("flat", "");
        tree.EditAll("PREFIX_LIST", prefix.ToUpperInvariant() + "_LIST");
        tree.Append("include/hypervisor.h", "\nint xenos_version(void);\n");
        tree.Edit("kernel.c", "#include \"internal/arch.h\"\n", "#include <mini-os/balloon.h>\n#include <mini-os/notify.h>\n#include \"internal/arch.h\"\n");
        tree.Edit("kernel.c", "\trun_constructors();\n", "\tinit_balloon();\n\tcall_notifiers();\n\trun_constructors();\n");
        tree.Edit("kernel.c", "This guest has no app_main\\n", "This guest has no app_main; Xen %x\\n\", xenos_version(), \"");
    }

    /// <summary>The console and xenstore in folders of their own.</summary>
    private static void Folders(GeneratedTree tree)
    {
        tree.Move("console/ring.c", "console/xencons_ring.c");
        tree.Move("consfront.c", "console/xenbus.c");
    }

    private static void Subfolder2015(GeneratedTree tree)
    {
        PlainScript(tree);
        tree.Edit("arch/x86/arch.mk", "\nifeq ($(CONFIG_PARAVIRT),n)\nARCH_LDFLAGS_FINAL := --oformat=elf32-i386\nARCH_AS_DEPS += x86_hvm.S\nendif\n", "");
        tree.Move("include", "../include");
        tree.Remove("arch/x86/x86_hvm.S");
        tree.Overlay("2015", "");
    }

    /// <summary>The start of the image with and without paravirtualisation, and the macros of both in a header.</summary>
    private static void TwoEntries(GeneratedTree tree, string macros)
    {
        const string Entry = "arch/x86/x86_64.S";
        string note = tree.Cut(Entry, ".macro NOTE", "\tNOTE XEN_ELFNOTE_GUEST_OS");
        tree.Write(macros, $"/* Macros of assembly files. */\n#ifdef __ASSEMBLY__\n{note}#endif\n");
        tree.Edit(Entry, "#include <mini-os/arch_mm.h>\n", "#include <mini-os/asm_macros.h>\n#include <mini-os/arch_mm.h>\n");
        tree.Edit(Entry, "\tNOTE XEN_ELFNOTE_VIRT_BASE", "#ifdef CONFIG_PARAVIRT\n\tNOTE XEN_ELFNOTE_VIRT_BASE");
        tree.Edit(Entry, "hypercall_page\n\n\t.text", "hypercall_page\n#endif\n\n\t.text");
        tree.Edit(Entry, "_start:\n\tcld", "#ifdef CONFIG_PARAVIRT\n_start:\n\tcld");
        tree.Edit(Entry, "\tud2\n\t.size _start", "\tud2\n#else\n#include \"x86_hvm.S\"\n#endif\n\t.size _start");
        tree.Move("arch/x86/minios-x86_64.lds.S", "arch/x86/minios-x86.lds.S");
        tree.Edit("arch/x86/minios-x86.lds.S", "OUTPUT_FORMAT(\"elf64-x86-64\")\nOUTPUT_ARCH(i386:x86-64)\n", """
            #if defined(__x86_64__)
            OUTPUT_FORMAT("elf64-x86-64")
            OUTPUT_ARCH(i386:x86-64)
            #elif defined(__i386__)
            OUTPUT_FORMAT("elf32-i386")
            OUTPUT_ARCH(i386)
            #else
            #error "No such machine is known"
            #endif

            """);
    }

    /// <summary>A linker script as the linker reads it, for each machine of the family.</summary>
    private static void PlainScript(GeneratedTree tree)
    {
        tree.Move("arch/x86/minios-x86_64.lds.S", "arch/x86/minios-x86_64.lds");
        tree.Write("arch/x86/minios-x86_32.lds", "OUTPUT_FORMAT(\"elf32-i386\")\nOUTPUT_ARCH(i386)\nENTRY(_start)\nSECTIONS\n{\n\t. = 0;\n}\n");
        tree.Write("arch/x86/x86_32.S", "#error \"The 32-bit machine's entry\"\n");
    }

    /// <summary>A printf that takes doubles, with a switch or always.</summary>
    private static void FloatingPoint(GeneratedTree tree, string condition)
    {
        (string begin, string end) = condition.Length == 0 ? ("", "") : ($"#ifdef {condition}\n", "#endif\n");
        tree.Edit("lib/vsnprintf.c", "static void put_string(", begin + """
            static void put_double(struct output *out, const struct conversion *conv, double value)
            {
            	struct conversion decimals = { .precision = 6 };
            	double size = value < 0 ? -value : value;
            	uintmax_t whole = (uintmax_t)size;

            	put_number(out, conv, value < 0 ? "-" : "", whole, 10, "0123456789");
            	put(out, ".", 1);
            	put_number(out, &decimals, "", (uintmax_t)((size - (double)whole) * 1e6), 10, "0123456789");
            }

            """ + end + "\nstatic void put_string(");
        tree.Edit("lib/vsnprintf.c", "\tcase 'p': ", begin + "\tcase 'f': put_double(out, conv, va_arg(args->list, double)); return true;\n" + end + "\tcase 'p': ");
    }

    private static void Upstream2025(GeneratedTree tree)
    {
        foreach (string file in new[] { "console.c", "ring.c", "ring.h" })
        {
            tree.Move("console/" + file, file);
        }

        // One file of xenstore: what its parts share comes first, and only once.
        tree.Move("xenbus/frontend.h", "frontend.h");
        tree.EditAll("\"xenbus/frontend.h\"", "\"frontend.h\"");
        string client = tree.Read("xenbus/internal.h");
        foreach (string part in new[] { "transport", "watch", "store", "state", "frontend" })
        {
            client += "\n" + tree.Read($"xenbus/{part}.c").Replace("#include \"internal.h\"\n", "", StringComparison.Ordinal);
        }

        tree.Remove("console");
        tree.Remove("xenbus");
        tree.Write("xenbus.c", client);
        tree.Edit("printk.c", "\t(void)direct;\n\twrite_direct", "\twrite_direct");
        tree.Edit("printk.c", "\tif (!direct) {\n\t\tconsole_print(NULL, text, length);\n\t\treturn;\n\t}\n", "\tif (!direct) {\n\t\tconsole_print(NULL, text, length);\n#ifndef CONFIG_USE_XEN_CONSOLE\n\t\treturn;\n#endif\n\t}\n");
        tree.Edit("mm.c", "#include <mini-os/os.h>", "#include <mini-os/x86/os.h>");
        tree.Edit("events.c", "#include <mini-os/os.h>", "#include <x86/os.h>");
        tree.Edit("arch/x86/minios-x86.lds.S", "\t_edata = .;\n", "#if defined(CONFIG_KEXEC)\n\t. = ALIGN(4096);\n\t_kexec_start = .;\n\t.kexec : { *(.text.kexec) } :data\n\t_kexec_end = .;\n#endif\n\t_edata = .;\n");
        tree.Edit("arch/x86/minios-x86.lds.S", "*(.text .text.* .gnu", "*(.text .text.[!k]* .gnu");
        tree.Overlay("2025", "");
        foreach (var (source, names) in Marks)
        {
            tree.Append(source, "\n" + string.Concat(names.Split(' ').Select(n => $"EXPORT_SYMBOL({n});\n")));
            string text = tree.Read(source);
            int first = text.IndexOf("#include", StringComparison.Ordinal);
            tree.Write(source, text[..first] + "#include <mini-os/export.h>\n" + text[first..]);
        }
    }

    private static void Fork2014(GeneratedTree tree)
    {
        tree.Move("lib", "../lib");
        tree.Move("../lib/include", "../include");
        foreach (string source in Directory.GetFiles(tree.PathOf("../lib")).Select(f => Path.GetFileName(f)).Except(ClientLibrary))
        {
            tree.Remove("../lib/" + source);
        }

        tree.Move("include", "headers");
        tree.Move("headers", "include/mini-os");
        tree.Move("include/mini-os/x86/arch_mm.h", "include/mini-os/x86/mm.h");
        tree.Move("include/mini-os/x86/arch_sched.h", "include/mini-os/x86/sched.h");
        tree.EditAll("<mini-os/arch_mm.h>", "<mini-os/machine/mm.h>");
        tree.EditAll("<mini-os/arch_sched.h>", "<mini-os/machine/sched.h>");
        tree.EditAll("<mini-os/arch_clock.h>", "<mini-os/machine/arch_clock.h>");
        tree.EditAll("<mini-os/arch_hypercall.h>", "<mini-os/machine/arch_hypercall.h>");
        tree.EditAll("<mini-os/traps.h>", "<mini-os/machine/traps.h>");
        tree.EditAll("<mini-os/hypercall-x86_64.h>", "<mini-os/x86/x86_64/hypercall-x86_64.h>");
        PlainScript(tree);

        // A variable that its header alone defines, in every file that includes it.
        tree.Edit("include/mini-os/sched.h", "struct thread *get_current(void);", "unsigned long switch_count;	/* how often a thread has given way */\n\nstruct thread *get_current(void);");
        tree.Edit("sched.c", "\t\trunning = next;\n", "\t\trunning = next;\n\t\tswitch_count++;\n");
        tree.Edit("kernel.c", "\trun_constructors();\n", "\tprintk(\"%lu switches\\n\", switch_count);\n\trun_constructors();\n");
        tree.Move("console/ring.c", "console/xencons_ring.c");
        tree.Overlay("2014", "..");
        tree.Write("console/xenbus.c", File.ReadAllText(Path.Combine(Builds.Repository.Root, "tests", "MiniosBuild.TestUtilities", "Trees", "flat", "consfront.c")));
    }

    /// <summary>What a program has of the C library that the kernel asks for.</summary>
    private static readonly string[] ClientLibrary =
    [
        "asprintf.c", "ctype.c", "errno.c", "memory.c", "memsearch.c", "sscanf.c", "strdup.c", "strerror.c", "string.c", "strsearch.c", "strtol.c", "vsnprintf.c",
    ];

    /// <summary>What the tree of 2025 marks, by the source that defines it.</summary>
    private static readonly IReadOnlyDictionary<string, string> Marks = new Dictionary<string, string>
    {
        ["arch/x86/map.c"] = "do_map_frames map_frames_ex map_frames unmap_frames",
        ["arch/x86/time.c"] = "monotonic_clock gettimeofday",
        ["balloon.c"] = "nr_max_pages",
        ["blkfront.c"] = "init_blkfront shutdown_blkfront",
        ["console.c"] = "console_read console_print",
        ["consfront.c"] = "init_consfront",
        ["events.c"] = "bind_evtchn unbind_evtchn bind_virq mask_evtchn unmask_evtchn",
        ["exit.c"] = "kernel_exit do_exit panic",
        ["hypervisor.c"] = "hypercall_page",
        ["kernel.c"] = "_start app_main app_shutdown start_kernel",
        ["lib/memory.c"] = "memcpy memmove memset memcmp",
        ["lib/string.c"] = "strlen strcmp strcpy",
        ["lib/vsnprintf.c"] = "snprintf vsnprintf",
        ["lib/xmalloc.c"] = "_xmalloc xfree _realloc",
        ["mm.c"] = "alloc_pages free_pages nr_free_pages",
        ["netfront.c"] = "init_netfront shutdown_netfront netfront_xmit",
        ["notify.c"] = "add_notifier",
        ["printk.c"] = "printk xprintk",
        ["sched.c"] = "create_thread exit_thread schedule wake block msleep get_current",
        ["semaphore.c"] = "init_SEMAPHORE down up",
        ["wait.c"] = "wake_up",
        ["xenbus.c"] = "xenbus_read xenbus_write xenbus_ls xenbus_rm",
    };
}
