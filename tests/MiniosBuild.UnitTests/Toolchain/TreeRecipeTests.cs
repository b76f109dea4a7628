using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Trees;
using MiniosBuild.Toolchain.Trees.Makefiles;

namespace MiniosBuild.UnitTests.Toolchain;

/// <summary>Trees whose makefiles have the forms of the years, and the commands that make itself would run in them.</summary>
public sealed class TreeRecipeTests : IDisposable
{
    private const string Rules = "$(OBJ_DIR)/%.o: %.c\n\t$(CC) $(CFLAGS) $(CPPFLAGS) -c $< -o $@\n$(OBJ_DIR)/%.o: %.S\n\t$(CC) $(ASFLAGS) $(CPPFLAGS) -c $< -o $@\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (string settings in (string[])["", "CONFIG_NET=n", "CONFIG_PCI=y debug=n", "CONFIG_NET=n CONFIG_PCI=y CONFIG_BUS=n", "CONFIG_LWIP=y lwip=y"])
            {
                foreach (string form in (string[])["2014", "2016", "2025", "odd"])
                {
                    cases.Add(form, "x86_64", settings);
                }
            }

            cases.Add("2016", "x86_32", "");
            cases.Add("2025", "arm32", "");
            cases.Add("2025", "arm32", "CONFIG_PV=y");
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void SourcesAndFlagsAreThoseOfMake(string form, string arch, string settings)
    {
        Make(form);
        string[] words = settings.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var compiles = RealMake.Compiles(_folder.Path, [$"MINIOS_TARGET_ARCH={arch}", $"XEN_TARGET_ARCH={arch}", $"MINIOS_COMPILE_ARCH={arch}", .. words]);
        TreeRecipe recipe = Read(arch, [.. words.Select(w => (w[..w.IndexOf('=')], w[(w.IndexOf('=') + 1)..]))]);

        Assert.InRange(compiles.Count, 5, 20);
        Assert.Equal(compiles.Keys.Order(StringComparer.Ordinal), recipe.Sources.Where(s => s.IsInForce).Select(s => Relative(s.Path)));
        Assert.All(recipe.Sources.Where(s => s.IsInForce), source =>
        {
            string file = Relative(source.Path), folder = source.IsArchitecture ? Path.GetDirectoryName(source.Path)! : _folder.Path;
            CompileLine own = file.EndsWith(".S", StringComparison.Ordinal) ? recipe.Assembly : source.IsArchitecture ? recipe.ArchitectureC : recipe.C;
            Assert.Equal(Normal(compiles[file], folder), Normal(own));
        });
    }

    [Theory]
    [InlineData("2014", "blk - net NET pci PCI xenbus/bus BUS")]
    [InlineData("2016", "blk BLK console/front NET lib/string - lib/xs BUS lwip LWIP net NET never - pci PCI")]
    [InlineData("2025", "blk BLK net NET lib/xs XS pci PCI arch/x86/kexec KEXEC xenbus BUS")]
    [InlineData("odd", "pci PCI bus BUS store_old BUS store_new BUS net NET")]
    public void TheSwitchOfASourceIsKnown(string form, string expected)
    {
        Make(form);
        TreeRecipe recipe = Read("x86_64", []);
        string[] words = expected.Split(' ');

        Assert.All(words.Chunk(2), pair =>
        {
            var source = Assert.Single(recipe.Sources, s => Relative(s.Path) == pair[0] + ".c");
            Assert.Equal(pair[1], source.Switch ?? "-");
        });
        Assert.All(recipe.Sources, s => Assert.True(File.Exists(s.Path)));
    }

    [Fact]
    public void SwitchesHaveTheirDefaultsAndLines()
    {
        Make("2025");

        Assert.Equal(
            [
                "BLK y y config.mk:6", "BUS y n config.mk:8", "KEXEC n n config.mk:9", "LWIP   config.mk:16", "NET y n config.mk:7", "PCI n n config.mk:10",
                "PV y y config.mk:12", "XS y n config.mk:19",
            ],
            Read("x86_64", [("CONFIG_NET", "n"), ("CONFIG_BUS", "n")]).Switches.Select(s => $"{s.Name} {s.Default} {s.Value} {Relative(s.File)}:{s.Line}"));
        Assert.Equal("n", Read("arm32", []).Switches.Single(s => s.Name == "PV").Default);
    }

