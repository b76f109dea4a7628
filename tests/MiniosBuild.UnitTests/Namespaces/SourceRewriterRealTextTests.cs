using System.Text.RegularExpressions;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>The rewriter on headers that others wrote, judged by the compiler.</summary>
[Trait("Length", "long")]
public sealed partial class SourceRewriterRealTextTests
{
    private const string Prefix = "qzq_";

    private static readonly string Tree = Path.Combine(Repository.Root, "src", "mini-os");

    [Fact]
    public void Without_renames_every_header_of_the_machine_stays_as_it_is()
    {
        string[] headers = [.. HeadersBelow("/usr/include"), .. HeadersBelow(RealTool.Run("gcc", "-print-file-name=include").Trim())];
        Assert.True(headers.Length > 500);
        var changed = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.ForEach(headers, new ParallelOptions { MaxDegreeOfParallelism = 2 }, header =>
        {
            byte[] text = File.ReadAllBytes(header);
            RewrittenText rewritten = SourceRewriter.Rewrite(text, NameMap.Empty, new RewriteOptions { Undefined = new HashSet<string> { "MINIOSBUILD_NEVER" } });
            if (!rewritten.Bytes.AsSpan().SequenceEqual(text) || rewritten.Replacements.Count + rewritten.Undecided.Count > 0)
            {
                changed.Add(header);
            }
        });
        Assert.Empty(changed);
    }

    [Fact]
    public void The_reference_trees_headers_preprocess_to_the_same_tokens_and_its_sources_compile_with_them()
    {
        using TemporaryFolder folder = new();
        string[] headers = [.. HeadersBelow(Path.Combine(Tree, "include"))];
        string before = Copy(folder, "before", NameMap.Empty);
        string[] includes = [.. headers.Select(h => $"#include \"{Path.Combine(before, Path.GetRelativePath(Tree, h))}\"\n"), "#include <xen/io/pciif.h>\n"];
        string text = RealTool.Run("gcc", [.. Options(before), "-E", "-dD", folder.Write("all.c", string.Concat(includes))]);
        NameMap names = MapOf(HeaderScanner.Scan(text), before);
        Assert.True(names.Entries.Count > 300);
        Assert.All(Enum.GetValues<HeaderNameKind>(), kind => Assert.Contains(names.Entries, entry => entry.Kind == kind || kind == HeaderNameKind.Variable));

        string after = Copy(folder, "after", names);
        SameTokens(before, after, [.. headers.Select(header => Path.GetRelativePath(Tree, header))]);

        // What newlib asks of a system is compiled against newlib's headers, as a guest is.
        var sources = Directory.EnumerateFiles(after, "*.c", SearchOption.AllDirectories).Where(f => !f.StartsWith(Path.Combine(after, "newlib"), StringComparison.Ordinal));
        RealTool.Run("gcc", [.. Options(after), "-Werror=implicit-function-declaration", "-fsyntax-only", .. sources]);
    }

    /// <summary>Headers that others wrote: all that they declare gets a new name, and the compiler sees the same program.</summary>
    [Theory]
    [InlineData("xen", "xen", "xen.h sched.h event_channel.h grant_table.h memory.h physdev.h io/blkif.h io/netif.h io/xenbus.h io/xs_wire.h io/pciif.h io/console.h io/ring.h hvm/params.h version.h")]
    [InlineData("x86_64-linux-musl", "", "stdio.h stdlib.h string.h ctype.h errno.h fcntl.h math.h pthread.h signal.h time.h unistd.h sys/socket.h sys/stat.h sys/mman.h netinet/in.h wchar.h locale.h")]
    [InlineData("linux", "linux", "types.h fs.h input.h netlink.h if_link.h perf_event.h videodev2.h usb/ch9.h")]
    public void Renamed_headers_preprocess_to_the_same_tokens_and_compile(string source, string target, string umbrella)
    {
        using TemporaryFolder folder = new();
        string original = Path.Combine("/usr/include", source);
        string text = "#include <stdint.h>\n#include <stddef.h>\n" + string.Concat(umbrella.Split(' ').Select(name => $"#include <{Path.Combine(target, name)}>\n"));
        string file = folder.Write("all.c", text);
        string[] before = ["-std=gnu11", "-ffreestanding", "-w", "-nostdinc", "-I" + (target.Length > 0 ? "/usr/include" : original), .. Others(target)];
        NameMap names = MapOf(HeaderScanner.Scan(RealTool.Run("gcc", [.. before, "-E", "-dD", file])), original + "/");
        Assert.True(names.Entries.Count > 500);

        foreach (string header in HeadersBelow(original))
        {
            RewrittenText rewritten = SourceRewriter.Rewrite(File.ReadAllBytes(header), names, new RewriteOptions { Path = header });
            string copy = Path.Combine(folder.File("after"), target, Path.GetRelativePath(original, header));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, rewritten.Bytes);
        }

