using System.Text;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Trees.Makefiles;

namespace MiniosBuild.UnitTests.Toolchain;

/// <summary>Makefiles at random within the language of the reader, read by it and by make: the values are the same, and what one refuses the other does.</summary>
public sealed class MakefilePropertyTests : IDisposable
{
    private const int CasesPerSeed = 20;

    private static readonly string[] s_names = ["A", "B", "C", "src-y", "src-n", "CONFIG_X", "CONFIG_Z"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void TheReaderIsOfMakesOpinion(int seed)
    {
        int taken = 0;
        for (int i = 0; i < CasesPerSeed; i++)
        {
            var random = new MakefileRandom((seed * 10000) + i);
            string makefile = _folder.Write("Makefile", random.Makefile());
            _folder.Write("inc.mk", random.Makefile());
            var values = RealMake.Values(makefile, s_names, "CONFIG_Z=y");
            var (own, refusal) = Own(makefile);
            string told = $"case {(seed * 10000) + i}: {refusal}\n{File.ReadAllText(makefile)}";
            Assert.True(values is null == own is null, $"make {(values is null ? "refuses" : "takes")} it\n{told}");
            if (values is not null)
            {
                taken++;
                Assert.All(s_names, name => Assert.True(values[name] == own![name], $"{name}: make has '{values[name]}', the reader '{own[name]}'\n{told}"));
            }
        }

        Assert.InRange(taken, CasesPerSeed / 3, CasesPerSeed);
    }

    private (Dictionary<string, string>? Values, string? Refusal) Own(string makefile)
    {
        try
        {
            var reader = new MakefileReader(_folder.Path, new MakefileFiles(), [("CONFIG_Z", "y")]);
            reader.Read(makefile);
            return (s_names.ToDictionary(n => n, reader.ValueOf), null);
        }
        catch (DiagnosticException refused)
        {
            return (null, refused.Message);
        }
    }
}

/// <summary>A makefile of the reader's language, and now and then one with a fault.</summary>
internal sealed class MakefileRandom(int seed)
{
    private static readonly string[] s_names = ["src-$(CONFIG_X)", "A", "B", "src-y", "C", "src-n", "CONFIG_X", "CONFIG_Z"];

    private readonly Random _random = new(seed);
    private int _least;

    public string Makefile() => Lines(_random.Next(3, 25), depth: 0);

    private string Lines(int count, int depth)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            text.Append(Line(depth));
        }

