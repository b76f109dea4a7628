namespace MiniosBuild.Renaming;

/// <summary>One relocatable object of the set, or an archive of them where that is allowed.</summary>
/// <param name="Library">The library that it goes into: <c>core</c>, <c>libc</c>, <c>blkfront</c>, …</param>
/// <param name="Path">What diagnostics call it; identifies it in the census and the plan.</param>
/// <param name="Data">Its bytes; needed only while the census is read.</param>
public sealed record CensusInput(string Library, string Path, ReadOnlyMemory<byte> Data);
