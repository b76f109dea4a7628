using System.IO.Compression;
using System.Text;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Running;

namespace MiniosBuild.UnitTests.Running;

public sealed class HypervisorImageTests : IDisposable
{
    private static readonly byte[] s_image = [0x7f, .. "ELF and the rest"u8];

    private readonly TemporaryFolder _folder = new();
    private readonly HypervisorImage _hypervisors;

    public HypervisorImageTests() => _hypervisors = new(_folder.Path, _folder.File("cache/minios"), Architecture.Default);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheNewestVersionIsFoundByNumberNotByName()
    {
        foreach (string name in (string[])["xen.gz", "xen-4.9-amd64.gz", "xen-4.17-amd64.gz", "xen-4.17.2-amd64.gz", "xen-4.20-arm64.gz", "xen-4.17-amd64.efi", "linux.gz"])
        {
            _folder.Write(name, "");
        }

        Assert.Equal(_folder.File("xen-4.17.2-amd64.gz"), _hypervisors.Find(null));
        Assert.Equal(_folder.File("xen-4.9-amd64.gz"), _hypervisors.Find(_folder.File("xen-4.9-amd64.gz")));
    }

    [Fact]
    public void AMissingOneIsReportedWithThePackageThatBringsIt()
    {
        var none = Problem(() => _hypervisors.Find(null));
        Assert.Equal(ToolchainCodes.HypervisorNotFound, none.Code);
        Assert.Contains(_folder.Path, none.Message);
        Assert.Contains("xen-hypervisor-4.17-amd64", none.Message);
        Assert.Equal(_folder.File("other"), Problem(() => _hypervisors.Find(_folder.File("other"))).File);
    }

    [Fact]
    public void ItIsUnpackedOnceAndAgainAfterAChange()
    {
        string packed = _folder.File("xen-4.17-amd64.gz");
        Pack(packed, s_image);
        string first = _hypervisors.Unpacked(packed, _folder.File("elsewhere"));
        Assert.Equal(s_image, File.ReadAllBytes(first));

        // A mark in the cached file shows that it is used as it is.
        File.WriteAllText(first, "mark");
        Assert.Equal(first, _hypervisors.Unpacked(packed, _folder.File("elsewhere")));
        Assert.Equal("mark", File.ReadAllText(first));

        Pack(packed, [.. s_image, 1]);
        string second = _hypervisors.Unpacked(packed, _folder.File("elsewhere"));
        Assert.NotEqual(first, second);
        Assert.Equal([.. s_image, 1], File.ReadAllBytes(second));
        Assert.Equal(new[] { first, second }.Order(), Directory.GetFiles(_folder.File("cache/minios")).Order());
    }

    [Fact]
    public void AnUnpackedOneIsUsedInItsPlace()
    {
        string image = _folder.File("xen");
        File.WriteAllBytes(image, s_image);
        Assert.Equal(image, _hypervisors.Unpacked(image, _folder.Path));
    }

    [Fact]
    public void WithoutACacheItGoesToTheFolderOfTheRun()
    {
        string packed = _folder.File("xen.gz");
        Pack(packed, s_image);

        // A file where the cache folder should be: not even root can write there.
        _folder.Write("cache", "");
        foreach (var hypervisors in (HypervisorImage[])[_hypervisors, new(_folder.Path, null, Architecture.Default)])
        {
            string image = hypervisors.Unpacked(packed, _folder.Path);
            Assert.Equal(_folder.Path, Path.GetDirectoryName(image));
            Assert.Equal(s_image, File.ReadAllBytes(image));
            File.Delete(image);
        }
    }

    [Fact]
    public void WhatIsNoHypervisorIsRefusedWithWhatWasFound()
    {
        Assert.Contains("found 74 65 78 74", Problem(() => _hypervisors.Unpacked(_folder.Write("text", "text file"), _folder.Path)).Message);
        Assert.Contains("an empty file", Problem(() => _hypervisors.Unpacked(_folder.Write("empty", ""), _folder.Path)).Message);

        string packed = _folder.File("xen.gz");
        Pack(packed, Encoding.UTF8.GetBytes("no image"));
        Assert.Contains("gzip around 6e 6f 20 69", Problem(() => _hypervisors.Unpacked(packed, _folder.Path)).Message);

        byte[] damaged = File.ReadAllBytes(packed);
        damaged[12] ^= 0xff;
        File.WriteAllBytes(packed, damaged);
        var problem = Problem(() => _hypervisors.Unpacked(packed, _folder.Path));
        Assert.Contains("damaged", problem.Message);
        Assert.Equal((ToolchainCodes.HypervisorNotFound, packed), (problem.Code, problem.File));
    }

    private static Diagnostic Problem(Func<object> action) => Assert.Throws<DiagnosticException>(action).Diagnostic;

    private static void Pack(string path, byte[] content)
    {
        using var packing = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        packing.Write(content);
    }
}
