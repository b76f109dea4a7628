using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MiniosBuild.Toolchain.Files;

/// <summary>
/// Remembers, beside the outputs of one step, which command made them from which files, and what the tool warned of. A step is up to date only if
/// the command and the stamps of all inputs and outputs are still those. The record is written after the outputs, so a
/// build that was killed in between runs the step again.
/// </summary>
public static class StepRecord
{
    private const string Header = "minios-step 2";
    private const string Warned = "warning ";

    /// <summary>Says why a step must run, for the log, or gives null when it is up to date.</summary>
    public static string? WhyOutOfDate(string recordPath, string fingerprint, FileStampCache? cache = null)
    {
        cache ??= new FileStampCache();
        string[] lines;
        try
        {
            lines = File.ReadAllLines(recordPath);
        }
        catch (IOException)
        {
            return "it was not made before";
        }

        // "end" tells a whole record from one that was cut off.
        if (lines.Length < 3 || lines[0] != Header || lines[^1] != "end")
        {
            return "its record is of another version or damaged";
        }

        if (lines[1] != "command " + fingerprint)
        {
            return "its command, its tool or a setting changed";
        }

        foreach (string line in lines.AsSpan(2, lines.Length - 3))
        {
            if (line.StartsWith(Warned, StringComparison.Ordinal))
            {
                continue;
            }

            string[] fields = line.Split(' ', 4);
            if (fields.Length != 4 || !long.TryParse(fields[1], CultureInfo.InvariantCulture, out long ticks)
                || !long.TryParse(fields[2], CultureInfo.InvariantCulture, out long size))
            {
                return "its record is damaged";
            }

            var now = cache[fields[3]];
            if (now != new FileStamp(ticks, size) || now == FileStamp.Missing)
            {
                return now == FileStamp.Missing ? $"{fields[3]} is missing" : $"{fields[3]} changed";
            }
        }

        return null;
    }

    /// <summary>
    /// The warnings of the recorded step: a build in which it is up to date gives them again, or they would be seen
    /// once, and a warning that the project makes an error would fail only one build.
    /// </summary>
    public static IReadOnlyList<Diagnostic> Warnings(string recordPath) =>
    [
        .. File.ReadAllLines(recordPath).Where(l => l.StartsWith(Warned, StringComparison.Ordinal))
            .Select(l => JsonSerializer.Deserialize(l[Warned.Length..], RecordJson.Default.Diagnostic)!),
    ];

    /// <summary>Records a finished step.</summary>
    /// <param name="recordPath">Where the record goes.</param>
    /// <param name="fingerprint">See <see cref="Fingerprint"/>.</param>
    /// <param name="startedUtc">When the step began: an input that was written since then makes the step run again.</param>
    /// <param name="inputs">Files that were read.</param>
    /// <param name="outputs">Files that were written.</param>
    /// <param name="warnings">What the tool warned of.</param>
    /// <param name="stamps">What is known of inputs already: a file that changed since then only makes the step run again.</param>
    public static void Write(
        string recordPath, string fingerprint, DateTime startedUtc, IEnumerable<string> inputs, IEnumerable<string> outputs,
        IEnumerable<Diagnostic>? warnings = null, FileStampCache? stamps = null)
    {
        var text = new StringBuilder();
        text.Append(Header).Append('\n').Append("command ").Append(fingerprint).Append('\n');
        foreach (string input in inputs)
        {
            var stamp = stamps?[input] ?? FileStamp.Of(input);
            if (stamp.Ticks >= startedUtc.Ticks)
            {
                stamp = FileStamp.Missing;
            }

            text.Append("input ").Append(stamp.ToString()).Append(' ').Append(input).Append('\n');
        }

        foreach (string output in outputs)
        {
            text.Append("output ").Append(FileStamp.Of(output).ToString()).Append(' ').Append(output).Append('\n');
        }

        foreach (var warning in warnings ?? [])
        {
            text.Append(Warned).Append(JsonSerializer.Serialize(warning, RecordJson.Default.Diagnostic)).Append('\n');
        }

        AtomicFile.Write(recordPath, text.Append("end\n").ToString());
    }
}
