namespace MiniosBuild.Linking;

/// <summary>A file that a link comes to by itself: a linker script names it.</summary>
/// <param name="Path">What messages call it.</param>
/// <param name="Data">Its bytes; they must live as long as the forecast that is made of them.</param>
public sealed record LinkFile(string Path, ReadOnlyMemory<byte> Data);
