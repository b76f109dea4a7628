using MiniosBuild.CSource.Census;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class HeaderWordTests
{
    [Theory]
    [InlineData("struct s { int member; };", "member:1:16:Plain s:1:8:Plain")]
    [InlineData("int f (void);\nint g(void);", "f:1:5:Plain, Called g:2:5:Plain, Called")]
    [InlineData("/* a */ // b\n\"c\" 'd' 0xe 1f", "")]
    [InlineData("#define m(p) p + body\n#undef m", "m:2:8:Undefined")]
    [InlineData("#define m \\\n body\nint x;", "x:3:5:Plain")]
    [InlineData("#ifdef A\n#elif B > defined C\n#endif", "A:1:8:Tested B:2:7:Tested, Evaluated C:2:19:Tested")]
    [InlineData("#if defined(A) && B\n#endif\nint A;", "A:3:5:Plain, Tested B:1:19:Tested, Evaluated")]
    [InlineData("#if __has_include(<stdio.h>)\n#include <stdio.h>\n#endif", "")]
    [InlineData("#ifdef __cplusplus\nclass c;\n#else\nint d;\n#endif", "__cplusplus:1:8:Tested d:4:5:Plain")]
    [InlineData("#ifndef __cplusplus\nint d;\n#else\nclass c;\n#endif", "__cplusplus:1:9:Tested d:2:5:Plain")]
    [InlineData("#if defined(__cplusplus)\nclass c;\n#endif\n#if __cplusplus >= 201103L\nclass c;\n#endif", "__cplusplus:1:13:Tested, Evaluated")]
    [InlineData("#if !defined __INSIDE_MINIOS__\nint a;\n#else\nint b;\n#endif", "__INSIDE_MINIOS__:1:14:Tested a:2:5:Plain")]
    [InlineData("#if !defined(__cplusplus) || X\nint a;\n#else\nint b;\n#endif", "X:1:30:Tested, Evaluated __cplusplus:1:14:Tested a:2:5:Plain")]
    [InlineData("#if defined __cplusplus && (X || Y)\nclass c;\n#else\nint b;\n#endif", "X:1:29:Tested, Evaluated Y:1:34:Tested, Evaluated __cplusplus:1:13:Tested b:4:5:Plain")]
    [InlineData("#if X || defined __cplusplus\nint a;\n#else\nint b;\n#endif", "X:1:5:Tested, Evaluated __cplusplus:1:18:Tested a:2:5:Plain b:4:5:Plain")]
    [InlineData("#ifdef __cplusplus\n#ifdef A\nclass c;\n#endif\n#endif\nint d;", "A:2:8:Tested __cplusplus:1:8:Tested d:6:5:Plain")]
    [InlineData("#endif\n#else\n#elif\nint a;", "a:4:5:Plain")]
    public void The_words_that_a_macro_would_change(string text, string expected) => Assert.Equal(
        expected, string.Join(' ', HeaderWords.Of(text).Select(word => $"{word.Text}:{word.Line}:{word.Column}:{word.Uses}")));
}
