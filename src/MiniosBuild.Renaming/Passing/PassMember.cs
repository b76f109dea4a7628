using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Sets;

namespace MiniosBuild.Renaming.Passing;

/// <summary>One object of a pass: what it is called, its bytes, and what was found out about it.</summary>
internal sealed class PassMember(string path, ReadOnlyMemory<byte> data, ArMember? member)
{
    public ObjectFile File { get; } = new(path, data, member?.Name);

    /// <summary>The file, or <c>archive(member)</c>.</summary>
    public string Path => File.Place;

    public ReadOnlyMemory<byte> Data => File.Data;

    /// <summary>Null when the pass is over an object by itself.</summary>
    public ArMember? Member => member;

    public bool IsObject { get; set; }

    /// <summary>Whether it has the note of this very pass.</summary>
    public bool IsPassed { get; set; }

    /// <summary>The symbols that change, in the order of the symbol table, each with its entry of the map.</summary>
    public (int Symbol, int Entry)[] Changes { get; set; } = [];

    public int MadeLocal { get; set; }

    /// <summary>The first COMDAT group that keeps its signature while the name of a definition in it changes.</summary>
    public (string Signature, string Definition)? KeptGroup { get; set; }

    /// <summary>What it adds to the archive's index afterwards.</summary>
    public ArIndexNames IndexNames { get; set; }

    /// <summary>Its size afterwards.</summary>
    public int Size { get; set; }

    /// <summary>What is to be written; null when the object was too large to keep it, and it is made again.</summary>
    public PreparedObject? Prepared { get; set; }
}
