using System.Text;
using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Toolchain.Trees.Makefiles;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The reader of makefiles, in a file system that has nothing.</summary>
public sealed class MakefileTarget : FuzzTarget
{
    private const string Lists = """
        # Switches
        comma := ,
        define changed
        	if ! cmp -s $(1) $(2); then mv $(1) $(2); fi
        endef
        cc-option = $(shell if test $(1) $(2); then echo $(2); fi)
        ifneq ($(CONFIG),)
        include $(CONFIG)
        endif
        CONFIG-y += CONFIG_A
        CONFIG-n += CONFIG_B
        $(foreach i,$(CONFIG-y),$(eval $(i) ?= y))
        $(foreach i,$(CONFIG-n),$(eval $(i) ?= n))
        CONFIG_C ?= $(CONFIG_A)
        $(foreach i,$(CONFIG-y) $(CONFIG-n),$(eval DEFINES-$($(i)) += -D$(i)))
        src-$(CONFIG_A) += a.c lib/b.c
        src-y += c.c \
            d.c
        OBJS := $(patsubst %.c,$(OBJ_DIR)/%.o,$(src-y))
        CFLAGS := -g $(call cc-option,$(CC),-x$(comma)y) $(DEFINES-y)
        override CPPFLAGS := $(CPPFLAGS) $(foreach dir,x x/y,-isystem $(dir))
        .PHONY: default
        default: $(OBJS)
        	$(call changed,$@.new,$@)
        %.o: %.c
        	$(CC) $(CFLAGS) -c $< -o $@
        """;

    private const string Functions = """
        ifeq ($(findstring x86_,$(ARCH)),x86_)
        FAM = x86
        else ifeq "$(filter arm%,$(ARCH))" 'arm32'
        FAM = arm
        else
        FAM = $(if $(ARCH),$(ARCH),$(or $(A),none))
        endif
        A := $(sort $(wildcard *.c)) $(word 2,a b c) $(wordlist 2,3,a b c) $(words a b)
        B = $(A:.c=.o) ${A:%.c=%.d} $(dir a/b) $(notdir a/b) $(suffix a.c) $(basename a.c) $(addprefix a,b c) $(join a b,c d)
        rev = $(2) $(1)
        C = $(call rev,a,b) $(origin C) $(flavor C) $(value C) $(abspath a/../b) $(firstword $(B)) $(lastword $(B)) $(filter-out %.o,$(B))
        ifdef C
        $(warning $(C))
        endif
        export C
        x y: A = 1
        D ::= $(strip $(B)) # all
        E != ls
        -include none.mk
        """;

    private readonly IReadOnlyList<Seed> _seeds = [TextSeeds.Text("lists of switches", Lists), TextSeeds.Text("functions", Functions)];

    public override string Name => "makefile";

    public override IReadOnlyList<Seed> Seeds => _seeds;

    public override IReadOnlyList<string> Words { get; } =
    [
        "$(", "${", ")", "}", "$$", "$(A)", "$(call ", "$(eval ", "$(foreach i,", "$(if ", "$(subst ", "$(patsubst ", "$(word ", "$(shell ", "$(wildcard /*/*)", "$(value A)", ":=", "?=", "+=", "::=", "=",
        "ifeq (", "ifdef ", "else", "endif", "define A", "endef", "include ", "override ", "export ", "undefine ", "\\\n", "\t", "#", "\\#", "%", ",", ":", ";", "A", "B",
    ];

    // A few bytes make text without bounds; what bounds it is the reader's own limit, of 16 million characters.
    public override int AllocationPerByte => 4096;

    public override int AllocationBase => 512 * 1024 * 1024;

    public override void Execute(byte[] input)
    {
        var reader = new MakefileReader("/tree", new MakefileFiles("/dev/null"), [("ARCH", "x86_64")], [("HOME", "/")]);
        reader.Read(Encoding.UTF8.GetString(input), "/tree/Makefile");
        foreach (MakefileAssignment assignment in reader.Assignments)
        {
            BrokenPromiseException.Require(assignment.Position.Line > 0 && assignment.Name.Length > 0, "an assignment has a name and a line");
        }

        BrokenPromiseException.Require(reader.Rules.All(rule => rule.Targets.Count > 0 && rule.Position.Line > 0), "a rule has targets and a line");
        BrokenPromiseException.Require(reader.Files.Count == 1, "nothing is read but what there is");
        foreach (string name in reader.Variables.Keys.ToList())
        {
            _ = reader.ValueOf(name);
        }
    }
}
