namespace MiniosBuild.Renaming;

/// <summary>One undefined reference: the number of its name, and whether it is weak.</summary>
internal readonly record struct ReferenceEntry
{
    private readonly uint _packed;

    public ReferenceEntry(int name, bool isWeak) => _packed = ((uint)name << 1) | (isWeak ? 1u : 0u);

    public int Name => (int)(_packed >> 1);

    public bool IsWeak => (_packed & 1) != 0;
}