        string[] after = ["-std=gnu11", "-ffreestanding", "-w", "-nostdinc", "-I" + folder.File("after"), .. Others(target)];
        string[] old = Tokens(before, [file]), renamed = Tokens(after, [file]);
        for (int i = 0; i < Math.Min(old.Length, renamed.Length); i++)
        {
            Assert.True(renamed[i].Replace(Prefix, "") == old[i], $"{old[i]} became {renamed[i]} after {string.Join(' ', renamed[Math.Max(0, i - 10)..i])}");
        }

        Assert.Equal(old.Length, renamed.Length);
        RealTool.Run("gcc", [.. after, "-fsyntax-only", file]);
    }

    private static string[] Others(string target) =>
        ["-isystem", RealTool.Run("gcc", "-print-file-name=include").Trim(), .. target.Length > 0 ? new[] { "-idirafter", "/usr/include", "-idirafter", "/usr/include/x86_64-linux-gnu" } : []];

    /// <summary>Copies the tree with new names, and its include folders to where <c>mini-os/</c> finds them.</summary>
    private static string Copy(TemporaryFolder folder, string name, NameMap names)
    {
        foreach (string file in Directory.EnumerateFiles(Tree, "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".h", StringComparison.Ordinal) || f.EndsWith(".c", StringComparison.Ordinal)))
        {
            RewrittenText text = SourceRewriter.Rewrite(File.ReadAllBytes(file), names, new RewriteOptions { Path = file });
            Assert.True(names.Entries.Count > 0 || text.Bytes.AsSpan().SequenceEqual(File.ReadAllBytes(file)));
            string copy = Path.Combine(folder.File(name), Path.GetRelativePath(Tree, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, text.Bytes);
        }

        string root = folder.File(name);
        foreach ((string link, string target) in (ReadOnlySpan<(string, string)>)[("i1", "include"), ("i2", "include/x86"), ("i3", "include/x86/x86_64")])
        {
            Directory.CreateDirectory(Path.Combine(root, link));
            File.CreateSymbolicLink(Path.Combine(root, link, "mini-os"), Path.Combine(root, target));
        }

        return root;
    }

    private static string[] Options(string root) =>
    [
        "-std=gnu11", "-ffreestanding", "-nostdinc", "-mgeneral-regs-only", "-w", "-D__MINIOS__", "-D__INSIDE_MINIOS__", "-D__XEN_INTERFACE_VERSION__=0x00030205",
        .. new[] { "i1", "i2", "i3", "include", "include/x86", "include/x86/x86_64", ".", "lib/include" }.Select(f => "-I" + Path.Combine(root, f)),
        "-isystem", RealTool.Run("gcc", "-print-file-name=include").Trim(), "-idirafter", "/usr/include",
    ];

    /// <summary>A new name for all that the files below a folder declare and no other file does; hooks keep theirs.</summary>
    private static NameMap MapOf(IReadOnlyList<HeaderName> found, string folder)
    {
        ILookup<bool, HeaderName> ours = found.ToLookup(name => name.Site.File.StartsWith(folder, StringComparison.Ordinal));
        HashSet<string> others = [.. ours[false].Select(name => name.Name), "app_main", "app_shutdown"];
        return NameMap.Of(ours[true].Where(name => !others.Contains(name.Name)).Select(name => new NameMapEntry(name.Kind, name.Name, Prefix + name.Name)));
    }

    private static void SameTokens(string before, string after, string[] headers)
    {
        string[] old = Tokens(Options(before), headers.Select(header => Path.Combine(before, header)));
        string[] renamed = Tokens(Options(after), headers.Select(header => Path.Combine(after, header)));
        Assert.Equal(old.Length, renamed.Length);
        for (int i = 0; i < old.Length; i++)
        {
            Assert.True(renamed[i] == old[i] || renamed[i] == Prefix + old[i], $"{old[i]} became {renamed[i]}");
        }
    }

    private static string[] Tokens(string[] options, IEnumerable<string> files) =>
        [.. Token().Matches(RealTool.Run("gcc", [.. options, "-E", "-P", .. files])).Select(match => match.Value)];

    private static IEnumerable<string> HeadersBelow(string folder) =>
        Directory.EnumerateFiles(folder, "*.h", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true })
            .Where(File.Exists).Order(StringComparer.Ordinal);

    [GeneratedRegex("""[A-Za-z_$][A-Za-z0-9_$]*|\.?[0-9](?:[eEpP][+-]|[\w.])*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\S""")]
    private static partial Regex Token();
}