    [Fact]
    public void ASettingThatTheTreeDoesNotKnowIsNoSwitchOfIt()
    {
        Make("2016");

        Assert.DoesNotContain(Read("x86_64", [("CONFIG_NETT", "y")]).Switches, s => s.Name is "NETT" or "FILE");
    }

    [Fact]
    public void ATreeMayLieWhereNoMakeFindsIt()
    {
        Make("2025");
        using TemporaryFolder other = new();
        string odd = other.File("a b#c$(d)%e;f:'g'");
        RealTool.Run("cp", "-a", _folder.Path, odd);

        string[] plain = Texts(_folder.Path), found = Texts(odd);

        Assert.Contains("ROOT/arch/x86/minios-x86.lds.S", plain);
        Assert.Equal(plain, found);

        static string[] Texts(string root)
        {
            TreeRecipe recipe = TreeRecipe.Read(root, "x86", "x86_64", [("CONFIG_NET", "n")])!;
            IEnumerable<string> texts =
            [
                .. recipe.Sources.Select(s => $"{s}"), .. recipe.Switches.Select(s => $"{s}"), .. recipe.Files, .. recipe.IncludeFolders, .. recipe.CompilerOptions, .. recipe.Defines,
                recipe.EntrySource!, recipe.LinkerScript!, .. recipe.Notes.Select(n => n.Text),
            ];
            return [.. texts.Select(text => text.Replace(root, "ROOT", StringComparison.Ordinal))];
        }
    }

    [Fact]
    public void ASourceThatMakeWouldMissIsASource()
    {
        Make("2016");
        var before = Read("x86_64", []);
        File.Delete(_folder.File("mm.c"));

        var recipe = Read("x86_64", []);

        Assert.True(Assert.Single(recipe.Sources, s => Relative(s.Path) == "mm.c").IsInForce);
        Assert.Equal(before.C.Options, recipe.C.Options);
    }

    [Fact]
    public void TheLinkIsKnown()
    {
        Make("2016");
        TreeRecipe recipe = Read("x86_64", []);

        Assert.Equal(("arch/x86/x86_64.S", "arch/x86/minios-x86.lds.S"), (Relative(recipe.EntrySource!), Relative(recipe.LinkerScript!)));
        Assert.Equal(["-m", "elf_x86_64", "--oformat=elf32-i386"], recipe.LinkerOptions);
        Assert.Equal(["pub_*", "_start"], recipe.KeptGlobals.Patterns);
        Assert.False(recipe.KeptGlobals.KeepsMarked);

        Make("2025");
        recipe = Read("arm32", []);
        Assert.Equal(("arch/arm/arm32.S", "arch/arm/minios-arm32.lds"), (Relative(recipe.EntrySource!), Relative(recipe.LinkerScript!)));
        Assert.True(recipe.KeptGlobals.KeepsMarked);
        Assert.Equal(["_start"], recipe.KeptGlobals.Patterns);

        Make("2014");
        recipe = Read("x86_64", []);
        Assert.Equal(["api_*", "drv_*", "_start"], recipe.KeptGlobals.Patterns);
        Assert.True(recipe.NoStandardIncludes);
        Assert.Equal(["__VERSION__=7"], recipe.Defines.Where(d => d.Contains('=')));
    }

    [Fact]
    public void OlderTreesSwitchesDoNotReachTheArchitecture()
    {
        Make("2014");
        TreeRecipe recipe = Read("x86_64", []);

        Assert.Contains("CONFIG_NET", recipe.Defines);
        Assert.DoesNotContain("CONFIG_NET", recipe.ArchitectureC.Defines);
        Assert.Contains("__VERSION__=7", recipe.ArchitectureC.Defines);
    }

    [Fact]
    public void TheCompilersOwnHeadersAreAskedForAndNotGuessed()
    {
        Make("2016");
        File.AppendAllText(_folder.File("rules.mk"), "OWN = $(shell gcc -print-search-dirs)\nCFLAGS += -nostdinc -isystem $(OWN)include -I$(shell pwd)/x $(shell flags)\n");
        TreeRecipe recipe = Read("x86_64", []);

        Assert.True(recipe.C.CompilerIncludes);
        Assert.DoesNotContain(recipe.IncludeFolders, f => f == _folder.File("include/include") || f.EndsWith("/x", StringComparison.Ordinal));
        Assert.DoesNotContain(recipe.CompilerOptions, o => o.Contains(TreeMake.Unknown, StringComparison.Ordinal));
        Assert.Equal(3, recipe.Notes.Count(n => n.Kind == MakefileNoteKind.Command && n.Position.File == _folder.File("rules.mk")));
    }

