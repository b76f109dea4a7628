using System.Text;

namespace MiniosBuild.Namespaces;

/// <summary>Turns offsets in UTF-8 text into lines and columns.</summary>
internal sealed class LineMap
{
    private readonly ReadOnlyMemory<byte> text;
    private readonly List<int> starts = [0];

    public LineMap(ReadOnlyMemory<byte> text)
    {
        this.text = text;
        ReadOnlySpan<byte> span = text.Span;
        for (int i = 0; i < span.Length; i++)
        {
            if (span[i] == '\n')
            {
                starts.Add(i + 1);
            }
        }
    }

    /// <summary>1-based line and column of a byte; columns count characters (UTF-16 units), as editors do.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        int found = starts.BinarySearch(offset);
        int line = found >= 0 ? found : ~found - 1;
        return (line + 1, Encoding.UTF8.GetCharCount(text.Span[starts[line]..offset]) + 1);
    }

    /// <summary>Offset of a 0-based line and byte, as <see cref="System.Text.Json.JsonException"/> counts them.</summary>
    public int Offset(long line, long byteInLine) =>
        Math.Min(starts[(int)Math.Min(line, starts.Count - 1)] + (int)byteInLine, text.Length);
}
