using MiniosBuild.Renaming.Passing;

namespace MiniosBuild.Tool.Sets;

/// <summary>Passes several files, and publishes all of them or none.</summary>
/// <param name="pass">The pass.</param>
/// <param name="require">What all files together have to hold before they are published.</param>
internal sealed class SetPass(ArchivePass pass, Action<IReadOnlyList<PassReport>> require)
{
    /// <exception cref="DiagnosticException">MINIOS13xx, 20xx, 21xx: what the pass will not do, or what is not proven.</exception>
    public IReadOnlyList<PassedFile> Apply(IReadOnlyList<ValidatedFile> inputs, IReadOnlyList<string> outputs, CancellationToken cancellation)
    {
        using var files = new AtomicFiles(outputs);
        var reports = new List<PassReport>();
        for (int i = 0; i < inputs.Count; i++)
        {
            reports.Add(pass.Apply(inputs[i].Data, inputs[i].Path, files[i], cancellation));
        }

        require(reports);
        cancellation.ThrowIfCancellationRequested();
        return [.. inputs.Select((input, i) => new PassedFile(input.Path, outputs[i], files[i].Publish(), reports[i]))];
    }
}
