using System.CommandLine;
using MiniosBuild.Renaming.Consumers;

namespace MiniosBuild.Tool.Sets;

/// <summary>The option that names programs which use the set.</summary>
internal sealed class ConsumerOption
{
    private readonly Option<string[]> _consumers = new("--consumer")
    {
        Description = "An object or archive of a program that uses the set: what it needs counts as public. May be repeated.",
        HelpName = "file",
    };

    public ConsumerOption(Command command) => command.Add(_consumers);

    /// <summary>What they need; null when the command line names none of them.</summary>
    /// <exception cref="DiagnosticException">MINIOS1610, 1611, 1801, 1802, 20xx, 21xx.</exception>
    public ConsumerNeeds? Needs(ParseResult parsed)
    {
        if (parsed.GetValue(_consumers) is not { Length: > 0 } files)
        {
            return null;
        }

        using ObjectSet programs = ObjectSet.Open(files);
        return ConsumerNeeds.Read(programs.Files.Select(file => new ConsumerFile(file.Path, file.Data)));
    }
}
