using MiniosBuild.TestUtilities;

namespace MiniosBuild.BuildTests.Headers;

/// <summary>A compiler that reads staged headers for one language, with every warning of -Wall -Wextra an error.</summary>
/// <param name="Program">gcc, g++, clang or clang++.</param>
/// <param name="Standard">The language's version.</param>
internal sealed record HeaderCompiler(string Program, string Standard)
{
    public static readonly HeaderCompiler GccC = new("gcc", "c11");
    public static readonly HeaderCompiler GccCpp = new("g++", "c++17");
    public static readonly HeaderCompiler ClangC = new("clang", "c11");
    public static readonly HeaderCompiler ClangCpp = new("clang++", "c++17");

    public static IReadOnlyList<HeaderCompiler> All { get; } = [GccC, GccCpp, ClangC, ClangCpp];

    private bool IsCpp => Program.EndsWith("++", StringComparison.Ordinal);

    /// <summary>The same with the extensions of GNU, which show more of a libc's names.</summary>
    public HeaderCompiler WithExtensions() => this with { Standard = IsCpp ? "gnu++17" : "gnu11" };

    /// <summary>Checks texts, all in one command; a failure shows what the compiler says, under the text's name.</summary>
    public void MustAccept(string folder, IEnumerable<KeyValuePair<string, string>> texts, string include, HeaderLibc libc, params IEnumerable<string> options)
    {
        var files = new List<string>();
        foreach ((string name, string text) in texts)
        {
            string file = Path.Combine(folder, $"{name}.{(IsCpp ? "cc" : "c")}");
            File.WriteAllText(file, text);
            files.Add(file);
        }

        RealTool.Run(Program,
        [
            "-std=" + Standard, "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-D__MINIOS__", "-D__XEN_INTERFACE_VERSION__=0x00030205", .. options,
            "-I" + include, .. libc.Options(include, CompilerFolder), .. files,
        ]);
    }

    /// <summary>Where the compiler's own stddef.h is.</summary>
    private string CompilerFolder => Path.GetDirectoryName(RealTool.Run(Program, "-print-file-name=include/stddef.h").Trim())!;
}
