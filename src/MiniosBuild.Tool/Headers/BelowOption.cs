using System.CommandLine;

namespace MiniosBuild.Tool.Headers;

/// <summary>The option that says from which folder users include public headers.</summary>
internal sealed class BelowOption
{
    private readonly Option<string> _below = new("--below")
    {
        Description = "The folder that users include the headers from, such as mini-os for <mini-os/sched.h>. Without it: <sched.h>.",
        HelpName = "folder",
        DefaultValueFactory = _ => "",
    };

    public BelowOption(Command command)
    {
        command.Add(_below);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_below) is { Length: > 0 } below && (below.Contains('/') || below is "." or ".."))
            {
                result.AddError($"--below takes the name of one folder, not '{below}'.");
            }
        });
    }

    /// <summary>The folder; empty for none.</summary>
    public string Read(ParseResult parsed) => parsed.GetRequiredValue(_below);
}
