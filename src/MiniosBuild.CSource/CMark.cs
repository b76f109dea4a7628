namespace MiniosBuild.CSource;

/// <summary>Codes of punctuation: its characters, the first in the lowest byte. Digraphs have the code of what they stand for.</summary>
public static class CMark
{
    public const int Arrow = '-' | ('>' << 8);
    public const int Paste = '#' | ('#' << 8);
    public const int Both = '&' | ('&' << 8);
    public const int Scope = ':' | (':' << 8);
    public const int Ellipsis = '.' | ('.' << 8) | ('.' << 16);
}
