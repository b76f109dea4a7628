using System.Globalization;

namespace MiniosBuild.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed class BenchmarkOptions
{
    public const string Usage = """
        dotnet run --project tests/MiniosBuild.Benchmarks -c Release -- [OPTIONS]
          --quick             only the C libraries and the small made archives, three repetitions
          --repetitions N     of each measurement; the table has their medians (5)
          --only TEXT         only inputs with that text in their name; may be given again
          --folder FOLDER     where outputs and made archives go (a new one below the temporary folder)
          --minios FILE       minios.dll, for the cold commands (src/MiniosBuild.Tool/bin/Release/net10.0)
        """;

    public bool Quick { get; private set; }

    public int Repetitions { get; private set; } = 5;

    public List<string> Only { get; } = [];

    public string? Folder { get; private set; }

    public string? Minios { get; private set; }

    /// <exception cref="FormatException">An option is unknown, lacks its value or has one that is no number.</exception>
    public static BenchmarkOptions Parse(ReadOnlySpan<string> arguments)
    {
        BenchmarkOptions options = new();
        for (int index = 0; index < arguments.Length; index++)
        {
            if (arguments[index] == "--quick")
            {
                options.Quick = true;
                options.Repetitions = 3;
                continue;
            }

            string value = index + 1 < arguments.Length ? arguments[index + 1] : throw new FormatException($"{arguments[index]} needs a value");
            options.Set(arguments[index++], value);
        }

        return options;
    }

    public bool Takes(string input) => Only.Count == 0 || Only.Exists(text => input.Contains(text, StringComparison.OrdinalIgnoreCase));

    private void Set(string option, string value)
    {
        switch (option)
        {
            case "--repetitions":
                Repetitions = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
                    ? number
                    : throw new FormatException($"\"{value}\" is no number of repetitions");
                break;
            case "--only":
                Only.Add(value);
                break;
            case "--folder":
                Folder = value;
                break;
            case "--minios":
                Minios = value;
                break;
            default:
                throw new FormatException($"there is no option {option}");
        }
    }
}
