using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Linking.Forecast;

/// <summary>An object of a link: a file by itself, a member of an archive, or names that stand for one.</summary>
public sealed class LinkObject
{
    internal LinkObject(LinkInput input, string? member = null, long? memberOffset = null)
    {
        Input = input;
        Member = member;
        MemberOffset = memberOffset;
    }

    /// <summary>The file that it is or lies in.</summary>
    public LinkInput Input { get; }

    /// <summary>The member of the archive; null for a file by itself.</summary>
    public string? Member { get; }

    /// <summary>Where the member's header starts, in bytes; null for a file by itself.</summary>
    public long? MemberOffset { get; }

    public LinkParty Party => Input.Party;

    public string Library => Input.Library;

    public string File => Input.Path;

    /// <summary>Its place among the objects that the link takes; -1 for one that it does not take.</summary>
    public int Number { get; internal set; } = -1;

    /// <summary>Whether the link takes it.</summary>
    public bool IsTaken => Number >= 0;

    /// <summary>The name for which an archive gave it; null for what is linked in any case.</summary>
    public string? TakenFor { get; internal set; }

    /// <summary>Who asked for <see cref="TakenFor"/> first; null when that is an option or the linker script, or nobody.</summary>
    public LinkObject? TakenBy { get; internal set; }

    /// <summary>The parsed object; null where names stand for one, and for an object that is not taken.</summary>
    public ElfFile? Elf { get; internal set; }

    /// <summary>The sections that the linker leaves out since another object brought the same ones; null for none.</summary>
    internal bool[]? Discarded { get; set; }

    /// <summary>File and member, for the middle of a sentence.</summary>
    public string Place => Input.Names is not null ? $"the library {Library} of {File}" : Member is null ? File : $"{File}({Member})";

    public override string ToString() => Place;

    /// <summary>Whether the linker leaves a section of it out.</summary>
    internal bool IsDiscarded(int section) => Discarded is { } discarded && (uint)section < (uint)discarded.Length && discarded[section];
}

/// <summary>One symbol of one object.</summary>
/// <param name="Object">The object.</param>
/// <param name="Symbol">Its index in the object's symbol table; of names that stand for an object, first those that it needs and then those that it gives; -1 when it is not known.</param>
public readonly record struct LinkPlace(LinkObject Object, int Symbol);

/// <summary>Where a finding about a link is told.</summary>
internal readonly record struct LinkSite(string Library, string File, string? Member, SourcePosition? Position);
