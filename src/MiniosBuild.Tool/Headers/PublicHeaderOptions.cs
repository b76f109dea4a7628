using System.CommandLine;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Tool.Headers;

/// <summary>The options that say which headers of the folders are public, and from where users include them.</summary>
internal sealed class PublicHeaderOptions
{
    private readonly Option<string> _below = new("--below")
    {
        Description = "The folder that users include the headers from, such as mini-os for <mini-os/sched.h>. Without it: <sched.h>.",
        HelpName = "folder",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string[]> _exclude = new("--exclude")
    {
        Description = "Headers of the folders that are none of the public ones, by the name that they are included by: win32.h, or a pattern with * and ?. May be repeated; the policy may name others (headers.exclude).",
        HelpName = "pattern",
    };

    public PublicHeaderOptions(Command command)
    {
        command.Add(_below);
        command.Add(_exclude);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_below) is { Length: > 0 } below && (below.Contains('/') || below is "." or ".."))
            {
                result.AddError($"--below takes the name of one folder, not '{below}'.");
            }
        });
    }

    /// <summary>The folder that they are included from; empty for none.</summary>
    public string Below(ParseResult parsed) => parsed.GetRequiredValue(_below);

    /// <summary>The public headers of folders and files.</summary>
    /// <exception cref="DiagnosticException">MINIOS1804: there is none.</exception>
    public PublicHeaders Of(ParseResult parsed, NamespacePolicy policy, IReadOnlyList<string> foldersAndFiles)
    {
        string[] excluded = parsed.GetValue(_exclude) ?? [];
        var headers = new PublicHeaders(foldersAndFiles, Below(parsed), new NameList(excluded.Concat(policy.Headers.Exclude)));
        foreach (string pattern in excluded.Where(pattern => headers.Excluded.All(place => !new NameList([pattern]).Has(place))))
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolCodes.NoHeaders, $"--exclude {pattern} is none of the headers; write it as users include it, such as {headers.All[0].Place}"));
        }

        return headers;
    }
}
