namespace MiniosBuild.Policy;

/// <summary>The name lists that every policy starts from; facts about compilers, linkers and standards.</summary>
public static class ReservedNames
{
    public static IReadOnlyList<string> Compiler { get; } = Read("compiler-names.txt");

    public static IReadOnlyList<string> Linker { get; } = Read("linker-names.txt");

    public static IReadOnlyList<string> C { get; } = Read("c-names.txt");

    /// <summary>Types, tags, macros and enumerators of C libraries; <c>*</c> and <c>?</c> are wildcards.</summary>
    public static IReadOnlyList<string> CHeaders { get; } = Read("c-header-names.txt");

    private static List<string> Read(string resource)
    {
        using Stream stream = typeof(ReservedNames).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        var names = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                names.AddRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return names;
    }
}
