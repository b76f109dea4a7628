using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Renaming.Api;

/// <summary>The spelling of kinds and names in lists of public symbols.</summary>
internal static class ApiText
{
    public static string Word(SymbolKind kind) => kind switch
    {
        SymbolKind.Function => "function",
        SymbolKind.Tls => "tls",
        SymbolKind.Ifunc => "ifunc",
        _ => "data",
    };

    public static bool TryKind(string word, out SymbolKind kind)
    {
        SymbolKind? found = word switch
        {
            "function" => SymbolKind.Function,
            "data" => SymbolKind.Data,
            "tls" => SymbolKind.Tls,
            "ifunc" => SymbolKind.Ifunc,
            _ => null,
        };
        kind = found ?? default;
        return found is not null;
    }

    /// <summary>A name without blanks and control characters, and that is no comment: those become <c>%XX</c>, as '%' does.</summary>
    public static string Escape(string name)
    {
        if (!name.AsSpan().ContainsAnyInRange('\0', ' ') && !name.AsSpan().ContainsAny('%', '#'))
        {
            return name;
        }

        var text = new StringBuilder(name.Length + 8);
        foreach (char c in name)
        {
            _ = c is <= ' ' or '%' or '#' ? text.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}") : text.Append(c);
        }

        return text.ToString();
    }

    public static bool TryUnescape(string text, [NotNullWhen(true)] out string? name)
    {
        name = text;
        if (!text.Contains('%'))
        {
            return true;
        }

        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                result.Append(text[i]);
            }
            else if (i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte code))
            {
                result.Append((char)code);
                i += 2;
            }
            else
            {
                name = null;
                return false;
            }
        }

        name = result.ToString();
        return true;
    }
}
