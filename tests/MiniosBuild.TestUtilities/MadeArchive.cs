using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MiniosBuild.TestUtilities;

/// <summary>
/// A large archive of x86-64 objects, the same bytes at each call: every member defines its own global symbols, nine functions to one
/// variable, and calls functions of the members after it. It links, so that any tool can be measured on it.
/// </summary>
/// <param name="Members">How many objects.</param>
/// <param name="SymbolsPerMember">How many global definitions in each.</param>
/// <param name="ReferencesPerMember">How many functions of other members each calls, where there are as many members.</param>
public sealed record MadeArchive(int Members, int SymbolsPerMember, int ReferencesPerMember = 20)
{
    private const int HeaderLength = 60;

    private static readonly string[] s_words = ["alloc", "queue", "page_table", "timer", "event_channel", "ring", "grant", "io"];

    /// <summary>A million symbols: 10,000 members with 100 definitions each.</summary>
    public static MadeArchive Million { get; } = new(10_000, 100);

    /// <summary>The name of a definition; distinct in the archive, of 16 to 38 bytes.</summary>
    public static string SymbolName(int member, int symbol) => string.Create(
        CultureInfo.InvariantCulture, $"{s_words[(member + symbol) % s_words.Length]}_m{member:d5}_{s_words[symbol % s_words.Length]}_{symbol:d3}");

    /// <summary>Whether a definition is a function; else it is a variable.</summary>
    public static bool IsFunction(int symbol) => symbol % 10 != 9;

    /// <summary>The name of a member.</summary>
    public static string MemberName(int member) => string.Create(CultureInfo.InvariantCulture, $"m{member:d6}.o");

    /// <summary>The definitions that a member refers to, by member and symbol; each at most once.</summary>
    public IEnumerable<(int Member, int Symbol)> References(int member)
    {
        for (int i = 0; i < Math.Min(ReferencesPerMember, Members - 1); i++)
        {
            int symbol = ((member * 7) + (i * 11)) % SymbolsPerMember;
            yield return ((member + 1 + i) % Members, IsFunction(symbol) ? symbol : symbol - 1);
        }
    }

    /// <summary>One member, an ELF64 object.</summary>
    public byte[] Member(int member) => new MadeObject(this, member).Write();

    /// <summary>The archive, with a GNU symbol index, as <c>ar rcsD</c> would lay it out.</summary>
    public void WriteTo(Stream stream)
    {
        using var names = new MemoryStream();
        uint[] headers = new uint[Members];
        byte[][] objects = new byte[Members][];
        for (int member = 0; member < Members; member++)
        {
            objects[member] = Member(member);
            for (int symbol = 0; symbol < SymbolsPerMember; symbol++)
            {
                names.Write(Encoding.ASCII.GetBytes(SymbolName(member, symbol) + '\0'));
            }
        }

        int count = Members * SymbolsPerMember;
        int indexSize = sizeof(uint) + (count * sizeof(uint)) + (int)names.Length;
        int padding = indexSize & 1;
        long position = 8 + HeaderLength + indexSize + padding;
        for (int member = 0; member < Members; member++)
        {
            headers[member] = checked((uint)position);
            position += HeaderLength + objects[member].Length;
        }

        stream.Write("!<arch>\n"u8);
        stream.Write(Header("/", indexSize + padding, mode: "0"));
        stream.Write(Index(count, headers));
        names.WriteTo(stream);
        stream.Write(new byte[padding]);
        for (int member = 0; member < Members; member++)
        {
            stream.Write(Header(MemberName(member) + "/", objects[member].Length, mode: "644"));
            stream.Write(objects[member]);
        }
    }

    /// <summary>The same in memory.</summary>
    public byte[] Write()
    {
        using var stream = new MemoryStream();
        WriteTo(stream);
        return stream.ToArray();
    }

    private byte[] Index(int count, uint[] headers)
    {
        byte[] index = new byte[sizeof(uint) + (count * sizeof(uint))];
        BinaryPrimitives.WriteUInt32BigEndian(index, (uint)count);
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(index.AsSpan(sizeof(uint) * (i + 1)), headers[i / SymbolsPerMember]);
        }

        return index;
    }

    private static byte[] Header(string name, int size, string mode) =>
        Encoding.ASCII.GetBytes($"{name,-16}{0,-12}{0,-6}{0,-6}{mode,-8}{size,-10}`\n");
}
