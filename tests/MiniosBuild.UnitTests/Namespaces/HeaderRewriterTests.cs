using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MiniosBuild.Namespaces;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class HeaderRewriterTests
{
    private static readonly Dictionary<string, string> Renames = new() { ["wake"] = "minios_wake", ["L"] = "bad", ["R"] = "bad", ["include"] = "bad", ["time"] = "minios_time" };

    private static readonly string[] Fragments =
    [
        "wake", "time", "L", "R", "u8", " ", "\n", "\r\n", "\t", "\\\n", "\\\r\n", "\\", "\"", "'", "/*", "*/", "//", "#", "include", "define", "<", ">",
        "(", ")", "x(", "0x1f", "1e+", ".5", "'a'", "\"s\"", "R\"d(", ")d\"", "é", "$", "_wake", "wake2", "__has_include", ";", "\0",
    ];

    [Theory]
    [InlineData("int wake(int wake_up, int awake);", "int minios_wake(int wake_up, int awake);")]
    [InlineData("wake", "minios_wake")]
    [InlineData("/* wake */ wake // wake \\\n wake\nwake", "/* wake */ minios_wake // wake \\\n wake\nminios_wake")]
    [InlineData("\"wake \\\" wake\" wake 'w' '\\'' wake", "\"wake \\\" wake\" minios_wake 'w' '\\'' minios_wake")]
    [InlineData("L\"wake\" L'w' u8\"wake\" L", "L\"wake\" L'w' u8\"wake\" bad")]
    [InlineData("R\"x(wake \" )y\" wake)x\" wake R", "R\"x(wake \" )y\" wake)x\" minios_wake bad")]
    [InlineData("#include <wake/time.h>\n#include \"time.h\"\n# include_next <time>\ntime", "#include <wake/time.h>\n#include \"time.h\"\n# include_next <time>\nminios_time")]
    [InlineData("  #  /* c */ include /* c */ <time.h> // time\n", "  #  /* c */ include /* c */ <time.h> // time\n")]
    [InlineData("#if __has_include(<time.h>) && time < wake\n", "#if __has_include(<time.h>) && minios_time < minios_wake\n")]
    [InlineData("#include time\n#define wake(x) time < x > time\n", "#include minios_time\n#define minios_wake(x) minios_time < x > minios_time\n")]
    [InlineData("#error don't wake\ntime's\nwake", "#error don't wake\nminios_time's\nminios_wake")]
    [InlineData("0xwake 1.wake .5time 1e+time wake1 1'000 wake", "0xwake 1.wake .5time 1e+time wake1 1'000 minios_wake")]
    [InlineData("wa\\\nke(x);\nwa\\\r\nker;", "minios_wake\\\n(x);\nwa\\\r\nker;")]
    [InlineData("a\r\nwake\r\n\r\n", "a\r\nminios_wake\r\n\r\n")]
    [InlineData("\uFEFFwake éwake wakeé $wake", "\uFEFFminios_wake éwake wakeé $wake")]
    [InlineData("#define S \"a\\\nwake\" wake\n", "#define S \"a\\\nwake\" minios_wake\n")]
    [InlineData("/* wake", "/* wake")]
    [InlineData("s.wake s->wake include", "s.minios_wake s->minios_wake bad")]
    [InlineData("/wake / wake \\wake", "/minios_wake / minios_wake \\minios_wake")]
    public void Whole_identifiers_are_replaced_and_nothing_else(string text, string expected)
    {
        Assert.Equal(expected, HeaderRewriter.Rewrite(text, Renames));
        Assert.Equal(Encoding.UTF8.GetBytes(expected), HeaderRewriter.Rewrite(Encoding.UTF8.GetBytes(text), Renames));
    }

    [Theory]
    [InlineData("#include <a.h>\n# include /* c */ \"a.h\" // <a.h>\n#import <a.h>", "#include <b/a.h>\n# include /* c */ <b/a.h> // <a.h>\n#import <b/a.h>")]
    [InlineData("#if __has_include(<a.h>) && __has_include( \"a.h\")", "#if __has_include(<b/a.h>) && __has_include( <b/a.h>)")]
    [InlineData("#include_next <a.h>\n#embed <a.h>\n#if __has_include_next(<a.h>) || __has_embed(<a.h>)", "#include_next <a.h>\n#embed <a.h>\n#if __has_include_next(<a.h>) || __has_embed(<a.h>)")]
    [InlineData("#include A <a.h>\nx <a.h> \"a.h\"\n#define B <a.h>\n#include <a.hh>\n/* #include <a.h> */", "#include A <a.h>\nx <a.h> \"a.h\"\n#define B <a.h>\n#include <a.hh>\n/* #include <a.h> */")]
    [InlineData("#include <a.h\n#include \"a.h\n#include <", "#include <a.h\n#include \"a.h\n#include <")]
    public void Header_names_get_the_spelling_they_are_given(string text, string expected)
    {
        byte[] rewritten = HeaderRewriter.Rewrite(
            Encoding.UTF8.GetBytes(text), new Dictionary<string, string>(), name => name is "<a.h>" or "\"a.h\"" ? "<b/a.h>" : null);
        Assert.Equal(expected, Encoding.UTF8.GetString(rewritten));
    }

    [Fact]
    public void Bytes_of_another_encoding_survive()
    {
        byte[] latin = [.. "// Gr"u8, 0xF6, 0xDF, .. "e\nwake"u8];
        Assert.Equal([.. latin[..^4], .. "minios_wake"u8], HeaderRewriter.Rewrite(latin, Renames));
    }

    [Fact]
    public void Without_a_matching_name_any_text_stays_as_it_is()
    {
        var absent = new Dictionary<string, string> { ["nowhere"] = "minios_nowhere" };
        var same = Fragments.Where(fragment => char.IsLetter(fragment[0])).ToDictionary(name => name, name => name);
        Prop.ForAll(Texts(), text =>
            HeaderRewriter.Rewrite(text, new Dictionary<string, string>()) == text
            && HeaderRewriter.Rewrite(text, absent) == text
            && Unspliced(text, text => HeaderRewriter.Rewrite(text, same) == text)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_rename_can_be_taken_back()
    {
        var forth = new Dictionary<string, string> { ["wake"] = "minios_wake", ["time"] = "minios_time" };
        Dictionary<string, string> back = forth.ToDictionary(pair => pair.Value, pair => pair.Key);
        Prop.ForAll(Texts(), text => Unspliced(text, text => HeaderRewriter.Rewrite(HeaderRewriter.Rewrite(text, forth), back) == text))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_line_keeps_its_number()
    {
        Prop.ForAll(Texts(), text => HeaderRewriter.Rewrite(text, Renames).Count(c => c == '\n') == text.Count(c => c == '\n')).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_bytes_are_read()
    {
        var same = new Dictionary<string, string> { ["a"] = "a" };
        Prop.ForAll<byte[]>(bytes => HeaderRewriter.Rewrite(bytes, same).AsSpan().SequenceEqual(bytes)).QuickCheckThrowOnFailure();
    }

    /// <summary>A name that goes on in the next line is put together on the first: there the layout changes.</summary>
    private static bool Unspliced(string text, Func<string, bool> holds) => text.Contains("\\\n") || text.Contains("\\\r\n") || holds(text);

    private static Arbitrary<string> Texts() => Gen.Elements(Fragments).ArrayOf().Select(string.Concat).ToArbitrary();
}
