using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Linking;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>A set that is one relocatable object: what of it is global, and what it may be linked with.</summary>
public sealed class OneObjectTests : IDisposable
{
    private readonly PassingSamples _samples = new();

    public void Dispose() => _samples.Dispose();

    [Fact]
    public void Everything_is_local_but_the_public_names_and_those_of_compilers()
    {
        string made = Make(["minios_one", "app_main"], [], Part("one", """
            int _minios_inner(int); __attribute__((weak)) int app_main(void) { return _minios_inner(1); }
            static int same(void) { return 1; } int minios_one(void) { return same() + app_main(); } extern char _end[]; char *end(void) { return _end; }
            """), Part("two", "static int same(void) { return 2; } int _minios_inner(int x) { return x + same(); } void *memcpy(void *a, const void *b, unsigned long n) { return a; }"));

        Assert.Equal(["T memcpy", "T minios_one", "U _end", "W app_main", "t _minios_inner", "t end", "t same", "t same"], PassingSamples.Symbols(made));
    }

    [Fact]
    public void A_program_may_have_every_internal_name_and_groups_of_the_same_name()
    {
        const string Group = "__asm__(\".section .text.shared,\\\"axG\\\",@progbits,shared,comdat\\n.weak shared\\nshared: mov ${0}, %eax\\nret\\n.text\"); int shared(void);";
        string made = Make(["minios_one"], [],
            Part("one", Group.Replace("{0}", "1", StringComparison.Ordinal) + "int _minios_inner(void); int minios_one(void) { return shared() + _minios_inner(); }"),
            Part("two", Group.Replace("{0}", "1", StringComparison.Ordinal) + "int _minios_inner(void) { return 10 * shared(); }"));
        string main = Part("main", Group.Replace("{0}", "2", StringComparison.Ordinal) + "int minios_one(void); int _minios_inner(void) { return 30; } int main(void) { return minios_one() + shared() + _minios_inner(); }");

        foreach (string[] order in (string[][])[[made, main], [main, made]])
        {
            string program = _samples.File("program");
            RealTool.Run("gcc", ["-no-pie", "-o", program, .. order]);
            Assert.Equal(11 + 2 + 30, PassingSamples.Run(program));
        }
    }

    [Fact]
    public void A_strong_hook_takes_the_place_of_the_weak_one()
    {
        string made = Make(["minios_one", "app_main"], [], Part("one", "__attribute__((weak)) int app_main(void) { return 1; } int minios_one(void) { return app_main(); }"));
        string program = _samples.File("program");
        RealTool.Run("gcc", "-no-pie", "-o", program, made, Part("main", "int minios_one(void); int app_main(void) { return 7; } int main(void) { return minios_one(); }"));
        Assert.Equal(7, PassingSamples.Run(program));
    }

    [Fact]
    public void Common_symbols_are_allocated_and_become_local_and_needed_names_stay()
    {
        string made = Make(["minios_one"], ["_minios_table"], Part("one", "int _minios_count; int minios_one(void) { return _minios_count++; }", "-fcommon"), Part("two", "int _minios_count; int _minios_table[2];", "-fcommon"));

        Assert.Equal(["T _minios_table", "T minios_one", "t _minios_count"], PassingSamples.Symbols(made));
    }

    [Fact]
    public void A_public_name_that_it_lacks_or_one_too_many_is_an_error()
    {
        string part = Part("one", "int minios_one(void) { return 1; } int other(void) { return 2; }");
        var one = new OneObject(BuiltInPolicy.Minios, new HashSet<string> { "minios_one" }, new HashSet<string>());
        var lacking = new OneObject(BuiltInPolicy.Minios, new HashSet<string> { "minios_one", "other", "gone" }, new HashSet<string>());

        Assert.Contains("\"other\" is global", Refused(() => one.Require(File.ReadAllBytes(part), part)).Message);
        Assert.Contains("\"gone\"", Refused(() => lacking.Require(File.ReadAllBytes(part), part)).Message);

        static Diagnostic Refused(Action require)
        {
            Diagnostic found = Assert.Throws<DiagnosticException>(require).Diagnostic;
            Assert.Equal("MINIOS1204", found.Code);
            return found;
        }
    }

    [Fact]
    public void What_the_linker_says_is_told_and_nothing_is_left()
    {
        string one = Part("one", "int twice(void) { return 1; }"), two = Part("two", "int twice(void) { return 2; }");
        Diagnostic error = Assert.Throws<DiagnosticException>(() => Join(_samples.File("joined.o"), one, two)).Diagnostic;

        Assert.Equal((ToolchainCodes.JoinFailed, one), (error.Code, error.File));
        Assert.Contains("twice", error.Message);
        Assert.False(File.Exists(_samples.File("joined.o")));
    }

    [Fact]
    public void The_notes_of_the_parts_are_no_obstacle()
    {
        string note = PassNote.TextFor(BuiltInPolicy.Minios, LibcMode.Stub);
        string[] parts = [Part("one", "int _minios_inner(void) { return 1; } int minios_one(void) { return 2; }"), Part("two", "int _minios_two(void) { return 1; }")];
        foreach (string part in parts)
        {
            new ArchivePass(SymbolMap.Of([]), new PassOptions { Note = note }).Apply(part, part);
        }

        string made = Make(["minios_one"], [], parts);

        Assert.Equal(["T minios_one", "t _minios_inner", "t _minios_two"], PassingSamples.Symbols(made));
        Assert.Equal(note, ElfPassNote.Read(PassingSamples.Objects(made).Single()));
    }

    private string Part(string name, string source, params string[] flags) =>
        _samples.Compile(name + ".o", source, ["-ffreestanding", "-fno-pic", "-fno-pie", "-fno-stack-protector", "-fno-inline", "-fno-common", "-w", "-fno-asynchronous-unwind-tables", .. flags]);

    private void Join(string output, params string[] parts)
    {
        string archive = _samples.Archive("parts.a", parts[1..]);
        new ObjectJoiner(new ToolRunner(), "/usr/bin/ld", Path.GetDirectoryName(output)!).Join("elf_x86_64", [parts[0]], parts.Length > 1 ? [archive] : [], output, CancellationToken.None);
    }

    private string Make(string[] publicNames, string[] needed, params string[] parts)
    {
        string joined = _samples.File("joined.o"), made = _samples.File("made.o");
        Join(joined, parts);
        var one = new OneObject(BuiltInPolicy.Minios, publicNames.ToHashSet(), needed.ToHashSet());
        new ArchivePass(one.Map(File.ReadAllBytes(joined), joined), new PassOptions { AcceptOtherNotes = true }).Apply(joined, made);
        one.Require(File.ReadAllBytes(made), made);
        return made;
    }
}
