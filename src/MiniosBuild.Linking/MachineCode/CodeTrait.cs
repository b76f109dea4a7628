namespace MiniosBuild.Linking;

/// <summary>What machine code does that a guest may not do.</summary>
public enum CodeTrait
{
    /// <summary>It calls an operating system: syscall, sysenter, int 0x80.</summary>
    SystemCall,

    /// <summary>It reads or writes through the thread pointer: fs on x86-64, gs on 32-bit x86.</summary>
    ThreadPointer,

    /// <summary>It keeps data below the stack pointer (System V ABI of x86-64, 3.2.2, the red zone).</summary>
    RedZone,
}
