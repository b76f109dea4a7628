using System.Text;
using MiniosBuild.Renaming.Passing;

namespace MiniosBuild.Tool.Sets;

/// <summary>Renames in a file of <c>old new</c> lines.</summary>
internal static class RenameMap
{
    /// <exception cref="DiagnosticException">MINIOS1330, 1331, 1801.</exception>
    public static SymbolMap Load(string path) => SymbolMap.Parse(InputText.ReadBytes(path), path);

    /// <summary>Old name to new name.</summary>
    public static IReadOnlyDictionary<string, string> Names(SymbolMap map)
    {
        var names = new Dictionary<string, string>(map.Count, StringComparer.Ordinal);
        for (int entry = 0; entry < map.Count; entry++)
        {
            names.Add(Encoding.UTF8.GetString(map[entry].Name.Span), Encoding.UTF8.GetString(map[entry].NewName.Span));
        }

        return names;
    }
}
