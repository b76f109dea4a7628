namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>A change that was checked and that changes something.</summary>
/// <param name="Symbol">The index of the symbol.</param>
/// <param name="NameOffset">Where its new name starts among the names that are added; -1 when it keeps the one it has.</param>
/// <param name="BecomesLocal">Whether its binding becomes local.</param>
internal readonly record struct ElfNamedChange(int Symbol, int NameOffset, bool BecomesLocal)
{
    public bool IsRenamed => NameOffset >= 0;
}
