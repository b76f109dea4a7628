namespace MiniosBuild.ObjectFormats;

/// <summary>Bytes that are not what their format says. The caller knows the file and member and adds them.</summary>
/// <param name="code">A code of the 20xx (ELF), 21xx (ar) or 22xx (DWARF) range.</param>
/// <param name="offset">Offset in bytes from the start of the data that was parsed.</param>
/// <param name="message">What was expected and what was found, without file names.</param>
public sealed class ObjectFormatException(string code, long offset, string message)
    : Exception(message)
{
    public string Code { get; } = code;

    public long Offset { get; } = offset;

    /// <summary>The message with the offset before it.</summary>
    public string Located => $"offset 0x{Offset:x}: {Message}";

    /// <summary>The same as a diagnostic about a file, or a member of an archive.</summary>
    public Diagnostic ToDiagnostic(string file, string? member = null) => Diagnostic.Error(
        Code, $"{(member is null ? "" : $"member {member}: ")}{Located}", file);
}
