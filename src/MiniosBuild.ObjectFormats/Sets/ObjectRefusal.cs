using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.ObjectFormats.Sets;

/// <summary>What a reader does not take for an object of the set, and why.</summary>
/// <param name="File">The file or member.</param>
/// <param name="Fault">What is wrong with it.</param>
public sealed record ObjectRefusal(ObjectFile File, ObjectFault Fault)
{
    /// <summary>The damage; null for another fault.</summary>
    public ObjectFormatException? Damage { get; init; }

    /// <summary>The object; null when it is none that could be read.</summary>
    public ElfFile? Elf { get; init; }

    /// <summary>Of <see cref="ObjectFault.OtherMachine"/>: the first object that was read, without its bytes, and its machine.</summary>
    public (ObjectFile File, MachineKind Kind) First { get; init; }

    /// <summary>Whether the bytes are an archive, or a member that is one.</summary>
    public bool IsArchive => ArArchive.IsArchive(File.Data.Span);

    /// <summary>Whether the bytes are LLVM bitcode, in no ELF file.</summary>
    public bool IsBitcode => File.Data.Span.StartsWith((ReadOnlySpan<byte>)[0x42, 0x43, 0xc0, 0xde]);

    /// <summary>For whom damage is the only fault that matters.</summary>
    /// <exception cref="ObjectFormatException">The damage.</exception>
    public void ThrowIfDamaged()
    {
        if (Damage is { } damage)
        {
            throw damage;
        }
    }

    /// <summary>What bytes that are no ELF file begin with, for a message about it.</summary>
    /// <param name="subject">What begins so.</param>
    /// <param name="archive">What to say of an archive.</param>
    /// <param name="empty">What to say where there are no bytes.</param>
    public string Start(string subject, string archive, string empty)
    {
        ReadOnlySpan<byte> data = File.Data.Span;
        return data.IsEmpty ? empty
            : IsArchive ? archive
            : $"{subject} starts with {Convert.ToHexString(data[..Math.Min(4, data.Length)])}, not with 7F454C46 (ELF)";
    }
}

/// <summary>Why a file or member is no object of a set.</summary>
public enum ObjectFault
{
    /// <summary>An archive or an ELF file whose bytes are not what its format says.</summary>
    Damaged,

    /// <summary>An archive that only names its members' files.</summary>
    Thin,

    /// <summary>Neither an archive nor an ELF file; or a member that is no ELF file.</summary>
    NotElf,

    /// <summary>An ELF file that a linker made for good.</summary>
    NotRelocatable,

    /// <summary>An object that no link takes together with the first.</summary>
    OtherMachine,

    /// <summary>An object with sections of intermediate code for link-time optimisation, be it beside machine code.</summary>
    IntermediateCode,

    /// <summary>An object that says that it has such code and nothing else.</summary>
    OnlyIntermediateCode,
}
