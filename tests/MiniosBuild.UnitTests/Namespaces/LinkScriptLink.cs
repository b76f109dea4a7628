using MiniosBuild.Linking.Forecast;
using MiniosBuild.Linking.Options;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>
/// A folder with small files to link, in which ld runs: <c>main.o</c> needs f, <c>f.o</c> and <c>other/f.o</c> give it, <c>fg.o</c> gives it and needs g,
/// <c>g.o</c> gives g. <c>lib</c> has <c>libf.a</c>, <c>libfg.a</c> and <c>libg.a</c>.
/// </summary>
internal sealed class LinkScriptLink : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ulong _lastId;

    public LinkScriptLink()
    {
        Object("main.o", ["_start"], ["f"]);
        byte[] f = Object("f.o", ["f"], []), fg = Object("fg.o", ["f"], ["g"]), g = Object("g.o", ["g"], []);
        Object("other/f.o", ["f"], []);
        Archive("lib/libf.a", "f.o", f, "f");
        Archive("lib/libfg.a", "fg.o", fg, "f");
        Archive("lib/libg.a", "g.o", g, "g");
    }

    /// <summary>Writes scripts, <c>NAME: TEXT</c> a line.</summary>
    public LinkScriptLink Write(string scripts)
    {
        foreach (string line in scripts.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split(": ", 2);
            File(parts[0], System.Text.Encoding.ASCII.GetBytes(parts[1]));
        }

        return this;
    }

    /// <summary>What ld takes, and what it misses: <c>f.o g.o; g</c>.</summary>
    public string Real(string arguments)
    {
        var taken = new List<string>();
        (_, string errors) = RealTool.TryRun("env", ["-C", _folder.Path, "ld", "-static", "-nostdlib", "-t", "-t", "-o", "image", .. arguments.Split(' ')], line =>
        {
            if (line.StartsWith('(') || line.EndsWith(".o", StringComparison.Ordinal))
            {
                taken.Add(System.IO.Path.GetFileName(line.Split(')')[^1]) is "f.o" && line.Contains("other/", StringComparison.Ordinal) ? "other/f.o" : System.IO.Path.GetFileName(line.Split(')')[^1]));
            }
        });
        string[] missing = [.. errors.Split('\n').Where(line => line.Contains("undefined reference to", StringComparison.Ordinal) || line.Contains("undefined symbol", StringComparison.Ordinal)).Select(line => line.Split('`', '\'')[1])];
        return $"{string.Join(' ', taken)}; {string.Join(' ', missing.Distinct())}{(errors.Contains("ld: cannot find", StringComparison.Ordinal) || errors.Contains("cannot open linker script", StringComparison.Ordinal) || errors.Contains("nested too deeply", StringComparison.Ordinal) ? "; no file" : "")}";
    }

    public string Forecast(string arguments)
    {
        LinkForecast forecast = Make(arguments);
        string[] missing = forecast.Line.Findings.Count > 0 ? [] : [.. forecast.Missing.Where(name => !name.IsWeak).Select(name => name.Name)];
        return $"{string.Join(' ', forecast.Objects.Select(taken => taken.Member ?? (taken.File.EndsWith("other/f.o", StringComparison.Ordinal) ? "other/f.o" : System.IO.Path.GetFileName(taken.File))))}; "
            + $"{string.Join(' ', missing)}{(forecast.Line.Findings.Count > 0 ? "; no file" : "")}";
    }

    public LinkForecast Make(string arguments)
    {
        LinkerOptions options = LinkerOptions.Parse(["-nostdlib", .. arguments.Split(' ')]);
        return LinkForecast.Make(Inputs(options), new LinkSettings { Options = options, Files = Find });
    }

    public LinkCheckResult Check(string arguments)
    {
        LinkerOptions options = LinkerOptions.Parse(["-nostdlib", .. arguments.Split(' ')]);
        return LinkCheck.Run(new LinkCheckInput(Inputs(options), BuiltInPolicy.Minios) { Options = options, Files = Find });
    }

    public LinkFile? Find(string path)
    {
        string full = System.IO.Path.GetFullPath(path, _folder.Path);
        return System.IO.File.Exists(full) ? new LinkFile(System.IO.Path.GetRelativePath(_folder.Path, full), System.IO.File.ReadAllBytes(full)) : null;
    }

    public void File(string name, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_folder.File(name))!);
        System.IO.File.WriteAllBytes(_folder.File(name), bytes);
    }

    public string Read(string name) => _folder.File(name);

    public void Dispose() => _folder.Dispose();

    private LinkInput[] Inputs(LinkerOptions options) =>
    [
        .. options.Inputs.Select(input => (input, (input.IsLibrary ? options.SearchFolders.Select(folder => Find($"{folder}/lib{input.Text}.a")) : [Find(input.Text)]).First(found => found is not null)!))
            .Select(found => new LinkInput(LinkParty.Guest, "guest", found.Item2.Path, found.Item2.Data)
            {
                Group = found.input.Group, IsWhole = found.input.IsWhole, IsScript = found.input.IsScript, IsSymbolsOnly = found.input.IsSymbolsOnly,
            }),
    ];

    private byte[] Object(string name, string[] gives, string[] needs)
    {
        var made = new LinkMadeObject(System.IO.Path.GetFileName(name));
        made.Definitions.AddRange(gives.Select(given => (given, false, false)));
        made.References.AddRange(needs.Select(needed => (needed, false)));
        byte[] bytes = made.Write(ref _lastId);
        File(name, bytes);
        return bytes;
    }

    private void Archive(string name, string member, byte[] bytes, string given) =>
        File(name, new ArWriter(ArVariant.Gnu) { Index = ArIndexKind.Narrow }.Add(member, bytes, [given]).Write().Bytes);
}
