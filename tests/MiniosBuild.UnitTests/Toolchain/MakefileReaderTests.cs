using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Trees.Makefiles;

namespace MiniosBuild.UnitTests.Toolchain;

/// <summary>Makefiles of every form, and what make itself makes of them.</summary>
public sealed class MakefileReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Forms => new()
    {
        { "flavours", "A = $(B)x\nB := 1\nC := $(A)\nB := 2\nD ?= d\nA ?= e\nE ::= $(B)\nF += f\nF += $(B)\nB := 3\nC += $(B)\nB := 4\nG := g\nG +=\nH +=\nH += h\n" },
        { "continuations", "A = a \\\n   b\\\n\\\n\tc\nB = a\\\\\nC = x\\\\\\\n y\nD := $(subst a,b,a \\\n  a)\nE = e \\\n" },
        { "comments", "A = a # b\nB = a\\#b\nC = a\\\\#b\nD = $(subst x,\\#,axb) # c\nE = $(subst \\#,y,$(B))\n# a comment \\\nF = no\nG = yes\nH=h#" },
        { "spaces", "  A  =  a b  \n\tB = tab\nC =  $(A) \nD:=d\nE =\nE += e \nE += f\nF = $ x\nexport G = g\noverride H = h\nprivate I=i\nexport override J := j\n" },
        { "references", "A = x.c y.c z.h\nB = $(A:.c=.o) ${A:%.c=%.d} $(A:x%=q)\nC = A\nD = $($(C)) $(${C}:.c=.s) $C $$C $\nE = $(A:%.c=%) $(A:z.h=) $(U:a=b)\n" },
        { "computed", "CONFIG_X = y\nCONFIG_Z = n\nsrc-$(CONFIG_X) += a.c\nsrc-$(CONFIG_Z) += b.c\nsrc-${CONFIG_X} += c.c\nsrc-$(CONFIG_U) += d.c\nA = $(src-y)\nB = $(src-n)\nC = $(src-)\nn = sub\n$(n)_x := 1\nD = $(sub_x)\n" },
        { "conditionals", "A = 1\nifeq ($(A),1)\nB = yes\nelse\nB = no\nendif\nifneq '$(A)' \"1\"\nC = ne\nelse ifeq ($(A), 1)\nC = eq\nelse\nC = no\nendif\nifdef A\nD = d\nendif\nifndef U\nE = e\nifdef A\nF = f\nelse\nF = g\nendif\nendif\nifeq \"$(A)\" \"$(U)\"\nG = bad\nelse ifdef U\nG = u\nelse\nG = ok\nendif\nEMPTY =\nifdef EMPTY\nH = full\nelse\nH = empty\nendif\nREF = $(EMPTY)\nifdef REF\nI = defined\nendif\n" },
        { "commas and parentheses", "A = (a,b)\nifeq ((a,b),$(A))\nC = two\nendif\nifeq (a b,a b)\nD = three\nendif\nifeq ($(A), (a,b) )\nE = four\nendif\n" },
        { "define", "define A\none $(B)\n\ttwo\nthree \\\n  four\nendef\nB = b\ndefine C :=\n$(B)\nendef\ndefine N\ndefine M\nin\nendef\nendef\ndefine E\nendef\ndefine F =\n# no comment\nendef\n  define G\n  g\n  endef\nB = later\n" },
        { "foreach and eval", "CONFIG-y += CONFIG_A\nCONFIG-n += CONFIG_B\nCONFIG_B = y\n$(foreach i,$(CONFIG-y),$(eval $(i) ?= y))\n$(foreach i,$(CONFIG-n),$(eval $(i) ?= n))\n$(foreach i,$(CONFIG-y) $(CONFIG-n),$(eval DEFINES-$($(i)) += -D$(i)))\nA = $(CONFIG_A)\nB = $(CONFIG_B)\nC = $(DEFINES-y)\ndefine T\n$(1)_x := $$(subst a,b,$(2))\nendef\n$(eval $(call T,q,aaa))\nD = $(q_x)\nE = $(foreach v,a b,$(foreach w,1 2,$(v)$(w)))\n" },
        { "functions of text", "A = $(subst ee,EE,feet on the street)|$(patsubst %.c,%.o,x.c.c bar.c)|$(strip  a  b )|$(findstring a,a b c)|$(findstring z,a b c)\nB = $(filter %.c %.s,a.c b.s c.h)|$(filter-out a% b,a1 b b1)|$(sort c a b a)|$(word 2,a b c)|$(word 9,a b)|$(wordlist 2,3,a b c d)|$(words a b c)|$(firstword a b)|$(lastword a b)\nC = $(dir src/a.c b)|$(notdir src/a.c b)|$(suffix src/a.c b x.d/e)|$(basename src/a.c b x.d/e)|$(addprefix p/,a b)|$(addsuffix .o,a b)|$(join a b c,.x .y)\nD = $(if $(A),yes,no)|$(if ,yes,no)|$(if  ,yes)|$(or ,a,b)|$(and a,,b)|$(and a,b)\n" },
        { "functions of patterns", "A = $(patsubst a,b,a  a c)|$(patsubst %,x%y,a b)|$(patsubst a%,%,ab ac)|$(patsubst %.c,z,a.c b)|$(patsubst \\%,p,% a)|$(filter \\%x,%x a)|$(subst ,x,abc)|$(patsubst a%b%c,1%2,axb%c)\nB = $(filter a b,a b c a)|$(filter-out %,a b)|$(filter ,a)|$(wordlist 3,2,a b c)|$(wordlist 2,3,a b  c  d)|$(wordlist 2,9,a  b	 c )|$(sort )|$(words )\n" },
        { "call", "rev = $(2) $(1)\nA = $(call rev,a,b)\nlen = $(words $(1))\nB = $(call len,a b c)\nouter = $(call inner,$(1))+$(2)\ninner = [$(1)$(2)$(3)]\nC = $(call outer,a,b,c)\nD = $(call subst,a,b,aaa)\nfact = $(if $(1),$(call fact,$(wordlist 2,9,$(1)))x)\nE = $(call fact,1 2 3)\nF = $(call undefined,a)\nG = $(call  rev , a, b )\nH = $(call rev,a)\nI = $(call map,len,x y)\nmap = $(foreach a,$(2),$(call $(1),$(a)))\n" },
        { "origin, flavor and value", "A = a\nB := b\nC = $(origin A) $(origin U) $(origin X) $(origin CURDIR) $(flavor A) $(flavor B) $(flavor U)\nD = $(value C)\noverride E = e\nF = $(origin E)\n" },
        { "names of files", "A = $(wildcard *.x) $(wildcard sub/*.x none*) $(wildcard s*/?.x) $(wildcard *.x a.y)\nB = $(notdir $(abspath a/../b ./c//d /x/../y))\nC = $(notdir $(realpath sub none a.x))\nD = $(wildcard [ab].x)|$(wildcard [!a].x)|$(wildcard sub)|$(wildcard ./sub/../a.x)|$(wildcard sub/*)\nE = $(sort $(wildcard *.x sub/*.x))\n" },
        { "rules between", "A = 1\nall: a b ; echo $(A)\n\tA = 2\n\techo\nB = 3\nx.o: A = 9\nx.o: private B := 8\n%.o: %.c\n\tifeq = no\n$(E):\n\tnothing\nifdef A\n\tC = recipe\nendif\nD = $(A)\n\tT = tab\n.PHONY: all\nt1 t2: %: %.z | order\n\techo $@\ndouble:: x\n\ty\n" },
        { "includes", "include inc.mk\n-include none.mk\nsinclude none2.mk\ninclude $(wildcard sub/*.mk)\nA = $(INC) $(SUB)\nB = $(words $(MAKEFILE_LIST))\n" },
        { "undefine", "A = a\nB = b\nundefine A\nC = [$(A)] $(origin A)\nA ?= again\nundefine B\n" },
        { "odd", "A.b-c/d = 1\nA = $(A.b-c/d)\nB = $(if a,$(if ,x,(y,z)),q)\nC = a,b\nD = $(subst $(comma),;,$(C))\ncomma := ,\nempty :=\nspace := $(empty) $(empty)\nE = a$(space)b\nF = $(subst $(space),_,a b)\nelse = 4\nG = $(else)\ninclude = 5\nH := $(include) $(strip $(A)\t$(C))\nI = ${A:1=(}$(subst (x),y,(x))\nJ = $(filter-out $(D), a;b c )\n" },
        { "settings", "X = file\noverride Y += more\nZ ?= def\nX += more\nA = $(X) $(Y) $(Z)\nB = $(origin X) $(origin Y) $(origin Z)\nundefine X\nC = $(X)\n" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void VariablesAreWhatMakeHas(string form, string text)
    {
        Assert.NotEmpty(form);
        foreach (string name in (string[])["a.x", "b.x", "sub/c.x", "sub/d.y"])
        {
            Directory.CreateDirectory(_folder.File("sub"));
            _folder.Write(name, "");
        }

        _folder.Write("inc.mk", "INC = $(SUB)!\n");
        _folder.Write("sub/s.mk", "SUB := s\n");
        string makefile = _folder.Write("Makefile", text);
        string[] settings = ["X=line", "Y=line", "Z=line"];
        var reader = new MakefileReader(_folder.Path, new MakefileFiles(), settings.Select(s => (s[..1], s[2..])));
        reader.Read(makefile);
        string[] names = [.. reader.Variables.Keys.Where(n => n.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && n is not ("CURDIR" or "MAKE_VERSION") && char.IsAsciiLetter(n[0])
            && reader.Variables[n].Origin != MakefileOrigin.Default), "U"];

        var values = RealMake.Values(makefile, names, settings);

        Assert.NotNull(values);
        Assert.True(values.Count > 2);
        // The file that prints is one more makefile in make's list.
        Assert.All(names.Where(n => n != "MAKEFILE_LIST" && (form, n) != ("includes", "B")), name => Assert.Equal($"{name} = {values[name]}", $"{name} = {reader.ValueOf(name)}"));
    }

    [Theory]
    [InlineData("ifeq (a,b)\n", 1)]
    [InlineData("a = 1\nendif\n", 2)]
    [InlineData("a = 1\n\nelse\n", 3)]
    [InlineData("ifdef a\nelse\nelse\nendif\n", 3)]
    [InlineData("ifeq a b\nendif\n", 1)]
    [InlineData("ifeq (a b)\nendif\n", 1)]
    [InlineData("ifeq \"a\" 'b\nendif\n", 1)]
    [InlineData("define a\nb\n", 1)]
    [InlineData("a := \\\n b\nb := $(subst a,b\n", 3)]
    [InlineData("b := $(c\n", 1)]
    [InlineData("b := $(subst a,b)\n", 1)]
    [InlineData("b := $(word x,a b)\n", 1)]
    [InlineData("b := $(word 0,a b)\n", 1)]
    [InlineData("just words\n", 1)]
    [InlineData("\n= a\n", 2)]
    [InlineData("\tlost recipe\n", 1)]
    public void WhatMakeRefusesIsRefusedWithItsLine(string text, int line)
    {
        string makefile = _folder.Write("Makefile", text);

        var refused = Assert.Throws<DiagnosticException>(() => new MakefileReader(_folder.Path, new MakefileFiles()).Read(makefile)).Diagnostic;

        Assert.Equal((ToolchainCodes.MakefileSyntax, makefile, line), (refused.Code, refused.File, refused.Line));
        Assert.Null(RealMake.Values(makefile, []));
    }

    [Theory]
    [InlineData("A = $(B)\nB = x$(A)\nC := $(A)\n", ToolchainCodes.MakefileRecursion, 3)]
    [InlineData("A = $(A:a=b)\n\nC := $(A)\n", ToolchainCodes.MakefileRecursion, 3)]
    [InlineData("f = $(call f,$(1)x)\nA := $(call f,y)\n", ToolchainCodes.MakefileRecursion, 2)]
    [InlineData("f = $(eval $(call f))\n$(call f)\n", ToolchainCodes.MakefileRecursion, 2)]
    [InlineData("define f\n$(eval $(value f))\nendef\n$(eval $(value f))\n", ToolchainCodes.MakefileRecursion, 4)]
    [InlineData("include Makefile\n", ToolchainCodes.MakefileTooLarge, 1)]
    public void WhatHasNoEndIsRefused(string text, string code, int line)
    {
        string makefile = _folder.Write("Makefile", text);

        var refused = Assert.Throws<DiagnosticException>(() => new MakefileReader(_folder.Path, new MakefileFiles()).Read(makefile)).Diagnostic;

        Assert.Equal((code, makefile, line), (refused.Code, refused.File, refused.Line));
    }

    [Fact]
    public void WhatGrowsWithoutBoundsIsRefused()
    {
        string makefile = _folder.Write("Makefile", "A0 := xxxxxxxxxxxxxxxx\n" + string.Concat(Enumerable.Range(1, 40).Select(n => $"A{n} := $(A{n - 1})$(A{n - 1})\n")));

        var refused = Assert.Throws<DiagnosticException>(() => new MakefileReader(_folder.Path, new MakefileFiles()).Read(makefile)).Diagnostic;

        Assert.Equal(ToolchainCodes.MakefileTooLarge, refused.Code);
        Assert.InRange(refused.Line, 15, 25);
    }

    [Fact]
    public void ACommandIsNotRunAndNoted()
    {
        string made = _folder.File("made");
        var reader = Reader($"A := x$(shell touch {made})y\nB != touch {made}\nC = 1\nifeq ($(shell echo y),y)\nC = 2\nendif\n\nall:\n\ttouch {made}\n");

        Assert.Equal(("xy", "", "1"), (reader.ValueOf("A"), reader.ValueOf("B"), reader.ValueOf("C")));
        Assert.Equal(
            [(MakefileNoteKind.Command, $"touch {made}", 1), (MakefileNoteKind.Command, $"touch {made}", 2), (MakefileNoteKind.Command, "echo y", 4)],
            reader.Notes.Select(n => (n.Kind, n.Text, n.Position.Line)));
        Assert.False(File.Exists(made));
    }

    [Fact]
    public void WhatACommandGivesCanBeTold()
    {
        var reader = new MakefileReader(_folder.Path, new MakefileFiles()) { CommandOutput = "?" };
        reader.Read(_folder.Write("Makefile", "A := $(shell a)/include\nB := $(words $(shell a))$(if $(shell a),some,none)\nifeq ($(shell a),)\nC = nothing\nendif\n"));

        Assert.Equal(("?/include", "0none", "nothing"), (reader.ValueOf("A"), reader.ValueOf("B"), reader.ValueOf("C")));
    }

    [Fact]
    public void ErrorsWarningsAndMissingIncludesAreNoted()
    {
        var reader = Reader("ifndef NEEDED\n$(error NEEDED missing)\nendif\n$(warning old)\n$(info hello)\ninclude none.mk\nA = 1\n");

        Assert.Equal(
            [
                (MakefileNoteKind.Error, "NEEDED missing", 2), (MakefileNoteKind.Warning, "old", 4), (MakefileNoteKind.Message, "hello", 5),
                (MakefileNoteKind.MissingInclude, "none.mk", 6),
            ],
            reader.Notes.Select(n => (n.Kind, n.Text, n.Position.Line)));
        Assert.Equal("1", reader.ValueOf("A"));
    }

    [Fact]
    public void AQuestionToTheCompilerHasTheAnswerOfTodays()
    {
        var reader = Reader("cc-option = $(shell if try $(1) $(2); then echo $(2); fi)\nCC = gcc\nA := $(call cc-option,$(CC),-fnew,-fold)\nB-$(call cc-option,-no-pie) := b\nown = $(2)\nC := $(call own,x,y)\n");

        Assert.Equal(("-fnew", "b", "y"), (reader.ValueOf("A"), reader.ValueOf("B-y"), reader.ValueOf("C")));
        Assert.Equal("", Reader("A := $(call cc-option,gcc,-x)\n").ValueOf("A"));
        Assert.Equal("-x", Reader("include elsewhere.mk\nA := $(call cc-option,gcc,-x)\n").ValueOf("A"));
    }

    [Fact]
    public void AssignmentsKeepTheirLinesAndLeftSides()
    {
        _folder.Write("inc.mk", "\nB ?= 1\n");
        var reader = Reader("CONFIG_X = y\nsrc-$(CONFIG_X) += \\\n  a.c\ninclude inc.mk\nC = c\n$(eval D = d)\n");

        Assert.Equal(
            [
                ("CONFIG_X", "CONFIG_X", "=", "Makefile", 1, false), ("src-y", "src-$(CONFIG_X)", "+=", "Makefile", 2, false), ("B", "B", "?=", "inc.mk", 2, false),
                ("C", "C", "=", "Makefile", 5, false), ("D", "D", "=", "Makefile", 6, true),
            ],
            reader.Assignments.Select(a => (a.Name, a.RawName, a.Operator, Path.GetFileName(a.Position.File), a.Position.Line, a.IsEvaluated)));
    }

    [Fact]
    public void RulesKeepTheirRecipes()
    {
        var reader = Reader("O = a.o b.o\n.PHONY: first\nfirst: $(O) ; echo 1\n\techo 2 \\\n\t  3\n# a comment\n\n\techo 4\n$(O): %.o: %.c | made\n\tcc $<\nX = 1\n");

        Assert.Equal("first", reader.DefaultGoal);
        Assert.Equal(["echo 1", "echo 2 \\\n\t  3", "echo 4"], reader.Rules[1].Recipe.Select(r => r.Text));
        Assert.Equal(["a.o", "b.o"], reader.Rules[2].Targets);
        Assert.Equal(("%.o", "%.c made"), (reader.Rules[2].Pattern, string.Join(' ', reader.Rules[2].Prerequisites)));
    }

    [Fact]
    public void ExportedVariablesAreTheEnvironmentOfOtherMakes()
    {
        var reader = new MakefileReader(_folder.Path, new MakefileFiles(), [("L", "line")], [("E", "env"), ("G", "gone")]);
        reader.Read(_folder.Write("Makefile", "A = $(B)\nexport A\nB = b\nexport C := c\nD = d\nE = changed\nunexport G\n"));

        Assert.Equal(["A=b", "C=c", "E=changed", "L=line"], reader.Environment().Select(e => $"{e.Name}={e.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WhatIsNoTextIsRefused()
    {
        string makefile = _folder.Write("Makefile", "A = 1\nB = \0\n");

        var refused = Assert.Throws<DiagnosticException>(() => new MakefileReader(_folder.Path, new MakefileFiles()).Read(makefile)).Diagnostic;

        Assert.Equal((ToolchainCodes.MakefileSyntax, makefile, 2), (refused.Code, refused.File, refused.Line));
    }

    private MakefileReader Reader(string text)
    {
        var reader = new MakefileReader(_folder.Path, new MakefileFiles());
        reader.Read(_folder.Write("Makefile", text));
        return reader;
    }
}
