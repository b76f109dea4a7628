using System.CommandLine;
using System.CommandLine.Parsing;
using MiniosBuild.Namespaces;

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

    private readonly Option<string?> _compiler = new("--cc")
    {
        Description = "The compiler for --headers, a name or a path. Without it: gcc.",
        HelpName = "program",
    };

    private readonly Option<string[]> _compilerOptions = new("--cc-option")
    {
        Description = "An option for that compiler, such as -DNAME or -Ifolder; may be repeated.",
        HelpName = "option",
    };

    public HeaderOptions(Command command)
    {
        command.Add(_headers);
        command.Add(_declarations);
        command.Add(_compiler);
        command.Add(_compilerOptions);
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
            parts.Add(new HeaderScan(parsed.GetValue(_compiler), parsed.GetValue(_compilerOptions) ?? []).Scan(headers, cancellation));
        }

        if (parsed.GetValue(_declarations) is { } list)
        {
            parts.Add(PublicDeclarations.Load(InputText.Read(list), list));
        }

        return parts.Count == 0 ? null : PublicDeclarations.Merge(parts);
    }
}
