namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>
/// The order of symbols once some became local: locals first, as the gABI wants it, and otherwise as they were.
/// </summary>
internal sealed class ElfSymbolOrder
{
    private readonly int[] _newIndex;

    private ElfSymbolOrder(int[] newIndex, int localCount)
    {
        _newIndex = newIndex;
        LocalCount = localCount;
    }

    /// <summary>How many symbols are local, the null symbol included: the new sh_info.</summary>
    public int LocalCount { get; }

    public int Count => _newIndex.Length;

    /// <summary>The new place of each symbol.</summary>
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
}
