using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>Declarations against the source itself, where a comment marks each, and against llvm-dwarfdump.</summary>
public sealed class DwarfDeclarationTests : IDisposable
{
    private const string Header = """
        extern int shared;
        int helper(int x);
        extern int elsewhere; /* @elsewhere */
        int far_away(int); /* @far_away */
        """;

    private const string C = """
        #include "a.h"
        int shared = 5; /* @shared */
        int common_one; /* @common_one */
        static int hidden[4]; /* @hidden */
        __thread int perthread = 3; /* @perthread */
        const char *const table[] = { "a", "b" }; /* @table */
        int (*pointers[2])(int) = { /* @pointers */
        	far_away, helper };
        int helper(int x) /* @helper */
        {
        	static int count; /* @count */
        	return ++count + x + hidden[x & 3] + perthread;
        }
        static inline int inlined(int x)
        {
        	static int deep; /* @deep */
        	return deep += x;
        }
        __attribute__((noinline)) int cold_one(int x) /* @cold_one */
        {
        	if (__builtin_expect(x == 77, 0))
        		__builtin_trap();
        	return inlined(x) + elsewhere;
        }
        __attribute__((cold)) void die(char *p) /* @die */
        {
        	hidden[1] = 3;
        	*p = table[1][0];
        	far_away(inlined(3));
        }
        int main(void) /* @main */
        {
        	die(0);
        	return cold_one(far_away(2));
        }
        """;

