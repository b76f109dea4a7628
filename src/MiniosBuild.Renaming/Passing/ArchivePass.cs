using Microsoft.Win32.SafeHandles;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Renaming.Passing;

/// <summary>
/// Applies a map to one object, or to every object of an archive, whose index is made anew. Every object is proven against the
/// original before the result is published; until then the old output stays.
/// </summary>
public sealed class ArchivePass(SymbolMap map, PassOptions options)
{
    // Objects that were laid out are kept up to so many bytes of input; beyond it they are made again when they are written.
    private const long MostKept = 24 << 20;

    private readonly MemberPass _pass = new(map, options);
    private readonly MemberReader _reader = new(options);

    /// <summary>Passes a file into another, or into itself.</summary>
    /// <param name="input">The object or archive, of less than 2 GiB.</param>
    /// <param name="output">Appears as a whole; a file with the same bytes is left untouched.</param>
    /// <param name="cancellation">Ends the pass between two objects.</param>
    /// <exception cref="DiagnosticException">MINIOS13xx, 20xx, 21xx; the old output is as it was. I/O errors come as they are.</exception>
    public PassReport Apply(string input, string output, CancellationToken cancellation = default)
    {
        using var file = new AtomicFile(output);
        PassReport report = Apply(input, file, cancellation);
        report.Changed = file.Publish();
        return report;
    }

    /// <summary>Passes a file into the draft of another, which the caller publishes.</summary>
    /// <inheritdoc cref="Apply(string, string, CancellationToken)"/>
    public PassReport Apply(string input, AtomicFile output, CancellationToken cancellation = default)
    {
        RequireSize(new FileInfo(input).Length, input);
        using MappedFile source = MappedFile.Open(input);
        return Apply(source.Memory, input, output, cancellation);
    }

    /// <summary>The same for bytes that are at hand.</summary>
    /// <param name="data">The object or archive.</param>
    /// <param name="path">What diagnostics call it.</param>
    /// <param name="output">As above.</param>
    /// <param name="cancellation">As above.</param>
    /// <exception cref="DiagnosticException">As above.</exception>
    public PassReport Apply(ReadOnlyMemory<byte> data, string path, AtomicFile output, CancellationToken cancellation = default)
    {
        using SafeFileHandle handle = File.OpenHandle(output.Draft, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete);
        ArArchive? archive = MemberReader.Archive(data, path);
        PassMember[] members = Members(archive, data, path);
        var usage = new NameUsage(map);
        Prepare(members, usage, cancellation);
        usage.Require(path, member => members[member].Path);
        var writer = new PassWriter(members, _pass, options, handle);
        long size = archive is null ? writer.WriteObject() : writer.WriteArchive(archive, path, cancellation);
        RequireSize(size, path);
        if (archive is not null)
        {
            using MappedFile written = MappedFile.Open(output.Draft);
            ArchiveProof.Require(written.Memory, members, path);
        }

        return new PassReport(usage)
        {
            Members = members.Length,
            ChangedMembers = members.Count(member => member.Changes.Length > 0),
            PassedMembers = members.Count(member => member.IsPassed),
            Renamed = members.Sum(member => member.Changes.Length - member.MadeLocal),
            MadeLocal = members.Sum(member => member.MadeLocal),
            KeptGroups = KeptGroups(members, path),
            Size = size,
        };
    }

    /// <summary>The object itself, or the members of the archive.</summary>
    /// <exception cref="DiagnosticException">MINIOS2108: the archive is thin; 21xx: it is damaged.</exception>
    internal static PassMember[] Members(ReadOnlyMemory<byte> data, string path) => Members(MemberReader.Archive(data, path), data, path);

    private static PassMember[] Members(ArArchive? archive, ReadOnlyMemory<byte> data, string path) =>
        archive is null ? [new PassMember(path, data, null)] : [.. archive.Members.Select(member => new PassMember(path, member.Data, member))];

    private static void RequireSize(long size, string path)
    {
        if (size > int.MaxValue)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ArchiveCodes.TooLarge, $"0x{size:x} bytes are more than a pass can map, expected less than 2 GiB; divide the archive", path));
        }
    }

    private void Prepare(PassMember[] members, NameUsage usage, CancellationToken cancellation)
    {
        var analysis = new MemberAnalysis(map, usage, options.Adopts);
        var machines = new MachineKind?[members.Length];
        long kept = 0;
        MemberLoop.Run(members.Length, options.MaxDegreeOfParallelism, cancellation, number =>
        {
            PassMember member = members[number];
            member.Size = member.Data.Length;
            if (_reader.Read(member) is not { } file)
            {
                return;
            }

            member.IsObject = true;
            machines[number] = MachineKind.Of(file);
            if (member.IsPassed)
            {
                analysis.RunPassed(member, file, number);
                member.IndexNames = ArIndexNames.Of(file);
                return;
            }

            analysis.Run(member, file, number);
            PreparedObject prepared = _pass.Prepare(member, file);
            member.Size = prepared.Rewrite.Size;
            member.Prepared = Interlocked.Add(ref kept, member.Data.Length) <= MostKept || options.BackEnd is not null ? prepared : null;
        });
        RequireOneMachine(members, machines);
    }

    private static Diagnostic? KeptGroups(PassMember[] members, string path)
    {
        int count = members.Count(member => member.KeptGroup is not null);
        if (count == 0)
        {
            return null;
        }

        PassMember first = members.First(member => member.KeptGroup is not null);
        (string signature, string definition) = first.KeptGroup!.Value;
        string objects = count == 1 ? "" : $", and likewise in {count - 1} more objects";
        return Diagnostic.Warning(
            PassCodes.KeptGroup,
            $"\"{definition}\" of {first.Path} gets another name, but the COMDAT group \"{signature}\" that it lies in keeps its own{objects}: a link with an object that has the group and did not go through this pass drops one of the two, and with it the names that the other expects; pass all objects that are linked together",
            path);
    }

    private static void RequireOneMachine(PassMember[] members, MachineKind?[] machines)
    {
        int first = Array.FindIndex(machines, machine => machine is not null);
        for (int number = first + 1; first >= 0 && number < members.Length; number++)
        {
            if (machines[number] is { } kind)
            {
                MemberReader.RequireSameMachine(members[number], kind, members[first], machines[first]!.Value);
            }
        }
    }
}
