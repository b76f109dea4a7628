using System.Text.RegularExpressions;
using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.UnitTests.ReferenceTree;

/// <summary>The stub libc against the host's libc, on random input; the program and its commands are in libc-oracle.c.</summary>
public sealed partial class LibcOracleTests
{
    // Those that need nothing of the kernel.
    private static readonly string[] s_sources =
    [
        "memory", "memsearch", "string", "strsearch", "strtok", "strdup", "strings", "ctype", "errno", "strerror", "strtol", "div", "sort", "rand",
        "vsnprintf", "asprintf", "sscanf",
    ];

    [Theory]
    [InlineData("-Og")]
    [InlineData("-O2")]
    public void TheStubLibcAgreesWithTheHosts(string optimization)
    {
        using var folder = new TemporaryFolder();
        string library = Path.Combine(Repository.Root, "src", "mini-os", "lib");
        string include = RealTool.Run("gcc", "-print-file-name=include").Trim();
        foreach (string source in s_sources)
        {
            RealTool.Run(
                "gcc", "-c", optimization, "-std=gnu11", "-ffreestanding", "-fno-strict-aliasing", "-mgeneral-regs-only", "-nostdinc",
                "-isystem", Path.Combine(library, "include"), "-isystem", include, Path.Combine(library, source + ".c"), "-o", folder.File(source + ".o"));
        }

        string all = folder.File("libc.all"), program = folder.File("oracle");
        RealTool.Run("ld", ["-r", .. s_sources.Select(s => folder.File(s + ".o")), "-o", all]);
        RealTool.Run("objcopy", "--prefix-symbols=mini_", all);
        RealTool.Run(
            "gcc", "-O1", "-std=gnu11", "-fno-builtin", "-w", Path.Combine(Repository.Root, "tests", "MiniosBuild.UnitTests", "ReferenceTree", "libc-oracle.c"),
            "-x", "none", all, "-no-pie", "-o", program);

        string result = RealTool.Run(program, "20000").TrimEnd().Split('\n')[^1];

        var counts = Counts().Match(result);
        Assert.True(counts.Success, result);
        Assert.True(int.Parse(counts.Groups[1].Value) >= 20000, result);
        Assert.Equal("0", counts.Groups[2].Value);
    }

    [GeneratedRegex("^([0-9]+) cases, ([0-9]+) differences$")]
    private static partial Regex Counts();
}
