namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Kinds of headers that are easily rewritten to something else: what they have to become, proven by gcc.</summary>
public sealed class HeaderRewriteTests
{
    /// <summary>Arguments that a macro hands on to one with # or ## are expanded before.</summary>
    [Theory]
    [InlineData(
        "#define STR(x) #x\n#define XSTR(x) STR(x)\n#define MAJOR 3\nstatic const char text[] = XSTR(MAJOR);\n",
        "#define P_STR(x) #x\n#define P_XSTR(x) P_STR(x)\n#define P_MAJOR 3\nstatic const char p_text[] = P_XSTR(P_MAJOR);\n")]
    [InlineData(
        "#define WIDTH 16\n#define JOIN(a,b) a##b\n#define GLUE(a,b) JOIN(a,b)\n#define SUFFIX(a) GLUE(a,WIDTH)\ntypedef unsigned short chr16;\nSUFFIX(chr) first(void);\n",
        "#define P_WIDTH 16\n#define P_JOIN(a,b) a##b\n#define P_GLUE(a,b) P_JOIN(a,b)\n#define P_SUFFIX(a) P_GLUE(a,P_WIDTH)\ntypedef unsigned short p_chr16;\nP_SUFFIX(p_chr) p_first(void);\n")]
    [InlineData(
        "#define NAME counter\n#define TEXT(...) #__VA_ARGS__\n#define LATER(...) TEXT(__VA_ARGS__)\nextern int counter;\nstatic const char of[] = TEXT(NAME);\n",
        "#define P_NAME p_counter\n#define P_TEXT(...) #__VA_ARGS__\n#define P_LATER(...) P_TEXT(__VA_ARGS__)\nextern int p_counter;\nstatic const char p_of[] = P_TEXT(NAME);\n")]
    [InlineData(
        "#define A 1\n#define B 2\n#define CAT(x, y) x##y\n#define LATE(x, y) CAT(x, y)\nenum { n = LATE(A, B), m = CAT(1, 2) };\n",
        "#define P_A 1\n#define P_B 2\n#define P_CAT(x, y) x##y\n#define P_LATE(x, y) P_CAT(x, y)\nenum { p_n = P_LATE(P_A, P_B), p_m = P_CAT(1, 2) };\n")]
    public void What_a_macro_hands_on(string header, string rewritten) => Becomes(header, rewritten);

    /// <summary>What ## spells is a type, a macro, a constant.</summary>
    [Theory]
    [InlineData(
        "typedef unsigned uw32;\n#define CAT(a, b) a##b\nCAT(uw, 32) get(void);\n",
        "typedef unsigned p_uw32;\n#define P_CAT(a, b) a##b\nP_CAT(p_uw, 32) p_get(void);\n")]
    [InlineData(
        "#define LIB__A 1\n#define LIB__B 2\nenum {\n#define XX(c) LIB_##c = LIB__##c,\nXX(A) XX(B)\n#undef XX\n};\n",
        "#define P_LIB__A 1\n#define P_LIB__B 2\nenum {\n#define P_XX(c) P_LIB_##c = P_LIB__##c,\nP_XX(A) P_XX(B)\n#undef P_XX\n};\n")]
    [InlineData(
        "#define LIST(X) X(red) X(blue)\n#define X(n) tone_##n,\nenum tone { LIST(X) };\nenum tone first(void);\nstatic inline int is_red(enum tone t) { return t == tone_red; }\n",
        "#define P_LIST(X) X(red) X(blue)\n#define P_X(n) p_tone_##n,\nenum p_tone { P_LIST(P_X) };\nenum p_tone p_first(void);\nstatic inline int p_is_red(enum p_tone t) { return t == p_tone_red; }\n")]
    [InlineData( // A parameter comes first, and the words that it stands for are names besides: the prefix is joined in front of it.
        "#define KIND(n) struct n##_kind { int n; }\nKIND(alpha);\nKIND(beta);\nextern struct alpha_kind a;\nvoid use(struct beta_kind *b);\n",
        "#define P_KIND(n) struct p_##n##_kind { int n; }\nP_KIND(alpha);\nP_KIND(beta);\nextern struct p_alpha_kind p_a;\nvoid p_use(struct p_beta_kind *b);\n")]
    [InlineData( // Once for each width, as the macro is defined at that place.
        "#define SUFFIX(a) GLUE(a, WIDTH)\n#define GLUE(a, b) JOIN(a, b)\n#define JOIN(a, b) a##b\n#define TYPES typedef unsigned SUFFIX(unit);\n#define WIDTH 8\nTYPES\n#undef WIDTH\n#define WIDTH 16\nTYPES\n#define unit SUFFIX(unit)\nunit next(unit8 *from);\n",
        "#define P_SUFFIX(a) P_GLUE(a, P_WIDTH)\n#define P_GLUE(a, b) P_JOIN(a, b)\n#define P_JOIN(a, b) a##b\n#define P_TYPES typedef unsigned P_SUFFIX(p_unit);\n#define P_WIDTH 8\nP_TYPES\n#undef P_WIDTH\n#define P_WIDTH 16\nP_TYPES\n#define p_unit P_SUFFIX(p_unit)\np_unit p_next(p_unit8 *from);\n")]
    public void What_is_joined_to_a_name(string header, string rewritten) => Becomes(header, rewritten);

