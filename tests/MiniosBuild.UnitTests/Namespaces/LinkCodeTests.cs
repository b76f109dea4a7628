using MiniosBuild.Linking.MachineCode;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>What machine code does: compiled, assembled, and in the C libraries of the machine, where a disassembler is asked too.</summary>
public sealed class LinkCodeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("syscall", "--64", true)]
    [InlineData("sysenter", "--64", true)]
    [InlineData("int $0x80", "--64", true)]
    [InlineData("int $0x80", "--32", true)]
    [InlineData("sysenter", "--32", true)]
    [InlineData("int $0x81", "--64", false)]
    [InlineData("int3", "--64", false)]
    [InlineData("call hypercall_page", "--64", false)]
    [InlineData("mov $0x050f, %eax", "--64", false)]
    [InlineData("movabs $0x050f050f050f050f, %rax", "--64", false)]
    [InlineData("mov $0x80cd, %eax", "--32", false)]
    public void An_instruction_that_calls_a_system_is_one(string instruction, string bits, bool isFound)
    {
        CodeHit[] hits = Assembled($".globl f\n.type f,@function\nf:\tnop\n\t{instruction}\n\tret\n", bits);
        Assert.Equal(isFound ? [(CodeTrait.SystemCall, 1UL, 1)] : [], hits.Select(hit => (hit.Trait, hit.Offset, hit.Count)));
    }

    [Theory]
    [InlineData("mov %fs:0x28, %rax", "--64", true)]
    [InlineData("mov %rax, %fs:(%rdx)", "--64", true)]
    [InlineData("mov %gs:0x14, %eax", "--32", true)]
    [InlineData("mov %gs:0x28, %rax", "--64", false)]
    [InlineData("mov %fs:0x14, %eax", "--32", false)]
    [InlineData("mov %eax, %fs", "--64", false)]
    [InlineData("nopw %fs:0(%rax,%rax)", "--64", false)]
    [InlineData("nopw %cs:0(%rax,%rax)", "--64", false)]
    [InlineData(".byte 0x66, 0x66, 0x2e, 0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0", "--64", false)]
    public void The_thread_pointer_is_the_segment_of_a_real_access(string instruction, string bits, bool isFound) =>
        Assert.Equal(isFound ? [CodeTrait.ThreadPointer] : [], Assembled($".type f,@function\nf:\n\t{instruction}\n\tret\n", bits).Select(hit => hit.Trait));

    [Theory]
    [InlineData("mov %rax, -8(%rsp)", true)]
    [InlineData("mov -128(%rsp), %rax", true)]
    [InlineData("mov %rax, 8(%rsp)", false)]
    [InlineData("orq $0, -4096(%rsp)", false)] // A probe of the stack.
    [InlineData("lea -8(%rsp), %rsp", false)]
    [InlineData("push %rbp\n mov %rsp, %rbp\n mov %edi, -4(%rbp)", true)]
    [InlineData("push %rbp\n mov %rsp, %rbp\n sub $16, %rsp\n mov %edi, -4(%rbp)", false)]
    [InlineData("push %rbp\n mov %rsp, %rbp\n push %rbx\n mov %edi, -8(%rbp)", false)]
    [InlineData("push %rbp\n mov %rsp, %rbp\n push %rbx\n mov %edi, -12(%rbp)", true)]
    [InlineData("push %rbp\n mov %rsp, %rbp\n sub $16, %rsp\n cmp $1, %edi\n je 1f\n mov %edi, -4(%rbp)\n1: mov %edi, -8(%rbp)", false)]
    [InlineData("push %rbp\n mov %rsp, %rbp\n sub %rdi, %rsp\n mov %edi, -4(%rbp)", false)] // How far it went is not known.
    [InlineData("mov %edi, -4(%rbp)", false)] // The frame of a caller, or no frame at all.
    public void The_red_zone_is_below_the_stack_pointer(string instructions, bool isFound) =>
        Assert.Equal(isFound ? [CodeTrait.RedZone] : [], Assembled($".type f,@function\nf:\n\t{instructions}\n\tret\n").Select(hit => hit.Trait));

    [Theory]
    [InlineData("-O0")]
    [InlineData("-O2")]
    [InlineData("-Os")]
    public void Compiled_code_has_a_red_zone_unless_that_is_forbidden(string level)
    {
        const string source = "int f(const int *p) { volatile int a[4]; for (int i = 0; i < 4; i++) a[i] = p[i]; return a[0] + a[3]; }";
        Assert.Equal([CodeTrait.RedZone], Compiled(source, level).Select(hit => hit.Trait));
        Assert.Empty(Compiled(source, level, "-mno-red-zone"));
    }

    [Fact]
    public void Data_between_functions_and_tables_in_code_are_not_code()
    {
        CodeHit[] hits = Assembled(
            """
                .globl f
                .type f,@function
            f:  jmp *table(,%rdi,8)
            table: .quad one, two
                .byte 0x0f, 0x05
            one: mov $1, %eax
                ret
                .size f, . - f
                .byte 0x0f, 0x05, 0x00, 0x00, 0x48
            two: mov $2, %eax
                ret
                .type constant,@object
            constant: .byte 0x0f, 0x05, 0xc3
                .size constant, . - constant
            """);
        Assert.Empty(hits);
    }

    [Theory]
    [InlineData("-fno-pic")]
    [InlineData("-fpic")] // The table has distances, which name no address.
    public void Code_that_only_a_jump_table_leads_to_is_code(string addressing)
    {
        string cases = string.Concat(Enumerable.Range(0, 12).Select(i => $"case {i}: asm volatile(\"syscall\" : : \"a\"({i} * x) : \"rcx\", \"r11\"); return {i * 7} ^ x;"));
        string source = $"long f(long n, long x) {{ switch (n) {{ {cases} }} return 0; }}";
        string path = Compile(source, "-O1", addressing, "-fjump-tables");
        Assert.Contains("jmp", RealTool.Run("objdump", ["-d", path]));
        Assert.Equal(12, Scan(path).Single(hit => hit.Trait == CodeTrait.SystemCall).Count);
    }

    [Fact]
    public void A_hypercall_page_and_padding_are_harmless() => Assert.Empty(Assembled(
        """
            .globl hypercall_page
            .balign 4096
        hypercall_page: .skip 4096, 0
            .globl f
            .type f,@function
        f:  call hypercall_page + 32
            ret
            .balign 64
            .globl g
            .type g,@function
        g:  ret
            .skip 61, 0xcc
        """));

    [Fact]
    public void A_hit_names_function_and_line()
    {
        string path = Compile("int zero(void) { return 0; }\n\nvoid stop(void)\n{\n\tasm volatile(\"nop\");\n\tasm volatile(\"syscall\");\n}\n", "-O1", "-g");
        CodeHit hit = Scan(path).Single();
        ElfFile elf = ElfFile.Parse(File.ReadAllBytes(path));
        Assert.Equal(("stop", "syscall"), (elf.Symbols[hit.Symbol].Name, hit.Instruction));
        Assert.Equal(6, DwarfReader.Open(elf)!.LineAt(hit.Section, hit.Offset)!.Value.Line);
    }

    [Theory]
    [InlineData("/usr/lib/x86_64-linux-musl/libc.a")]
    [InlineData("/usr/lib/x86_64-linux-gnu/diet/lib-x86_64/libc.a")]
    [InlineData("/usr/lib/klibc/lib/libc.a")]
    public void The_system_calls_of_a_libc_are_those_that_a_disassembler_shows(string libc)
    {
        var expected = new SortedDictionary<string, int>(StringComparer.Ordinal);
        string member = "";
        RealTool.RunLines("objdump", ["-d", "--no-show-raw-insn", libc], line =>
        {
            if (line.Contains("file format", StringComparison.Ordinal))
            {
                member = line[..line.IndexOf(':', StringComparison.Ordinal)];
            }
            else if (line.Split('\t') is [_, var instruction, ..] && instruction.TrimEnd() is "syscall" or "sysenter" || line.Contains("int    $0x80", StringComparison.Ordinal))
            {
                expected[member] = expected.GetValueOrDefault(member) + 1;
            }
        });

        var actual = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (ArMember found in ArArchive.Parse(File.ReadAllBytes(libc)).Members)
        {
            foreach (CodeHit hit in MachineCodeScan.Scan(ElfFile.Parse(found.Data)))
            {
                if (hit.Trait == CodeTrait.SystemCall)
                {
                    actual[found.Name] = actual.GetValueOrDefault(found.Name) + hit.Count;
                }
            }
        }

        Assert.NotEmpty(expected);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Other_machines_are_not_looked_into() =>
        Assert.Empty(MachineCodeScan.Scan(ElfFile.Parse(new ElfWriter(ElfClass.Elf64, ElfByteOrder.LittleEndian) { Machine = ElfMachine.AArch64 }.Write().Bytes)));

    [Fact]
    public void A_relocation_without_a_symbol_needs_no_table_of_symbols()
    {
        string source = _folder.Write("none.s", "nop\n.reloc 0, R_X86_64_NONE\nsyscall\n"), file = _folder.File("none.o");
        RealTool.Run("as", "--64", "-o", file, source);
        byte[] data = File.ReadAllBytes(file);
        ElfFile whole = ElfFile.Parse(data);
        Assert.Equal(0, Assert.Single(whole.Relocations(whole.Sections.Single(section => section.Type == ElfSectionType.Rela).Index)).SymbolIndex);

        // e_shoff of the file's header; sh_size and sh_info of the table's section.
        int table = (int)BitConverter.ToInt64(data, 0x28) + (whole.Symbols.SectionIndex * 64);
        Array.Clear(data, table + 0x20, 8);
        Array.Clear(data, table + 0x2c, 4);
        ElfFile elf = ElfFile.Parse(data);

        Assert.Empty(elf.Symbols);
        Assert.Equal([(CodeTrait.SystemCall, 1UL)], MachineCodeScan.Scan(elf).Select(hit => (hit.Trait, hit.Offset)));
    }

    private CodeHit[] Assembled(string source, string bits = "--64")
    {
        string path = _folder.File("a.o");
        RealTool.Run("as", [bits, "-o", path, _folder.Write("a.s", source + "\n")]);
        return Scan(path);
    }

    private CodeHit[] Compiled(string source, params string[] flags) => Scan(Compile(source, flags));

    private string Compile(string source, params string[] flags)
    {
        string path = _folder.File("c.o");
        RealTool.Run("gcc", ["-c", "-fno-stack-protector", "-fcf-protection=none", "-fno-tree-vectorize", .. flags, "-o", path, _folder.Write("c.c", source)]);
        return path;
    }

    private static CodeHit[] Scan(string path) => [.. MachineCodeScan.Scan(ElfFile.Parse(File.ReadAllBytes(path)))];
}
