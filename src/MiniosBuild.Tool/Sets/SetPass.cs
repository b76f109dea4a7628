using Microsoft.Win32.SafeHandles;
using MiniosBuild.Namespaces;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tool.Sets;

/// <summary>Passes several files, and publishes all of them or none.</summary>
internal sealed class SetPass(ArchivePass pass)
{
    /// <exception cref="DiagnosticException">MINIOS13xx, 20xx, 21xx: what the pass will not do, or what is not proven.</exception>
    public IReadOnlyList<PassedFile> Apply(IReadOnlyList<ValidatedFile> inputs, IReadOnlyList<string> outputs, CancellationToken cancellation)
    {
        string[] temporary = [.. outputs.Select(output => AtomicFile.TemporaryPath(Path.GetFullPath(output)))];
        try
        {
            var reports = new List<PassReport>();
            for (int i = 0; i < inputs.Count; i++)
            {
                using SafeFileHandle handle = File.OpenHandle(temporary[i], FileMode.Create, FileAccess.ReadWrite);
                reports.Add(pass.Apply(inputs[i].Data, inputs[i].Path, handle, cancellation));
            }

            cancellation.ThrowIfCancellationRequested();
            return [.. inputs.Select((input, i) => new PassedFile(input.Path, outputs[i], AtomicFile.Publish(temporary[i], Path.GetFullPath(outputs[i])), reports[i]))];
        }
        finally
        {
            foreach (string path in temporary)
            {
                File.Delete(path);
            }
        }
    }
}
