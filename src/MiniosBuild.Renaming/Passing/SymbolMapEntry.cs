namespace MiniosBuild.Renaming;

/// <summary>What a <see cref="SymbolMap"/> does to one name.</summary>
/// <param name="Name">The name as it is.</param>
/// <param name="NewName">The name as it becomes; the same when it is made local.</param>
/// <param name="MakeLocal">Whether its definitions become local, rather than renamed.</param>
/// <param name="Line">The line of the map's file, from 1; 0 when it came from a plan.</param>
public readonly record struct SymbolMapEntry(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> NewName, bool MakeLocal, int Line)
{
    /// <summary>Whether nothing happens to the name at all.</summary>
    public bool Keeps => !MakeLocal && Name.Span.SequenceEqual(NewName.Span);
}