    [Fact]
    public void WhatMakeWouldStopAtIsNoted()
    {
        Make("2016");
        File.AppendAllText(_folder.File("rules.mk"), "include $(XEN_ROOT)/Config.mk\nifndef NEEDED\n$(error NEEDED missing)\nendif\n");

        Assert.Equal(
            ["MissingInclude /Config.mk", "Error NEEDED missing"],
            Read("x86_64", []).Notes.Where(n => n.Position.File == _folder.File("rules.mk")).Select(n => $"{n.Kind} {n.Text}").Distinct());
    }

    [Fact]
    public void ATreeWithoutMakefilesHasNoRecipe()
    {
        _folder.Write("mm.c", "");
        Assert.Null(TreeRecipe.Read(_folder.Path, "x86", "x86_64", []));

        _folder.Write("Makefile", "all:\n\tcmake --build .\n");
        Assert.Null(TreeRecipe.Read(_folder.Path, "x86", "x86_64", []));
    }

    [Fact]
    public void AFaultIsRefusedWithItsFileAndLine()
    {
        Make("2016");
        File.AppendAllText(_folder.File("arch/x86/arch.mk"), "ifeq (a)\n");

        var refused = Assert.Throws<DiagnosticException>(() => Read("x86_64", [])).Diagnostic;

        Assert.Equal((ToolchainCodes.MakefileSyntax, _folder.File("arch/x86/arch.mk"), 8), (refused.Code, refused.File, refused.Line));
    }

