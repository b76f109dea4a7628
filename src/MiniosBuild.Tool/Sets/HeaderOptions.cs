using System.CommandLine;
using System.CommandLine.Parsing;
using MiniosBuild.Namespaces;
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

    private readonly CompilerOptions _compiler;

    public HeaderOptions(Command command)
    {
        command.Add(_headers);
        command.Add(_declarations);
        _compiler = new CompilerOptions(command);
    }

    /// <summary>Whether the command line names headers, or a list of what they declare.</summary>
    public bool AreGiven(CommandResult result) => result.GetValue(_headers) is { Length: > 0 } || result.GetValue(_declarations) is not null;

    /// <summary>What the headers declare; null when the command line names none.</summary>
    /// <exception cref="DiagnosticException">MINIOS1001, 11xx, 1503, 1801, 1804.</exception>
    public PublicDeclarations? Read(ParseResult parsed, CancellationToken cancellation)
    {
        var parts = new List<PublicDeclarations>();
        if (parsed.GetValue(_headers) is { Length: > 0 } headers)
        {
            parts.Add(new HeaderScan(_compiler.Program(parsed), _compiler.Options(parsed)).Scan(new PublicHeaders(headers, below: ""), cancellation));
        }

        if (parsed.GetValue(_declarations) is { } list)
        {
            parts.Add(PublicDeclarations.Load(InputText.Read(list), list));
        }

        return parts.Count == 0 ? null : PublicDeclarations.Merge(parts);
    }

    /// <summary>All names of the headers under --headers, if the policy says something of them; else null.</summary>
    /// <exception cref="DiagnosticException">MINIOS1001, 11xx, 1804, 1814.</exception>
    public CensusRun? Census(ParseResult parsed, NamespacePolicy policy, CancellationToken cancellation) =>
        parsed.GetValue(_headers) is { Length: > 0 } headers && policy.Headers.Kinds.Count > 0
            ? CensusRun.Of(new PublicHeaders(headers, below: ""), _compiler.Program(parsed), _compiler.Options(parsed), cancellation)
            : null;
}
