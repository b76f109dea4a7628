using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>A tree as old ones are: a public header defines variables, and ten sources include it.</summary>
public sealed class CommonTests : IDisposable
{
    private const string Common = "-p:MiniosCommon=true";

    private readonly GuestProject _project = new();
    private readonly string _tree;

    public CommonTests()
    {
        _tree = TreeCopy.Into(Path.Combine(_project.Parent, "tree"));
        _project.SetProject($"<PropertyGroup><MiniosSourceRoot>{_tree}</MiniosSourceRoot></PropertyGroup>");
        File.WriteAllText(Path.Combine(_tree, "include", "old.h"), "#ifndef OLD_H\n#define OLD_H\nint tentative;\nstruct old_state { int count; void *first; } old_state;\nlong old_table[64];\n#endif\n");
        foreach (string source in new[] { "sched.c", "mm.c", "events.c", "lib/string.c" })
        {
            string path = Path.Combine(_tree, source);
            File.WriteAllText(path, "#include <mini-os/old.h>\n" + File.ReadAllText(path));
        }

        File.WriteAllText(Path.Combine(_tree, "one.c"), "#include <mini-os/old.h>\nint old_one(void);\nint old_one(void) { old_table[3] = 1; return ++tentative; }\n");
        File.WriteAllText(Path.Combine(_tree, "two.c"), "#include <mini-os/old.h>\nint old_two(void);\nint old_two(void) { return old_table[3] + tentative; }\n");
        _project.Write("main.c", """
            #include <mini-os/kernel.h>
            #include <mini-os/lib.h>
            #include <mini-os/old.h>

            int app_main(start_info_t *si)
            {
                (void)si;
                minios_printk("%d\n", _minios_tentative);
                return 0;
            }
            """);
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public void ItBuildsWithOneDefinitionOfEachAndAWarningAtTheHeader()
    {
        var build = _project.Build(Common).MustSucceed();

        Assert.Equal(
            [("MINIOS1350", 3, 5), ("MINIOS1350", 4, 46), ("MINIOS1350", 5, 6)],
            build.Warnings.Where(w => w.Code.StartsWith("MINIOS13", StringComparison.Ordinal)).Select(w => (w.Code, w.LineNumber, w.ColumnNumber)).Distinct().Order());
        Assert.All(build.Warnings.Where(w => w.Code == "MINIOS1350"), w => Assert.Equal(Path.Combine(_tree, "include", "old.h"), w.File));
        // The guest has them too, and the link makes one of both.
        Assert.All(build.Warnings.Where(w => w.Code != "MINIOS1350"), w => Assert.Equal("MINIOS1633", w.Code));

        var symbols = ElfFile.Parse(File.ReadAllBytes(_project.Image)).Symbols.ToLookup(s => s.Name);
        Assert.Equal(4ul, Assert.Single(symbols["_minios_tentative"]).Size);
        Assert.Equal(16ul, Assert.Single(symbols["_minios_old_state"]).Size);
        Assert.Equal(512ul, Assert.Single(symbols["_minios_old_table"]).Size);
        ElfSymbol end = Assert.Single(symbols["_end"]), bss = Assert.Single(symbols["_minios_old_table"]);
        Assert.True(bss.Value + bss.Size <= end.Value); // What lies behind the end is given away as memory.

        var again = _project.Build(Common).MustSucceed();
        Assert.Equal(build.Warnings.Select(w => (w.Code, w.LineNumber)).Order(), again.Warnings.Select(w => (w.Code, w.LineNumber)).Order());
        Assert.DoesNotContain(again.Messages, m => m.StartsWith("common symbols:", StringComparison.Ordinal) || m.StartsWith("namespace plan:", StringComparison.Ordinal));
    }

    [Fact]
    public void WithoutThePropertyTheRefusalNamesItAndWithoutThePassObjectsStayAsTheyAre()
    {
        var refused = _project.Build().MustFail();
        Assert.Contains(refused.Errors, e => e.Code == "MINIOS1309" && e.Text.Contains("\"tentative\"", StringComparison.Ordinal) && e.Text.Contains("MiniosCommon=true", StringComparison.Ordinal));

        _project.SetProject($"<PropertyGroup><OutputType>Library</OutputType><MiniosSourceRoot>{_tree}</MiniosSourceRoot></PropertyGroup>");
        _project.Build(Common, "-p:MiniosSymbolPass=false", "-p:MiniosValidate=false").MustSucceed();
        ArArchive core = ArArchive.Parse(File.ReadAllBytes(_project.PathOf("bin/Debug/lib/libminios-core.a")));
        Assert.Equal(5, core.Members.Count(member => ElfFile.Parse(member.Data).Symbols.Any(s => s.IsCommon && s.Name == "tentative")));
        var found = _project.Build(Common, "-p:MiniosSymbolPass=false").MustFail();
        Assert.Contains(found.Errors, e => e.Code == "MINIOS1414" && e.Text.Contains("\"tentative\"", StringComparison.Ordinal));
    }
}
