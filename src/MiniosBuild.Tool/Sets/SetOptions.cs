using System.CommandLine;
using System.CommandLine.Parsing;

namespace MiniosBuild.Tool.Sets;

/// <summary>The arguments and options that say which files a command is about, and by which rules.</summary>
internal sealed class SetOptions
{
    private readonly Argument<string[]> _files = new("file")
    {
        Description = "An object or archive, or LIBRARY=FILE. Without a library the file's name gives it: libminios-core.a is core, libc.a is libc, libm.a is m.",
    };

    private readonly PolicyOption _policy;

    private readonly Option<string> _libc = new("--libc")
    {
        Description = "What the library libc is to be like. stub: it keeps C's names. private: all its names go under the internal prefix. none: the set has none.",
        HelpName = "stub|private|none",
        DefaultValueFactory = _ => "stub",
    };

    /// <param name="command">The command.</param>
    /// <param name="mayBeEmpty">Whether the command has something to do without any file.</param>
    public SetOptions(Command command, bool mayBeEmpty = false)
    {
        _files.Arity = mayBeEmpty ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore;
        _libc.AcceptOnlyFromAmong("stub", "private", "none");
        command.Add(_files);
        _policy = new PolicyOption(command);
        command.Add(_libc);
    }

    /// <summary>Maps the files.</summary>
    /// <exception cref="DiagnosticException">MINIOS1801, 1802.</exception>
    public ObjectSet Open(ParseResult parsed) => ObjectSet.Open(parsed.GetValue(_files) ?? []);

    /// <summary>Whether the command line names files.</summary>
    public bool HasFiles(CommandResult result) => result.GetValue(_files) is { Length: > 0 };

    /// <summary>Whether the command line names a policy.</summary>
    public bool HasPolicy(CommandResult result) => _policy.IsGiven(result);

    /// <exception cref="DiagnosticException">MINIOS1401-1405.</exception>
    public NamespacePolicy Policy(ParseResult parsed) => _policy.Load(parsed);

    public LibcMode Libc(ParseResult parsed) => Enum.Parse<LibcMode>(parsed.GetRequiredValue(_libc), ignoreCase: true);
}
