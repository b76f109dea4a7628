using System.Text;
using MiniosBuild.Renaming.Headers;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class QueueHeaderTests
{
    [Theory]
    [InlineData("#define A 1\nA B AA", "#define MINIOS_A 1\nMINIOS_A B AA")]
    [InlineData("#ifndef _Q_H_\n# /**/ define\t_Q_H_\n#endif /* _Q_H_ */", "#ifndef MINIOS__Q_H_\n# /**/ define\tMINIOS__Q_H_\n#endif /* _Q_H_ */")]
    [InlineData("#ifdef DEBUG\n#define A(x)\n#undef A\n#endif", "#ifdef DEBUG\n#define MINIOS_A(x)\n#undef MINIOS_A\n#endif")]
    [InlineData("B(x)\n#define \\\n  B(x) x // B\n\"B\"", "MINIOS_B(x)\n#define \\\n  MINIOS_B(x) x // B\n\"B\"")]
    [InlineData("#define E(type) struct { struct type *n; struct\ttype **p; }", "#define MINIOS_E(type) struct {  type *n; \ttype **p; }")]
    [InlineData("struct types *a; struct type_ *b; struct name *c; structtype; struct", "struct types *a; struct type_ *b; struct name *c; structtype; struct")]
    [InlineData("/* struct type A */\n#define A \"struct type\"", "/* struct type A */\n#define MINIOS_A \"struct type\"")]
    [InlineData("#include <sys/cdefs.h>\n#include <sys/types.h>\n__offsetof(struct type, f)", "#include <stddef.h>\n#include <sys/types.h>\noffsetof( type, f)")]
    [InlineData("/* #define A */ A \"#define A\" x #define A\n", "/* #define A */ A \"#define A\" x #define A\n")]
    public void Defined_names_get_the_prefix_and_types_replace_tags(string source, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(QueueHeader.Prefix(Encoding.UTF8.GetBytes(source), "MINIOS_")));

    [Fact]
    public void Bytes_of_any_encoding_survive()
    {
        byte[] source = [.. "// "u8, 0xF6, .. "\r\n#define A\r\n"u8];

        Assert.Equal([.. source[..^3], .. "MINIOS_A\r\n"u8], QueueHeader.Prefix(source, "MINIOS_"));
    }
}
