using System.CommandLine;
using System.CommandLine.Parsing;
using MiniosBuild.Namespaces;

namespace MiniosBuild.Tool.Sets;

/// <summary>The option that names the policy.</summary>
internal sealed class PolicyOption
{
    private readonly Option<string?> _policy = new("--policy")
    {
        Description = $"The policy: the path of a JSON file, or one that is built in: {string.Join(", ", BuiltInPolicies.Names)}. Without it: {Usual}.",
        HelpName = "name|file",
    };

    private const string Usual = "minios";

    public PolicyOption(Command command) => command.Add(_policy);

    /// <summary>Whether the command line names a policy.</summary>
    public bool IsGiven(CommandResult result) => result.GetValue(_policy) is not null;

    /// <exception cref="DiagnosticException">MINIOS1401-1405.</exception>
    public NamespacePolicy Load(ParseResult parsed) => BuiltInPolicies.Load(parsed.GetValue(_policy) ?? Usual);
}
