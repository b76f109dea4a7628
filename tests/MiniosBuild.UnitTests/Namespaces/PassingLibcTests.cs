using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Passes;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>The pass over the C libraries of the machine: every name that they define gets a prefix.</summary>
public sealed class PassingLibcTests : IDisposable
{
    private readonly PassingSamples _samples = new();

    public void Dispose() => _samples.Dispose();

    [Theory]
    [InlineData("gcc", 2000, 20_000)]
    [InlineData("musl-gcc", 1000, 4_000)]
    public void A_map_and_its_inverse_give_all_names_back(string compiler, int leastMembers, int leastNames)
    {
        string libc = Libc(compiler);
        SymbolMap map = PassingSamples.Map(PassingTests.PrefixMap(libc));
        PassReport there = new ArchivePass(map, new PassOptions()).Apply(libc, _samples.File("there.a"));
        PassReport back = new ArchivePass(map.Inverse(), new PassOptions()).Apply(_samples.File("there.a"), _samples.File("back.a"));

        Assert.InRange(there.Members, leastMembers, int.MaxValue);
        Assert.InRange(there.Renamed + there.Members, leastNames / 2, int.MaxValue);
        Assert.Equal(there.Renamed, back.Renamed);
        Assert.Empty(UnmatchedEntries.Of(map, [there]));
        Assert.Equal(Symbols(libc), Symbols(_samples.File("back.a")));
        Assert.NotEqual(Symbols(libc), Symbols(_samples.File("there.a")));
        Assert.Equal(ArArchive.Parse(File.ReadAllBytes(libc)).Index!.Select(entry => "my_" + entry.Symbol), ArArchive.Parse(File.ReadAllBytes(_samples.File("there.a"))).Index!.Select(entry => entry.Symbol));
    }

    [Theory]
    [InlineData("gcc", "-lgcc -lgcc_eh")]
    [InlineData("musl-gcc", "-lgcc")]
    public void A_renamed_libc_links_and_runs(string compiler, string support)
    {
        string libc = Libc(compiler);
        string map = string.Join('\n', PassingTests.PrefixMap(libc).Split('\n').Where(line => !line.StartsWith("main ", StringComparison.Ordinal)));
        string[] start = [.. ((string[])["crt1.o", "crti.o", "crtn.o"]).Select(name => _samples.Apply(map, Path.Combine(Path.GetDirectoryName(libc)!, name), name))];
        // What the compiler's own library takes from libc goes by the old names.
        string[] libraries = [.. support.Split(' ').Select(name => RealTool.Run("gcc", $"-print-file-name=lib{name[2..]}.a").Trim())
            .Select(path => _samples.Apply(map, path, Path.GetFileName(path)))];
        string program = _samples.CompileBy(compiler, "main.o", """
            typedef unsigned long size_t;
            int my_snprintf(char *, size_t, const char *, ...); void *my_malloc(size_t); int my_puts(const char *); int my_strcmp(const char *, const char *);
            int main(void)
            {
                char *text = my_malloc(32);
                my_snprintf(text, 32, "%d %s", 42, "renamed");
                my_puts(text);
                return my_strcmp(text, "42 renamed");
            }
            """, "-fno-builtin", "-fno-stack-protector", "-fno-pie");
        string passed = _samples.Apply(map, libc, "libc.a");
        RealTool.Run("gcc", ["-static", "-no-pie", "-nostdlib", "-o", _samples.File("program"), start[0], start[1], program, "-Wl,--start-group", passed, .. libraries, "-Wl,--end-group", start[2]]);

        Assert.Equal("42 renamed\n", RealTool.Run(_samples.File("program")));
        Assert.DoesNotContain(" malloc\n", RealTool.Run("nm", _samples.File("program")));
    }

    [Fact]
    public void All_back_ends_give_equal_symbols_for_objects_of_libc()
    {
        string libc = Libc("gcc");
        SymbolMap map = PassingSamples.Map(PassingTests.PrefixMap(libc));
        ArMember[] members = [.. ArArchive.Parse(File.ReadAllBytes(libc)).Members.Where((_, index) => index % 40 == 0)];
        Assert.InRange(members.Length, 40, 400);
        int renamed = 0;
        foreach (ArMember member in members)
        {
            File.WriteAllBytes(_samples.File("in.o"), member.Data.Span);
            string[] results = [.. ((ObjcopyKind?[])[null, ObjcopyKind.Gnu, ObjcopyKind.Llvm]).Select(kind =>
            {
                var options = new PassOptions { Note = "n", BackEnd = kind is { } tool ? _samples.BackEnd(tool) : null };
                renamed += new ArchivePass(map, options).Apply(_samples.File("in.o"), _samples.File("out.o")).Renamed;
                return string.Join('\n', Symbols(_samples.File("out.o")).Order(StringComparer.Ordinal));
            })];
            Assert.Equal(results[0], results[1]);
            Assert.Equal(results[0], results[2]);
        }

        Assert.InRange(renamed, 3 * 100, int.MaxValue);
    }

    private static string Libc(string compiler) =>
        compiler == "gcc" ? Path.GetFullPath(RealTool.Run(compiler, "-print-file-name=libc.a").Trim()) : "/usr/lib/x86_64-linux-musl/libc.a";

    /// <summary>All that a symbol is, but for its number: tools may drop unused symbols of sections.</summary>
    private static IEnumerable<string> Symbols(string path) =>
        from file in PassingSamples.Objects(path)
        from symbol in file.Symbols
        where symbol.Type != ElfSymbolType.Section && symbol.Index > 0
        select $"{symbol.Name} {symbol.Binding} {symbol.Type} {symbol.Other} {symbol.Placement} {(symbol.Placement == ElfSymbolPlacement.Section ? file.Sections[(int)symbol.SectionIndex].Name : "")} {symbol.Value:x} {symbol.Size}";
}
