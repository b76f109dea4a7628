using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>What the rewriter does to text as such: layout, literals, encodings, and whatever is no C.</summary>
public sealed class SourceRewriterTextTests
{
    private static readonly NameMap Names = NameMap.Of(
    [
        new(HeaderNameKind.Function, "wake", "minios_wake"), new(HeaderNameKind.Function, "L", "bad"), new(HeaderNameKind.Function, "R", "bad"),
        new(HeaderNameKind.Function, "include", "bad"), new(HeaderNameKind.Typedef, "time", "minios_time"), new(HeaderNameKind.Tag, "time", "minios_timetag"),
        new(HeaderNameKind.Macro, "SIZE", "MINIOS_SIZE"), new(HeaderNameKind.FunctionMacro, "MAX", "MINIOS_MAX"),
    ]);

    private static readonly string[] Fragments =
    [
        "wake", "time", "L", "R", "u8", " ", "\n", "\r\n", "\t", "\\\n", "\\\r\n", "\\", "\"", "'", "/*", "*/", "//", "#", "include", "define", "<", ">",
        "(", ")", "x(", "0x1f", "1e+", ".5", "'a'", "\"s\"", "R\"d(", ")d\"", "é", "$", "_wake", "wake2", "__has_include", ";", "\0",
        "struct", "{", "}", "[", "]", ",", "=", ":", "*", ".", "->", "##", "int", "static", "typedef", "if", "for", "case", "goto", "enum", "asm", "__attribute__",
        "typeof", "SIZE", "MAX", "\n#if ", "\n#else\n", "\n#endif\n", "\n#define ", "\n#define F(a) ", "extern \"C\"", "&&", "?", "sizeof", "\r", "<:", "%:", "...",
    ];

    [Theory]
    [InlineData("int wake(int wake_up, int awake);", "int minios_wake(int wake_up, int awake);")]
    [InlineData("wake", "minios_wake")]
    [InlineData("", "")]
    [InlineData("/* wake */ wake // wake \\\n wake\nwake", "/* wake */ minios_wake // wake \\\n wake\nminios_wake")]
    [InlineData("/\\\n* wake *\\\n/ wake /\\\n/ wake", "/\\\n* wake *\\\n/ minios_wake /\\\n/ wake")]
    [InlineData("\"wake \\\" wake\" wake 'w' '\\'' wake", "\"wake \\\" wake\" minios_wake 'w' '\\'' minios_wake")]
    [InlineData("L\"wake\" L'w' u8\"wake\" L", "L\"wake\" L'w' u8\"wake\" bad")]
    [InlineData("R\"x(wake \" )y\" wake)x\" wake R", "R\"x(wake \" )y\" wake)x\" minios_wake bad")]
    [InlineData("#include <wake/time.h>\n#include \"time.h\"\n# include_next <time>\ntime", "#include <wake/time.h>\n#include \"time.h\"\n# include_next <time>\nminios_time")]
    [InlineData("  #  /* c */ include /* c */ <time.h> // time\n", "  #  /* c */ include /* c */ <time.h> // time\n")]
    [InlineData("#if __has_include(<time.h>) && SIZE < MAX(1, 2)\n", "#if __has_include(<time.h>) && MINIOS_SIZE < MINIOS_MAX(1, 2)\n")]
    [InlineData("#include SIZE\n#define wake(x) time < x > SIZE\n", "#include MINIOS_SIZE\n#define minios_wake(x) minios_time < x > MINIOS_SIZE\n")]
    [InlineData("#error don't SIZE\nSIZE's\nwake", "#error don't SIZE\nMINIOS_SIZE's\nminios_wake")]
    [InlineData("0xwake 1.wake .5time 1e+time wake1 1'000 wake", "0xwake 1.wake .5time 1e+time wake1 1'000 minios_wake")]
    [InlineData("wa\\\nke(x);\nwa\\\r\nker;", "minios_wake\\\n(x);\nwa\\\r\nker;")]
    [InlineData("a\r\nwake\r\n\r\n", "a\r\nminios_wake\r\n\r\n")]
    [InlineData("\uFEFFwake éwake wakeé $wake", "\uFEFFminios_wake éwake wakeé $wake")]
    [InlineData("#define S \"a\\\nwake\" wake\n", "#define S \"a\\\nwake\" minios_wake\n")]
    [InlineData("/* wake", "/* wake")]
    [InlineData("s.wake s->wake; include", "s.wake s->wake; bad")]
    [InlineData("s-\\\n>wake; a<:wake:> = <%wake%>; %:", "s-\\\n>wake; a<:minios_wake:> = <%minios_wake%>; %:")]
    [InlineData("%:define SIZE 1 %: SIZE\n", "%:define MINIOS_SIZE 1 %: MINIOS_SIZE\n")]
    [InlineData("/wake / wake \\wake", "/minios_wake / minios_wake \\minios_wake")]
    [InlineData("MAX (1), MAX\n/* c */ (1), (MAX)", "MINIOS_MAX (1), MINIOS_MAX\n/* c */ (1), (MAX)")]
    public void Everything_but_names_stays(string text, string expected)
    {
        Assert.Equal(expected, Rewrite(text, Names));
        Assert.Equal(Encoding.UTF8.GetByteCount(text), SourceRewriter.Rewrite(Encoding.UTF8.GetBytes(text), NameMap.Empty, new RewriteOptions()).Bytes.Length);
    }

