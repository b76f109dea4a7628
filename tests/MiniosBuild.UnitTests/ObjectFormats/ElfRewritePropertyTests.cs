using FsCheck;
using FsCheck.Fluent;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;
using static MiniosBuild.UnitTests.ObjectFormats.ElfRewriteRun;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>What holds for the rewriter whatever the object.</summary>
public sealed class ElfRewritePropertyTests
{
    private static readonly Arbitrary<int> s_seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void A_rename_and_its_inverse_give_all_names_back() => Prop.ForAll(s_seeds, seed =>
    {
        Random random = new(seed);
        byte[] before = RandomObject(random);
        Dictionary<string, string> map = [];
        foreach (ElfSymbol symbol in ElfFile.Parse(before).Symbols.Where(symbol => symbol.IsGlobal && random.Next(3) > 0))
        {
            map[symbol.Name] = new string('n', random.Next(12)) + symbol.Name + "_" + map.Count;
        }

        byte[] renamed = Apply(before, Changes(ElfFile.Parse(before), map.GetValueOrDefault), random.Next(2) == 0 ? "" : "a note");
        Dictionary<string, string> inverse = map.ToDictionary(pair => pair.Value, pair => pair.Key);
        byte[] back = Apply(renamed, Changes(ElfFile.Parse(renamed), inverse.GetValueOrDefault));

        Assert.Equal(Expected(before, map), Names(renamed));
        Assert.Equal(Names(before), Names(back));
        Assert.Equal(Targets(before), Targets(back));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Relocations_and_groups_keep_their_symbols_when_some_become_local() => Prop.ForAll(s_seeds, seed =>
    {
        Random random = new(seed);
        byte[] before = RandomObject(random);
        ElfFile elf = ElfFile.Parse(before);
        Func<ElfSymbol, bool> localisable = Localisable(elf);
        ElfSymbolChange[] changes = Changes(elf, _ => null, symbol => localisable(symbol) && random.Next(2) == 0);
        byte[] after = Apply(before, changes);

        Assert.Equal(Targets(before), Targets(after));
        ElfFile result = ElfFile.Parse(after);
        int locals = (int)result.Sections[result.Symbols.SectionIndex].Info;
        Assert.Equal(Enumerable.Range(0, locals), result.Symbols.Where(symbol => !symbol.IsGlobal).Select(symbol => symbol.Index));
        Assert.Equal(
            elf.Symbols.Where(symbol => changes.Any(change => change.Index == symbol.Index) || !symbol.IsGlobal).Select(symbol => symbol.Name).Order(),
            result.Symbols.Where(symbol => !symbol.IsGlobal).Select(symbol => symbol.Name).Order());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_damaged_object_is_refused_or_rewritten_and_proven()
    {
        int rewritten = 0;
        int refused = 0;
        Config config = Config.QuickThrowOnFailure.WithMaxTest(3000);
        Prop.ForAll(s_seeds, seed =>
        {
            Random random = new(seed);
            byte[] data = RandomObject(random);
            for (int count = random.Next(1, 4); count > 0; count--)
            {
                data[random.Next(16, data.Length)] = (byte)random.Next(256);
            }

            try
            {
                ElfFile elf = ElfFile.Parse(data);
                Func<ElfSymbol, bool> localisable = Localisable(elf);
                Apply(data, Changes(elf, name => random.Next(2) == 0 ? null : "x_" + name, symbol => localisable(symbol) && random.Next(4) == 0), "n");
                rewritten++;
            }
            catch (ObjectFormatException e)
            {
                // Never the proof: what the rewriter takes it does right.
                Assert.True(e.Code.StartsWith("MINIOS20", StringComparison.Ordinal), e.Message);
                refused++;
            }
            catch (Exception e) when (e is not ObjectFormatException)
            {
                Assert.Fail($"seed {seed}: {e}"); // with the place, which the runner would not show
            }
        }).Check(config);
        Assert.InRange(rewritten, 500, 3000);
        Assert.InRange(refused, 200, 3000);
    }

    private static string[] Names(byte[] data) => [.. ElfFile.Parse(data).Symbols.Select(symbol => symbol.Name)];

    private static string[] Expected(byte[] data, Dictionary<string, string> map) =>
        [.. ElfFile.Parse(data).Symbols.Select(symbol => symbol.IsGlobal ? map.GetValueOrDefault(symbol.Name, symbol.Name) : symbol.Name)];

    /// <summary>All relocations and groups with the names of their symbols, read without the proof.</summary>
    private static List<string> Targets(byte[] data)
    {
        ElfFile elf = ElfFile.Parse(data);
        return
        [
            .. from section in elf.Sections
               from relocation in elf.Relocations(section.Index)
               let symbol = elf.Symbols[relocation.SymbolIndex]
               select $"{section.Name} {relocation.Offset} {relocation.Type} {relocation.Addend} {symbol.Name} {symbol.Value} {symbol.Placement} {symbol.SectionIndex}",
            .. from @group in elf.Groups
               select $"{elf.Symbols[@group.SignatureIndex].Name} {@group.IsComdat} {string.Join(' ', @group.Members)}",
        ];
    }

    /// <summary>An object of either class and byte order with up to 40 symbols of all kinds, in sections, relocations and groups.</summary>
    private static byte[] RandomObject(Random random)
    {
        (ElfClass Class, ElfByteOrder Order)[] formats = [.. ElfSamples.Formats];
        (ElfClass fileClass, ElfByteOrder order) = formats[random.Next(formats.Length)];
        ElfWriter writer = new(fileClass, order) { ForceExtendedNumbering = random.Next(4) == 0 };
        int sections = random.Next(1, 6);
        for (int index = 1; index <= sections; index++)
        {
            byte[] contents = new byte[random.Next(40)];
            random.NextBytes(contents);
            writer.AddSection($".text.{index}", ElfSectionType.ProgramBits, contents, ElfSectionFlags.Alloc);
        }

        int locals = random.Next(10);
        int symbols = locals + random.Next(1, 30);
        for (int index = 1; index <= symbols; index++)
        {
            AddSymbol(writer, random, index, isLocal: index <= locals, sections);
        }

        for (int index = 1; index <= sections; index++)
        {
            if (random.Next(2) == 0)
            {
                ElfRelocation[] relocations =
                [
                    .. Enumerable.Range(0, random.Next(8)).Select(_ => new ElfRelocation(
                        (ulong)random.Next(100), (uint)random.Next(200), random.Next(symbols + 1), 0)),
                ];
                writer.AddRelocations($".rel.{index}", index, random.Next(2) == 0, relocations);
            }
        }

        if (random.Next(2) == 0)
        {
            writer.AddGroup(random.Next(1, symbols + 1), random.Next(3) > 0, random.Next(1, sections + 1));
        }

        if (random.Next(2) == 0)
        {
            writer.AddSection(".llvm_addrsig", ElfSectionType.LlvmAddressSignificance, [(byte)random.Next(symbols + 1), 0], link: null);
        }

        return writer.Write().Bytes;
    }

    private static void AddSymbol(ElfWriter writer, Random random, int index, bool isLocal, int sections)
    {
        ElfSymbolBinding[] bindings = [ElfSymbolBinding.Global, ElfSymbolBinding.Weak, ElfSymbolBinding.GnuUnique];
        ElfSymbolType[] types = [ElfSymbolType.NoType, ElfSymbolType.Func, ElfSymbolType.Object, ElfSymbolType.Tls, ElfSymbolType.GnuIfunc];
        uint[] reserved = [0, 0xfff1, 0xfff2]; // undefined, absolute, common
        bool isReserved = random.Next(3) == 0;
        writer.AddSymbol(
            new string((char)random.Next('a', 'z'), random.Next(1, 5)) + index,
            isLocal ? ElfSymbolBinding.Local : bindings[random.Next(bindings.Length)],
            types[random.Next(types.Length)],
            isReserved ? reserved[random.Next(reserved.Length)] : (uint)random.Next(1, sections + 1),
            (ulong)random.Next(1000), (ulong)random.Next(1000), (ElfSymbolVisibility)random.Next(4), isReserved);
    }
}
