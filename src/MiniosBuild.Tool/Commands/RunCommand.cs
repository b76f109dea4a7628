using System.CommandLine;
using MiniosBuild.Toolchain.Caching;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Running;

namespace MiniosBuild.Tool.Commands;

/// <summary><c>minios run</c>: boots a guest and ends with its exit code.</summary>
internal sealed class RunCommand : Command, IDocumentsExitCodes
{
    /// <summary>In seconds, a little below what a timer of the framework can wait for.</summary>
    private const int LongestTimeout = 2_000_000;

    private readonly Argument<string> _image = new("image")
    {
        Description = "The guest: the ELF image that a build leaves, or that image packed with gzip.",
    };

    private readonly Argument<string[]> _arguments = new("arguments")
    {
        Description = "The guest's own arguments, after --.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _mode = new("--mode")
    {
        Description = "dom0: the guest is the initial domain, alone with the hypervisor. domU: it is a domain beside a Linux dom0 with Xen's toolstack, xenstore and back ends, as upstream's guests need. Dom0 is prepared once, from Debian packages, and restored for each run.",
        HelpName = "dom0|domU",
        DefaultValueFactory = _ => "dom0",
    };

    private readonly Option<int?> _memory = new("--memory")
    {
        Description = "The guest's memory in MiB, at least 8. Without it: that of its xl configuration, or 64.",
        HelpName = "MiB",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A domU's xl configuration: devices and more; name, image and what happens at the end are the run's own. Without it: IMAGE.cfg, if there is one.",
        HelpName = "file",
    };

    private readonly Option<string?> _cache = new("--cache")
    {
        Description = "The folder that keeps what is made once: the unpacked hypervisor, dom0. Without it: minios-build in XDG_CACHE_HOME or ~/.cache.",
        HelpName = "folder",
    };

    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "Stop the guest after this many seconds; 0: let it run for as long as it likes.",
        HelpName = "seconds",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<string?> _xen = new("--xen")
    {
        Description = "The hypervisor. Without it: the newest /boot/xen*.gz.",
        HelpName = "file",
    };

    private readonly Option<string?> _qemu = new("--qemu")
    {
        Description = $"The emulator, a name or a path. Without it: {Architecture.Default.Emulator}.",
        HelpName = "program",
    };

    private readonly Option<string> _accel = new("--accel")
    {
        Description = "QEMU's accelerator: tcg works everywhere, kvm is faster and needs /dev/kvm.",
        HelpName = "name",
        DefaultValueFactory = _ => "tcg",
    };

    private readonly Option<bool> _verbose = new("--verbose")
    {
        Description = "Show what the hypervisor, and dom0's kernel, say while they start.",
    };

    public RunCommand()
        : base("run", "Boots a guest under Xen in QEMU. Standard input is the guest's console input. What the guest prints goes to standard output, what the hypervisor says about it to standard error.")
    {
        _memory.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out int value) && value < 8)
            {
                result.AddError($"--memory is {value}; expected at least 8 (MiB).");
            }
        });
        _timeout.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && double.TryParse(result.Tokens[0].Value, out double value) && !(value >= 0 && value <= LongestTimeout))
            {
                result.AddError($"--timeout is {result.Tokens[0].Value}; expected 0 (none) or a number of seconds up to {LongestTimeout}.");
            }
        });
        Add(_image);
        Add(_arguments);
        Add(_mode);
        Add(_config);
        Add(_cache);
        Add(_memory);
        Add(_timeout);
        Add(_xen);
        Add(_qemu);
        Add(_accel);
        Add(_verbose);
        SetAction(Run);
    }

    public IReadOnlyList<(string Code, string Meaning)> ExitCodes =>
    [
        ("0-127", "the guest's own; a domU that gives none ends with 0 after a poweroff or reboot; with these exceptions:"),
        ($"{GuestResult.TimedOut}", "the guest was stopped after --timeout seconds"),
        ($"{GuestResult.NotStarted}", "the guest could not be started, or the command line is wrong"),
        ($"{GuestResult.EndedWithoutCode}", "the guest crashed, or ended without an exit code"),
        ($"{GuestResult.Interrupted}", "the run was interrupted"),
    ];

    private int Run(ParseResult parsed)
    {
        try
        {
            return Run(new GuestRun(Path.GetFullPath(parsed.GetRequiredValue(_image)))
            {
                Mode = RunModes.Parse(parsed.GetRequiredValue(_mode), "--mode"),
                Configuration = PathOf(parsed.GetValue(_config)),
                HostFolder = Environment.CurrentDirectory,
                Arguments = parsed.GetValue(_arguments) ?? [],
                Memory = parsed.GetValue(_memory),
                Timeout = parsed.GetValue(_timeout) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
                Hypervisor = PathOf(parsed.GetValue(_xen)),
                Emulator = parsed.GetValue(_qemu),
                Accelerator = parsed.GetRequiredValue(_accel),
                Input = Console.OpenStandardInput(),
                Verbose = parsed.GetValue(_verbose),
            }, PathOf(parsed.GetValue(_cache)) ?? UserCache.Folder(Environment.GetEnvironmentVariable("XDG_CACHE_HOME")));
        }
        catch (DiagnosticException e)
        {
            Console.Error.WriteLine(e.Diagnostic);
            return GuestResult.NotStarted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder for temporary files is full or cannot be written, most likely.
            Console.Error.WriteLine(Diagnostic.Error(ToolchainCodes.FileAccess, e.Message));
            return GuestResult.NotStarted;
        }
        catch (OperationCanceledException)
        {
            return GuestResult.Interrupted;
        }
    }

    private static int Run(GuestRun run, string? cacheFolder)
    {
        var locator = new ToolLocator(Environment.GetEnvironmentVariable("PATH") ?? "", null, null, Environment.CurrentDirectory);
        using var interruption = new Interruption();
        var result = new GuestRunner(locator, cacheFolder, Console.Error.WriteLine).Run(run, Console.Out, Console.Error, interruption.Token);
        if (result.Problem is { } problem)
        {
            Console.Error.WriteLine(problem);
        }

        return result.ExitCode;
    }

    private static string? PathOf(string? path) => path is null ? null : Path.GetFullPath(path);
}
