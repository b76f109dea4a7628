using System.Text.RegularExpressions;
using System.Xml.Linq;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities.Builds;
using MiniosBuild.Toolchain.Discovery;

namespace MiniosBuild.UnitTests.Toolchain;

/// <summary>What is known of an architecture is in its record, and what MSBuild needs of it in its file of build/arch; nothing else spells its name.</summary>
public sealed partial class ArchitectureTests
{
    // Files that may spell it, and why.
    private static readonly Dictionary<string, string> s_allowed = new()
    {
        ["src/MiniosBuild.Toolchain/Discovery/Architecture.cs"] = "the record",
        ["src/MiniosBuild.ObjectFormats/Elf/ElfMachine.cs"] = "the machines of ELF, guests can be built for them or not",
        ["src/MiniosBuild.ObjectFormats/Dwarf/RelocationKind.cs"] = "their relocations",
        ["src/MiniosBuild.Linking/MachineCode/CodeMachine.cs"] = "the machines whose code is looked into",
        ["build/Sdk/Sdk.props"] = "the default, held against the record below",
    };

    private static readonly string[] s_names = [.. Directory.GetFiles(Path.Combine(Repository.Root, "build", "arch")).Select(f => Path.GetFileNameWithoutExtension(f)!)];

    public static TheoryData<string> Names => [.. s_names];

    [Theory]
    [MemberData(nameof(Names))]
    public void ItsFileSaysWhatItsRecordSays(string name)
    {
        var architecture = Architecture.Named(name);
        var file = XDocument.Load(Path.Combine(Repository.Root, "build", "arch", $"{name}.props"));

        Assert.Equal(architecture.Family, Value("MiniosArchFamily"));
        Assert.Equal(architecture.CompilerOptions, Value("_MiniosUsualArchOptions").Split(';'));
        Assert.True(Directory.Exists(Path.Combine(Repository.Root, "src", "mini-os", "arch", architecture.Family)));
        Assert.Equal(architecture.Machine, Architecture.MachineOf(name));
        Assert.Same(architecture, Architecture.Of(architecture.Machine));

        string Value(string property) => file.Descendants(property).Single().Value;
    }

    [Fact]
    public void EveryRecordHasAFile() => Assert.Equal(
        s_names.Order(),
        Assert.Throws<DiagnosticException>(() => Architecture.Named("?")).Diagnostic.Message.Split("builds for ")[1].Split(", ").Order());

    [Fact]
    public void TheSdkAndTheRecordHaveOneDefault() => Assert.Equal(
        Architecture.Default.Name, XDocument.Load(Path.Combine(Repository.Root, "build", "Sdk", "Sdk.props")).Descendants("MiniosArch").Single().Value);

    [Theory]
    [MemberData(nameof(Names))]
    public void NothingElseSpellsIt(string name)
    {
        var architecture = Architecture.Named(name);
        string[] words = [.. new[] { name, architecture.GnuName, architecture.DebianName, $"\"{architecture.Family}\"" }.Distinct()];
        var spelled = Sources().Where(f => !s_allowed.ContainsKey(f) && !f.StartsWith("build/arch/", StringComparison.Ordinal)).SelectMany(file =>
            Comments().Replace(File.ReadAllText(Path.Combine(Repository.Root, file)), "") is var text ? words.Where(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)).Select(w => $"{file}: {w}") : []);

        Assert.Empty(spelled);
    }

    [Fact]
    public void EachExceptionIsNeeded() => Assert.All(s_allowed.Keys, file => Assert.Contains(
        Architecture.Default.Name, File.ReadAllText(Path.Combine(Repository.Root, file)), StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void AnImageForNoArchitectureIsLeftToTheHypervisor() => Assert.Same(Architecture.Default, Architecture.Of(ElfMachine.Sparc));

    private static IEnumerable<string> Sources() => new[] { ("src", ".cs"), ("build", ".targets"), ("build", ".props") }
        .SelectMany(s => Directory.EnumerateFiles(Path.Combine(Repository.Root, s.Item1), "*" + s.Item2, SearchOption.AllDirectories))
        .Select(f => Path.GetRelativePath(Repository.Root, f)).Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"(?m)(?<!:)//.*$|(?s)<!--.*?-->")]
    private static partial Regex Comments();
}
