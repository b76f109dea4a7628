using System.Globalization;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Toolchain.Libc;

/// <summary>How newlib is configured and compiled for guests. Everything that decides the bytes of its archives is here.</summary>
/// <param name="Architecture">What it is built for.</param>
/// <param name="Compiler">Absolute path of the C compiler.</param>
/// <param name="Archiver">Absolute path of ar.</param>
/// <param name="ToolIdentity">What tells the tools from others.</param>
/// <param name="IncludeFolder">Absolute path of the compiler's own headers, the only ones beside newlib's.</param>
/// <param name="CompilerOptions">What this compiler needs for equal bytes from any folder.</param>
/// <param name="Options">The user's options, which come last: optimisation and debug information.</param>
public sealed record NewlibRecipe(
    Architecture Architecture, string Compiler, string Archiver, string ToolIdentity, string IncludeFolder, IReadOnlyList<string> CompilerOptions, IReadOnlyList<string> Options)
{
    // Counted up when the steps change in a way that the options below do not show.
    private const int Version = 1;

    private const string SourceName = "/usr/src/newlib";
    private const string BuildName = "/usr/src/newlib-build";

    // As the tree and the guest are compiled: at fixed addresses, without what a kernel of its own has no support for.
    private static readonly string[] s_guestOptions =
    [
        "-fno-pic", "-fno-pie", "-fno-stack-protector", "-fno-common",
        "-ffunction-sections", "-fno-asynchronous-unwind-tables", Define,

        // newlib would call read, link and others by these names, which ISO C leaves to programs; so it calls _read and _link.
        "-UMISSING_SYSCALL_NAMES", "-D_COMPILING_NEWLIB",

        // Functions of math.h set errno, as newlib's own math_errhandling promises; the default is not to.
        "-D_POSIX_MODE",
    ];

    // System calls, locks and the state of each thread come from the tree's glue. The multibyte support is what towlower
    // and towupper need to link at all in newlib 3.3.0. No --enable-newlib-io-pos-args: its code takes the address of a
    // va_list that is a parameter, which where va_list is an array is the address of a pointer, and the guest faults.
    private static readonly string[] s_configuration =
    [
        "--prefix=/", "--disable-multilib", "--disable-libgloss", "--disable-nls",
        "--disable-newlib-supplied-syscalls", "--enable-newlib-retargetable-locking", "--enable-newlib-global-stdio-streams",
        "--enable-newlib-reent-check-verify", "--enable-newlib-io-long-long", "--enable-newlib-io-long-double",
        "--enable-newlib-io-c99-formats", "--enable-newlib-mb", "--disable-silent-rules", "--disable-dependency-tracking",
    ];

    // None is started but for what the names say; there is no objcopy of the target's own to look for.
    private static readonly string[] s_otherTools = ["as", "ld", "nm", "strip", "objcopy", "objdump", "readelf"];

    /// <summary>What makes newlib's functions ask for the state of the running thread; its users need it too.</summary>
    public const string Define = "-D__DYNAMIC_REENT__";

    /// <summary>Where <c>make install</c> puts the headers and archives, below its destination.</summary>
    public string InstalledFolder => Architecture.NewlibTarget;

    /// <summary>Members of libc.a that stand for one thread only, and in whose place the tree has its own.</summary>
    public static IReadOnlyList<string> SingleThreadMembers { get; } = ["lib_a-getreent.o", "lib_a-lock.o"];

    /// <summary>The targets of make that build newlib and install it.</summary>
    public const string BuildTarget = "all-target-newlib", InstallTarget = "install-target-newlib";

    /// <summary>Tells this recipe, applied to a source, from any other.</summary>
    /// <param name="sourceDigest">See <see cref="NewlibSource.Digest"/>.</param>
    public string FingerprintOf(string sourceDigest) => Fingerprint.OfContent(
        [Version.ToString(CultureInfo.InvariantCulture), sourceDigest, ToolIdentity, Compiler, Archiver, Target, .. s_configuration, .. CompileOptions("", "")]);

    /// <summary>The arguments of <c>configure</c>.</summary>
    /// <param name="sourceFolder">Where newlib is unpacked.</param>
    /// <param name="buildFolder">Where it is built.</param>
    public IReadOnlyList<string> ConfigureArguments(string sourceFolder, string buildFolder) =>
    [
        Target, .. s_configuration, $"CC_FOR_TARGET={Compiler}", $"AR_FOR_TARGET={Archiver}", "RANLIB_FOR_TARGET=ranlib",
        .. s_otherTools.Select(t => $"{t.ToUpperInvariant()}_FOR_TARGET={t}"),
        $"CFLAGS_FOR_TARGET={string.Join(' ', CompileOptions(sourceFolder, buildFolder))}",
    ];

    private string Target => $"--target={Architecture.NewlibTarget}";

    private IEnumerable<string> CompileOptions(string sourceFolder, string buildFolder) =>
    [
        // Not the host's headers: clang would find those of the host's libc behind newlib's.
        .. Architecture.CompilerOptions.Where(o => o != Architecture.GeneralRegistersOnly), .. s_guestOptions, "-nostdinc", $"-isystem{IncludeFolder}", .. CompilerOptions, $"-ffile-prefix-map={buildFolder}={BuildName}", $"-ffile-prefix-map={sourceFolder}={SourceName}", .. Options,
    ];
}
