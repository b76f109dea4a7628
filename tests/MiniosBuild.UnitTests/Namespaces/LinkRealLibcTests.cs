using MiniosBuild.Linking.Forecast;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Small programs with the C libraries of the machine: what ld takes of them is what the forecast says.</summary>
public sealed class LinkRealLibcTests
{
    private const string Musl = "/usr/lib/x86_64-linux-musl";
    private const string Diet = "/usr/lib/x86_64-linux-gnu/diet/lib-x86_64";
    private const string Klibc = "/usr/lib/klibc/lib";
    private const string Glibc = "/usr/lib/x86_64-linux-gnu";

    private static readonly Dictionary<string, string> s_programs = new()
    {
        ["empty"] = "int main(void) { return 0; }",
        ["printf"] = "#include <stdio.h>\nint main(int c, char **v) { return printf(\"%d %s %f\\n\", c, v[0], (double)c); }",
        ["malloc"] = "#include <stdlib.h>\n#include <string.h>\nint main(int c, char **v) { char *p = malloc(c); strcpy(p, v[0]); qsort(p, c, 1, (void *)strcmp); free(p); return 0; }",
        ["own malloc"] = "#include <stdio.h>\nvoid *malloc(unsigned long n) { static char m[99]; return m + n; }\nint main(void) { puts(malloc(3)); return getchar(); }",
        ["missing"] = "int gone(void); int main(void) { return gone() + gone(); }",
    };

    public static TheoryData<string, string> Links
    {
        get
        {
            var links = new TheoryData<string, string>();
            foreach (string libc in (string[])["musl", "diet", "klibc", "glibc"])
            {
                foreach (string program in s_programs.Keys)
                {
                    links.Add(libc, program);
                }
            }

            return links;
        }
    }

    [Theory]
    [MemberData(nameof(Links))]
    public void The_members_are_those_that_ld_takes(string libc, string program)
    {
        using var folder = new TemporaryFolder();
        string source = folder.Write("program.c", s_programs[program]);
        string made = folder.File("program.o");
        RealTool.Run("gcc", ["-c", "-O1", "-fno-builtin", "-fno-pie", "-w", "-o", made, source]);
        List<LinkInput> inputs = Inputs(libc, made);
        LinkForecast forecast = LinkForecast.Make(inputs, new LinkSettings { LinkerNames = BuiltInPolicy.Minios.LinkerNames });
        LinkRealLink real = LinkRealLink.Of(inputs, []);
        Assert.Empty(forecast.Damage);
        Assert.Equal(real.Taken, forecast.Objects.Select(o => o.Member ?? Path.GetFileName(o.File)));
        Assert.Equal(real.Missing, new SortedSet<string>(forecast.Missing.Where(m => !m.IsWeak).Select(m => m.Name)));
        Assert.Equal(real.Duplicates, new SortedSet<string>(forecast.Collisions.Where(c => c.Kind == CollisionKind.Refused).Select(c => c.Name)));
        Assert.Equal(program == "missing", real.Missing.Contains("gone"));
    }

    private static List<LinkInput> Inputs(string libc, string program)
    {
        string[] compiler = [RealTool.Run("gcc", ["-print-libgcc-file-name"]).Trim(), RealTool.Run("gcc", ["-print-file-name=libgcc_eh.a"]).Trim()];
        (string start, string[] archives) = libc switch
        {
            "musl" => ($"{Musl}/crt1.o", new[] { $"{Musl}/libc.a" }),
            "diet" => ($"{Diet}/start.o", [$"{Diet}/libc.a"]),
            "klibc" => ($"{Klibc}/crt0.o", [$"{Klibc}/libc.a"]),
            _ => ($"{Glibc}/crt1.o", [$"{Glibc}/libc.a"]),
        };
        return
        [
            Input(LinkParty.Libc, start, 0), Input(LinkParty.Guest, program, 0),
            .. archives.Select(path => Input(LinkParty.Libc, path, 1)), .. compiler.Select(path => Input(LinkParty.Compiler, path, 1)),
        ];
    }

    private static LinkInput Input(LinkParty party, string path, int group) =>
        new(party, Path.GetFileNameWithoutExtension(path), path, File.ReadAllBytes(path)) { Group = group };
}
