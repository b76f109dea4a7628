using System.Text;

namespace MiniosBuild.Policy.Json;

/// <summary>Turns offsets in UTF-8 text into lines and columns.</summary>
internal sealed class LineMap
{
    private readonly ReadOnlyMemory<byte> _text;
    private readonly List<int> _starts = [0];

    public LineMap(ReadOnlyMemory<byte> text)
    {
        _text = text;
        ReadOnlySpan<byte> span = text.Span;
        for (int i = 0; i < span.Length; i++)
        {
            if (span[i] == '\n')
            {
                _starts.Add(i + 1);
            }
        }
    }

    /// <summary>1-based line and column of a byte; columns count characters (UTF-16 units), as editors do.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        int found = _starts.BinarySearch(offset);
        int line = found >= 0 ? found : ~found - 1;
        return (line + 1, Encoding.UTF8.GetCharCount(_text.Span[_starts[line]..offset]) + 1);
    }

    /// <summary>Offset of a 0-based line and byte, as <see cref="System.Text.Json.JsonException"/> counts them.</summary>
    public int Offset(long line, long byteInLine) =>
        Math.Min(_starts[(int)Math.Min(line, _starts.Count - 1)] + (int)byteInLine, _text.Length);
}