    /// <summary>Functions that ## makes, and what calls them.</summary>
    [Theory]
    [InlineData(
        "typedef struct item { struct item *next; } item;\n#define DECLARE(T) static inline int list_##T##_len(T *p) { return p ? 1 + list_##T##_len(p->next) : 0; }\nDECLARE(item)\nstatic inline int twice(item *p) { return 2 * list_item_len(p); }\n",
        "typedef struct p_item { struct p_item *next; } p_item;\n#define P_DECLARE(T) static inline int list_##T##_len(T *p) { return p ? 1 + list_##T##_len(p->next) : 0; }\nP_DECLARE(p_item)\nstatic inline int p_twice(p_item *p) { return 2 * list_p_item_len(p); }\n")]
    [InlineData(
        "#define API(n) int lib_##n(void)\nAPI(open);\nAPI(close);\n#define both() (lib_open() + lib_close())\n",
        "#define P_API(n) int p_lib_##n(void)\nP_API(open);\nP_API(close);\n#define p_both() (p_lib_open() + p_lib_close())\n")]
    [InlineData(
        "#define GETTER(type, name) static inline type get_##name(void) { return (type)0; }\nGETTER(int, size)\nGETTER(long, place)\nstatic inline long sum(void) { return get_size() + get_place(); }\n",
        "#define P_GETTER(type, name) static inline type p_get_##name(void) { return (type)0; }\nP_GETTER(int, size)\nP_GETTER(long, place)\nstatic inline long p_sum(void) { return p_get_size() + p_get_place(); }\n")]
    [InlineData(
        "#define CHECKED(f) int f##_checked(int); int f##_plain(int)\nCHECKED(mul);\n#define mul(x) (mul_checked(x) + mul_plain(x))\n",
        "#define P_CHECKED(f) int f##_checked(int); int f##_plain(int)\nP_CHECKED(p_mul);\n#define p_mul(x) (p_mul_checked(x) + p_mul_plain(x))\n")]
    public void What_functions_are_joined_of(string header, string rewritten) => Becomes(header, rewritten);

    [Fact]
    public void A_name_stays_when_no_spelling_of_its_parts_fits()
    {
        using var rewrite = new ProvenRewrite(new Dictionary<string, string>
        {
            ["a.h"] = "#define ERR(n) ERR_##n\nenum { ERR(ONE), ERR(two) };\n#define code ERR(ONE)\n#define other ERR_two\n",
        });
        Assert.Equal("#define P_ERR(n) ERR_##n\nenum { P_ERR(ONE), P_ERR(two) };\n#define p_code P_ERR(ONE)\n#define p_other ERR_two\n", rewrite["a.h"]);
        Assert.Equal(["ERR_ONE", "ERR_two"], rewrite.Plan.Diagnostics.Where(d => d.Code == HeaderCodes.JoinedStays).Select(d => d.Message.Split('"')[1]).Order());
        Assert.Empty(rewrite.Prove());
    }

