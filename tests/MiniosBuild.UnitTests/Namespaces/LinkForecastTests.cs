using MiniosBuild.Linking.Forecast;
using MiniosBuild.Linking.Options;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Findings;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Single rules of a link, each as a guest meets it.</summary>
public sealed class LinkForecastTests : IDisposable
{
    private readonly LinkFolder _link = new();

    public void Dispose() => _link.Dispose();

    [Fact]
    public void A_member_says_why_it_was_taken()
    {
        LinkForecast forecast = _link.Guest("main", "void f(void); void _start(void) { f(); }")
            .Archive(LinkParty.Libc, "c", ("f", "void g(void); void f(void) { g(); }"), ("g", "void g(void) {}"), ("h", "void h(void) {}")).Forecast();
        Assert.Equal(["", "f", "g"], forecast.Objects.Select(o => o.TakenFor ?? ""));
        Assert.Equal("g.o", forecast.Objects[2].Member);
        Assert.Same(forecast.Objects[1], forecast.Objects[2].TakenBy);
        Assert.Null(forecast.Objects[0].TakenBy);
    }

    [Fact]
    public void An_archive_before_its_user_gives_nothing_unless_both_are_a_group()
    {
        (string, string) f = ("f", "void g(void); void f(void) { g(); }"), g = ("g", "void g(void) {}");
        _link.Guest("main", "void f(void); void _start(void) { f(); }");
        LinkForecast forecast = _link.Archive(LinkParty.Libc, "g", g).Archive(LinkParty.Libc, "f", f).Forecast();
        Assert.Equal("g", forecast.Missing.Single().Name);
        using var grouped = new LinkFolder();
        grouped.Guest("main", "void f(void); void _start(void) { f(); }").StartGroup().Archive(LinkParty.Libc, "g", g).Archive(LinkParty.Libc, "f", f).EndGroup();
        Assert.Empty(grouped.Forecast().Missing);
    }

    [Fact]
    public void A_weak_reference_fetches_nothing_and_is_not_missed()
    {
        LinkForecast forecast = _link.Guest("main", "void f(void) __attribute__((weak)); void _start(void) { if (f) f(); }")
            .Archive(LinkParty.Libc, "c", ("f", "void f(void) {}")).Forecast();
        Assert.Single(forecast.Objects);
        Assert.True(forecast.Missing.Single().IsWeak);
    }

    [Fact]
    public void Undefined_entry_and_extern_fetch_members()
    {
        _link.Guest("main", "void other(void) {}").Archive(LinkParty.Libc, "c", ("f", "void f(void) {}"), ("g", "void g(void) {}"), ("h", "void h(void) {}"), ("i", "void i(void) {}"));
        Assert.Equal(["f.o", "g.o", "h.o"], _link.Forecast("-u f -e g", "ENTRY(i) EXTERN(h)").Objects.Skip(1).Select(o => o.Member));
        Assert.Equal(["i.o"], _link.Forecast("", "ENTRY(i)").Objects.Skip(1).Select(o => o.Member));
        Assert.Empty(_link.Forecast("-u nowhere").Missing);
        Assert.Equal("nowhere", _link.Forecast("--require-defined=nowhere").Missing.Single().Name);
    }

    [Fact]
    public void What_a_script_assigns_is_given_and_what_it_provides_only_if_nobody_else_does()
    {
        _link.Guest("main", "extern char f, g; char *_start(void) { return &f + (long)&g; }").Archive(LinkParty.Libc, "c", ("f", "char f;"), ("g", "char g;"));
        LinkForecast forecast = _link.Forecast("", "SECTIONS { f = .; PROVIDE(g = .); PROVIDE(h = .); }");
        Assert.Equal(["g.o"], forecast.Objects.Skip(1).Select(o => o.Member));
        Assert.Null(forecast.DefinitionOf("f"));
        Assert.Empty(forecast.Missing);
        using var alone = new LinkFolder();
        Assert.Empty(alone.Guest("main", "extern char g; char *_start(void) { return &g; }").Forecast("", "PROVIDE(g = 1);").Missing);
    }

