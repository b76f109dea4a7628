using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MiniosBuild.CSource.Census;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>One definition of the common symbols of a set, against what the compiler and the linkers of the machine say.</summary>
public sealed class CommonAllocationTests : IDisposable
{
    private const string Header = """
        int tentative;
        struct pair { long a, b; } pair;
        int table[100];
        void set(void);
        int get(void);

        """;

    private const string Set = "#include \"shared.h\"\nvoid set(void) { tentative = 5; table[99] = 30; pair.b = 7; }\n";
    private const string Get = "#include \"shared.h\"\nint get(void) { return tentative + table[99]; }\n";
    private const string Main = "#include \"shared.h\"\nint main(void) { set(); return get(); }\n";

    private readonly TemporaryFolder _folder = new();

    public CommonAllocationTests() => _folder.Write("shared.h", Header);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gcc", "-g")]
    [InlineData("gcc", "-O2")]
    [InlineData("gcc", "-g", "-O2", "-m32")]
    [InlineData("clang", "-g", "-O1")]
    public void A_program_of_a_header_with_tentative_definitions_links_and_sees_each_write(string compiler, params string[] options)
    {
        CensusInput[] inputs = [Compile("set", Set, compiler, options), Compile("get", Get, compiler, options), Compile("main", Main, compiler, options)];
        CommonAllocation allocation = Allocate(inputs);

        Assert.Equal(["pair", "table", "tentative"], allocation.Names);
        Assert.All(Enumerable.Range(0, 3), input => Assert.DoesNotContain(ElfFile.Parse(allocation.Data(input)).Symbols, symbol => symbol.IsCommon));
        string[] bits = options.Contains("-m32") ? ["-m32", "-nostdlib", "-Wl,-emain"] : [];
        RealTool.Run("gcc", [.. bits, "-no-pie", "-fno-common", "-Wl,--fatal-warnings,--warn-common", "-o", _folder.File("program"), .. Passed("set", "get", "main")]);
        RealTool.Run("gcc", [.. bits, "-no-pie", "-o", _folder.File("original"), _folder.File("set.o"), _folder.File("get.o"), _folder.File("main.o")]);
        Assert.Equal(Sizes("original"), Sizes("program"));
        if (bits.Length == 0)
        {
            Assert.Equal(35, RealTool.TryRun(_folder.File("program"), [], _ => { }).ExitCode);
            Assert.Equal(35, RealTool.TryRun(_folder.File("original"), [], _ => { }).ExitCode);
        }
    }

    [Fact]
    public void Only_who_uses_the_variable_refers_to_it_debug_information_or_not()
    {
        foreach (string debug in new[] { "-g", "-g0" })
        {
            CommonAllocation allocation = Allocate([Compile("set", Set, "gcc", debug), Compile("get", Get, "gcc", debug), Compile("main", Main, "gcc", debug)]);
            Assert.Equal(["table 400", "tentative 4"], Described(allocation, "get"));
            Assert.Empty(Described(allocation, "main"));
            Assert.Equal(["pair 16", "table U", "tentative U"], Described(allocation, "set"));
        }
    }

