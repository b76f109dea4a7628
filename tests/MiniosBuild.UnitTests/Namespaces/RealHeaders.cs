using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Headers in a folder <c>mini-os</c>, read by a real preprocessor.</summary>
internal sealed class RealHeaders : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RealHeaders() => Directory.CreateDirectory(_folder.File("mini-os"));

    /// <summary>The folder that <c>mini-os</c> is in.</summary>
    public string Folder => _folder.Path;

    /// <summary>The headers of the reference tree, without the folders of architectures.</summary>
    public static RealHeaders OfReferenceTree()
    {
        var headers = new RealHeaders();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "mini-os", "include"), "*.h", SearchOption.AllDirectories))
        {
            headers.Add(Path.GetFileName(file), File.ReadAllText(file));
        }

        return headers;
    }

    public RealHeaders Add(string name, string text)
    {
        _folder.Write("mini-os/" + name, text);
        return this;
    }

    /// <summary>Reads each header alone, with and without __INSIDE_MINIOS__ where one asks for it.</summary>
    public HeaderCensus Census(string compiler = "gcc")
    {
        string[] files = [.. Directory.GetFiles(_folder.File("mini-os")).Order(StringComparer.Ordinal)];
        string libc = Path.Combine(Repository.Root, "src", "mini-os", "lib", "include");
        HeaderReadings readings = new HeaderRuns(new ToolRunner(), compiler, Folder).Read(
            files, _folder.File("umbrella.c"), ["-ffreestanding", "-D__MINIOS__", "-D__XEN_INTERFACE_VERSION__=0x00030205", "-isystem", Folder, "-isystem", libc], "__INSIDE_MINIOS__", 2, CancellationToken.None);
        Assert.All(readings.Outside, reading => Assert.Null(reading.Failure));
        var scans = new HeaderScans(File.ReadAllBytes);
        return HeaderCensus.Of(readings.Outside.Select(reading => (reading, false)).Concat((readings.Inside ?? []).Select(reading => (reading, true)))
            .Select(read => scans.Scan(read.reading.Header, "mini-os/" + Path.GetFileName(read.reading.Header), read.reading.Text, read.Item2)));
    }

    /// <summary>A plan of no objects for what the headers declare.</summary>
    public static NamespacePlan Symbols(NamespacePolicy policy, HeaderCensus census) => NamespacePlanner.Plan(
        policy, SymbolCensus.Read([]), PublicDeclarations.Of(census.Headers.SelectMany(header => header.Own).Select(entry => entry.Name), file => file), LibcMode.Stub);

    public static HeaderPlan Plan(NamespacePolicy policy, HeaderCensus census) => HeaderPlanner.Plan(policy, census, Symbols(policy, census));

    /// <summary>The headers as a build stages them.</summary>
    public RealHeaders Staged(HeaderPlan plan)
    {
        var staged = new RealHeaders();
        foreach (string file in Directory.GetFiles(_folder.File("mini-os")))
        {
            string name = Path.GetFileName(file);
            RewrittenText text = SourceRewriter.Rewrite(File.ReadAllBytes(file), plan.Names, new RewriteOptions
            {
                Path = file, Guard = plan.Guards.GetValueOrDefault("mini-os/" + name)?.New, OtherGuards = plan.GuardNames, Removed = plan.Removed, Types = plan.Types, Undefined = new HashSet<string> { "__INSIDE_MINIOS__" },
            });
            staged.Add(name, Encoding.UTF8.GetString(text.Bytes));
        }

        return staged;
    }

    public static IReadOnlyList<Finding> Validate(NamespacePolicy policy, HeaderCensus census) =>
        new NamespaceValidator(policy, LibcMode.Stub).ValidateHeaders(census, File.ReadAllText);

    public void Dispose() => _folder.Dispose();
}
