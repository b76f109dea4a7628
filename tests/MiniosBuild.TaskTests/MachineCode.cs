using System.Text.RegularExpressions;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.TaskTests;

/// <summary>What binutils' disassembler finds in an x86_64 archive that a guest of Xen cannot run, a line each.</summary>
internal sealed partial class MachineCode
{
    private MachineCode()
    {
    }

    public int Instructions { get; private set; }

    /// <summary>Instructions that call a system: Xen would take them for hypercalls.</summary>
    public List<string> SystemCalls { get; } = [];

    /// <summary>Accesses below the stack pointer, where an event handler writes.</summary>
    public List<string> RedZoneUses { get; } = [];

    /// <summary>Accesses through %fs, where no guest has thread-local storage.</summary>
    public List<string> ThreadLocalUses { get; } = [];

    public static MachineCode Of(string archive)
    {
        var code = new MachineCode();
        RealTool.RunLines("objdump", ["-d", "--no-show-raw-insn", archive], line =>
        {
            if (!Instruction().IsMatch(line))
            {
                return;
            }

            code.Instructions++;
            AddIf(code.SystemCalls, SystemCall(), line);
            AddIf(code.RedZoneUses, BelowStack(), line);
            AddIf(code.ThreadLocalUses, ThreadLocal(), line);
        });
        return code;
    }

    private static void AddIf(List<string> lines, Regex pattern, string line)
    {
        if (pattern.IsMatch(line))
        {
            lines.Add(line);
        }
    }

    [GeneratedRegex(@"^ *[0-9a-f]+:\t")]
    private static partial Regex Instruction();

    [GeneratedRegex(@"\t(syscall|sysenter|int +\$0x80)\b")]
    private static partial Regex SystemCall();

    // lea computes an address and reads nothing there.
    [GeneratedRegex(@"\t(?!lea)\S+ .*-0x[0-9a-f]+\(%rsp[,)]")]
    private static partial Regex BelowStack();

    [GeneratedRegex(@"%fs:")]
    private static partial Regex ThreadLocal();
}
