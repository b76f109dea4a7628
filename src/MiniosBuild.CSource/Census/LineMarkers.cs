using System.Text;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Census;

/// <summary>The files and lines that line markers give to tokens, asked for in order.</summary>
/// <param name="tokens">The text.</param>
/// <param name="file">The file that it begins in, for text that is not preprocessed.</param>
public sealed class LineMarkers(CTokens tokens, string file = "")
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private string _file = file;
    private int _line = 1;
    private int _at;

    /// <summary>What files include, as far as tokens have been asked about.</summary>
    public List<HeaderInclude> Includes { get; } = [];

    /// <summary>Where a token stands; no token before the last one asked about.</summary>
    public DeclarationSite At(int token)
    {
        for (; _at < token; _at++)
        {
            CToken t = tokens[_at];
            if (t.Kind == CTokenKind.LineEnd)
            {
                _line++;
            }
            else if (t.Kind == CTokenKind.Hash)
            {
                Directive(t.End);
            }
            else if (t.Kind is CTokenKind.Comment or CTokenKind.Text or CTokenKind.Blank)
            {
                _line += tokens.Span(_at).Count('\n');
            }
        }

        return new DeclarationSite(_file, _line);
    }

    /// <summary>A marker, <c># LINE "FILE" FLAGS</c> or <c>#line LINE "FILE"</c>; every other directive means nothing here.</summary>
    private void Directive(int start)
    {
        int end = tokens.Text.IndexOf('\n', start);
        ReadOnlySpan<char> rest = tokens.Text.AsSpan(start, (end < 0 ? tokens.Text.Length : end) - start).Trim();
        if (rest.StartsWith("line "))
        {
            rest = rest[5..].TrimStart();
        }

        int digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
        {
            digits++;
        }

        if (digits > 0 && int.TryParse(rest[..digits], out int line))
        {
            int open = rest.IndexOf('"');
            int close = rest.LastIndexOf('"');
            if (open >= 0 && close > open)
            {
                string file = Known(rest[(open + 1)..close]);
                if (_file.Length > 0 && rest[(close + 1)..].TrimStart() is ['1', ..])
                {
                    Includes.Add(new HeaderInclude(new DeclarationSite(_file, _line), file));
                }

                _file = file;
            }

            _line = line - 1; // The marker's own line end counts one.
        }
    }

    private string Known(ReadOnlySpan<char> quoted)
    {
        var files = _files.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!files.TryGetValue(quoted, out string? file))
        {
            file = Unquote(quoted);
            _files.Add(quoted.ToString(), file);
        }

        return file;
    }

    /// <summary>gcc writes quotes and backslashes with a backslash, and every byte that is not printable ASCII in octal.</summary>
    private static string Unquote(ReadOnlySpan<char> quoted)
    {
        if (!quoted.Contains('\\'))
        {
            return quoted.ToString();
        }

        var bytes = new List<byte>(quoted.Length);
        for (int i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] != '\\' || i + 1 == quoted.Length)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(quoted[i].ToString()));
            }
            else if (i + 3 < quoted.Length && quoted[i + 1] is >= '0' and <= '3')
            {
                bytes.Add((byte)(((quoted[i + 1] - '0') << 6) | ((quoted[i + 2] - '0') << 3) | (quoted[i + 3] - '0')));
                i += 3;
            }
            else
            {
                bytes.Add((byte)quoted[++i]);
            }
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
