using System.Buffers;

namespace MiniosBuild.ObjectFormats.Elf.Proof;

/// <summary>Which symbol is which before and after a pass, and that each is the same but for what the pass should change.</summary>
internal sealed class ElfProofSymbols : IDisposable
{
    private const int Unknown = -1;

    private readonly ElfFile _before;
    private readonly ElfFile _after;
    private readonly ElfProofSections _sections;
    private readonly int[] _afterOf;
    private readonly int _count;
    private List<int>? _strays;
    private int[]? _sectionSymbols;

    public ElfProofSymbols(ElfFile before, ElfFile after, ElfProofSections sections)
    {
        _before = before;
        _after = after;
        _sections = sections;
        _count = before.Symbols.Count;
        _afterOf = ArrayPool<int>.Shared.Rent(Math.Max(_count, 1));
        _afterOf.AsSpan(0, _count).Fill(Unknown);
        _afterOf[0] = 0;
    }

    /// <summary>Whether every symbol has the number that it had.</summary>
    public bool AreInPlace { get; private set; }

    public void Dispose() => ArrayPool<int>.Shared.Return(_afterOf);

    /// <summary>Whether a reference to the one symbol before the pass is a reference to the other after it.</summary>
    public bool IsSame(uint before, uint after) => before < (uint)_count
        && ((uint)_afterOf[before] == after || (_afterOf[before] == Unknown && AfterSectionSymbol((int)before) == after));

    /// <summary>The symbol after the pass that was <paramref name="before"/>; -1 for one that is gone or does not exist.</summary>
    public int AfterOf(int before) => before < _count ? _afterOf[before] : Unknown;

    /// <summary>Pairs the symbols.</summary>
    public void Match(ReadOnlySpan<ElfSymbolChange> changes)
    {
        ElfProofPairing pairing = new(_before, _after, _sections, _afterOf.AsSpan(0, _count), changes);
        _strays = pairing.PairInOrder();
        if (_strays is not null)
        {
            new ElfProofStrays(_before, _after, _sections, changes).Pair(_afterOf.AsSpan(0, _count), _strays);
        }

        AreInPlace = _strays is null && pairing.IsIdentity;
        RequireLocalsFirst(changes);
    }

    /// <summary>A symbol of a section stands for the section: another one for the same section is as good.</summary>
    private int AfterSectionSymbol(int before)
    {
        ElfSymbol symbol = _before.Symbols[before];
        if (symbol.Type != ElfSymbolType.Section || symbol.Placement != ElfSymbolPlacement.Section || symbol.Value != 0)
        {
            return Unknown;
        }

        if (_sectionSymbols is null)
        {
            _sectionSymbols = new int[_after.Sections.Count];
            foreach (ElfSymbol other in _after.Symbols)
            {
                if (other.Type == ElfSymbolType.Section && other.Placement == ElfSymbolPlacement.Section && other.Value == 0)
                {
                    _sectionSymbols[other.SectionIndex] = other.Index;
                }
            }
        }

        int section = _sections.AfterOf((int)symbol.SectionIndex);
        return section <= 0 || _sectionSymbols[section] == 0 ? Unknown : _sectionSymbols[section];
    }

    private void RequireLocalsFirst(ReadOnlySpan<ElfSymbolChange> changes)
    {
        if (_after.Symbols.SectionIndex < 0 || HasLocalsFirst(_after, out int expected))
        {
            return;
        }

        // An object that was wrong before is not made right by a pass that only renames.
        bool wasRight = HasLocalsFirst(_before, out _);
        foreach (ref readonly ElfSymbolChange change in changes)
        {
            wasRight |= change.MakeLocal;
        }

        if (wasRight)
        {
            ref readonly ElfSection table = ref _after.SectionSpan[_after.Symbols.SectionIndex];
            throw ElfProof.Failed(ObjectCodes.SymbolChanged, table.Offset,
                $"sh_info of the symbol table is {table.Info}, but the local symbols are not exactly the first {expected}");
        }
    }

    private static bool HasLocalsFirst(ElfFile file, out int locals)
    {
        ElfSymbolFields symbols = new(file.Contents(file.Symbols.SectionIndex).Span, file.Format);
        uint info = file.SectionSpan[file.Symbols.SectionIndex].Info;
        locals = 0;
        bool isRight = true;
        for (int index = 0; index < symbols.Count; index++)
        {
            bool isLocal = symbols.IsLocal(index);
            locals += isLocal ? 1 : 0;
            isRight &= isLocal == (uint)index < info;
        }

        return isRight && info <= (uint)symbols.Count;
    }
}
