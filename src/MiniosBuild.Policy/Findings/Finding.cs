using MiniosBuild.ObjectFormats.Dwarf;

namespace MiniosBuild.Policy.Findings;

/// <summary>One thing that is wrong with a finished set or a link, in parts, so that reports, baselines and levels need not read messages.</summary>
/// <param name="Code">A stable code of 14xx, 15xx, 16xx, or of damage (20xx, 21xx).</param>
/// <param name="Severity">How serious it is, levels applied.</param>
/// <param name="Library">The library; <see cref="HeadersLibrary"/> for a public header.</param>
/// <param name="File">The archive, object or header, as the caller named it.</param>
/// <param name="Member">The member of the archive; the header's path below its include folder; null for a file as a whole.</param>
/// <param name="Symbol">The name that it is about; null when it is about no name.</param>
/// <param name="Message">What was expected and found, and what to do; without file, member and place.</param>
/// <param name="Position">Where the source defines or uses it, if that is known.</param>
public sealed record Finding(
    string Code,
    DiagnosticSeverity Severity,
    string Library,
    string File,
    string? Member,
    string? Symbol,
    string Message,
    SourcePosition? Position = null)
{
    /// <summary>The <see cref="Library"/> of findings about public headers.</summary>
    public const string HeadersLibrary = "headers";

    /// <summary>function, data, tls, ifunc or common, when the symbol is known to be one of them.</summary>
    public string? Kind { get; init; }

    /// <summary>Where the member's header starts, in bytes, when other members have the same name; else null.</summary>
    public long? MemberOffset { get; init; }

    /// <summary>File and member, for the middle of a sentence.</summary>
    public string Place => Member is null ? File : $"{File}({MemberText})";

    private string? MemberText => MemberOffset is { } offset ? $"{Member} at offset 0x{offset:x}" : Member;

    /// <summary>
    /// The same as a message to show: at the line of the source where that is known, and then the message names archive and
    /// member; else at the file, and the message names the member.
    /// </summary>
    public Diagnostic ToDiagnostic() => Position is not { } position
        ? new Diagnostic(Code, Severity, Member is null ? Message : $"member {MemberText}: {Message}", File)
        : new Diagnostic(
            Code, Severity, position.File == File ? Message : $"{Place}: {Message}", position.File, position.Line, position.Column);

    /// <summary>Damage that a reader of the formats found.</summary>
    internal static Finding Of(Diagnostic damage, string library, string? member = null) =>
        new(damage.Code, damage.Severity, library, damage.File ?? "", member, null, damage.Message);
}