    /// <summary>Macros that headers of others read.</summary>
    [Theory]
    [InlineData("#define _GNU_SOURCE 1\n#include <string.h>\nstatic inline char *end(char *s) { return strchrnul(s, 0); }\n", "#define _GNU_SOURCE 1\n#include <string.h>\nstatic inline char *p_end(char *s) { return strchrnul(s, 0); }\n")]
    [InlineData("#define NDEBUG\n#include <assert.h>\nstatic inline int f(int n) { assert(n); return n; }\n", "#define NDEBUG\n#include <assert.h>\nstatic inline int p_f(int n) { assert(n); return n; }\n")]
    [InlineData("#ifndef SIGWINCH\n#define SIGWINCH 28\n#endif\n#include <signal.h>\n#ifndef SIGKILL\n#define SIGKILL 9\n#endif\nint resized(void);\n", "#ifndef SIGWINCH\n#define SIGWINCH 28\n#endif\n#include <signal.h>\n#ifndef SIGKILL\n#define SIGKILL 9\n#endif\nint p_resized(void);\n")]
    [InlineData( // The compiler's own header asks for the one, and for the other's guard.
        "#define __need_size_t\n#define other_size 1\n#include <stddef.h>\nsize_t length(void);\n",
        "#define __need_size_t\n#define p_other_size 1\n#include <stddef.h>\nsize_t p_length(void);\n")]
    [InlineData(
        "#ifndef _ANSI_STDDEF_H\n#define _ANSI_STDDEF_H\ntypedef unsigned long own_size;\n#include <stddef.h>\nown_size length(void);\n#endif\n",
        "#ifndef _ANSI_STDDEF_H\n#define _ANSI_STDDEF_H\ntypedef unsigned long p_own_size;\n#include <stddef.h>\np_own_size p_length(void);\n#endif\n")]
    [InlineData( // C++ has no macro there, but the keyword.
        "#ifndef __cplusplus\n#define __restrict restrict\n#endif\nvoid move(char *__restrict to);\n", "#ifndef __cplusplus\n#define __restrict restrict\n#endif\nvoid p_move(char *__restrict to);\n")]
    [InlineData( // A type of C++.
        "#ifndef __cplusplus\ntypedef unsigned short char16_t;\n#endif\nint width(char16_t c);\n", "#ifndef __cplusplus\ntypedef unsigned short char16_t;\n#endif\nint p_width(char16_t c);\n")]
    [InlineData("#include <stdio.h>\nstruct _IO_marker { int n; };\nstruct own { struct _IO_marker m; };\n", "#include <stdio.h>\nstruct _IO_marker { int n; };\nstruct p_own { struct _IO_marker m; };\n")]
    [InlineData("#include <stdlib.h>\n#undef alloca\n#define alloca(n) __builtin_alloca(n)\nint used(void);\n", "#include <stdlib.h>\n#undef alloca\n#define alloca(n) __builtin_alloca(n)\nint p_used(void);\n")]
    public void What_others_read(string header, string rewritten) => Becomes(header, rewritten);

    /// <summary>A guard that another header tests, and a text that is there twice.</summary>
    [Fact]
    public void Guards_keep_headers_in_their_order_and_copies_out()
    {
        const string Same = "#ifndef C_H\n#define C_H\nstruct c { int c; };\n#endif\n";
        using var rewrite = new ProvenRewrite(new Dictionary<string, string>
        {
            ["a.h"] = "#ifndef A_H\n#define A_H\nint a(void);\n#endif\n",
            ["b.h"] = "#ifndef A_H\n#error include a.h before\n#endif\nint b(void);\n",
            ["c.h"] = Same,
            ["copy.h"] = Same,
        });
        Assert.Equal("#ifndef P_A_H\n#error include a.h before\n#endif\nint p_b(void);\n", rewrite["b.h"]);
        Assert.Equal("#ifndef P_C_H\n#define P_C_H\nstruct p_c { int c; };\n#endif\n", rewrite["c.h"]);
        Assert.Equal(rewrite["c.h"], rewrite["copy.h"]);
        Assert.Empty(rewrite.Prove());
    }

