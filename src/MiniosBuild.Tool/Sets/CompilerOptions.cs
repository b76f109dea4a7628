using System.CommandLine;
using MiniosBuild.Toolchain.Discovery;

namespace MiniosBuild.Tool.Sets;

/// <summary>The options about the compiler whose preprocessor reads headers.</summary>
internal sealed class CompilerOptions
{
    private readonly Option<string?> _compiler = new("--cc")
    {
        Description = "The compiler that reads headers, a name or a path. Without it: gcc.",
        HelpName = "program",
    };

    private readonly Option<string[]> _options = new("--cc-option")
    {
        Description = "An option for that compiler, such as -DNAME or -Ifolder; may be repeated.",
        HelpName = "option",
    };

    public CompilerOptions(Command command)
    {
        command.Add(_compiler);
        command.Add(_options);
    }

    public string[] Options(ParseResult parsed) => parsed.GetValue(_options) ?? [];

    /// <summary>The path of the compiler.</summary>
    /// <exception cref="DiagnosticException">MINIOS1001.</exception>
    public string Program(ParseResult parsed) =>
        new ToolLocator(Environment.GetEnvironmentVariable("PATH") ?? "", null, null, Environment.CurrentDirectory).Find(parsed.GetValue(_compiler), "gcc", "--cc", "gcc");
}
