namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>
/// The order of symbols once some became local, locals first, as the gABI wants it, and otherwise as they were; or once some are gone.
/// </summary>
internal sealed class ElfSymbolOrder
{
    private readonly int[] _newIndex;

    private ElfSymbolOrder(int[] newIndex, int localCount)
    {
        _newIndex = newIndex;
        LocalCount = localCount;
        NewCount = newIndex.Length;
    }

    /// <summary>How many symbols are local, the null symbol included: the new sh_info.</summary>
    public int LocalCount { get; }

    /// <summary>How many symbols there were.</summary>
    public int Count => _newIndex.Length;

    /// <summary>How many symbols there are.</summary>
    public int NewCount { get; private init; }

    /// <summary>The new place of each symbol; 0, that of the null symbol, for one that is gone.</summary>
    public int this[int oldIndex] => _newIndex[oldIndex];

    public ReadOnlySpan<int> NewIndices => _newIndex;

    public static ElfSymbolOrder Of(ElfSymbolFields symbols, ReadOnlySpan<ElfNamedChange> changes)
    {
        // First the number that each gets among its kind: locals from 0 up, the others from -1 down.
        int[] newIndex = new int[symbols.Count];
        int locals = 0;
        int others = 0;
        int change = 0;
        for (int index = 0; index < newIndex.Length; index++)
        {
            bool isLocal = index == 0 || symbols.IsLocal(index); // Entry 0 means no symbol, whatever damage made of it.
            if (change < changes.Length && changes[change].Symbol == index)
            {
                isLocal |= changes[change].BecomesLocal;
                change++;
            }

            newIndex[index] = isLocal ? locals++ : -++others;
        }

        foreach (ref int index in newIndex.AsSpan())
        {
            index = index < 0 ? locals - 1 - index : index;
        }

        return new ElfSymbolOrder(newIndex, locals);
    }

    /// <param name="count">How many symbols there are.</param>
    /// <param name="localCount">The old sh_info.</param>
    /// <param name="removed">Those that go, sorted.</param>
    public static ElfSymbolOrder Without(int count, uint localCount, ReadOnlySpan<int> removed)
    {
        int[] newIndex = new int[count];
        uint locals = localCount;
        int next = 0;
        int place = 0;
        for (int index = 0; index < count; index++)
        {
            bool isGone = next < removed.Length && removed[next] == index;
            newIndex[index] = isGone ? 0 : place++;
            next += isGone ? 1 : 0;
            locals -= isGone && (uint)index < localCount ? 1u : 0;
        }

        return new ElfSymbolOrder(newIndex, (int)locals) { NewCount = place };
    }
}
