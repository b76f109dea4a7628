using System.Text.Json;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.ToolTests.Corpus;

/// <summary>
/// The headers of libraries that have nothing to do with us, rewritten with a prefix for names of all kinds, and proven. What judges the result here shares
/// nothing with the proof: each header that compiles alone with a compiler does so afterwards.
/// </summary>
[Trait("Length", "long")]
public sealed class CorpusHeadersTests
{
    private static readonly (string Compiler, string[] Options)[] Compilers =
    [
        ("gcc", ["-x", "c", "-std=gnu17"]), ("g++", ["-x", "c++"]), ("clang", ["-x", "c", "-std=gnu17"]), ("clang++", ["-x", "c++"]),
    ];

    [Theory]
    [InlineData("libarchive-dev")]
    [InlineData("libargon2-dev")]
    [InlineData("libb2-dev")]
    [InlineData("libbrotli-dev")]
    [InlineData("libbz2-dev")]
    [InlineData("libcjson-dev")]
    [InlineData("libdeflate-dev")]
    [InlineData("libev-dev")]
    [InlineData("libevent-dev")]
    [InlineData("libexpat1-dev")]
    [InlineData("libffi-dev")]
    [InlineData("libgcrypt20-dev")]
    [InlineData("libgdbm-dev")]
    [InlineData("libgmp-dev")]
    [InlineData("libhiredis-dev")]
    [InlineData("libinih-dev")]
    [InlineData("libjansson-dev")]
    [InlineData("libjpeg62-turbo-dev")]
    [InlineData("liblua5.4-dev")]
    [InlineData("liblz4-dev")]
    [InlineData("liblzma-dev")]
    [InlineData("libmpfr-dev")]
    [InlineData("libncurses-dev")]
    [InlineData("libonig-dev")]
    [InlineData("libpcre2-dev")]
    [InlineData("libpng-dev")]
    [InlineData("libpopt-dev")]
    [InlineData("libreadline-dev")]
    [InlineData("libsodium-dev")]
    [InlineData("libsqlite3-dev")]
    [InlineData("libssl-dev")]
    [InlineData("libtomcrypt-dev")]
    [InlineData("libtommath-dev")]
    [InlineData("libuv1-dev")]
    [InlineData("libxml2-dev")]
    [InlineData("libxxhash-dev")]
    [InlineData("libyaml-dev")]
    [InlineData("libzstd-dev")]
    [InlineData("nettle-dev")]
    [InlineData("zlib1g-dev")]
    public void Headers_that_compile_alone_do_so_in_a_namespace(string package)
    {
        using var work = new CorpusWork(CorpusPackage.Of(package));
        JsonElement report = work.Rewrite("--format", "json").Json;
        string[] renamed = [.. report.GetProperty("decisions").EnumerateArray().Where(decision => decision.GetProperty("action").GetString() == "rename").Select(decision => decision.GetProperty("kind").GetString()!)];

        // Functions are the last to go: the names of a header that is taken for C++ stay.
        Assert.Contains("function", renamed);
        Assert.InRange(renamed.Length, report.GetProperty("decisions").GetArrayLength() * 4 / 5, int.MaxValue);
        Assert.Empty(Lost(work));
    }

    /// <summary>Headers that a compiler takes as they were, and not as they are.</summary>
    private static string[] Lost(CorpusWork work)
    {
        string[] headers = [.. Directory.GetFiles(work.Headers, "*.h*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(work.Headers, path)).Order(StringComparer.Ordinal)];
        var lost = new List<string>();
        int compiled = 0;
        Parallel.ForEach(headers, new ParallelOptions { MaxDegreeOfParallelism = 2 }, (header, _, number) =>
        {
            string source = work.Write($"{number}.c", $"#include <{header}>\n");
            foreach ((string compiler, string[] options) in Compilers)
            {
                (int exitCode, string errors) = Compile(work, compiler, options, work.NewHeaders, source);
                if (exitCode == 0)
                {
                    Interlocked.Increment(ref compiled);
                }
                else if (Compile(work, compiler, options, work.Headers, source).ExitCode == 0)
                {
                    lock (lost)
                    {
                        lost.Add($"{compiler} {header}: {errors}");
                    }
                }
            }
        });
        Assert.NotEqual(0, compiled);
        return [.. lost];
    }

    private static (int ExitCode, string Errors) Compile(CorpusWork work, string compiler, string[] options, string headers, string source) =>
        RealTool.TryRun(compiler, [.. options, "-w", "-fsyntax-only", .. work.Package.Options, "-isystem", headers, source], _ => { });
}
