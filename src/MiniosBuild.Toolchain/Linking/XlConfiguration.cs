using System.Globalization;
using System.Text;

namespace MiniosBuild.Toolchain.Linking;

/// <summary>Writes the guest configuration that <c>xl create</c> reads (xl.cfg(5)).</summary>
/// <param name="Name">The domain's name.</param>
/// <param name="Kernel">The image, relative to the folder in which xl is started, or absolute.</param>
/// <param name="Type">xl's type of the image, see <see cref="Running.GuestImage.TypeOf"/>.</param>
/// <param name="MemoryMiB">Memory in MiB.</param>
/// <param name="CommandLine">The guest's command line; may be empty.</param>
/// <param name="Lines">More lines, as they are: disks, network interfaces, ….</param>
public sealed record XlConfiguration(string Name, string Kernel, string Type, int MemoryMiB, string CommandLine, IReadOnlyList<string> Lines)
{
    public string Text()
    {
        var text = new StringBuilder();
        text.Append("# xl create ").Append(Name).Append(".cfg\n");
        Set("name", Name);
        Set("type", Type);
        Set("kernel", Kernel);
        if (CommandLine.Length > 0)
        {
            Set("cmdline", CommandLine);
        }

        text.Append(CultureInfo.InvariantCulture, $"memory = {MemoryMiB}\nvcpus = 1\n");
        foreach (string ending in new[] { "on_poweroff", "on_reboot", "on_crash" })
        {
            Set(ending, "destroy");
        }

        foreach (string line in Lines)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();

        void Set(string key, string value) => text.Append(Setting(key, value)).Append('\n');
    }

    /// <summary>A line that gives a setting a text.</summary>
    public static string Setting(string key, string value) =>
        $"{key} = \"{value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"";
}
