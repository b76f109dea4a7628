using System.Text;
using System.Xml.Linq;

namespace MiniosBuild.Tool.Initial;

/// <summary>A setting that the first green build of a tree needs, and why.</summary>
/// <param name="Item">The item's name.</param>
/// <param name="Attributes">Its attributes, in order.</param>
/// <param name="Reason">Why it is there, for the comment above it.</param>
internal sealed record InitialSetting(string Item, IReadOnlyList<(string Name, string Value)> Attributes, string Reason)
{
    /// <summary>Turns a switch of the tree off.</summary>
    public static InitialSetting Off(string name, string reason) => new("MiniosConfig", [("Include", name), ("Value", "n")], reason);

    /// <summary>Leaves a source of the tree out.</summary>
    public static InitialSetting Without(string relative, string reason) => new("MiniosSource", [("Remove", $"$(MiniosSourceRoot)/{relative}")], reason);
}

/// <summary>The text of a project that builds a tree.</summary>
internal static class InitialProject
{
    /// <param name="version">The version of the SDK.</param>
    /// <param name="type">Library or Exe.</param>
    /// <param name="tree">The tree's path, as the project is to have it.</param>
    /// <param name="properties">More properties, in order.</param>
    /// <param name="settings">What the tree needs.</param>
    public static string Text(
        string version, string type, string tree, IEnumerable<(string Name, string Value)> properties, IReadOnlyList<InitialSetting> settings)
    {
        var text = new StringBuilder();
        text.Append($"<Project Sdk=\"MiniosBuild/{version}\">\n  <PropertyGroup>\n    <OutputType>{type}</OutputType>\n");
        foreach (var (name, value) in properties.Prepend(("MiniosSourceRoot", tree)))
        {
            text.Append($"    {new XElement(name, value)}\n");
        }

        text.Append("  </PropertyGroup>\n");
        if (settings.Count > 0)
        {
            text.Append("\n  <ItemGroup>\n");
            foreach (var setting in settings)
            {
                text.Append($"    <!-- {setting.Reason.Replace("--", "- -").TrimEnd('-')} -->\n");
                text.Append($"    {new XElement(setting.Item, setting.Attributes.Select(a => new XAttribute(a.Name, a.Value)))}\n");
            }

            text.Append("  </ItemGroup>\n");
        }

        return text.Append("</Project>\n").ToString();
    }
}
