using System.Globalization;

namespace MiniosBuild.Fuzzing;

/// <summary>What the command line asks for.</summary>
internal sealed class FuzzOptions
{
    public const string Usage = """
        dotnet run --project tests/MiniosBuild.Fuzzing -c Release -- [OPTIONS]
          --target NAME     only this target; may be given again (all of them when left out)
          --seconds N       how long each target runs (60)
          --seed S          which sequence of inputs (drawn, and printed)
          --first N         the execution to start from (0)
          --count N         how many executions at most
          --cores N         how many at a time (all)
          --output FOLDER   where inputs that failed are written (artifacts/fuzzing)
          --input FILE      runs this input alone, with the one --target
        or roundtrip [FOLDER...]
          rewrites all objects and archive members under the folders (/usr/lib and the current one)
          without changes, which must give the same bytes, and with all names changed and back
        """;

    public List<string> Targets { get; } = [];

    public TimeSpan Time { get; private set; } = TimeSpan.FromSeconds(60);

    public ulong Seed { get; private set; } = (ulong)Random.Shared.NextInt64(1_000_000_000);

    public long First { get; private set; }

    public long Count { get; private set; } = long.MaxValue / 2;

    public int Cores { get; private set; } = Environment.ProcessorCount;

    public string Output { get; private set; } = "artifacts/fuzzing";

    public string? Input { get; private set; }

    /// <exception cref="FormatException">An option is unknown, lacks its value or has one that is no number.</exception>
    public static FuzzOptions Parse(ReadOnlySpan<string> arguments)
    {
        FuzzOptions options = new();
        for (int index = 0; index < arguments.Length; index += 2)
        {
            string value = index + 1 < arguments.Length ? arguments[index + 1] : throw new FormatException($"{arguments[index]} needs a value");
            options.Set(arguments[index], value);
        }

        return options.Input is null || options.Targets.Count == 1 ? options : throw new FormatException("--input needs one --target");
    }

    private void Set(string option, string value)
    {
        switch (option)
        {
            case "--target":
                Targets.Add(value);
                break;
            case "--seconds":
                Time = TimeSpan.FromSeconds(Number(value));
                break;
            case "--seed":
                Seed = (ulong)Number(value);
                break;
            case "--first":
                First = Number(value);
                break;
            case "--count":
                Count = Number(value);
                break;
            case "--cores":
                Cores = (int)Math.Clamp(Number(value), 1, 64);
                break;
            case "--output":
                Output = value;
                break;
            case "--input":
                Input = value;
                break;
            default:
                throw new FormatException($"there is no option {option}");
        }
    }

    private static long Number(string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw new FormatException($"\"{value}\" is no number");
}
