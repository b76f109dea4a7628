using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests.DomU;

/// <summary>Builds the guests of the folder Guests, each one source file, one after the other in one project.</summary>
public sealed class GuestWorkshop : IDisposable
{
    private readonly GuestProject _project = new();

    /// <summary>Builds a guest.</summary>
    /// <param name="name">Its source file's name, without .c.</param>
    /// <param name="device">A line of its xl configuration that brings a device.</param>
    /// <param name="floatingPoint">Whether it uses floating point.</param>
    /// <returns>The image, beside which the configuration stands.</returns>
    internal string Build(string name, string? device = null, bool floatingPoint = false)
    {
        _project.SetProject($"""
            <PropertyGroup>
              <OutputType>Exe</OutputType>
              <AssemblyName>{name}</AssemblyName>
              <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              <MiniosFloatingPoint>{floatingPoint}</MiniosFloatingPoint>
            </PropertyGroup>
            <ItemGroup>
              <MiniosDriver Include="blkfront;netfront" />
              {(device is null ? "" : $"<MiniosXlLine Include=\"{device}\" />")}
            </ItemGroup>
            """);
        _project.Write("main.c", File.ReadAllText(Path.Combine(Repository.Root, "tests", "MiniosBuild.BootTests", "Guests", name + ".c")));
        _project.Build().MustSucceed();
        return _project.PathOf("bin/Debug/" + name);
    }

    public void Dispose() => _project.Dispose();
}
