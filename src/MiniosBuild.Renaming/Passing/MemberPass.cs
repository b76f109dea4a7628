using System.Text;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Elf.Proof;

namespace MiniosBuild.Renaming.Passing;

/// <summary>Changes one object, and proves that it did nothing else.</summary>
internal sealed class MemberPass(SymbolMap map, PassOptions options)
{
    private readonly ReadOnlyMemory<byte> _note = options.Note is null ? default : Encoding.UTF8.GetBytes(options.Note);

    /// <summary>Lays an object out as it becomes.</summary>
    /// <exception cref="DiagnosticException">MINIOS20xx: it cannot be changed so; or the back end failed.</exception>
    public PreparedObject Prepare(PassMember member, ElfFile file)
    {
        ElfSymbolChange[] changes = Changes(member);
        try
        {
            // What one back end refuses all refuse, so that this comes first whatever writes the object.
            bool dropsMarks = DropsMarks(file);
            ElfRewrite rewrite = ElfSymbolRewriter.Prepare(file, member.Data, changes, _note, dropsMarks);
            if (options.BackEnd is { } other && changes.Length > 0)
            {
                ReadOnlyMemory<byte> passed = other.Rewrite(file, member.Data, changes, member.Path);
                ElfFile result = ElfFile.Parse(passed);
                member.IndexNames = ArIndexNames.Of(result);
                rewrite = ElfSymbolRewriter.Prepare(result, passed, [], _note, dropsMarks);
                return new PreparedObject(file, changes, rewrite, IsChanged: true);
            }

            return new PreparedObject(file, changes, rewrite, !rewrite.IsUnchanged);
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(member.Path), e);
        }
    }

    /// <summary>Reads what was written, and compares it with the object as it was.</summary>
    /// <exception cref="DiagnosticException">
    /// MINIOS1326-1329: more or less than the changes differs; MINIOS1337: it is not what the index or the note say.
    /// </exception>
    public void Prove(PassMember member, PreparedObject prepared, ReadOnlyMemory<byte> written)
    {
        // That nothing is to be changed is for the plan to say, not for what did the changes.
        if (!prepared.IsChanged && prepared.Changes.Length == 0)
        {
            return;
        }

        try
        {
            ElfFile after = ElfFile.Parse(written);
            ElfProof.Require(prepared.Before, after, prepared.Changes, DropsMarks(prepared.Before));
            ArIndexNames names = ArIndexNames.Of(after);
            if (names.Count != member.IndexNames.Count || !names.Text.Span.SequenceEqual(member.IndexNames.Text.Span))
            {
                throw ArchiveProof.Failed(member.Path, $"the object has {names.Count} names for the index, expected {member.IndexNames.Count}, or others");
            }

            if (options.Note is { } note && ElfPassNote.Read(after) != note)
            {
                throw ArchiveProof.Failed(member.Path, $"the object's note is \"{ElfPassNote.Read(after)}\", expected \"{note}\"");
            }
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(member.Path), e);
        }
    }

    private bool DropsMarks(ElfFile file) => options.DropsMarks && ElfExportMarks.Of(file).Fault is null;

    private ElfSymbolChange[] Changes(PassMember member)
    {
        var changes = new ElfSymbolChange[member.Changes.Length];
        for (int index = 0; index < changes.Length; index++)
        {
            (int symbol, int entry) = member.Changes[index];
            bool local = map[entry].MakeLocal;
            changes[index] = new ElfSymbolChange(symbol, local ? default : map[entry].NewName, local);
        }

        return changes;
    }
}

/// <summary>An object that was read and laid out anew.</summary>
/// <param name="Before">The object as it was.</param>
/// <param name="Changes">What happens to its symbols.</param>
/// <param name="Rewrite">What is to be written.</param>
/// <param name="IsChanged">Whether that differs from the object as it was.</param>
internal sealed record PreparedObject(ElfFile Before, ElfSymbolChange[] Changes, ElfRewrite Rewrite, bool IsChanged);