    [Fact]
    public void An_expression_needs_its_symbols_and_fetches_them()
    {
        _link.Guest("main", "void _start(void) {}").Archive(LinkParty.Libc, "c", ("f", "void f(void) {}"));
        Assert.Equal(["f.o"], _link.Forecast("", "a = f;").Objects.Skip(1).Select(o => o.Member));
        MissingName missing = _link.Forecast("--defsym=a=gone").Missing.Single();
        Assert.Equal(("gone", false), (missing.Name, missing.Uses.Single().Place.Object.IsTaken));
    }

    [Fact]
    public void Start_and_stop_of_a_section_are_the_linkers_if_there_is_one()
    {
        LinkForecast forecast = _link.Guest("main",
            "extern int __start_mine[], __stop_mine[], __start_other[]; int x __attribute__((section(\"mine\"), used)); long _start(void) { return (long)__start_mine + (long)__stop_mine + (long)__start_other; }").Forecast();
        Assert.Equal("__start_other", forecast.Missing.Single().Name);
    }

    [Fact]
    public void Wrapped_names_go_to_the_wrapper_and_real_ones_to_the_original()
    {
        LinkForecast forecast = _link.Guest("main", "void f(void); void _start(void) { f(); }")
            .Archive(LinkParty.Libc, "c", ("w", "void __real_f(void); void __wrap_f(void) { __real_f(); }"), ("f", "void f(void) {}")).Forecast("--wrap=f");
        Assert.Equal(["w.o", "f.o"], forecast.Objects.Skip(1).Select(o => o.Member));
        Assert.Empty(forecast.Missing);
    }

    [Fact]
    public void A_default_version_answers_to_the_plain_name()
    {
        _link.Guest("main", "void f(void); void _start(void) { f(); }")
            .Archive(LinkParty.Libc, "c", ("v", "void impl(void) {} asm(\".symver impl, f@@V1\");"));
        LinkForecast forecast = _link.Forecast();
        Assert.Equal(["v.o"], forecast.Objects.Skip(1).Select(o => o.Member));
        Assert.Empty(forecast.Missing);
        Assert.Equal(LinkRealLink.Of(_link.Inputs, []).Taken, forecast.Objects.Select(o => o.Member ?? "main.o"));
    }

    [Fact]
    public void A_name_that_no_relocation_uses_is_not_missed() =>
        Assert.Empty(_link.Guest("main", "asm(\".globl nowhere\"); void _start(void) {}").Forecast().Missing);

    [Fact]
    public void A_member_that_loses_to_the_guest_is_told_with_the_winner()
    {
        LinkForecast forecast = _link.Guest("main", "void *malloc(long n) { return 0; } void free(void *); void _start(void) { free(malloc(1)); }")
            .Archive(LinkParty.Libc, "c", ("malloc", "void *malloc(long n) { return (void *)1; } void extra(void) {}"), ("free", "void free(void *p) {}")).Forecast();
        LinkCollision passed = forecast.Collisions.Single();
        Assert.Equal((CollisionKind.NotTaken, "malloc", "malloc.o", false), (passed.Kind, passed.Name, passed.Loser.Object.Member, passed.Loser.Object.IsTaken));
        Assert.Equal("guest", passed.Winner.Object.Library);
    }

    [Fact]
    public void Without_an_index_the_symbols_of_the_members_tell_and_the_linker_refuses()
    {
        using var other = new LinkFolder();
        byte[] made = other.Guest("f", "void f(void) {}").Inputs[0].Data.ToArray();
        var archive = new LinkInput(LinkParty.Libc, "c", "c.a", new ArWriter(ArVariant.Gnu).Add("f.o", made).Write().Bytes);
        _link.Guest("main", "void f(void); void _start(void) { f(); }");
        LinkForecast forecast = LinkForecast.Make([.. _link.Inputs, archive]);
        Assert.Empty(forecast.Missing);
        Assert.Contains("without an index", forecast.Damage.Single().Message);
        Assert.Contains("no index", LinkRealLink.Of([.. _link.Inputs, archive], []).Errors);

        // Of a whole archive nothing is looked up.
        archive = archive with { IsWhole = true };
        Assert.Empty(LinkForecast.Make([.. _link.Inputs, archive]).Damage);
        Assert.DoesNotContain("no index", LinkRealLink.Of([.. _link.Inputs, archive], []).Errors);
    }