    [Theory]
    [InlineData("#include <a.h>\n# include /* c */ \"a.h\" // <a.h>\n#import <a.h>", "#include <b/a.h>\n# include /* c */ <b/a.h> // <a.h>\n#import <b/a.h>")]
    [InlineData("#if __has_include(<a.h>) && __has_include( \"a.h\")", "#if __has_include(<b/a.h>) && __has_include( <b/a.h>)")]
    [InlineData("#include_next <a.h>\n#embed <a.h>\n#if __has_include_next(<a.h>) || __has_embed(<a.h>)", "#include_next <a.h>\n#embed <a.h>\n#if __has_include_next(<a.h>) || __has_embed(<a.h>)")]
    [InlineData("#include A <a.h>\nx <a.h> \"a.h\"\n#define B <a.h>\n#include <a.hh>\n/* #include <a.h> */", "#include A <a.h>\nx <a.h> \"a.h\"\n#define B <a.h>\n#include <a.hh>\n/* #include <a.h> */")]
    [InlineData("#include <a.h\n#include \"a.h\n#include <", "#include <a.h\n#include \"a.h\n#include <")]
    public void Header_names_get_the_spelling_they_are_given(string text, string expected)
    {
        RewrittenText rewritten = SourceRewriter.Rewrite(
            Encoding.UTF8.GetBytes(text), NameMap.Empty, new RewriteOptions { HeaderName = name => name is "<a.h>" or "\"a.h\"" ? "<b/a.h>" : null });
        Assert.Equal(expected, Encoding.UTF8.GetString(rewritten.Bytes));
    }

    [Fact]
    public void Bytes_of_another_encoding_survive()
    {
        byte[] latin = [.. "// Gr"u8, 0xF6, 0xDF, .. "e\nwake"u8];
        Assert.Equal([.. latin[..^4], .. "minios_wake"u8], SourceRewriter.Rewrite(latin, Names, new RewriteOptions()).Bytes);
    }

    [Fact]
    public void Replacements_are_listed_with_line_and_column()
    {
        RewrittenText rewritten = SourceRewriter.Rewrite("\uFEFFwake(SIZE);\r\n  struct time\n\t*wake;"u8, Names, new RewriteOptions());
        Assert.Equal(
            [("wake", 1, 1), ("SIZE", 1, 6), ("time", 2, 10), ("wake", 3, 3)],
            rewritten.Replacements.Select(replacement => (replacement.Entry.Old, replacement.Line, replacement.Column)));
        Assert.Equal("minios_timetag", rewritten.Replacements[2].Entry.New);
    }