    /// <summary>A name in parentheses, a tag behind an attribute macro, a list that a macro is handed to.</summary>
    [Theory]
    [InlineData("typedef int number;\nextern number (f)(int);\nint g(number (*h)(int));\n", "typedef int p_number;\nextern p_number (p_f)(int);\nint p_g(p_number (*h)(int));\n")]
    [InlineData("#define API(t) t\nAPI(int) (unlock)(void);\nAPI(int) (shut)(int how);\n", "#define P_API(t) t\nP_API(int) (p_unlock)(void);\nP_API(int) (p_shut)(int how);\n")]
    [InlineData("#define ALIGNED(n) __attribute__((aligned(n)))\nstruct ALIGNED(16) vec { int x; };\nstruct vec *first(void);\n", "#define P_ALIGNED(n) __attribute__((aligned(n)))\nstruct P_ALIGNED(16) p_vec { int x; };\nstruct p_vec *p_first(void);\n")]
    [InlineData("#define PACKED __attribute__((packed))\nunion PACKED both { int i; char c; };\nint of(union both *b);\n", "#define P_PACKED __attribute__((packed))\nunion P_PACKED p_both { int i; char c; };\nint p_of(union p_both *b);\n")]
    [InlineData("typedef int flag;\n#define IGNORE\nstruct ops {\nIGNORE\n  flag (*is)(int);\n};\n", "typedef int p_flag;\n#define P_IGNORE\nstruct p_ops {\nP_IGNORE\n  p_flag (*is)(int);\n};\n")]
    [InlineData("#define PURE __attribute__((pure))\ntypedef unsigned long size;\nint f(size n) PURE;\nint g(size) PURE;\nint h(size a, size b) PURE;\nenum kind { ONE };\nint last(void);\nstatic inline int z(void)\n{ return ONE; }\n", "#define P_PURE __attribute__((pure))\ntypedef unsigned long p_size;\nint p_f(p_size n) P_PURE;\nint p_g(p_size) P_PURE;\nint p_h(p_size a, p_size b) P_PURE;\nenum p_kind { P_ONE };\nint p_last(void);\nstatic inline int p_z(void)\n{ return P_ONE; }\n")]
    [InlineData("#define HAVE_x 2\n#define WITH(x) HAVE_ ## x\n#if WITH(x) > 1 && defined HAVE_x\nint more;\n#endif\n", "#define p_HAVE_x 2\n#define P_WITH(x) p_HAVE_ ## x\n#if P_WITH(x) > 1 && defined p_HAVE_x\nint p_more;\n#endif\n")]
    [InlineData("#define apply\\\n(f, a) f(a)\nint call(int a);\nstatic inline int g(int a) { return apply(call, a); }\n", "#define p_apply\\\n(f, a) f(a)\nint p_call(int a);\nstatic inline int p_g(int a) { return p_apply(p_call, a); }\n")]
    [InlineData("struct record { int n; };\n#define entry record\nstruct entry *next(struct entry *e);\n", "struct p_record { int n; };\n#define p_entry p_record\nstruct p_entry *p_next(struct p_entry *e);\n")]
    [InlineData("#define COLOURS(X) X(BLUE)\n#define BODY(c) c,\nenum colour { COLOURS(BODY) };\n", "#define P_COLOURS(X) X(P_BLUE)\n#define P_BODY(c) c,\nenum p_colour { P_COLOURS(P_BODY) };\n")]
    [InlineData("#define min(a, b) ((a) < (b) ? (a) : (b))\n#pragma push_macro(\"min\")\n#undef min\nint min(int, int);\n#pragma pop_macro(\"min\")\n", "#define p_min(a, b) ((a) < (b) ? (a) : (b))\n#pragma push_macro(\"p_min\")\n#undef p_min\nint p_min(int, int);\n#pragma pop_macro(\"p_min\")\n")]
    public void What_the_parser_has_to_see(string header, string rewritten) => Becomes(header, rewritten);

