using System.Text.RegularExpressions;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.DomU;

/// <summary>The programs of a dom0, where Debian's packages put them: the toolstack of the hypervisor's own version, and busybox.</summary>
internal sealed partial class Dom0Parts
{
    private static readonly string[] s_toolNames = ["xl", "xenstored", "xenconsoled", "xen-init-dom0"];

    private readonly string _tools;
    private readonly string _busybox;
    private readonly string _client;
    private readonly string _threadLibrary;

    private Dom0Parts(string root, string version, Architecture architecture)
    {
        _tools = Path.Combine(root, "usr/lib", $"xen-{version}", "bin");
        _busybox = Path.Combine(root, "bin/busybox");
        _client = Path.Combine(root, "usr/bin/xenstore");

        // xl ends threads, for which the C library loads this.
        _threadLibrary = Path.Combine(root, "lib", architecture.Multiarch, "libgcc_s.so.1");
        ToolsPackage = $"xen-utils-{version}";
    }

    private string ToolsPackage { get; }

    private IEnumerable<(string File, string Package)> Files =>
    [
        .. s_toolNames.Select(n => (Path.Combine(_tools, n), ToolsPackage)),
        (_client, "xenstore-utils"),
        (_busybox, "busybox-static"),
        (_threadLibrary, "libgcc-s1"),
    ];

    /// <summary>Finds them.</summary>
    /// <param name="hypervisor">The hypervisor's file, as it is installed: tools understand only a hypervisor of their own version.</param>
    /// <param name="architecture">Of dom0.</param>
    /// <param name="root">The folder that packages are installed into.</param>
    /// <exception cref="DiagnosticException">MINIOS1721: packages are missing.</exception>
    public static Dom0Parts Find(string hypervisor, Architecture architecture, string root = "/")
    {
        var parts = new Dom0Parts(root, VersionOf(hypervisor) ?? NewestVersion(root), architecture);
        var missing = parts.Files.Where(f => !File.Exists(f.File)).ToList();
        return missing.Count == 0 ? parts : throw Missing(missing.Select(m => m.File), missing.Select(m => m.Package).Distinct());
    }

    /// <summary>What changes when one of them does.</summary>
    public IEnumerable<string> Identity => Files.Select(f => $"{f.File} {FileStamp.Of(f.File)}");

    /// <summary>Adds them; the tools stand in /tools.</summary>
    /// <exception cref="DiagnosticException">MINIOS1721: no program lists the libraries.</exception>
    public void AddTo(Initramfs root, ToolRunner runner, ToolLocator locator, CancellationToken cancellation)
    {
        string lister = locator.Find("ldd") ?? throw Missing(["ldd"], ["libc-bin"]);
        root.AddFile("bin/busybox", _busybox);
        AddLibraries(_busybox);
        foreach (string tool in s_toolNames)
        {
            Add(Path.Combine(_tools, tool));
        }

        root.AddLink("/tools", _tools);
        root.AddFile(_threadLibrary, _threadLibrary);
        Add(_client);
        foreach (string name in new[] { "read", "write", "ls" })
        {
            root.AddLink($"/usr/bin/xenstore-{name}", "xenstore");
        }

        void Add(string program)
        {
            root.AddFile(program, program);
            AddLibraries(program);
        }

        // It fails for a program that is linked statically, which needs none.
        void AddLibraries(string program)
        {
            foreach (string library in runner.Run(new ToolCommand(lister, [program], "/"), cancellation).Output.Split([' ', '\t', '\n']).Where(w => w.StartsWith('/')))
            {
                root.AddFile(library, library);
            }
        }
    }

    /// <summary>The error for what is not installed.</summary>
    public static DiagnosticException Missing(IEnumerable<string> files, IEnumerable<string> packages) => new(Diagnostic.Error(
        ToolchainCodes.Dom0PackageMissing,
        $"a guest that is not the initial domain needs a dom0, and for that {string.Join(", ", files)} {(files.Count() == 1 ? "is" : "are")} missing. Install what brings them: apt-get install {string.Join(' ', packages)}"));

    private static string? VersionOf(string hypervisor) => HypervisorName().Match(Path.GetFileName(hypervisor)) is { Success: true } match ? match.Groups[1].Value : null;

    // Of a hypervisor that does not tell, the tools that are there have to be the right ones; a dom0 that is not up tells of others.
    private static string NewestVersion(string root) => Directory.Exists(Path.Combine(root, "usr/lib"))
        ? Directory.GetDirectories(Path.Combine(root, "usr/lib"), "xen-*").Select(VersionOf).Where(v => v is not null).MaxBy(v => Version.Parse(v!)) ?? "4.17"
        : "4.17";

    [GeneratedRegex(@"^xen-([0-9]+\.[0-9]+)")]
    private static partial Regex HypervisorName();
}
