using System.CommandLine;
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

    private readonly Option<int> _memory = new("--memory")
    {
        Description = "The guest's memory in MiB, at least 8.",
        HelpName = "MiB",
        DefaultValueFactory = _ => 64,
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
        Description = "The emulator, a name or a path. Without it: qemu-system-x86_64.",
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
        Description = "Show what the hypervisor says while it starts.",
    };

    public RunCommand()
        : base("run", "Boots a guest under Xen in QEMU, as the initial domain. Standard input is the guest's console input. What the guest prints goes to standard output, what the hypervisor says about it to standard error.")
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
        ("0-127", "the guest's own, with these exceptions:"),
        ($"{GuestResult.TimedOut}", "the guest was stopped after --timeout seconds"),
        ($"{GuestResult.NotStarted}", "the guest could not be started, or the command line is wrong"),
        ($"{GuestResult.EndedWithoutCode}", "the guest crashed, or ended without an exit code"),
        ($"{GuestResult.Interrupted}", "the run was interrupted"),
    ];

    private int Run(ParseResult parsed)
    {
        var run = new GuestRun(Path.GetFullPath(parsed.GetRequiredValue(_image)))
        {
            Arguments = parsed.GetValue(_arguments) ?? [],
            Memory = parsed.GetValue(_memory),
            Timeout = parsed.GetValue(_timeout) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
            Hypervisor = parsed.GetValue(_xen) is { } xen ? Path.GetFullPath(xen) : null,
            Emulator = parsed.GetValue(_qemu),
            Accelerator = parsed.GetRequiredValue(_accel),
            Input = Console.OpenStandardInput(),
            Verbose = parsed.GetValue(_verbose),
        };
        var locator = new ToolLocator(Environment.GetEnvironmentVariable("PATH") ?? "", null, null, Environment.CurrentDirectory);
        using var interruption = new Interruption();
        try
        {
            var result = new GuestRunner(locator).Run(run, Console.Out, Console.Error, interruption.Token);
            if (result.Problem is { } problem)
            {
                Console.Error.WriteLine(problem);
            }

            return result.ExitCode;
        }
        catch (DiagnosticException e)
        {
            Console.Error.WriteLine(e.Diagnostic);
            return GuestResult.NotStarted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder for temporary files is full or cannot be written, most likely.
            Console.Error.WriteLine(Diagnostic.Error(ToolCodes.FileAccess, e.Message));
            return GuestResult.NotStarted;
        }
        catch (OperationCanceledException)
        {
            return GuestResult.Interrupted;
        }
    }
}
