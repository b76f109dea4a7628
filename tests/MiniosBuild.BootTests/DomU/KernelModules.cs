using System.Text;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.BootTests.DomU;

/// <summary>The modules of an unpacked kernel package, which has no modules.dep.</summary>
internal static class KernelModules
{
    /// <summary>
    /// Some modules and all that they depend on, each after those that it needs, as uncompressed files. What is built into
    /// the kernel is left out.
    /// </summary>
    /// <exception cref="InvalidDataException">The kernel has no such module.</exception>
    public static IReadOnlyList<string> InLoadOrder(string folder, IEnumerable<string> names)
    {
        var files = Directory.EnumerateFiles(folder, "*.ko*", SearchOption.AllDirectories).ToDictionary(NameOf);
        var builtIn = Directory.EnumerateFiles(folder, "modules.builtin", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines).Select(NameOf).ToHashSet();
        List<string> order = [];
        foreach (string name in names)
        {
            Visit(name);
        }

        return order;

        void Visit(string name)
        {
            if (builtIn.Contains(name) || order.Any(f => NameOf(f) == name))
            {
                return;
            }

            if (!files.TryGetValue(name, out string? file))
            {
                throw new InvalidDataException($"The kernel in {folder} has no module {name}.");
            }

            if (file.EndsWith(".xz", StringComparison.Ordinal))
            {
                RealTool.Run("xz", "-d", file);
                file = file[..^".xz".Length];
                files[name] = file;
            }

            foreach (string dependency in DependenciesOf(file))
            {
                Visit(dependency);
            }

            order.Add(file);
        }
    }

    private static string NameOf(string path)
    {
        string name = Path.GetFileName(path);
        return name[..name.IndexOf(".ko", StringComparison.Ordinal)];
    }

    /// <summary>The entry <c>depends=a,b</c> of the section .modinfo, a sequence of terminated texts.</summary>
    private static string[] DependenciesOf(string module)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(module);
        ReadOnlySpan<byte> key = "\0depends="u8;
        int start = bytes.IndexOf(key);
        if (start < 0)
        {
            throw new InvalidDataException($"The module {module} does not say what it depends on.");
        }

        var value = bytes[(start + key.Length)..];
        return Encoding.ASCII.GetString(value[..value.IndexOf((byte)0)]).Split(',', StringSplitOptions.RemoveEmptyEntries);
    }
}
