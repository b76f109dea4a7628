using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Caching;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.DomU;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.UnitTests.Running;

/// <summary>What a dom0 is made of, in machines that have some of it.</summary>
public sealed class Dom0PartsTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void MissingPackagesAreNamedWithTheLineThatInstallsThem()
    {
        // The tools of another version do not count.
        Install("usr/lib/xen-4.16/bin/xl", "bin/busybox", "lib/x86_64-linux-gnu/libgcc_s.so.1");
        foreach (string tool in new[] { "xl", "xenstored", "xenconsoled" })
        {
            Install($"usr/lib/xen-4.17/bin/{tool}");
        }

        var problem = Problem(() => Dom0Parts.Find("/boot/xen-4.17-amd64.gz", Architecture.Default, _root.Path));

        Assert.Equal(ToolchainCodes.Dom0PackageMissing, problem.Code);
        Assert.Contains($"{_root.File("usr/lib/xen-4.17/bin/xen-init-dom0")}, {_root.File("usr/bin/xenstore")} are missing", problem.Message);
        Assert.EndsWith("apt-get install xen-utils-4.17 xenstore-utils", problem.Message);
    }

    [Fact]
    public void AHypervisorWithoutAVersionTakesTheNewestTools()
    {
        Install("usr/lib/xen-4.9/bin/xl", "usr/lib/xen-4.17/bin/xl", "usr/lib/xen-common/bin/x");

        Assert.Contains("/xen-4.17/bin/xenstored", Problem(() => Dom0Parts.Find("/home/me/my-xen", Architecture.Default, _root.Path)).Message);
        Assert.Contains("apt-get install xen-utils-4.20 ", Problem(() => Dom0Parts.Find("/boot/xen-4.20-amd64.gz", Architecture.Default, _root.Path)).Message);
    }

    [Fact]
    public void TheNewestInstalledKernelThatCanBeADom0IsTaken()
    {
        foreach (var (version, fit) in new[] { ("6.1.0-9-amd64", true), ("6.1.0-57-amd64", true), ("6.9.0-1-cloud-amd64", false) })
        {
            Install("boot/vmlinuz-" + version, $"lib/modules/{version}/modules.builtin");
            Write("boot/config-" + version, fit ? "CONFIG_XEN=y\nCONFIG_XEN_DOM0=y\n" : "CONFIG_XEN=y\n# CONFIG_XEN_DOM0 is not set\n");
        }

        var kernel = Kernel();

        Assert.Equal((_root.File("boot/vmlinuz-6.1.0-57-amd64"), _root.File("lib/modules/6.1.0-57-amd64")), (kernel.Image, kernel.Modules));
    }

    [Fact]
    public void WithoutAKernelAndAptTheCauseIsTold()
    {
        var problem = Problem(() => Kernel());

        Assert.Equal(ToolchainCodes.Dom0KernelUnfit, problem.Code);
        Assert.Contains("there is no apt-cache", problem.Message);
        Assert.EndsWith("apt-get install linux-image-amd64", problem.Message);
        Assert.Empty(Directory.GetDirectories(_root.File("cache")));
    }

    [Fact]
    public void ModulesComeAfterThoseThatTheyNeedPackedOrNot()
    {
        Module("kernel/a_front.ko", "b-bus,c");
        Module("kernel/x/b_bus.ko", "c,in_kernel");
        RealTool.Run("xz", Module("kernel/c.ko", ""));
        RealTool.Run("zstd", "-q", "--rm", Module("kernel/d.ko", "c"));
        Module("kernel/unwanted.ko", "");
        Write("modules.builtin", "kernel/in_kernel.ko\n");
        string target = Directory.CreateDirectory(_root.File("target")).FullName;

        Modules(Environment.GetEnvironmentVariable("PATH")!).Copy(_root.Path, ["a-front", "d"], target, CancellationToken.None);

        Assert.Equal(["10-c.ko", "11-b-bus.ko", "12-a-front.ko", "13-d.ko"], Directory.GetFiles(target).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.Contains("depends=c", File.ReadAllText(Path.Combine(target, "13-d.ko")));
    }

    [Fact]
    public void AMissingModuleAndAMissingProgramAreNamed()
    {
        Module("a.ko", "b");
        Module("b.ko.xz", "");

        Assert.Contains("apt-get install xz-utils", Problem(() => Modules(_root.Path).Copy(_root.Path, ["a"], Directory.CreateDirectory(_root.File("one")).FullName, CancellationToken.None)).Message);
        var problem = Problem(() => Modules(_root.Path).Copy(_root.Path, ["none"], Directory.CreateDirectory(_root.File("two")).FullName, CancellationToken.None));
        Assert.Equal(ToolchainCodes.Dom0KernelUnfit, problem.Code);
        Assert.Contains("it has no module none", problem.Message);
    }

    [Theory]
    [InlineData(32, 512)]
    [InlineData(156, 512)]
    [InlineData(157, 1024)]
    [InlineData(652, 1024)]
    [InlineData(653, 2048)]
    [InlineData(int.MaxValue, 1 << 30)]
    public void GuestsOfManySizesShareAMachine(int guests, int machine) => Assert.Equal(machine, Dom0Machine.MemoryFor(guests));

    private Dom0Kernel Kernel() => Dom0Kernel.Find(
        Architecture.Default, new BuildCache(_root.File("cache")), new ToolRunner(), new ToolLocator(_root.Path, null, null, _root.Path), _ => { }, CancellationToken.None, _root.Path);

    private KernelModules Modules(string searchPath) => new(Architecture.Default, new ToolRunner(), new ToolLocator(searchPath, null, null, _root.Path));

    private string Module(string path, string depends) => Write(path, $"\0license=GPL\0depends={depends}\0name=x\0");

    private string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root.File(path))!);
        return _root.Write(path, text);
    }

    private void Install(params string[] files)
    {
        foreach (string file in files)
        {
            Write(file, "");
        }
    }

    private static Diagnostic Problem(Action action) => Assert.Throws<DiagnosticException>(action).Diagnostic;
}
