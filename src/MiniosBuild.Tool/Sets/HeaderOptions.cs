using System.CommandLine;
using System.CommandLine.Parsing;
using MiniosBuild.CSource.Census;
using MiniosBuild.Tool.Headers;

namespace MiniosBuild.Tool.Sets;

/// <summary>The options that say what the public headers declare.</summary>
internal sealed class HeaderOptions
{
    private readonly Option<string[]> _headers = new("--headers")
    {
        Description = "A folder of public headers, or one header; may be repeated. A C compiler's preprocessor reads them.",
        HelpName = "folder|file",
    };

    private readonly Option<string?> _declarations = new("--declarations")
    {
        Description = "What public headers declare, as a build has listed it, instead of --headers.",
        HelpName = "file",
    };

    private readonly PublicHeaderOptions _public;
    private readonly CompilerOptions _compiler;

    private CensusRun? _census; // A command line is read once.

    public HeaderOptions(Command command)
    {
        command.Add(_headers);
        command.Add(_declarations);
        _public = new PublicHeaderOptions(command);
        _compiler = new CompilerOptions(command);
    }

    /// <summary>Whether the command line names headers, or a list of what they declare.</summary>
    public bool AreGiven(CommandResult result) => result.GetValue(_headers) is { Length: > 0 } || result.GetValue(_declarations) is not null;

    /// <summary>What the headers declare; null when the command line names none.</summary>
    /// <exception cref="DiagnosticException">MINIOS1001, 11xx, 1503, 1801, 1804.</exception>
    public PublicDeclarations? Read(ParseResult parsed, NamespacePolicy policy, CancellationToken cancellation) => Merge(Census(parsed, policy, cancellation)?.Declarations, List(parsed));

    /// <summary>All names of the headers under --headers; null when the command line names none.</summary>
    /// <exception cref="DiagnosticException">MINIOS1001, 11xx, 1804, 1814.</exception>
    public CensusRun? Census(ParseResult parsed, NamespacePolicy policy, CancellationToken cancellation, bool isChecked = false) =>
        _census ??= Headers(parsed, policy) is { } headers ? CensusRun.Of(headers, _compiler.Program(parsed), _compiler.Options(parsed), isChecked, cancellation) : null;

    /// <summary>What a build has listed under --declarations; null without it.</summary>
    /// <exception cref="DiagnosticException">MINIOS1503, 1801.</exception>
    public PublicDeclarations? List(ParseResult parsed) => parsed.GetValue(_declarations) is { } list ? PublicDeclarations.Load(InputText.Read(list), list) : null;

    /// <summary>What any of several sources says; null when all are.</summary>
    public static PublicDeclarations? Merge(params IEnumerable<PublicDeclarations?> parts) =>
        parts.OfType<PublicDeclarations>().ToList() is { Count: > 0 } known ? PublicDeclarations.Merge(known) : null;

    private PublicHeaders? Headers(ParseResult parsed, NamespacePolicy policy) => parsed.GetValue(_headers) is { Length: > 0 } headers ? _public.Of(parsed, policy, headers) : null;
}
