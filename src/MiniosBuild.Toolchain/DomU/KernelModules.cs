using System.Text;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.DomU;

/// <summary>Takes modules out of a kernel's folder; that of a kernel which is only unpacked has no modules.dep.</summary>
/// <param name="architecture">The kernel's.</param>
/// <param name="runner">Starts the programs that unpack modules.</param>
/// <param name="locator">Finds them.</param>
internal sealed class KernelModules(Architecture architecture, ToolRunner runner, ToolLocator locator)
{
    private static readonly (string Ending, string Tool, string[] Options, string Package)[] s_packers =
        [(".xz", "xz", ["-d"], "xz-utils"), (".zst", "zstd", ["-q", "-d", "--rm"], "zstd"), (".gz", "gzip", ["-d"], "gzip")];

    /// <summary>
    /// Copies some modules and all that they depend on, unpacked, so that each comes after those that it needs in the order of
    /// the files' names. What is built into the kernel is left out.
    /// </summary>
    /// <param name="folder">The kernel's modules.</param>
    /// <param name="names">Which ones.</param>
    /// <param name="target">A folder that is empty.</param>
    /// <param name="cancellation">Ends the programs.</param>
    /// <exception cref="DiagnosticException">MINIOS1721: a program is missing; MINIOS1722: the kernel has no such module.</exception>
    public void Copy(string folder, IEnumerable<string> names, string target, CancellationToken cancellation)
    {
        var files = Directory.EnumerateFiles(folder, "*.ko*", SearchOption.AllDirectories).ToLookup(NameOf);
        var done = Directory.EnumerateFiles(folder, "modules.builtin", SearchOption.AllDirectories).SelectMany(File.ReadLines).Select(NameOf).ToHashSet();
        int order = 10;
        foreach (string name in names)
        {
            Visit(name);
        }

        void Visit(string name)
        {
            if (!done.Add(name))
            {
                return;
            }

            string file = files[name].FirstOrDefault() ?? throw Dom0Kernel.Unfit(architecture, $"it has no module {name}", folder);
            string copy = Unpacked(file, Path.Combine(target, Path.GetFileName(file)), cancellation);
            foreach (string dependency in DependenciesOf(copy))
            {
                Visit(dependency);
            }

            File.Move(copy, Path.Combine(target, $"{order++}-{name}.ko"));
        }
    }

    private string Unpacked(string file, string copy, CancellationToken cancellation)
    {
        File.Copy(file, copy);
        foreach (var (ending, tool, options, package) in s_packers.Where(p => copy.EndsWith(p.Ending, StringComparison.Ordinal)))
        {
            string program = locator.Find(tool) ?? throw Dom0Parts.Missing([tool], [package]);
            var result = runner.Run(new ToolCommand(program, [.. options, copy], Path.GetDirectoryName(copy)!), cancellation);
            copy = copy[..^ending.Length];
            if (result.ExitCode != 0)
            {
                throw Dom0Kernel.Unfit(architecture, $"{tool} cannot unpack {Path.GetFileName(file)}: {result.Errors.Trim()}", file);
            }
        }

        return copy;
    }

    // The kernel takes "-" and "_" in a module's name for the same.
    private static string NameOf(string path)
    {
        string name = Path.GetFileName(path);
        return name[..name.IndexOf(".ko", StringComparison.Ordinal)].Replace('_', '-');
    }

    /// <summary>The entry <c>depends=a,b</c> of the section .modinfo, a sequence of terminated texts.</summary>
    private IEnumerable<string> DependenciesOf(string module)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(module);
        ReadOnlySpan<byte> key = "\0depends="u8;
        int start = bytes.IndexOf(key);
        if (start < 0)
        {
            throw Dom0Kernel.Unfit(architecture, $"the module {Path.GetFileName(module)} does not say what it depends on", module);
        }

        var value = bytes[(start + key.Length)..];
        return Encoding.ASCII.GetString(value[..value.IndexOf((byte)0)]).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => n.Replace('_', '-'));
    }
}
