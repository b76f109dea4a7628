using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>A tree whose sources mark what they export: the reference tree with a header of its own and marks.</summary>
public sealed class MarksTests : IDisposable
{
    private static readonly string[] s_hooks = ["app_main", "app_shutdown", "console_input", "libc_exit", "libc_thread_end"];

    private readonly GuestProject _project = new("archives");
    private readonly string _tree;

    public MarksTests()
    {
        _tree = TreeCopy.Into(Path.Combine(_project.Parent, "tree"));
        File.WriteAllText(Path.Combine(_tree, "include", "export.h"), """
            /* Names in a section that only the build reads. */
            #ifndef MINIOS_EXPORT_H
            #define MINIOS_EXPORT_H
            #define EXPORT_SYMBOL(name) __asm__("\t.section .export_symbol\n\t.ascii \"" #name "\\n\"\n\t.previous\n")
            #endif

            """);
        Mark("sched.c", "schedule", "wake", "create_thread");
        Mark("printk.c", "printk");
        Mark("lib/string.c", "strlen", "memcpy");
        Mark("kernel.c", "nobody_has_this");
        File.AppendAllText(Path.Combine(_tree, "kernel.c"), "\nint xenos_version(void);\nint xenos_version(void)\n{\n\treturn 1;\n}\n");
        SetPolicy("hide-only");
    }

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("managed")]
    [InlineData("objcopy")]
    [InlineData("llvm-objcopy")]
    public void HideOnlyLeavesTheNamesThatTheTreesOwnLinkLeaves(string rewriter)
    {
        var build = _project.Build($"-p:MiniosSymbolRewriter={rewriter}").MustSucceed();

        var warning = Assert.Single(build.Warnings);
        Assert.Equal("MINIOS1435", warning.Code);
        string[] theirs = TheirLink();
        Assert.Equal(["_start", "create_thread", "memcpy", "printk", "schedule", "strlen", "wake", "xenos_version"], theirs.Append("_start").Order(StringComparer.Ordinal));
        Assert.Equal(theirs.Append("_start").Order(StringComparer.Ordinal), Api().Except(s_hooks));

        // What archives have besides, another object needs, or a compiler calls it.
        string[] archives = Directory.GetFiles(_project.PathOf("bin/Debug/lib"), "*.a");
        var wanted = archives.Append(Assert.Single(Directory.GetFiles(_project.PathOf("bin/Debug/lib"), "*.o"))).SelectMany(Undefined).ToHashSet();
        string[] compiler = ["memcmp", "memmove", "memset"];
        Assert.All(archives.Where(a => !a.EndsWith("-compiler.a", StringComparison.Ordinal)), archive =>
        {
            Assert.Subset(wanted, Symbols.Of(archive).Except(theirs).Except(s_hooks).Except(compiler).ToHashSet());
            Assert.DoesNotContain(".export_symbol", RealTool.Run("readelf", "-SW", archive));
        });
        Assert.Empty(_project.Build($"-p:MiniosSymbolRewriter={rewriter}", "-p:NoWarn=MINIOS1435").MustSucceed().Warnings);
    }

    [Fact]
    public void WithoutThePassMarksStay()
    {
        _project.Build("-p:MiniosSymbolPass=false", "-p:MiniosValidate=false").MustSucceed();
        Assert.Contains(".export_symbol", RealTool.Run("readelf", "-SW", _project.PathOf("bin/Debug/lib/libminios-core.a")));
    }

    /// <summary>A list of the project's own: changing it changes the names, and the headers with them.</summary>
    [Fact]
    public void AListBesideThePolicySaysWhatIsPublic()
    {
        _project.Write("ours.json", """
            { "publicPrefix": "minios_", "public": "list", "publicList": "ours.txt", "unmatched": "message", "keep": ["_start", "HYPERVISOR_shared_info"],
              "hooks": ["app_main", "app_shutdown", "console_input", "libc_exit", "libc_thread_end"] }
            """);
        _project.Write("ours.txt", "schedule\nwake\n");
        SetPolicy(_project.PathOf("ours.json"));
        Assert.Equal("MINIOS1435", Assert.Single(_project.Build().MustSucceed().Warnings).Code);
        Assert.Equal(["minios_schedule", "minios_wake"], Api().Where(name => name.StartsWith("minios_", StringComparison.Ordinal)).Except(InSource()));
        string header = File.ReadAllText(_project.PathOf("bin/Debug/include/mini-os/sched.h"));
        Assert.Contains("void minios_wake(", header);
        Assert.Contains("void _minios_wake_at(", header);

        _project.Write("ours.txt", "schedule\nwake\nwake_at\n");
        _project.Build().MustSucceed();
        Assert.Contains("minios_wake_at", Api());
        Assert.Contains("void minios_wake_at(", File.ReadAllText(_project.PathOf("bin/Debug/include/mini-os/sched.h")));
    }

    private void SetPolicy(string policy) => _project.SetProject($"""
        <PropertyGroup>
          <OutputType>Library</OutputType>
          <MiniosSourceRoot>{_tree}</MiniosSourceRoot>
          <MiniosPolicy>{policy}</MiniosPolicy>
        </PropertyGroup>
        """);

    private void Mark(string source, params string[] names) => File.AppendAllText(
        Path.Combine(_tree, source), $"\n#include <mini-os/export.h>\n{string.Concat(names.Select(name => $"EXPORT_SYMBOL({name});\n"))}");

    private string[] Api() =>
        [.. File.ReadAllLines(_project.PathOf("bin/Debug/share/minios/api.txt")).Where(line => !line.StartsWith('#')).Select(line => line.Split(' ')[0])];

    // Under the prefix in the sources already.
    private IEnumerable<string> InSource() => Objects().SelectMany(Symbols.Of).Where(name => name.StartsWith("minios_", StringComparison.Ordinal));

    private string[] Objects() => Directory.GetFiles(Assert.Single(Directory.GetDirectories(_project.PathOf("obj"), "objects", SearchOption.AllDirectories)), "*.o", SearchOption.AllDirectories);

    /// <summary>What the makefile of such a tree does: one relocatable, the names of the section kept, and those under xenos_.</summary>
    private string[] TheirLink()
    {
        string joined = _project.PathOf("theirs.o"), names = _project.PathOf("theirs.names");
        RealTool.Run("ld", ["-r", "-o", joined, .. Objects()]);
        RealTool.Run("objcopy", "--set-section-flags", ".export_symbol=alloc", "-O", "binary", "--only-section=.export_symbol", joined, names);
        RealTool.Run("objcopy", "-w", "-G", "xenos_*", $"--keep-global-symbols={names}", "--remove-section=.export_symbol", joined, joined);
        return [.. Symbols.Of(joined).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Undefined(string file) => RealTool.Run("nm", "-u", "-j", file).Split('\n').Where(line => line.Length > 0);
}
