namespace MiniosBuild.CSource;

/// <summary>Lines and columns of offsets; fast where they are asked for in order.</summary>
/// <param name="text">The text.</param>
public sealed class TextPosition(string text)
{
    private int _line = 1;
    private int _lineStart;
    private int _counted; // Up to where lines are counted.

    /// <summary>The 1-based line and column of an offset.</summary>
    public (int Line, int Column) Of(int offset)
    {
        if (offset < _counted)
        {
            (_line, _lineStart, _counted) = (1, 0, 0);
        }

        int next;
        while ((next = text.AsSpan(_counted, offset - _counted).IndexOf('\n')) >= 0)
        {
            _counted += next + 1;
            _lineStart = _counted;
            _line++;
        }

        _counted = offset;
        return (_line, offset - _lineStart + 1);
    }
}
