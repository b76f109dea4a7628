using System.Text;
using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.Linking.Options;
using MiniosBuild.Linking.Scripts;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The reader of linker scripts, which takes any text, and that of option lists, one option a line.</summary>
public sealed class LinkerScriptTarget : FuzzTarget
{
    private const string Script = """
        /* A script */ ENTRY(_start) EXTERN(a b, c) INPUT(x.o ,-lm AS_NEEDED(y.ld)) GROUP(-l:z.a w.ld) INCLUDE v.ld SEARCH_DIR("/lib")
        MEMORY { rom (rx) : ORIGIN = 0, LENGTH = 1M }
        PHDRS { text PT_LOAD FLAGS(5); }
        SECTIONS {
            . = 0x100000; _text = .;
            .text 0x1000 : AT(ADDR(.x)) { *(.text .text.*) KEEP(*(SORT(.init.*))) x += 4; } > rom AT> rom :text =0x90909090
            PROVIDE(end = .); PROVIDE_HIDDEN(edata = SIZEOF(.text) + b ? c : d); HIDDEN(h = 1);
            "quoted" = MAX(e, f); mine : { LONG(size) } /DISCARD/ : { *(.comment) }
        }
        ASSERT(top <= 5, "too large") version = 2;
        """;

    private static readonly byte[] s_archive = "!<arch>\n"u8.ToArray();
    private static readonly byte[] s_script = "x = 1; INPUT(a.ld b.a) INCLUDE c.ld"u8.ToArray();

    private readonly Lazy<IReadOnlyList<Seed>> _seeds = new(() =>
    [
        TextSeeds.Text("a script", Script),
        TextSeeds.Text("options", "-u\na\n--defsym=b=c+1\n-e\nstart\n--start-group\nx.a\n--end-group\n-lm\n-L/x\n--wrap=i\n--whole-archive\n"),
        .. Directory.GetFiles(Path.Combine(Repository.Root, "src", "mini-os", "arch", "x86"), "*.lds*").Order(StringComparer.Ordinal)
            .Select(path => new Seed(Path.GetFileName(path), File.ReadAllBytes(path))),
    ]);

    public override string Name => "linker-script";

    public override IReadOnlyList<Seed> Seeds => _seeds.Value;

    public override IReadOnlyList<string> Words { get; } =
    [
        "PROVIDE(", "HIDDEN(", "ENTRY(", "EXTERN(", "ASSERT(", "SECTIONS", "MEMORY", "PHDRS", "{", "}", "(", ")", ";", "=", "+=", "<<=", "==", "/*", "*/", "\"", "#", ">", ":",
        "AT", "INPUT(", "GROUP(", "STARTUP(", "AS_NEEDED(", "INCLUDE ", "a.ld", "-lm", "SIZEOF(", "DEFINED(", ".", "-u", "--defsym", "-l", "--start-group",
    ];

    public override int AllocationPerByte => 8192; // A few bytes name a script that names others.

    public override int AllocationBase => 32 * 1024 * 1024;

    public override void Execute(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        LinkerScriptNames names = LinkerScriptNames.Parse(text);
        foreach (LinkerAssignment assignment in names.Assignments)
        {
            BrokenPromiseException.Require(assignment.Name.Length > 0 && assignment.Line > 0, "an assignment has a name and a line");
        }

        foreach (LinkerScriptFile file in names.Files)
        {
            BrokenPromiseException.Require(file.Line > 0 && file.Assignments <= names.Assignments.Count && file.Group >= 0, "a file has a place in its script");
        }

        Follow(input, isImplicit: false);
        Follow(input, isImplicit: true);
        LinkerOptions options = LinkerOptions.Parse(text.Split('\n'));
        BrokenPromiseException.Require(!options.Inputs.Any(file => file.Text.Length == 0), "a file has a name");
    }

    /// <summary>Every file that it names is there: those of scripts are a small one, that leads on, and all others an empty archive.</summary>
    private static void Follow(byte[] input, bool isImplicit)
    {
        var settings = new LinkSettings { Files = path => new LinkFile(path, path.EndsWith(".ld", StringComparison.Ordinal) ? s_script : s_archive) };
        LinkForecast forecast = LinkForecast.Make([new LinkInput(LinkParty.Guest, "guest", "fuzz.lds", input) { IsScript = !isImplicit }], settings);
        BrokenPromiseException.Require(forecast.Line.Findings.All(found => found.Position is { Line: > 0 }), "a finding has a line");
        BrokenPromiseException.Require(forecast.Objects.All(taken => taken.IsTaken), "what is taken has a number");
    }
}
