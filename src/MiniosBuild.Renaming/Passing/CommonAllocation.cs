using MiniosBuild.CSource.Census;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Elf.Proof;
using MiniosBuild.ObjectFormats.Sets;
using MiniosBuild.Policy.Names;
using MiniosBuild.Renaming.Census;

namespace MiniosBuild.Renaming.Passing;

/// <summary>
/// Makes one definition of all common symbols of a name, over a whole set and before anything is planned: of <c>int x;</c> in a header that
/// ten sources include, compiled with -fcommon. A real definition is taken where there is one, as a link does; else one object gets a
/// variable of the largest size and the strictest alignment. In all other objects the name becomes a reference, or nothing where only
/// debug information mentions it. Every object that changes is proven.
/// </summary>
public sealed class CommonAllocation
{
    private static readonly ObjectReader s_reader = new(ObjectFault.NotRelocatable, ObjectFault.IntermediateCode);

    private readonly IReadOnlyList<CensusInput> _inputs;
    private readonly IReadOnlyList<(string Recorded, string Real)> _pathMap;
    private readonly List<Source> _sources = [];
    private readonly Dictionary<int, ReadOnlyMemory<byte>> _newData = [];
    private readonly List<string> _names = [];
    private readonly List<string> _tentative = [];
    private readonly Dictionary<int, DwarfReader?> _readers = [];
    private readonly List<Diagnostic> _diagnostics = [];

    private CommonAllocation(IReadOnlyList<CensusInput> inputs, IReadOnlyList<(string Recorded, string Real)> pathMap)
    {
        _inputs = inputs;
        _pathMap = pathMap;
    }

    /// <summary>The names that have a place now, or refer to one, sorted.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>
    /// Those among them that several objects have, or a header. A program that includes the header has a definition too; a link makes
    /// one of both, but only while the set's is no local one.
    /// </summary>
    public IReadOnlyList<string> Tentative => _tentative;

    /// <summary>
    /// By name: MINIOS1350 what was made one definition, MINIOS1351 what stays common, MINIOS1352 definitions of different sizes. All are
    /// warnings; what stays common is for the plan to refuse.
    /// </summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Decides, and rewrites the objects and archives that change. What is no sound object is left for the census to refuse.</summary>
    /// <param name="inputs">All objects and archives of the set.</param>
    /// <param name="pathMap">The names that folders have in debug information, and the folders.</param>
    /// <exception cref="DiagnosticException">MINIOS1319, 21xx: an archive that cannot be read; MINIOS1326 to 1329, 1353, 20xx: an object that cannot be changed.</exception>
    public static CommonAllocation Of(IReadOnlyList<CensusInput> inputs, IReadOnlyList<(string Recorded, string Real)>? pathMap = null)
    {
        var allocation = new CommonAllocation(inputs, pathMap ?? []);
        var names = new CommonNames();
        foreach (int input in Enumerable.Range(0, inputs.Count).OrderBy(number => inputs[number].Path, StringComparer.Ordinal))
        {
            allocation.Read(input, names);
        }

        if (names.All.Count > 0)
        {
            allocation._sources.ForEach(source => names.AddDefinitions(source.Number, source.File));
            allocation.Decide(names);
            allocation.Rewrite();
        }

        return allocation;
    }

    /// <summary>The bytes of an input as they are now; those that it has, where nothing changes.</summary>
    public ReadOnlyMemory<byte> Data(int input) => _newData.TryGetValue(input, out ReadOnlyMemory<byte> data) ? data : _inputs[input].Data;

    /// <summary>Whether an input changes.</summary>
    public bool Changes(int input) => _newData.ContainsKey(input);

    /// <summary>The tentative definitions that public headers declare.</summary>
    public IEnumerable<string> DeclaredIn(PublicDeclarations declarations) => _tentative.Where(declarations.Variables.ContainsKey);

    /// <summary>Whether a diagnostic is one of an allocation; it begins with the name that it is about.</summary>
    public static bool IsRemark(Diagnostic diagnostic) => diagnostic.Code is PassCodes.MadeOne or PassCodes.StaysCommon or PassCodes.SizesDiffer;

    private void Read(int input, CommonNames names)
    {
        int member = -1;
        foreach (ObjectFile file in ObjectReader.Open(_inputs[input].Path, _inputs[input].Data, CensusObjectReader.Refuse))
        {
            member++;
            if (s_reader.Read(file, _ => { }) is { } elf && !WasPassed(elf))
            {
                var source = new Source(_sources.Count, input, member, _inputs[input].Library, file.Name, elf, file.Data, []);
                _sources.Add(source);
                names.AddCommons(source.Number, elf);
            }
        }
    }

