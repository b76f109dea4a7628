using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MiniosBuild.Tool;

/// <summary>A command that documents its exit codes.</summary>
internal interface IDocumentsExitCodes
{
    /// <summary>Each code, or range of codes, and its meaning.</summary>
    IReadOnlyList<(string Code, string Meaning)> ExitCodes { get; }
}

/// <summary>The usual help, and below it the exit codes of the command.</summary>
internal sealed class ExitCodeHelp(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int result = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is IDocumentsExitCodes command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Exit codes:");
            foreach (var (code, meaning) in command.ExitCodes)
            {
                output.WriteLine($"  {code,-5}  {meaning}");
            }
        }

        return result;
    }
}
