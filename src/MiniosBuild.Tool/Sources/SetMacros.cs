using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.Tool.Sets;

namespace MiniosBuild.Tool.Sources;

/// <summary>The macros of a set's headers, by old names and new ones: sources may have moved in part.</summary>
internal sealed class SetMacros
{
    private readonly Dictionary<string, string> _before = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _after = new(StringComparer.Ordinal);

    private SetMacros(IReadOnlyList<string> texts, NameMap table, bool isInverse)
    {
        CTokens[] tokens = [.. texts.Select(text => CLexer.Split(text))];
        Uses = MacroUses.Of(tokens, MacroUses.None);
        Macros = [.. texts.SelectMany(text => HeaderScanner.ReadPlain(text, "").Names).Where(name => name.Kind.IsMacro())];

        // The headers have the new parts, whichever way the sources go.
        foreach ((string old, string part) in table.Parts)
        {
            _ = isInverse ? _after.TryAdd(old, part) : _before.TryAdd(part, old);
        }
    }

    /// <summary>No headers are known.</summary>
    public static SetMacros None { get; } = new([], NameMap.Empty, isInverse: false);

    /// <summary>What those with parameters make of their arguments.</summary>
    public MacroUses Uses { get; }

    /// <summary>Each definition.</summary>
    public IReadOnlyList<HeaderName> Macros { get; }

    /// <summary>Reads all headers below a folder but the one that brings old names back.</summary>
    /// <param name="folder">The folder; one that is not there has no headers.</param>
    /// <param name="table">From the names that the sources have to those that they get.</param>
    /// <param name="isInverse">Whether those that they have are the headers'.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static SetMacros Read(string folder, NameMap table, bool isInverse, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
        {
            return None;
        }

        NameMap others = isInverse ? table : table.Inverse();
        var texts = new List<string>();
        foreach (string file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(file => SourceFile.IsSourceName(file) && Path.GetRelativePath(folder, file) != CompatibilityHeader.Place))
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] bytes = InputText.ReadBytes(file);
            texts.Add(Encoding.Latin1.GetString(bytes));
            texts.Add(Encoding.Latin1.GetString(SourceRewriter.Rewrite(bytes, others, new RewriteOptions { Path = file }).Bytes));
        }

        return new SetMacros(texts, table, isInverse);
    }

    /// <summary>A word of a macro's text as it was before the sources move.</summary>
    public string Before(string part) => _before.GetValueOrDefault(part, part);

    /// <summary>The same as it is afterwards.</summary>
    public string After(string part) => _after.GetValueOrDefault(part, part);
}
