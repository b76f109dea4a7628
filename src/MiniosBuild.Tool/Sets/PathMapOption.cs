using System.CommandLine;

namespace MiniosBuild.Tool.Sets;

/// <summary>The option that says where the folders are that debug information names.</summary>
internal sealed class PathMapOption
{
    private readonly Option<string[]> _entries = new("--path-map")
    {
        Description = "Where a folder is that debug information names: FROM=TO. May be repeated; the first that fits is taken.",
        HelpName = "from=to",
    };

    public PathMapOption(Command command)
    {
        command.Add(_entries);
        _entries.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=') < 1))
            {
                result.AddError($"--path-map is {token.Value}; expected FROM=TO.");
            }
        });
    }

    public IReadOnlyList<(string Recorded, string Real)> Read(ParseResult parsed) =>
        [.. (parsed.GetValue(_entries) ?? []).Select(entry => (entry[..entry.IndexOf('=')], entry[(entry.IndexOf('=') + 1)..]))];
}