    [Fact]
    public void NothingIsWritten()
    {
        Make("2025");
        string[] before = Files();

        Read("x86_64", []);

        Assert.Equal(before, Files());

        string[] Files() => [.. Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    private TreeRecipe Read(string arch, (string, string)[] settings)
    {
        TreeRecipe? recipe = TreeRecipe.Read(_folder.Path, arch.StartsWith("x86", StringComparison.Ordinal) ? "x86" : "arm", arch, settings);
        Assert.NotNull(recipe);
        return recipe;
    }

    private string Relative(string path) => Path.GetRelativePath(_folder.Path, path);

    private static List<string> Normal(IReadOnlyList<string> words, string folder)
    {
        List<string> defines = [], folders = [], others = [];
        for (int i = 0; i < words.Count; i++)
        {
            string option = words[i].StartsWith("-isystem", StringComparison.Ordinal) ? "-isystem" : words[i].StartsWith("-I", StringComparison.Ordinal) ? "-I" : "";
            if (option.Length > 0)
            {
                string path = words[i].Length > option.Length ? words[i][option.Length..] : words[++i];
                folders.Add($"{option} {Path.GetFullPath(Path.Combine(folder, path)).TrimEnd('/')}");
            }
            else if (words[i] == "-o")
            {
                i++;
            }
            else if (words[i][0] == '-' && words[i] != "-c")
            {
                (words[i].StartsWith("-D", StringComparison.Ordinal) ? defines : words[i] == "-nostdinc" ? folders : others).Add(words[i]);
            }
        }

        return [.. defines, .. folders.Where(f => f != "-nostdinc"), .. folders.Where(f => f == "-nostdinc").Take(1), .. others];
    }

    private static List<string> Normal(CompileLine line) =>
    [
        .. line.Defines.Select(d => "-D" + d), .. line.IncludeFolders.Select(f => $"{(f.IsSystem ? "-isystem" : "-I")} {f.Path}"),
        .. line.NoStandardIncludes ? ["-nostdinc"] : Array.Empty<string>(), .. line.Options,
    ];

    private void Make(string form)
    {
        Directory.Delete(_folder.Path, recursive: true);
        Directory.CreateDirectory(_folder.Path);
        string[] sources = ["mm", "blk", "net", "pci", "bus", "xenbus", "xenbus/bus", "console/console", "console/front", "lib/string", "lib/xs", "lwip", "never", "store_old", "store_new",
            "arch/x86/traps", "arch/x86/setup", "arch/x86/kexec", "arch/arm/setup"];
        foreach (string file in sources.Select(s => s + ".c").Concat(["arch/x86/x86_64.S", "arch/x86/x86_32.S", "arch/x86/minios-x86.lds.S", "arch/arm/arm32.S", "arch/arm/calls.S", "arch/arm/minios-arm32.lds"]))
        {
            Write(file, "");
        }

        switch (form)
        {
            case "2014":
                Write("Makefile", "TREE-ROOT=$(CURDIR)\nexport TREE-ROOT\ninclude config.mk\nCONFIG_NET ?= y\nCONFIG_PCI ?= n\nCONFIG_BUS ?= y\nflags-$(CONFIG_NET) += -DCONFIG_NET\nflags-$(CONFIG_PCI) += -DCONFIG_PCI\n"
                    + "DEF_CFLAGS += $(flags-y)\ninclude rules.mk\nCFLAGS += -isystem ../rump/include -I.. -nostdinc\nCFLAGS += -I$(TREE-ROOT)\nLDFLAGS_FINAL := -T $(ARCH_DIR)/minios-$(XEN_TARGET_ARCH).lds\n"
                    + "KEEP := api_ drv_\nKEEP := $(patsubst %,-G %*,$(KEEP))\nOBJCOPY=objcopy\nsrc-y += mm.c\nsrc-y += blk.c\nsrc-$(CONFIG_NET) += net.c\nsrc-$(CONFIG_PCI) += pci.c\nsrc-$(CONFIG_BUS) += xenbus/bus.c\n"
                    + "OBJS := $(patsubst %.c,$(OBJ_DIR)/%.o,$(src-y))\n.PHONY: default\ndefault: objs $(OBJ_DIR)/minios.o\nobjs:\n\tmkdir -p $(OBJ_DIR)\n.PHONY: arch_lib\narch_lib:\n"
                    + "\t$(MAKE) --directory=$(ARCH_DIR) OBJ_DIR=$(OBJ_DIR)/$(ARCH_DIR) || exit 1;\n$(OBJ_DIR)/minios.o: $(OBJS) arch_lib\n\t$(LD) -r $(HEAD_OBJ) $(OBJS) -o $@\n\t$(OBJCOPY) -w $(KEEP) -G _start $@ $@\n");
                Write("config.mk", "XEN_TARGET_ARCH ?= $(shell uname -m)\nOBJ_DIR ?= $(TREE-ROOT)/obj\nVERSION := 7\nifeq ($(findstring x86_,$(XEN_TARGET_ARCH)),x86_)\nFAM = x86\nelse\nFAM = $(XEN_TARGET_ARCH)\nendif\n"
                    + "ARCH_DIR := arch/$(FAM)\nEXTRA_INC = $(FAM)\t\ninclude $(TREE-ROOT)/$(ARCH_DIR)/arch.mk\nextra := $(foreach dir,$(EXTRA_INC),-isystem $(TREE-ROOT)/include/$(dir))\nDEF_CPPFLAGS += -isystem $(TREE-ROOT)/include\n");
                Write("rules.mk", "debug = y\nDEF_CFLAGS += -fno-builtin -Wall\nDEF_CPPFLAGS += -D__VERSION__=$(VERSION)\nDEF_ASFLAGS += -D__ASSEMBLY__\nifeq ($(debug),y)\nDEF_CFLAGS += -g\nelse\nDEF_CFLAGS += -O3\nendif\n"
                    + "CFLAGS := $(DEF_CFLAGS) $(ARCH_CFLAGS)\nCPPFLAGS := $(DEF_CPPFLAGS)\nASFLAGS := $(DEF_ASFLAGS) $(ARCH_CFLAGS)\noverride CPPFLAGS := $(CPPFLAGS) $(extra)\n"
                    + "HEAD_OBJ := $(OBJ_DIR)/$(ARCH_DIR)/$(XEN_TARGET_ARCH).o\n" + Rules);
                Write("arch/x86/arch.mk", "ifeq ($(XEN_TARGET_ARCH),x86_64)\nARCH_CFLAGS := -m64 -mno-red-zone\nEXTRA_INC += $(FAM)/$(XEN_TARGET_ARCH)\nendif\n");
                Write("arch/x86/Makefile", "TREE-ROOT=../..\ninclude $(TREE-ROOT)/config.mk\ninclude arch.mk\ninclude $(TREE-ROOT)/rules.mk\nCFLAGS+= -isystem $(TREE-ROOT)/../rump/include -nostdinc\nSRCS := $(filter-out kexec.c,$(wildcard *.c))\n"
                    + "ARCH_OBJS := $(patsubst %.c,$(OBJ_DIR)/%.o,$(SRCS))\nall: $(OBJ_DIR)/lib.a\n$(OBJ_DIR)/lib.a: $(ARCH_OBJS) $(OBJ_DIR)/$(XEN_TARGET_ARCH).o\n\t$(AR) rv $@ $(ARCH_OBJS)\n");
                break;
            case "2016":
                Write("Makefile", "OBJ_DIR=$(CURDIR)\nTOP=$(CURDIR)\ninclude config.mk\ninclude rules.mk\nLDFLAGS_FINAL := -T $(ARCH_DIR)/minios-$(MINIOS_TARGET_ARCH).lds $(ARCH_LDFLAGS_FINAL)\nPREFIX := pub_\n"
                    + "src-$(CONFIG_BLK) += blk.c\nsrc-y += mm.c never.c\nsrc-$(CONFIG_NET) += net.c\nsrc-$(CONFIG_PCI) += pci.c\nsrc-y += lib/string.c\nsrc-$(CONFIG_BUS) += lib/xs.c\nsrc-y += console/console.c\nsrc-$(CONFIG_NET) += console/front.c\n"
                    + "OBJS := $(patsubst %.c,$(OBJ_DIR)/%.o,$(src-y))\n.PHONY: default\ndefault: $(OBJ_DIR)/mini-os\ninclude/list.h:\n\tperl $^ >$@\narch_lib:\n\t$(MAKE) --directory=$(ARCH_DIR) OBJ_DIR=$(OBJ_DIR)/$(ARCH_DIR) || exit 1;\n"
                    + "ifeq ($(CONFIG_LWIP),y)\nLWO := $(OBJ_DIR)/lwip.o\n$(OBJ_DIR)/lwip.a: $(LWO)\n\t$(AR) cqs $@ $^\nOBJS += $(OBJ_DIR)/lwip.a\nendif\nOBJS := $(filter-out $(OBJ_DIR)/lwip%.o $(LWO), $(OBJS))\n"
                    + "ifneq ($(APP)-$(lwip),-y)\nOBJS := $(filter-out $(OBJ_DIR)/never.o, $(OBJS))\nendif\narch/x86/minios-x86%.lds:  arch/x86/minios-x86.lds.S\n\t$(CPP) $(ASFLAGS) -P $< -o $@\n"
                    + "$(OBJ_DIR)/mini-os: $(OBJS) arch_lib $(ARCH_DIR)/minios-$(MINIOS_TARGET_ARCH).lds\n\t$(LD) -r $(LDFLAGS) $(HEAD_OBJ) $(OBJS) -o $@.o\n\t$(OBJCOPY) -w -G $(PREFIX)* -G _start $@.o $@.o\n"
                    + "CONFIG_FILE ?= $(CURDIR)/config.out\nconfig:\n\techo \"$(DEFINES-y)\" >$(CONFIG_FILE)\n");
                Write("config.mk", "ifneq ($(XEN_TARGET_ARCH),)\nMINIOS_TARGET_ARCH = $(XEN_TARGET_ARCH)\nelse\nMINIOS_TARGET_ARCH ?= $(shell uname -m)\nendif\nFAM = $(if $(filter x86_%,$(MINIOS_TARGET_ARCH)),x86,$(MINIOS_TARGET_ARCH))\n"
                    + "ARCH_DIR := arch/$(FAM)\nEXTRA_INC = $(FAM)\ninclude $(TOP)/$(ARCH_DIR)/arch.mk\nextra := $(foreach dir,$(EXTRA_INC),-isystem $(TOP)/include/$(dir))\nDEF_CPPFLAGS += -isystem $(TOP)/include\nDEF_CPPFLAGS += -D__MINIOS__\n"
                    + "CONFIG_BLK ?= y\nCONFIG_NET ?= y\nCONFIG_PCI ?= n\nCONFIG_BUS ?=y\nCONFIG_LWIP ?= $(lwip)\nDEFINES-$(CONFIG_BLK) += -DCONFIG_BLK\nDEFINES-$(CONFIG_NET) += -DCONFIG_NET\nDEFINES-$(CONFIG_PCI) += -DCONFIG_PCI\n"
                    + "DEFINES-y += -D__VERSION__=$(VERSION)\nVERSION ?= 0x30205\nexport VERSION\n");
                Write("rules.mk", "debug = y\nDEF_CFLAGS += -fno-builtin -Wall\nifeq ($(debug),y)\nDEF_CFLAGS += -g\nelse\nDEF_CFLAGS += -O3\nendif\nCFLAGS := $(DEF_CFLAGS) $(ARCH_CFLAGS) $(DEFINES-y)\nCPPFLAGS := $(DEF_CPPFLAGS)\n"
                    + "ASFLAGS := -D__ASSEMBLY__ $(ARCH_ASFLAGS) $(DEFINES-y)\nLDFLAGS := $(ARCH_LDFLAGS)\noverride CPPFLAGS := $(CPPFLAGS) $(extra)\nHEAD_ARCH_OBJ := $(MINIOS_TARGET_ARCH).o\nHEAD_OBJ := $(OBJ_DIR)/$(ARCH_DIR)/$(HEAD_ARCH_OBJ)\n" + Rules);
                Write("arch/x86/arch.mk", "ARCH_CFLAGS := $(if $(filter %64,$(MINIOS_TARGET_ARCH)),-m64 -mno-red-zone,-m32)\nARCH_ASFLAGS := $(firstword $(ARCH_CFLAGS))\nARCH_LDFLAGS := -m elf_$(if $(filter %64,$(MINIOS_TARGET_ARCH)),x86_64,i386)\n"
                    + "ARCH_LDFLAGS_FINAL := --oformat=elf32-i386\nEXTRA_INC += $(FAM)/$(MINIOS_TARGET_ARCH)\nEXTRA_SRC += arch/$(EXTRA_INC)\n# the end\n");
                Write("arch/x86/Makefile", "TOP = $(CURDIR)/../..\ninclude ../../config.mk\n\ninclude ../../rules.mk\nSRCS := $(sort $(wildcard *.c))\nOBJS := $(patsubst %.c,$(OBJ_DIR)/%.o,$(SRCS))\nall: $(OBJ_DIR)/lib.a\n"
                    + "$(OBJ_DIR)/lib.a: $(OBJS) $(OBJ_DIR)/$(HEAD_ARCH_OBJ)\n\t$(AR) rv $@ $(OBJS)\n");
                break;
            case "2025":
                Write("Makefile", "OBJ_DIR=$(CURDIR)\nTOP=$(CURDIR)\ninclude config.mk\ninclude rules.mk\nLDFLAGS_FINAL := -T $(OBJ_DIR)/$(ARCH_DIR)/minios-$(MINIOS_TARGET_ARCH).lds\n"
                    + "src-$(CONFIG_BLK) += blk.c\nsrc-y += mm.c\nsrc-$(CONFIG_NET) += net.c\nsrc-$(CONFIG_PCI) += pci.c\nsrc-$(CONFIG_BUS) += xenbus.c\nsrc-y += lib/string.c\nsrc-$(CONFIG_XS) += lib/xs.c\n"
                    + "OBJS := $(patsubst %.c,$(OBJ_DIR)/%.o,$(src-y))\n.PHONY: default\ndefault: $(OBJ_DIR)/mini-os\narch_lib:\n\t$(MAKE) -C $(ARCH_DIR) OBJ_DIR=$(OBJ_DIR)/$(ARCH_DIR)\n"
                    + "$(OBJ_DIR)/kern.o: $(OBJS) arch_lib $(OBJ_DIR)/$(ARCH_DIR)/minios-$(MINIOS_TARGET_ARCH).lds\n\t$(LD) -r $(HEAD_OBJ) $(OBJS) -o $@\n\t# $(OBJCOPY) -G commented $@\n"
                    + "\t$(OBJCOPY) --set-section-flags .export_symbol=alloc -O binary --only-section=.export_symbol $@ $(OBJ_DIR)/syms\n\t$(OBJCOPY) -w -G _start --keep-global-symbols=$(OBJ_DIR)/syms $@ $@\n"
                    + "$(OBJ_DIR)/mini-os: $(OBJ_DIR)/kern.o\n\t$(LD) $(LDFLAGS_FINAL) $< -o $@\n$(OBJ_DIR)/arch/x86/minios-x86%.lds: arch/x86/minios-x86.lds.S\n\t$(CPP) $< -o $@\n");
                Write("config.mk", "comma := ,\nFAM = $(if $(filter x86_%,$(MINIOS_TARGET_ARCH)),x86,arm)\nARCH_DIR := arch/$(FAM)\nDEF_CPPFLAGS += -isystem $(TOP)/include -isystem $(TOP)/include/$(FAM) -D__MINIOS__\n# Defaults\n"
                    + "CONFIG-y += CONFIG_BLK\nCONFIG-y += CONFIG_NET\nCONFIG-y += CONFIG_BUS\nCONFIG-n += CONFIG_KEXEC\nCONFIG-n += CONFIG_PCI\nifeq ($(FAM),x86)\nCONFIG-y += CONFIG_PV\nelse\nCONFIG-n += CONFIG_PV\nendif\nCONFIG-$(lwip) += CONFIG_LWIP\n"
                    + "$(foreach i,$(CONFIG-y),$(eval $(i) ?= y))\n$(foreach i,$(CONFIG-n),$(eval $(i) ?= n))\nCONFIG-x += CONFIG_XS\nCONFIG_XS ?= $(CONFIG_BUS)\nCONFIG-all := $(CONFIG-y) $(CONFIG-n) $(CONFIG-x)\n"
                    + "$(foreach i,$(CONFIG-all),$(eval DEFINES-$($(i)) += -D$(i)))\nDEFINES-y += -D__VERSION__=1\n");
                Write("rules.mk", "debug = y\nCFLAGS := -fno-builtin -Wa$(comma)--noexecstack $(if $(filter y,$(debug)),-g,-O3) $(DEFINES-y)\nCPPFLAGS := $(DEF_CPPFLAGS)\nASFLAGS := -D__ASSEMBLY__ -Wa$(comma)--noexecstack $(DEFINES-y)\n"
                    + "HEAD_ARCH_OBJ := $(MINIOS_TARGET_ARCH).o\nHEAD_OBJ := $(OBJ_DIR)/$(ARCH_DIR)/$(HEAD_ARCH_OBJ)\n" + Rules);
                foreach (string family in (string[])["x86", "arm"])
                {
                    Write($"arch/{family}/Makefile", "TOP = $(CURDIR)/../..\ninclude ../../config.mk\ninclude ../../rules.mk\nSRCS := $(sort $(wildcard *.c))\nifneq ($(CONFIG_KEXEC),y)\nSRCS := $(filter-out kexec.c,$(SRCS))\nendif\n"
                        + "OBJS := $(patsubst %.c,$(OBJ_DIR)/%.o,$(SRCS))\nifeq ($(FAM),arm)\nOBJS += $(OBJ_DIR)/calls.o\nendif\nall: $(OBJ_DIR)/lib.a\n$(OBJ_DIR)/lib.a: $(OBJS) $(OBJ_DIR)/$(HEAD_ARCH_OBJ)\n\t$(AR) rv $@ $(OBJS)\n");
                }

                break;
            default:
                Write("GNUmakefile", "CONFIG_PCI ?= n\nCONFIG_NET = y\nCONFIG_BUS := y\nOBJS-y := mm.o blk.o\nOBJS-$(CONFIG_PCI) += pci.o\nOBJS-$(CONFIG_BUS) += bus.o\nifeq \"$(CONFIG_NET)\" \"y\"\nOBJS-y += net.o\nelse ifdef CONFIG_BUS\nOBJS-y += xenbus.o\nendif\n"
                    + "ifeq '$(CONFIG_BUS)' 'y'\nOBJS-y += store_new.o\nelse\nOBJS-y += store_old.o\nendif\ndefine flags\n-DONE\n-DTWO=$(1)\nendef\nCFLAGS = $(strip $(call flags,2)) -I include\ndebug ?= y\nCFLAGS += -O$(if $(filter n,$(debug)),3,1)\n"
                    + "all: $(OBJS-y) head.o\n\tld -o $@ $^\n$(filter-out mm.o,$(OBJS-y)): %.o: %.c | out\n\t@$(CC) $(CFLAGS) -c $< -o $@\nmm.o: mm.c\n\t$(CC) $(CFLAGS) -c -o $@ mm.c\nout:\n\tmkdir $@\nhead.o: arch/x86/x86_64.S ; $(CC) -DASM -c $< -o $@\nHEAD_OBJ = head.o\n");
                Write("Makefile", "all:\n\tnot this one\n");
                break;
        }
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        _folder.Write(name, text);
    }
}
