using System.Buffers;
using Microsoft.Win32.SafeHandles;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;

namespace MiniosBuild.Renaming.Passing;

/// <summary>Writes passed objects to their places in a file, and proves each while its bytes are at hand.</summary>
internal sealed class PassWriter(PassMember[] members, MemberPass pass, PassOptions options, SafeFileHandle output)
{
    // Members are written together up to so many bytes: few calls of the system, and enough parts to share among threads.
    private const long BatchSize = 256 << 10;

    /// <summary>Writes the one object that there is.</summary>
    /// <returns>The size of the file.</returns>
    public long WriteObject()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(members[0].Size);
        try
        {
            Fill(members[0], buffer.AsMemory(0, members[0].Size));
            RandomAccess.Write(output, buffer.AsSpan(0, members[0].Size), 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return members[0].Size;
    }

    /// <summary>Writes an archive of all members.</summary>
    /// <returns>The size of the file.</returns>
    public long WriteArchive(ArArchive source, string path, CancellationToken cancellation)
    {
        ArArchiveWriter layout = LayOut(source, path);
        byte[] head = ArrayPool<byte>.Shared.Rent(layout.HeadSize);
        layout.WriteHead(head.AsSpan(0, layout.HeadSize));
        RandomAccess.Write(output, head.AsSpan(0, layout.HeadSize), 0);
        ArrayPool<byte>.Shared.Return(head);
        int[] batches = Batches(layout);
        MemberLoop.Run(batches.Length - 1, options.MaxDegreeOfParallelism, cancellation, batch => Write(layout, batches[batch], batches[batch + 1]));
        return layout.Size;
    }

    private ArArchiveWriter LayOut(ArArchive source, string path)
    {
        try
        {
            var entries = new ArNewMember[members.Length];
            for (int index = 0; index < members.Length; index++)
            {
                entries[index] = ArNewMember.Of(members[index].Member!, members[index].Size, members[index].IndexNames, options.Deterministic);
            }

            bool withIndex = source.Index is not null || members.Any(member => member.IsObject);
            return new ArArchiveWriter(entries, withIndex, source is { Variant: ArVariant.Gnu, Index.Is64Bit: true });
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(path), e);
        }
    }

    /// <returns>The first member of each batch, and the end of the last.</returns>
    private int[] Batches(ArArchiveWriter layout)
    {
        var starts = new List<int>();
        long end = 0;
        for (int member = 0; member < members.Length; member++)
        {
            if (starts.Count == 0 || layout.End(member) > end)
            {
                starts.Add(member);
                end = layout.HeaderOffset(member) + BatchSize;
            }
        }

        starts.Add(members.Length);
        return [.. starts];
    }

    private void Write(ArArchiveWriter layout, int first, int end)
    {
        long start = layout.HeaderOffset(first);
        int size = checked((int)(layout.End(end - 1) - start));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            for (int member = first; member < end; member++)
            {
                int at = (int)(layout.HeaderOffset(member) - start);
                layout.Frame(member, buffer.AsSpan(at, (int)(layout.End(member) - start) - at));
                Fill(members[member], buffer.AsMemory((int)(layout.DataOffset(member) - start), members[member].Size));
            }

            RandomAccess.Write(output, buffer.AsSpan(0, size), start);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Fill(PassMember member, Memory<byte> place)
    {
        if (!member.IsObject || member.IsPassed)
        {
            member.Data.CopyTo(place);
            return;
        }

        PreparedObject prepared = member.Prepared ?? pass.Prepare(member, MemberReader.Parse(member));
        member.Prepared = null;
        prepared.Rewrite.WriteTo(place.Span);
        pass.Prove(member, prepared, place);
    }
}
