using System.CommandLine;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Sets;
using MiniosBuild.Renaming.Adopting;
using MiniosBuild.Renaming.Consumers;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Tool.Reports;
using MiniosBuild.Tool.Sets;

namespace MiniosBuild.Tool.Commands;

/// <summary><c>minios adopt</c>: brings objects and archives that were compiled against the old names of a set to its new ones.</summary>
internal sealed class AdoptCommand : ReportingCommand
{
    private readonly Argument<string[]> _files = new("file")
    {
        Description = "Objects and archives that are linked with the set, all of them together: what one of them defines, all of them take from it.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Where the result goes: a file, or a folder, which several inputs need. It may be the input itself.",
        HelpName = "file|folder",
        Required = true,
    };

    private readonly Option<string?> _set = new("--set")
    {
        Description = "The output folder of a Library: its share/minios/renames.txt has the names, its archives show what cannot be reached.",
        HelpName = "folder",
    };

    private readonly Option<string?> _map = new("--map")
    {
        Description = "The names alone, as \"old new\" lines.",
        HelpName = "file",
    };

    private readonly PolicyOption _policy;
    private readonly RewriterOption _rewriter;

    public AdoptCommand()
        : base("adopt", "Lets objects and archives that were compiled against the old names of a set link with it: their references follow its renames, proven, and what they define stays theirs.")
    {
        Add(_files);
        Add(_output);
        Add(_set);
        Add(_map);
        _policy = new PolicyOption(this);
        _rewriter = new RewriterOption(this);
        Validators.Add(result =>
        {
            if (result.GetValue(_set) is null == result.GetValue(_map) is null)
            {
                result.AddError("give the set: its folder with --set, or its renames with --map.");
            }
        });
    }

    protected override Report Run(ParseResult parsed, CancellationToken cancellation)
    {
        NamespacePolicy policy = _policy.Load(parsed);
        string map = parsed.GetValue(_map) ?? Path.Combine(parsed.GetValue(_set)!, "share", "minios", "renames.txt");
        IReadOnlyDictionary<string, string> renames = RenameMap.Names(RenameMap.Load(map));
        using ObjectSet set = ObjectSet.Open(FilesOf(parsed.GetValue(_set)));
        string? note = NoteOf(parsed, set, policy);
        using ObjectSet program = ObjectSet.Open(parsed.GetRequiredValue(_files));
        IReadOnlyList<string> outputs = new OutputPlaces(parsed.GetRequiredValue(_output)).For(program.Files);
        var files = AdoptedFiles.Read(
            [.. program.Files.Select(file => new ConsumerFile(file.Path, file.Data))], set.Files.Select(file => new ConsumerFile(file.Path, file.Data)).FirstOrDefault());
        var adoption = Adoption.Of(files, AdoptingSet.Of(policy, renames, set.Files));
        ReportedFinding[] findings = [.. adoption.Diagnostics.Select(ReportedFinding.Of)];
        if (adoption.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            return new Report(Name) { Findings = findings, Summary = "names of the set are out of reach; nothing was written" };
        }

        using var scratch = new ScratchFolder();
        var options = new PassOptions { Adopts = true, Note = note, BackEnd = _rewriter.BackEnd(parsed, scratch, cancellation) };
        IReadOnlyList<PassedFile> passes = new SetPass(
            new ArchivePass(adoption.Map, options),
            reports => PassReport.RequireTogether(adoption.Map, [.. program.Files.Select(file => file.Path)], reports, map)).Apply(program.Files, outputs, cancellation);
        return new Report(Name)
        {
            Findings = findings,
            Summary = ApplyCommand.Summary(passes),
            WriteProperties = json => ApplyCommand.WriteProperties(json, passes),
        };
    }

    /// <summary>The entry object first, whose note tells the pass of all, and the archives.</summary>
    private static string[] FilesOf(string? folder)
    {
        if (folder is null)
        {
            return [];
        }

        string library = Path.Combine(folder, "lib");
        return Directory.Exists(library)
            ? [.. Directory.GetFiles(library, "minios-entry.o"), .. Directory.GetFiles(library, "libminios-*.a").Order(StringComparer.Ordinal)]
            : throw new DiagnosticException(Diagnostic.Error(
                ToolCodes.UnreadableInput, "there is no folder lib in it. Give the output folder of a Library, or its renames with --map", folder));
    }

    /// <summary>The note of the set's own pass, or that of the policy if the command line names one; null when neither is known.</summary>
    /// <exception cref="DiagnosticException">MINIOS1349: the set went through a pass of another policy.</exception>
    private string? NoteOf(ParseResult parsed, ObjectSet set, NamespacePolicy policy)
    {
        if (set.Files.Count == 0)
        {
            return _policy.IsGiven(parsed.CommandResult) ? PassNote.TextFor(policy, LibcMode.Stub) : null;
        }

        ValidatedFile entry = set.Files[0];
        string? note = Read(entry);
        return note is null || PassNote.Parse(note) is not { } found || found.IsSamePass(PassNote.For(policy, found.Libc)) ? note : throw new DiagnosticException(Diagnostic.Error(
            AdoptionCodes.OtherPolicy, $"the set went through a pass of the policy {found.PolicyName}, which is not the policy {policy.Name} of this command. Name the set's policy with --policy", entry.Path));
    }

    private static string? Read(ValidatedFile file)
    {
        try
        {
            ElfFile? first = new ObjectReader().ReadAll(file.Path, file.Data, refusal => refusal.ThrowIfDamaged()).Select(found => found.Elf).FirstOrDefault();
            return first is null ? null : ElfPassNote.Read(first);
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(file.Path), e);
        }
    }
}
