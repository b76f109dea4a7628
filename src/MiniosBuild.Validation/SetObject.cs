using MiniosBuild.ObjectFormats.Sets;

namespace MiniosBuild.Validation;

/// <summary>One object as it is shipped: a member of an archive, or a file by itself.</summary>
internal sealed class SetObject(ValidatedFile file, ObjectFile source)
{
    public string Library { get; } = file.Library;

    public string File { get; } = source.File;

    public string? Member { get; } = source.Member;

    /// <summary>Where the member's header starts, when another member has its name.</summary>
    public long? MemberOffset { get; } = source.Offset;

    public bool IsLibc { get; } = file.Library == NamespacePolicy.LibcLibrary;

    /// <summary>Its bytes; gone when the validation has ended.</summary>
    public ReadOnlyMemory<byte> Data { get; set; } = source.Data;

    /// <summary>Whether it has sections of debug information.</summary>
    public bool HasDebugInformation { get; set; }

    /// <summary>Which of the notes of the set it carries; -1 for none.</summary>
    public int PassNote { get; set; } = -1;

    /// <summary>Archive (or object) and member, for the middle of a sentence.</summary>
    public string Place => Member is null ? File : MemberOffset is { } offset ? $"{File}({Member} at offset 0x{offset:x})" : $"{File}({Member})";
}
