namespace MiniosBuild.Policy;

/// <summary>One finished archive or object of a set.</summary>
/// <param name="Library">The library that it is, or that the object belongs to.</param>
/// <param name="Path">What diagnostics call it.</param>
/// <param name="Data">Its bytes; needed only during the validation.</param>
public sealed record ValidatedFile(string Library, string Path, ReadOnlyMemory<byte> Data);