    /// <summary>Whether the object went through the pass before, or has a note that cannot be read.</summary>
    private static bool WasPassed(ElfFile file)
    {
        try
        {
            return ElfPassNote.Read(file) is not null;
        }
        catch (ObjectFormatException)
        {
            return true;
        }
    }

    private void Decide(CommonNames names)
    {
        foreach (CommonName name in names.All.OrderBy(name => name.Text, StringComparer.Ordinal))
        {
            if (name.Commons.Find(common => common.WhyNot is not null) is { } first)
            {
                Warn(PassCodes.StaysCommon, first,
                    $"\"{name.Text}\" stays a common symbol in {_sources[first.Source].Path}: {first.WhyNot}. Declare it extern in all sources but one, and define it there.");
                continue;
            }

            Common owner = name.Definition is { } definition ? definition : Owner(name);
            foreach (Common common in name.Commons)
            {
                _sources[common.Source].Changes.Add(common == owner
                    ? new ElfCommonChange(common.Symbol, ElfCommonFate.Allocated, name.Commons.Max(one => one.Size), name.Commons.Max(one => Math.Max(one.Alignment, 1)))
                    : new ElfCommonChange(common.Symbol, common.IsUsed ? ElfCommonFate.Undefined : ElfCommonFate.Removed));
            }

            _names.Add(name.Text);
            Report(name, owner);
        }
    }

    /// <summary>
    /// An object of the library that alone uses the name; of several, one of that which the others are linked with. In it an object
    /// that uses the name, so that nothing else has to.
    /// </summary>
    private Common Owner(CommonName name)
    {
        string[] libraries = [.. name.Users.Concat(name.Commons.Where(common => common.IsUsed).Select(common => common.Source)).Select(user => _sources[user].Library).Distinct().Take(2)];
        return name.Commons
            .OrderBy(common => libraries.Length == 1 && _sources[common.Source].Library == libraries[0] ? 0 : Rank(_sources[common.Source].Library))
            .ThenBy(common => common.IsUsed ? 0 : 1)
            .ThenBy(common => common.Source)
            .First();
    }

    // A guest links core in any case.
    private static int Rank(string library) => library switch
    {
        "core" => 1,
        "entry" => 2,
        NamespacePolicy.LibcLibrary => 3,
        _ => 4,
    };

    private void Report(CommonName name, Common owner)
    {
        Source place = _sources[owner.Source];
        if (name.Commons.Count > 1 || name.Definition is not null || PositionOf(owner)?.File.EndsWith(".h", StringComparison.Ordinal) == true)
        {
            _tentative.Add(name.Text);
            string objects = string.Join(", ", name.Commons.Take(3).Select(common => _sources[common.Source].Path));
            string more = name.Commons.Count > 3 ? $" and {name.Commons.Count - 3} more" : "";
            string what = name.Definition is not null
                ? $"{(name.Commons.Count == 1 ? "it is a reference" : "they are references")} now to the definition in {place.Path}. Declare it extern in the header"
                : $"{(name.Commons.Count == 1 ? "its variable is" : "one variable was made of them,")} in {place.Path} (library {place.Library}). Declare it extern in the header, and define it in one source";
            Warn(PassCodes.MadeOne, name.Commons.Find(common => common == owner) ?? name.Commons[0],
                $"\"{name.Text}\" is a tentative definition in {Count(name.Commons.Count, "object")} ({objects}{more}); {what}.");
        }

        Common largest = name.Commons.MaxBy(common => common.Size)!;
        Common other = name.Definition ?? name.Commons.MinBy(common => common.Size)!;
        if (name.Definition is { IsVariable: false })
        {
            Warn(PassCodes.SizesDiffer, largest,
                $"\"{name.Text}\" is a variable of {Count(largest.Size, "byte")} in {_sources[largest.Source].Path}, but no variable in {place.Path}, whose definition is taken. Give one of them another name.");
        }
        else if (name.Definition is null ? other.Size != largest.Size : other.Size < largest.Size && other.Size != 0) // A label in assembly has none.
        {
            Warn(PassCodes.SizesDiffer, largest,
                $"\"{name.Text}\" has {Count(largest.Size, "byte")} in {_sources[largest.Source].Path}, but {other.Size} in {_sources[other.Source].Path}{(name.Definition is null ? "" : ", whose definition is taken")}: they do not agree in its type. Declare it extern in one header that all of them include.");
        }
    }

