using MiniosBuild.Toolchain.Compilation;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>The proof of rewritten headers: what it lets through, and that it lets nothing else through.</summary>
public sealed class HeaderProofTests
{
    private static readonly Dictionary<string, string> s_headers = new()
    {
        ["a.h"] = """
            #ifndef A_H
            #define A_H
            #include <stddef.h>
            #define LIMIT 4
            #define LARGER(a, b) ((a) > (b) ? (a) : (b))
            typedef unsigned long count_t;
            enum colour { RED, GREEN = LIMIT };
            struct part { count_t count; enum colour colour; struct part *next; const char *text; };
            extern int total;
            int add(struct part *to, count_t count);
            static inline count_t sum(const struct part *part)
            {
                count_t all = 0;
                for (; part != NULL; part = part->next)
                    all += LARGER(part->count, LIMIT) + (part->text[0] == 'x' ? 1 : 0);
                return all;
            }
            #endif

            """,
        ["b.h"] = """
            #ifdef A_H
            int after(void);
            #endif
            #include "a.h"
            #define BOTH(n) n##_one(void), n##_two(void)
            extern int BOTH(first);
            #define MESSAGE "part: "
            static const char *const message = MESSAGE "none";

            """,
    };

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void A_rewrite_that_changes_names_alone_is_proven_in_every_language(string compiler)
    {
        using var rewrite = new ProvenRewrite(s_headers, compiler: compiler);
        Assert.Empty(rewrite.Prove());
    }

    /// <summary>Every word of the rewritten headers is changed in turn: to its old name, to nothing, to another one. Whatever does not stand in a comment or in an unread branch is missed.</summary>
    [Fact]
    public void No_word_can_be_changed_unseen()
    {
        using var rewrite = new ProvenRewrite(s_headers);
        HeaderLanguage[] c = [HeaderProof.AllLanguages[1]];
        int mutants = 0;
        var unseen = new List<string>();
        foreach (string place in s_headers.Keys)
        {
            string text = rewrite[place];
            CTokens tokens = CLexer.Split(text);
            for (int i = 0; i < tokens.Count; i++)
            {
                if (tokens[i].Kind is not (CTokenKind.Word or CTokenKind.Number or CTokenKind.Text or CTokenKind.Character))
                {
                    continue;
                }

                string word = tokens.Span(i).ToString();
                foreach (string other in Mutants(tokens[i].Kind, word))
                {
                    mutants++;
                    rewrite[place] = text[..tokens[i].Start] + other + text[tokens[i].End..];
                    if (!rewrite.Prove(c).Any(finding => finding.Severity == DiagnosticSeverity.Error))
                    {
                        unseen.Add($"{place}: {word} -> {other} at {tokens[i].Start}");
                    }
                }
            }

            rewrite[place] = text;
        }

        Assert.InRange(mutants, 120, 200);
        Assert.True(unseen.Count == 0, string.Join("\n", unseen));
    }

    [Fact]
    public void A_difference_is_told_once_at_the_line_of_the_original()
    {
        using var rewrite = new ProvenRewrite(s_headers);
        rewrite["a.h"] = rewrite["a.h"].Replace("extern int p_total;", "extern long p_total;", StringComparison.Ordinal);
        Diagnostic found = Assert.Single(rewrite.Prove());
        Assert.Equal((HeaderCodes.HeaderDiffers, DiagnosticSeverity.Error, "a.h", 9), (found.Code, found.Severity, found.File, found.Line));
        Assert.StartsWith("\"int\" would become \"long\", when it is read alone: ", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int n;\n#endif\n#ifndef B_H\n", "#endif without #if")]
    [InlineData("#include <no/such.h>\n", "no/such.h")]
    public void A_header_that_can_no_longer_be_read_is_told_by_its_old_path(string damage, string what)
    {
        using var rewrite = new ProvenRewrite(new Dictionary<string, string> { ["a.h"] = "int one(void);\n", ["b.h"] = "#include \"a.h\"\nint two(void);\n" });
        rewrite["a.h"] = damage + rewrite["a.h"];
        Diagnostic found = rewrite.Prove().First(finding => finding.Severity == DiagnosticSeverity.Error);
        Assert.Equal(HeaderCodes.HeaderNotCompiled, found.Code);
        Assert.EndsWith("/before/a.h", found.File);
        Assert.Contains(what, found.Message);
        Assert.DoesNotContain("/after/", found.Message);
    }

    /// <summary>What only a compiler sees: the texts are equal but for names of the table, and one of them names nothing.</summary>
    [Fact]
    public void A_use_that_lost_its_declaration_is_found_by_compiling()
    {
        using var rewrite = new ProvenRewrite(new Dictionary<string, string> { ["a.h"] = "typedef int number;\nint f(number n);\n" });
        rewrite["a.h"] = rewrite["a.h"].Replace("(p_number ", "(number ", StringComparison.Ordinal);
        Diagnostic found = Assert.Single(rewrite.Prove([HeaderProof.AllLanguages[0]]));
        Assert.Equal((HeaderCodes.HeaderNotCompiled, 2), (found.Code, found.Line));
        Assert.EndsWith("(C11)", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_of_an_assertion_may_differ_in_names_and_is_told()
    {
        using var rewrite = new ProvenRewrite(new Dictionary<string, string> { ["a.h"] = "#include <assert.h>\nextern int level;\nstatic inline void check(void) { assert(level > 1); }\n" });
        Diagnostic found = Assert.Single(rewrite.Prove());
        Assert.Equal((SourceCodes.MadeText, DiagnosticSeverity.Warning, 3), (found.Code, found.Severity, found.Line));
    }

    private static IEnumerable<string> Mutants(CTokenKind kind, string word) => kind switch
    {
        CTokenKind.Number => [word + "1"],
        CTokenKind.Text or CTokenKind.Character => [word[..1] + "y" + word[2..]],
        _ when word.StartsWith("p_", StringComparison.OrdinalIgnoreCase) && word.Length > 3 => [word[2..], word + "x"],
        _ => [word + "x"],
    };
}
