using System.CommandLine;
using System.CommandLine.Parsing;
using MiniosBuild.Tool.Commands;
using MiniosBuild.Toolchain.Running;

namespace MiniosBuild.Tool;

/// <summary>Parses the command line and runs the command in it.</summary>
internal static class Invocation
{
    /// <summary>Gives the exit code of the command.</summary>
    public static int Run(RootCommand root, string[] args)
    {
        // A guest's argument may begin with @; it is no response file.
        var configuration = new ParserConfiguration();
        if (args is ["run", ..])
        {
            configuration.ResponseFileTokenReplacer = null;
        }

        var parsed = root.Parse(args, configuration);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors)
            {
                Console.Error.WriteLine($"minios: {error.Message}");
            }

            Console.Error.WriteLine($"minios: '{Name(parsed.CommandResult)} --help' lists what it takes.");
            return parsed.CommandResult.Command is RunCommand ? GuestResult.NotStarted : ExitCode.Failed;
        }

        // Commands that start programs end them themselves when a signal comes. An exception that nobody expected must
        // not end as exit code 1, which may be a guest's.
        return parsed.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    private static string Name(SymbolResult result) =>
        result is CommandResult { Parent: CommandResult, Command: var command } ? $"minios {command.Name}" : "minios";
}
