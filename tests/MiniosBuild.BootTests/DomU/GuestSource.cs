using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests.DomU;

/// <summary>The guests of the folder Guests, each one source file.</summary>
internal static class GuestSource
{
    /// <summary>A project of one of them.</summary>
    /// <param name="name">The file's name, without .c.</param>
    /// <param name="driver">A driver besides console and xenbus.</param>
    /// <param name="device">The line of the xl configuration that brings its device.</param>
    public static GuestProject Project(string name, string? driver = null, string? device = null)
    {
        string items = driver is null
            ? ""
            : $"""
                <ItemGroup>
                  <MiniosDriver Include="{driver}" />
                  <MiniosXlLine Include="{device}" />
                </ItemGroup>
                """;
        GuestProject project = new(name, $"""
            <PropertyGroup>
              <OutputType>Exe</OutputType>
              <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            </PropertyGroup>
            {items}
            """);
        project.Write(name + ".c", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Guests", name + ".c")));
        return project;
    }
}
