using MiniosBuild.TestUtilities;

namespace MiniosBuild.ToolTests.Corpus;

/// <summary>A folder in which a package's library gets a namespace: its headers in <c>before</c>, all that was made of it in <c>set</c>.</summary>
internal sealed class CorpusWork : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CorpusWork(CorpusPackage package)
    {
        Package = package;
        Headers = package.CopyHeaders(_folder.File("before"));
        _folder.Write("policy.json", """
            { "name": "corpus", "publicPrefix": "corpus_", "internalPrefix": "_corpus_",
              "headers": { "kinds": ["macro", "function", "variable", "typedef", "tag", "enumerator"] } }
            """);
    }

    public CorpusPackage Package { get; }

    public string Folder => _folder.Path;

    /// <summary>The folder of the original headers.</summary>
    public string Headers { get; }

    /// <summary>The folder of the rewritten ones.</summary>
    public string NewHeaders => At("set/include");

    public string At(string name) => _folder.File(name);

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Runs a command under the policy, with what the headers need to compile.</summary>
    public Minios.Result Run(string command, params IEnumerable<string> arguments) =>
        Minios.Run(Folder, [command, .. arguments, "--policy", "policy.json", .. Package.Options.Select(option => $"--cc-option={option}")]);

    /// <summary>Rewrites the headers, and has the command prove them.</summary>
    public Minios.Result Rewrite(params IEnumerable<string> arguments) => Run("headers", [Headers, "--rewrite", "set", .. arguments]).MustEndWith(0);

    public void Dispose() => _folder.Dispose();
}
