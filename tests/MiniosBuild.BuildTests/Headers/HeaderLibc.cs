namespace MiniosBuild.BuildTests.Headers;

/// <summary>A C library whose headers a program includes beside Mini-OS's.</summary>
/// <param name="Name">stub, none, musl or host.</param>
internal sealed record HeaderLibc(string Name)
{
    private static readonly string[] Common =
        ["assert.h", "ctype.h", "errno.h", "inttypes.h", "limits.h", "stdio.h", "stdlib.h", "string.h", "strings.h", "sys/time.h", "sys/types.h", "time.h"];

    // Those of POSIX and of Unix that have names like a kernel's.
    private static readonly string[] Unix =
    [
        "err.h", "fcntl.h", "net/if.h", "pthread.h", "sched.h", "search.h", "semaphore.h", "signal.h", "sys/ioctl.h", "sys/mman.h", "sys/param.h",
        "sys/ptrace.h", "sys/select.h", "sys/socket.h", "sys/stat.h", "sys/user.h", "sys/wait.h", "ucontext.h", "unistd.h",
    ];

    /// <summary>Headers that have nothing to do with Mini-OS and that a program may include before or after.</summary>
    public IReadOnlyList<string> Headers => Name switch
    {
        "none" => ["stdarg.h", "stdbool.h", "stddef.h", "stdint.h"],
        "stub" => Common,
        _ => [.. Common, .. Unix],
    };

    /// <summary>What makes a compiler find them.</summary>
    public IReadOnlyList<string> Options(string include, string compilerFolder) => Name switch
    {
        "none" => ["-ffreestanding", "-nostdinc", "-isystem", compilerFolder],
        "stub" => ["-ffreestanding", "-nostdinc", "-isystem", compilerFolder, "-I" + Path.Combine(include, "minios-libc")],
        "musl" => ["-nostdinc", "-isystem", "/usr/include/x86_64-linux-musl", "-isystem", compilerFolder],
        _ => [], // The machine's own, as the compiler finds it.
    };
}
