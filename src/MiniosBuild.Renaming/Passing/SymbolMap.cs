using System.Buffers;
using System.Security.Cryptography;
using MiniosBuild.Policy.Names;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Renaming.Passing;

/// <summary>
/// What happens to global names, whatever object they are in: a name is renamed, made local where it is defined, or, when the map does
/// not have it, left alone. All renames happen at once, so that two names may change places. Immutable: any number of threads may
/// look names up.
/// </summary>
public sealed class SymbolMap
{
    private const int None = -1;

    private readonly SymbolMapEntry[] _entries;
    private readonly NameTable _names;
    private readonly int[] _entryOf; // by number of the name: the entry of which it is the old name
    private readonly int[] _targetOf; // by number of the name: the entry of which it is the new name

    private SymbolMap(SymbolMapEntry[] entries, string? path)
    {
        _entries = entries;
        _names = new NameTable(entries.Length * 2);
        Path = path;
        _entryOf = new int[entries.Length * 2];
        _targetOf = new int[entries.Length * 2];
        Array.Fill(_entryOf, None);
        Array.Fill(_targetOf, None);
        for (int index = 0; index < entries.Length; index++)
        {
            Take(_entryOf, index, entries[index].Name, "is named twice");
        }

        for (int index = 0; index < entries.Length; index++)
        {
            if (!entries[index].MakeLocal)
            {
                Take(_targetOf, index, entries[index].NewName, "is the new name of two");
            }
        }
    }

    /// <summary>How many names it changes.</summary>
    public int Count => _entries.Length;

    /// <summary>The file that it was read from; null when it came from a plan.</summary>
    public string? Path { get; }

    /// <summary>An entry by its number; the numbers follow the order in which the map was given.</summary>
    public ref readonly SymbolMapEntry this[int entry] => ref _entries[entry];

    /// <summary>The map of all names of a plan that do not keep theirs.</summary>
    /// <exception cref="DiagnosticException">MINIOS1331: the plan gives two names one target.</exception>
    public static SymbolMap Of(NamespacePlan plan)
    {
        // The names of all entries lie in one buffer: of a large set there are a million.
        var text = new ArrayBufferWriter<byte>();
        var sizes = new List<(int Name, int NewName)>();
        plan.VisitChanges((name, newName) =>
        {
            text.Write(name);
            text.Write(newName);
            sizes.Add((name.Length, newName.Length));
        });

        ReadOnlyMemory<byte> names = text.WrittenMemory;
        var entries = new SymbolMapEntry[sizes.Count];
        int at = 0;
        for (int index = 0; index < entries.Length; index++)
        {
            (int size, int newSize) = sizes[index];
            ReadOnlyMemory<byte> name = names.Slice(at, size);
            entries[index] = new SymbolMapEntry(name, newSize == 0 ? name : names.Slice(at + size, newSize), MakeLocal: newSize == 0, Line: 0);
            at += size + newSize;
        }

        return new SymbolMap(entries, path: null);
    }

    /// <summary>A map that is made, not read.</summary>
    /// <exception cref="DiagnosticException">MINIOS1331: two targets for a name, or two names for a target.</exception>
    public static SymbolMap Of(IReadOnlyList<SymbolMapEntry> entries) => new([.. entries], path: null);

    /// <summary>A map of <c>old new</c> lines, with blank lines and <c>#</c> comments, as objcopy --redefine-syms reads it.</summary>
    /// <param name="text">The contents of the file; the names are kept in it, not copied.</param>
    /// <param name="path">What diagnostics call it.</param>
    /// <exception cref="DiagnosticException">MINIOS1330: a line that is not two names; MINIOS1331: two targets for a name, or two names for a target.</exception>
    public static SymbolMap Parse(ReadOnlyMemory<byte> text, string path) => new(SymbolMapText.Read(text, path), path);

    /// <summary>The map that gives the old names back. A name that was made local stays so: no map makes it global again.</summary>
    public SymbolMap Inverse() => new(
        [.. _entries.Where(entry => !entry.MakeLocal).Select(entry => entry with { Name = entry.NewName, NewName = entry.Name })], Path);

    /// <summary>
    /// Identifies what the map does, in any order of its lines: the SHA-256 of its sorted entries, in hexadecimal digits.
    /// </summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        SymbolMapEntry[] sorted = [.. _entries];
        Array.Sort(sorted, (a, b) => a.Name.Span.SequenceCompareTo(b.Name.Span));
        foreach (SymbolMapEntry entry in sorted)
        {
            hash.AppendData(entry.Name.Span);
            hash.AppendData(entry.MakeLocal ? "\0L"u8 : "\0R"u8);
            hash.AppendData(entry.NewName.Span);
            hash.AppendData("\0"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What the map knows about a name: the entry that changes it, the entry that gives it to another; -1 for none.</summary>
    public (int Entry, int TargetOf) Find(ReadOnlySpan<byte> name)
    {
        int number = _names.Find(name);
        return number < 0 ? (None, None) : (_entryOf[number], _targetOf[number]);
    }

    private void Take(int[] owners, int index, ReadOnlyMemory<byte> name, string what)
    {
        int number = _names.Add(name.Span);
        if (owners[number] != None)
        {
            ref readonly SymbolMapEntry first = ref _entries[owners[number]];
            ref readonly SymbolMapEntry second = ref _entries[index];
            throw new DiagnosticException(Diagnostic.Error(
                PassCodes.AmbiguousMap,
                $"\"{SymbolMapText.Text(name)}\" {what}: {Describe(first)} and {Describe(second)}; each name may be there once on either side: remove one of the two",
                Path, second.Line));
        }

        owners[number] = index;
    }

    private static string Describe(in SymbolMapEntry entry) =>
        $"\"{SymbolMapText.Text(entry.Name)}\" {(entry.MakeLocal ? "is made local" : $"becomes \"{SymbolMapText.Text(entry.NewName)}\"")}{(entry.Line > 0 ? $" in line {entry.Line}" : "")}";
}

/// <summary>What a <see cref="SymbolMap"/> does to one name.</summary>
/// <param name="Name">The name as it is.</param>
/// <param name="NewName">The name as it becomes; the same when it is made local.</param>
/// <param name="MakeLocal">Whether its definitions become local, rather than renamed.</param>
/// <param name="Line">The line of the map's file, from 1; 0 when it came from a plan.</param>
public readonly record struct SymbolMapEntry(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> NewName, bool MakeLocal, int Line)
{
    /// <summary>Whether nothing happens to the name at all.</summary>
    public bool Keeps => !MakeLocal && Name.Span.SequenceEqual(NewName.Span);
}
