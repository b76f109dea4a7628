using System.CommandLine;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.Tool.Sets;

namespace MiniosBuild.Tool.Headers;

/// <summary>The options that say what becomes of the symbols that headers declare.</summary>
internal sealed class SymbolPlanOptions
{
    private readonly Option<string[]> _archives = new("--archive")
    {
        Description = "An object or archive, or LIBRARY=FILE, that the headers belong to, as it is before minios apply; may be repeated. Without one (and without --plan) every symbol that the headers declare counts as the set's.",
        HelpName = "file",
    };

    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "What becomes of the symbols, as minios plan -o has written it, instead of --archive.",
        HelpName = "file",
    };

    public SymbolPlanOptions(Command command)
    {
        command.Add(_archives);
        command.Add(_plan);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_plan) is not null && result.GetValue(_archives) is { Length: > 0 })
            {
                result.AddError("--plan and --archive exclude each other: a plan names its files.");
            }
        });
    }

    /// <summary>The plan of the symbols.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="policy">The rules.</param>
    /// <param name="headers">What the headers give.</param>
    /// <exception cref="DiagnosticException">MINIOS13xx, 1801, 1802, 20xx, 21xx.</exception>
    public NamespacePlan Read(ParseResult parsed, NamespacePolicy policy, CensusRun headers)
    {
        if (parsed.GetValue(_plan) is { } plan)
        {
            return NamespacePlan.Parse(InputText.ReadBytes(plan), plan);
        }

        using ObjectSet set = ObjectSet.Open(parsed.GetValue(_archives) ?? []);
        CommonAllocation commons = set.AllocateCommons();
        SymbolCensus census = SymbolCensus.ReadArchives(set.Files.Select(file => new CensusInput(file.Library, file.Path, file.Data)));
        return NamespacePlanner.Plan(policy, census, headers.Declarations, LibcMode.Stub, commons.DeclaredIn(headers.Declarations).ToHashSet(StringComparer.Ordinal), SpelledNames.Of(headers.Census));
    }
}
