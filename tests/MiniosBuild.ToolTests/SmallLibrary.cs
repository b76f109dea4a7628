using MiniosBuild.TestUtilities;

namespace MiniosBuild.ToolTests;

/// <summary>C compiled and archived by the machine's gcc and ar, with no build of ours, in a folder of its own.</summary>
internal sealed class SmallLibrary : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder.Path;

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        return _folder.Write(name, text);
    }

    /// <summary>Compiles C as <c>NAME.o</c>, with debug information that names <c>NAME.c</c>.</summary>
    public SmallLibrary Compile(string name, string source, params string[] options)
    {
        RealTool.Run("gcc", ["-c", "-g", "-O1", "-std=gnu11", "-fno-common", $"-ffile-prefix-map={Environment.CurrentDirectory}=.", $"-ffile-prefix-map={Folder}/=", .. options, "-o", _folder.File(name + ".o"), _folder.Write(name + ".c", source)]);
        return this;
    }

    public SmallLibrary Archive(string archive, params string[] objects)
    {
        RealTool.Run("ar", ["rcsD", _folder.File(archive), .. objects.Select(name => _folder.File(name + ".o"))]);
        return this;
    }

    /// <summary>Runs the command in the folder.</summary>
    public Minios.Result Run(params IEnumerable<string> arguments) => Minios.Run(Folder, arguments);

    /// <summary>A policy of two rules: all that an unrelated library needs.</summary>
    public string WritePolicy(string name = "policy.json", string prefix = "acme_") => _folder.Write(
        name, $$"""
        { "name": "acme",
          "publicPrefix": "{{prefix}}", "internalPrefix": "_{{prefix}}" }
        """);

    /// <summary>A library of two objects: <c>frob</c> and <c>count</c> are used across them, <c>spare</c> is not.</summary>
    public SmallLibrary WithParts()
    {
        Compile("frob", "extern int count; int twice(int); int frob(int n)\n{\n\tcount++;\n\treturn twice(n) + 1;\n}\n");
        Compile("twice", "int count;\nint spare(void) { return 3; }\nint twice(int n) { return 2 * n; }\n");
        Archive("libparts.a", "frob", "twice");
        Write("include/parts.h", "int frob(int n);\n");
        return this;
    }

    public void Dispose() => _folder.Dispose();
}