    [Fact]
    public void A_script_does_without_what_it_asks_for_first()
    {
        const string script = "SECTIONS { limit = DEFINED(own) ? own : 4; .text : { *(.text*) } }";
        _link.Guest("main", "extern char limit; char *_start(void) { return &limit; }").Archive(LinkParty.Libc, "c", ("own", "char own;"));
        LinkForecast forecast = _link.Forecast("", script);
        string path = System.IO.Path.Combine(_link.Path, "a.lds");
        File.WriteAllText(path, script);
        LinkRealLink real = LinkRealLink.Of(_link.Inputs, ["-T", path]);
        Assert.Equal(real.Taken, forecast.Objects.Select(o => o.Member ?? "main.o"));
        Assert.Empty(real.Missing);
        Assert.Empty(forecast.Missing);
    }

    [Fact]
    public void Bytes_get_the_names_that_the_linker_makes()
    {
        string bytes = System.IO.Path.Combine(_link.Path, "some-bytes.1.bin");
        File.WriteAllText(bytes, "bytes");
        LinkerOptions options = LinkerOptions.Parse(["-b", "binary", bytes]);
        string[] names = [.. options.Inputs.Single().BinaryNames(LinkParty.Guest, "guest").Gifts.Select(gift => gift.Name)];
        Assert.Equal(3, names.Length);
        _link.Guest("main", $"extern char {string.Join(',', names)}; long _start(void) {{ return {string.Join('+', names.Select(name => "(long)&" + name))}; }}");
        Assert.Empty(LinkRealLink.Of(_link.Inputs, ["-b", "binary", bytes, "-b", "elf64-x86-64"]).Missing);
    }

    [Fact]
    public void A_stale_index_leads_to_no_endless_search()
    {
        using var other = new LinkFolder();
        byte[] made = other.Guest("g", "void g(void); void h(void) { g(); }").Inputs[0].Data.ToArray();
        var archive = new LinkInput(
            LinkParty.Libc, "c", "c.a", new ArWriter(ArVariant.Gnu) { Index = ArIndexKind.Narrow }.Add("g.o", made, "f", "g").Write().Bytes) { Group = 1 };
        _link.Guest("main", "void f(void); void _start(void) { f(); }");
        Assert.Equal(["f", "g"], LinkForecast.Make([.. _link.Inputs, archive]).Missing.Select(m => m.Name));
    }

    [Theory]
    [InlineData("not an object", "MINIOS1417")]
    [InlineData("!<thin>\n", "MINIOS1417")]
    [InlineData("!<arch>\nshort", "MINIOS2102")]
    [InlineData("\u007fELF", "MINIOS2001")]
    public void What_is_no_object_is_damage(string text, string code)
    {
        var input = new LinkInput(LinkParty.Guest, "guest", "bad.o", System.Text.Encoding.Latin1.GetBytes(text));
        Finding finding = LinkForecast.Make([input]).Damage.Single();
        Assert.Equal("bad.o", finding.File);
        Assert.StartsWith(code[..9], finding.Code);
    }

    [Fact]
    public void All_members_of_a_large_libc_are_taken_where_each_asks_for_more()
    {
        byte[] bytes = new MadeArchive(2000, 50).Write();
        var archive = new LinkInput(LinkParty.Libc, "c", "c.a", bytes);
        var main = new LinkInput(LinkParty.Guest, "guest", "main.o", MadeSet.Object([("_start", ElfSymbolBinding.Global, true)], [MadeArchive.SymbolName(0, 0)]));

        Assert.Equal(2001, LinkForecast.Make([main, archive]).Objects.Count);
    }
}