        return text.ToString();
    }

    private string Line(int depth) => _random.Next(depth < 3 ? 16 : 9) switch
    {
        0 or 1 or 2 => Assignment(Blank(), Pick("=", ":=", "?=", "+=", "::=")),
        3 => Assignment(Pick("export ", "override ", "export override "), Pick("=", ":=", "+=")),
        4 => Assignment("", "+=", $"{Word()}.c \\\n  "),
        5 => $"{Pick("# comment", "", "  ", "A = a # b", "B = c\\#d", "C=\\\\\\\n x")}\n",
        6 => $"$(foreach i,{Text(1)},$(eval {Pick("A", "B", "src-$(i)")} {Pick("=", "+=", "?=", ":=")} $(i)))\n",
        7 => Definition(),
        8 => $"{Pick("x: y", "x y: $(A:%=z) ; echo", "%.o: %.c", "x:", "x: A = 1", "x: private B := 2", "$(UNDEFINED): y")}\n\t$(no such\n",
        9 => $"-include {Pick("none.mk", "$(UNDEFINED)", "no*.mk")}\n",
        _ => Conditional(depth + 1),
    };

    // A recursive variable refers to later ones only, or most cases would end in a circle.
    private string Assignment(string before, string op, string first = "")
    {
        int name = _random.Next(s_names.Length);
        _least = name + 1;
        string line = $"{before}{s_names[name]}{Blank()}{op}{Blank()}{first}{Text(1)}\n";
        _least = 0;
        return line;
    }

    private string Definition()
    {
        int name = _random.Next(s_names.Length);
        _least = name + 1;
        string text = $"define {s_names[name]}{Pick("", " =", " :=")}\n{Text(1)}\n\t{Text(1)}\nendef\n";
        _least = 0;
        return text;
    }

    private string Conditional(int depth)
    {
        var text = new StringBuilder(Question()).Append('\n').Append(Lines(_random.Next(3), depth));
        for (int i = _random.Next(2); i > 0; i--)
        {
            text.Append($"else {Question()}\n").Append(Lines(1, depth));
        }

        if (_random.Next(2) == 0)
        {
            text.Append("else\n").Append(Lines(1, depth));
        }

        // One of many has no end.
        return _random.Next(40) == 0 ? text.ToString() : text.Append("  endif # of it\n").ToString();
    }

    private string Question() => _random.Next(4) switch
    {
        0 => $"{Pick("ifeq", "ifneq")} ({Text(1)},{Blank()}{Text(1)})",
        1 => $"{Pick("ifeq", "ifneq")} \"{Text(1)}\" '{Text(1)}'",
        2 => $"{Pick("ifdef", "ifndef")} {Pick("A", "B", "UNDEFINED", "src-y", "CONFIG_X")}",
        _ => $"ifeq ($(CONFIG_{Pick("X", "Z")}),{Pick("y", "n")})",
    };

    private string Text(int depth)
    {
        var text = new StringBuilder();
        for (int i = _random.Next(4); i >= 0; i--)
        {
            text.Append(Part(depth)).Append(Pick(" ", " ", "  ", "", "\t"));
        }

        return _random.Next(3) == 0 ? text.ToString() : text.ToString().TrimEnd();
    }

    private string Part(int depth) => _random.Next(depth > 2 ? 6 : 28) switch
    {
        0 or 1 or 2 => Word(),
        3 => $"$({Known()})",
        4 => $"${{{Known()}}}",
        5 => Pick("$$", "$U", "%.c", "a.b.c", "x/y.c", "n"),
        6 => $"$({Known()}:{Pick(".c=.o", "%.c=%.o", "a%=%", "%=x%", "a=b")})",
        7 => $"$(subst {Word()},{Word()},{Text(depth + 1)})",
        8 => $"$(patsubst {Pick("%.c", "a%", "%", "a", "\\%")},{Pick("%.o", "b%", "z", "%%", "")},{Text(depth + 1)})",
        9 => $"$(strip {Text(depth + 1)})",
        10 => $"$(findstring {Word()},{Text(depth + 1)})",
        11 => $"$({Pick("filter", "filter-out")} {Pick("%.c", "a% b", "a b c", "%")},{Text(depth + 1)})",
        12 => $"$(sort {Text(depth + 1)})",
        13 => $"$(word {(_random.Next(40) is var n and > 0 ? 1 + (n % 3) : 0)},{Text(depth + 1)})",
        14 => $"$(wordlist {_random.Next(1, 4)},{_random.Next(4)},{Text(depth + 1)})",
        15 => $"$({Pick("words", "firstword", "lastword", "dir", "notdir", "suffix", "basename")} {Text(depth + 1)})",
        16 => $"$({Pick("addprefix", "addsuffix")} {Word()},{Text(depth + 1)})",
        17 => $"$(join {Text(depth + 1)},{Text(depth + 1)})",
        18 => $"$(if {Text(depth + 1)},{Text(depth + 1)}{Pick("", "," + Text(depth + 1))})",
        19 => $"$({Pick("or", "and")} {Text(depth + 1)},{Text(depth + 1)})",
        20 => $"$(foreach v,{Text(depth + 1)},$(v){Pick("", "$(v)", "x")})",
        21 => $"$(call {Known()},{Text(depth + 1)},{Word()})",
        22 => $"$({Pick("origin", "flavor", "value")} {Known()})",
        23 => Pick("$(1)", "$(2)", "$1"),
        24 => $"$({Pick($"$({Known()})", $"{Known()}$(UNDEFINED)")})",
        25 => $"(x,{Word()})",
        26 => $"$(notdir $(abspath {Word()}))",
        _ => Word(),
    };

    private string Known() => _least < s_names.Length && _random.Next(6) > 0 ? s_names[_random.Next(_least, s_names.Length)] : "UNDEFINED";

    private string Word() => Pick("a", "b", "c", "a.c", "b.c", "y", "n", "a/b.c", "-Dx=1", "ab");

    private string Blank() => Pick("", " ", "  ");

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
