using System.Text;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Trees.Makefiles;

namespace MiniosBuild.UnitTests.Toolchain;

/// <summary>Makefiles at random within the language of the reader, read by it and by make: the values are the same, and what one refuses the other does.</summary>
public sealed class MakefilePropertyTests : IDisposable
{
    private const int CasesPerSeed = 25;

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
            var random = new Random((seed * 10000) + i);
            string makefile = _folder.Write("Makefile", Lines(random, random.Next(3, 25), depth: 0));
            _folder.Write("inc.mk", Lines(random, 3, depth: 1));
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

    private static string Lines(Random random, int count, int depth)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            text.Append(Line(random, depth));
        }

        return text.ToString();
    }

    private static string Line(Random random, int depth) => random.Next(depth < 3 ? 16 : 9) switch
    {
        0 or 1 or 2 => $"{Blank(random)}{Name(random)}{Blank(random)}{Pick(random, "=", ":=", "?=", "+=", "::=")}{Blank(random)}{Text(random, 0)}\n",
        3 => $"{Pick(random, "export ", "override ", "export override ")}{Name(random)} {Pick(random, "=", ":=", "+=")} {Text(random, 0)}\n",
        4 => $"src-$(CONFIG_{Pick(random, "X", "Z", "U")}) += {Word(random)}.c \\\n  {Text(random, 1)}\n",
        5 => $"{Pick(random, "# comment", "", "  ", "A = a # b", "B = c\\#d", "C=\\\\\\\n x")}\n",
        6 => $"$(foreach i,{Text(random, 1)},$(eval {Pick(random, "A", "B", "src-$(i)")} {Pick(random, "=", "+=", "?=", ":=")} $(i)))\n",
        7 => $"define {Pick(random, "A", "B", "C =", "C :=")}\n{Text(random, 1)}\n\t{Text(random, 1)}\nendef\n",
        8 => $"{Pick(random, "x: y", "x y: $(A:%=z) ; echo", "%.o: %.c", "x:", "x: A = 1", "x: private B := 2", "$(UNDEFINED): y")}\n\t$(no such\n",
        9 => $"-include {Pick(random, "none.mk", "$(UNDEFINED)", "no*.mk")}\n",
        _ => Conditional(random, depth + 1),
    };

    private static string Conditional(Random random, int depth)
    {
        var text = new StringBuilder(Question(random)).Append('\n').Append(Lines(random, random.Next(3), depth));
        for (int i = random.Next(2); i > 0; i--)
        {
            text.Append($"else {Question(random)}\n").Append(Lines(random, 1, depth));
        }

        if (random.Next(2) == 0)
        {
            text.Append("else\n").Append(Lines(random, 1, depth));
        }

        // One of many has no end.
        return random.Next(40) == 0 ? text.ToString() : text.Append("  endif # of it\n").ToString();
    }

    private static string Question(Random random) => random.Next(4) switch
    {
        0 => $"{Pick(random, "ifeq", "ifneq")} ({Text(random, 1)},{Blank(random)}{Text(random, 1)})",
        1 => $"{Pick(random, "ifeq", "ifneq")} \"{Text(random, 1)}\" '{Text(random, 1)}'",
        2 => $"{Pick(random, "ifdef", "ifndef")} {Pick(random, "A", "B", "UNDEFINED", "src-y", "CONFIG_X")}",
        _ => $"ifeq ($(CONFIG_{Pick(random, "X", "Z")}),{Pick(random, "y", "n")})",
    };

    private static string Text(Random random, int depth)
    {
        var text = new StringBuilder();
        for (int i = random.Next(4); i >= 0; i--)
        {
            text.Append(Part(random, depth)).Append(Pick(random, " ", " ", "  ", "", "\t"));
        }

        return random.Next(3) == 0 ? text.ToString() : text.ToString().TrimEnd();
    }

    private static string Part(Random random, int depth) => random.Next(depth > 2 ? 6 : 28) switch
    {
        0 or 1 or 2 => Word(random),
        3 => $"$({Pick(random, "A", "B", "C", "src-y", "CONFIG_X")})",
        4 => $"${{{Pick(random, "A", "B", "UNDEFINED")}}}",
        5 => Pick(random, "$$", "$A", "%.c", "a.b.c", "x/y.c", "n"),
        6 => $"$({Pick(random, "A", "B", "src-y")}:{Pick(random, ".c=.o", "%.c=%.o", "a%=%", "%=x%", "a=b")})",
        7 => $"$(subst {Word(random)},{Word(random)},{Text(random, depth + 1)})",
        8 => $"$(patsubst {Pick(random, "%.c", "a%", "%", "a", "\\%")},{Pick(random, "%.o", "b%", "z", "%%", "")},{Text(random, depth + 1)})",
        9 => $"$(strip {Text(random, depth + 1)})",
        10 => $"$(findstring {Word(random)},{Text(random, depth + 1)})",
        11 => $"$({Pick(random, "filter", "filter-out")} {Pick(random, "%.c", "a% b", "a b c", "%")},{Text(random, depth + 1)})",
        12 => $"$(sort {Text(random, depth + 1)})",
        13 => $"$(word {random.Next(4)},{Text(random, depth + 1)})",
        14 => $"$(wordlist {random.Next(1, 4)},{random.Next(4)},{Text(random, depth + 1)})",
        15 => $"$({Pick(random, "words", "firstword", "lastword", "dir", "notdir", "suffix", "basename")} {Text(random, depth + 1)})",
        16 => $"$({Pick(random, "addprefix", "addsuffix")} {Word(random)},{Text(random, depth + 1)})",
        17 => $"$(join {Text(random, depth + 1)},{Text(random, depth + 1)})",
        18 => $"$(if {Text(random, depth + 1)},{Text(random, depth + 1)}{Pick(random, "", "," + Text(random, depth + 1))})",
        19 => $"$({Pick(random, "or", "and")} {Text(random, depth + 1)},{Text(random, depth + 1)})",
        20 => $"$(foreach v,{Text(random, depth + 1)},$(v){Pick(random, "", "$(A)", "x")})",
        21 => $"$(call {Pick(random, "A", "B", "UNDEFINED", "C")},{Text(random, depth + 1)},{Word(random)})",
        22 => $"$({Pick(random, "origin", "flavor", "value")} {Pick(random, "A", "B", "CONFIG_Z", "UNDEFINED")})",
        23 => Pick(random, "$(1)", "$(2)", "$1"),
        24 => $"$({Pick(random, "$(C)", "src-$(CONFIG_X)", "A$(UNDEFINED)")})",
        25 => $"(x,{Word(random)})",
        26 => $"$(notdir $(abspath {Word(random)}))",
        _ => Word(random),
    };

    private static string Name(Random random) => Pick(random, "A", "B", "C", "src-y", "src-n", "CONFIG_X", "CONFIG_Z", "src-$(CONFIG_X)");

    private static string Word(Random random) => Pick(random, "a", "b", "c", "a.c", "b.c", "y", "n", "a/b.c", "-Dx=1", "ab");

    private static string Blank(Random random) => Pick(random, "", " ", "  ");

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];
}
