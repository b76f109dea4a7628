using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>The reference tree's core, compiled as the build does: the place of every global symbol, by llvm-dwarfdump and by the source.</summary>
public sealed class DwarfReferenceTreeTests : IDisposable
{
    private static readonly string s_tree = Path.Combine(Repository.Root, "src", "mini-os");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_global_symbol_of_the_core_is_found_in_its_source()
    {
        string[] includes = [.. Includes()];
        int defined = 0;
        int used = 0;
        int moved = 0;
        foreach (string source in Directory.GetFiles(s_tree, "*.c").Order(StringComparer.Ordinal))
        {
            string path = _folder.File(Path.ChangeExtension(Path.GetFileName(source), ".o"));
            RealTool.Run("gcc",
            [
                "-m64", "-mno-red-zone", "-mgeneral-regs-only", "-fcf-protection=none", "-std=gnu11", "-ffreestanding", "-nostdinc", "-fno-common",
                "-fno-pie", "-fno-pic", "-fno-stack-protector", "-fno-asynchronous-unwind-tables", "-fno-strict-aliasing", "-O2", "-g",
                "-D__MINIOS__", "-D__INSIDE_MINIOS__", "-D__XEN_INTERFACE_VERSION__=0x00030205", .. includes, "-c", source, "-o", path,
            ]);
            DwarfObject made = new(path);
            DwarfdumpText oracle = new(path);
            foreach (ElfSymbol symbol in made.Elf.Symbols.Where(symbol => symbol.IsGlobal && symbol.IsDefined))
            {
                SourcePosition position = Assert.NotNull(made.Reader.DeclarationOf(symbol));
                string[] lines = File.ReadAllLines(position.File);
                if (position.Column > 0)
                {
                    Assert.Contains((position.File, position.Line, position.Column), oracle.PlacesOf(symbol.Name, definedOnly: true));
                    Assert.StartsWith(symbol.Name, lines[position.Line - 1][(position.Column - 1)..], StringComparison.Ordinal);
                    // Of a variable gcc keeps the place of the declaration in a system header, and tells of no other.
                    Assert.True(position.File == source || symbol.Type == ElfSymbolType.Object, $"{symbol.Name} is in {position.File}");
                }
                else
                {
                    Assert.Equal(source, position.File);
                    Assert.Contains(lines[(position.Line - 2)..position.Line], line => line.Contains(symbol.Name + "(", StringComparison.Ordinal));
                    moved++;
                }

                defined++;
            }

            foreach (ElfSymbol symbol in made.Elf.Symbols.Where(symbol => symbol.IsGlobal && symbol.IsUndefined))
            {
                used += made.Reader.UseOf(symbol.Index) is { File.Length: > 0 } ? 1 : 0;
            }
        }

        Assert.InRange(defined, 100, 1000);
        Assert.InRange(used, 100, 1000);
        Assert.InRange(moved, 20, 1000); // the headers are system headers for the build
    }

    private IEnumerable<string> Includes()
    {
        foreach ((string name, string target) in ((string, string)[])[("common", "include"), ("x86", "include/x86"), ("x86_64", "include/x86/x86_64")])
        {
            string folder = Directory.CreateDirectory(_folder.File(name)).FullName;
            Directory.CreateSymbolicLink(Path.Combine(folder, "mini-os"), Path.Combine(s_tree, target));
            yield return "-isystem" + folder;
            yield return "-isystem" + Path.Combine(s_tree, target);
        }

        yield return "-isystem" + Path.Combine(s_tree, "lib", "include");
        yield return "-isystem" + RealTool.Run("gcc", "-print-file-name=include").TrimEnd();
        string links = Directory.CreateDirectory(_folder.File("xen-links")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(links, "xen"), "/usr/include/xen");
        yield return "-isystem" + links;
    }
}
