using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using MiniosBuild.Tasks;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.TaskTests;

/// <summary>
/// A source archive in the shape of newlib's, whose library is two functions: built by the real task with the real tar, make,
/// gcc and ar, in less than a second. Its configure writes down each run, and waits for as long as there is a file that holds it.
/// </summary>
internal sealed class SmallNewlib : IDisposable
{
    private const string Folder = "newlib-of-the-day";

    // The path of a file below the cache would be other text in each cache; __FILE__ and the debug information have it.
    private const string Code = "const char *where(void) { return __FILE__; }\n";

    private static readonly string s_compilerHeaders = RealTool.Run("gcc", ["-print-file-name=include"]).Trim();

    public TaskProject Project { get; } = new();

    /// <summary>Holds the caches: its path has no blank, as newlib's makefiles want it.</summary>
    public TemporaryFolder Scratch { get; } = new();

    public string Archive => Project.PathOf("src/newlib-3.3.0.tar.gz");

    public string Hold => Scratch.File("hold");

    public int Runs => RunLines.Count;

    /// <summary>What configure wrote down at each run: the shell that it was told to use.</summary>
    public IReadOnlyList<string> RunLines => File.Exists(Scratch.File("runs")) ? File.ReadAllLines(Scratch.File("runs")) : [];

    public SmallNewlib() => Pack();

    /// <summary>Packs the source anew.</summary>
    /// <param name="code">More C, for another source or one that does not compile.</param>
    public void Pack(string code = "") => WriteArchive(Archive, new()
    {
        [$"{Folder}/configure"] = $$"""
            #!/bin/sh
            echo "run by $CONFIG_SHELL" >> {{Scratch.File("runs")}}
            while [ -e {{Hold}} ]; do sleep 0.05; done
            for argument; do
                case $argument in
                    CC_FOR_TARGET=*) cc=${argument#*=} ;;
                    AR_FOR_TARGET=*) ar=${argument#*=} ;;
                    CFLAGS_FOR_TARGET=*) flags=${argument#*=} ;;
                esac
            done
            source=$(dirname "$0")/newlib
            cat > Makefile <<END
            all-target-newlib:
            	$cc $flags $CFLAGS -c $source/where.c -o where.o
            	$cc $flags $CFLAGS -c $source/more.c -o more.o
            	cp more.o lib_a-getreent.o
            	$ar rcU libc.a where.o more.o lib_a-getreent.o
            	$ar rcU libm.a more.o
            install-target-newlib:
            	mkdir -p \$(DESTDIR)/x86_64-elf/lib \$(DESTDIR)/x86_64-elf/include
            	cp libc.a libm.a \$(DESTDIR)/x86_64-elf/lib
            	cp libc.a \$(DESTDIR)/x86_64-elf/lib/libg.a
            	cp $source/newlib.h \$(DESTDIR)/x86_64-elf/include
            END

            """,
        [$"{Folder}/newlib/where.c"] = Code,
        [$"{Folder}/newlib/more.c"] = $"int more(int n) {{ return n + 1; }}\n{code}\n",
        [$"{Folder}/newlib/newlib.h"] = "#define NEWLIB_OF_THE_DAY 1\n",
    });

    public BuildMiniosNewlib Task(string cache = "cache") => new()
    {
        Arch = "x86_64", Source = Project.RelativePath(Archive), CacheFolder = Scratch.File(cache), Compiler = "/usr/bin/gcc", Archiver = "/usr/bin/ar", Identity = "the tools",
        CompilerIncludeFolder = s_compilerHeaders, CompilerOptions = ["-fno-canonical-system-headers"], Options = ["-O2", "-g"],
    };

    /// <summary>The one entry of a cache.</summary>
    public string Entry(string cache = "cache") => Assert.Single(Directory.GetDirectories(Scratch.File(cache)));

    /// <summary>Packs texts, each a file that may be started.</summary>
    public static void WriteArchive(string path, Dictionary<string, string> files)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        using var tar = new TarWriter(packed);
        foreach (var (name, text) in files)
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
            });
        }
    }

    public void Dispose()
    {
        Project.Dispose();
        Scratch.Dispose();
    }
}
