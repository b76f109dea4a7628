using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using static MiniosBuild.UnitTests.ObjectFormats.ElfRewriteRun;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>The rewriter on every object that the machine has (see <see cref="MachineFilesTests"/>).</summary>
public sealed class ElfRewriteMachineFilesTests
{
    private const int LeastObjects = 5000;

    [Fact]
    public void Every_object_stays_as_it_is_without_changes_and_is_passed_and_passed_back()
    {
        int objects = 0;
        int changed = 0;
        foreach (ReadOnlyMemory<byte> data in Objects())
        {
            ElfFile elf = ElfFile.Parse(data);
            Assert.True(data.Span.SequenceEqual(Write(ElfSymbolRewriter.Prepare(elf, data, []))));

            Func<ElfSymbol, bool> localisable = Localisable(elf);
            ElfSymbolChange[] changes = Changes(elf, name => "minios_" + name, symbol => symbol.Index % 3 == 0 && localisable(symbol));
            byte[] passed = Apply(data, changes, "note");
            byte[] back = Apply(passed, Changes(ElfFile.Parse(passed), name => name["minios_".Length..]));
            Assert.Equal(
                elf.Symbols.Where(symbol => symbol.IsGlobal).Select(symbol => symbol.Name).Except(changes.Where(change => change.MakeLocal).Select(change => elf.Symbols[change.Index].Name)),
                ElfFile.Parse(back).Symbols.Where(symbol => symbol.IsGlobal).Select(symbol => symbol.Name));
            objects++;
            changed += changes.Length;
        }

        Assert.InRange(objects, LeastObjects, int.MaxValue);
        Assert.InRange(changed, 50_000, int.MaxValue);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Objects()
    {
        foreach (string path in MachineFiles.All())
        {
            byte[] data = File.ReadAllBytes(path);
            IEnumerable<ReadOnlyMemory<byte>> members = ArArchive.IsArchive(data) ? ArArchive.Parse(data).Members.Select(member => member.Data) : [data];
            foreach (ReadOnlyMemory<byte> member in members)
            {
                if (ElfFile.IsElf(member.Span) && ElfFile.Parse(member).Type == ElfType.Relocatable)
                {
                    yield return member;
                }
            }
        }
    }
}
