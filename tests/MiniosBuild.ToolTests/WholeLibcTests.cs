using MiniosBuild.TestUtilities;

namespace MiniosBuild.ToolTests;

/// <summary>A real libc (musl) under a namespace of its own: its archive, all of its headers, and a program that moves to the new names.</summary>
public sealed class WholeLibcTests : IDisposable
{
    private const string Include = "/usr/include/x86_64-linux-musl", Lib = "/usr/lib/x86_64-linux-musl";

    private const string Program = """
        #include <errno.h>
        #include <pthread.h>
        #include <stdint.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/socket.h>
        #include <sys/stat.h>

        int main(void)
        {
        	struct sockaddr address;
        	struct stat stat_of;
        	uint32_t most = UINT32_MAX;
        	pthread_t self = pthread_self();

        	memset(&address, 0, sizeof(address));
        	address.sa_family = AF_UNIX;
        	printf("%d %s %lx %d\n", address.sa_family, strerror(EINTR), (unsigned long)most, self == pthread_self());
        	return stat("/", &stat_of) || !S_ISDIR(stat_of.st_mode);
        }

        """;

    private readonly SmallLibrary _work = new();
    private readonly string _own = RealTool.Run("gcc", "-print-file-name=include").Trim();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_program_moves_to_a_libc_in_a_namespace_and_runs()
    {
        // Elf32_ and Elf64_ are pasted together.
        _work.Write("policy.json", """
            { "name": "musl", "publicPrefix": "musl_", "internalPrefix": "_musl_", "keep": ["_start"],
              "headers": { "kinds": ["macro", "function", "variable", "typedef", "tag", "enumerator"], "keep": ["Elf*"] } }
            """);
        string[] parts = [.. new[] { "libc.a", "crt1.o", "crti.o", "crtn.o" }.Select(file => $"c={Lib}/{file}")];
        string[] options = [.. new[] { "-nostdinc", "-isystem", _own, "-idirafter", "/usr/include", "-idirafter", "/usr/include/x86_64-linux-gnu" }.SelectMany(option => new[] { "--cc-option", option })];
        _work.Run(["plan", .. parts, "--policy", "policy.json", "--headers", Include, .. options, "-o", "plan.json"]).MustEndWith(0);
        _work.Run(["apply", .. parts, "--plan", "plan.json", "-o", "set/lib/"]).MustEndWith(0);
        _work.Run(["headers", Include, "--policy", "policy.json", "--plan", "plan.json", .. options, "--rewrite", "set"]).MustEndWith(0);

        string source = _work.Write("src/program.c", Program), old = _work.Write("old.c", Program);
        _work.Run("migrate", "--set", "set", "src", "--write").MustEndWith(0);
        string moved = File.ReadAllText(source);
        foreach (string name in new[] { "struct musl_sockaddr address", "= MUSL_AF_UNIX;", "musl_printf(", "musl_strerror(EINTR)", "musl_stat(\"/\", &stat_of)", "address.sa_family" })
        {
            Assert.Contains(name, moved);
        }

        Assert.Equal("1 Interrupted system call ffffffff 1\n", Run(source));
        Assert.Equal("1 Interrupted system call ffffffff 1\n", Run(old, "-include", "mini-os/compat.h"));
        RequireSameHeaders();
    }

    private string Run(string source, params string[] options)
    {
        string program = Path.Combine(_work.Folder, "program"), lib = Path.Combine(_work.Folder, "set/lib");
        RealTool.Run("gcc", ["-static", "-nostdlib", "-Wall", "-Werror", .. Includes(Path.Combine(_work.Folder, "set/include")), .. options, "-o", program, $"{lib}/crt1.o", $"{lib}/crti.o", source, $"{lib}/libc.a", $"{lib}/crtn.o"]);
        return RealTool.Run(program);
    }

    // Each header that compiles alone does so with its new names.
    private void RequireSameHeaders()
    {
        string[] headers = [.. Directory.GetFiles(Include, "*.h", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Include, path)).Order(StringComparer.Ordinal)];
        int compiled = 0;
        Parallel.ForEach(headers, new ParallelOptions { MaxDegreeOfParallelism = 2 }, (header, _, number) =>
        {
            string source = _work.Write($"headers/{number}.c", $"#include <{header}>\n");
            try
            {
                RealTool.Run("gcc", ["-fsyntax-only", .. Includes(Include), source]);
            }
            catch (InvalidOperationException)
            {
                return;
            }

            RealTool.Run("gcc", ["-fsyntax-only", .. Includes(Path.Combine(_work.Folder, "set/include")), source]);
            Interlocked.Increment(ref compiled);
        });
        Assert.InRange(compiled, 100, headers.Length);
    }

    private string[] Includes(string headers) => ["-nostdinc", "-isystem", headers, "-isystem", _own];
}