    private static string Count(ulong count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Count(int count, string what) => Count((ulong)count, what);

    private void Warn(string code, Common common, string message)
    {
        _diagnostics.Add(PositionOf(common) is { } position
            ? Diagnostic.Warning(code, message, RecordedPath.Real(position.File, _pathMap), position.Line, position.Column)
            : Diagnostic.Warning(code, message, _sources[common.Source].Path));
    }

    private SourcePosition? PositionOf(Common common)
    {
        Source source = _sources[common.Source];
        try
        {
            if (!_readers.TryGetValue(common.Source, out DwarfReader? reader))
            {
                _readers.Add(common.Source, reader = DwarfReader.Open(source.File));
            }

            return reader?.DeclarationOf(source.File.Symbols[common.Symbol]);
        }
        catch (ObjectFormatException)
        {
            return null; // Damaged debug information is no reason to say nothing of the name.
        }
    }

    private void Rewrite()
    {
        foreach (IGrouping<int, Source> input in _sources.GroupBy(source => source.Input))
        {
            var changed = new Dictionary<int, byte[]>();
            foreach (Source source in input.Where(source => source.Changes.Count > 0))
            {
                changed.Add(source.Member, Rewrite(source));
            }

            if (changed.Count > 0)
            {
                ReadOnlyMemory<byte> data = _inputs[input.Key].Data;
                _newData.Add(input.Key, ArArchive.IsArchive(data.Span) ? Rewrite(ArArchive.Parse(data), changed) : changed[0]);
            }
        }
    }

    private static byte[] Rewrite(Source source)
    {
        try
        {
            ElfCommonChange[] changes = [.. source.Changes.OrderBy(change => change.Index)];
            ElfRewrite rewrite = ElfCommonRewriter.Prepare(source.File, source.Data, changes);
            byte[] data = new byte[rewrite.Size];
            rewrite.WriteTo(data);
            ElfCommonProof.Require(source.File, ElfFile.Parse(data), changes);
            return data;
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(source.Path), e);
        }
    }

    private static byte[] Rewrite(ArArchive archive, Dictionary<int, byte[]> changed)
    {
        ReadOnlyMemory<byte>[] data = [.. archive.Members.Select((member, number) => changed.TryGetValue(number, out byte[]? made) ? made : member.Data)];
        var members = data.Select((bytes, number) => ArNewMember.Of(
            archive.Members[number], bytes.Length, ElfFile.IsElf(bytes.Span) ? ArIndexNames.Of(ElfFile.Parse(bytes)) : default)).ToList();
        var layout = new ArArchiveWriter(members, withIndex: true);
        byte[] written = new byte[layout.Size];
        layout.WriteHead(written);
        for (int number = 0; number < data.Length; number++)
        {
            data[number].Span.CopyTo(layout.Frame(number, written.AsSpan((int)layout.HeaderOffset(number)..(int)layout.End(number))));
        }

        return written;
    }

    /// <summary>One object.</summary>
    private sealed record Source(
        int Number, int Input, int Member, string Library, string Path, ElfFile File, ReadOnlyMemory<byte> Data, List<ElfCommonChange> Changes);

    /// <summary>A common symbol, or the definition that others of its name give way to.</summary>
    private sealed record Common(int Source, int Symbol, ulong Size, ulong Alignment, bool IsUsed, string? WhyNot, bool IsVariable = true);

    /// <summary>All that a set has of one name.</summary>
    private sealed class CommonName(string text)
    {
        public string Text => text;

        public List<Common> Commons { get; } = [];

        /// <summary>The first definition that is neither common nor weak.</summary>
        public Common? Definition { get; set; }

        /// <summary>The objects that refer to the name without defining it.</summary>
        public List<int> Users { get; } = [];
    }

    /// <summary>The names that are common somewhere.</summary>
    private sealed class CommonNames
    {
        private readonly NameTable _table = new();

        public List<CommonName> All { get; } = [];

        public void AddCommons(int source, ElfFile file)
        {
            ElfSymbolUses? uses = null;
            foreach (ElfSymbol symbol in file.Symbols)
            {
                if (symbol is { IsCommon: true, IsGlobal: true } && !symbol.NameBytes.IsEmpty)
                {
                    int number = _table.Add(symbol.NameBytes);
                    if (number == All.Count)
                    {
                        All.Add(new CommonName(symbol.Name));
                    }

                    uses ??= new ElfSymbolUses(file);
                    All[number].Commons.Add(new Common(source, symbol.Index, symbol.Size, symbol.Value, uses[symbol.Index], ElfCommonRewriter.WhyNot(symbol)));
                }
            }
        }

        public void AddDefinitions(int source, ElfFile file)
        {
            foreach (ElfSymbol symbol in file.Symbols)
            {
                if (symbol.IsCommon || !symbol.IsGlobal || _table.Find(symbol.NameBytes) is not (>= 0 and var number))
                {
                    continue;
                }

                if (symbol.IsUndefined)
                {
                    All[number].Users.Add(source);
                }
                else if (symbol.Binding != ElfSymbolBinding.Weak)
                {
                    bool isVariable = symbol.Type is ElfSymbolType.Object or ElfSymbolType.NoType;
                    All[number].Definition ??= new Common(source, symbol.Index, symbol.Size, 0, true, null, isVariable);
                }
            }
        }
    }
}
