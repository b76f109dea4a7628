using System.Text;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Toolchain.Archiving;

/// <summary>
/// Makes archives anew from the whole list of their members, byte for byte what <c>ar rcsD</c> of GNU binutils makes of them. Not with
/// that: to make an index, GNU ar loads every plugin of the machine, LLVM's among them (findings/ar-index-loads-every-plugin.sh).
/// </summary>
/// <param name="identity">What tells this build of the code from another.</param>
public sealed class Archiver(string identity)
{
    /// <summary>Makes an archive if it is out of date.</summary>
    /// <param name="archive">Absolute path.</param>
    /// <param name="objects">Absolute paths of the members, in order.</param>
    /// <param name="record">Absolute path of the step's record; not beside the archive, whose folder is a user's.</param>
    /// <param name="cancellation">Is asked before each member.</param>
    /// <returns>The reason for making it, or null when it was up to date.</returns>
    /// <exception cref="DiagnosticException">MINIOS1201: a member cannot be read or the archive not written; MINIOS20xx: a member is damaged; MINIOS21xx: a name or a size that the format cannot hold.</exception>
    public string? Make(string archive, IReadOnlyList<string> objects, string record, CancellationToken cancellation)
    {
        string fingerprint = Fingerprint.Of([identity, archive, .. objects]);
        string? reason = StepRecord.WhyOutOfDate(record, fingerprint);
        if (reason is null)
        {
            return null;
        }

        var started = DateTime.UtcNow;
        Directory.CreateDirectory(Path.GetDirectoryName(archive)!);
        try
        {
            using var file = new AtomicFile(archive);
            Write(file.Draft, objects, cancellation);
            file.Publish();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error(ToolchainCodes.ArchiveFailed, $"the archive could not be made: {e.Message}", archive), e);
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(archive), e);
        }

        StepRecord.Write(record, fingerprint, started, objects, [archive]);
        return reason;
    }

    private static void Write(string path, IReadOnlyList<string> objects, CancellationToken cancellation)
    {
        byte[][] data = [.. objects.Select(File.ReadAllBytes)];
        var layout = new ArArchiveWriter([.. objects.Select((file, i) => Member(file, data[i]))], withIndex: true);
        using FileStream stream = File.Create(path);
        byte[] head = new byte[layout.HeadSize];
        layout.WriteHead(head);
        stream.Write(head);
        for (int i = 0; i < data.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] member = new byte[layout.End(i) - layout.HeaderOffset(i)];
            data[i].CopyTo(layout.Frame(i, member));
            stream.Write(member);
        }
    }

    private static ArNewMember Member(string file, byte[] data)
    {
        try
        {
            return new ArNewMember
            {
                Name = Encoding.UTF8.GetBytes(Path.GetFileName(file)), Size = data.Length, IndexNames = ArIndexNames.Of(ElfFile.Parse(data)),
            };
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(file), e);
        }
    }
}