    /// <summary>gdb passes over a variable at address 0, as one that the linker left out, and finds the one that is there.</summary>
    [Fact]
    public void The_debug_information_of_who_does_not_use_it_has_the_address_that_linkers_write_for_what_is_gone()
    {
        Allocate([Compile("set", Set, "gcc", "-g"), Compile("main", Main, "gcc", "-g"), Compile("get", Get, "gcc", "-g")]);
        RealTool.Run("gcc", ["-no-pie", "-o", _folder.File("program"), .. Passed("set", "get", "main")]);
        string dump = RealTool.Run(LlvmTool.Find("llvm-dwarfdump"), "--name=tentative", _folder.File("program"));
        string address = ElfFile.Parse(File.ReadAllBytes(_folder.File("program"))).Symbols.Single(symbol => symbol.Name == "tentative").Value.ToString("x");
        string[] places = [.. dump.Split('\n').Where(line => line.Contains("DW_AT_location", StringComparison.Ordinal)).Select(line => line.Trim())];
        Assert.Equal(3, places.Length);
        Assert.Equal(2, places.Count(place => place.EndsWith($"DW_OP_addr 0x{address})", StringComparison.Ordinal)));
        Assert.Single(places, place => place.EndsWith("DW_OP_addr 0x0)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_warning_names_the_header_s_line_and_a_variable_of_one_source_is_none()
    {
        CommonAllocation allocation = Allocate([Compile("set", Set + "int own;\nint *of_own(void) { return &own; }\n", "gcc", "-g"), Compile("get", Get, "gcc", "-g")]);

        Assert.Equal(["own", "pair", "table", "tentative"], allocation.Names);
        Assert.Equal(["pair", "table", "tentative"], allocation.Tentative);
        Assert.Equal(
            [("MINIOS1350", 2, 28), ("MINIOS1350", 3, 5), ("MINIOS1350", 1, 5)], allocation.Diagnostics.Select(d => (d.Code, d.Line, d.Column)));
        Assert.All(allocation.Diagnostics, d => Assert.Equal(_folder.File("shared.h"), d.File));
        Assert.Equal(
            "\"tentative\" is a tentative definition in 2 objects (get.o, set.o); one variable was made of them, in get.o (library set). Declare it extern in the header, and define it in one source.",
            allocation.Diagnostics[^1].Message);
    }

    [Fact]
    public void A_definition_with_a_value_is_taken_and_one_that_is_too_small_is_told()
    {
        CommonAllocation allocation = Allocate(
            [Compile("set", Set, "gcc", "-g"), Compile("get", Get, "gcc", "-g"), Compile("values", "int tentative = 9;\nint table[3] = { 1 };\n", "gcc", "-g")]);

        Assert.Contains("table U", Described(allocation, "set"));
        Assert.Contains("tentative U", Described(allocation, "set"));
        Assert.False(allocation.Changes(2));
        Assert.Contains("references now to the definition in values.o", allocation.Diagnostics.Single(d => d.Code == "MINIOS1350" && d.Message.StartsWith("\"tentative\"", StringComparison.Ordinal)).Message);
        Diagnostic small = allocation.Diagnostics.Single(d => d.Code == "MINIOS1352");
        Assert.StartsWith("\"table\" has 400 bytes in get.o, but 12 in values.o, whose definition is taken", small.Message);
        string warned = RealTool.TryRun("ld", ["-r", "--warn-common", "-o", _folder.File("r.o"), _folder.File("set.o"), _folder.File("values.o")], _ => { }).Errors;
        Assert.Contains("table", warned); // ld says so too
    }

    [Fact]
    public void A_label_in_assembly_has_no_size_to_compare_and_a_function_is_no_variable()
    {
        RealTool.Run("as", "-o", _folder.File("entry.o"), _folder.Write("entry.s", "\t.bss\n\t.globl table\ntable:\n\t.skip 400\n\t.section .note.GNU-stack,\"\",@progbits\n"));
        CommonAllocation allocation = Allocate(
            [Compile("set", Set, "gcc"), new CensusInput("entry", "entry.o", File.ReadAllBytes(_folder.File("entry.o"))), Compile("odd", "int pair(void) { return 1; }\n", "gcc")]);

        Assert.Equal(["MINIOS1350 pair", "MINIOS1352 pair", "MINIOS1350 table"], allocation.Diagnostics.Select(d => $"{d.Code} {d.Message.Split('"')[1]}"));
        Assert.Contains("but no variable in odd.o", allocation.Diagnostics[1].Message);
        Assert.Equal(["pair U", "table U", "tentative 4"], Described(allocation, "set"));
    }

    [Fact]
    public void A_header_that_one_source_includes_has_a_tentative_definition_too()
    {
        Assert.Equal(["pair", "table", "tentative"], Allocate([Compile("set", Set, "gcc", "-g")]).Tentative);
        Assert.Empty(Allocate([Compile("set", Set, "gcc")]).Tentative); // Without debug information nobody knows.
        Assert.Empty(Allocate([Compile("own", "int own;\n", "gcc", "-g")]).Tentative);
    }

    [Fact]
    public void The_largest_size_and_the_strictest_alignment_are_taken()
    {
        CommonAllocation allocation = Allocate(
        [
            Compile("a", "char it[3] __attribute__((aligned(64)));\nchar *a(void) { return it; }\n", "gcc", "-g"), Compile("b", "char it[50];\nchar *b(void) { return it; }\n", "gcc", "-g"),
        ]);

        ElfFile owner = ElfFile.Parse(allocation.Data(0));
        ElfSymbol it = owner.Symbols.Single(symbol => symbol.Name == "it");
        Assert.Equal((50ul, 0ul, 64ul), (it.Size, it.Value, owner.Sections[(int)it.SectionIndex].Alignment));
        Assert.Equal(["MINIOS1350", "MINIOS1352"], allocation.Diagnostics.Select(d => d.Code));
        Assert.Equal((_folder.File("b.c"), 1), (allocation.Diagnostics[1].File, allocation.Diagnostics[1].Line));
    }

    /// <summary>A driver's archive may be left out of a link: what core uses has to be in core.</summary>
    [Theory]
    [InlineData("blkfront", "core", "core")]
    [InlineData("libc", "core", "core")]
    [InlineData("blkfront", "blkfront", "blkfront")]
    [InlineData("netfront", "blkfront", "core")] // Only has it, but both are linked with it.
    public void The_definition_goes_to_the_library_that_others_are_linked_with(string first, string second, string expected)
    {
        CommonAllocation allocation = Allocate(
        [
            Compile("a", Set, "gcc") with { Library = first }, Compile("b", Get, "gcc") with { Library = second },
            Compile("c", "#include \"shared.h\"\nint idle;\n", "gcc") with { Library = "core" },
        ]);

        int owner = Enumerable.Range(0, 3).Single(i => ElfFile.Parse(allocation.Data(i)).Symbols.Any(symbol => symbol.Name == "tentative" && !symbol.IsUndefined));
        Assert.Equal(expected, new[] { first, second, "core" }[owner]);
    }

    [Fact]
    public void The_order_of_the_inputs_changes_nothing_and_a_second_time_neither()
    {
        CensusInput[] inputs = [Compile("set", Set, "gcc", "-g"), Compile("get", Get, "gcc", "-g"), Compile("main", Main, "gcc", "-g")];
        CommonAllocation one = CommonAllocation.Of(inputs);
        CommonAllocation other = CommonAllocation.Of([inputs[2], inputs[0], inputs[1]]);

        Assert.Equal(one.Diagnostics, other.Diagnostics);
        Assert.Equal(one.Data(0).ToArray(), other.Data(1).ToArray());
        Assert.Equal(one.Data(2).ToArray(), other.Data(0).ToArray());
        CommonAllocation again = CommonAllocation.Of([.. inputs.Select((input, i) => input with { Data = one.Data(i) })]);
        Assert.Empty(again.Names);
        Assert.Empty(again.Diagnostics);
        Assert.All(Enumerable.Range(0, 3), input => Assert.False(again.Changes(input)));
    }

    [Fact]
    public void An_archive_keeps_its_members_and_gets_an_index_of_what_they_define_now()
    {
        Compile("set", Set, "gcc", "-g");
        Compile("get", Get, "gcc", "-g");
        Compile("main", Main, "gcc", "-g");
        RealTool.Run("ar", "rcsD", _folder.File("in.a"), _folder.File("set.o"), _folder.Write("notes.txt", "odd"), _folder.File("get.o"), _folder.File("main.o"));
        CommonAllocation allocation = CommonAllocation.Of([new CensusInput("set", "in.a", File.ReadAllBytes(_folder.File("in.a")))]);
        File.WriteAllBytes(_folder.File("out.a"), allocation.Data(0).ToArray());

        ArArchive archive = ArArchive.Parse(allocation.Data(0));
        Assert.Equal(["set.o", "notes.txt", "get.o", "main.o"], archive.Members.Select(member => member.Name));
        Assert.Equal("odd", Encoding.ASCII.GetString(archive.Members[1].Data.Span));
        Assert.Equal(
            ["get get.o", "main main.o", "pair set.o", "set set.o", "table set.o", "tentative set.o"],
            RealTool.Run("nm", "-s", _folder.File("out.a")).Split('\n').Where(line => line.Contains(" in ", StringComparison.Ordinal)).Select(line => line.Replace(" in ", " ")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_has_no_ordinary_kind_stays_common_and_the_plan_refuses_it()
    {
        CensusInput large = Compile("large", "char it[70000];\nchar *f(void) { return it; }\n", "gcc", "-mcmodel=medium", "-g");
        Assert.Contains(ElfFile.Parse(large.Data).Symbols, symbol => symbol is { IsCommon: true, SectionIndex: 0xff02 });
        CommonAllocation allocation = CommonAllocation.Of([large, Compile("small", "char it[70000];\n", "gcc", "-g")]);

        Assert.Empty(allocation.Names);
        Diagnostic found = Assert.Single(allocation.Diagnostics);
        Assert.Equal(("MINIOS1351", DiagnosticSeverity.Warning, _folder.File("large.c"), 1), (found.Code, found.Severity, found.File, found.Line));
        NamespacePlan plan = NamespacePlanner.Plan(BuiltInPolicy.Minios, SymbolCensus.Read([large]), PublicDeclarations.Empty, LibcMode.None);
        Assert.Contains(plan.Diagnostics, d => d.Code == "MINIOS1304");
    }

    [Fact]
    public void What_is_no_sound_object_is_left_for_the_census()
    {
        byte[] cut = Compile("set", Set, "gcc").Data.ToArray()[..200];
        CommonAllocation allocation = CommonAllocation.Of([new CensusInput("core", "cut.o", cut), new CensusInput("core", "text.o", "no object"u8.ToArray())]);
        Assert.False(allocation.Changes(0) || allocation.Changes(1));
    }

    /// <summary>
    /// Random sets: of each name some objects have a common symbol of some size and alignment, some refer to it, perhaps one defines it.
    /// A link of what comes of it has every variable in the size and alignment that a link of the originals gives it, and every pointer.
    /// </summary>
    [Fact]
    public void Random_sets_link_as_their_originals_do() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        Random random = new(seed);
        int objects = random.Next(2, 5);
        string[] sources = [.. Enumerable.Range(0, objects).Select(_ => "")];
        var alignments = new Dictionary<string, int>();
        for (int name = 0; name < random.Next(1, 7); name++)
        {
            int definition = random.Next(3) == 0 ? random.Next(objects) : -1;
            for (int at = 0; at < objects; at++)
            {
                int size = random.Next(1, 40), alignment = 1 << random.Next(7);
                bool isCommon = random.Next(3) > 0 || (at == objects - 1 && definition < 0 && !alignments.ContainsKey($"v{name}"));
                if (at == definition)
                {
                    sources[at] += $"\t.data\n\t.globl v{name}\n\t.type v{name}, @object\n\t.size v{name}, 40\nv{name}:\n\t.fill 40, 1, {name}\n";
                }
                else if (isCommon)
                {
                    sources[at] += $"\t.comm v{name},{size},{alignment}\n";
                    alignments[$"v{name}"] = definition >= 0 ? 1 : Math.Max(alignments.GetValueOrDefault($"v{name}"), alignment);
                }

                if ((isCommon || at == definition) && random.Next(2) == 0)
                {
                    sources[at] += $"\t.section .data.pointers,\"aw\"\np{at}.{name}:\n\t.quad v{name}\n";
                }
            }
        }

        List<CensusInput> inputs = [];
        for (int at = 0; at < objects; at++)
        {
            RealTool.Run("as", "-o", _folder.File($"o{at}.o"), _folder.Write($"o{at}.s", sources[at] + $"\t.bss\n\t.balign {1 << random.Next(5)}\nb{at}:\n\t.skip {random.Next(30)}\n\t.section .note.GNU-stack,\"\",@progbits\n\t.text\n\t.globl t{at}\nt{at}:\n\tret\n"));
            inputs.Add(new CensusInput("core", $"o{at}.o", File.ReadAllBytes(_folder.File($"o{at}.o"))));
        }

        Allocate(inputs);
        string[] names = [.. Enumerable.Range(0, objects).Select(at => $"o{at}")];
        RealTool.Run("ld", ["-e", "t0", "-o", _folder.File("original"), .. names.Select(name => _folder.File(name + ".o"))]);
        RealTool.Run("ld", ["-e", "t0", "--warn-common", "--fatal-warnings", "-o", _folder.File("program"), .. Passed(names)]);

        Assert.Equal(Sizes("original"), Sizes("program"));
        Assert.Equal(Pointers("original"), Pointers("program"));
        List<ElfSymbol> variables = [.. ElfFile.Parse(File.ReadAllBytes(_folder.File("program"))).Symbols.Where(symbol => symbol.IsGlobal && symbol.Type == ElfSymbolType.Object).OrderBy(symbol => symbol.Value)];
        Assert.All(variables.Where(symbol => alignments.ContainsKey(symbol.Name)), symbol => Assert.Equal(0ul, symbol.Value % (ulong)alignments[symbol.Name]));
        Assert.All(variables.Zip(variables.Skip(1)), pair => Assert.True(pair.First.Value + pair.First.Size <= pair.Second.Value));
    }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(25));

    private CensusInput Compile(string name, string source, string compiler, params string[] options)
    {
        string path = _folder.File(name + ".o");
        RealTool.Run(compiler == "gcc" ? "gcc" : LlvmTool.Find(compiler), [.. options, "-fcommon", "-fno-pie", "-ffreestanding", "-c", "-o", path, _folder.Write(name + ".c", source)]);
        return new CensusInput("set", name + ".o", File.ReadAllBytes(path));
    }

    /// <summary>Writes what comes of the inputs as NAME.passed.o.</summary>
    private CommonAllocation Allocate(IReadOnlyList<CensusInput> inputs)
    {
        CommonAllocation allocation = CommonAllocation.Of(inputs);
        for (int input = 0; input < inputs.Count; input++)
        {
            File.WriteAllBytes(_folder.File(Path.ChangeExtension(inputs[input].Path, ".passed.o")), allocation.Data(input).ToArray());
        }

        return allocation;
    }

    private IEnumerable<string> Passed(params string[] names) => names.Select(name => _folder.File(name + ".passed.o"));

    /// <summary>The variables of the header in a passed object: their size, or U.</summary>
    private string[] Described(CommonAllocation allocation, string name)
    {
        Assert.NotEmpty(allocation.Names);
        return
        [
            .. ElfFile.Parse(File.ReadAllBytes(_folder.File(name + ".passed.o"))).Symbols.Where(symbol => symbol.Name is "pair" or "table" or "tentative")
                .Select(symbol => $"{symbol.Name} {(symbol.IsUndefined ? "U" : symbol.Size.ToString())}").Order(StringComparer.Ordinal),
        ];
    }

    private string[] Sizes(string image) =>
    [
        .. ElfFile.Parse(File.ReadAllBytes(_folder.File(image))).Symbols.Where(symbol => symbol.IsGlobal && symbol.Type == ElfSymbolType.Object)
            .Select(symbol => $"{symbol.Name} {symbol.Size}").Order(StringComparer.Ordinal),
    ];

    /// <summary>What each pointer of an image points to.</summary>
    private string[] Pointers(string image)
    {
        ElfFile file = ElfFile.Parse(File.ReadAllBytes(_folder.File(image)));
        return
        [
            .. file.Symbols.Where(symbol => symbol.Name.StartsWith('p')).Select(pointer =>
            {
                ElfSection section = file.Sections[(int)pointer.SectionIndex];
                ulong to = BitConverter.ToUInt64(file.Contents(section.Index).Span[(int)(pointer.Value - section.Address)..]);
                ElfSymbol target = file.Symbols.Where(symbol => symbol.Type == ElfSymbolType.Object && symbol.Value <= to).MaxBy(symbol => symbol.Value);
                return $"{pointer.Name} {target.Name}+{to - target.Value}";
            }).Order(StringComparer.Ordinal),
        ];
    }
}