    /// <summary>Names that ## makes for certain calls keep others, too.</summary>
    [Theory]
    [InlineData( // What stands before a parameter is there in all calls: B stays since A has to.
        "#define FREE(name) void name##_free(name *a);\n#define BOTH(name) FREE(name) int from_##name(const name *a);\ntypedef struct a { int x; } A;\ntypedef struct b { int x; } B;\nBOTH(A)\nFREE(B)\n",
        "#define P_FREE(name) void p_##name##_free(name *a);\n#define P_BOTH(name) P_FREE(name) int p_from_##name(const name *a);\ntypedef struct p_a { int x; } A;\ntypedef struct p_b { int x; } B;\nP_BOTH(A)\nP_FREE(B)\n")]
    [InlineData( // A macro that nobody can call: it hands too few arguments on.
        "#define FROM(type, item, name) int from_##name(type *a);\n#define FROM_CONST(type, name) FROM(type, name)\ntypedef struct a { int x; } A;\nFROM(A, A, A)\n",
        "#define P_FROM(type, item, name) int p_from_##name(type *a);\n#define P_FROM_CONST(type, name) P_FROM(type, name)\ntypedef struct p_a { int x; } p_A;\nP_FROM(p_A, p_A, A)\n")]
    public void What_others_are_joined_of(string header, string rewritten) => Becomes(header, rewritten);

    [Fact]
    public void A_macro_that_a_header_has_only_where_another_one_includes_it()
    {
        using var rewrite = new ProvenRewrite(new Dictionary<string, string>
        {
            ["all.h"] = "#define ALL\n#include \"part.h\"\n",
            ["part.h"] = "#ifdef ALL\n#define SPACE all_\n#define CAT(a, b) a##b\n#define NAME(a, b) CAT(a, b)\n#define version NAME(SPACE, version)\n#endif\nint version(void);\n",
        });
        Assert.Equal("#ifdef P_ALL\n#define P_SPACE p_all_\n#define P_CAT(a, b) a##b\n#define P_NAME(a, b) P_CAT(a, b)\n#define p_version P_NAME(P_SPACE, version)\n#endif\nint p_version(void);\n", rewrite["part.h"]);
        Assert.Empty(rewrite.Prove().Select(finding => finding.ToString()));
    }

    /// <summary>Headers in C that C++ reads as well, in ways of their own.</summary>
    [Theory]
    [InlineData("#if defined(__cplusplus) || defined(c_plusplus)\nextern \"C\" {\n#endif\nint f(void);\n#if defined(__cplusplus) || defined(c_plusplus)\n}\n#endif\n", "#if defined(__cplusplus) || defined(c_plusplus)\nextern \"C\" {\n#endif\nint p_f(void);\n#if defined(__cplusplus) || defined(c_plusplus)\n}\n#endif\n")]
    [InlineData("#ifdef __cplusplus\n#define CPP(x) x\n#else\n#define CPP(x)\n#endif\nCPP(extern \"C\" {)\nint f(int n CPP(= 0));\nCPP(})\n", "#ifdef __cplusplus\n#define P_CPP(x) x\n#else\n#define P_CPP(x)\n#endif\nP_CPP(extern \"C\" {)\nint p_f(int n P_CPP(= 0));\nP_CPP(})\n")]
    public void What_is_no_cplusplus(string header, string rewritten) => Becomes(header, rewritten);

