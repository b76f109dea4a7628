using System.IO.Compression;
using System.Text.RegularExpressions;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.BootTests.DomU;

/// <summary>Xen's hypervisor and the toolstack of the same version, as Debian installs them side by side.</summary>
internal sealed partial class XenTools
{
    private static readonly string[] Programs = ["xl", "xenstored", "xenconsoled", "xen-init-dom0"];

    private readonly string _version;

    private XenTools(string version) => _version = version;

    private string Folder => $"/usr/lib/xen-{_version}/bin";

    /// <summary>The newest hypervisor whose tools are installed: each pair understands only its own version.</summary>
    public static XenTools Find()
    {
        var versions = Directory.GetFiles("/boot", "xen-*-amd64.gz").Select(f => HypervisorName().Match(f).Groups[1].Value)
            .Where(v => v.Length > 0).OrderByDescending(Version.Parse).ToList();
        if (versions.Count == 0)
        {
            throw new InvalidOperationException("The domU tests need a hypervisor /boot/xen-*-amd64.gz; install the package xen-hypervisor-4.17-amd64 or newer.");
        }

        XenTools? tools = versions.Select(v => new XenTools(v)).FirstOrDefault(t => File.Exists(t.Folder + "/xl"));
        return tools ?? throw new InvalidOperationException($"The domU tests need Xen's tools; install the package xen-utils-{versions[0]}.");
    }

    /// <summary>Unpacks the hypervisor, for an emulator to load.</summary>
    public void WriteHypervisor(string path)
    {
        using GZipStream packed = new(File.OpenRead($"/boot/xen-{_version}-amd64.gz"), CompressionMode.Decompress);
        using FileStream hypervisor = File.Create(path);
        packed.CopyTo(hypervisor);
    }

    /// <summary>Adds the tools, which stand in /tools, and the client of xenstore.</summary>
    public void AddTo(Initramfs root)
    {
        foreach (string program in Programs)
        {
            string file = DebianPackage.File($"{Folder}/{program}", $"xen-utils-{_version}");
            root.AddProgram(file, LibrariesOf(file));
        }

        root.AddLink("/tools", Folder);

        // xl ends threads, for which the C library loads this.
        root.AddFile("/lib/x86_64-linux-gnu/libgcc_s.so.1", "/lib/x86_64-linux-gnu/libgcc_s.so.1");

        string client = DebianPackage.File("/usr/bin/xenstore", "xenstore-utils");
        root.AddProgram(client, LibrariesOf(client));
        foreach (string name in new[] { "read", "write", "ls" })
        {
            root.AddLink($"/usr/bin/xenstore-{name}", "xenstore");
        }
    }

    private static IEnumerable<string> LibrariesOf(string program) =>
        RealTool.Run("ldd", program).Split([' ', '\t', '\n']).Where(w => w.StartsWith('/'));

    [GeneratedRegex(@"/xen-([0-9]+\.[0-9]+)-amd64\.gz$")]
    private static partial Regex HypervisorName();
}
