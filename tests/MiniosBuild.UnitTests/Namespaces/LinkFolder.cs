using MiniosBuild.Linking.Forecast;
using MiniosBuild.Linking.Options;
using MiniosBuild.Linking.Scripts;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Objects and archives of a link, compiled by the machine's gcc in a folder of their own.</summary>
internal sealed class LinkFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<LinkInput> _inputs = [];
    private int _groups;
    private bool _inGroup;

    public IReadOnlyList<LinkInput> Inputs => _inputs;

    public string Path => _folder.Path;

    /// <summary>Compiles C and adds it as an object of the guest.</summary>
    public LinkFolder Guest(string name, string source, params string[] flags) => Object(LinkParty.Guest, "guest", name, source, flags);

    public LinkFolder Object(LinkParty party, string library, string name, string source, params string[] flags)
    {
        string path = Compile(name, source, flags);
        _inputs.Add(new LinkInput(party, library, path, File.ReadAllBytes(path)) { Group = _inGroup ? _groups : 0 });
        return this;
    }

    /// <summary>Compiles C, each source a member, and adds the archive.</summary>
    public LinkFolder Archive(LinkParty party, string library, params (string Name, string Source)[] members) => Archive(party, library, ["-O1"], members);

    public LinkFolder Archive(LinkParty party, string library, string[] flags, params (string Name, string Source)[] members)
    {
        string path = _folder.File($"lib{library}.a");
        RealTool.Run("ar", ["rcsD", path, .. members.Select(member => Compile(member.Name, member.Source, flags))]);
        _inputs.Add(new LinkInput(party, library, path, File.ReadAllBytes(path)) { Group = _inGroup ? _groups : 0 });
        return this;
    }

    public LinkFolder StartGroup()
    {
        _inGroup = true;
        _groups++;
        return this;
    }

    public LinkFolder EndGroup()
    {
        _inGroup = false;
        return this;
    }

    public LinkForecast Forecast(string options = "", string? script = null) => LinkForecast.Make(_inputs, new LinkSettings
    {
        Options = LinkerOptions.Parse(options.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        Script = script is null ? null : LinkerScriptNames.Parse(script),
    });

    /// <summary>Checks the link, and tells paths below the folder without it.</summary>
    public LinkCheckResult Check(Func<LinkCheckInput, LinkCheckInput>? change = null)
    {
        var input = new LinkCheckInput(_inputs, BuiltInPolicy.Minios);
        return LinkCheck.Run(change is null ? input : change(input));
    }

    /// <summary>The messages of a code, as a user sees them, without the folder and without columns.</summary>
    public string[] Told(LinkCheckResult result, string code) =>
    [
        .. result.Findings.Where(finding => finding.Code == code).Select(finding => (finding.ToDiagnostic() with { Column = 0 }).ToString())
            .Select(text => text.Replace(Path + "/", "", StringComparison.Ordinal)),
    ];

    public void Dispose() => _folder.Dispose();

    private string Compile(string name, string source, string[] flags)
    {
        string path = _folder.File(name + ".o");
        RealTool.Run("gcc",
        [
            "-c", "-g", "-std=gnu11", "-ffreestanding", "-fno-pie", "-fno-stack-protector", "-fno-asynchronous-unwind-tables", "-fcf-protection=none",
            "-mno-red-zone", "-fno-common", "-w", .. flags, "-o", path, _folder.Write(name + ".c", source),
        ]);
        return path;
    }
}