    [Fact]
    public void A_header_in_cplusplus_that_includes_one_in_c_adds_no_names_to_that()
    {
        const string InC = "#ifdef __cplusplus\n#include <cstdio>\n#include <iosfwd>\nusing std::FILE;\n#define NOTHROW noexcept\nextern \"C\" {\n#else\n#include <stdio.h>\n#define NOTHROW\n#endif\n"
            + "typedef struct part *part_ref;\n#define fits __fits\nint fits(part_ref) NOTHROW __attribute__((pure));\nint out(FILE *f) NOTHROW;\n#ifdef __cplusplus\n}\nstd::ostream &operator<<(std::ostream &, part_ref);\n#endif\n";
        const string InCplusplus = "#include \"part.h\"\nnamespace lib {\nstruct Part {\n  int v;\n  Part() : v(fits(0)) { v = fits(0); }\n  bool is() const noexcept { return v == fits(0) + out(nullptr); }\n};\n}\n";
        using var rewrite = new ProvenRewrite(new Dictionary<string, string> { ["part.h"] = InC, ["parts.h"] = InCplusplus });
        Assert.Equal(
            InC.Replace("NOTHROW", "P_NOTHROW", StringComparison.Ordinal).Replace("part_ref", "p_part_ref", StringComparison.Ordinal).Replace("struct part", "struct p_part", StringComparison.Ordinal)
                .Replace(" out(", " p_out(", StringComparison.Ordinal).Replace("define fits __fits", "define p_fits p___fits", StringComparison.Ordinal).Replace("int fits", "int p_fits", StringComparison.Ordinal),
            rewrite["part.h"]);
        Assert.Equal(InCplusplus.Replace("fits(", "p_fits(", StringComparison.Ordinal).Replace(" out(", " p_out(", StringComparison.Ordinal), rewrite["parts.h"]);
        Assert.Empty(rewrite.Prove().Select(finding => finding.ToString()));
    }

    [Fact]
    public void A_header_in_cplusplus_keeps_its_names_and_follows_those_of_the_set()
    {
        using var rewrite = new ProvenRewrite(new Dictionary<string, string>
        {
            ["part.h"] = "#ifdef __cplusplus\nextern \"C\" {\n#endif\nstruct part { int n; };\nint part_open(struct part *p);\n#ifdef __cplusplus\n}\n#endif\n",
            ["parts.h"] = "#include <vector>\n#include \"part.h\"\n#define PARTS_MAX 3\nnamespace lib {\nclass Parts {\n public:\n  Parts(part *first) : part_(first) {}\n  int open() { return ::part_open(part_) + PARTS_MAX; }\n private:\n  struct part *part_;\n  std::vector<int> sizes;\n};\n}\n",
        });
        Assert.Equal(
            "#include <vector>\n#include \"part.h\"\n#define P_PARTS_MAX 3\nnamespace lib {\nclass Parts {\n public:\n  Parts(part *first) : part_(first) {}\n  int open() { return ::p_part_open(part_) + P_PARTS_MAX; }\n private:\n  struct p_part *part_;\n  std::vector<int> sizes;\n};\n}\n"
                .Replace("(part *", "(p_part *", StringComparison.Ordinal),
            rewrite["parts.h"]);
        Assert.Empty(rewrite.Prove());
    }

    /// <summary>Headers that no preprocessor takes are written all the same, with what their text has.</summary>
    [Theory]
    [InlineData("#include <windows.h>\nint w(HANDLE);\n", "#include <windows.h>\nint p_w(HANDLE);\n")]
    [InlineData("#error not for you\nint e(void);\n", "#error not for you\nint p_e(void);\n")]
    [InlineData("#if VERSION(2) > 1\nint v(void);\n#endif\n", "#if VERSION(2) > 1\nint p_v(void);\n#endif\n")]
    [InlineData("#include LIB_CONFIG\nint c(void);\n", "#include LIB_CONFIG\nint p_c(void);\n")]
    public void A_header_that_cannot_be_read_keeps_none_back(string header, string rewritten)
    {
        using var rewrite = new ProvenRewrite(new Dictionary<string, string> { ["bad.h"] = header, ["good.h"] = "int good(void);\n" });
        Assert.Equal(rewritten, rewrite["bad.h"]);
        Assert.Equal("int p_good(void);\n", rewrite["good.h"]);
        Assert.NotNull(rewrite.Census.Headers[0].Refusal);
        Assert.Empty(rewrite.Prove());
    }

    private static void Becomes(string header, string rewritten)
    {
        using var rewrite = new ProvenRewrite(new Dictionary<string, string> { ["a.h"] = header });
        Assert.Equal(rewritten, rewrite["a.h"]);
        Assert.Empty(rewrite.Prove().Select(finding => finding.ToString()));
    }
}
