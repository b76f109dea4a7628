using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.Fuzzing.Inputs;

/// <summary>Policies, plans, headers and lists, as the repository has them or as the engine writes them.</summary>
internal static class TextSeeds
{
    /// <summary>Everything that the schema has, and expressions of every kind.</summary>
    public const string FullPolicy = """
        // A comment
        {
          "name": "full", "publicPrefix": "pub_", "internalPrefix": "_int_", "driverPrefix": "drv_",
          "functions": "rename", "data": "hide", "unmatched": "error",
          "keep": ["_start", "counter"], "hooks": ["app_main"], "compilerNames": ["__udiv*", "mem???"], "linkerNames": ["_end"], "cNames": ["sum"],
          "rename": [
            { "from": "minios_done", "to": "finished" },
            { "match": "(init|fini)_([a-z]+)", "to": "$2_$1" },
            { "match": "h(?<rest>[^0-9]{2,40})|[ab]*c+?(d|e){1,3}", "to": "${rest}_x", "library": "core" },
          ],
          "drivers": { "blkfront": { "prefix": "blkfront_", "hooks": ["blk_hook"], "rename": [{ "from": "a", "to": "b" }] } }
        }
        """;

    private const string Header = """
        #ifndef LIST_H /* counter */
        #define LIST_H
        #include <types.h>
        #include "os.h" // sum
        #  define app_main(x) counter \
            + sum(x) ## _suffix
        #if __has_include(<x.h>) && 0x1p-3 > 1'000
        extern const char *text; char c = '"', d = '\'', *raw = R"x(counter)x" L"sum";
        #endif
        int co\
        unter = u8"sum"[0];
        extern struct list { struct list *next; int (*f)(int, ...); } __attribute__((aligned(8))) *sum(int a[static 3], ...) __asm__("other");
        typedef int op(int); extern op g, *h; static inline int local(void) { return counter; }
        _Static_assert(sizeof(int) == 4, "sum"); enum e { A, B = 3 }; extern __typeof__(g) alias;
        #endif
        """;

    public static IReadOnlyList<Seed> Policies() =>
    [
        Text("full policy", FullPolicy),
        .. Files("build/policies", "*.json"),
    ];

    public static IReadOnlyList<Seed> Headers() => [Text("header", Header), .. Files("src/mini-os/include", "*.h")];

    public static IReadOnlyList<Seed> Preprocessed()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("all.h", Header.Replace("#include", "#pragma", StringComparison.Ordinal).Replace("__has_include(<x.h>) && 0x1p-3 > 1'000", "1", StringComparison.Ordinal));
        return
        [
            Text("gcc -E of a header", RealTool.Run("gcc", "-E", path).Replace(folder.Path, "/tree", StringComparison.Ordinal)),
            Text("markers", "# 1 \"a.h\" 1\nint f(void);\n# 40 \"b.h\" 2 3\nextern int v, *w[3];\n#line 7 \"c \\\"d\\\" e.h\"\nvoid (*s(int n, void (*h)(int)))(int);\n"),
            Text("C", CSources.C),
        ];
    }

    public static IReadOnlyList<Seed> DeclarationLists() =>
        [.. Preprocessed().Select(seed => Text(seed.Name, PublicDeclarations.Scan(Encoding.UTF8.GetString(seed.Bytes), _ => "a file.h").Save()))];

    /// <param name="pairs">Objects of one machine, the second of which refers to names of the first.</param>
    public static IReadOnlyList<Seed> Plans(IEnumerable<(Seed First, Seed Second)> pairs)
    {
        NamespacePolicy policy = NamespacePolicy.Parse(Encoding.UTF8.GetBytes(FullPolicy), "full.json");
        List<Seed> plans = [];
        foreach ((Seed first, Seed second) in pairs)
        {
            SymbolCensus census = SymbolCensus.Read([new CensusInput("core", "a.o", first.Bytes), new CensusInput("libc", "b.o", second.Bytes)]);
            foreach (LibcMode libc in (LibcMode[])[LibcMode.Stub, LibcMode.Private])
            {
                plans.Add(new Seed($"{libc} plan of {first} and {second}", NamespacePlanner.Plan(policy, census, PublicDeclarations.Empty, libc).Serialize()));
            }
        }

        return plans;
    }

    public static IReadOnlyList<Seed> ApiLists() =>
    [
        Text("a few symbols", "# The public symbols\n# libc: stub\n# drivers: blkfront console\n\nmalloc function libc\nminios_counter data core\nminios_sum function core\r\nodd\\x20name tls core\n"),
        Text("settings only", "# libc: none\n# policy: minios\n"),
        Text("many", string.Concat(Enumerable.Range(0, 200).Select(n => $"minios_f{n:d3} function core\n"))),
    ];

    public static IReadOnlyList<Seed> Maps() =>
    [
        Text("a few names", "# A comment\nsum minios_sum\ncounter\t_minios_counter # why\r\n\n  a b\nb a\n"),
        Text("many", string.Concat(Enumerable.Range(0, 200).Select(n => $"f{n:d3} minios_f{n:d3}\n"))),
    ];

    public static Seed Text(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    private static IEnumerable<Seed> Files(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(Repository.Root, folder), pattern).Order(StringComparer.Ordinal)
            .Select(path => new Seed(Path.GetFileName(path), File.ReadAllBytes(path)));
}
