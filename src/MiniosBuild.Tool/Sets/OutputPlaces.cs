namespace MiniosBuild.Tool.Sets;

/// <summary>Where the results of some inputs go.</summary>
/// <param name="output">A folder, or a file for one input. Folders that are missing are made when the first result is written.</param>
internal sealed class OutputPlaces(string output)
{
    /// <summary>A path for each input, in their order.</summary>
    /// <exception cref="DiagnosticException">MINIOS1803.</exception>
    public IReadOnlyList<string> For(IReadOnlyList<ValidatedFile> inputs)
    {
        if (!Directory.Exists(output) && inputs.Count == 1 && !output.EndsWith('/'))
        {
            return [output];
        }

        if (File.Exists(output.TrimEnd('/')))
        {
            throw Bad(output, inputs.Count == 1 ? "this is a file, and no folder" : "several results need a folder, and this is a file");
        }

        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ValidatedFile input in inputs)
        {
            string place = Path.Combine(output, Path.GetFileName(input.Path));
            if (!places.TryAdd(place, input.Path))
            {
                throw Bad(place, $"both {places[place]} and {input.Path} would be written here; pass them one by one, each to its own output");
            }
        }

        return [.. inputs.Select(input => Path.Combine(output, Path.GetFileName(input.Path)))];
    }

    private static DiagnosticException Bad(string path, string message) => new(Diagnostic.Error(ToolCodes.BadOutput, message, path));
}
