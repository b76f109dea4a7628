using System.Text;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tasks;

/// <summary>The symbol pass over one object, as one step of the build: proven, published as a whole, and done again only when something changed.</summary>
/// <param name="input">Absolute path of the compiled object.</param>
/// <param name="output">Absolute path of the passed one.</param>
/// <param name="renames">Old and new names of symbols that the object defines or refers to.</param>
/// <param name="locals">Definitions of the object to make local.</param>
/// <param name="options">The back end and the note.</param>
/// <param name="identity">What tells the back end from another one.</param>
internal sealed class ObjectPassStep(
    string input, string output, IReadOnlyList<(string Old, string New)> renames, IReadOnlyList<string> locals, PassOptions options, string identity)
{
    /// <summary>The passed object's path.</summary>
    public string Output => output;

    /// <summary>Passes the object if its output is out of date.</summary>
    /// <returns>The reason for it, or null when the output was up to date.</returns>
    /// <exception cref="DiagnosticException">
    /// MINIOS1320, 1326-1329, 1333-1336, 20xx: as the pass says; 1321: the object has no symbol of a name. The old output stays.
    /// </exception>
    public string? Apply(CancellationToken cancellation)
    {
        string record = output + ".step";
        string fingerprint = Fingerprint.Of(
            [TaskIdentity.Of<ObjectPassStep>(), identity, options.Note ?? "", input, .. renames.SelectMany(r => new[] { r.Old, r.New }), "locals", .. locals]);
        string? reason = StepRecord.WhyOutOfDate(record, fingerprint);
        if (reason is null)
        {
            return null;
        }

        var started = DateTime.UtcNow;
        using (var file = new AtomicFile(output))
        {
            Write(file, cancellation);
            file.Publish();
        }

        StepRecord.Write(record, fingerprint, started, [input], [output]);
        return reason;
    }

    private void Write(AtomicFile file, CancellationToken cancellation)
    {
        var map = SymbolMap.Of([.. renames.Select(r => Entry(r.Old, r.New, local: false)), .. locals.Select(name => Entry(name, name, local: true))]);
        var report = new ArchivePass(map, options).Apply(input, file, cancellation);
        for (int entry = 0; entry < map.Count; entry++)
        {
            if (!report.HasMatched(entry))
            {
                throw new DiagnosticException(Diagnostic.Error(
                    TaskCodes.PassResultDiffers,
                    $"the plan changes '{Encoding.UTF8.GetString(map[entry].Name.Span)}', but the object has no such symbol; it changed since the plan was made. Build again",
                    input));
            }
        }
    }

    private static SymbolMapEntry Entry(string name, string newName, bool local) =>
        new(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(newName), local, Line: 0);
}
