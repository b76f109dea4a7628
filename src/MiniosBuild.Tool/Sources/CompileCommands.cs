using System.Text.Json;
using MiniosBuild.Tool.Sets;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tool.Sources;

/// <summary>How sources are compiled: what a compilation database says (clang documentation, "JSON Compilation Database Format Specification").</summary>
internal static class CompileCommands
{
    private static readonly string[] s_withValue = ["-o", "-MF", "-MT", "-MQ"];
    private static readonly string[] s_alone = ["-c", "-S", "-E", "-M", "-MM", "-MD", "-MMD", "-MP", "-MG"];

    /// <summary>Reads a <c>compile_commands.json</c>.</summary>
    /// <returns>By full path of a source, the first command that compiles it.</returns>
    /// <exception cref="DiagnosticException">MINIOS1801 no such file, or not such a file.</exception>
    public static IReadOnlyDictionary<string, CompileCommand> Load(string path)
    {
        var commands = new Dictionary<string, CompileCommand>(StringComparer.Ordinal);
        var real = new RealPath();
        try
        {
            using JsonDocument document = JsonDocument.Parse(InputText.ReadBytes(path));
            foreach (JsonElement entry in document.RootElement.EnumerateArray())
            {
                string folder = Path.GetFullPath(entry.GetProperty("directory").GetString()!, Path.GetDirectoryName(Path.GetFullPath(path))!);
                string file = Path.GetFullPath(entry.GetProperty("file").GetString()!, folder);
                IReadOnlyList<string> words = entry.TryGetProperty("arguments", out JsonElement arguments)
                    ? [.. arguments.EnumerateArray().Select(word => word.GetString()!)]
                    : ResponseFiles.Split(entry.GetProperty("command").GetString()!);
                if (words.Count > 0)
                {
                    commands.TryAdd(real.Of(file), new CompileCommand(words[0], folder, Options(words, folder, file)));
                }
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new DiagnosticException(Diagnostic.Error(ToolCodes.UnreadableInput, $"this is no compilation database: {e.Message}", path), e);
        }

        return commands;
    }

    // What is compiled, and where the results go, is ours to say.
    private static List<string> Options(IReadOnlyList<string> words, string folder, string file)
    {
        var options = new List<string>();
        for (int i = 1; i < words.Count; i++)
        {
            if (s_withValue.Contains(words[i]))
            {
                i++;
            }
            else if (!s_alone.Contains(words[i]) && words[i] != "--" && (words[i].StartsWith('-') || Path.GetFullPath(words[i], folder) != file))
            {
                options.Add(words[i]);
            }
        }

        return options;
    }
}

/// <summary>How a source is compiled.</summary>
/// <param name="Compiler">A name or a path.</param>
/// <param name="Folder">Where it is started.</param>
/// <param name="Options">Its options, without the source and what it is made to.</param>
internal sealed record CompileCommand(string Compiler, string Folder, IReadOnlyList<string> Options);
