namespace MiniosBuild.Renaming;

/// <summary>One relocatable object or archive of somebody's program that is linked with the set.</summary>
/// <param name="Path">What diagnostics call it.</param>
/// <param name="Data">Its bytes; needed only while it is read.</param>
public sealed record ConsumerFile(string Path, ReadOnlyMemory<byte> Data);
