namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>Symbol versions as assemblers write them into names: <c>name@VERSION</c>, <c>name@@VERSION</c> for the default one.</summary>
public static class VersionedName
{
    /// <summary>The name that a definition answers to: without the version, if that is the default one.</summary>
    public static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> name)
    {
        int at = name.IndexOf("@@"u8);
        return at > 0 ? name[..at] : name;
    }
}
