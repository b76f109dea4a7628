using System.Diagnostics;

namespace MiniosBuild.Fuzzing.RoundTrip;

/// <summary><c>roundtrip [FOLDER...]</c></summary>
internal static class RoundTripCommand
{
    public const string Name = "roundtrip";

    /// <returns>The exit code.</returns>
    public static int Run(ReadOnlySpan<string> folders, TextWriter output)
    {
        long start = Stopwatch.GetTimestamp();
        FolderRoundTrip roundTrip = new();
        foreach (string folder in folders.IsEmpty ? ["/usr/lib", "."] : folders)
        {
            roundTrip.AddFolder(folder);
        }

        foreach ((string code, (int count, string first)) in roundTrip.Refusals)
        {
            output.WriteLine($"{code} refused {count}, the first of them {first}");
        }

        foreach (string failure in roundTrip.Failures)
        {
            output.WriteLine("FAILED " + failure);
        }

        output.WriteLine(
            $"{roundTrip.Objects} objects of {roundTrip.Files} files, {roundTrip.Bytes / 1e6:f0} MB: byte-identical without changes; {roundTrip.Symbols} names renamed and back, in {Stopwatch.GetElapsedTime(start).TotalSeconds:f0} s");
        return roundTrip.Failures.Count == 0 ? 0 : 1;
    }
}
