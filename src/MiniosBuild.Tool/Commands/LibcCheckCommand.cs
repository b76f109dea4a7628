using System.CommandLine;
using System.Text.Json;
using MiniosBuild.Linking.Contracts;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.Linking.Options;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Tool.Reports;
using MiniosBuild.Tool.Sets;
using MiniosBuild.Toolchain.Discovery;

namespace MiniosBuild.Tool.Commands;

/// <summary><c>minios libc-check</c>: whether archives would do as the libc of a framework and its guests.</summary>
internal sealed class LibcCheckCommand : ReportingCommand
{
    private readonly Argument<string[]> _files = new("archive")
    {
        Description = "The archives of the libc, and objects or archives with the glue that it needs, in the order of the link; linker scripts lead to their files.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _guest = new("--guest")
    {
        Description = "An object or archive of a guest: what it needs of the libc counts too. May be repeated.",
        HelpName = "file",
    };

    private readonly Option<string[]> _needs = new("--need")
    {
        Description = "A name that a guest would need, such as printf. May be repeated.",
        HelpName = "name",
    };

    private readonly Option<string?> _runtime = new("--compiler-runtime")
    {
        Description = "The compiler's run-time library, as gcc -print-libgcc-file-name says it.",
        HelpName = "file",
    };

    private readonly Option<bool> _all = new("--all") { Description = "Looks at every member of the archives, and not only at those that are asked for." };

    private readonly ContractOption _contract;
    private readonly PolicyOption _policy;
    private readonly LevelOptions _levels;
    private readonly PathMapOption _pathMap;

    public LibcCheckCommand()
        : base("libc-check", "Says whether archives would do as the C library of a framework: which names they lack, which they need, what is defined twice, and what of their code cannot run in a guest.")
    {
        Add(_files);
        _contract = new ContractOption(this);
        Add(_guest);
        Add(_needs);
        Add(_runtime);
        Add(_all);
        _policy = new PolicyOption(this);
        _levels = new LevelOptions(this);
        _pathMap = new PathMapOption(this);
    }

    protected override Report Run(ParseResult parsed, CancellationToken cancellation)
    {
        LibcContract contract = _contract.Load(parsed);
        NamespacePolicy policy = _policy.Load(parsed);
        string[] libc = parsed.GetRequiredValue(_files), guest = parsed.GetValue(_guest) ?? [];
        string[] runtime = parsed.GetValue(_runtime) is { } path ? [path] : [];
        using ObjectSet files = ObjectSet.Open([.. guest, .. libc, .. runtime]);
        LinkInput[] inputs =
        [
            .. contract.ToInputs(_contract.Path(parsed)).Where(part => Stays(part, contract.Libc)),
            .. files.Files.Select((file, i) => i < guest.Length ? Input(LinkParty.Guest, file, 1, false)
                : i < guest.Length + libc.Length ? Input(LinkParty.Libc, file, 1, parsed.GetValue(_all))
                : Input(LinkParty.Compiler, file, 0, false)),
        ];
        LinkCheckResult result = LinkCheck.Run(new LinkCheckInput(inputs, policy)
        {
            Options = LinkerOptions.Parse([.. (parsed.GetValue(_needs) ?? []).Select(name => "--require-defined=" + name)]),
            Levels = policy.Levels.With(_levels.Read(parsed)),
            Files = files.Find,
            PathMap = _pathMap.Read(parsed),
        });
        ReportedFinding[] reported =
        [
            .. _levels.Remarks(parsed).Select(ReportedFinding.Of), .. OfOtherMachines(contract, result.Forecast).Select(ReportedFinding.Of), .. result.Findings.Select(ReportedFinding.Of),
        ];
        ContractNeed[] asked = [.. contract.Needs.Where(need => need.Party == LinkParty.Framework)];
        return new Report(Name)
        {
            Findings = reported,
            FindingsAreTheResult = true,
            Lines = asked.Select(need => Line(need, result.Forecast)),
            Summary = Summary(asked, result, reported),
            WriteProperties = json => WriteProperties(json, asked, result),
        };
    }

    // The names of a contract have no machine that the linker could compare.
    private static IEnumerable<Finding> OfOtherMachines(LibcContract contract, LinkForecast forecast)
    {
        var expected = Architecture.MachineOf(contract.Arch);
        return forecast.Objects.Where(taken => expected is not null && taken.Elf is { } elf && elf.Machine != expected).DistinctBy(taken => taken.File).Select(taken => new Finding(
            FindingCodes.OtherMachine, DiagnosticSeverity.Error, taken.Library, taken.File, taken.Member, null,
            $"for {taken.Elf!.Machine}, but the framework is for {contract.Arch}; compile the libc for the same machine."));
    }

    // The archives stand in the place of the libc that the set was made with. Only one that the framework keeps to itself stays beside them.
    private static bool Stays(LinkInput part, LibcMode mode) =>
        part.Party != LinkParty.Libc || (mode == LibcMode.Private && part.Library == NamespacePolicy.LibcLibrary);

    private static LinkInput Input(LinkParty party, ValidatedFile file, int group, bool isWhole) =>
        new(party, file.Library, file.Path, file.Data) { Group = group, IsWhole = isWhole };

    private static string Line(ContractNeed need, LinkForecast forecast) =>
        $"{need.Name}: {Giver(need, forecast) ?? "missing"}; needed by {string.Join(", ", need.Uses.Select(use => use.Library).Distinct())}";

    private static string? Giver(ContractNeed need, LinkForecast forecast) => forecast.DefinitionOf(need.Name) is { } place ? place.Object.Place : null;

    private static string Summary(ContractNeed[] asked, LinkCheckResult result, ReportedFinding[] reported)
    {
        int errors = reported.Count(finding => finding.Diagnostic.Severity == DiagnosticSeverity.Error);
        int warnings = reported.Count(finding => finding.Diagnostic.Severity == DiagnosticSeverity.Warning);
        int given = asked.Count(need => Giver(need, result.Forecast) is not null);
        LinkedLibrary[] libc = [.. result.Libraries.Where(library => library.Party == LinkParty.Libc)];
        return $"{(errors == 0 ? "would do" : "would not do")}: {given} of {asked.Length} names that the framework needs are given, by {libc.Sum(library => library.Taken)} of {Words.Count(libc.Sum(library => library.Of), "object")}"
            + $" with {libc.Sum(library => (long)library.CodeBytes)} bytes of code; {Words.Count(errors, "error")}, {Words.Count(warnings, "warning")}";
    }

    private static void WriteProperties(Utf8JsonWriter json, ContractNeed[] asked, LinkCheckResult result)
    {
        json.WriteStartArray("needs");
        foreach (ContractNeed need in asked)
        {
            json.WriteStartObject();
            json.WriteString("name", need.Name);
            JsonReport.WriteIfThere(json, "givenBy", Giver(need, result.Forecast));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("libraries");
        foreach (LinkedLibrary library in result.Libraries)
        {
            json.WriteStartObject();
            json.WriteString("party", library.Party.ToString().ToLowerInvariant());
            json.WriteString("library", library.Library);
            json.WriteNumber("taken", library.Taken);
            json.WriteNumber("of", library.Of);
            json.WriteNumber("codeBytes", library.CodeBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
