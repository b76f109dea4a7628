using System.CommandLine;
using System.CommandLine.Parsing;
using MiniosBuild.Linking.Scripts;

namespace MiniosBuild.Tool.Sets;

/// <summary>The option that names the policy.</summary>
internal sealed class PolicyOption
{
    private readonly Option<string?> _policy = new("--policy")
    {
        Description = $"The policy: the path of a JSON file, or one that is built in: {string.Join(", ", BuiltInPolicies.Names)}. Without it: {Usual}.",
        HelpName = "name|file",
    };

    private readonly Option<string?> _script = new("--linker-script")
    {
        Description = "The script that links the set, such as share/minios/minios.lds: the names that it defines are the linker's.",
        HelpName = "file",
    };

    private const string Usual = "minios";

    public PolicyOption(Command command)
    {
        command.Add(_policy);
        command.Add(_script);
    }

    /// <summary>Whether the command line names a policy.</summary>
    public bool IsGiven(CommandResult result) => result.GetValue(_policy) is not null;

    /// <exception cref="DiagnosticException">MINIOS1401-1405.</exception>
    public NamespacePolicy Load(ParseResult parsed)
    {
        var policy = BuiltInPolicies.Load(parsed.GetValue(_policy) ?? Usual);
        return parsed.GetValue(_script) is { } script ? policy.LinkedBy(LinkerScriptNames.Parse(File.ReadAllText(script), script).Assigned) : policy;
    }
}
