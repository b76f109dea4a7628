using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.UnitTests.ReferenceTree;

/// <summary>What guests get for the names that compilers call of themselves, against what the host has for them, on random input; see compiler-oracle.c.</summary>
public sealed class CompilerOracleTests
{
    private static readonly string[] s_names =
        ["__udivti3", "__umodti3", "__divti3", "__modti3", "__udivmodti4", "__divmodti4", "memcpy", "memmove", "memset", "memcmp"];

    [Theory]
    [InlineData("gcc", "-Og")]
    [InlineData("gcc", "-O2")]
    [InlineData("clang", "-O2")]
    public void OursAgreesWithTheHosts(string compiler, string optimization)
    {
        using var folder = new TemporaryFolder();
        string build = Path.Combine(Repository.Root, "build");
        string[] sources = [Path.Combine(build, "compiler", "division.c"), .. Directory.GetFiles(Path.Combine(build, "libc", "private"), "*.c")];
        var objects = new List<string>();
        foreach (string source in sources)
        {
            objects.Add(folder.File(Path.GetFileNameWithoutExtension(source) + ".o"));
            RealTool.Run(
                compiler, ["-c", optimization, "-std=gnu11", "-ffreestanding", "-mno-red-zone", "-mgeneral-regs-only", "-Wall", "-Wextra", "-Werror",
                .. s_names.Select(n => $"-D{n}=ours_{n.TrimStart('_')}"), source, "-o", objects[^1]]);
        }

        Assert.Equal(5, objects.Count);
        Assert.DoesNotContain(" U ", RealTool.Run("nm", [.. objects])); // None calls what it is there to be.
        string program = folder.File("oracle");
        RealTool.Run(
            "gcc", ["-O1", "-fno-builtin", "-Wall", "-Werror", Path.Combine(Repository.Root, "tests", "MiniosBuild.UnitTests", "ReferenceTree", "compiler-oracle.c"), .. objects, "-o", program]);

        Assert.Equal("200000 cases, 0 differences", RealTool.Run(program, "200000").Trim());
    }
}
