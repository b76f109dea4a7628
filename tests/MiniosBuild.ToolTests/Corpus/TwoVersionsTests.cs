using MiniosBuild.TestUtilities;

namespace MiniosBuild.ToolTests.Corpus;

/// <summary>
/// A library twice in one program: as Debian built it, and in a namespace. A source that uses it is compiled against the original; as it is against the
/// renamed one, by compat.h; and after it has moved to the new names. The three do the same, side by side.
/// </summary>
[Trait("Length", "long")]
public sealed class TwoVersionsTests
{
    // What migrate and compat.h must leave alone: the function that a source defines has another name each time.
    private static readonly string[] Uses = ["use_old", "use_compat", "use_moved"];

    [Theory]
    [InlineData("zlib1g-dev", "libz.a", "zlib.c", "", "2000 0 data error 33db44b8")]
    [InlineData("libarchive-dev", "libarchive.a", "archive.c", "-lz -lbz2 -llzma -lzstd -llz4 -lxml2 -lnettle -l:libacl.so.1", "a.txt 5 1 hello")]
    [InlineData("libbz2-dev", "libbz2.a", "bz2.c", "", "1 1 3000 0 1")]
    [InlineData("libdeflate-dev", "libdeflate.a", "deflate.c", "", "1 1000 0 5e524ee8")]
    [InlineData("libev-dev", "libev.a", "ev.c", "-lm", "idle 1 timer 1 timer 1 2 1")]
    [InlineData("libevent-dev", "libevent.a", "event.c", "", "1 read e 0 7 1")]
    [InlineData("libexpat1-dev", "libexpat.a", "expat.c", "-lm", "<a><b d></b></a> 1 2 1 mismatched tag")]
    [InlineData("libffi-dev", "libffi.a", "ffi.c", "", "9 42 1")]
    [InlineData("libgmp-dev", "libgmp.a", "gmp.c", "", "170141183460469231731687303715884105727 1 1 1 1/2 1 1")]
    [InlineData("libjansson-dev", "libjansson.a", "jansson.c", "-lm", "b:1 a:0 0:0 1:0 2:1 {\"a\":\"text\",\"b\":[1,2.5,null],\"c\":[7,true]} 1 1")]
    [InlineData("liblua5.4-dev", "liblua5.4.a", "lua.c", "-lm", "2,4,6 3 number 1 told")]
    [InlineData("liblz4-dev", "liblz4.a", "lz4.c", "", "1000 0 0 1")]
    [InlineData("liblzma-dev", "liblzma.a", "lzma.c", "-lpthread", "0 1 4000 0 6ec2fec3")]
    [InlineData("libmpfr-dev", "libmpfr.a", "mpfr.c", "-lgmp", "1.4142135623730950488016887242096980785697 3.141592653589793238462643383280 1 1 200")]
    [InlineData("libpcre2-dev", "libpcre2-8.a", "pcre2.c", "", "3 2026 2 1 1 missing closing parenthesis")]
    [InlineData("libpng-dev", "libpng16.a", "png.c", "-lz -lm", "0 1 1 4x4 48 0")]
    [InlineData("libpopt-dev", "libpopt.a", "popt.c", "", "l -1 3 x file unknown option")]
    [InlineData("libsodium-dev", "libsodium.a", "sodium.c", "-lpthread", "0 hello -1 bddd813c blake2b")]
    [InlineData("libsqlite3-dev", "libsqlite3.a", "sqlite3.c", "-lm", "b=one b=two 1 3 4 1 database is locked")]
    [InlineData("libssl-dev", "libcrypto.a libssl.a", "crypto.c", "", "32 ba7816 32 97 1 1 bad decrypt")]
    [InlineData("libtommath-dev", "libtommath.a", "tommath.c", "", "1 174224571863519874323228156033452897992705 1 Value out of range")]
    [InlineData("libuv1-dev", "libuv_a.a", "uv.c", "-lpthread", "42 0 timer 0 0 EADDRINUSE end of file")]
    [InlineData("libxml2-dev", "libxml2.a", "xml2.c", "-licuuc -lz -llzma -lm", "1 two list 11 1")]
    [InlineData("libyaml-dev", "libyaml.a", "yaml.c", "", "1:0 flow 1:0 3:0 1:0 5:1 1")]
    [InlineData("libzstd-dev", "libzstd.a", "zstd.c", "-lpthread", "0 5000 0 Destination buffer is too small 0")]
    [InlineData("nettle-dev", "libnettle.a libhogweed.a", "nettle.c", "-lgmp", "ba78 5f sha256 1")]
    public void One_program_has_a_library_twice(string package, string archives, string source, string others, string output)
    {
        using var work = new CorpusWork(CorpusPackage.Of(package));
        string[] before = [.. archives.Split(' ').Select(work.Package.FileOf)], after = [.. archives.Split(' ').Select(name => work.At("set/lib/" + name))];
        Directory.CreateDirectory(work.At("set/lib"));
        work.Run("plan", [.. before, "--headers", work.Headers, "-o", "plan.json"]).MustEndWith(0);
        work.Run("apply", [.. before, "--plan", "plan.json", "-o", after is [string one] ? one : "set/lib"]).MustEndWith(0);
        work.Rewrite("--plan", "plan.json");

        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Corpus", source));
        string program = work.Write("program.c", text), moved = work.Write("moved.c", text);
        Minios.Run(work.Folder, "migrate", "--set", "set", moved, "--write").MustEndWith(0);
        Assert.NotEqual(text, File.ReadAllText(moved));
        string[] objects =
        [
            Compile(work, Uses[0], program, work.Headers),
            Compile(work, Uses[1], program, work.NewHeaders, "-include", "mini-os/compat.h"),
            Compile(work, Uses[2], moved, work.NewHeaders),
        ];
        RequireNewNames(objects, before);

        string main = work.Write("main.c", string.Concat(Uses.Select(use => $"void {use}(void);\n")) + $"int main(void) {{ {string.Concat(Uses.Select(use => $"{use}(); "))}return 0; }}\n");
        RealTool.Run("gcc", ["-o", work.At("program"), main, .. objects, "-Wl,--start-group", .. before, "-Wl,--end-group", "-Wl,--start-group", .. after, "-Wl,--end-group", .. others.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(string.Concat(Uses.Select(_ => output + "\n")), RealTool.Run(work.At("program")));
    }

    private static string Compile(CorpusWork work, string use, string source, string headers, params string[] options)
    {
        string made = work.At(use + ".o");
        RealTool.Run("gcc", ["-c", "-std=gnu17", "-Wall", "-Werror", $"-DUSE={use}", .. work.Package.Options, "-isystem", headers, .. options, "-o", made, source]);
        return made;
    }

    /// <summary>Both other sources ask for the same symbols, and for none of the original library.</summary>
    private static void RequireNewNames(string[] objects, string[] archives)
    {
        HashSet<string> originals = [.. RealTool.Run("nm", ["-g", "--defined-only", "--format=posix", .. archives]).Split('\n').Select(line => line.Split(' ')[0])];
        string[][] asked = [.. objects.Select(made => RealTool.Run("nm", "-u", "--format=posix", made).Split('\n').Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal).ToArray())];
        Assert.NotEmpty(asked[0].Intersect(originals));
        Assert.Equal(asked[1], asked[2]);
        Assert.Empty(asked[1].Intersect(originals.Where(name => name.Length > 0)));
    }
}