    [Fact]
    public void Without_a_name_in_the_map_any_text_stays()
    {
        NameMap absent = NameMap.Of([new(HeaderNameKind.Function, "nowhere", "x")]);
        Prop.ForAll(Texts(), text => Rewrite(text, NameMap.Empty) == text && Rewrite(text, absent) == text).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_bytes_are_read()
    {
        Prop.ForAll<byte[]>(bytes => SourceRewriter.Rewrite(bytes, Names, new RewriteOptions { Undefined = new HashSet<string> { "X" } }) is
        {
            Replacements.Count: 0,
        } same ? same.Bytes.AsSpan().SequenceEqual(bytes) : true).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Tokens_put_together_are_the_text()
    {
        Prop.ForAll(Texts(), text =>
        {
            CTokens tokens = CLexer.Split(text);
            return string.Concat(Enumerable.Range(0, tokens.Count).Select(i => tokens.Span(i).ToString())) == text
                && Enumerable.Range(0, tokens.Count).All(i => tokens[i].Length > 0);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>A name that goes on in the next line is put together on the first: there the layout changes.</summary>
    [Fact]
    public void A_rename_can_be_taken_back()
    {
        Prop.ForAll(Texts(), text =>
        {
            NameMap names = NameMap.Of(Names.Entries.Where(entry => entry.New != "bad"));
            RewrittenText forth = SourceRewriter.Rewrite(Encoding.UTF8.GetBytes(text), names, new RewriteOptions());
            return text.Contains("\\\n") || text.Contains("\\\r\n") || forth.Undecided.Count > 0
                || Encoding.UTF8.GetString(SourceRewriter.Rewrite(forth.Bytes, names.Inverse(), new RewriteOptions()).Bytes) == text;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_line_keeps_its_number()
    {
        var options = new RewriteOptions { Removed = new HashSet<string> { "wake", "F" }, Undefined = new HashSet<string> { "SIZE", "time" }, IsUserCode = true };
        Prop.ForAll(Texts(), text =>
            SourceRewriter.Rewrite(Encoding.UTF8.GetBytes(text), Names, options).Bytes.AsSpan().Count((byte)'\n') == text.Count(c => c == '\n')).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("(")]
    [InlineData("{")]
    [InlineData("[")]
    [InlineData("int (")]
    [InlineData("({")]
    [InlineData("struct {")]
    [InlineData("int f(int (*")]
    [InlineData("#if 1\n{")]
    [InlineData("= {")]
    [InlineData("if (x) {")]
    [InlineData("}")]
    [InlineData(")")]
    [InlineData("\n#define F(a) ({ a")]
    [InlineData("void f(void) { int wake;")]
    [InlineData("#if (")]
    [InlineData("#if !")]
    public void Nesting_may_be_as_deep_as_it_likes(string open)
    {
        string text = string.Concat(Enumerable.Repeat(open + " ", 50_000)) + "\nwake(1);";
        var options = new RewriteOptions { Undefined = new HashSet<string> { "X" }, IsUserCode = true };
        Assert.Equal(Encoding.UTF8.GetByteCount(text), SourceRewriter.Rewrite(Encoding.UTF8.GetBytes(text), NameMap.Empty, options).Bytes.Length);
        Assert.NotNull(HeaderScanner.Scan(text));
    }

    private static string Rewrite(string text, NameMap names) =>
        Encoding.UTF8.GetString(SourceRewriter.Rewrite(Encoding.UTF8.GetBytes(text), names, new RewriteOptions()).Bytes);

    private static Arbitrary<string> Texts() => Gen.Elements(Fragments).ArrayOf().Select(string.Concat).ToArbitrary();
}
