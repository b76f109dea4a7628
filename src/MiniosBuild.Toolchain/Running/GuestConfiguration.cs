using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MiniosBuild.Toolchain.Linking;

namespace MiniosBuild.Toolchain.Running;

/// <summary>What xl reads for a run: the guest's own configuration, and behind it what the run says, which counts more.</summary>
internal sealed partial class GuestConfiguration
{
    private const string Ending = ".cfg";

    /// <exception cref="DiagnosticException">MINIOS1719, MINIOS1725.</exception>
    public GuestConfiguration(GuestRun run)
    {
        string commandLine = EmulatorArguments.CommandLine(run);
        string? own = Find(run) is { } file ? Read(file) : null;
        StringBuilder text = new(own ?? "");
        text.Append('\n');
        if (own is null || !GivesType().IsMatch(own))
        {
            text.Append(XlConfiguration.Setting("type", GuestImage.TypeOf(run.Image))).Append('\n');
        }

        int? stated = own is not null && Stated().Matches(own).LastOrDefault() is { } match && int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out int value) ? value : null;
        Memory = run.Memory ?? stated ?? GuestRun.DefaultMemory;
        if (run.Memory is not null || stated is null)
        {
            text.Append(CultureInfo.InvariantCulture, $"memory = {Memory}\n");
        }

        if (commandLine.Length > 0)
        {
            text.Append(XlConfiguration.Setting("cmdline", commandLine)).Append('\n');
        }

        Text = text.ToString();
    }

    /// <summary>The text for xl.</summary>
    public string Text { get; }

    /// <summary>The guest's memory in MiB.</summary>
    public int Memory { get; }

    private static string? Find(GuestRun run)
    {
        string beside = (run.Image.EndsWith(".gz", StringComparison.Ordinal) ? run.Image[..^".gz".Length] : run.Image) + Ending;
        return run.Configuration ?? (File.Exists(beside) ? beside : null);
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.XlConfigurationNotFound, $"cannot read the guest's xl configuration: {e.Message} Correct the path, or leave it out", file), e);
        }
    }

    [GeneratedRegex(@"^[ \t]*(?:type|builder)[ \t]*=", RegexOptions.Multiline)]
    private static partial Regex GivesType();

    [GeneratedRegex(@"^[ \t]*memory[ \t]*=[ \t]*[""']?([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex Stated();
}
