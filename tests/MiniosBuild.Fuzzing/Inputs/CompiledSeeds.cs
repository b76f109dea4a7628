using MiniosBuild.TestUtilities;

namespace MiniosBuild.Fuzzing.Inputs;

/// <summary>Objects and archives that the machine's compilers and archivers make of <see cref="CSources"/>.</summary>
internal sealed class CompiledSeeds : IDisposable
{
    /// <summary>Machines of either class and byte order, with their own relocations and symbol bits.</summary>
    private static readonly string[] s_targets =
    [
        "x86_64-linux-gnu", "i386-linux-gnu", "aarch64-linux-gnu", "aarch64_be-linux-gnu", "armv7-linux-gnueabihf", "riscv64-linux-gnu",
        "powerpc64-linux-gnu", "powerpc-linux-gnu", "mips-linux-gnu", "mips64el-linux-gnuabi64", "s390x-linux-gnu", "sparcv9-linux-gnu",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly List<Seed> _objects = [];
    private readonly List<Seed> _archives = [];
    private readonly List<string> _paths = [];

    public CompiledSeeds()
    {
        string host = s_targets[0];
        Clang(host, CSources.C, "c", "-O1");
        Clang(host, CSources.C, "c", "-O1", "-gdwarf-5");
        Clang(host, CSources.User, "c", "-O1");
        foreach (string target in s_targets[1..])
        {
            Clang(target, CSources.C, "c", "-O1");
            Clang(target, CSources.C, "c", "-O1", "-gdwarf-5");
        }

        Clang(host, CSources.C, "c", "-gdwarf-4", "-ffunction-sections", "-fdata-sections");
        Clang(host, CSources.C, "c", "-gdwarf-5", "-gz");
        Clang(host, CSources.C, "c", "-gdwarf-5", "-gdwarf64");
        Clang(host, CSources.C, "c", "-gsplit-dwarf");
        Clang(host, CSources.CPlusPlus, "cc", "-std=c++17", "-gdwarf-5", "-fdebug-types-section");
        Clang("aarch64-linux-gnu", CSources.CPlusPlus, "cc", "-std=c++17", "-gdwarf-4");
        Gcc(CSources.C, "c", "-O2", "-g", "-gdwarf-5");
        Gcc(CSources.C, "c", "-O2", "-g3", "-gdwarf-4", "-m32");
        Gcc(CSources.C, "c", "-g", "-gz=zlib");
        Gcc(CSources.C, "c", "-g", "-gz=zlib-gnu");
        Gcc(CSources.C, "c", "-flto");
        Gcc(CSources.C, "c", "-flto", "-ffat-lto-objects", "-g");
        Gcc(CSources.Gnu, "c", "-fcommon", "-O1");
        Gcc(CSources.Gnu, "c", "-fno-common", "-g");
        Gcc(CSources.CPlusPlus, "cc", "-std=c++17", "-g");
        Gcc(CSources.CPlusPlus, "cc", "-std=c++17", "-O1", "-ffunction-sections");
        Gcc(CSources.Assembly, "S", "-g");
        MakeArchives();
    }

    public IReadOnlyList<Seed> Objects => _objects;

    public IReadOnlyList<Seed> Archives => _archives;

    public void Dispose() => _folder.Dispose();

    private void Clang(string target, string source, string extension, params string[] flags) =>
        Compile(LlvmTool.Find("clang"), source, extension, ["-target", target, "-fintegrated-as", "-ffreestanding", .. flags]);

    private void Gcc(string source, string extension, params string[] flags) => Compile("gcc", source, extension, flags);

    private void Compile(string compiler, string source, string extension, string[] flags)
    {
        string path = _folder.File($"o{_objects.Count}.o");
        RealTool.Run(compiler, [.. flags, "-w", "-c", "-o", path, _folder.Write($"source.{extension}", source)]);
        byte[] bytes = File.ReadAllBytes(path);
        _paths.Add(path);
        _objects.Add(new Seed($"{Path.GetFileName(compiler)} {string.Join(' ', flags)} .{extension}", bytes, ElfFields.Of(bytes), ElfFields.HotRanges(bytes, "")));
    }

    private void MakeArchives()
    {
        string[] few = [_paths[0], _paths[1], _paths[^1]];
        string longName = _folder.File("a-name-that-is-longer-than-the-sixteen-bytes-of-a-header.o");
        File.Copy(_paths[0], longName);
        string llvmAr = LlvmTool.Find("llvm-ar");
        Archive("ar", "rcsD", few);
        Archive("ar", "rcSU", few);
        Archive("ar", "qcsD", [few[0], few[0], longName, few[1]]);
        Archive("ar", "rcsTD", few);
        Archive("ar", "rcsD", []);
        Archive(llvmAr, "--format=bsd", "rcsD", [.. few, longName]);
        Archive(llvmAr, "--format=darwin", "rcsD", [few[0], longName]);
        Archive(llvmAr, "--format=gnu", "rcsD", [.. _paths.Take(6)]);
        Archive("ar", "rcsD", [_folder.File("a0.a"), few[0]]);
    }

    private void Archive(string tool, string operation, string[] members) => Archive(tool, null, operation, members);

    private void Archive(string tool, string? format, string operation, string[] members)
    {
        string path = _folder.File($"a{_archives.Count}.a");
        RealTool.Run(tool, [.. format is null ? Array.Empty<string>() : [format], operation, path, .. members]);
        byte[] bytes = File.ReadAllBytes(path);
        _archives.Add(new Seed($"{Path.GetFileName(tool)} {format} {operation} of {members.Length}", bytes, ArFields.Of(bytes), []));
    }
}