    private const string Cxx = """
        namespace ns {
        struct Thing {
        	Thing(int);
        	virtual ~Thing();
        	int size() const;
        	static int count; /* @declared */
        	template <class T> T get() { return T(); } /* @_ZN2ns5Thing3getIiEET_v */
        };
        int undefined_one(Thing &);
        }
        ns::Thing::Thing(int x) /* @_ZN2ns5ThingC1Ei @_ZN2ns5ThingC2Ei */
        { count = x; }
        ns::Thing::~Thing() {} /* @_ZN2ns5ThingD1Ev @_ZN2ns5ThingD2Ev @_ZN2ns5ThingD0Ev */
        int ns::Thing::size() const /* @_ZNK2ns5Thing4sizeEv */
        { return count; }
        int ns::Thing::count = 3; /* @_ZN2ns5Thing5countE */
        inline int unique() { /* @_Z6uniquev */
        	static int z; /* @_ZZ6uniquevE1z */
        	return ++z;
        }
        extern "C" int plain(int a) /* @plain */
        { ns::Thing t(a); return unique() + t.size() + undefined_one(t) + t.get<int>(); }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gcc", "-gdwarf-5", "-O0", "-fcommon")]
    [InlineData("gcc", "-gdwarf-5", "-O2", "-fcommon")]
    [InlineData("gcc", "-gdwarf-4", "-O0", "-fno-common")]
    [InlineData("gcc", "-gdwarf-4", "-O2", "-fcommon", "-ffunction-sections", "-fdata-sections")]
    [InlineData("gcc", "-gdwarf-3", "-gstrict-dwarf", "-O2", "-fcommon")]
    [InlineData("gcc", "-gdwarf-2", "-gstrict-dwarf", "-O2", "-fcommon")]
    [InlineData("gcc", "-gdwarf-5", "-gdwarf64", "-O1", "-fcommon")]
    [InlineData("gcc", "-gdwarf-5", "-m32", "-O2", "-fcommon")]
    [InlineData("gcc", "-g3", "-O2", "-fcommon", "-mcmodel=large")]
    [InlineData("clang", "-gdwarf-5", "-O0", "-fcommon")]
    [InlineData("clang", "-gdwarf-5", "-O2", "-fcommon", "-ffunction-sections")]
    [InlineData("clang", "-gdwarf-5", "-gdwarf64", "-O2", "-fcommon")]
    [InlineData("clang", "-gdwarf-4", "-O0", "-fcommon")]
    [InlineData("clang", "-gdwarf-4", "-O2", "-m32")]
    [InlineData("clang", "-gdwarf-2", "-O1", "-fcommon")]
    public void A_symbol_of_c_is_found_where_the_source_declares_it(string compiler, params string[] options)
    {
        string header = _folder.Write("a.h", Header);
        DwarfObject made = DwarfObject.Compile(_folder, compiler, "a.c", C, options);
        DwarfdumpText oracle = new(made.Path);
        int checkedSymbols = 0;
        foreach (ElfSymbol symbol in made.SourceSymbols().Where(symbol => symbol.IsDefined))
        {
            // gcc numbers the parts of a function and its static variables, clang puts the function's name in front.
            string name = symbol.Name.Split('.') is [var first, var second]
                ? second == "cold" || char.IsDigit(second[0]) ? first : second
                : symbol.Name;
            if (name == "inlined")
            {
                continue;
            }

            SourcePosition position = Assert.NotNull(made.Reader.DeclarationOf(symbol));

            Assert.Equal((_folder.File("a.c"), LineOf(C, name)), (position.File, position.Line));
            Assert.Contains((position.File, position.Line, position.Column), oracle.PlacesOf(name, definedOnly: true));
            checkedSymbols++;
        }

        Assert.InRange(checkedSymbols, 12, 15);
        foreach (string name in (string[])["elsewhere", "far_away"])
        {
            // clang leaves out most declarations that are not defined here.
            Assert.True(made.DeclarationOf(name) is { } position ? position.File == header && position.Line == LineOf(Header, name) : compiler == "clang");
        }
    }

    [Theory]
    [InlineData("g++", "-gdwarf-5", "-O0")]
    [InlineData("g++", "-gdwarf-4", "-O2")]
    [InlineData("g++", "-gdwarf-5", "-fdebug-types-section")]
    [InlineData("g++", "-gdwarf-4", "-fdebug-types-section", "-gz=zlib")]
    [InlineData("clang++", "-gdwarf-5", "-O0")]
    [InlineData("clang++", "-gdwarf-5", "-O1", "-fdebug-types-section")]
    [InlineData("clang++", "-gdwarf-4", "-O0", "-fdebug-types-section")]
    public void A_symbol_of_cxx_is_found_where_the_source_defines_it(string compiler, params string[] options)
    {
        DwarfObject made = DwarfObject.Compile(_folder, compiler, "a.cc", Cxx, options);
        string[] names = [.. made.SourceSymbols().Where(symbol => symbol.IsDefined).Select(symbol => symbol.Name).Where(name => Cxx.Contains('@' + name, StringComparison.Ordinal))];

        Assert.InRange(names.Length, 7, 20);
        Assert.All(names, name =>
        {
            // clang records no place for the definition of a static member.
            string mark = compiler == "clang++" && name == "_ZN2ns5Thing5countE" ? "declared" : name;
            Assert.Equal((_folder.File("a.cc"), LineOf(Cxx, mark)), (made.DeclarationOf(name)?.File, made.DeclarationOf(name)?.Line ?? 0));
        });
        Assert.Null(made.DeclarationOf("_ZTVN2ns5ThingE")); // the compiler made the vtable, no source line did
    }

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void A_renamed_symbol_is_found_where_it_was(string compiler)
    {
        _folder.Write("a.h", Header);
        DwarfObject before = DwarfObject.Compile(_folder, compiler, "a.c", C, "-g", "-O2", "-fcommon");
        string[] names = [.. before.SourceSymbols().Where(symbol => symbol.IsGlobal && symbol.IsDefined).Select(symbol => symbol.Name)];
        string renamed = _folder.File("renamed.o");
        RealTool.Run("objcopy", [.. names.Select(name => $"--redefine-sym={name}=minios_{name}"), before.Path, renamed]);

        DwarfObject after = new(renamed);

        Assert.InRange(names.Length, 8, 20);
        Assert.All(names, name => Assert.Equal(Assert.NotNull(before.DeclarationOf(name)), after.DeclarationOf("minios_" + name)));
        Assert.All(names, name => Assert.Equal(before.UseOf(name), after.UseOf("minios_" + name)));
    }

    [Fact]
    public void An_alias_is_found_at_the_declaration_of_what_it_stands_for()
    {
        DwarfObject made = DwarfObject.Compile(_folder, "gcc", "b.c", "int one(void)\n{ return 1; }\nint two(void) __attribute__((alias(\"one\")));\n", "-g");

        Assert.Equal(1, made.DeclarationOf("one")?.Line);
        Assert.Equal(1, made.DeclarationOf("two")?.Line);
    }

    [Theory]
    [InlineData("gcc", "-gdwarf-5")]
    [InlineData("gcc", "-gdwarf-4")]
    [InlineData("clang", "-gdwarf-5")]
    public void A_symbol_of_assembly_is_found_at_its_instruction(string compiler, string version)
    {
        const string Source = """
            	.text
            	.globl start, label, second, datum
            	.type start, @function
            start:	nop
            	call outside
            label:	ret
            	.size start, . - start
            	.data
            datum:	.quad outside
            	.section .text.other,"ax"
            second:	ret
            """;
        DwarfObject made = DwarfObject.Compile(_folder, compiler, "s.S", Source, version);

        Assert.Equal(new SourcePosition(_folder.File("s.S"), 4, 0), made.DeclarationOf("start"));
        Assert.Equal(6, made.DeclarationOf("label")?.Line);
        Assert.Equal(11, made.DeclarationOf("second")?.Line);
        Assert.Equal(5, made.UseOf("outside")?.Line);
        Assert.Null(made.DeclarationOf("datum"));
    }

    [Theory]
    [InlineData("-gz=zlib")]
    [InlineData("-gz=zlib-gnu")]
    public void Compressed_sections_say_the_same(string compression)
    {
        _folder.Write("a.h", Header);
        DwarfObject plain = DwarfObject.Compile(_folder, "gcc", "a.c", C, "-g", "-O2");
        SourcePosition?[] expected = [.. plain.SourceSymbols().Select(symbol => plain.Reader.DeclarationOf(symbol))];

        DwarfObject packed = DwarfObject.Compile(_folder, "gcc", "a.c", C, "-g", "-O2", compression);

        Assert.Contains(packed.Elf.Sections, section => (section.Flags & ElfSectionFlags.Compressed) != 0 || section.Name.StartsWith(".zdebug", StringComparison.Ordinal));
        Assert.Equal(expected, packed.SourceSymbols().Select(symbol => packed.Reader.DeclarationOf(symbol)));
    }

    [Theory]
    [InlineData("gcc", "-gdwarf-4")]
    [InlineData("clang", "-gdwarf-5")]
    public void Of_split_debug_information_the_line_table_is_left(string compiler, string version)
    {
        _folder.Write("a.h", Header);
        DwarfObject made = DwarfObject.Compile(_folder, compiler, "a.c", C, "-gsplit-dwarf", version);

        Assert.Null(made.DeclarationOf("shared"));
        Assert.InRange(made.DeclarationOf("main")?.Line ?? 0, LineOf(C, "main"), LineOf(C, "main") + 1);
        Assert.NotNull(made.UseOf("far_away"));
    }

    [Fact]
    public void An_object_without_debug_information_has_no_reader()
    {
        _folder.Write("a.h", Header);

        Assert.False(DwarfObject.Compile(_folder, "gcc", "a.c", C, "-g0").HasReader);
        Assert.True(DwarfObject.Compile(_folder, "gcc", "a.c", C, "-g1").HasReader);
    }

    [Fact]
    public void A_use_is_found_in_code_before_data()
    {
        _folder.Write("a.h", Header);
        DwarfObject made = DwarfObject.Compile(_folder, "gcc", "a.c", C, "-g", "-O0");

        Assert.Contains("far_away(inlined", LineAt(C, made.UseOf("far_away")), StringComparison.Ordinal);
        Assert.Contains("+ elsewhere", LineAt(C, made.UseOf("elsewhere")), StringComparison.Ordinal);
        Assert.Contains("@pointers", LineAt(C, made.UseOf("helper")), StringComparison.Ordinal);
        Assert.Null(made.UseOf("main"));
    }

    [Theory]
    [InlineData("gcc", "-O0")]
    [InlineData("gcc", "-O2")]
    [InlineData("clang", "-O2")]
    public void A_function_declared_in_a_system_header_is_found_where_it_is_defined(string compiler, string optimisation)
    {
        Directory.CreateDirectory(_folder.File("system"));
        _folder.Write("system/s.h", "int first(int a);\nvoid second(void);\n");
        const string Source = "#include <s.h>\n\nint first(int a)\n{\n\treturn a;\n}\nvoid second(void) {\n}\n";
        DwarfObject made = DwarfObject.Compile(_folder, compiler, "d.c", Source, "-g", optimisation, "-isystem", _folder.File("system"));

        Assert.Equal(new SourcePosition(_folder.File("d.c"), 3, 0), made.DeclarationOf("first"));
        Assert.Equal(new SourcePosition(_folder.File("d.c"), 7, 0), made.DeclarationOf("second"));
    }

    [Fact]
    public void A_linked_program_is_read_as_well()
    {
        _folder.Write("a.h", Header);
        _folder.Write("b.c", "int elsewhere; int far_away(int x) { return x; }\n");
        string program = _folder.File("program");
        RealTool.Run("gcc", "-g", "-no-pie", "-o", program, _folder.Write("a.c", C), _folder.File("b.c"));
        DwarfObject made = new(program);

        Assert.Equal((_folder.File("a.c"), LineOf(C, "helper")), (made.DeclarationOf("helper")?.File, made.DeclarationOf("helper")?.Line ?? 0));
        Assert.Equal((_folder.File("a.c"), LineOf(C, "table")), (made.DeclarationOf("table")?.File, made.DeclarationOf("table")?.Line ?? 0));
        Assert.Equal((_folder.File("b.c"), 1), (made.DeclarationOf("far_away")?.File, made.DeclarationOf("far_away")?.Line ?? 0));
    }

    [Theory]
    [InlineData("i386-linux-gnu")]
    [InlineData("arm-linux-gnueabi")]
    [InlineData("thumb-linux-gnueabi")]
    [InlineData("aarch64-linux-gnu")]
    [InlineData("aarch64_be-linux-gnu")]
    [InlineData("riscv64-linux-gnu")]
    [InlineData("riscv64-linux-gnu", "-mrelax")]
    [InlineData("riscv32-linux-gnu")]
    [InlineData("powerpc-linux-gnu")]
    [InlineData("powerpc64-linux-gnu")]
    [InlineData("powerpc64le-linux-gnu")]
    [InlineData("s390x-linux-gnu")]
    [InlineData("mips-linux-gnu")]
    [InlineData("mipsel-linux-gnu")]
    [InlineData("mips64-linux-gnuabi64")]
    [InlineData("mips64el-linux-gnuabi64")]
    public void Objects_of_other_machines_are_read(string target, params string[] options)
    {
        _folder.Write("a.h", Header);
        foreach (string version in (string[])["-gdwarf-4", "-gdwarf-5"])
        {
            DwarfObject made = DwarfObject.Compile(_folder, "clang", "a.c", C, ["--target=" + target, version, "-ffreestanding", "-fno-pic", .. options]);

            foreach (string name in (string[])["shared", "common_one", "perthread", "hidden", "table", "helper", "die", "main"])
            {
                Assert.Equal(new SourcePosition(_folder.File("a.c"), LineOf(C, name), 0), made.DeclarationOf(name));
            }

            Assert.Contains("far_away(inlined", LineAt(C, made.UseOf("far_away")), StringComparison.Ordinal);
        }
    }

    private static int LineOf(string source, string name) =>
        Assert.Single(source.Split('\n').Index(), line => $"{line.Item} ".Contains($"@{name} ", StringComparison.Ordinal)).Index + 1;

    private static string LineAt(string source, SourcePosition? position) => source.Split('\n')[Assert.NotNull(position).Line - 1];
}
