using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Running;

namespace MiniosBuild.UnitTests.Running;

/// <summary>What is refused before a machine is started, and the machine that is asked for.</summary>
public sealed class GuestRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AMissingImageIsReported()
    {
        var problem = Problem(new GuestRun(_folder.File("none")));
        Assert.Equal((ToolchainCodes.GuestImageNotFound, _folder.File("none")), (problem.Code, problem.File));
        Assert.Contains("does not exist", problem.Message);
        Assert.Contains("it is a folder", Problem(new GuestRun(_folder.Path)).Message);
    }

    [Theory]
    [InlineData("#!/bin/sh\n", "23 21 2f 62")]
    [InlineData("\u007fE", "7f 45")]
    [InlineData("", "an empty file")]
    public void WhatIsNoElfFileIsRefused(string content, string found)
    {
        var problem = Problem(new GuestRun(_folder.Write("guest", content)));
        Assert.Equal(ToolchainCodes.NotAGuestImage, problem.Code);
        Assert.Contains($"found {found}.", problem.Message);
    }

    [Fact]
    public void AMissingEmulatorIsReportedWithThePackageThatBringsIt()
    {
        var problem = Problem(new GuestRun(Image()), path: _folder.Path);
        Assert.Equal(ToolchainCodes.EmulatorNotFound, problem.Code);
        Assert.Contains("'qemu-system-x86_64' was not found on PATH", problem.Message);
        Assert.Contains("apt-get install qemu-system-x86", problem.Message);
        Assert.Contains("'./my-qemu' was not found.", Problem(new GuestRun(Image()) { Emulator = "./my-qemu" }).Message);
    }

    [Fact]
    public void AMissingHypervisorIsReported() => Assert.Equal(
        ToolchainCodes.HypervisorNotFound, Problem(new GuestRun(Image()) { Emulator = "/bin/true" }).Code);

    [Fact]
    public void TheMachineHasRoomForTheHypervisorBesideTheGuest()
    {
        Assert.Equal(("48", "16M"), Memory(16));
        Assert.Equal(("2176", "2048M"), Memory(2048));

        static (string Machine, string Guest) Memory(int memory)
        {
            var arguments = EmulatorArguments.For(new GuestRun("/g") { Memory = memory }, "/xen", "guest", Architecture.Default);
            string hypervisor = After(arguments, "-append");
            return (After(arguments, "-m"), hypervisor.Split(' ').Single(w => w.StartsWith("dom0_mem=", StringComparison.Ordinal))["dom0_mem=".Length..]);
        }
    }

    [Fact]
    public void TheGuestsArgumentsFollowItsNameWithCommasDoubled()
    {
        Assert.Equal("guest", Module());
        Assert.Equal("guest a,,b c d", Module("a,b", "c d"));

        static string Module(params string[] arguments) =>
            After(EmulatorArguments.For(new GuestRun("/g") { Arguments = arguments }, "/xen", "guest", Architecture.Default), "-initrd");
    }

    [Fact]
    public void ArgumentsThatDoNotFitAreRefusedRatherThanCutOff()
    {
        var run = new GuestRun("/g") { Arguments = [new string('x', 1000), new string('y', 22)] };
        EmulatorArguments.For(run, "/xen", "guest", Architecture.Default);
        var problem = Assert.Throws<DiagnosticException>(
            () => EmulatorArguments.For(run with { Arguments = [.. run.Arguments, "é"] }, "/xen", "guest", Architecture.Default)).Diagnostic;
        Assert.Equal(ToolchainCodes.GuestArgumentsTooLong, problem.Code);
        Assert.Contains("1026 bytes", problem.Message);
    }

    private static string After(IReadOnlyList<string> arguments, string option) => arguments[arguments.ToList().IndexOf(option) + 1];

    private string Image() => _folder.Write("guest", "\u007fELF");

    private Diagnostic Problem(GuestRun run, string? path = null)
    {
        var locator = new ToolLocator(path ?? Environment.GetEnvironmentVariable("PATH")!, null, null, _folder.Path);
        var runner = new GuestRunner(locator, _folder.File("cache"), root: _folder.Path);
        return Assert.Throws<DiagnosticException>(() => runner.Run(run, TextWriter.Null, TextWriter.Null)).Diagnostic;
    }
}
