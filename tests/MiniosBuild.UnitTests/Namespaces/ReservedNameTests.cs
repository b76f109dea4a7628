using System.Text;
using System.Text.RegularExpressions;
using MiniosBuild.CSource.Census;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Names;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed partial class ReservedNameTests
{
    private static readonly string[] PosixHeaders =
    [
        "aio", "arpa/inet", "complex", "ctype", "dirent", "dlfcn", "errno", "fcntl", "fenv", "fmtmsg", "fnmatch", "ftw", "glob", "grp",
        "iconv", "inttypes", "langinfo", "libgen", "locale", "math", "monetary", "mqueue", "net/if", "netinet/in", "nl_types", "poll",
        "pwd", "regex", "sched", "search", "semaphore", "setjmp", "signal", "spawn", "stdio", "stdlib", "string", "strings",
        "sys/ipc", "sys/mman", "sys/msg", "sys/resource", "sys/select", "sys/sem", "sys/shm", "sys/socket", "sys/stat", "sys/statvfs",
        "sys/time", "sys/times", "sys/types", "sys/uio", "sys/un", "sys/utsname", "sys/wait", "syslog", "termios", "threads", "time",
        "uchar", "ulimit", "unistd", "utime", "utmpx", "wchar", "wctype", "wordexp",
    ];

    /// <summary>Trap 14: whatever libgcc gives, the compiler may ask for.</summary>
    [Fact]
    public void Every_name_of_libgcc_is_the_compilers()
    {
        string libgcc = RealTool.Run("gcc", "-print-libgcc-file-name").Trim();
        string[] names = [.. RealTool.Run("nm", "-g", "--defined-only", "-j", libgcc).Split('\n').Where(line => line.Length > 0 && !line.EndsWith(':')).Distinct()];
        Assert.True(names.Length > 300, $"only {names.Length} names in {libgcc}");
        Assert.Equal([], Decide("core", names).Where(decision => decision.Rule != 1).Select(decision => decision.Name));
    }

    /// <summary>Traps 14 and 15.</summary>
    [Theory]
    [InlineData("memcpy")]
    [InlineData("__stack_chk_fail")]
    [InlineData("__udivdi3")]
    [InlineData("__tls_get_addr")]
    [InlineData("_Unwind_Resume")]
    [InlineData("__asan_report_load4")]
    [InlineData("__gcov_flush")]
    [InlineData("__fentry__")]
    [InlineData("__x86_indirect_thunk_rax")]
    [InlineData("__x86_get_pc_thunk.bx")]
    [InlineData("__aeabi_uidiv")]
    [InlineData("__aarch64_ldadd4_acq_rel")]
    [InlineData("_text")]
    [InlineData("_erodata")]
    [InlineData("__init_array_start")]
    [InlineData("__start_minios_tests")]
    [InlineData("_GLOBAL_OFFSET_TABLE_")]
    public void Names_made_by_tools_stay(string name) =>
        Assert.Equal((SymbolAction.Keep, 1), Decide("core", [name]).Select(decision => (decision.Action, decision.Rule)).Single());

    [Theory]
    [InlineData("memcpyx")]
    [InlineData("__stack")]
    [InlineData("end")]
    [InlineData("mod3")]
    public void Names_like_those_do_not(string name) =>
        Assert.NotEqual(1, Decide("core", [name]).Single().Rule);

    /// <summary>The system's headers are the witness that the list of C names is complete; glibc declares a few historical names more.</summary>
    [Fact]
    public void Every_function_of_the_posix_headers_is_a_C_name()
    {
        string[] historical = ["inet_lnaof", "inet_makeaddr", "inet_netof", "inet_network", "re_syntax_options", "wcswcs"];
        string source = string.Concat(PosixHeaders.Select(name => $"#include <{name}.h>\n"));
        using TemporaryFolder folder = new();
        string text = RealTool.Run("gcc", "-E", "-std=c17", "-D_XOPEN_SOURCE=700", folder.Write("all.c", source));
        PublicDeclarations declared = PublicDeclarations.Scan(text, file => file.StartsWith("/usr/", StringComparison.Ordinal));
        string[] names = [.. declared.Functions.Keys.Concat(declared.Variables.Keys).Where(name => !name.StartsWith("__", StringComparison.Ordinal))];
        Assert.True(names.Length > 900, $"only {names.Length} names found");
        Assert.Equal([], names.Where(name => !BuiltInPolicy.Minios.CNames.Contains(name)).Except(historical));
    }

    /// <summary>glibc's features.h reads what a program defines before it includes anything; renamed, functions would vanish from its headers.</summary>
    [Fact]
    public void Every_macro_that_the_system_reads_is_a_C_name()
    {
        const string Features = "/usr/include/features.h";
        string[] read = [.. Condition().Matches(File.ReadAllText(Features)).SelectMany(line => FeatureMacro().Matches(line.Value)).Select(name => name.Value).Distinct()];

        Assert.True(read.Length > 15, $"only {read.Length} names in {Features}");
        var known = new WildcardPatterns();
        ReservedNames.CHeaders.ToList().ForEach(name => known.Add(Encoding.UTF8.GetBytes(name)));
        Assert.Equal([], read.Where(name => !known.Matches(Encoding.UTF8.GetBytes(name))));
    }

    [GeneratedRegex("""(?m)^#\s*(?:el)?if.*(?:\\\n.*)*""")]
    private static partial Regex Condition();

    [GeneratedRegex("""\b_[A-Z][A-Z0-9_]*(?:_SOURCE|_SOURCE_EXTENDED|_BITS)\b|\b_(?:REENTRANT|THREAD_SAFE)\b""")]
    private static partial Regex FeatureMacro();

    private static IReadOnlyList<SymbolDecision> Decide(string library, IEnumerable<string> names)
    {
        ElfWriter elf = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        int text = elf.AddSection(".text", ElfSectionType.ProgramBits, [0xC3], ElfSectionFlags.Alloc | ElfSectionFlags.Executable);
        foreach (string name in names)
        {
            elf.AddSymbol(name, ElfSymbolBinding.Global, ElfSymbolType.Func, (uint)text);
        }

        SymbolCensus census = SymbolCensus.Read([new CensusInput(library, "names.o", elf.Write().Bytes)]);
        return NamespacePlanner.Plan(BuiltInPolicy.Minios, census, PublicDeclarations.Empty, LibcMode.Stub).Decisions;
    }
}
